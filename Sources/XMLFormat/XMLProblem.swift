import Localization

/// A defect of a document: its position, what is wrong, and what is expected.
package struct XMLProblem: LocalizedFailure, Hashable {
  /// The kind of defect. All but `schema` end the reading.
  package enum Kind: Sendable, Hashable {
    /// Not well-formed XML: an unclosed tag, a bare `&`, undecodable bytes.
    case syntax
    /// Well-formed, but not valid against the schema.
    case schema(Mismatch)
    /// It has a DOCTYPE, which could include other files or change the content.
    case doctype
    /// It exceeds a limit that no catalog comes near.
    case limit(Limit)
    /// The encoding is unknown, or the bytes are not in the encoding that is declared.
    case encoding
    /// XML, but another format: the root element or its namespace is not the expected one.
    case otherFormat
    /// The right format in a version that this program does not know.
    case otherVersion
    /// libxml2 failed, for instance for lack of memory.
    case engine
  }

  /// How a document differs from its schema.
  package enum Mismatch: Sendable, Hashable {
    case unexpectedElement
    case missingElement
    case unknownAttribute
    case missingAttribute
    case value
    case textNotAllowed
    case elementsNotAllowed
    case other
  }

  /// The limits of a reading.
  package enum Limit: Int, Sendable, Hashable {
    /// Nested elements.
    case depth = 256
    /// Bytes in the text of one element.
    case text = 1_048_576
    /// Bytes in one tag, comment or other piece of markup.
    case markup = 262_144
    /// Combining marks on one character.
    case marks = 128
    /// Attributes in one tag, or namespaces declared in it: libxml2 compares each with all others.
    case attributes = 5_000
    /// Different names of elements, attributes and the like: beyond a few thousand, libxml2 looks each up in a list.
    case names = 100_000
  }

  package var kind: Kind
  /// Counted from 1; nil for the document as a whole.
  package var line: Int?
  /// Counted from 1, in characters; known for some errors of syntax only.
  package var column: Int?
  /// The element concerned, and its parent.
  package var element: String?
  package var parent: String?
  package var attribute: String?
  /// The value that was found, shortened if it is long.
  package var value: String?
  /// The elements or values that are allowed, where these can be listed.
  package var expected: [String]
  /// The form of a value, from the schema's documentation.
  package var form: LocalizedText?
  /// What the handler is reading, such as a matter's id.
  package var subject: String?
  /// libxml2's message; empty where the problem is not libxml2's.
  package var detail: String
  /// The number of libxml2's error (`xmlParserErrors`), or 0.
  package var code: Int

  init(
    _ kind: Kind, line: Int?, column: Int? = nil, element: String? = nil, parent: String? = nil,
    attribute: String? = nil, value: String? = nil, expected: [String] = [], form: LocalizedText? = nil,
    detail: String = "",
    code: Int = 0
  ) {
    self.kind = kind
    self.line = line
    self.column = column
    self.element = element
    self.parent = parent
    self.attribute = attribute
    self.value = value
    self.expected = expected
    self.form = form
    self.detail = detail
    self.code = code
  }

  /// Whether the reading ended here.
  package var isFatal: Bool {
    if case .schema = kind { false } else { true }
  }

  package var explanation: LocalizedText {
    let sentence =
      switch kind {
      case .syntax: syntaxExplanation
      case .schema(let mismatch): schemaExplanation(mismatch)
      case .doctype:
        LocalizedText(
          zh: "文件含有 DOCTYPE 声明。为防止引入其他文件或改变内容，一律拒收。请删去该声明后重试。",
          en: "the document has a DOCTYPE. It could include other files or change the content, so it is refused. "
            + "Remove the declaration and run it again.")
      case .limit(let limit): limitExplanation(limit)
      case .encoding: encodingExplanation
      case .otherFormat:
        LocalizedText(
          zh: "这不是所要的格式：根元素是 \(value ?? "?")，应为 \(expected.first ?? "?")。请核对文件，或核对其中的 xmlns 声明。",
          en:
            "this is another format: the root element is \(value ?? "?"), not \(expected.first ?? "?"). Check the "
            + "file and its xmlns declaration.")
      case .otherVersion:
        value.map {
          LocalizedText(
            zh:
              "格式版本是“\($0)”，本程序只识别\(expected.map { "“\($0)”" }.joined(separator: "、"))。请按\(expected.count == 1 ? "该" : "其中一个")版本重新导出，或更新本程序。",
            en: "the format's version is \"\($0)\"; this program reads "
              + expected.map { "\"\($0)\"" }.joined(separator: " and ")
              + ". Export it in \(expected.count == 1 ? "that version" : "one of these versions"), or update this program."
          )
        }
          ?? LocalizedText(
            zh: "根元素缺少 version 属性。请写上 version=\"\(expected.first ?? "?")\"。",
            en: "the root element has no version attribute. Write version=\"\(expected.first ?? "?")\".")
      case .engine:
        detail == Reading.outOfMemory
          ? LocalizedText(
            zh: "XML 读取程序无法工作：内存不足。请关闭其他程序，或放宽内存限制（ulimit -v），再运行一次。",
            en:
              "the XML reader cannot work: \(detail). Close other programs, or raise the limit (ulimit -v), and run it again."
          )
          : LocalizedText(
            zh: "XML 读取程序无法工作：\(detail)。请检查 libxml2 是否已安装（apt-get install libxml2）。",
            en: "the XML reader cannot work: \(detail). Check that libxml2 is installed (apt-get install libxml2).")
      }
    guard let subject else { return sentence }
    return LocalizedText(zh: "\(subject)：\(sentence.zh)", en: "\(subject): \(sentence.en)")
  }

  /// The explanation without its last sentence, and that sentence if it says what to do.
  package var withoutFix: (problem: LocalizedText, fix: LocalizedText?) {
    let words = explanation
    guard let zh = words.zh.dropLast().lastIndex(of: "。"), let en = words.en.dropLast().lastIndex(of: "."),
      words.en[en...].hasPrefix(". ")
    else { return (words, nil) }
    return (
      LocalizedText(zh: String(words.zh[...zh]), en: String(words.en[...en])),
      LocalizedText(
        zh: String(words.zh[words.zh.index(after: zh)...]), en: String(words.en[en...].dropFirst(2)))
    )
  }

  // MARK: - Schema

  private func schemaExplanation(_ mismatch: Mismatch) -> LocalizedText {
    let name = element.map { "<\($0)>" } ?? "?"
    let outer = parent.map { "<\($0)>" }
    let list = expected.map { "<\($0)>" }
    switch mismatch {
    case .unexpectedElement:
      let inside = outer.map { LocalizedText(zh: "\($0) 中", en: " in \($0)") } ?? LocalizedText(zh: "", en: "")
      guard !list.isEmpty else {
        return LocalizedText(
          zh: "\(inside.zh)此处不能再有 \(name)。请删去，或移到它该在的位置。",
          en:
            "\(name) is not expected\(inside.en): nothing more may follow here. Remove it, or move it where it belongs."
        )
      }
      return LocalizedText(
        zh: "\(inside.zh)此处不应是 \(name)，应为 \(list.joined(separator: "、"))。请改正名称、补上缺少的元素或调整顺序。",
        en:
          "\(name) is not expected here\(inside.en); expected: \(list.joined(separator: ", ")). Correct its name, add "
          + "what is missing before it, or change the order.")
    case .missingElement:
      return LocalizedText(
        zh: "\(name) 不完整，缺少 \(list.isEmpty ? "子元素" : list.joined(separator: "、"))。请补上。",
        en: "\(name) is incomplete: \(list.isEmpty ? "an element" : list.joined(separator: ", ")) is missing. Add it.")
    case .unknownAttribute:
      return LocalizedText(
        zh: "\(name) 不能有属性 \(attribute ?? "?")。请删去，或改正属性名。",
        en: "\(name) cannot have the attribute \(attribute ?? "?"). Remove it, or correct its name.")
    case .missingAttribute:
      return LocalizedText(
        zh: "\(name) 缺少属性 \(attribute ?? "?")。请补上。",
        en: "\(name) lacks the attribute \(attribute ?? "?"). Add it.")
    case .value:
      return valueExplanation(name)
    case .textNotAllowed:
      return LocalizedText(
        zh: "\(name) 中不能直接写文字。请删去，或放进相应的子元素。",
        en: "\(name) cannot hold text of its own. Remove the text, or put it into the element it belongs in.")
    case .elementsNotAllowed:
      return LocalizedText(
        zh: "\(name) 中不能有其他元素。请删去其中的标签。",
        en: "\(name) cannot hold other elements. Remove the tags inside it.")
    case .other:
      return LocalizedText(zh: "\(name) 不合格式要求：\(detail)", en: "\(name) is not valid against the schema: \(detail)")
    }
  }

  private func valueExplanation(_ name: String) -> LocalizedText {
    let subject =
      attribute.map { LocalizedText(zh: "\(name) 的属性 \($0)", en: "the attribute \($0) of \(name)") }
      ?? LocalizedText(zh: "\(name) 的内容", en: "the text of \(name)")
    let wrong =
      switch value {
      case nil: LocalizedText(zh: "\(subject.zh)不合要求", en: "\(subject.en) is not of the right form")
      case "": LocalizedText(zh: "\(subject.zh)是空的", en: "\(subject.en) is empty")
      case let value?:
        LocalizedText(zh: "\(subject.zh)“\(value)”不合要求", en: "\(subject.en), \"\(value)\", is not of the right form")
      }
    if let form {
      return LocalizedText(zh: "\(wrong.zh)。应为：\(form.zh)", en: "\(wrong.en). Expected: \(form.en)")
    }
    guard !expected.isEmpty else { return LocalizedText(zh: "\(wrong.zh)。\(detail)", en: "\(wrong.en). \(detail)") }
    return LocalizedText(
      zh: "\(wrong.zh)。可用：\(expected.joined(separator: "、"))。",
      en: "\(wrong.en). Expected: \(expected.joined(separator: ", ")).")
  }

  // MARK: - Limits and encodings

  private func limitExplanation(_ limit: Limit) -> LocalizedText {
    switch limit {
    case .depth:
      LocalizedText(
        zh: "元素嵌套超过 \(limit.rawValue) 层。请核对文件是否完好。",
        en:
          "elements are nested more than \(limit.rawValue) deep. Check that the file is intact."
      )
    case .text:
      LocalizedText(
        zh: "\(element.map { "<\($0)> " } ?? "")的文字超过 1 MB。请核对文件是否完好。",
        en:
          "the text\(element.map { " of <\($0)>" } ?? "") is longer than 1 MB. Check that the file is intact."
      )
    case .markup:
      LocalizedText(
        zh: "有一个标签、注释或其他标记超过 256 KB。请核对文件是否完好。",
        en:
          "a tag, a comment or another piece of markup is longer than 256 KB. Check that the file is intact."
      )
    case .attributes:
      LocalizedText(
        zh: "一个标签有超过 \(limit.rawValue) 个属性或命名空间，逐个比较会耗时过长。请核对文件是否完好。",
        en:
          "a tag has more than \(limit.rawValue) attributes or namespaces; comparing each with all others would take too long. Check that the file is intact."
      )
    case .names:
      LocalizedText(
        zh: "元素和属性的不同名称超过 \(limit.rawValue) 个，而本格式只有几十个；再读下去会耗时过长。请核对是不是要读的文件。",
        en:
          "there are more than \(limit.rawValue) different names of elements and attributes, where the format has a few dozen; reading on would take too long. Check that it is the right file."
      )
    case .marks:
      LocalizedText(
        zh: "\(element.map { "<\($0)> 中" } ?? "此处")一个字上叠加了超过 \(limit.rawValue) 个组合符号。请核对文件是否完好。",
        en: "a character\(element.map { " in <\($0)>" } ?? "") has more than \(limit.rawValue) combining marks on it. "
          + "Check that the file is intact.")
    }
  }

  private var encodingExplanation: LocalizedText {
    if let value {
      return LocalizedText(
        zh: "编码“\(value)”不能读取，只读取 UTF-8、UTF-16 和 GB18030。请另存为 UTF-8，并写 encoding=\"UTF-8\"。",
        en:
          "the encoding \"\(value)\" is not read; UTF-8, UTF-16 and GB18030 are. Save the file as UTF-8 and write encoding=\"UTF-8\"."
      )
    }
    return LocalizedText(
      zh: "此处的字节与声明的编码不符。请按文件实际编码改正 encoding=\"…\"（没有声明即为 UTF-8），或另存为 UTF-8。",
      en:
        "the bytes here are not in the declared encoding. Correct encoding=\"…\" (without one it is UTF-8), or save the "
        + "file as UTF-8.")
  }
}

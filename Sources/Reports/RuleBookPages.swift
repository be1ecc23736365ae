import AtomicFiles
import Catalog
import Localization
import Validator

/// The rule book for people: a page of Markdown, a list, and one rule as text. All three are generated from the rules,
/// whose examples are tested.
package enum RuleBookPages {
  // MARK: Markdown

  /// The page `docs/rules.md` or `docs/rules.zh-CN.md`.
  package static func writeMarkdown(
    language: Language, rules: [Rule] = RuleBook.rules, to writer: ByteWriter
  ) throws {
    try writer.append(
      language == .chinese
        ? """
        # 规则

        OneVisit 检查目录所用的全部规则。本页由程序生成，请勿手工修改。

        - **错误**：目录不可靠。**警告**：不符合文件要求，或很可能是笔误。**提示**：供参考。
        - § 指九府办字〔2022〕128号的段落。
        - 每条规则附一个会触发它的例子和一个不会触发它的例子；例子没有给出的表，使用内置目录的表。
        - 例子中的 `↓` 标出问题报告的位置：在表格中是单元格或行的开头，在 XML 中是所在的行；有几个 `↓` 就报告几个问题。`↓` 不是文件的内容。
        - 规则的级别、开关和参数可在目录的 `datapackage.json` 中调整；个别情况可在 `waivers.csv` 中写明理由豁免。


        """
        : """
        # Rules

        All rules that OneVisit checks a catalog with. This page is generated; do not edit it.

        - **error**: the catalog cannot be relied on. **warning**: against the notice, or probably a mistake. **note**: \
        for information.
        - § cites a paragraph of 九府办字〔2022〕128号.
        - Each rule comes with an example that triggers it and one that passes; tables that an example does not give \
        are those of the built-in catalog.
        - `↓` in an example marks where a finding is reported: at the start of a cell or row of a table, or in its line \
        of an XML document. There are as many findings as marks. The marks are not part of the file.
        - A catalog sets the severity and the settings of a rule, or switches it off, in its `datapackage.json`, and \
        waives single findings, with a reason, in `waivers.csv`.


        """)
    for group in Rule.Group.allCases {
      let own = rules.filter { $0.group == group }
      guard !own.isEmpty else { continue }
      try writer.append("## \(group.title[language])\n\n")
      try writer.append(
        language == .chinese ? "| 规则 | 级别 | 发现什么 |\n|---|---|---|\n" : "| Rule | Severity | Finds |\n|---|---|---|\n")
      for rule in own {
        let severity = rule.severity.title[language]
        try writer.append("| [`\(rule.id)`](#\(rule.id)) | \(severity) | \(Markdown.text(rule.title[language])) |\n")
      }
      try writer.append("\n")
      for rule in own { try writeMarkdown(rule, language, writer) }
    }
  }

  private static func writeMarkdown(_ rule: Rule, _ language: Language, _ writer: ByteWriter) throws {
    let colon = language == .chinese ? "：" : ": "
    try writer.append("### \(rule.id)\n\n")
    let severity = rule.severity.title[language]
    try writer.append("**\(severity)**\(colon)\(Markdown.text(rule.title[language]))\n\n")
    for (name, text) in parts(rule, language) {
      try writer.append("- **\(name)**\(colon)\(Markdown.text(text))\n")
    }
    try writer.append("\n")
    for (title, example) in firstExamples(rule, language) {
      try writer.append(title + (language == .chinese ? "：" : ":") + "\n\n")
      for file in files(example) {
        if !file.name.isEmpty { try writer.append("`\(file.name)`\n\n") }
        try writer.append(Markdown.block(file.text, language: file.kind) + "\n")
      }
    }
  }

  // MARK: Text

  /// One rule as text: `onevisit rules RULE`.
  package static func writeText(
    _ rule: Rule, language: Language, style: TextStyle = TextStyle(), to writer: ByteWriter
  ) throws {
    let colon = language == .chinese ? "：" : ": "
    let severity = style.paint(rule.severity, rule.severity.title[language])
    try writer.append("\(style.paint(.bold, rule.id))  \(severity)  \(rule.group.title[language])\n")
    try writer.append("\(VisibleText.line(rule.title[language]))\n\n")
    for (name, text) in parts(rule, language) {
      try writer.append("\(style.paint(.bold, name))\(colon)\(VisibleText.line(text))\n")
    }
    for (title, example) in firstExamples(rule, language) {
      let files = files(example)
      try writer.append("\n" + style.paint(.bold, title))
      if files.contains(where: { $0.text.contains(ExampleMarkers.marker) }) {
        try writer.append(
          language == .chinese
            ? "（\(ExampleMarkers.marker) 处报告问题）" : " (\(ExampleMarkers.marker) marks each finding)")
      }
      try writer.append(language == .chinese ? "：\n" : ":\n")
      for file in files {
        if !file.name.isEmpty { try writer.append("  \(style.paint(.dim, file.name))\n") }
        var lines = VisibleText.block(file.text).split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for line in lines { try writer.append(line.isEmpty ? "\n" : "    \(line)\n") }
      }
    }
  }

  /// The rule book as a listing: `onevisit rules`.
  package static func listing(_ rules: [Rule] = RuleBook.rules) -> Listing<[[ListingCell]]> {
    Listing(
      columns: [
        ListingColumn("rule", LocalizedText(zh: "规则", en: "Rule")),
        ListingColumn("group", LocalizedText(zh: "类别", en: "Group")),
        ListingColumn("severity", LocalizedText(zh: "级别", en: "Severity")),
        ListingColumn("finds", LocalizedText(zh: "发现什么", en: "Finds")),
        ListingColumn("title_zh", LocalizedText(zh: "中文", en: "In Chinese"), isForPrograms: true),
      ],
      rows: rules.map { rule in
        [
          .text(rule.id), .term(rule.group.rawValue, rule.group.title),
          .term(rule.severity.rawValue, rule.severity.title),
          .term(rule.title.en, rule.title), .text(rule.title.zh),
        ]
      })
  }

  // MARK: Parts

  private static func parts(_ rule: Rule, _ language: Language) -> [(String, String)] {
    let settings = rule.settings.map { setting in
      switch language {
      case .chinese: ("设置", "`\(setting.name)`（默认 \(setting.defaultValue)）：\(setting.meaning.zh)")
      case .english: ("Setting", "`\(setting.name)` (\(setting.defaultValue) if not set): \(setting.meaning.en)")
      }
    }
    return switch language {
    case .chinese:
      [("原因", rule.reason.zh), ("依据", rule.source.zh), ("处理建议", rule.fix.zh)] + settings
    case .english:
      [("Why", rule.reason.en), ("Source", rule.source.en), ("Fix", rule.fix.en)] + settings
    }
  }

  /// The first triggering and the first passing example, with their headings.
  private static func firstExamples(_ rule: Rule, _ language: Language) -> [(String, Example)] {
    func title(_ zh: String, _ en: String, _ example: Example) -> String {
      let text = language == .chinese ? zh : en
      if example.asOf == Example.usualDay { return text }
      return text + (language == .chinese ? "（截至 \(example.asOf)）" : " (as of \(example.asOf))")
    }
    var found: [(String, Example)] = []
    if let example = rule.triggers.first { found.append((title("会触发", "Triggers it", example), example)) }
    if let example = rule.passes.first { found.append((title("不会触发", "Passes", example), example)) }
    return found
  }

  /// The files of an example with its markers, in the order of the tables; a table without rows is left out if another
  /// has some.
  private static func files(_ example: Example) -> [(name: String, text: String, kind: String)] {
    switch example.markedContent {
    case .document(let text): return [("", text, "xml")]
    case .list(let text): return [("", text, "csv")]
    case .word(let text): return [("word/document.xml", text, "xml")]
    case .tables(let tables):
      func rank(_ name: String) -> Int { TableKind.allCases.firstIndex { $0.fileName == name } ?? Int.max }
      let order = tables.keys.sorted { (rank($0), $0) < (rank($1), $1) }
      let files = order.map { name in
        let kind = name.utf8.suffix(5).elementsEqual(".json".utf8) ? "json" : "csv"
        return (name: name, text: readable(tables[name] ?? []), kind: kind)
      }
      let withRows = files.filter { file in
        // A header without rows has one line break, at its end.
        file.kind != "csv" || file.text.utf8.dropLast().contains(UInt8(ascii: "\n"))
      }
      return withRows.isEmpty ? files : withRows
    }
  }

  /// Bytes as text; a byte that is not UTF-8 is written as `\xB9`.
  private static func readable(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var out = ""
    var index = 0
    while index < bytes.count {
      var length = 1
      while length <= 4, index + length <= bytes.count {
        if let text = String(validating: bytes[index..<index + length], as: UTF8.self) {
          out += text
          break
        }
        length += 1
      }
      if length > 4 || index + length > bytes.count {
        out += "\\x" + (bytes[index] < 16 ? "0" : "") + String(bytes[index], radix: 16, uppercase: true)
        index += 1
      } else {
        index += length
      }
    }
    return out
  }
}

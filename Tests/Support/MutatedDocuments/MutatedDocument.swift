import AtomicFiles
import XMLFormat

/// A document as a tree that can be edited at random. Its texts and values are written as they stand, markup included.
package struct MutatedDocument: Sendable {
  struct Node: Sendable {
    var name: String
    var attributes: [(name: String, value: String)] = []
    var children: [Node] = []
    /// What stands before the first child.
    var text = ""
    /// What stands behind the end tag.
    var tail = ""

    var size: Int { children.reduce(1) { $0 + $1.size } }

    /// Calls `body` with the node of that number in the order of the document.
    mutating func edit(_ number: inout Int, _ body: (inout Node) -> Void) {
      if number == 0 { body(&self) }
      number -= 1
      for index in children.indices where number >= 0 { children[index].edit(&number, body) }
    }

    func write(to text: inout String) {
      text += "<\(name)"
      for (name, value) in attributes { text += " \(name)=\"\(value)\"" }
      if children.isEmpty && self.text.isEmpty {
        text += "/>"
      } else {
        text += ">\(self.text)"
        for child in children { child.write(to: &text) }
        text += "</\(name)>"
      }
      text += tail
    }
  }

  var root: Node
  /// Names that the mutations use besides those of the document.
  let names: [String]

  package var text: String {
    var text = ""
    root.write(to: &text)
    return text
  }

  /// - Parameter names: the names of the schema.
  package init?(_ text: String, names: [String]) {
    let builder = Builder(names)
    let format = XMLVocabulary(
      namespace: "urn:onevisit:service-catalog:1",
      root: text.contains("<catalogDelta") ? "catalogDelta" : "serviceCatalog",
      names: names)
    guard XMLReader(format: format, schema: nil).read(Bytes(text.utf8), into: builder).isValid, let root = builder.root
    else { return nil }
    self.root = root
    self.root.attributes.insert(("xmlns", "urn:onevisit:service-catalog:1"), at: 0)
    self.names = names
  }

  private final class Builder: XMLHandler {
    let names: [String]
    var path: [Node] = []
    var root: Node?

    init(_ names: [String]) { self.names = names }

    func start(_ element: borrowing XMLElement) throws(XMLStop) {
      path.append(
        Node(
          name: names[element.name],
          attributes: element.attributes.map { (names[$0.name], MutatedDocument.escaped($0.value)) }))
    }

    func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {
      guard var node = path.popLast() else { return }
      node.text = MutatedDocument.escaped(text)
      if path.isEmpty { root = node } else { path[path.count - 1].children.append(node) }
    }
  }

  private static func escaped(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
  }

  // MARK: - Values

  /// Values at and past the facets of all types: lengths, days, numbers, blanks, signs, zeros, references.
  package static let values: [String] = [
    "", " ", "\n", "&#10;", "&#9;", "x", " x", "x ", "é", "中文", "😀", "a&#x0301;", "&amp;", "a&amp;b", "&amp;#38;",
    "&lt;x", "&#38;#38;", "]]&gt;", "'", "0", "1", "00", "01", "+1", "-1", "-0", "+0", "1.0", "1e3", " 5", "5 ", "5\n5",
    "999999999", "1000000000", "123456789012345678", "1234567890123456789", "123456789012345678901234",
    "1234567890123456789012345", "000000000000000000000000000001", "１", "true", "false", "TRUE", "True", " true", "yes",
    "2022-12-31", "2023-02-29", "2024-02-29", "1900-02-29", "2000-02-29", "2022-02-28", "2022-04-31", "2022-04-30",
    "2022-13-01", "2022-00-01", "2022-01-00", "2022-12-32", "0000-01-01", "0001-01-01", "9999-12-31", "12022-01-01",
    "-2022-01-01", "2022-1-1", "22-01-01", "2022-12-31Z", "2022-12-31+08:00", " 2022-12-31", "2022-12-31 ",
    "2022/12/31",
    "2022-12-31T00:00:00", "２０２２-12-31", "P1M", "P", "P1", "P1M2D", "P10W", "p1M", "P1MM", "P1M ", "PT1H", "-P1M",
    "a", "a-b", "a--b", "-a", "a-", "A", "a_b", "a.b", "a-1", "1-a", "a b", "2-042", "2-42", "2-0042", "A1-0001",
    "-001",
    "2-", "2-04x", "2-042-1", "50+1", "50+", "+50", "50++1", "50+1+2", "50（企业开办）", "50(x)+1(y)", "50()", "50(",
    "50(x", "96%", "96.5%", "96.55%", "96.555%", ".5%", "96％", "50（a(b)）", "all", "any", "ALL", "all ", "withdrawn",
    "national", "township", "single_submission", "single-submission", "matters", "audiences", "matter", "1.0", "1.1",
    "1.2", "1.10", String(repeating: "a1", count: 32), String(repeating: "a", count: 63),
    String(repeating: "0", count: 65), String(repeating: "F", count: 64), String(repeating: "长", count: 120),
  ]

  private static let foreignAttributes: [(String, String)] = [
    ("xml:lang", "zh"), ("xml:id", "x"), ("xml:space", "preserve"), ("xmlns:o", "urn:other"), ("unknown", "1"),
    ("xsi:nil", "true"), ("xsi:nil", "false"), ("xsi:nil", "x"), ("xsi:type", "matter"), ("xsi:type", "text"),
    ("xsi:type", "item"), ("xsi:type", "replacement"), ("xsi:type", "no"), ("xsi:schemaLocation", "urn:x y"),
    ("xsi:noNamespaceSchemaLocation", "y"), ("xsi:other", "1"), ("xsi:id", "a"), ("xsi:ref", "a"),
  ]
  private static let namespaces = ["", "urn:other", "urn:onevisit:service-catalog:2", "urn:onevisit:service-catalog:1"]
  private static let insertions = [
    "x", " ", "\n\n", "<![CDATA[x]]>", "<![CDATA[ ]]>", "<![CDATA[]]>", "<!-- x -->", "<?x y?>", "&amp;", "&#32;", "中",
    "<b/>", "<b>x</b>", "x<b/>y", "<name>x</name>", "<extra column=\"x\">y</extra>", "<extra/>",
  ]

  // MARK: - Mutations

  /// A copy with some edits at random.
  package func mutated(by random: inout some RandomNumberGenerator) -> MutatedDocument {
    var copy = self
    for _ in 0..<(Int.random(in: 0..<4, using: &random) == 0 ? 3 : 1) { copy.mutate(&random) }
    return copy
  }

  private mutating func mutate(_ random: inout some RandomNumberGenerator) {
    var number = Int.random(in: 0..<root.size, using: &random)
    let kind = Int.random(in: 0..<16, using: &random)
    let other = Int.random(in: 0..<root.size, using: &random)
    var moved: Node?
    var target = other
    root.edit(&target) { moved = $0 }
    let dice = (
      first: Int.random(in: 0..<1_000_000, using: &random), second: Int.random(in: 0..<1_000_000, using: &random),
      third: Int.random(in: 0..<1_000_000, using: &random)
    )
    var edited = root
    edited.edit(&number) { node in
      if kind < 6 { editChildren(of: &node, kind, moved, dice) } else { editTag(of: &node, kind, dice) }
    }
    root = edited
  }

  private func editChildren(
    of node: inout Node, _ kind: Int, _ moved: Node?, _ dice: (first: Int, second: Int, third: Int)
  ) {
    let children = node.children.count
    switch kind {
    case 0 where children > 0: node.children.remove(at: dice.first % children)
    case 1 where children > 0:
      node.children.insert(node.children[dice.first % children], at: dice.second % (children + 1))
    case 2 where children > 1:
      let child = node.children.remove(at: dice.first % children)
      node.children.insert(child, at: dice.second % children)
    case 3 where node.size < 200:
      if let moved { node.children.insert(moved, at: dice.first % (children + 1)) }
    case 4 where children > 0:
      node.children.replaceSubrange(
        (dice.first % children)..<(dice.first % children + 1), with: node.children[dice.first % children].children)
    default:
      let text = Self.insertions[dice.first % Self.insertions.count]
      if children == 0 || dice.second % (children + 1) == 0 {
        node.text = dice.third % 2 == 0 ? node.text + text : text + node.text
      } else {
        node.children[dice.second % children].tail += text
      }
    }
  }

  private func editTag(of node: inout Node, _ kind: Int, _ dice: (first: Int, second: Int, third: Int)) {
    let count = node.attributes.count
    let value = Self.values[dice.first % Self.values.count]
    switch kind {
    case 6: node.name = dice.first % 10 == 0 ? "unknown" : names[dice.second % names.count]
    case 7:
      let name = dice.first % 20 == 0 ? "xmlns" : names[dice.first % names.count]
      let value = name == "xmlns" ? Self.namespaces[dice.second % Self.namespaces.count] : value
      if !node.attributes.contains(where: { $0.name == name }) { node.attributes.append((name, value)) }
    case 8 where count > 0: node.attributes.remove(at: dice.second % count)
    case 9 where count > 0:
      let name = names[dice.first % names.count]
      if !node.attributes.contains(where: { $0.name == name }) { node.attributes[dice.second % count].name = name }
    case 10:
      let (name, value) = Self.foreignAttributes[dice.first % Self.foreignAttributes.count]
      node.attributes.append((name, value))
      let prefix = name.prefix { $0 != ":" }
      if prefix == "xsi" {
        node.attributes.append(("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"))
      }
    case 11, 12, 13:
      if count > 0 { node.attributes[dice.second % count].value = value.replacing("\"", with: "&quot;") }
    case 14 where node.children.isEmpty: node.text = value
    default:
      if node.children.isEmpty {
        node.text = value
      } else {
        node.children[dice.second % node.children.count].text = value
      }
    }
  }
}

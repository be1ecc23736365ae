import Localization

/// What the reader needs of a schema and libxml2 does not report: which elements an element may contain, the type of a
/// value, and the documentation of that type.
///
/// After an unexpected element libxml2's validator checks nothing more in the parent of that element. With this table
/// the reader finds elements that are not allowed there before the validator sees them, so that one stray element does
/// not leave a million others unchecked.
struct SchemaOutline: Sendable {
  /// For each element the elements that it may contain, in the schema's order. For an element name with several types
  /// it is the union; the validator is stricter.
  private(set) var children: [String: [String]] = [:]
  /// For `element` and `element@attribute` the named type of the value, where it has only one.
  private var types: [String: String] = [:]
  private var forms: [String: LocalizedText] = [:]
  private var mixed: Set<String> = []

  /// The names of all elements that the schema declares.
  private(set) var elements: [String] = []

  /// The documented form of an element's text or an attribute's value.
  func form(element: String, attribute: String?) -> LocalizedText? {
    types[attribute.map { "\(element)@\($0)" } ?? element].flatMap { forms[$0] }
  }

  /// Reads a schema. Types are looked up by name; groups and extended types are followed too.
  /// - Throws: `XMLSchemaFailure` if it is not well-formed XML.
  init(_ buffer: UnsafeBufferPointer<UInt8>) throws(XMLSchemaFailure) {
    let collector = Collector()
    let format = XMLVocabulary(
      namespace: "http://www.w3.org/2001/XMLSchema", root: "schema", names: Collector.names)
    let report = Reading.read(ByteSource(memory: buffer), format: format, handler: collector)
    if let problem = report.problems.first {
      throw XMLSchemaFailure(line: problem.line, detail: problem.explanation.en)
    }
    forms = collector.forms.compactMapValues { $0.zh.isEmpty || $0.en.isEmpty ? nil : $0 }
    for (element, holder) in collector.declared {
      if children[element] == nil {
        elements.append(element)
        children[element] = []
      }
      var seen: Set<String> = []
      add(holder, of: collector, to: element, seen: &seen)
    }
    for (value, type) in collector.typed {
      // A name with two types has no single form.
      if mixed.contains(value) { continue }
      if let known = types[value], known != type {
        types[value] = nil
        mixed.insert(value)
      } else {
        types[value] = type
      }
    }
  }

  private mutating func add(_ holder: String, of collector: Collector, to element: String, seen: inout Set<String>) {
    guard seen.insert(holder).inserted else { return }
    for child in collector.children[holder] ?? [] where children[element]?.contains(child) == false {
      children[element]?.append(child)
    }
    for (attribute, type) in collector.attributes[holder] ?? [] {
      collector.typed.append(("\(element)@\(attribute)", type))
    }
    for other in collector.uses[holder] ?? [] { add(other, of: collector, to: element, seen: &seen) }
  }
}

/// Reads an XSD for its outline. A holder is what can hold elements and attributes: `type:` and a name, or `element:`
/// and a running number for a type without a name.
private final class Collector: XMLHandler {
  enum Name: Int {
    case element, complexType, simpleType, attribute, group, attributeGroup, `extension`, documentation
    case name, type, ref, base, language
  }

  /// In the order of `Name`.
  static let names = [
    "element", "complexType", "simpleType", "attribute", "group", "attributeGroup", "extension", "documentation",
    "name", "type", "ref", "base", "xml:lang",
  ]

  var declared: [(element: String, holder: String)] = []
  var children: [String: [String]] = [:]
  var attributes: [String: [(String, String)]] = [:]
  var uses: [String: [String]] = [:]
  var typed: [(String, String)] = []
  var forms: [String: LocalizedText] = [:]

  /// One per open element: the holder that its content belongs to.
  private var holders: [String] = []
  private var simpleType: String?
  private var language = ""

  func start(_ element: borrowing XMLElement) throws(XMLStop) {
    func text(_ name: Name) -> String? {
      element.attributes.value(name.rawValue).map { String(decoding: $0, as: UTF8.self) }
    }
    func local(_ name: Name) -> String? { text(name)?.split(separator: ":").last.map { String($0) } }
    let outer = holders.last ?? ""
    var holder = outer
    switch Name(rawValue: element.name) {
    case .element:
      if let name = text(.name) ?? local(.ref) {
        if !outer.isEmpty { children[outer, default: []].append(name) }
        if text(.name) != nil {
          holder = "element:\(declared.count)"
          declared.append((name, holder))
          if let type = local(.type) {
            uses[holder, default: []].append("type:\(type)")
            typed.append((name, type))
          }
        }
      }
    case .complexType:
      if let name = text(.name) { holder = "type:\(name)" }
    case .simpleType:
      if let name = text(.name) { simpleType = name }
    case .attribute:
      if let name = text(.name), let type = local(.type) { attributes[outer, default: []].append((name, type)) }
    case .group, .attributeGroup:
      if let name = text(.name) { holder = "type:\(name)" }
      if let name = local(.ref) { uses[outer, default: []].append("type:\(name)") }
    case .extension:
      if let name = local(.base) { uses[outer, default: []].append("type:\(name)") }
    case .documentation:
      language = text(.language) ?? ""
    default:
      break
    }
    holders.append(holder)
  }

  func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {
    holders.removeLast()
    switch Name(rawValue: name) {
    case .simpleType:
      if holders.count == 1 { simpleType = nil }
    case .documentation:
      guard let simpleType, holders.count == 3 else { return }
      let words = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if language.hasPrefix("zh") {
        forms[simpleType, default: LocalizedText(zh: "", en: "")].zh = words
      } else {
        forms[simpleType, default: LocalizedText(zh: "", en: "")].en = words
      }
    default:
      break
    }
  }
}

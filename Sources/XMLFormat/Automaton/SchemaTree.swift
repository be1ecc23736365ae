/// The elements of an XSD and their attributes as they stand in it, annotations left out.
struct SchemaTree {
  /// The elements of XML Schema that are distinguished, and the attributes of all its elements.
  enum Word: Int, CaseIterable {
    case schema, element, complexType, simpleType, sequence, choice, simpleContent, restriction, annotation
    case `extension`, attribute, enumeration, pattern, length, minLength, maxLength
    case abstract, attributeFormDefault, base, block, blockDefault, `default`, elementFormDefault, final, finalDefault
    case fixed, form, id, itemType, maxOccurs, memberTypes, minOccurs, mixed, name, namespace, nillable
    case processContents, `public`, ref, refer, schemaLocation, source, substitutionGroup, system, targetNamespace
    case type, use, value, version, xpath
    /// The namespaces that the schema declares: without a prefix, and with one of the two that are in use for XML Schema.
    case defaultNamespace, xsNamespace, xsdNamespace
  }

  struct Node {
    /// Nil for any other element than those of `Word`.
    let word: Word?
    let attributes: [(word: Word, value: String)]
    fileprivate(set) var children: [Int] = []

    subscript(_ word: Word) -> String? { attributes.first { $0.word == word }?.value }
  }

  /// The first is the root.
  private(set) var nodes: [Node]

  /// - Throws: `XMLSchemaFailure` if the bytes are not an XML document whose root is a schema.
  init(_ buffer: UnsafeBufferPointer<UInt8>) throws(XMLSchemaFailure) {
    let builder = TreeBuilder()
    let names = Word.allCases.map { word in
      switch word {
      case .defaultNamespace: "xmlns"
      case .xsNamespace: "xmlns:xs"
      case .xsdNamespace: "xmlns:xsd"
      default: "\(word)"
      }
    }
    let format = XMLVocabulary(namespace: SchemaTree.namespace, root: "schema", names: names)
    let report = Reading.read(ByteSource(memory: buffer), format: format, handler: builder)
    if let problem = report.problems.first {
      throw XMLSchemaFailure(line: problem.line, detail: problem.explanation.en)
    }
    nodes = builder.nodes
  }

  static let namespace = "http://www.w3.org/2001/XMLSchema"

  /// Makes the nodes in the order of the document.
  private final class TreeBuilder: XMLHandler {
    var nodes: [Node] = []
    private var path: [Int] = []
    /// How many elements are open in an annotation, itself included.
    private var annotated = 0

    func start(_ element: borrowing XMLElement) throws(XMLStop) {
      let word = Word(rawValue: element.name)
      if annotated > 0 || word == .annotation {
        annotated += 1
        return
      }
      let attributes = element.attributes.compactMap { attribute in
        Word(rawValue: attribute.name).map { (word: $0, value: String(decoding: attribute.value, as: UTF8.self)) }
      }
      if let parent = path.last { nodes[parent].children.append(nodes.count) }
      path.append(nodes.count)
      nodes.append(Node(word: word, attributes: attributes))
    }

    func end(_ name: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws(XMLStop) {
      if annotated > 0 { annotated -= 1 } else { path.removeLast() }
    }
  }
}

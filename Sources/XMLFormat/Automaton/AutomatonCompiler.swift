/// Makes the automaton of a schema from its elements.
///
/// What an XSD may say is listed here, element by element and attribute by attribute. A schema that says anything else
/// has no automaton, and libxml2 validates the documents of such a schema from the start. Only of a simple type that is
/// not known is every value put to libxml2, one by one.
struct AutomatonCompiler {
  /// The names of elements and attributes; their indices are the symbols.
  private(set) var symbols: [String] = []
  private var numberOfSymbol: [String: Int] = [:]
  private(set) var checks: [ValueCheck] = []
  private(set) var types: [TypeOfElement] = []
  private(set) var states: [State] = []

  struct TypeOfElement {
    var content: Content
    var attributes: [Attribute] = []
  }

  enum Content {
    case empty
    /// Text; the index of its check.
    case text(Int)
    /// Elements; the state in which the content begins.
    case elements(Int)
  }

  struct Attribute {
    var symbol: Int
    var check: Int
    var isRequired: Bool
  }

  struct State {
    var isFinal: Bool
    /// The symbol of a child element, the state after it, and its type.
    var steps: [(symbol: Int, state: Int, type: Int)] = []
  }

  /// The state of elements that contain no elements.
  static let leafState = 0
  /// The state before the root element.
  static let documentState = 1

  private let tree: SchemaTree
  private var namedTypes: [String: Int] = [:]
  private var typeOfNode: [Int: Int] = [:]
  private var checkOfNode: [Int: Int] = [:]
  private var checkOfName: [Substring: Int] = [:]
  private var openChecks: Set<Int> = []
  private var hasXSPrefix = false
  private var hasXSDPrefix = false

  /// Something in the schema for which there is no automaton.
  private struct Unsupported: Error {}

  /// - Returns: nil for a schema that says something that is not known here.
  init?(_ tree: SchemaTree) {
    self.tree = tree
    do throws(Unsupported) { try compile() } catch { return nil }
  }

  // MARK: - The schema

  private mutating func compile() throws(Unsupported) {
    guard let root = tree.nodes.first, let target = root[.targetNamespace], !target.isEmpty else {
      throw Unsupported()
    }
    // Local elements are in the namespace of the schema, local attributes in none. What may replace what (`blockDefault`)
    // does not matter: an element that names its type is put to libxml2.
    try allow(
      [
        .targetNamespace, .elementFormDefault, .blockDefault, .version, .id, .defaultNamespace, .xsNamespace,
        .xsdNamespace,
      ],
      on: root)
    guard root[.elementFormDefault] == "qualified", root[.defaultNamespace] == target else { throw Unsupported() }
    hasXSPrefix = root[.xsNamespace] == SchemaTree.namespace
    hasXSDPrefix = root[.xsdNamespace] == SchemaTree.namespace
    states = [State(isFinal: true), State(isFinal: false)]
    for index in root.children {
      let node = tree.nodes[index]
      switch node.word {
      case .element: break
      case .complexType, .simpleType:
        guard let name = node[.name], namedTypes.updateValue(index, forKey: name) == nil else { throw Unsupported() }
      default: throw Unsupported()
      }
    }
    for index in root.children where tree.nodes[index].word == .element {
      try allow([.name, .type, .id], on: tree.nodes[index])
      let (symbol, type) = try element(tree.nodes[index])
      states[Self.documentState].steps.append((symbol, Self.leafState, type))
    }
  }

  private func allow(_ words: Set<SchemaTree.Word>, on node: SchemaTree.Node) throws(Unsupported) {
    for attribute in node.attributes where !words.contains(attribute.word) { throw Unsupported() }
  }

  private mutating func symbol(_ name: String) -> Int {
    if let known = numberOfSymbol[name] { return known }
    symbols.append(name)
    numberOfSymbol[name] = symbols.count - 1
    return symbols.count - 1
  }

  /// The local part of the name of a type of XML Schema; nil for a type of this schema, whose names have no prefix.
  private func builtIn(_ name: String) throws(Unsupported) -> Substring? {
    guard let colon = name.firstIndex(of: ":") else { return nil }
    let prefix = name[..<colon]
    guard hasXSPrefix && prefix == "xs" || hasXSDPrefix && prefix == "xsd" else { throw Unsupported() }
    return name[name.index(after: colon)...]
  }

  // MARK: - Elements and their content

  private mutating func element(_ node: SchemaTree.Node) throws(Unsupported) -> (symbol: Int, type: Int) {
    guard let name = node[.name] else { throw Unsupported() }
    let number = symbol(name)
    if let child = node.children.first {
      guard node.children.count == 1, node[.type] == nil else { throw Unsupported() }
      return (number, try type(child))
    }
    guard let type = node[.type] else { throw Unsupported() }
    if try builtIn(type) == nil {
      guard let declared = namedTypes[type] else { throw Unsupported() }
      return (number, try self.type(declared))
    }
    types.append(TypeOfElement(content: .text(try check(named: type))))
    return (number, types.count - 1)
  }

  /// The type that the node declares.
  private mutating func type(_ index: Int) throws(Unsupported) -> Int {
    if let known = typeOfNode[index] { return known }
    let node = tree.nodes[index]
    let number = types.count
    types.append(TypeOfElement(content: .empty))
    // Known from here on, since the content may contain elements of this type.
    typeOfNode[index] = number
    if node.word == .simpleType {
      types[number].content = .text(try check(of: index))
      return number
    }
    guard node.word == .complexType else { throw Unsupported() }
    try allow([.name, .id], on: node)
    var children = node.children[...]
    if let first = children.first {
      switch tree.nodes[first].word {
      case .sequence, .choice:
        children.removeFirst()
        types[number].content = .elements(try content(first))
      case .simpleContent:
        guard children.count == 1 else { throw Unsupported() }
        let content = tree.nodes[first]
        try allow([.id], on: content)
        guard content.children.count == 1, let last = content.children.first else { throw Unsupported() }
        let extended = tree.nodes[last]
        guard extended.word == .extension, let base = extended[.base] else { throw Unsupported() }
        try allow([.base, .id], on: extended)
        types[number].content = .text(try check(named: base))
        children = extended.children[...]
      default: break
      }
    }
    for child in children {
      types[number].attributes.append(try attribute(tree.nodes[child]))
    }
    guard types[number].attributes.count <= SchemaAutomaton.mostAttributes else { throw Unsupported() }
    return number
  }

  private mutating func attribute(_ node: SchemaTree.Node) throws(Unsupported) -> Attribute {
    guard node.word == .attribute, let name = node[.name] else { throw Unsupported() }
    try allow([.name, .type, .use, .id], on: node)
    let isRequired: Bool
    switch node[.use] {
    case nil, "optional": isRequired = false
    case "required": isRequired = true
    default: throw Unsupported()
    }
    let check: Int
    switch (node[.type], node.children.first) {
    case (let type?, nil): check = try self.check(named: type)
    case (nil, let child?) where node.children.count == 1: check = try self.check(of: child)
    default: throw Unsupported()
    }
    return Attribute(symbol: symbol(name), check: check, isRequired: isRequired)
  }

  /// Adds the states of a content model.
  /// - Returns: the state in which the content begins.
  private mutating func content(_ index: Int) throws(Unsupported) -> Int {
    var declared: [(symbol: Int, type: Int)] = []
    let expression = try particle(index, &declared)
    let used = Set(declared.map(\.symbol)).sorted()
    guard
      let automaton = FiniteAutomaton(
        expression, symbols: used.count, symbolsOfLetter: declared.map { [used.firstIndex(of: $0.symbol) ?? 0] })
    else { throw Unsupported() }
    let first = states.count
    for state in automaton.states {
      var own = State(isFinal: state.isFinal)
      for (symbol, next) in state.next.enumerated() where next >= 0 {
        let types = Set(state.letters[symbol].map { declared[$0].type })
        guard let type = types.first, types.count == 1 else { throw Unsupported() }
        own.steps.append((used[symbol], first + next, type))
      }
      states.append(own)
    }
    return first
  }

  private mutating func particle(
    _ index: Int, _ declared: inout [(symbol: Int, type: Int)]
  ) throws(Unsupported) -> RegularExpression {
    let node = tree.nodes[index]
    let body: RegularExpression
    switch node.word {
    case .element:
      try allow([.name, .type, .minOccurs, .maxOccurs, .id], on: node)
      declared.append(try element(node))
      body = .letter(declared.count - 1)
    case .sequence, .choice:
      try allow([.minOccurs, .maxOccurs, .id], on: node)
      var parts: [RegularExpression] = []
      for child in node.children { parts.append(try particle(child, &declared)) }
      guard !parts.isEmpty else { throw Unsupported() }
      body = node.word == .sequence ? .sequence(parts) : .choice(parts)
    default: throw Unsupported()
    }
    guard let least = Int(node[.minOccurs] ?? "1"), least >= 0 else { throw Unsupported() }
    var most: Int?
    let limit = node[.maxOccurs] ?? "1"
    if limit != "unbounded" {
      guard let number = Int(limit), number >= max(least, 1) else { throw Unsupported() }
      most = number
    }
    guard let repeated = body.repeated(least, most) else { throw Unsupported() }
    return repeated
  }

  // MARK: - Values

  private mutating func add(_ check: ValueCheck) -> Int {
    checks.append(check)
    return checks.count - 1
  }

  private mutating func check(named name: String) throws(Unsupported) -> Int {
    guard let builtIn = try builtIn(name) else {
      guard let declared = namedTypes[name] else { throw Unsupported() }
      return try check(of: declared)
    }
    if let known = checkOfName[builtIn] { return known }
    let number = add(ValueCheck(builtIn: builtIn))
    checkOfName[builtIn] = number
    return number
  }

  /// The check of the simple type that the node declares.
  private mutating func check(of index: Int) throws(Unsupported) -> Int {
    if let known = checkOfNode[index] { return known }
    let node = tree.nodes[index]
    guard node.word == .simpleType, openChecks.insert(index).inserted else { throw Unsupported() }
    let number = add(try restriction(node) ?? .unknown)
    checkOfNode[index] = number
    return number
  }

  /// The check of a simple type that is a restriction of a named one; nil for any other.
  private mutating func restriction(_ node: SchemaTree.Node) throws(Unsupported) -> ValueCheck? {
    guard node.attributes.allSatisfy({ $0.word == .name || $0.word == .id }), node.children.count == 1 else {
      return nil
    }
    let restriction = tree.nodes[node.children[0]]
    guard restriction.word == .restriction, let base = restriction[.base],
      restriction.attributes.allSatisfy({ $0.word == .base || $0.word == .id })
    else { return nil }
    let number = try check(named: base)
    return checks[number].restricted(by: restriction.children.map { tree.nodes[$0] })
  }
}

/// How the values of a simple type are checked.
///
/// A check may accept fewer values than the type allows, never more: those that it does not accept are put to libxml2.
/// So there is no handling of blanks: a value with blanks around it is accepted as a string only, where XML Schema keeps
/// them (`whiteSpace="preserve"`).
struct ValueCheck {
  /// The type of XML Schema that the values are of.
  enum Kind: Int {
    case string, date, boolean, positiveInteger, nonNegativeInteger
    /// A type or a facet that is not known here: no value is accepted.
    case unknown
  }

  var kind: Kind
  /// The least and the greatest number of characters.
  var least = 0
  var most = Int.max
  /// A value has to be recognised by all of them.
  var automata: [ByteAutomaton] = []
  /// How many problems a value can have: a list of values, the patterns of a type, and a length are one each.
  var facets = 0

  static let unknown = ValueCheck(kind: .unknown)

  /// The check of a type of XML Schema itself.
  init(builtIn name: Substring) {
    kind =
      switch name {
      case "string": .string
      case "date": .date
      case "boolean": .boolean
      case "positiveInteger": .positiveInteger
      case "nonNegativeInteger": .nonNegativeInteger
      default: .unknown
      }
  }

  init(kind: Kind) { self.kind = kind }

  /// Whether it accepts no value with a `&` or a character beyond ASCII.
  var isPlain: Bool {
    kind != .string
      || automata.contains { automaton in
        !automaton.mayHold(0x26) && !(0x80...0xFF).contains { automaton.mayHold($0) }
      }
  }

  /// The check of a type that restricts this one by the facets of an `xs:restriction`.
  func restricted(by facets: [SchemaTree.Node]) -> ValueCheck {
    var check = self
    var values: [String] = []
    var patterns: [String] = []
    for facet in facets {
      guard let value = facet[.value], facet.children.isEmpty,
        facet.attributes.allSatisfy({ $0.word == .value || $0.word == .id })
      else { return .unknown }
      switch facet.word {
      case .enumeration: values.append(value)
      case .pattern: patterns.append(value)
      case .length, .minLength, .maxLength:
        guard kind == .string, let number = Int(value), number >= 0 else { return .unknown }
        if facet.word != .maxLength { check.least = max(least, number) }
        if facet.word != .minLength { check.most = min(most, number) }
        check.facets += 1
      default: return .unknown
      }
    }
    if !values.isEmpty {
      // Values of other types are equal if they mean the same, such as 1 and 01.
      guard kind == .string, let automaton = ByteAutomaton(values: values) else { return .unknown }
      check.automata.append(automaton)
      check.facets += 1
    }
    if !patterns.isEmpty {
      guard let automaton = ByteAutomaton(patterns: patterns) else { return .unknown }
      check.automata.append(automaton)
      check.facets += 1
    }
    return check
  }
}

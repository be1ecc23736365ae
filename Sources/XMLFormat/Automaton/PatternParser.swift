/// Reads a regular expression of XML Schema (XML Schema Part 2, appendix F) as far as it consists of characters, escaped
/// characters, groups, classes of characters and ranges of ASCII, `|` and quantifiers.
struct PatternParser {
  private(set) var letters: ByteLetters
  private var rest: Substring.UnicodeScalarView

  init(_ pattern: String, _ letters: ByteLetters) {
    rest = pattern[...].unicodeScalars
    self.letters = letters
  }

  /// The whole pattern as an expression; nil if something in it is not known.
  mutating func parse() -> RegularExpression? {
    guard let expression = alternatives(), rest.isEmpty else { return nil }
    return expression
  }

  private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
    guard rest.first == wanted else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func alternatives() -> RegularExpression? {
    var branches: [RegularExpression] = []
    repeat {
      var pieces: [RegularExpression] = []
      while let next = rest.first, next != "|", next != ")" {
        guard let piece = piece() else { return nil }
        pieces.append(piece)
      }
      branches.append(.sequence(pieces))
    } while take("|")
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  /// An atom with its quantifier.
  private mutating func piece() -> RegularExpression? {
    guard let atom = atom() else { return nil }
    if take("?") { return .repetition(atom, least: 0, most: 1) }
    if take("*") { return .repetition(atom, least: 0, most: nil) }
    if take("+") { return .repetition(atom, least: 1, most: nil) }
    guard take("{") else { return atom }
    guard let least = number() else { return nil }
    if take("}") { return atom.repeated(least, least) }
    guard take(",") else { return nil }
    if take("}") { return atom.repeated(least, nil) }
    guard let most = number(), most >= least, take("}") else { return nil }
    return atom.repeated(least, most)
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let next = rest.first, ("0"..."9").contains(next), digits.count < 6 {
      digits.unicodeScalars.append(next)
      rest.removeFirst()
    }
    return Int(digits)
  }

  private mutating func atom() -> RegularExpression? {
    if take("(") {
      guard let group = alternatives(), take(")") else { return nil }
      return group
    }
    if take("[") { return characterClass() }
    guard let scalar = character(unless: ".?*+{}()|[]^$") else { return nil }
    return letters.character(scalar)
  }

  /// A character or an escape of one; nil for one of `special` and for the escapes of classes such as `\d`.
  private mutating func character(unless special: String) -> Unicode.Scalar? {
    guard let first = rest.popFirst() else { return nil }
    guard first == "\\" else { return special.unicodeScalars.contains(first) ? nil : first }
    switch rest.popFirst() {
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case let escaped? where "\\|.-^?*+{}()[]".unicodeScalars.contains(escaped): return escaped
    default: return nil
    }
  }

  /// What stands between `[` and `]`.
  private mutating func characterClass() -> RegularExpression? {
    let isNegated = take("^")
    var ascii = ByteSet()
    var others: [Unicode.Scalar] = []
    var isFirst = true
    while !take("]") {
      let first: Unicode.Scalar
      if isFirst, take("-") {
        first = "-"
      } else {
        guard let next = character(unless: "[]^-") else { return nil }
        first = next
      }
      isFirst = false
      var last = first
      if take("-") {
        // A hyphen at the end stands for itself; a subtraction is not known.
        if rest.first == "]" {
          ascii.insert(0x2D)
        } else {
          guard let next = character(unless: "[]^-"), next >= first, next.isASCII else { return nil }
          last = next
        }
      }
      if first.isASCII {
        for byte in first.value...last.value { ascii.insert(UInt8(byte)) }
      } else {
        others.append(first)
      }
    }
    if isFirst { return nil }
    guard isNegated else {
      let set = letters.letter(ascii)
      return others.isEmpty ? set : .choice([set] + others.map { letters.character($0) })
    }
    return letters.complement(ascii: ascii, others: others)
  }
}

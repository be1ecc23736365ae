import AtomicFiles

/// The codes by which national and local platforms know departments and service items, and how a spreadsheet damages them.
///
/// - 统一社会信用代码 of a department, 18 characters: GB 32100-2015.
/// - 基本编码 of a service item, 12 digits: the same wherever the item is carried out.
/// - 实施编码, 31 characters: the credit code of who carries it out, the level, the 基本编码.
package enum ServiceCode {
  package static let creditLength = 18
  package static let catalogLength = 12
  package static let taskLength = creditLength + 1 + catalogLength

  /// The characters of a credit code in the order of their values, 0 to 30: no I, O, S, V, Z (GB 32100-2015, table 2).
  private static let creditCharacters = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)

  // MARK: Forms

  /// 12 digits.
  package static func isCatalogCode(_ text: String) -> Bool {
    text.utf8.count == catalogLength && text.utf8.allSatisfy(ValueForm.isDigit)
  }

  /// 18 characters of the set, of which the third to the eighth, the division of the registering authority, are digits. The
  /// check digit is not looked at.
  package static func isCreditCode(_ text: String) -> Bool { isCreditCode(Array(text.utf8)[...]) }

  private static func isCreditCode(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count == creditLength && bytes.allSatisfy(creditCharacters.contains)
      && bytes.dropFirst(2).prefix(6).allSatisfy(ValueForm.isDigit)
  }

  /// A credit code, a digit for the level, a catalog code.
  package static func isTaskCode(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == taskLength && isCreditCode(bytes.prefix(creditLength))
      && bytes.dropFirst(creditLength).allSatisfy(ValueForm.isDigit)
  }

  /// The credit code in a task code; nil if the text is no task code.
  package static func creditCode(ofTask text: String) -> String? {
    isTaskCode(text) ? String(text.prefix(creditLength)) : nil
  }

  /// The catalog code in a task code; nil if the text is no task code.
  package static func catalogCode(ofTask text: String) -> String? {
    isTaskCode(text) ? String(text.suffix(catalogLength)) : nil
  }

  // MARK: Check digit

  /// The check digit that belongs to the first 17 characters of a credit code: 31 less the sum of values times weights
  /// modulo 31, where the weight of the i-th character is 3 to the power of i − 1, modulo 31 (GB 32100-2015). Nil if the text
  /// has not the form of a credit code.
  package static func checkDigit(of text: String) -> Character? {
    let bytes = Array(text.utf8)
    guard isCreditCode(bytes[...]) else { return nil }
    var sum = 0
    var weight = 1
    for byte in bytes.dropLast() {
      sum += (creditCharacters.firstIndex(of: byte) ?? 0) * weight
      weight = weight * 3 % creditCharacters.count
    }
    let value = (creditCharacters.count - sum % creditCharacters.count) % creditCharacters.count
    return Character(Unicode.Scalar(creditCharacters[value]))
  }

  /// Whether the last character is the check digit of the others; true for what has not the form of a credit code.
  package static func hasRightCheckDigit(_ text: String) -> Bool {
    checkDigit(of: text).map { text.last == $0 } ?? true
  }

  // MARK: Forms with one meaning, and damage

  /// A code with the blanks in it, full-width characters, lower-case letters, characters that print nothing, an apostrophe
  /// before it or a `.0` behind it, all of which have one meaning only, in its written form.
  static func normal(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in LooseForm.compact(text).unicodeScalars {
      switch scalar {
      case "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}": continue
      default: scalars.append(scalar)
      }
    }
    var code = String(scalars).uppercased()
    if code.hasPrefix("'") { code.removeFirst() }
    // What a program writes that has read the code as a number; more than 15 digits are rounded by then.
    if code.hasSuffix(".0"), code.utf8.count <= 17, code.utf8.dropLast(2).allSatisfy(ValueForm.isDigit) {
      code.removeLast(2)
    }
    return code
  }

  /// What a text that is no code may stand for: with the zeros at the front that a spreadsheet has dropped, with digits for
  /// the letters that credit codes do not have, or without the two digits that a portal adds for a case of the service.
  static func likely(_ text: String, as kind: ValueKind) -> [String] {
    let code = normal(text)
    switch kind {
    case .catalogCode:
      guard (8..<catalogLength).contains(code.utf8.count), code.utf8.allSatisfy(ValueForm.isDigit) else { return [] }
      return [String(repeating: "0", count: catalogLength - code.utf8.count) + code]
    case .creditCode:
      let digits: [Character: Character] = ["O": "0", "I": "1", "Z": "2", "S": "5"]
      let other = String(code.map { digits[$0] ?? $0 })
      return other != code && isCreditCode(other) && hasRightCheckDigit(other) ? [other] : []
    case .taskCode:
      let first = String(code.prefix(taskLength))
      return code.utf8.count == taskLength + 2 && isTaskCode(first) ? [first] : []
    default: return []
    }
  }

  /// Whether a text is what is left of a long number in a spreadsheet: `1.23E+11`, or 18 digits and more of which those past
  /// the 15th are all 0. A credit code with the right check digit is none.
  package static func isRounded(_ text: String) -> Bool {
    let bytes = Array(LooseForm.compact(text).utf8)
    if let exponent = bytes.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
      let mantissa = bytes[..<exponent]
      let power = bytes[(exponent + 1)...]
      guard let first = mantissa.first, ValueForm.isDigit(first), power.first == UInt8(ascii: "+"),
        (2...3).contains(power.count - 1), power.dropFirst().allSatisfy(ValueForm.isDigit)
      else { return false }
      let rest = mantissa.dropFirst()
      return rest.isEmpty
        || rest.first == UInt8(ascii: ".") && rest.count > 1 && rest.dropFirst().allSatisfy(ValueForm.isDigit)
    }
    guard bytes.count >= creditLength, bytes.allSatisfy(ValueForm.isDigit), bytes.contains(where: { $0 != 0x30 }),
      bytes.dropFirst(15).allSatisfy({ $0 == 0x30 })
    else { return false }
    let code = String(decoding: bytes, as: UTF8.self)
    return !(isCreditCode(code) && hasRightCheckDigit(code))
  }
}

extension ValueKind {
  /// Whether its values are codes of a fixed form.
  package var isServiceCode: Bool {
    switch self {
    case .creditCode, .catalogCode, .taskCode: true
    default: false
    }
  }

  /// What a text that is not valid may stand for, the likeliest first.
  package func likely(_ text: String) -> [String] {
    self == .day ? LooseForm.likelyDays(text).map(\.description) : ServiceCode.likely(text, as: self)
  }
}

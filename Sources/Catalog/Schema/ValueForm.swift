import AtomicFiles

/// The written forms of values: what is checked byte by byte, wherever a value comes from.
package enum ValueForm {
  package static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  package static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
  package static func isLetterOrDigit(_ byte: UInt8) -> Bool { isDigit(byte) || isLower(byte | 0x20) }

  /// `[a-z0-9]+(-[a-z0-9]+)*`
  package static func isIdentifier(_ bytes: some Collection<UInt8>) -> Bool {
    var afterHyphen = true
    for byte in bytes {
      if byte == UInt8(ascii: "-") {
        if afterHyphen { return false }
        afterHyphen = true
      } else {
        guard isDigit(byte) || isLower(byte) else { return false }
        afterHyphen = false
      }
    }
    return !afterHyphen
  }

  /// `[a-z][a-z0-9\-]*`
  package static func isCode(_ bytes: some Collection<UInt8>) -> Bool {
    guard let first = bytes.first, isLower(first) else { return false }
    return bytes.allSatisfy { isDigit($0) || isLower($0) || $0 == UInt8(ascii: "-") }
  }

  /// `[0-9A-Za-z]+-[0-9]{3,}`
  package static func isMatterID(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { isMatterID($0) }
  }

  /// The same of bytes. Not generic: an export checks the id of every matter.
  package static func isMatterID(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var hyphen = bytes.count - 1
    while hyphen >= 0, isDigit(bytes[hyphen]) { hyphen -= 1 }
    guard hyphen > 0, bytes[hyphen] == UInt8(ascii: "-"), bytes.count - hyphen > 3 else { return false }
    var index = 0
    while index < hyphen {
      guard isLetterOrDigit(bytes[index]) else { return false }
      index += 1
    }
    return true
  }

  /// A whole number of nine digits at most; nil if it is none, or less than `minimum`.
  package static func number(_ text: String, from minimum: Int) -> Int? {
    guard text.utf8.count <= 9, !text.isEmpty, text.utf8.allSatisfy(isDigit), let value = Int(text) else { return nil }
    return value >= minimum ? value : nil
  }

  /// The months of a period of years and months, 1 to 1199: `P1M` is 1, `P1Y6M` is 18.
  package static func months(_ text: String) -> Int? {
    guard text.utf8.first == UInt8(ascii: "P") else { return nil }
    var months = 0
    var digits = ""
    for character in text.dropFirst() {
      switch character {
      case "0"..."9": digits.append(character)
      case "Y", "M":
        guard let value = Int(digits), value < 1200 else { return nil }
        months += character == "Y" ? value * 12 : value
        digits = ""
      default: return nil
      }
    }
    return digits.isEmpty && (1..<1200).contains(months) ? months : nil
  }

  /// The texts of a cell that holds several, separated by `;`, the full-width `；` or `|`.
  package static func names(_ text: String) -> [String] {
    if text.isEmpty { return [] }
    return text.split(whereSeparator: { $0 == ";" || $0 == "；" || $0 == "|" })
      .map { String($0).trimmingBlanks }
      .filter { !$0.isEmpty }
  }

  /// Nil for what is neither yes nor no.
  package static func flag(_ text: String) -> Bool? {
    if text.isEmpty { return false }
    return switch text.lowercased() {
    case "yes", "true", "1", "是": true
    case "no", "false", "0", "否", "": false
    default: nil
    }
  }
}

/// Text made safe to print: characters that a terminal would interpret, or that nobody would see, are written out, so that
/// a cell of a catalog or an argument can neither move the cursor, nor forge a line, nor hide in one.
package enum VisibleText {
  /// A line that is safe to print: no control character (a line break included), no bidi control, no character without
  /// a shape. In time linear in its length.
  package static func line(_ text: String) -> String { escaped(text, keepsLineFeeds: false) }

  /// Several lines that are safe to print: as `line`, but line feeds stay.
  package static func block(_ text: String) -> String { escaped(text, keepsLineFeeds: true) }

  private static func escaped(_ text: String, keepsLineFeeds: Bool) -> String {
    if isPlain(text) { return text }
    guard text.unicodeScalars.contains(where: { isHidden($0) && !(keepsLineFeeds && $0 == "\n") }) else { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + text.utf8.count / 2)
    for scalar in text.unicodeScalars {
      if isHidden(scalar), !(keepsLineFeeds && scalar == "\n") {
        bytes.append(contentsOf: picture(scalar).utf8)
      } else {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether the text is surely free of hidden characters, by its bytes alone: printable ASCII, and characters from
  /// U+3000 to U+CFFF, which are most of what a catalog holds.
  private static func isPlain(_ text: String) -> Bool {
    let plain = text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.allSatisfy { byte in
        byte < 0x80 ? byte >= 0x20 && byte < 0x7F : byte < 0xC0 || (byte >= 0xE3 && byte <= 0xEC)
      }
    }
    return plain ?? false
  }

  /// Whether a scalar is replaced by a visible sign.
  package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if value < 0x7F { return value < 0x20 }
    if (0x3000...0x9FFF).contains(value) || (0xFF01...0xFF5E).contains(value) { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: return true
    case .unassigned: return scalar.properties.isNoncharacterCodePoint
    default: return false
    }
  }

  /// What is shown for a hidden scalar: its picture (`␛`) where Unicode has one, otherwise its number (`<U+202E>`).
  package static func picture(_ scalar: Unicode.Scalar) -> String {
    let value = scalar.value
    if value < 0x20, let picture = Unicode.Scalar(0x2400 + value) { return String(picture) }
    if value == 0x7F { return "\u{2421}" }
    // A byte of a path that is not UTF-8 (`PathText`).
    if (0x10FE80...0x10FEFF).contains(value) { return "\\x" + String(value - 0x10FE00, radix: 16, uppercase: true) }
    let digits = String(value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
  }
}

/// Characters that a document takes from a symbol font by number (`w:sym`, ECMA-376 part 1, 17.3.3.30).
enum WordSymbol {
  /// The characters of Wingdings that forms use, by code (Unicode's mapping WINGDINGS of the fonts' glyphs).
  private static let wingdings: [UInt32: Unicode.Scalar] = [
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA1: "○",
    0xA8: "□", 0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
  ]
  private static let wingdings2: [UInt32: Unicode.Scalar] = [
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0xA3: "□", 0x96: "●", 0x97: "●",
  ]

  /// The character; U+FFFD where it is not known which.
  static func scalar(code: String, font: String) -> Unicode.Scalar {
    guard let number = UInt32(code, radix: 16), let scalar = Unicode.Scalar(number) else { return "\u{FFFD}" }
    guard (0xF000...0xF0FF).contains(number) else { return number < 0x20 ? "\u{FFFD}" : scalar }
    let index = number - 0xF000
    switch font.lowercased() {
    case "wingdings": return wingdings[index] ?? "\u{FFFD}"
    case "wingdings 2": return wingdings2[index] ?? "\u{FFFD}"
    case "symbol" where !(0x30...0x39).contains(index), "webdings", "wingdings 3": return "\u{FFFD}"
    default: return (0x21...0x7E).contains(index) ? Unicode.Scalar(index) ?? "\u{FFFD}" : "\u{FFFD}"
    }
  }
}

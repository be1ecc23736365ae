import Algorithms

/// How many columns of a terminal a text takes, and padding and truncating to a width.
///
/// A Chinese character takes two columns, a combining or invisible one none, every other one. Characters of ambiguous
/// width (quotation marks, the ellipsis, Greek) count as one, as terminals in UTF-8 draw them.
package enum DisplayWidth {
  /// The columns of one scalar. A control character has no width of its own: make it visible first (`VisibleText`).
  package static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) ? 0 : 1 }
    if (0x4E00...0x9FFF).contains(value) { return 2 }
    if isWide(value) {
      // The tone marks and the voicing marks of kana are among the wide ranges but combine.
      return (0x302A...0x302D).contains(value) || value == 0x3099 || value == 0x309A ? 0 : 2
    }
    // Medial and final letters of Korean join the initial before them.
    if (0x1160...0x11FF).contains(value) { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return 1
    }
  }

  /// The columns of a text.
  package static func of(_ text: some StringProtocol) -> Int {
    var width = 0
    for scalar in text.unicodeScalars { width += of(scalar) }
    return width
  }

  /// The text with blanks after it, up to `width` columns; a wider text stays as it is.
  package static func padded(_ text: String, to width: Int) -> String {
    let missing = width - of(text)
    return missing > 0 ? text + String(repeating: " ", count: missing) : text
  }

  /// The text with blanks before it, up to `width` columns; a wider text stays as it is.
  package static func paddedBefore(_ text: String, to width: Int) -> String {
    let missing = width - of(text)
    return missing > 0 ? String(repeating: " ", count: missing) + text : text
  }

  /// The text cut to at most `width` columns, its last one `…` where something was cut. A mark is never cut from the
  /// character that it combines with.
  package static func truncated(_ text: String, to width: Int) -> String {
    // Most cells fit, and few bytes are surely few columns: no scalar takes more columns than bytes.
    if text.utf8.count <= width { return text }
    var used = 0
    var end = text.unicodeScalars.startIndex
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let columns = of(scalars[index])
      if used + columns > width {
        return width > 0 ? String(scalars[..<end]) + "…" : ""
      }
      used += columns
      index = scalars.index(after: index)
      // Where the text may be cut: one column is left for the ellipsis.
      if used < width { end = index }
    }
    return text
  }

  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= 0x1100 else { return false }
    let next = wide.partitioningIndex { $0.first > value }
    return next > 0 && value <= wide[next - 1].last
  }

  /// Wide and fullwidth characters (EastAsianWidth W and F), in order; gaps that hold no character are closed.
  private static let wide: [(first: UInt32, last: UInt32)] = [
    (0x1100, 0x115F), (0x231A, 0x231B), (0x2329, 0x232A), (0x23E9, 0x23EC), (0x23F0, 0x23F0), (0x23F3, 0x23F3),
    (0x25FD, 0x25FE), (0x2614, 0x2615), (0x2630, 0x2637), (0x2648, 0x2653), (0x267F, 0x267F), (0x268A, 0x268F),
    (0x2693, 0x2693), (0x26A1, 0x26A1), (0x26AA, 0x26AB), (0x26BD, 0x26BE), (0x26C4, 0x26C5), (0x26CE, 0x26CE),
    (0x26D4, 0x26D4), (0x26EA, 0x26EA), (0x26F2, 0x26F3), (0x26F5, 0x26F5), (0x26FA, 0x26FA), (0x26FD, 0x26FD),
    (0x2705, 0x2705), (0x270A, 0x270B), (0x2728, 0x2728), (0x274C, 0x274C), (0x274E, 0x274E), (0x2753, 0x2755),
    (0x2757, 0x2757), (0x2795, 0x2797), (0x27B0, 0x27B0), (0x27BF, 0x27BF), (0x2B1B, 0x2B1C), (0x2B50, 0x2B50),
    (0x2B55, 0x2B55), (0x2E80, 0x303E), (0x3041, 0x3247), (0x3250, 0xA4CF), (0xA960, 0xA97C), (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF), (0xFE10, 0xFE19), (0xFE30, 0xFE6F), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0x16FE0, 0x18DFF),
    (0x1AFF0, 0x1B2FF), (0x1D300, 0x1D376), (0x1F004, 0x1F004), (0x1F0CF, 0x1F0CF), (0x1F18E, 0x1F18E),
    (0x1F191, 0x1F19A), (0x1F200, 0x1F320), (0x1F32D, 0x1F335), (0x1F337, 0x1F37C), (0x1F37E, 0x1F393),
    (0x1F3A0, 0x1F3CA), (0x1F3CF, 0x1F3D3), (0x1F3E0, 0x1F3F0), (0x1F3F4, 0x1F3F4), (0x1F3F8, 0x1F43E),
    (0x1F440, 0x1F440), (0x1F442, 0x1F4FC), (0x1F4FF, 0x1F53D), (0x1F54B, 0x1F54E), (0x1F550, 0x1F567),
    (0x1F57A, 0x1F57A), (0x1F595, 0x1F596), (0x1F5A4, 0x1F5A4), (0x1F5FB, 0x1F64F), (0x1F680, 0x1F6C5),
    (0x1F6CC, 0x1F6CC), (0x1F6D0, 0x1F6D2), (0x1F6D5, 0x1F6DF), (0x1F6EB, 0x1F6EC), (0x1F6F4, 0x1F6FC),
    (0x1F7E0, 0x1F7F0), (0x1F90C, 0x1F93A), (0x1F93C, 0x1F945), (0x1F947, 0x1F9FF), (0x1FA70, 0x1FAFF),
    (0x20000, 0x2FFFD), (0x30000, 0x3FFFD),
  ]
}

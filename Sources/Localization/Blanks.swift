/// What counts as a blank at the ends of a text. The sets differ on purpose; every trim in the program names one of
/// them.
package enum Blanks: Sendable {
  /// Space, tab, LF, CR, U+00A0 and the ideographic space U+3000: what people leave around the content of a cell. Other
  /// control characters are not blanks, so that a cell that holds one is reported instead of silently corrected.
  case cell
  /// As `cell`, and U+FEFF: programs that join files leave byte order marks before column titles.
  case title
  /// Space, tab and U+3000: blanks within one line, where a line break separates.
  case line

  package func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "\u{3000}": true
    case "\n", "\r", "\u{A0}": self != .line
    case "\u{FEFF}": self == .title
    default: false
    }
  }

  /// Whether a blank of any set begins with a byte of UTF-8.
  fileprivate static func mayBegin(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0xC2 || byte == 0xE3 || byte == 0xEF
  }

  /// Whether a blank of any set ends with a byte of UTF-8.
  fileprivate static func mayEnd(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x80 || byte == 0xA0 || byte == 0xBF }
}

extension String {
  /// Without the blanks at both ends. The same string, without a copy, where there are none.
  package func trimmed(_ blanks: Blanks = .cell) -> String {
    if let first = utf8.first, let last = utf8.last, !Blanks.mayBegin(first), !Blanks.mayEnd(last) { return self }
    guard let first = unicodeScalars.first, let last = unicodeScalars.last,
      blanks.contains(first) || blanks.contains(last)
    else { return self }
    return String(self[...].trimmed(blanks))
  }

  /// Without the blanks that people leave around the content of a cell (`Blanks.cell`).
  package var trimmingBlanks: String { trimmed() }
}

extension Substring {
  /// Without the blanks at both ends.
  package func trimmed(_ blanks: Blanks = .cell) -> Substring {
    var scalars = unicodeScalars
    while let first = scalars.first, blanks.contains(first) { scalars.removeFirst() }
    while let last = scalars.last, blanks.contains(last) { scalars.removeLast() }
    return Substring(scalars)
  }
}

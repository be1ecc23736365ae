struct StraySpaces {
  /// Of the first, counting from 1.
  var position = 0
  var count = 0
  /// What it is.
  var zh = "空格"
  var en = "blank"
  /// It may stand where two names should be told apart.
  var isLineBreak: Bool { en == "line break" && position > 1 && position < length }
  private var length = 0
  /// The text without them.
  var cleaned = ""

  /// - Returns: nil if there is none.
  init?(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    length = scalars.count
    var kept = String.UnicodeScalarView()
    // A tab or carriage return at the start is what a spreadsheet may run: another rule reports it.
    var index = scalars.prefix { $0 == "\t" || $0 == "\r" }.count
    while index < scalars.count {
      guard scalars[index].properties.isWhitespace, !StraySpaces.isSeparatorOfLines(scalars[index]) else {
        kept.append(scalars[index])
        index += 1
        continue
      }
      var end = index
      while end < scalars.count, scalars[end].properties.isWhitespace { end += 1 }
      let isSingle = end == index + 1 && scalars[index] == " "
      if isSingle, index > 0, end < scalars.count, StraySpaces.joins(scalars[index - 1], scalars[end]) {
        kept.append(" ")
      } else {
        if count == 0 {
          position = index + 1
          switch scalars[index] {
          case "\n", "\r": (zh, en) = ("换行", "line break")
          case "\t": (zh, en) = ("制表符", "tab")
          case "\u{3000}": (zh, en) = ("全角空格", "full-width blank")
          case " ": break
          default: (zh, en) = ("空白字符 \(codePoint(scalars[index]))", "blank \(codePoint(scalars[index]))")
          }
        }
        count += 1
        if index > 0, end < scalars.count, StraySpaces.joins(scalars[index - 1], scalars[end]) { kept.append(" ") }
      }
      index = end
    }
    cleaned = String(kept)
    if count == 0 { return nil }
  }

  /// U+0085, U+2028 and U+2029 are invisible characters rather than blanks.
  private static func isSeparatorOfLines(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{85}" || scalar == "\u{2028}" || scalar == "\u{2029}" || scalar == "\u{0B}" || scalar == "\u{0C}"
  }

  /// Whether a blank between the two is one between Latin words: after a word or its comma, before a word; two numbers
  /// are no words.
  private static func joins(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Bool {
    func isLatin(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 0x250 && scalar.value > 0x20 }
    func isLetter(_ scalar: Unicode.Scalar) -> Bool { isLatin(scalar) && scalar.properties.isAlphabetic }
    guard isLatin(a), isLatin(b), a != "/", b != "/" else { return false }
    return isLetter(a) || isLetter(b) || a == "," || a == ";" || a == ":"
  }
}

/// Text brought into lines of a width: at blanks, and between Chinese characters, which have none between them.
package enum LineWrapping {
  /// The text in lines of at most `width` columns.
  ///
  /// A line does not begin with a closing punctuation mark, nor end with an opening one. A word that is wider than a line
  /// stays whole.
  /// - Parameter indent: columns by which every line but the first is indented; they count towards its width.
  package static func lines(_ text: String, width: Int, indent: Int = 0) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    var used = 0
    var pending = 0
    for piece in pieces(text) {
      if piece.isBlank {
        pending += piece.width
        continue
      }
      if !line.isEmpty || pending > 0, used + pending + piece.width > width, used > 0 {
        lines.append(line)
        line = margin
        used = 0
        line += piece.text
        used = indent + piece.width
      } else {
        line += String(repeating: " ", count: pending) + piece.text
        used += pending + piece.width
      }
      pending = 0
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  private struct Piece {
    var text: String
    var width: Int
    var isBlank: Bool
  }

  /// What must stay together: words, Chinese characters with the punctuation that belongs to them, and runs of blanks.
  private static func pieces(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    var before: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      let width = DisplayWidth.of(scalar)
      defer { before = scalar }
      if let before, isJoined(before, scalar), !pieces.isEmpty {
        pieces[pieces.count - 1].text.unicodeScalars.append(scalar)
        pieces[pieces.count - 1].width += width
      } else {
        pieces.append(Piece(text: String(scalar), width: width, isBlank: scalar == " "))
      }
    }
    return pieces
  }

  /// Whether no line may be broken between two characters.
  private static func isJoined(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    if first == " " || second == " " { return first == second }
    if closing.contains(second) || opening.contains(first) || DisplayWidth.of(second) == 0 { return true }
    if opening.contains(second), isWide(first) { return false }
    if closing.contains(first), isWide(second) { return false }
    return !isWide(first) && !isWide(second)
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    DisplayWidth.of(scalar) == 2 || opening.contains(scalar) || closing.contains(scalar)
  }

  private static let closing = Set("，。、；：！？）》”’〕】％".unicodeScalars)
  private static let opening = Set("（《“‘〔【".unicodeScalars)
}

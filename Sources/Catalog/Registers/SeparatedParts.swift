/// A cell split at its separators. Text inside brackets is not split.
struct SeparatedParts {
  /// The text between the separators, in order; empty parts included.
  private(set) var parts: [Substring] = []
  /// A `/` separates two parts: one or the other.
  private(set) var hasSlash = false
  /// `、`, a comma, a semicolon or a line break separates two parts: jointly.
  private(set) var hasJoint = false

  /// - Parameter isJointSplit: whether the joint separators split as well, not only the slash.
  init(_ text: Substring, isJointSplit: Bool) {
    var depth = 0
    var start = text.startIndex
    let scalars = text.unicodeScalars
    for index in scalars.indices {
      switch scalars[index] {
      case "(", "（", "〔", "[", "【", "《": depth += 1
      case ")", "）", "〕", "]", "】", "》": depth = max(0, depth - 1)
      case "、", ",", "，", ";", "；", "\n":
        guard isJointSplit, depth == 0 else { continue }
        hasJoint = true
        let isCRLF = scalars[index] == "\n" && index > start && scalars[scalars.index(before: index)] == "\r"
        parts.append(text[start..<(isCRLF ? scalars.index(before: index) : index)])
        start = scalars.index(after: index)
      case "/", "／":
        guard depth == 0 else { continue }
        hasSlash = true
        parts.append(text[start..<index])
        start = scalars.index(after: index)
      default: break
      }
    }
    parts.append(text[start...])
  }

  /// Whether a cell holds a slash alone, half-width or full-width: the notice's sign for "none".
  static func isSlash(_ text: some StringProtocol) -> Bool { text.utf8.count <= 3 && (text == "/" || text == "／") }
}

/// Names whose main part is in brackets.
enum BracketedNames {
  /// Openings of matter names that are not a name by themselves; four characters at most.
  private static let openings: Set<String> = ["", "我要", "我要开", "我要开办", "我要办", "我想", "我想开", "我想开办", "申请", "办理"]

  /// A quick check of the bytes: false for a name that begins with more than four common Chinese characters (three bytes
  /// each, U+4000 to U+9FFF), or whose first character begins no opening.
  static func mayBeBracketed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var end = 0
    while end < bytes.count, bytes[end] >= 0xE4, bytes[end] <= 0xE9 {
      end += 3
      if end > 12 { return false }
    }
    guard end > 0 else { return true }
    return firstCharacters.contains { $0[0] == bytes[0] && $0[1] == bytes[1] && $0[2] == bytes[2] }
  }

  private static let firstCharacters: [[UInt8]] = Set(openings.compactMap(\.first)).map { Array(String($0).utf8) }

  /// Whether only an opening is left of the name without its brackets.
  static func isBracketed(_ name: String) -> Bool {
    var depth = 0
    var rest = ""
    var length = 0
    for character in name {
      switch character {
      case "(", "（": depth += 1
      case ")", "）": depth = max(0, depth - 1)
      default:
        guard depth == 0, !character.isWhitespace else { continue }
        length += 1
        if length > 4 { return false }
        rest.append(character)
      }
    }
    // `unbalanced-brackets` reports an unclosed bracket.
    return depth == 0 && openings.contains(rest)
  }
}

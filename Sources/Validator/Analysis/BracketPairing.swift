/// Finds brackets and quotes that do not match.
enum BracketPairing {
  enum Fault: Equatable {
    case unclosed(Unicode.Scalar, position: Int)
    case unopened(Unicode.Scalar, position: Int)
    case crossed(Unicode.Scalar, position: Int, open: Unicode.Scalar)
  }

  /// The kind of a bracket, whatever its width (`mixed-brackets` checks that).
  private static func kind(_ scalar: Unicode.Scalar) -> (kind: Int, opens: Bool)? {
    switch scalar {
    case "(", "（": (0, true)
    case ")", "）": (0, false)
    case "[", "［": (1, true)
    case "]", "］": (1, false)
    case "{", "｛": (2, true)
    case "}", "｝": (2, false)
    case "〔": (3, true)
    case "〕": (3, false)
    case "【": (4, true)
    case "】": (4, false)
    case "《": (5, true)
    case "》": (5, false)
    case "〈": (6, true)
    case "〉": (6, false)
    case "「": (7, true)
    case "」": (7, false)
    case "『": (8, true)
    case "』": (8, false)
    case "“": (9, true)
    case "”": (9, false)
    case "‘": (10, true)
    case "’": (10, false)
    default: nil
    }
  }

  /// The first bracket without a counterpart; positions are counted from 1.
  static func firstFault(in text: String) -> Fault? {
    var open: [(kind: Int, scalar: Unicode.Scalar, position: Int)] = []
    let scalars = text.unicodeScalars
    var position = 0
    for index in scalars.indices {
      let scalar = scalars[index]
      position += 1
      guard let (kind, opens) = kind(scalar) else { continue }
      if opens {
        open.append((kind, scalar, position))
        continue
      }
      if let last = open.last, last.kind == kind {
        open.removeLast()
        continue
      }
      if open.contains(where: { $0.kind == kind }), let last = open.last {
        return .crossed(scalar, position: position, open: last.scalar)
      }
      // "1)" is the number of a point, and a single ’ is an apostrophe.
      if kind == 10 || (kind == 0 && isNumber(Array(scalars[..<index]))) { continue }
      return .unopened(scalar, position: position)
    }
    return open.first.map { .unclosed($0.scalar, position: $0.position) }
  }

  /// Whether the text ends in the number of a point: up to three digits, letters or Chinese numerals after a break.
  private static func isNumber(_ before: [Unicode.Scalar]) -> Bool {
    let word = before.reversed().prefix { scalar in
      ("0"..."9").contains(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        || "一二三四五六七八九十".unicodeScalars.contains(scalar)
    }
    guard !word.isEmpty, word.count <= 3 else { return false }
    guard before.count > word.count else { return true }
    let last = before[before.count - word.count - 1]
    return last.properties.isWhitespace || ";；。,，、:：".unicodeScalars.contains(last)
  }
}

extension StringProtocol {
  /// Where a word of Chinese characters first occurs in a text. Their bytes are compared: `firstRange(of:)` compares
  /// characters, which takes a hundred times as long.
  func firstRange(ofWord word: String) -> Range<Index>? {
    let (text, word) = (Array(utf8), Array(word.utf8))
    guard let first = word.first, text.count >= word.count else { return nil }
    for start in 0...text.count - word.count where text[start] == first {
      guard text[start..<start + word.count].elementsEqual(word) else { continue }
      let lower = utf8.index(startIndex, offsetBy: start)
      return lower..<utf8.index(lower, offsetBy: word.count)
    }
    return nil
  }

  /// Whether a word of Chinese characters occurs in a text.
  func containsWord(_ word: String) -> Bool { firstRange(ofWord: word) != nil }
}

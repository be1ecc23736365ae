extension DeadlineReader {
  var atEnd: Bool { cursor >= end }

  /// Whether `word` is at `index`; never outside the text.
  func matches(_ word: String, at index: Int) -> Bool {
    var index = index
    for scalar in word.unicodeScalars {
      guard index >= 0, index < end, text[index] == scalar else { return false }
      index += 1
    }
    return true
  }

  func contains(_ word: String) -> Bool {
    (cursor..<end).contains { matches(word, at: $0) }
  }

  /// Consumes a word if it is next.
  mutating func take(_ word: String) -> Bool {
    guard matches(word, at: cursor) else { return false }
    cursor += word.unicodeScalars.count
    return true
  }

  /// Consumes the first of the words that is next; a longer word must precede its own prefixes.
  mutating func takeAny(_ words: [String]) -> String? {
    for word in words where take(word) { return word }
    return nil
  }

  /// A number, and in how many figures; `figures` is nil for one in Chinese numerals with 十.
  struct Number {
    var value: Int
    var figures: Int?
  }

  /// Consumes a number in digits or in Chinese numerals. One that is too long for any year, month or day has the value
  /// 9999, which is no date, and the count of its digits.
  mutating func takeNumber() -> Number? {
    let mark = cursor
    var value = 0
    while cursor < end, DeadlineReader.isFigure(text[cursor]) {
      value = min(9999, value * 10 + Int(text[cursor].value - 0x30))
      cursor += 1
    }
    if cursor > mark { return Number(value: cursor - mark > 4 ? 9999 : value, figures: cursor - mark) }

    var tens: Int?
    var ones: Int?
    var digits = 0
    while cursor < end {
      if text[cursor] == "十", tens == nil, digits <= 1 {
        tens = digits == 0 ? 1 : ones
        ones = nil
      } else if let digit = DeadlineReader.numeral(text[cursor]) {
        // After 十 one more numeral completes the number; without 十 each numeral is a digit, as in 二〇二二.
        if tens != nil, ones != nil { break }
        ones = tens == nil ? min(9999, (ones ?? 0) * 10 + digit) : digit
        digits += 1
      } else {
        break
      }
      cursor += 1
    }
    if let tens { return Number(value: tens * 10 + (ones ?? 0), figures: nil) }
    if let ones { return Number(value: digits > 4 ? 9999 : ones, figures: digits) }
    return nil
  }

  /// Consumes what joins the two ends of a span.
  mutating func takeJoin() -> Bool {
    takeAny(["--", "-", "~", "至", "到"]) != nil
  }
}

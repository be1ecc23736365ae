/// The superfluous spaces of a text, and the text without them.
struct StraySpaces {
  /// The position of the first one, counted from 1.
  var position = 0
  var count = 0
  /// The kind of the first one, in Chinese and in English.
  var zh = "空格"
  var en = "space"
  /// The first one is a line break inside the text, where a separator of two names may be missing.
  var isLineBreak: Bool { en == "line break" && position > 1 && position < length }
  private var length = 0
  /// The text without the superfluous spaces.
  var cleaned = ""

  /// - Returns: nil if the text has no superfluous space.
  init?(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    length = scalars.count
    // As bytes: to append to a text a character at a time takes longer than all else here.
    var kept: [UInt8] = []
    kept.reserveCapacity(text.utf8.count)
    // `formula-prefix` reports a tab or carriage return at the start.
    var index = scalars.prefix { $0 == "\t" || $0 == "\r" }.count
    while index < scalars.count {
      guard StraySpaces.isBlank(scalars[index]), !StraySpaces.isLineSeparator(scalars[index]) else {
        kept.append(contentsOf: UTF8.encode(scalars[index]) ?? UTF8.encodedReplacementCharacter)
        index += 1
        continue
      }
      var end = index
      while end < scalars.count, StraySpaces.isBlank(scalars[end]) { end += 1 }
      let isBetweenWords = index > 0 && end < scalars.count && StraySpaces.joins(scalars[index - 1], scalars[end])
      if isBetweenWords { kept.append(UInt8(ascii: " ")) }
      if !isBetweenWords || end > index + 1 || scalars[index] != " " {
        if count == 0 {
          position = index + 1
          (zh, en) = StraySpaces.name(scalars[index])
        }
        count += 1
      }
      index = end
    }
    if count == 0 { return nil }
    cleaned = String(decoding: kept, as: UTF8.self)
  }

  /// Whether a text has a superfluous space: whether `init` returns a value, which takes many times as long to find out what
  /// the text is without it.
  static func areFound(in text: String) -> Bool {
    var scalars = text.unicodeScalars.makeIterator()
    var previous: Unicode.Scalar?
    var isStart = true
    while let scalar = scalars.next() {
      isStart = isStart && (scalar == "\t" || scalar == "\r")
      guard !isStart, isBlank(scalar), !isLineSeparator(scalar) else {
        previous = scalar
        continue
      }
      var count = 1
      var next = scalars.next()
      while let blank = next, isBlank(blank) {
        count += 1
        next = scalars.next()
      }
      guard count == 1, scalar == " ", let before = previous, let after = next, joins(before, after) else {
        return true
      }
      previous = after
    }
    return false
  }

  /// Whether a text has superfluous spaces and is right without them. A line break may stand for a separator, or divide a
  /// remark; a text of nothing but spaces is none without them.
  static func areRemovable(from text: String) -> Bool {
    var isBlank = true
    for scalar in text.unicodeScalars {
      if isNewline(scalar) { return false }
      if isBlank, !StraySpaces.isBlank(scalar) { isBlank = false }
    }
    return !isBlank && areFound(in: text)
  }

  /// The Unicode property White_Space (PropList.txt), which `Unicode.Scalar.Properties` takes many times as long to look up.
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// As `Character.isNewline`, without looking for the ends of characters.
  static func isNewline(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  private static func name(_ scalar: Unicode.Scalar) -> (zh: String, en: String) {
    switch scalar {
    case "\n", "\r": ("换行", "line break")
    case "\t": ("制表符", "tab")
    case "\u{3000}": ("全角空格", "full-width space")
    case " ": ("空格", "space")
    default: ("空白字符 \(codePoint(scalar))", "space \(codePoint(scalar))")
    }
  }

  /// Vertical tab, form feed, U+0085, U+2028 and U+2029 are reported as invisible characters.
  private static func isLineSeparator(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{85}" || scalar == "\u{2028}" || scalar == "\u{2029}" || scalar == "\u{0B}" || scalar == "\u{0C}"
  }

  /// Whether a space between the two separates Latin words: after a letter or a comma, before a letter, and not between
  /// two numbers.
  private static func joins(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Bool {
    func isLatin(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 0x250 && scalar.value > 0x20 }
    func isLetter(_ scalar: Unicode.Scalar) -> Bool { isLatin(scalar) && scalar.properties.isAlphabetic }
    guard isLatin(a), isLatin(b), a != "/", b != "/" else { return false }
    return isLetter(a) || isLetter(b) || a == "," || a == ";" || a == ":"
  }
}

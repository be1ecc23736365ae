/// Recognises values of which an XSD gives the pattern or lists the values, byte by byte in UTF-8.
///
/// It may recognise fewer values than the XSD allows, never more: what it does not recognise is put to libxml2.
struct ByteAutomaton {
  /// For each byte the number of the class of bytes that it belongs to.
  private(set) var classes = [UInt8](repeating: 0, count: 256)
  private(set) var classCount = 0
  let states: [FiniteAutomaton.State]

  /// Recognises the values in the list.
  init?(values: [String]) {
    var letters = ByteLetters()
    self.init(.choice(values.map { letters.text($0) }), letters)
  }

  /// Recognises what any of the patterns describes.
  /// - Returns: nil if a pattern has something in it that is not known here.
  init?(patterns: [String]) {
    var letters = ByteLetters()
    var choice: [RegularExpression] = []
    for pattern in patterns {
      var parser = PatternParser(pattern, letters)
      guard let expression = parser.parse() else { return nil }
      letters = parser.letters
      choice.append(expression)
    }
    self.init(.choice(choice), letters)
  }

  private init?(_ expression: RegularExpression, _ letters: ByteLetters) {
    guard letters.sets.count <= 64 else { return nil }
    // Bytes that the same letters stand for are one symbol.
    var numbers: [UInt64: Int] = [:]
    var symbolsOfLetter = [[Int]](repeating: [], count: letters.sets.count)
    for byte in 0..<256 {
      var members: UInt64 = 0
      for (letter, set) in letters.sets.enumerated() where set.contains(UInt8(byte)) { members |= 1 << UInt64(letter) }
      if let known = numbers[members] {
        classes[byte] = UInt8(known)
        continue
      }
      classes[byte] = UInt8(numbers.count)
      for letter in letters.sets.indices where members & 1 << UInt64(letter) != 0 {
        symbolsOfLetter[letter].append(numbers.count)
      }
      numbers[members] = numbers.count
    }
    classCount = numbers.count
    guard
      let automaton = FiniteAutomaton(expression, symbols: classCount, symbolsOfLetter: symbolsOfLetter)
    else { return nil }
    // libxml2 does not find every way through a pattern such as `[^a]+[^b]`, where a character may belong to either part.
    let isAmbiguous = automaton.states.contains { state in
      state.letters.contains { $0.count > 1 && $0.contains { letters.negated.contains($0) } }
    }
    if isAmbiguous { return nil }
    states = automaton.states
  }

  /// Whether the byte stands in any value that is recognised.
  func mayHold(_ byte: UInt8) -> Bool {
    let symbol = Int(classes[Int(byte)])
    return states.contains { $0.next[symbol] >= 0 }
  }
}

/// A set of bytes.
struct ByteSet: Hashable {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  mutating func insert(_ byte: UInt8) {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: words.0 |= bit
    case 1: words.1 |= bit
    case 2: words.2 |= bit
    default: words.3 |= bit
    }
  }

  func contains(_ byte: UInt8) -> Bool {
    let word =
      switch byte >> 6 {
      case 0: words.0
      case 1: words.1
      case 2: words.2
      default: words.3
      }
    return word & 1 << UInt64(byte & 63) != 0
  }

  static func == (left: ByteSet, right: ByteSet) -> Bool { left.words == right.words }

  func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }
}

/// The letters of an expression of bytes: sets of bytes, each with a number.
struct ByteLetters {
  private(set) var sets: [ByteSet] = []
  private var numbers: [ByteSet: Int] = [:]
  /// Those that stand for the last bytes of the characters of a negated class.
  private(set) var negated: Set<Int> = []

  /// The expression of all characters but some, in texts that are well-formed UTF-8.
  mutating func complement(ascii: ByteSet, others: [Unicode.Scalar]) -> RegularExpression {
    var free = ByteSet()
    for byte in UInt8(0)..<0x80 where !ascii.contains(byte) { free.insert(byte) }
    return .choice([lastLetter(free)] + charactersBeyondASCII(except: others))
  }

  mutating func letter(_ set: ByteSet) -> RegularExpression {
    if let known = numbers[set] { return .letter(known) }
    numbers[set] = sets.count
    sets.append(set)
    return .letter(sets.count - 1)
  }

  /// The expression of one character, of one to four bytes.
  mutating func character(_ scalar: Unicode.Scalar) -> RegularExpression {
    .sequence(
      UTF8.encode(scalar).map { encoded in
        encoded.map { byte in
          var set = ByteSet()
          set.insert(byte)
          return letter(set)
        }
      } ?? [])
  }

  private mutating func lastLetter(_ set: ByteSet) -> RegularExpression {
    let expression = letter(set)
    negated.formUnion(expression.letters)
    return expression
  }

  private mutating func charactersBeyondASCII(except excluded: [Unicode.Scalar]) -> [RegularExpression] {
    let encoded = excluded.compactMap { UTF8.encode($0).map { Array($0) } }
    return [(2, 0xC2...0xDF), (3, 0xE0...0xEF), (4, 0xF0...0xF4)].flatMap { length, leads in
      bytes(length, first: leads, except: encoded.filter { $0.count == length }[...])
    }
  }

  /// The expressions of all runs of `count` bytes but some: the first in a range, the others 80 to BF.
  private mutating func bytes(
    _ count: Int, first: ClosedRange<UInt8>, except excluded: ArraySlice<[UInt8]>
  ) -> [RegularExpression] {
    var free = ByteSet()
    for byte in first where !excluded.contains(where: { $0.first == byte }) { free.insert(byte) }
    var following = ByteSet()
    for byte in UInt8(0x80)...0xBF { following.insert(byte) }
    guard count > 1 else { return [lastLetter(free)] }
    var runs = [
      RegularExpression.sequence(
        [letter(free)] + (2..<count).map { _ in letter(following) } + [lastLetter(following)])
    ]
    for byte in first {
      let same = excluded.filter { $0.first == byte }.map { Array($0.dropFirst()) }
      guard !same.isEmpty else { continue }
      var one = ByteSet()
      one.insert(byte)
      runs.append(.sequence([letter(one), .choice(bytes(count - 1, first: 0x80...0xBF, except: same[...]))]))
    }
    return runs
  }

  mutating func text(_ text: String) -> RegularExpression {
    .sequence(text.unicodeScalars.map { character($0) })
  }
}

import Catalog

/// Properties of a text that its bytes show in one pass, so that a rule about rare characters checks few texts.
package struct TextTraits: OptionSet, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `(` or `)`.
  package static let halfBracket = TextTraits(rawValue: 1 << 0)
  /// `（ ） 〔 〕 【 】 《 》 “ ” 「 」 [ ] { }`: any other bracket or quote.
  package static let otherBracket = TextTraits(rawValue: 1 << 1)
  /// A space of any kind, including no-break and ideographic ones.
  package static let blank = TextTraits(rawValue: 1 << 2)
  /// A control character, or a character from a range with zero-width, private-use or replacement characters.
  package static let unusual = TextTraits(rawValue: 1 << 3)
  /// A combining mark, a compatibility form, or another character that normalisation may change.
  package static let normalisable = TextTraits(rawValue: 1 << 4)
  /// Begins with `= + - @`, a tab or a carriage return, including full-width forms.
  package static let formula = TextTraits(rawValue: 1 << 5)
  /// Full-width letters, digits or punctuation.
  package static let fullWidth = TextTraits(rawValue: 1 << 6)
  /// Begins or ends with a separator (`、 , ; /`, including full-width forms), or contains `、、`.
  package static let looseSeparator = TextTraits(rawValue: 1 << 7)
  /// Brackets or quotes that are not a sequence of closed pairs: they may still match, but have to be checked.
  package static let nestedBracket = TextTraits(rawValue: 1 << 8)
  /// Not what was written: spoilt on its way through programs and encodings (`TextDamage`). Such a text has none of the
  /// traits above.
  package static let garbled = TextTraits(rawValue: 1 << 9)
  /// A traditional Chinese character.
  package static let traditional = TextTraits(rawValue: 1 << 10)
  /// The same text twice.
  package static let doubled = TextTraits(rawValue: 1 << 11)
  /// Ends with a bracket, or with another character whose last byte is that of `）`.
  package static let endsInBracket = TextTraits(rawValue: 1 << 12)
  /// Begins with a character of ASCII, or with a full-width letter or digit.
  package static let beginsPlainly = TextTraits(rawValue: 1 << 13)
  /// Begins and ends as names of departments do: known to `TextSurvey` only.
  package static let maybeDepartments = TextTraits(rawValue: 1 << 14)
  /// More bytes than an attribute of a document may have.
  package static let long = TextTraits(rawValue: 1 << 16)
  /// Any text.
  package static let any = TextTraits(rawValue: 1 << 15)

  /// The traits of a UTF-8 text; none for an empty one.
  package init(of bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count > 0 else {
      self = []
      return
    }
    var scanner = TraitScanner(bytes)
    scanner.scan()
    self =
      scanner.isSuspect && TextDamage(bytes) != nil
      ? scanner.traits.intersection([.endsInBracket, .beginsPlainly, .long]).union(.garbled) : scanner.traits
  }
}

/// One pass over the bytes of a text that is not empty. The methods are inlined into `scan()`: it runs over every
/// distinct text of a catalog.
private struct TraitScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  var traits: TextTraits = .any
  /// Something that garbled texts have: a question mark, a Latin letter with an accent, a rare Chinese character.
  var isSuspect = false
  private let uncommon = CharacterSets.uncommon
  private var pairing = Pairing()

  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func scan() {
    scanEnds()
    let count = bytes.count
    var i = 0
    while i < count {
      let byte = bytes[i]
      if byte >= 0xE4, byte <= 0xE9 {
        // The common Chinese characters, U+4000 to U+9FFF.
        if i + 2 < count, uncommon.contains(byte, bytes[i + 1], bytes[i + 2]) {
          isSuspect = true
          if CharacterSets.traditional.contains(byte, bytes[i + 1], bytes[i + 2]) { traits.insert(.traditional) }
        }
        i += 3
        continue
      }
      if byte < 0x80 {
        scanASCII(byte)
        i += 1
        continue
      }
      let next = i + 1 < count ? bytes[i + 1] : 0
      let last = i + 2 < count ? bytes[i + 2] : 0
      switch byte {
      case 0xC2..<0xE0:
        scanTwoBytes(byte, next)
        i += 2
      case 0xF0...:
        traits.formUnion([.unusual, .normalisable])
        i += 4
      default:
        scanThreeBytes(byte, next, last, at: i)
        i += 3
      }
    }
    if isDoubled { traits.insert(.doubled) }
    if !pairing.isPlain { traits.insert(.nestedBracket) }
  }

  /// Whether the second half is the first again; of six bytes, two Chinese characters, at least.
  @inline(__always)
  private var isDoubled: Bool {
    let half = bytes.count / 2
    guard half >= 6, bytes.count == 2 * half, bytes[0] == bytes[half], bytes[half - 1] == bytes[2 * half - 1] else {
      return false
    }
    return (0..<half).allSatisfy { bytes[$0] == bytes[half + $0] }
  }

  /// What a text begins and ends with.
  @inline(__always)
  private mutating func scanEnds() {
    if bytes[0] < 0x80 || bytes[0] == 0xEF { traits.insert(.beginsPlainly) }
    let last = bytes[bytes.count - 1]
    if last == UInt8(ascii: ")") || last == 0x89 { traits.insert(.endsInBracket) }
    if bytes.count > DocumentLimits.longestAttribute { traits.insert(.long) }
    switch bytes[0] {
    case UInt8(ascii: "#"): isSuspect = true
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D: traits.insert(.formula)
    case 0xEF where bytes.count >= 3 && bytes[1] == 0xBC:
      // ＝ ＋ － ＠
      if bytes[2] == 0x9D || bytes[2] == 0x8B || bytes[2] == 0x8D || bytes[2] == 0xA0 { traits.insert(.formula) }
    default: break
    }
    if TraitScanner.endsInSeparator(bytes) { traits.insert(.looseSeparator) }
  }

  @inline(__always)
  private mutating func scanASCII(_ byte: UInt8) {
    switch byte {
    case 0x28, 0x29:
      traits.insert(.halfBracket)
      pairing.add(.round, opens: byte == 0x28)
    case 0x20: traits.insert(.blank)
    case UInt8(ascii: "?"): isSuspect = true
    case 0x5B, 0x5D, 0x7B, 0x7D: traits.formUnion([.otherBracket, .nestedBracket])
    case 0x09, 0x0A, 0x0D: traits.formUnion([.blank, .unusual])
    case 0..<0x20, 0x7F: traits.insert(.unusual)
    default: break
    }
  }

  @inline(__always)
  private mutating func scanTwoBytes(_ byte: UInt8, _ next: UInt8) {
    traits.insert(.normalisable)
    isSuspect = true
    if byte == 0xC2 {
      if next == 0xA0 { traits.insert(.blank) }
      if next < 0xA0 || next == 0xAD { traits.insert(.unusual) }
    } else if (byte >= 0xD6 && byte <= 0xDF) || byte == 0xCD {
      traits.insert(.unusual)
    }
  }

  @inline(__always)
  private mutating func scanThreeBytes(_ byte: UInt8, _ next: UInt8, _ last: UInt8, at i: Int) {
    switch byte {
    case 0xE1:
      // Hangul fillers, invisible Khmer and Mongolian signs.
      traits.formUnion([.unusual, .normalisable])
      if next == 0x9A { traits.insert(.blank) }
    case 0xE2: scanPunctuation(next, last)
    case 0xE3: scanChinesePunctuation(next, last, at: i)
    case 0xEE: traits.insert(.unusual)
    case 0xEF: scanFullWidth(next, last)
    default: traits.insert(.normalisable)
    }
  }

  /// U+2000 to U+2FFF.
  @inline(__always)
  private mutating func scanPunctuation(_ next: UInt8, _ last: UInt8) {
    if next == 0x80 {
      // General punctuation, U+2000 to U+203F.
      if last <= 0x8A || last == 0xAF { traits.insert(.blank) }
      if last == 0x9C || last == 0x9D {
        traits.insert(.otherBracket)
        pairing.add(.quote, opens: last == 0x9C)
      }
      if last == 0x98 || last == 0x99 { traits.formUnion([.otherBracket, .nestedBracket]) }
      if (last >= 0x8B && last <= 0x8F) || (last >= 0xA8 && last <= 0xAF) { traits.insert(.unusual) }
    } else if next == 0x81 {
      traits.formUnion([.unusual, .blank])
    } else {
      traits.insert(.normalisable)
      // The blank of braille.
      if next == 0xA0 { traits.insert(.unusual) }
    }
  }

  /// U+3000 to U+3FFF.
  @inline(__always)
  private mutating func scanChinesePunctuation(_ next: UInt8, _ last: UInt8, at i: Int) {
    guard next == 0x80 else {
      traits.insert(.normalisable)
      // The Hangul filler.
      if next == 0x85 { traits.insert(.unusual) }
      return
    }
    if last == 0x80 { traits.insert(.blank) }
    if last == 0x81, i >= 3, bytes[i - 1] == 0x81, bytes[i - 2] == 0x80, bytes[i - 3] == 0xE3 {
      traits.insert(.looseSeparator)
    }
    if last == 0x8A || last == 0x8B {
      traits.insert(.otherBracket)
      pairing.add(.book, opens: last == 0x8A)
    } else if last >= 0x88 && last <= 0x9B {
      traits.formUnion([.otherBracket, .nestedBracket])
    }
    if last >= 0xAA { traits.insert(.normalisable) }
  }

  /// U+F000 to U+FFFF.
  @inline(__always)
  private mutating func scanFullWidth(_ next: UInt8, _ last: UInt8) {
    if next < 0xA4 { traits.insert(.unusual) }
    if next >= 0xA4 && next <= 0xB9 { traits.insert(.normalisable) }
    switch next {
    case 0xB7, 0xB8, 0xB9, 0xBB, 0xBE, 0xBF: traits.formUnion([.unusual, .normalisable])
    default: break
    }
    guard next == 0xBC || next == 0xBD else { return }
    traits.insert(.fullWidth)
    if next == 0xBC && (last == 0x88 || last == 0x89) {
      traits.insert(.otherBracket)
      pairing.add(.round, opens: last == 0x88)
    } else if (next == 0xBC && (last == 0xBB || last == 0xBD)) || (next == 0xBD && (last == 0x9B || last == 0x9D)) {
      traits.formUnion([.otherBracket, .nestedBracket])
    }
  }

  /// Brackets of the three common kinds: whether they are a sequence of closed pairs.
  private struct Pairing {
    enum Kind { case round, book, quote }
    private var open: Kind?
    private var hasFailed = false

    var isPlain: Bool { open == nil && !hasFailed }

    @inline(__always)
    mutating func add(_ kind: Kind, opens: Bool) {
      if open != (opens ? nil : kind) { hasFailed = true }
      open = opens ? kind : nil
    }
  }

  /// Whether a text of more than one character begins or ends with a separator.
  private static func endsInSeparator(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    func isSeparator(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Bool {
      switch (a, b, c) {
      case (0xE3, 0x80, 0x81), (0xEF, 0xBC, 0x8C), (0xEF, 0xBC, 0x9B), (0xEF, 0xBC, 0x8F): true
      default: false
      }
    }
    func isSeparator(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x3B || byte == 0x2F }
    let count = bytes.count
    guard count > 1 else { return false }
    if isSeparator(bytes[0]) || isSeparator(bytes[count - 1]) { return true }
    guard count > 3 else { return false }
    return isSeparator(bytes[0], bytes[1], bytes[2])
      || isSeparator(bytes[count - 3], bytes[count - 2], bytes[count - 1])
  }
}

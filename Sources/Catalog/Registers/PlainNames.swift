/// A set of the hashes of those names that consist of common Chinese characters, lower-case letters, digits, ASCII marks and
/// `、` alone. It rules out most unregistered names without normalising them, which matters for a million of them.
struct PlainNames: Sendable {
  private var hashes: Set<UInt64> = []
  /// Whether a name has a compatibility ideograph, which is canonically equivalent to a common character.
  private var hasEquivalents = false

  mutating func reserveCapacity(_ count: Int) { hashes.reserveCapacity(count) }

  /// Inserts a name.
  /// - Returns: true if it is certain that no equal name was inserted before.
  @discardableResult
  mutating func insert(_ name: String) -> Bool {
    if let hash = PlainNames.hash(name) { return hashes.insert(hash).inserted && !hasEquivalents }
    if !hasEquivalents {
      hasEquivalents = name.unicodeScalars.contains { (0xF900...0xFAFF).contains($0.value) || $0.value >= 0x2F800 }
    }
    return false
  }

  /// Whether it is certain that neither the name nor its normalised form is in the set. Of a name with capital letters the
  /// normalised form is looked for: where the name itself is registered, so is that.
  func lacks(_ name: String) -> Bool {
    var name = name
    return name.withUTF8(lacks)
  }

  func lacks(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard !hasEquivalents, let hash = PlainNames.hash(name, inLowerCase: true) else { return false }
    return !hashes.contains(hash)
  }

  /// The hash of a name that consists of these characters only, which normalisation leaves unchanged; nil for any other
  /// name.
  static func hash(_ name: String) -> UInt64? {
    var name = name
    return name.withUTF8 { hash($0) }
  }

  /// - Parameter inLowerCase: whether to take capital letters, as their small ones.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, inLowerCase: Bool = false) -> UInt64? {
    var hash = UInt64(bytes.count)
    var i = 0
    while i < bytes.count {
      let byte = bytes[i]
      var value = UInt64(byte)
      switch byte {
      // U+4000 to U+9FFF. Bytes that are no text may end within a character.
      case 0xE4...0xE9 where i + 2 < bytes.count:
        value = value << 16 | UInt64(bytes[i + 1]) << 8 | UInt64(bytes[i + 2])
        i += 3
      // ! to @, brackets and digits among them, but not the semicolon, which has an equivalent; a to z.
      case 0x21...0x3A, 0x3C...0x40, 0x61...0x7A: i += 1
      case 0x41...0x5A where inLowerCase:
        value |= 0x20
        i += 1
      case 0xE3 where i + 2 < bytes.count && bytes[i + 1] == 0x80 && bytes[i + 2] == 0x81:
        value = 0xE38081
        i += 3
      default: return nil
      }
      hash = (hash ^ value) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return hash
  }
}

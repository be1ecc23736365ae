/// Which characters XML 1.0 allows (production 2, `Char`): tab, LF, CR and all from U+0020 on but surrogates, U+FFFE
/// and U+FFFF.
package enum XMLCharacters {
  /// A character that XML does not allow, escaped or not.
  package struct Forbidden: Sendable, Hashable {
    /// How many characters precede it.
    package var offset: Int
    /// Its number; nil where the bytes are not UTF-8.
    package var character: UInt32?
  }

  /// Whether XML allows a character, escaped or not.
  package static func allows(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: true
    case 0..<0x20, 0xFFFE, 0xFFFF: false
    default: true
    }
  }

  /// The first character in `bytes` that XML does not allow.
  /// - Parameter isUTF8: the bytes are known to be well-formed UTF-8, as those of a `String` and of a catalog are; they
  ///   are then looked at many at a time.
  package static func firstForbidden(in bytes: UnsafeBufferPointer<UInt8>, isUTF8: Bool = false) -> Forbidden? {
    if isUTF8, !maySuspect(bytes) { return nil }
    guard let base = bytes.baseAddress else { return nil }
    let count = bytes.count
    var index = 0
    while index < count {
      let byte = base[index]
      if byte < 0x80 {
        if byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D {
          return Forbidden(offset: characters(bytes, before: index), character: UInt32(byte))
        }
        index += 1
      } else if byte & 0xF0 == 0xE0, index + 2 < count, base[index + 1] & 0xC0 == 0x80, base[index + 2] & 0xC0 == 0x80 {
        // Three bytes, as nearly all Chinese characters have.
        let value =
          UInt32(byte & 0x0F) << 12 | UInt32(base[index + 1] & 0x3F) << 6 | UInt32(base[index + 2] & 0x3F)
        if value >= 0xFFFE { return Forbidden(offset: characters(bytes, before: index), character: value) }
        if value < 0x800 || (0xD800...0xDFFF).contains(value) {
          return Forbidden(offset: characters(bytes, before: index), character: nil)
        }
        index += 3
      } else {
        let length = wellFormedLength(bytes, at: index)
        if length == 0 { return Forbidden(offset: characters(bytes, before: index), character: nil) }
        index += length
      }
    }
    return nil
  }

  /// Whether there is a control character or a byte with which U+FFFE and U+FFFF begin. The loop has no exit, so that
  /// the compiler vectorises it.
  private static func maySuspect(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var found: UInt8 = 0
    for byte in bytes {
      found |= byte < 0x20 ? 1 : 0
      found |= byte == 0xEF ? 1 : 0
    }
    return found != 0
  }

  /// The length of a character of two or four bytes; 0 if there is none.
  private static func wellFormedLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let length =
      switch bytes[index] {
      case 0xC2...0xDF: 2
      case 0xF0...0xF4: 4
      default: 0
      }
    guard length > 0, index + length <= bytes.count else { return 0 }
    for next in index + 1..<index + length where bytes[next] & 0xC0 != 0x80 { return 0 }
    if bytes[index] == 0xF0 && bytes[index + 1] < 0x90 { return 0 }
    if bytes[index] == 0xF4 && bytes[index + 1] > 0x8F { return 0 }
    return length
  }

  private static func characters(_ bytes: UnsafeBufferPointer<UInt8>, before end: Int) -> Int {
    bytes[..<end].reduce(into: 0) { if $1 & 0xC0 != 0x80 { $0 += 1 } }
  }
}

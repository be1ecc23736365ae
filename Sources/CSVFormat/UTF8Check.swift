/// Whether bytes are UTF-8 (RFC 3629: no surrogates, nothing overlong, nothing above U+10FFFF), and where not.
package enum UTF8Check {
  /// The offset of the first byte that begins no UTF-8 character, or nil. `start` is where a character should begin.
  package static func firstInvalid(_ buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = buffer.baseAddress else { return nil }
    let end = buffer.count
    var i = start
    while i < end {
      // A block looks at the two bytes before it, which must have been seen to be right.
      if i - start >= 2, i + blockSize <= end {
        let first = i
        while i + blockSize <= end, isPlain(base, i) { i += blockSize }
        if i > first {
          // Back to the start of a character that the last block broke off.
          if base[i - 1] >= 0xC0 { i -= 1 } else if base[i - 2] >= 0xE0 { i -= 2 }
        }
      }
      let stop = min(end, i + blockSize)
      while i < stop {
        guard let length = characterLength(base, i, end) else { return i }
        i += length
      }
    }
    return nil
  }

  private static let blockSize = 64

  /// Whether 64 bytes hold nothing but ASCII and the common characters of two and three bytes, each complete or
  /// continuing past the end. What is rare (E0 and ED, which have forbidden rows, four bytes, and bytes that are in no text)
  /// is left to `characterLength`.
  @inline(__always)
  private static func isPlain(_ base: UnsafePointer<UInt8>, _ i: Int) -> Bool {
    let raw = UnsafeRawPointer(base)
    let wrong = doubtful(raw, i) .| doubtful(raw, i + 16) .| doubtful(raw, i + 32) .| doubtful(raw, i + 48)
    let words = unsafeBitCast(wrong, to: SIMD2<UInt64>.self)
    return words[0] | words[1] == 0
  }

  /// Which of sixteen bytes are rare, or are a continuation where none of the two bytes before requires one, or are none where
  /// one does.
  @inline(__always)
  private static func doubtful(_ raw: UnsafeRawPointer, _ i: Int) -> SIMDMask<SIMD16<Int8>> {
    typealias Block = SIMD16<UInt8>
    let bytes = raw.loadUnaligned(fromByteOffset: i, as: Block.self)
    let before = raw.loadUnaligned(fromByteOffset: i - 1, as: Block.self)
    let twoBefore = raw.loadUnaligned(fromByteOffset: i - 2, as: Block.self)
    // As signed numbers the continuations, 80 to BF, are the least.
    let goesOn = unsafeBitCast(bytes, to: SIMD16<Int8>.self) .< SIMD16<Int8>(repeating: -64)
    let shouldGoOn = (before .>= Block(repeating: 0xC0)) .| (twoBefore .>= Block(repeating: 0xE0))
    let isRare =
      (bytes .>= Block(repeating: 0xF0)) .| (bytes .== Block(repeating: 0xE0)) .| (bytes .== Block(repeating: 0xED))
      .| ((bytes & Block(repeating: 0xFE)) .== Block(repeating: 0xC0))
    return (goesOn .^ shouldGoOn) .| isRare
  }

  /// The length of the character at `i`; nil if there is none.
  @inline(__always)
  private static func characterLength(_ base: UnsafePointer<UInt8>, _ i: Int, _ end: Int) -> Int? {
    let lead = base[i]
    if lead < 0x80 { return 1 }
    // Three-byte characters come in runs in Chinese text: E0 with A0-BF and ED with 80-9F are the special rows.
    if lead & 0xF0 == 0xE0 {
      guard i + 2 < end else { return nil }
      let second = base[i + 1]
      guard second & 0xC0 == 0x80, base[i + 2] & 0xC0 == 0x80 else { return nil }
      if lead == 0xE0, second < 0xA0 { return nil }
      if lead == 0xED, second >= 0xA0 { return nil }
      return 3
    }
    if lead & 0xE0 == 0xC0 {
      guard lead >= 0xC2, i + 1 < end, base[i + 1] & 0xC0 == 0x80 else { return nil }
      return 2
    }
    guard lead & 0xF8 == 0xF0, i + 3 < end, lead <= 0xF4 else { return nil }
    let second = base[i + 1]
    guard second & 0xC0 == 0x80, base[i + 2] & 0xC0 == 0x80, base[i + 3] & 0xC0 == 0x80 else { return nil }
    if lead == 0xF0, second < 0x90 { return nil }
    if lead == 0xF4, second >= 0x90 { return nil }
    return 4
  }

  /// Whether a text that is not wholly UTF-8 is still a UTF-8 text with damage in it, rather than another encoding: far
  /// more of its multi-byte characters are right than wrong. In GB 18030 text hardly any are.
  package static func looksLikeUTF8(_ buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    var wrong = 0
    var right = 0
    var position = start
    let limit = min(buffer.count, start + 4_000_000)
    let part = UnsafeBufferPointer(rebasing: buffer[0..<limit])
    while position < limit {
      let bad = firstInvalid(part, from: position) ?? limit
      var i = position
      while i < bad {
        if part[i] >= 0xE0 { right += 1 }
        i += 1
      }
      if bad < limit { wrong += 1 }
      position = bad + 1
      if wrong > 2000, right < wrong { return false }
    }
    return right > wrong * 2
  }
}

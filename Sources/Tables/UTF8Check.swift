/// Whether bytes are UTF-8 (RFC 3629: no surrogates, nothing overlong, nothing above U+10FFFF), and where not.
public enum UTF8Check {
  /// The offset of the first byte that begins no UTF-8 character, or nil.
  public static func firstInvalid(_ buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = buffer.baseAddress else { return nil }
    let end = buffer.count
    var i = start
    let high: UInt64 = 0x8080_8080_8080_8080
    while i < end {
      // Eight ASCII bytes at a time.
      while i + 8 <= end {
        let word = UnsafeRawPointer(base + i).loadUnaligned(as: UInt64.self)
        if word & high != 0 {
          i += (word & high).trailingZeroBitCount >> 3
          break
        }
        i += 8
      }
      guard i < end else { return nil }
      let lead = base[i]
      if lead < 0x80 {
        i += 1
        continue
      }
      // Three-byte characters come in runs in Chinese text: E0 with A0-BF and ED with 80-9F are the special rows.
      if lead & 0xF0 == 0xE0 {
        guard i + 2 < end else { return i }
        let second = base[i + 1]
        guard second & 0xC0 == 0x80, base[i + 2] & 0xC0 == 0x80 else { return i }
        if lead == 0xE0, second < 0xA0 { return i }
        if lead == 0xED, second >= 0xA0 { return i }
        i += 3
      } else if lead & 0xE0 == 0xC0 {
        guard lead >= 0xC2, i + 1 < end, base[i + 1] & 0xC0 == 0x80 else { return i }
        i += 2
      } else if lead & 0xF8 == 0xF0 {
        guard i + 3 < end, lead <= 0xF4 else { return i }
        let second = base[i + 1]
        guard second & 0xC0 == 0x80, base[i + 2] & 0xC0 == 0x80, base[i + 3] & 0xC0 == 0x80 else { return i }
        if lead == 0xF0, second < 0x90 { return i }
        if lead == 0xF4, second >= 0x90 { return i }
        i += 4
      } else {
        return i
      }
    }
    return nil
  }

  /// Whether a text that is not wholly UTF-8 is still a UTF-8 text with damage in it, rather than another encoding: far
  /// more of its multi-byte characters are right than wrong. In GB 18030 text hardly any are.
  public static func looksLikeUTF8(_ buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
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

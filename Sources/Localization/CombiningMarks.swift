/// Detects characters with more combining marks than any script uses.
///
/// To compare two texts they are brought into a normal form, and the marks of one character are then sorted by their
/// classes one at a time: ten thousand of them on one character keep a program busy for minutes. The Unicode Standard
/// (UAX #15, stream-safe text) allows thirty; a table of all marks in their order has 79 running. Readers of
/// text from outside refuse such a character.
package enum CombiningMarks {
  /// How many marks one character may have.
  package static let limit = 128
  /// A run of more marks, of two bytes at least, has more than 256 bytes.
  private static let distance = 192

  /// The first run of more than `limit` marks at or after `start` in a UTF-8 text; nil if there is none.
  ///
  /// A look at one byte in `distance` misses none.
  package static func firstPile(in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Range<Int>? {
    let count = bytes.count
    guard count - start > limit * 2 else { return nil }
    var probe = start + distance - 1
    while probe < count {
      defer { probe += distance }
      // ASCII and the common Chinese characters, of whose bytes after the first nothing more is known, are no marks.
      let byte = bytes[probe]
      if byte < 0x80 || (byte >= 0xE4 && byte <= 0xE9) { continue }
      var from = probe
      while from > start, bytes[from] & 0xC0 == 0x80, probe - from < 3 { from -= 1 }
      guard let length = mark(bytes, at: from) else { continue }
      var marks = 1
      var to = from + length
      while to < count, let length = mark(bytes, at: to) {
        to += length
        marks += 1
      }
      while from > start {
        var before = from - 1
        while before > start, bytes[before] & 0xC0 == 0x80, from - before < 4 { before -= 1 }
        guard let length = mark(bytes, at: before), before + length == from else { break }
        from = before
        marks += 1
      }
      if marks > limit { return from..<to }
      probe = max(probe, to - 1)
    }
    return nil
  }

  /// Where in a run of marks the first `limit` of them end.
  package static func endOfAllowed(in bytes: UnsafeBufferPointer<UInt8>, of pile: Range<Int>) -> Int {
    var end = pile.lowerBound
    for _ in 0..<limit { end += mark(bytes, at: end) ?? 0 }
    return end
  }

  /// How many bytes the combining mark has that begins at `index`; nil if none begins there.
  private static func mark(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    let lead = bytes[index]
    guard lead >= 0xCC, !(lead >= 0xE4 && lead <= 0xE9) else { return nil }
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard index + length <= bytes.count else { return nil }
    var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
    for offset in 1..<length {
      guard bytes[index + offset] & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(bytes[index + offset] & 0x3F)
    }
    guard let scalar = Unicode.Scalar(value), scalar.properties.canonicalCombiningClass != .notReordered else {
      return nil
    }
    return length
  }
}

import Algorithms
import AtomicFiles
import Platform

/// Lines and columns of byte offsets in a text; both count from 1, a column in characters (Unicode scalars). LF, CRLF
/// and CR each end a line. The text is counted once, as far as positions are asked for; after that a look-up takes
/// constant time.
package final class LineIndex {
  private let bytes: Bytes
  private let start: Int
  /// Line breaks before every `stride` bytes, as far as they are counted.
  private var counts: [Int32] = []
  /// Line breaks before `reached`, where counting continues.
  private var breaks: Int32 = 0
  private var reached: Int
  private static let stride = 4096

  package init(_ bytes: Bytes, start: Int = 0) {
    self.bytes = bytes
    self.start = start
    reached = start
  }

  /// Continues counting to `offset`.
  private func reach(_ offset: Int) {
    while reached <= offset, reached < bytes.count {
      counts.append(breaks)
      let stop = min(reached + LineIndex.stride, bytes.count)
      breaks &+= LineIndex.breaks(bytes.base, reached, stop)
      reached = stop
    }
  }

  /// How many lines end in `[from, to)`: every LF, and every CR that no LF follows.
  private static func breaks(_ base: UnsafePointer<UInt8>, _ from: Int, _ to: Int) -> Int32 {
    var count: Int32 = 0
    var i = from
    // Without a CR, as in most files: from LF to LF.
    if to > from, memchr(base + from, 0x0D, to - from) == nil {
      while i < to, let found = memchr(base + i, 0x0A, to - i) {
        count &+= 1
        i = UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
      }
      return count
    }
    while i < to {
      let byte = base[i]
      // The byte after the last is padding, never an LF.
      if byte == 0x0A || (byte == 0x0D && base[i + 1] != 0x0A) { count &+= 1 }
      i += 1
    }
    return count
  }

  /// How many line breaks `range` has.
  package static func breaks(in bytes: Bytes, _ range: Range<Int>) -> Int {
    Int(breaks(bytes.base, range.lowerBound, range.upperBound))
  }

  /// The line of the byte at `offset`.
  package func line(_ offset: Int) -> Int {
    let offset = min(max(offset, start), bytes.count)
    guard offset > start else { return 1 }
    reach(offset)
    let slot = min((offset - start) / LineIndex.stride, counts.count - 1)
    let from = start + slot * LineIndex.stride
    return Int(counts[slot] + LineIndex.breaks(bytes.base, from, offset)) + 1
  }

  /// Where the line of `offset` begins and ends, without its line break.
  package func lineRange(_ offset: Int) -> Range<Int> {
    var from = min(max(offset, start), bytes.count)
    while from > start, bytes.base[from - 1] != 0x0A, bytes.base[from - 1] != 0x0D { from -= 1 }
    var to = max(from, min(offset, bytes.count))
    while to < bytes.count, bytes.base[to] != 0x0A, bytes.base[to] != 0x0D { to += 1 }
    return from..<to
  }

  /// The text of a line by its number, or nil if there is no such line; a very long line is shortened.
  package func text(ofLine line: Int) -> String? {
    guard let position = self.start(ofLine: line) else { return nil }
    let range = lineRange(position)
    return range.count > 4096 ? bytes.text(range.lowerBound..<range.lowerBound + 4096) + "…" : bytes.text(range)
  }

  /// Where a line begins, by its number; nil if there is no such line.
  package func start(ofLine line: Int) -> Int? {
    guard line >= 1, start < bytes.count else { return nil }
    while Int(breaks) < line, reached < bytes.count { reach(reached) }
    // The last count that is below the line.
    let slot = max(0, counts.partitioningIndex { Int($0) >= line } - 1)
    var position = start + slot * LineIndex.stride
    var number = Int(counts[slot]) + 1
    while number < line, position < bytes.count {
      let byte = bytes.base[position]
      if byte == 0x0A || (byte == 0x0D && bytes.base[position + 1] != 0x0A) { number += 1 }
      position += 1
    }
    return number == line ? position : nil
  }

  /// The column of the byte at `offset`, in characters from the start of its line.
  package func column(_ offset: Int) -> Int {
    let from = lineRange(offset).lowerBound
    return LineIndex.scalars(bytes.base, from, min(max(offset, from), bytes.count)) + 1
  }

  /// How many characters begin in `[from, to)`.
  package static func scalars(_ base: UnsafePointer<UInt8>, _ from: Int, _ to: Int) -> Int {
    var count = 0
    var i = from
    while i < to {
      if base[i] & 0xC0 != 0x80 { count += 1 }
      i += 1
    }
    return count
  }
}

import Algorithms
import AtomicFiles
import Platform

/// One cell of a row: its content in the table's bytes, and where the cell begins as written (at its quote, if it has
/// one).
package struct Cell: Sendable, Hashable {
  /// First byte of the content.
  package var start: Int
  /// One past the last byte of the content.
  package var end: Int
  /// First byte of the cell as written.
  package var written: Int
  /// Quotes are doubled in the content.
  package var isEscaped: Bool

  @inlinable
  package init(start: Int, end: Int, written: Int, isEscaped: Bool) {
    self.start = start
    self.end = end
    self.written = written
    self.isEscaped = isEscaped
  }

  @inlinable
  package var isEmpty: Bool { start == end }

  /// It begins with a quote.
  package var isQuoted: Bool { written < start }
}

/// A syntax problem of a table, and its byte.
package struct CSVProblem: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// A quote that opens a cell and is never closed before the next cell's.
    case unclosedQuote
    /// A quote inside a cell that does not begin with one, or text after a closing quote.
    case strayQuote
    /// A NUL byte.
    case nul
  }

  package var kind: Kind
  package var offset: Int

  package init(kind: Kind, offset: Int) {
    self.kind = kind
    self.offset = offset
  }
}

/// Reads CSV row by row (RFC 4180, and what spreadsheets write in practice) without copying: cells are ranges of bytes.
///
/// LF, CRLF, CR and mixtures end a row; a quoted cell may hold any of them. A cell whose quote is never closed affects
/// that cell alone: it is read up to the next separator as if the quote were a character.
package struct TableReader {
  /// The cells of the row read last.
  package private(set) var cells: [Cell] = []
  /// Where that row begins.
  package private(set) var rowStart: Int
  package private(set) var problems: [CSVProblem] = []
  package let separator: UInt8

  @usableFromInline let base: UnsafePointer<UInt8>
  @usableFromInline let end: Int
  @usableFromInline var position: Int
  /// How often a cell was read anew after an unclosed quote. Past the limit a quoted cell ends with its line, so that a
  /// file of nothing but quotes is still read in linear time.
  private var retries = 0
  private static let retryLimit = 64
  package static let problemLimit = 100_000

  /// - Parameters:
  ///   - bytes: UTF-8; must outlive the reader.
  ///   - start: where the table begins, past a byte order mark.
  ///   - separator: the byte between cells.
  package init(_ bytes: Bytes, start: Int = 0, separator: UInt8 = UInt8(ascii: ",")) {
    base = bytes.base
    end = bytes.count
    position = start
    rowStart = start
    self.separator = separator
    cells.reserveCapacity(16)
  }

  /// A reader of `count` bytes, after which `Bytes.padding` zero bytes must follow; they must outlive the reader.
  init(_ base: UnsafePointer<UInt8>, count: Int, start: Int, separator: UInt8) {
    self.base = base
    end = count
    position = start
    rowStart = start
    self.separator = separator
    cells.reserveCapacity(16)
  }

  /// The separator that a table's first line uses most: a comma, a tab or a semicolon (spreadsheets choose by locale).
  package static func separator(of bytes: Bytes, start: Int) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var quoted = false
    for i in start..<min(bytes.count, start + 65536) {
      let byte = bytes.base[i]
      if byte == UInt8(ascii: "\"") { quoted.toggle() }
      if quoted { continue }
      if byte == 0x0A || byte == 0x0D { break }
      if byte == UInt8(ascii: ",") || byte == 0x09 || byte == UInt8(ascii: ";") { counts[byte, default: 0] += 1 }
    }
    let comma = counts[UInt8(ascii: ",")] ?? 0
    let tab = counts[0x09] ?? 0
    let semicolon = counts[UInt8(ascii: ";")] ?? 0
    if comma > 0 || (tab == 0 && semicolon == 0) { return UInt8(ascii: ",") }
    return tab >= semicolon ? 0x09 : UInt8(ascii: ";")
  }

  /// How far into the bytes the reader is.
  package var offset: Int { position }

  /// Which cell of the row read last holds the byte at `offset`; nil before the first.
  package func cell(at offset: Int) -> Int? {
    let past = cells.partitioningIndex { $0.written > offset }
    return past > 0 ? past - 1 : nil
  }

  /// Goes on at `offset`, which must be the start of a row.
  package mutating func move(to offset: Int) {
    position = offset
  }

  /// Reads the next row into `cells`; false at the end. Empty lines are passed over.
  package mutating func next() -> Bool {
    while position < end, base[position] == 0x0A || base[position] == 0x0D { position += 1 }
    guard position < end else { return false }
    rowStart = position
    if plainRow() { return true }
    cells.removeAll(keepingCapacity: true)
    while true {
      let more: Bool
      if base[position] == UInt8(ascii: "\""), position < end {
        more = quotedCell()
      } else {
        more = plainCell(from: position, written: position)
      }
      if !more { return true }
    }
  }

  /// Reads a row with as many cells as the one before and without quotes and NULs, as most rows are. Its cells take the
  /// place of those, which is a quarter of the instructions of adding them one by one.
  /// - Returns: false if it is another row, which is then read cell by cell.
  private mutating func plainRow() -> Bool {
    let (base, separator, first, last) = (base, separator, position, cells.count - 1)
    // Every byte that may end a cell is at most this one, and few others are; 64 are looked at at once.
    let bound = max(separator, UInt8(ascii: "\""))
    let lastBlock = end - 64
    guard last >= 0, first <= lastBlock else { return false }
    let lineEnd = cells.withUnsafeMutableBufferPointer { cells -> Int? in
      var block = first
      var low = cs_low_bytes(base + block, bound)
      var start = first
      var cell = 0
      while true {
        while low == 0 {
          block += 64
          if block > lastBlock { return nil }
          low = cs_low_bytes(base + block, bound)
        }
        let index = block + low.trailingZeroBitCount
        low &= low &- 1
        switch base[index] {
        case separator where cell < last:
          cells[cell] = Cell(start: start, end: index, written: start, isEscaped: false)
          cell += 1
          start = index + 1
        case 0x0A where cell == last, 0x0D where cell == last:
          cells[cell] = Cell(start: start, end: index, written: start, isEscaped: false)
          return index
        case separator, 0x0A, 0x0D, UInt8(ascii: "\""), 0: return nil
        default: break
        }
      }
    }
    guard let lineEnd else { return false }
    position = endOfLine(lineEnd)
    return true
  }

  /// Reads an unquoted cell; true if another follows in the row.
  @inline(__always)
  private mutating func plainCell(from start: Int, written: Int) -> Bool {
    var i = start
    // Of each kind one problem a cell is enough.
    var hasQuote = false
    var hasNUL = false
    // The characters that matter are all below 0x2D (or the tab and semicolon of other tables): the first byte below
    // that bound is found eight at a time; the zero padding ends the search at the latest.
    let ones: UInt64 = 0x0101_0101_0101_0101
    let bound: UInt64 = separator == UInt8(ascii: ";") ? 0x3C : 0x2D
    while true {
      let word = UnsafeRawPointer(base + i).loadUnaligned(as: UInt64.self)
      let hits = (word &- ones &* bound) & ~word & (ones &* 0x80)
      if hits == 0 {
        i += 8
        continue
      }
      i += hits.trailingZeroBitCount >> 3
      let byte = base[i]
      if byte == separator {
        cells.append(Cell(start: start, end: i, written: written, isEscaped: false))
        position = i + 1
        return true
      }
      if byte == 0x0A || byte == 0x0D || i >= end {
        let stop = min(i, end)
        cells.append(Cell(start: start, end: stop, written: written, isEscaped: false))
        position = endOfLine(stop)
        return false
      }
      if byte == UInt8(ascii: "\""), !hasQuote {
        report(.strayQuote, i)
        hasQuote = true
      } else if byte == 0, !hasNUL {
        report(.nul, i)
        hasNUL = true
      }
      i += 1
    }
  }

  /// Reads a cell that begins with a quote; true if another follows.
  private mutating func quotedCell() -> Bool {
    let open = position
    let before = problems.count
    var hasNUL = false
    var i = open + 1
    var isEscaped = false
    var spansLines = false
    while i < end {
      let byte = base[i]
      if byte == UInt8(ascii: "\"") {
        if i + 1 < end, base[i + 1] == UInt8(ascii: "\"") {
          isEscaped = true
          i += 2
          continue
        }
        let after = i + 1
        if after >= end || base[after] == separator || base[after] == 0x0A || base[after] == 0x0D {
          cells.append(Cell(start: open + 1, end: i, written: open, isEscaped: isEscaped))
          if after < end, base[after] == separator {
            position = after + 1
            return true
          }
          position = endOfLine(min(after, end))
          return false
        }
        if spansLines { break }
        // Text after the closing quote, all on one line: the cell is kept as it is written.
        report(.strayQuote, after)
        let more = restOfCell(open: open, from: after)
        return more
      }
      if byte == 0x0A || byte == 0x0D {
        spansLines = true
        if retries >= TableReader.retryLimit { break }
      } else if byte == 0, !hasNUL {
        report(.nul, i)
        hasNUL = true
      }
      i += 1
    }
    retries += 1
    // What follows the end of the cell is read again, and reported then.
    problems.removeSubrange(before...)
    report(.unclosedQuote, open)
    return restOfCell(open: open, from: open + 1)
  }

  /// Reads on from `from` to the next separator or line end; the cell's content is everything after its first quote.
  private mutating func restOfCell(open: Int, from: Int) -> Bool {
    var i = from
    while i < end, base[i] != separator, base[i] != 0x0A, base[i] != 0x0D { i += 1 }
    cells.append(Cell(start: open + 1, end: i, written: open, isEscaped: false))
    if i < end, base[i] == separator {
      position = i + 1
      return true
    }
    position = endOfLine(i)
    return false
  }

  @inline(__always)
  private func endOfLine(_ i: Int) -> Int {
    guard i < end else { return end }
    if base[i] == 0x0D, i + 1 < end, base[i + 1] == 0x0A { return i + 2 }
    return i + 1
  }

  private mutating func report(_ kind: CSVProblem.Kind, _ offset: Int) {
    if problems.count < TableReader.problemLimit {
      problems.append(CSVProblem(kind: kind, offset: offset))
    }
  }
}

import AtomicFiles
import Localization
import Platform

/// One row of a table that is read in pieces: cell i is `starts[i]..<ends[i]` from `base`. Valid until the end of
/// its piece.
package struct PlainRow {
  package let base: UnsafePointer<UInt8>
  package let starts: UnsafePointer<Int>
  package let ends: UnsafePointer<Int>
  package let count: Int
  /// Where the row begins in the file.
  package let offset: Int

  package func cell(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + starts[index], count: ends[index] - starts[index])
  }

  /// Writes the cells of some columns to `cells`, in one call for a row: nothing here is inlined in another module.
  package func write(
    _ columns: UnsafeBufferPointer<(column: Int, cell: Int)>,
    to cells: UnsafeMutablePointer<UnsafeBufferPointer<UInt8>?>
  ) {
    for (column, cell) in columns {
      cells[column] = UnsafeBufferPointer(start: base + starts[cell], count: ends[cell] &- starts[cell])
    }
  }

  /// Whether the cells from `index` on are empty.
  package func isEmpty(from index: Int) -> Bool {
    index >= count || (index..<count).allSatisfy { starts[$0] == ends[$0] }
  }
}

/// Reads the rows of a large table in pieces of `pieceSize` bytes, so that neither the file is held in memory nor a page of
/// it touched twice: at a million matters a third of the memory and half the time of reading it whole.
///
/// It accepts tables without a doubt only: UTF-8, quotes that are all closed, no NUL, no mark of a merge conflict. At the
/// first doubt it stops, and the table is read again by `TableReader`, which finds the words for it. A row may have any number
/// of cells up to `furtherCells` more than the header.
package struct PlainRows {
  private let file: StreamedFile
  private let start: Int
  private let separator: UInt8
  private let mostCells: Int
  private let pieceSize: Int

  package static let usualPieceSize = 256 * 1024
  /// A comma outside quotes makes one cell more or a few; a row with many more is left to `TableReader`.
  package static let furtherCells = 16

  /// - Parameter table: opened by `CSVTable.init(file:streamed:)`.
  package init(_ table: CSVTable, file: StreamedFile, pieceSize: Int = usualPieceSize) {
    self.file = file
    self.pieceSize = pieceSize
    start = table.bodyStart
    separator = table.separator
    mostCells = table.headerCells.count + PlainRows.furtherCells
  }

  /// Calls `body` for every row that has a cell with content, and `pieceEnd` before the bytes of rows become invalid.
  /// - Returns: whether there was no doubt. If there was, some rows have been passed on.
  package func forEach(
    progress: WorkProgress? = nil, pieceEnd: () -> Void = {}, _ body: (PlainRow) -> Void
  ) -> Bool {
    let piece = Piece(of: file, from: start, room: pieceSize)
    let starts = UnsafeMutablePointer<Int>.allocate(capacity: mostCells + 1)
    defer { starts.deallocate() }
    let ends = UnsafeMutablePointer<Int>.allocate(capacity: mostCells + 1)
    defer { ends.deallocate() }
    while true {
      guard let got = piece.fill() else { return false }
      progress?.advance(by: got)
      let lines = UnsafeBufferPointer(start: piece.bytes, count: piece.whole)
      guard UTF8Check.firstInvalid(lines, from: 0) == nil, CombiningMarks.firstPile(in: lines) == nil else {
        return false
      }
      var scanner = PlainRowScanner(
        piece.bytes, count: piece.whole, separator: separator, most: mostCells, starts: starts, ends: ends)
      rows: while true {
        var count = 0
        switch scanner.next() {
        case .end: break rows
        case .plain(let cells): count = cells
        case .doubtful: return false
        case .quoted:
          guard let cells = quotedRow(piece, &scanner) else { return false }
          // A cell goes on in the next piece.
          if cells == 0 { break rows }
          count = cells
        }
        if ends[0] == starts[0], isBlank(count, starts, ends) { continue }
        body(
          PlainRow(
            base: piece.bytes, starts: starts, ends: ends, count: count, offset: piece.origin + scanner.rowStart))
      }
      pieceEnd()
      if piece.isLast { return scanner.position == piece.whole }
      guard piece.keep(from: scanner.position) else { return false }
    }
  }

  /// A part of the file in memory.
  private final class Piece {
    /// Zero bytes follow, for `TableReader` and so that 64 bytes may be loaded from any place.
    private(set) var bytes: UnsafeMutablePointer<UInt8>
    /// Where the piece begins in the file.
    private(set) var origin: Int
    /// How many bytes are whole lines; the rest is read again with what follows.
    private(set) var whole = 0
    /// Whether the file ends with this piece.
    private(set) var isLast = false
    private let file: StreamedFile
    private var room: Int
    private var filled = 0

    private static let padding = 64 + Bytes.padding
    /// A row that is longer is left to `TableReader`.
    private static let longestRow = 8 << 20

    init(of file: StreamedFile, from origin: Int, room: Int) {
      self.file = file
      self.origin = origin
      self.room = room
      bytes = .allocate(capacity: room + Piece.padding)
    }

    deinit { bytes.deallocate() }

    /// Reads on. A last line without a line end gets one.
    /// - Returns: how many bytes were read; nil if the file cannot be read.
    func fill() -> Int? {
      guard let got = file.read(room - filled, at: origin + filled, to: bytes + filled) else { return nil }
      isLast = filled + got < room
      filled += got
      if isLast, filled > 0, bytes[filled - 1] != 0x0A {
        bytes[filled] = 0x0A
        filled += 1
      }
      (bytes + filled).update(repeating: 0, count: Piece.padding - 1)
      whole = filled
      while whole > 0, bytes[whole - 1] != 0x0A { whole -= 1 }
      return got
    }

    /// Makes room, with the bytes from `used` on at the beginning of the next piece.
    /// - Returns: false if a row is too long.
    func keep(from used: Int) -> Bool {
      filled -= used
      origin += used
      guard filled * 2 > room else {
        memmove(bytes, bytes + used, filled)
        return true
      }
      guard filled <= Piece.longestRow else { return false }
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: room * 4 + Piece.padding)
      larger.update(from: bytes + used, count: filled)
      bytes.deallocate()
      bytes = larger
      room *= 4
      return true
    }
  }

  private func isBlank(_ count: Int, _ starts: UnsafePointer<Int>, _ ends: UnsafePointer<Int>) -> Bool {
    for cell in 0..<count where starts[cell] != ends[cell] { return false }
    return true
  }

  /// Reads a row with quotes; its doubled quotes are made single in place.
  /// - Returns: the number of its cells; 0 if it does not end in this piece; nil if it is doubtful.
  private func quotedRow(_ piece: Piece, _ scanner: inout PlainRowScanner) -> Int? {
    let buffer = piece.bytes
    let count = piece.whole
    var reader = TableReader(buffer, count: count, start: scanner.rowStart, separator: separator)
    guard reader.next(), reader.rowStart == scanner.rowStart, let last = reader.cells.last else { return nil }
    let end = last.isQuoted ? last.end + 1 : last.end
    // In a row that goes on after the piece nothing is changed yet.
    if !reader.problems.isEmpty {
      return !piece.isLast && reader.problems.allSatisfy({ $0.kind == .unclosedQuote }) ? 0 : nil
    }
    guard end < count, reader.cells.count <= scanner.most else { return nil }
    for (index, cell) in reader.cells.enumerated() {
      scanner.starts[index] = cell.start
      scanner.ends[index] = cell.isEscaped ? PlainRows.unescape(buffer, cell) : cell.end
    }
    scanner.move(to: reader.offset)
    return reader.cells.count
  }

  /// - Returns: where the content ends now.
  private static func unescape(_ buffer: UnsafeMutablePointer<UInt8>, _ cell: Cell) -> Int {
    var from = cell.start
    var to = cell.start
    while from < cell.end {
      buffer[to] = buffer[from]
      to += 1
      from += buffer[from] == UInt8(ascii: "\"") ? 2 : 1
    }
    return to
  }
}

/// Finds the cells of rows without quotes, 64 bytes at a time.
private struct PlainRowScanner {
  enum Row {
    /// A row without quotes, of so many cells.
    case plain(cells: Int)
    /// A row with quotes, at `rowStart`.
    case quoted
    case doubtful
    case end
  }

  let starts: UnsafeMutablePointer<Int>
  let ends: UnsafeMutablePointer<Int>
  /// How many cells there is room for.
  let most: Int
  /// Where the row found last begins, and where the next one does.
  private(set) var rowStart = 0
  private(set) var position = 0

  private let base: UnsafePointer<UInt8>
  private let count: Int
  private let separator: UInt8
  private let bound: UInt8
  /// The 64 bytes looked at, and those of them that are still to be looked at: every byte that may end a cell is at most
  /// `bound`, and few others are.
  private var block = 0
  private var low: UInt64

  /// - Parameter count: ends with a line; 64 more bytes can be read.
  init(
    _ base: UnsafePointer<UInt8>, count: Int, separator: UInt8, most: Int, starts: UnsafeMutablePointer<Int>,
    ends: UnsafeMutablePointer<Int>
  ) {
    self.base = base
    self.count = count
    self.separator = separator
    self.most = most
    self.starts = starts
    self.ends = ends
    bound = max(separator, UInt8(ascii: "\""))
    low = cs_low_bytes(base, bound)
  }

  /// Goes on at `offset`, the start of a row.
  mutating func move(to offset: Int) {
    position = offset
    block = offset
    low = cs_low_bytes(base + block, bound)
  }

  mutating func next() -> Row {
    while position < count, base[position] == 0x0A || base[position] == 0x0D { position += 1 }
    guard position < count else { return .end }
    rowStart = position
    // A row that begins with one of these may be the mark of a merge conflict; `|` is above the others.
    let first = base[position]
    if first &- UInt8(ascii: "<") <= 2 || first == UInt8(ascii: "|") { return .doubtful }
    var cells = 0
    starts[0] = position
    while true {
      while low == 0 {
        block += 64
        low = cs_low_bytes(base + block, bound)
      }
      let index = block + low.trailingZeroBitCount
      low &= low &- 1
      // The line ends between rows have been passed over.
      if index < position { continue }
      switch base[index] {
      case separator:
        ends[cells] = index
        cells += 1
        if cells >= most { return .doubtful }
        starts[cells] = index + 1
      case 0x0A:
        ends[cells] = index
        position = index + 1
        return .plain(cells: cells + 1)
      case 0x0D:
        guard base[index + 1] == 0x0A else { return .doubtful }
        ends[cells] = index
        position = index + 2
        return .plain(cells: cells + 1)
      case UInt8(ascii: "\""): return .quoted
      case 0: return .doubtful
      default: break
      }
    }
  }
}

import Algorithms
import AtomicFiles
import Platform

/// Row numbers of byte offsets in a table as a spreadsheet counts them: a row whose cells have line breaks is one row. Only
/// rows with quotes are read, once, as far as positions are asked for.
package final class RecordIndex {
  /// A row of several lines.
  private struct LongRow {
    let range: Range<Int>
    /// The line breaks within earlier rows.
    let breaksBefore: Int
    let breaks: Int
  }

  private let bytes: Bytes
  private let lines: LineIndex
  private var reader: TableReader
  private var longRows: [LongRow] = []
  /// The start of a row; all rows before it are counted.
  private var reached: Int

  /// - Parameter lines: the line index of the same bytes, from the same start.
  package init(_ table: CSVTable, lines: LineIndex) {
    bytes = table.bytes
    self.lines = lines
    reader = TableReader(bytes, start: table.text.start, separator: table.separator)
    reached = table.text.start
  }

  private func reach(_ offset: Int) {
    while reached <= offset, reached < bytes.count {
      let base = bytes.base
      guard let pointer = memchr(base + reached, Int32(UInt8(ascii: "\"")), bytes.count - reached) else {
        reached = bytes.count
        return
      }
      let found = UnsafeRawPointer(pointer) - UnsafeRawPointer(base)
      let start = max(reached, lines.lineRange(found).lowerBound)
      reader.move(to: start)
      guard reader.next(), let last = reader.cells.last else {
        reached = bytes.count
        return
      }
      let breaks = LineIndex.breaks(in: bytes, reader.rowStart..<max(reader.rowStart, last.end))
      if breaks > 0 {
        let before = longRows.last.map { $0.breaksBefore + $0.breaks } ?? 0
        longRows.append(LongRow(range: reader.rowStart..<reader.offset, breaksBefore: before, breaks: breaks))
      }
      reached = max(reader.offset, found + 1)
    }
  }

  /// The number of the row that contains `offset`, from 1, and where the row begins.
  package func row(containing offset: Int) -> (number: Int, start: Int) {
    reach(offset)
    let past = longRows.partitioningIndex { $0.range.lowerBound > offset }
    guard past > 0 else { return (lines.line(offset), lines.lineRange(offset).lowerBound) }
    let row = longRows[past - 1]
    if row.range.contains(offset) {
      return (lines.line(row.range.lowerBound) - row.breaksBefore, row.range.lowerBound)
    }
    return (lines.line(offset) - row.breaksBefore - row.breaks, lines.lineRange(offset).lowerBound)
  }

  /// The letters of a spreadsheet column, counted from 0: A … Z, AA, AB …
  package static func letters(ofColumn column: Int) -> String {
    var letters: [UInt8] = []
    var rest = column + 1
    while rest > 0 {
      letters.insert(UInt8(ascii: "A") + UInt8((rest - 1) % 26), at: 0)
      rest = (rest - 1) / 26
    }
    return String(decoding: letters, as: UTF8.self)
  }
}

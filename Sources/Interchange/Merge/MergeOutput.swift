import AtomicFiles
import CSVFormat
import Catalog
import Localization

/// How a merged table is written: as the side that changed it does, else as all do.
struct MergeWriter {
  let tables: MergeTables
  let lineEnd: [UInt8]
  let encoding: TextEncoding
  let isBigEndian: Bool
  let hasByteOrderMark: Bool

  init(_ tables: MergeTables) {
    self.tables = tables
    lineEnd = tables.pick(\.lineEnd)
    encoding = tables.pick(\.csv.text.encoding)
    isBigEndian = tables.pick(\.csv.text.isBigEndian)
    hasByteOrderMark = tables.pick(\.csv.text.hasByteOrderMark)
  }
}

/// The bytes of a merged table.
struct MergeOutput {
  private let writer: MergeWriter
  private var bytes: [UInt8] = []
  private var separator: UInt8 { writer.tables.ours.csv.separator }

  init(_ writer: MergeWriter) {
    self.writer = writer
    bytes.reserveCapacity(writer.tables.ours.csv.bytes.count + writer.tables.theirs.csv.bytes.count / 8 + 256)
  }

  mutating func header(_ columns: MergedColumns) {
    if writer.hasByteOrderMark, writer.encoding != .utf16 { bytes += [0xEF, 0xBB, 0xBF] }
    let tables = writer.tables
    // The blank lines before it.
    bytes += tables.pick { Array($0.bytes($0.csv.text.start..<$0.csv.headerStart)) }
    for (index, column) in columns.columns.enumerated() {
      if index > 0 { bytes.append(separator) }
      let table = columns.titles[index] == .theirs ? tables.theirs : tables.ours
      if let cell = table.index(of: column) { bytes += table.bytes(table.written(table.csv.headerCells[cell])) }
    }
    if tables.pick(\.hasHeaderEnd) { bytes += writer.lineEnd }
  }

  mutating func row(_ merged: MergedRow) {
    endLine()
    let source =
      switch merged {
      case .copy(let row), .cells(_, of: let row): row
      }
    let (row, table) = (source.row, source.table)
    bytes += table.bytes(row.range.lowerBound..<row.content.lowerBound)
    switch merged {
    case .copy: bytes += table.bytes(row.content)
    case .cells(let cells, _):
      for (index, cell) in cells.enumerated() {
        if index > 0 { bytes.append(separator) }
        switch cell {
        case .written(let row, let cell): bytes += row.table.bytes(row.table.written(cell))
        case .text(let text, isQuoted: true):
          bytes += Array(("\"" + text.replacing("\"", with: "\"\"") + "\"").utf8)
        case .text(var text, isQuoted: false):
          text.withUTF8 { bytes += CSVWriter.quoted($0, separator: separator) }
        }
      }
    }
    let end = table.bytes(row.content.upperBound..<row.range.upperBound)
    // An unusual line end stays; the usual one is that of the merged table.
    bytes += end.elementsEqual(table.lineEnd) ? writer.lineEnd : Array(end)
  }

  mutating func conflict(_ ours: [MergedRow], _ theirs: [MergedRow]) {
    line("<<<<<<< ours")
    for merged in ours { row(merged) }
    line("=======")
    for merged in theirs { row(merged) }
    line(">>>>>>> theirs")
  }

  /// The blank lines at the end.
  mutating func tail() {
    let tables = writer.tables
    bytes += tables.pick { Array($0.bytes($0.tail)) }
  }

  private mutating func line(_ text: String) {
    endLine()
    bytes += Array(text.utf8) + writer.lineEnd
  }

  /// Ends a row that was the last of its edition and had no line end.
  private mutating func endLine() {
    if let last = bytes.last, last != 0x0A, last != 0x0D, bytes.count > 3 || bytes != [0xEF, 0xBB, 0xBF] {
      bytes += writer.lineEnd
    }
  }

  func encoded() throws(MergeDeclined) -> [UInt8] {
    guard let encoded = TextDecoding.encode(bytes, as: writer.encoding, isBigEndian: writer.isBigEndian) else {
      throw MergeDeclined(
        reason: LocalizedText(
          zh: "有字符无法用 \(writer.encoding.rawValue) 表示",
          en: "a character cannot be written in \(writer.encoding.rawValue)"))
    }
    return encoded
  }
}

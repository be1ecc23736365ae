import AtomicFiles
import CSVFormat
import Catalog
import Localization

/// Rewrites a table with some rows changed; the other rows are copied byte for byte.
struct TableRewriter {
  private let csv: CSVTable
  /// For each column of the schema, the cell of a row that holds it; -1 if the table does not have the column.
  private var columns: [Int]
  /// The names of the columns of the schema.
  private let names: [String]
  /// How many cells the header has.
  private let width: Int
  private let lineEnd: [UInt8]

  init(_ csv: CSVTable, columns: [Int], names: [String]) {
    self.csv = csv
    self.columns = columns
    self.names = names
    width = csv.headerCells.count
    let bytes = csv.bytes
    let end = csv.bodyStart
    if end > csv.headerStart, bytes.base[end - 1] == 0x0A {
      lineEnd = end - 1 > csv.headerStart && bytes.base[end - 2] == 0x0D ? [0x0D, 0x0A] : [0x0A]
    } else if end > csv.headerStart, bytes.base[end - 1] == 0x0D {
      lineEnd = [0x0D]
    } else {
      lineEnd = [0x0A]
    }
  }

  func rewritten(_ changes: TableChanges) throws -> [UInt8] {
    // A missing column is added if a new value belongs to it; several in the order of the schema.
    var missing: Set<Int> = []
    func addColumns(for cells: [String?]) {
      for (index, cell) in cells.enumerated() where columns[index] < 0 && cell?.isEmpty == false {
        missing.insert(index)
      }
    }
    for case .changed(let cells) in changes.rows.sorted(by: { $0.key < $1.key }).map(\.value) { addColumns(for: cells) }
    for (_, rows) in changes.inserted.sorted(by: { $0.key < $1.key }) { for row in rows { addColumns(for: row.cells) } }
    for row in changes.appended { addColumns(for: row.cells) }
    var writer = self
    let added = missing.sorted()
    for (position, index) in added.enumerated() { writer.columns[index] = width + position }
    return try writer.write(changes, added: added)
  }

  private func write(_ changes: TableChanges, added: [Int]) throws -> [UInt8] {
    let writer = ByteWriter.memory(capacity: csv.bytes.count + 4096)
    // `encode` writes the byte order mark of UTF-16 itself.
    if csv.text.hasByteOrderMark, csv.text.encoding != .utf16 { try writer.append([0xEF, 0xBB, 0xBF] as [UInt8]) }
    let titles = added.map { names[$0] }
    try copy(csv.text.start..<csv.bodyStart, extra: titles, to: writer)
    func insert(_ rows: [TableChanges.NewRow]) throws {
      for row in rows {
        try writeRow(row.cells, from: row.from.map { csv.cells(ofRowAt: $0) } ?? [], to: writer, added: added.count)
      }
    }
    try insert(changes.inserted[TableChanges.beforeFirstRow] ?? [])
    var reader = csv.rows()
    var from = reader.offset
    while reader.next() {
      let start = reader.rowStart
      switch changes.rows[start] {
      case nil:
        let short = added.isEmpty ? 0 : max(0, width - reader.cells.count)
        try copy(from..<reader.offset, extra: [String](repeating: "", count: added.count + short), to: writer)
      case .changed(let cells)?:
        try writeRow(cells, from: reader.cells, to: writer, added: added.count)
      case .removed?:
        break
      }
      try insert(changes.inserted[start] ?? [])
      from = reader.offset
    }
    try insert(changes.appended)
    let text = writer.bytes
    guard let encoded = TextDecoding.encode(text, as: csv.text.encoding, isBigEndian: csv.text.isBigEndian) else {
      throw CSVWriteFailure.unencodable(csv.text.encoding)
    }
    return encoded
  }

  /// Copies rows with their line end, or the table's line end if the last one has none.
  /// - Parameter extra: cells to append.
  private func copy(_ range: Range<Int>, extra: [String], to writer: ByteWriter) throws {
    var end = range.upperBound
    while end > range.lowerBound, csv.bytes.base[end - 1] == 0x0A || csv.bytes.base[end - 1] == 0x0D { end -= 1 }
    try writer.append(range.lowerBound..<end, of: csv.bytes)
    for cell in extra {
      try writer.append(byte: csv.separator)
      try CSVWriter.append(cell, to: writer, separator: csv.separator)
    }
    if end < range.upperBound {
      try writer.append(end..<range.upperBound, of: csv.bytes)
    } else {
      try writer.append(lineEnd)
    }
  }

  /// Writes a row.
  /// - Parameters:
  ///   - cells: by column of the schema; nil for a cell that is copied from `row`.
  ///   - row: the cells of an existing row; empty if there is none.
  private func writeRow(_ cells: [String?], from row: [Cell], to writer: ByteWriter, added: Int) throws {
    var columnOfCell: [Int: Int] = [:]
    for (column, cell) in columns.enumerated() where cell >= 0 { columnOfCell[cell] = column }
    let count = max(width + added, row.count)
    for index in 0..<count {
      if index > 0 { try writer.append(byte: csv.separator) }
      // Added columns come before cells beyond the header, which a valid table does not have.
      let old = index < row.count ? row[index] : nil
      if let column = columnOfCell[index], let text = cells[column],
        old.map({ !csv.string($0).isExactly(text) }) ?? true
      {
        try CSVWriter.append(text, to: writer, separator: csv.separator)
      } else if let old {
        let isQuoted = old.written < old.start
        try writer.append(old.written..<min(isQuoted ? old.end + 1 : old.end, csv.bytes.count), of: csv.bytes)
      }
    }
    try writer.append(lineEnd)
  }
}

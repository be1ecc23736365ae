import Algorithms
import AtomicFiles
import CSVFormat

/// Converts source positions to file, line, column and the text of the line. It keeps a line index of each file, so that
/// many positions cost one pass over the file.
package final class Locator {
  private let catalog: Catalog
  private var indexes: [Int: LineIndex] = [:]
  private var hasChanged: [Int: Bool] = [:]
  private var records: [Int: RecordIndex] = [:]
  private var fieldNames: [TableKind: [String]] = [:]
  // The last results: findings are sorted, and thousands may be in one row, line or cell.
  private var last: (position: SourcePosition, location: Location)?
  private var lastRow: (source: Int, start: Int, cells: [Cell])?
  private var lastLine: (source: Int, range: Range<Int>, offset: Int, column: Int)?
  private var lastRecord: (source: Int, line: Range<Int>, number: Int, start: Int)?
  private var lastExcerpt: (source: Int, line: Range<Int>, text: String)?

  package init(_ catalog: Catalog) { self.catalog = catalog }

  /// The location of a position; nil for `SourcePosition.none`.
  package func locate(_ position: SourcePosition) -> Location? {
    guard catalog.sources.indices.contains(position.source) else { return nil }
    let source = catalog.sources[position.source]
    if position.isFile {
      var location = Location(file: source.file)
      location.sheet = source.sheet
      return location
    }
    guard let csv = source.csv else { return locateLine(position, in: source) }
    if let last, last.position == position { return last.location }
    // The file is not what was read any more: see `Catalog.changedFile`.
    if changed(position.source, csv) { return Location(file: source.file) }
    let location = location(of: position, in: source, csv)
    last = (position, location)
    return location
  }

  /// The location of a row, cell or byte of a table.
  private func location(of position: SourcePosition, in source: Source, _ csv: CSVTable) -> Location {
    let index = self.index(position.source, csv.bytes, csv.text.start)
    let base = csv.bytes.base
    let offset = min(max(position.offset, csv.text.start), csv.bytes.count)
    var start = offset
    var length: Int?
    var hasColumn = true
    var address: (row: Int, column: Int)?
    switch position {
    case .none, .file: break
    case .byte:
      length = 1
      let row = record(containing: offset, csv, position.source, index)
      let cells = cells(ofRowAt: row.start, csv, position.source)
      address = (row.number, max(0, cells.partitioningIndex { $0.written > offset } - 1))
    case .row:
      address = (record(containing: offset, csv, position.source, index).number, 0)
      let line = lineRange(offset, index, position.source)
      length = LineIndex.scalars(base, line.lowerBound, line.upperBound)
    case .cell(_, let kind, let column, _):
      let cells = cells(ofRowAt: offset, csv, position.source)
      let columns = source.columns[kind] ?? []
      if columns.indices.contains(column), columns[column] >= 0 {
        address = (record(containing: offset, csv, position.source, index).number, columns[column])
      }
      if columns.indices.contains(column), columns[column] >= 0, columns[column] < cells.count {
        let cell = cells[columns[column]]
        start = cell.written
        let stop = cell.written < cell.start ? cell.end + 1 : cell.end
        length = max(1, LineIndex.scalars(base, start, min(stop, csv.bytes.count)))
      } else {
        hasColumn = false
      }
    }
    let line = lineRange(start, index, position.source)
    var location = Location(
      file: source.file, line: index.line(start), column: hasColumn ? column(start, csv.bytes) : nil, length: length,
      excerpt: excerpt(csv.bytes, line, position.source),
      cell: address.map { RecordIndex.letters(ofColumn: $0.column) + String($0.row) },
      field: field(of: position, in: source, cell: address?.column))
    if let table = source.wordTable, let address {
      location.wordCell = Location.WordCell(
        table: table, row: address.row, column: hasColumn && !position.isRow ? address.column + 1 : nil)
    }
    if let sheet = source.sheet {
      // The sheet was read into a table whose lines no program shows.
      location.sheet = sheet
      (location.line, location.column) = (nil, nil)
    }
    return location
  }

  /// Whether the file of a table has changed since it was read, asked once.
  private func changed(_ source: Int, _ csv: CSVTable) -> Bool {
    if let known = hasChanged[source] { return known }
    let changed = !csv.text.isAtHand
    hasChanged[source] = changed
    return changed
  }

  /// The column of a cell, or of a byte within a cell.
  private func field(of position: SourcePosition, in source: Source, cell: Int?) -> String? {
    let names = names(ofFields: position.table)
    var column = position.column
    if position.isByte, position.offset >= source.csv?.bodyStart ?? 0, let cell {
      column = source.columns[position.table]?.firstIndex(of: cell)
    }
    guard let column, names.indices.contains(column) else { return nil }
    return names[column]
  }

  private func names(ofFields table: TableKind) -> [String] {
    if let names = fieldNames[table] { return names }
    let names = catalog.schema.columns(table).map(\.name)
    fieldNames[table] = names
    return names
  }

  private func record(
    containing offset: Int, _ csv: CSVTable, _ source: Int, _ lines: LineIndex
  ) -> (number: Int, start: Int) {
    // A line belongs to one row.
    if let lastRecord, lastRecord.source == source, lastRecord.line.lowerBound <= offset,
      offset <= lastRecord.line.upperBound
    {
      return (lastRecord.number, lastRecord.start)
    }
    let index = records[source] ?? RecordIndex(csv, lines: lines)
    records[source] = index
    let record = index.row(containing: offset)
    lastRecord = (source, lines.lineRange(offset), record.number, record.start)
    return record
  }

  private func cells(ofRowAt start: Int, _ csv: CSVTable, _ source: Int) -> [Cell] {
    if let lastRow, lastRow.source == source, lastRow.start == start { return lastRow.cells }
    let cells = csv.cells(ofRowAt: start)
    lastRow = (source, start, cells)
    return cells
  }

  /// The line that contains `offset`; stored in `lastLine`.
  private func lineRange(_ offset: Int, _ index: LineIndex, _ source: Int) -> Range<Int> {
    if let lastLine, lastLine.source == source, lastLine.range.lowerBound <= offset, offset <= lastLine.range.upperBound
    {
      return lastLine.range
    }
    let range = index.lineRange(offset)
    lastLine = (source, range, range.lowerBound, 1)
    return range
  }

  /// The column of a byte in `lastLine`, counted from the column that was computed last.
  private func column(_ offset: Int, _ bytes: Bytes) -> Int? {
    guard var line = lastLine else { return nil }
    if offset < line.offset { (line.offset, line.column) = (line.range.lowerBound, 1) }
    line.column += LineIndex.scalars(bytes.base, line.offset, min(offset, bytes.count))
    line.offset = min(offset, bytes.count)
    lastLine = line
    return line.column
  }

  /// The text of a line; cut after 4096 bytes, marked with “…”.
  private func excerpt(_ bytes: Bytes, _ line: Range<Int>, _ source: Int) -> String {
    if let lastExcerpt, lastExcerpt.source == source, lastExcerpt.line == line { return lastExcerpt.text }
    let limit = 4096
    let text =
      line.count > limit ? bytes.text(line.lowerBound..<line.lowerBound + limit) + "…" : bytes.text(line)
    lastExcerpt = (source, line, text)
    return text
  }

  /// In an XML document the offset of a position is the line number of its row. A value in an element of its own is found
  /// at that element.
  private func locateLine(_ position: SourcePosition, in source: Source) -> Location {
    var location = Location(
      file: source.file, line: position.offset > 0 ? position.offset : nil,
      field: field(of: position, in: source, cell: nil))
    if let document = source.document, position.offset > 0 {
      let index = self.index(position.source, document, 0)
      let line = elementLine(position, document, index) ?? position.offset
      location.line = line
      location.excerpt = index.text(ofLine: line)
    }
    return location
  }

  private func elementLine(_ position: SourcePosition, _ document: Bytes, _ index: LineIndex) -> Int? {
    let columns = catalog.schema.columns(position.table)
    guard let number = position.column, columns.indices.contains(number), columns[number].xml != .attribute,
      let name = columns[number].xmlName, let start = index.start(ofLine: position.offset)
    else { return nil }
    var lines = XMLElementLines(document, from: start, line: position.offset)
    return lines.line(of: name, in: position.table.xmlNames.row)
  }

  private func index(_ source: Int, _ bytes: Bytes, _ start: Int) -> LineIndex {
    if let index = indexes[source] { return index }
    let index = LineIndex(bytes, start: start)
    indexes[source] = index
    return index
  }
}

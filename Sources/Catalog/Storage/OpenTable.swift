import AtomicFiles
import CSVFormat

/// A decoded table whose header has been read. Columns are found by their English or Chinese name, in any order.
struct OpenTable {
  /// The index of the file in the sources of the catalog.
  var source: Int
  let csv: CSVTable
  /// For each column of the schema, the cell of a row that holds it; -1 if the table does not have the column.
  let columns: [Int]
  /// How many cells a row must have.
  let width: Int
  /// The columns that `datapackage.json` names.
  let described: Set<String>
  /// The columns of the schema.
  let wanted: [Column]
  /// By which a row of matters is recognised whose cells are not in their columns.
  let audiences: AudienceRegister

  /// Decodes a table and reports the problems of its header.
  ///
  /// - Parameters:
  ///   - described: the names and titles of the columns that `datapackage.json` describes.
  ///   - builder: gets the source and the problems.
  /// - Returns: nil if the first row has none of the required columns; the builder's issues then say so.
  init?(
    _ kind: TableKind, file: String, bytes: Bytes, described: Set<String>, encoding: TextEncoding? = nil,
    into builder: CatalogBuilder
  ) {
    self.init(
      kind, CSVTable(file: file, bytes: bytes, encoding: encoding), described: described, into: builder)
  }

  /// Reports the problems of a table's header; as `init(_:file:bytes:described:encoding:into:)`.
  init?(_ kind: TableKind, _ csv: CSVTable, described: Set<String>, into builder: CatalogBuilder) {
    let wanted = builder.schema.columns(kind)
    // A table of waivers that do not say how much they cover is whole.
    let expected = kind == .waivers ? described.subtracting(["count", "项数"]) : described
    let header = TableHeader(csv, wanted: wanted, described: expected)
    let source = builder.add(Source(file: csv.file, csv: csv, columns: [kind: header.columns]))
    guard header.hasRequiredColumn else {
      builder.issues.append(
        ReadingIssue(
          .missingHeader(expected: wanted.filter(\.isRequired).map(\.name)),
          at: .row(source: source, table: kind, offset: 0)))
      return nil
    }
    if let other = header.otherTable(than: kind, in: builder.schema) {
      builder.issues.append(ReadingIssue(.exchangedTable(other), at: .file(source: source, table: kind)))
      return nil
    }
    builder.issues += header.issues(source: source, table: kind)
    self.described = described
    self.wanted = wanted
    audiences = builder.matterRows.audiences
    self.source = source
    self.csv = csv
    columns = header.columns
    width = header.width
  }

  /// Whether a row has as many cells as the header. Further empty cells are accepted if the header has as many.
  @inline(__always)
  func fits(_ cells: [Cell]) -> Bool {
    if cells.count == width { return true }
    if cells.count < width || cells.count > csv.header.count { return false }
    return OpenTable.areEmpty(cells, from: width)
  }

  private static func areEmpty(_ cells: [Cell], from index: Int) -> Bool {
    index >= cells.count || cells[index...].allSatisfy(\.isEmpty)
  }

  /// An estimate of the number of rows, to reserve memory once: from the length of the first thousand, or from the number
  /// of lines of a small table.
  var estimatedRows: Int {
    if csv.head.count == csv.text.count, csv.head.count <= 64 << 10 {
      return LineIndex.breaks(in: csv.head, min(csv.bodyStart, csv.head.count)..<csv.head.count) + 1
    }
    var reader = TableReader(csv.head, start: csv.bodyStart, separator: csv.separator)
    var rows = 0
    while rows < 1000, reader.next() { rows += 1 }
    let used = reader.offset - csv.bodyStart
    guard rows == 1000, used > 0 else { return rows }
    return (csv.text.count - csv.bodyStart) / (used / rows) * 21 / 20
  }

  /// Calls `body` for every row of a small table with its texts by column, nil where the row has no such cell, and with
  /// the row's position. A row of which no text could be read is reported and is no entry: it could not be found by any
  /// name, and written again it would be an empty row.
  func forEachRow(_ kind: TableKind, into builder: CatalogBuilder, _ body: ([String?], SourcePosition) -> Void) {
    var reader = csv.rows()
    var problems = RowProblems(self, kind)
    var conflicts = MergeConflicts(csv)
    defer { conflicts.report(self, kind, to: &builder.issues) }
    // A waiver that does not say how much it covers may be without that cell.
    let mayLackCount = kind == .waivers && columns.last == width - 1
    while reader.next() {
      if conflicts.skips(reader) { continue }
      let cells = reader.cells
      var isQuoteBroken = false
      if problems.isPending(reader) { isQuoteBroken = problems.take(reader, into: &builder.issues).hasQuote }
      if cells.allSatisfy(\.isEmpty) { continue }
      let position = SourcePosition.row(source: source, table: kind, offset: reader.rowStart)
      let lacksCount = mayLackCount && cells.count == width - 1
      let isMisfit = !fits(cells) && !lacksCount
      if isMisfit, !isQuoteBroken {
        builder.issues.append(
          ReadingIssue(
            .rowLength(found: cells.count, expected: width), at: position,
            subject: cells.first.map { csv.string($0).trimmingBlanks }))
      }
      let texts = columns.indices.map { column -> String? in
        let cell = columns[column]
        guard cell >= 0, cell < cells.count else { return lacksCount && cell == width - 1 ? "" : nil }
        let written = csv.string(cells[cell])
        let text = written.trimmingBlanks
        if text.utf8.count != written.utf8.count, !text.isEmpty { builder.paddedCells[position.cell(column)] = written }
        return text
      }
      if texts.allSatisfy({ $0?.isEmpty ?? true }) {
        if !isMisfit { reportMissingValues(texts, at: position, to: &builder.issues) }
        continue
      }
      let count = builder.issues.count
      body(texts, position)
      // Values in the wrong columns follow from the length of the row.
      if isMisfit, builder.issues.count > count { builder.issues.removeSubrange(count...) }
    }
  }

  /// Reports the cells of a row without a text that must have one.
  /// - Parameter texts: by column; nil where the table does not have the column.
  private func reportMissingValues(_ texts: [String?], at position: SourcePosition, to issues: inout ReadingIssues) {
    for (column, text) in texts.enumerated() where text != nil && wanted[column].requiresValue {
      issues.append(ReadingIssue(.missingValue, at: position.cell(column), text: text))
    }
  }

  /// As `forEachRawRow`, from a file of which neither the cells nor the table hold the text afterwards: cells are valid until
  /// `pieceEnd` is called.
  ///
  /// - Returns: the problems of the rows; nil if a row is in doubt. The table must then be read by `forEachRawRow`, into new
  ///   rows.
  func forEachStreamedRow(
    _ kind: TableKind, of file: StreamedFile, progress: WorkProgress?, pieceSize: Int, pieceEnd: () -> Void,
    _ add: (UnsafePointer<RawCell>, Int) -> Void
  ) -> ReadingIssues? {
    let raw = UnsafeMutablePointer<RawCell>.allocate(capacity: columns.count)
    defer { raw.deallocate() }
    // As in `forEachRawRow`.
    func fillAbsent() {
      for column in columns.indices {
        let isDeclared = wanted[column].isRequired || described.contains(wanted[column].name)
        (raw + column).initialize(to: isDeclared ? nil : UnsafeBufferPointer(start: csv.head.base, count: 0))
      }
    }
    fillAbsent()
    var issues = ReadingIssues()
    let present = columns.indices.filter { columns[$0] >= 0 }
    let cells = UnsafeMutableBufferPointer<(column: Int, cell: Int)>.allocate(capacity: present.count)
    defer { cells.deallocate() }
    _ = cells.initialize(fromContentsOf: present.map { ($0, columns[$0]) })
    let isPlain = PlainRows(csv, file: file, pieceSize: pieceSize).forEach(
      progress: progress, pieceEnd: pieceEnd
    ) { row in
      if row.count == width {
        row.write(UnsafeBufferPointer(cells), to: raw)
        return add(raw, row.offset)
      }
      for (column, cell) in cells { raw[column] = cell < row.count ? row.cell(cell) : nil }
      let hasEmptyRest = row.isEmpty(from: width)
      let isMisfit = row.count < width || row.count > csv.header.count || !hasEmptyRest
      if isMisfit {
        let first = columns[0] >= 0 && columns[0] < row.count ? row.cell(columns[0]) : nil
        issues.append(rowLengthIssue(row.count, first.map { String(decoding: $0, as: UTF8.self) }, row.offset, kind))
        discardMisplacedCells(kind, raw, hasEmptyRest: hasEmptyRest)
      }
      add(raw, row.offset)
      if isMisfit { fillAbsent() }
    }
    return isPlain ? issues : nil
  }

  /// Calls `add` for every row of a large table with its raw cells by column and the offset of the row. The cells are
  /// valid during the call, and as long as the table where `scratch` did not get a copy.
  ///
  /// - Parameter scratch: called with the bytes of each cell that had to be unescaped, to keep them alive.
  /// - Returns: the problems of the rows.
  func forEachRawRow(
    _ kind: TableKind, scratch: (Bytes) -> Void, _ add: (UnsafePointer<RawCell>, Int) -> Void
  ) -> ReadingIssues {
    var issues = ReadingIssues()
    var reader = csv.rows()
    let bytes = csv.bytes
    let base = bytes.base
    let columns = self.columns
    let isDeclared = wanted.map { $0.isRequired || described.contains($0.name) }
    let nothing = UnsafeBufferPointer(start: base, count: 0)
    let raw = UnsafeMutablePointer<RawCell>.allocate(capacity: columns.count)
    raw.initialize(repeating: nil, count: columns.count)
    defer { raw.deallocate() }
    // An optional column that the table does not have is empty. A cell that the row lacks is unknown, and so are the cells
    // of a missing column that is required or described.
    let present = columns.indices.filter { columns[$0] >= 0 }
    let absent = columns.indices.filter { columns[$0] < 0 }
    func fillAbsent() {
      for column in absent { raw[column] = isDeclared[column] ? nil : nothing }
    }
    fillAbsent()
    var problems = RowProblems(self, kind)
    var conflicts = MergeConflicts(csv)
    while reader.next() {
      if conflicts.mayConcern(reader), conflicts.skips(reader) { continue }
      let count = reader.cells.count
      var damaged: [Int] = []
      var isQuoteBroken = false
      if problems.isPending(reader) { (damaged, isQuoteBroken) = problems.take(reader, into: &issues) }
      var isMisfit = false
      if count != width {
        if reader.cells.allSatisfy(\.isEmpty) { continue }
        isMisfit = !fits(reader.cells)
        if isMisfit, !isQuoteBroken {
          let first = columns[0] >= 0 && columns[0] < count ? csv.string(reader.cells[columns[0]]) : nil
          issues.append(rowLengthIssue(count, first, reader.rowStart, kind))
        }
      } else if reader.cells[0].isEmpty, reader.cells.allSatisfy(\.isEmpty) {
        continue
      }
      for column in present {
        let cell = columns[column]
        guard cell < count else {
          raw[column] = nil
          continue
        }
        let range = reader.cells[cell]
        if range.isEscaped {
          // Doubled quotes are rare, so the unescaped text is a copy.
          let corrected = Bytes(CSVTable.unescaped(bytes, range))
          scratch(corrected)
          raw[column] = corrected.buffer
        } else {
          raw[column] = UnsafeBufferPointer(start: base + range.start, count: range.end - range.start)
        }
      }
      // Unreliable cells become unknown: the row's problem is reported here, and no other rule checks them.
      if isMisfit {
        discardMisplacedCells(kind, raw, hasEmptyRest: OpenTable.areEmpty(reader.cells, from: width))
      }
      for cell in damaged {
        if let column = columns.firstIndex(of: cell) { raw[column] = nil }
      }
      add(raw, reader.rowStart)
      if isMisfit { fillAbsent() }
    }
    conflicts.report(self, kind, to: &issues)
    return issues
  }

  private func rowLengthIssue(_ count: Int, _ first: String?, _ offset: Int, _ kind: TableKind) -> ReadingIssue {
    ReadingIssue(
      .rowLength(found: count, expected: width), at: .row(source: source, table: kind, offset: offset),
      subject: first?.trimmingBlanks)
  }
}

import AtomicFiles
import CSVFormat
import Deadlines
import Localization

/// Opens a table: decodes it, finds its columns by name, and reports what is wrong with its header. Columns are known by
/// name in English or in Chinese, never by position.
struct OpenTable {
  var source: Int
  var csv: CSVTable
  /// For each column of the table, the cell of a row that holds it; -1 if there is none.
  var columns: [Int]
  /// How many cells a row must have.
  var width: Int
  /// The columns that the catalog's description names.
  let described: Set<String>
  /// The columns of its schema.
  private let wanted: [Column]

  /// - Parameters:
  ///   - described: names and titles of columns that the catalog's description knows besides ours.
  /// - Returns: nil if there is no header to go by; the reason is then among the builder's issues.
  init?(
    _ kind: TableKind, file: String, bytes: Bytes, described: Set<String>, encoding: TextEncoding? = nil,
    into builder: CatalogBuilder
  ) {
    let csv = CSVTable(file: file, bytes: bytes, encoding: encoding)
    let wanted = builder.schema.columns(kind)
    var columns = [Int](repeating: -1, count: wanted.count)
    var found: [(kind: ReadingIssue.Kind, cell: Int)] = []
    // Empty header cells at the end are a spreadsheet's leavings.
    var width = csv.header.count
    while width > 0, csv.header[width - 1].isEmpty { width -= 1 }
    for cell in 0..<width {
      let title = csv.header[cell]
      if let column = wanted.firstIndex(where: { $0.name == title || $0.title == title }) {
        if columns[column] >= 0 {
          found.append((.repeatedColumn(title), cell))
        } else {
          columns[column] = cell
        }
      } else if !described.contains(title) {
        let known = wanted.indices.filter { columns[$0] < 0 }.flatMap { [wanted[$0].name, wanted[$0].title] }
        found.append((.unknownColumn(title, nearest: Nearness.nearest(to: title, among: known)), cell))
      }
    }
    let source = builder.add(Source(file: file, csv: csv, columns: [kind: columns]))
    let file = SourcePosition.file(source: source, table: kind)
    let missing = wanted.indices.filter { wanted[$0].isRequired && columns[$0] < 0 }
    if !wanted.indices.contains(where: { wanted[$0].isRequired && columns[$0] >= 0 }) {
      builder.issues.append(
        ReadingIssue(.missingHeader(expected: wanted.filter(\.isRequired).map(\.name)), at: file))
      return nil
    }
    for problem in csv.headerProblems {
      builder.issues.append(
        ReadingIssue(
          .syntax(problem.kind), at: .byte(source: source, table: kind, offset: problem.offset)))
    }
    // Those further down are told with their rows.
    for offset in csv.text.unreadable where offset < csv.bodyStart {
      builder.issues.append(
        ReadingIssue(.encoding, at: .byte(source: source, table: kind, offset: offset)))
    }
    // A needed column under a misspelt name is told once, as the one that is missing.
    var misspelt: [Int: Int] = [:]
    for (ordinal, issue) in found.enumerated() {
      guard case .unknownColumn(_, let nearest?) = issue.kind,
        let column = missing.first(where: { wanted[$0].name == nearest || wanted[$0].title == nearest }),
        misspelt[column] == nil
      else { continue }
      misspelt[column] = ordinal
    }
    for (ordinal, issue) in found.enumerated() where !misspelt.values.contains(ordinal) {
      builder.issues.append(
        ReadingIssue(
          issue.kind,
          at: .byte(source: source, table: kind, offset: csv.headerCells[issue.cell].written)))
    }
    for column in missing {
      let cell = misspelt[column].map { found[$0].cell }
      builder.issues.append(
        ReadingIssue(
          .missingColumn(wanted[column].name, written: cell.map { csv.header[$0] }),
          at: cell.map {
            .byte(source: source, table: kind, offset: csv.headerCells[$0].written)
          } ?? .row(source: source, table: kind, offset: csv.headerStart)))
    }
    self.described = described
    self.wanted = wanted
    self.source = source
    self.csv = csv
    self.columns = columns
    self.width = width
  }

  /// Whether a row of `cells` agrees with the header: empty cells past the last column may be there if the header has them.
  @inline(__always)
  func fits(_ cells: [Cell]) -> Bool {
    if cells.count == width { return true }
    if cells.count < width || cells.count > csv.header.count { return false }
    for cell in cells[width...] where !cell.isEmpty { return false }
    return true
  }

  /// About how many rows there are, by the length of the first ones: room is made once instead of by doubling.
  var estimatedRows: Int {
    var reader = csv.rows()
    var rows = 0
    while rows < 1000, reader.next() { rows += 1 }
    let used = reader.offset - csv.bodyStart
    guard rows == 1000, used > 0 else { return rows }
    return (csv.bytes.count - csv.bodyStart) / (used / rows) * 21 / 20
  }

  /// What is wrong with the writing of one row, told while the rows are read in order: problems of the reader and
  /// bytes that could not be read, each with the row's id.
  private struct RowProblems {
    let table: OpenTable
    let kind: TableKind
    private var problems = 0
    private var unreadable: Int
    private var nextUnreadable: Int

    init(_ table: OpenTable, _ kind: TableKind) {
      self.table = table
      self.kind = kind
      let offsets = table.csv.text.unreadable
      unreadable = offsets.firstIndex { $0 >= table.csv.bodyStart } ?? offsets.count
      nextUnreadable = unreadable < offsets.count ? offsets[unreadable] : Int.max
    }

    /// Whether the row read last has any: asked of every row.
    @inline(__always)
    func isDue(_ reader: TableReader) -> Bool {
      reader.problems.count != problems || nextUnreadable < reader.offset
    }

    /// The row's issues; the cells whose content cannot be trusted; and whether a quote is among them, so that the
    /// number of cells is no news.
    mutating func take(
      _ reader: TableReader, into issues: inout [ReadingIssue]
    ) -> (cells: [Int], hasQuote: Bool) {
      let csv = table.csv
      let first = table.columns[0] >= 0 && table.columns[0] < reader.cells.count ? reader.cells[table.columns[0]] : nil
      let subject = first.map { csv.string($0).trimmingBlanks }
      var cells: [Int] = []
      var hasQuote = false
      func report(_ issue: ReadingIssue.Kind, at offset: Int, damages: Bool) {
        issues.append(
          ReadingIssue(
            issue, at: .byte(source: table.source, table: kind, offset: offset),
            subject: subject))
        guard damages, let cell = reader.cell(at: offset), cells.last != cell else { return }
        cells.append(cell)
      }
      for problem in reader.problems[problems...] {
        // A cell whose quote is never closed still holds what stands in it.
        report(.syntax(problem.kind), at: problem.offset, damages: problem.kind != .unclosedQuote)
        if problem.kind != .nul { hasQuote = true }
      }
      problems = reader.problems.count
      let offsets = csv.text.unreadable
      var told: Int?
      while nextUnreadable < reader.offset {
        // Of each cell once.
        let cell = reader.cell(at: nextUnreadable)
        if cell == nil || cell != told { report(.encoding, at: nextUnreadable, damages: true) }
        told = cell
        unreadable += 1
        nextUnreadable = unreadable < offsets.count ? offsets[unreadable] : Int.max
      }
      return (cells, hasQuote)
    }
  }

  /// Whether the cells of a row with too few or too many stand where they should: it merely lacks its last, optional ones,
  /// or has empty ones after them.
  private func isInPlace(_ kind: TableKind, _ raw: UnsafeMutablePointer<RawCell>, _ cells: [Cell]) -> Bool {
    if cells.count > width, !cells[width...].allSatisfy(\.isEmpty) { return false }
    for (column, wanted) in wanted.enumerated() where wanted.isRequired && columns[column] >= 0 {
      guard let bytes = raw[column], !CellReading.trimmed(bytes).isEmpty else { return false }
    }
    switch kind {
    case .matters:
      if let bytes = raw[MatterColumn.deadline.rawValue],
        Deadline(printed: String(decoding: bytes, as: UTF8.self)).kind == .unreadable
      {
        return false
      }
      guard let bytes = raw[MatterColumn.includes.rawValue].map(CellReading.trimmed) else { return true }
      return bytes.isEmpty || CellReading.isMatterID(bytes)
    case .items:
      return raw[ItemColumn.shared.rawValue].map { CellReading.truth($0) != nil } ?? true
    default:
      return true
    }
  }

  /// Takes out of a row with too few or too many cells what cannot be believed: nothing if all stand in position; else
  /// all but the columns at the front, which can be told from one another.
  private func discardMisplacedCells(_ kind: TableKind, _ raw: UnsafeMutablePointer<RawCell>, _ cells: [Cell]) {
    func holdsNumber(_ column: Int) -> Bool { raw[column].flatMap(CellReading.number) != nil }
    switch kind {
    case .matters:
      let audience = raw[MatterColumn.audience.rawValue].flatMap { Audience(String(decoding: $0, as: UTF8.self)) }
      let isAnchored = holdsNumber(MatterColumn.number.rawValue) && audience != nil
      if isAnchored, isInPlace(kind, raw, cells) { return }
      for column in MatterColumn.allCases {
        switch column {
        case .id: if let id = raw[0], !isAnchored, !CellReading.isMatterID(CellReading.trimmed(id)) { raw[0] = nil }
        case .list, .number, .audience: if !isAnchored { raw[column.rawValue] = nil }
        default: raw[column.rawValue] = nil
        }
      }
    case .items:
      let isAnchored = holdsNumber(ItemColumn.number.rawValue)
      if isAnchored, isInPlace(kind, raw, cells) { return }
      for column in ItemColumn.allCases {
        switch column {
        case .matter:
          if let id = raw[0], !isAnchored, !CellReading.isMatterID(CellReading.trimmed(id)) { raw[0] = nil }
        case .number: if !isAnchored { raw[column.rawValue] = nil }
        default: raw[column.rawValue] = nil
        }
      }
    default: break
    }
  }

  /// Calls `body` with the texts of every row by column, nil where a row has no such cell, and the row's position. For the
  /// small tables.
  func forEachRow(_ kind: TableKind, into builder: CatalogBuilder, _ body: ([String?], SourcePosition) -> Void) {
    var reader = csv.rows()
    var damage = RowProblems(self, kind)
    while reader.next() {
      let cells = reader.cells
      var isQuoteBroken = false
      if damage.isDue(reader) { isQuoteBroken = damage.take(reader, into: &builder.issues).hasQuote }
      if cells.allSatisfy(\.isEmpty) { continue }
      let position = SourcePosition.row(source: source, table: kind, offset: reader.rowStart)
      if !fits(cells), !isQuoteBroken {
        builder.issues.append(
          ReadingIssue(
            .rowLength(found: cells.count, expected: width), at: position,
            subject: cells.first.map { csv.string($0).trimmingBlanks }))
      }
      let texts = columns.indices.map { column -> String? in
        let cell = columns[column]
        guard cell >= 0, cell < cells.count else { return nil }
        return csv.string(cells[cell]).trimmingBlanks
      }
      body(texts, position)
    }
  }

  /// Hands every row as raw cells by column to `add`, which gets the row's start as well. For the large tables.
  ///
  /// - Returns: what is wrong with the rows' writing.
  func forEachRawRow(
    _ kind: TableKind, scratch: (Bytes) -> Void, _ add: (UnsafePointer<RawCell>, Int) -> Void
  ) -> [ReadingIssue] {
    var issues: [ReadingIssue] = []
    var reader = csv.rows()
    let bytes = csv.bytes
    let base = bytes.base
    let columns = self.columns
    let isPromised = wanted.map { $0.isRequired || described.contains($0.name) }
    let nothing = UnsafeBufferPointer(start: base, count: 0)
    let raw = UnsafeMutablePointer<RawCell>.allocate(capacity: columns.count)
    raw.initialize(repeating: nil, count: columns.count)
    defer { raw.deallocate() }
    var damage = RowProblems(self, kind)
    while reader.next() {
      let count = reader.cells.count
      var damaged: [Int] = []
      var isQuoteBroken = false
      if damage.isDue(reader) { (damaged, isQuoteBroken) = damage.take(reader, into: &issues) }
      var isMisfit = false
      if count != width {
        if reader.cells.allSatisfy(\.isEmpty) { continue }
        isMisfit = !fits(reader.cells)
        if isMisfit, !isQuoteBroken {
          let first = columns[0] >= 0 && columns[0] < count ? csv.string(reader.cells[columns[0]]) : nil
          issues.append(
            ReadingIssue(
              .rowLength(found: count, expected: width),
              at: .row(source: source, table: kind, offset: reader.rowStart),
              subject: first?.trimmingBlanks))
        }
      } else if reader.cells[0].isEmpty, reader.cells.allSatisfy(\.isEmpty) {
        continue
      }
      for column in 0..<columns.count {
        let cell = columns[column]
        guard cell >= 0, cell < count else {
          // A column that the table may do without is empty where it is not there; what a row lacks is unknown, and so is
          // what the description promises.
          raw[column] = cell < 0 && !isPromised[column] ? nothing : nil
          continue
        }
        let range = reader.cells[cell]
        if range.isEscaped {
          // Doubled quotes are rare: the corrected text is kept beside the table.
          let corrected = Bytes(CSVTable.unescaped(bytes, range))
          scratch(corrected)
          raw[column] = corrected.buffer
        } else {
          raw[column] = UnsafeBufferPointer(start: base + range.start, count: range.end - range.start)
        }
      }
      // What cannot be believed is unknown: it is told once, here, and judged by no other rule.
      if isMisfit { discardMisplacedCells(kind, raw, reader.cells) }
      for cell in damaged {
        if let column = columns.firstIndex(of: cell) { raw[column] = nil }
      }
      add(raw, reader.rowStart)
    }
    return issues
  }
}

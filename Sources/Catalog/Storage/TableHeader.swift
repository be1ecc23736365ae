import CSVFormat

/// The header of a table, matched with the columns of the schema.
struct TableHeader {
  /// For each column of the schema, the cell that holds it; -1 if there is none.
  private(set) var columns: [Int]
  /// The number of header cells without the empty ones at the end, which spreadsheets leave behind.
  private(set) var width: Int

  private let csv: CSVTable
  private let wanted: [Column]
  /// Repeated and unrecognised columns, each with its cell.
  private var problems: [(kind: ReadingIssue.Kind, cell: Int)] = []

  /// - Parameters:
  ///   - wanted: the columns of the schema.
  ///   - described: the names and titles of further columns, which are not reported as unrecognised.
  init(_ csv: CSVTable, wanted: [Column], described: Set<String>) {
    self.csv = csv
    self.wanted = wanted
    columns = [Int](repeating: -1, count: wanted.count)
    width = csv.header.count
    while width > 0, csv.header[width - 1].isEmpty { width -= 1 }
    for cell in 0..<width {
      let title = csv.header[cell]
      if let column = wanted.firstIndex(where: { $0.name == title || $0.title == title }) {
        if columns[column] >= 0 {
          problems.append((.repeatedColumn(title), cell))
        } else {
          columns[column] = cell
        }
      } else if !described.contains(title) {
        let known = wanted.indices.filter { columns[$0] < 0 }.flatMap { [wanted[$0].name, wanted[$0].title] }
        problems.append((.unknownColumn(title, nearest: Nearness.nearest(to: title, among: known)), cell))
      }
    }
  }

  /// Whether the row is a header at all.
  var hasRequiredColumn: Bool { wanted.indices.contains { wanted[$0].isRequired && columns[$0] >= 0 } }

  /// The problems of the header in the order in which they are reported.
  func issues(source: Int, table: TableKind) -> [ReadingIssue] {
    func byte(_ offset: Int) -> SourcePosition { .byte(source: source, table: table, offset: offset) }
    var issues = csv.headerProblems.map { ReadingIssue(.syntax($0.kind), at: byte($0.offset)) }
    // Undecodable bytes of the rows are reported with the rows.
    issues += csv.text.unreadable.filter { $0 < csv.bodyStart }.map { ReadingIssue(.encoding, at: byte($0)) }
    let missing = wanted.indices.filter { wanted[$0].isRequired && columns[$0] < 0 }
    let misspelt = misspeltCells(of: missing)
    for problem in problems where !misspelt.values.contains(problem.cell) {
      issues.append(ReadingIssue(problem.kind, at: byte(csv.headerCells[problem.cell].written)))
    }
    for column in missing {
      let cell = misspelt[column]
      issues.append(
        ReadingIssue(
          .missingColumn(wanted[column].name, written: cell.map { csv.header[$0] }),
          at: cell.map { byte(csv.headerCells[$0].written) }
            ?? .row(source: source, table: table, offset: csv.headerStart)))
    }
    return issues
  }

  /// For each missing column whose misspelt name the header has, the cell. Such a column is reported once, as missing, and
  /// not as an unrecognised column as well.
  private func misspeltCells(of missing: [Int]) -> [Int: Int] {
    var cells: [Int: Int] = [:]
    for problem in problems {
      guard case .unknownColumn(_, let nearest?) = problem.kind,
        let column = missing.first(where: { wanted[$0].name == nearest || wanted[$0].title == nearest }),
        cells[column] == nil
      else { continue }
      cells[column] = problem.cell
    }
    return cells
  }
}

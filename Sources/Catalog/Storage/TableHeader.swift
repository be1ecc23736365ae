import CSVFormat

/// The header of a table, matched with the columns of the schema.
struct TableHeader {
  /// For each column of the schema, the cell that holds it; -1 if there is none.
  private(set) var columns: [Int]
  /// The number of header cells without the empty ones at the end, which spreadsheets leave behind.
  private(set) var width: Int

  private let csv: CSVTable
  private let wanted: [Column]
  private let described: Set<String>
  /// Repeated and unrecognised columns, each with its cell.
  private var problems: [(kind: ReadingIssue.Kind, cell: Int)] = []

  /// - Parameters:
  ///   - wanted: the columns of the schema.
  ///   - described: the names and titles of further columns, which are not reported as unrecognised.
  init(_ csv: CSVTable, wanted: [Column], described: Set<String>) {
    self.csv = csv
    self.wanted = wanted
    self.described = described
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
        let nearest =
          Nearness.nearest(to: title, among: known)
          ?? known.first { title.count > 2 && ($0.hasPrefix(title) || title.hasPrefix($0)) }
        problems.append((.unknownColumn(title, nearest: nearest), cell))
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
    let lost = lostColumns
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
    for column in lost {
      issues.append(
        ReadingIssue(
          .missingColumn(wanted[column].name), at: .row(source: source, table: table, offset: csv.headerStart)))
    }
    return issues
  }

  /// Optional columns that `datapackage.json` describes and the header does not have, under no misspelt name either.
  private var lostColumns: [Int] {
    let misspelt = problems.compactMap { if case .unknownColumn(_, let nearest) = $0.kind { nearest } else { nil } }
    let unknown = problems.compactMap { if case .unknownColumn(let title, _) = $0.kind { title } else { nil } }
    return wanted.indices.filter { index in
      let column = wanted[index]
      return !column.isRequired && columns[index] < 0
        && (described.contains(column.name) || described.contains(column.title))
        && !misspelt.contains(column.name) && !misspelt.contains(column.title)
        && !unknown.contains { $0.count > 2 && (column.name.hasPrefix($0) || $0.hasPrefix(column.name)) }
    }
  }

  /// The table whose header this is, if it is that of another one: it has all columns that the other requires, and lacks
  /// some that its own requires.
  func otherTable(than kind: TableKind, in schema: CatalogSchema) -> TableKind? {
    guard wanted.indices.contains(where: { wanted[$0].isRequired && columns[$0] < 0 }) else { return nil }
    let titles = Set(csv.header)
    func share(_ kind: TableKind) -> Int {
      schema.columns(kind).count { titles.contains($0.name) || titles.contains($0.title) }
    }
    let others = TableKind.allCases.filter { other in
      other != kind
        && schema.columns(other).allSatisfy { !$0.isRequired || titles.contains($0.name) || titles.contains($0.title) }
    }
    guard let best = others.max(by: { share($0) < share($1) }), share(best) > share(kind) else { return nil }
    return best
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

import AtomicFiles
import Localization

/// The tables of a workbook, each read from a sheet into a table in CSV whose rows and cells are those of the sheet.
///
/// A catalog is assembled from them as from a folder, so that every rule applies unchanged; only the positions name sheets
/// instead of files.
package struct WorkbookTables {
  package struct Sheet {
    package var name: String
    package var table: Bytes

    package init(name: String, table: Bytes) {
      self.name = name
      self.table = table
    }
  }

  /// A cell that the sheet has and whose text is not known, by its row and column from 0.
  package struct UnreadableCell {
    package var row: Int
    package var column: Int
    package var reason: ReadingIssue.UnreadableCell

    package init(row: Int, column: Int, reason: ReadingIssue.UnreadableCell) {
      self.row = row
      self.column = column
      self.reason = reason
    }
  }

  package var path: String
  package var sheets: [TableKind: Sheet] = [:]
  package var unreadable: [TableKind: [UnreadableCell]] = [:]
  package var merged: [TableKind: [MergedRange]] = [:]
  /// The sheets that are no tables.
  package var otherSheets: [String] = []
  /// The `datapackage.json` that the workbook carries.
  package var description: Bytes?

  package init(path: String) { self.path = path }

  /// The catalog of these tables.
  package func catalog(progress: WorkProgress?) -> Catalog {
    var descriptor = Descriptor()
    var carried: Bytes?
    if let description, let read = try? Descriptor(json: description) {
      descriptor = read
      carried = description
    }
    let expected = expectedTables(descriptor)
    descriptor.files = [:]
    for kind in TableKind.allCases where expected.contains(kind) || sheets[kind] != nil {
      descriptor.files[kind] = sheets[kind]?.name ?? kind.sheetName
    }
    let tables = Dictionary(sheets.values.map { ($0.name, $0.table) }) { first, _ in first }
    let reading = FolderReading(
      origin: .workbook(path), display: path, schema: .standard, progress: progress
    ) { (name) throws(FileFailure) in tables[name] }
    var catalog = reading.catalog(described: descriptor, description: carried)
    let prefix = path + (path.hasSuffix("/") ? "" : "/")
    catalog.nameSheets(path) { file in file.hasPrefix(prefix) ? String(file.dropFirst(prefix.count)) : nil }
    catalog.isWholeExport = TableKind.allCases.allSatisfy { sheets[$0] != nil }
    catalog.reportMissingSheets(otherSheets)
    for (kind, cells) in unreadable { catalog.report(cells, of: kind) }
    for (kind, ranges) in merged.sorted(by: { $0.key < $1.key }) {
      if let sheet = sheets[kind] { catalog.reportMerged(ranges, inSheet: sheet.name) }
    }
    return catalog
  }

  /// The tables whose sheets are missed if they are not there: those that every catalog needs, and those that the workbook's
  /// `datapackage.json` names with a file, as in a folder. A workbook that has lost its `datapackage.json` and still has
  /// three sheets besides the main two was one with all registers.
  private func expectedTables(_ descriptor: Descriptor) -> Set<TableKind> {
    let required = TableKind.allCases.filter(\.isRequired)
    if !descriptor.files.isEmpty { return Set(required).union(descriptor.files.keys) }
    let isWhole = TableKind.small.count { sheets[$0] != nil } >= 3
    return Set(required).union(isWhole && description == nil ? [.departments, .approvals, .lists] : [])
  }
}

extension Catalog {
  /// Makes the sources that are sheets of a workbook name it and the sheet.
  /// - Parameter sheet: the sheet, for the path of a source in messages; nil if it is another file.
  package mutating func nameSheets(_ path: String, _ sheet: (String) -> String?) {
    for index in sources.indices {
      guard let name = sheet(sources[index].file) else { continue }
      sources[index].file = path
      sources[index].sheet = name == Descriptor.fileName ? nil : name
    }
  }

  /// Makes a missing table a missing sheet.
  fileprivate mutating func reportMissingSheets(_ others: [String]) {
    for index in issues.indices {
      guard case .missingTable(let name) = issues[index].kind else { continue }
      issues[index].kind = .missingSheet(name, others: others)
    }
  }

  /// Makes the sources that are the table of a Word document name it.
  package mutating func nameWordTable(_ path: String, number: Int) {
    for index in sources.indices where sources[index].file == path {
      sources[index].sheet = "表\(number)"
      sources[index].wordTable = number
    }
  }

  /// Reports cells without a text, by their row and column from 0; nil if it is in no column of the table.
  fileprivate mutating func report(_ cells: [WorkbookTables.UnreadableCell], of kind: TableKind) {
    guard let source = sources.firstIndex(where: { $0.columns[kind] != nil && $0.csv != nil }),
      let csv = sources[source].csv, let columns = sources[source].columns[kind]
    else { return }
    if cells.isEmpty { return }
    var empty: [SourcePosition: Int] = [:]
    for (index, issue) in issues.enumerated() where issue.isEmptyCell { empty[issue.position] = index }
    var rest = cells[...]
    csv.forEachSheetRow { row, offset in
      while let cell = rest.first, cell.row <= row {
        rest.removeFirst()
        guard cell.row == row, let column = columns.firstIndex(of: cell.column) else { continue }
        let position = SourcePosition.cell(source: source, table: kind, column: column, row: offset)
        // A required cell without a text has been reported as empty: that is the same cause.
        if let known = empty[position] {
          issues[known].kind = .unreadableCell(cell.reason)
        } else {
          issues.append(ReadingIssue(.unreadableCell(cell.reason), at: position))
        }
      }
      return !rest.isEmpty
    }
  }

  /// Its `datapackage.json`, if the tables are under their standard names there; else nil.
  package var standardDescription: Bytes? {
    guard let description, let descriptor = try? Descriptor(json: description),
      descriptor.files.allSatisfy({ $0.key.fileName == $0.value })
    else { return nil }
    return description
  }
}

extension ReadingIssue {
  fileprivate var isEmptyCell: Bool {
    if case .missingValue = kind { true } else { false }
  }
}

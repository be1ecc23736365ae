import AtomicFiles
import CSVFormat
import Catalog
import Interchange
import WorkbookFormat

/// A table of a catalog as a sheet of a checked workbook, with its cells where they are in the table.
struct CheckedSheet {
  let kind: TableKind
  /// The name of the sheet in the checked workbook.
  let name: String
  /// The file and the sheet that it was read from, as positions name them.
  let file: String
  let sheet: String?
  let csv: CSVTable
  /// For each column of the schema, the cell of a row that holds it.
  private let columns: [Int]
  /// It is a list as a notice prints it: the first rows are titles.
  let isList: Bool
  /// The rows of matters or items by their id, where positions are lines of a document.
  private(set) var rows: [String: Int] = [:]

  /// The tables that a catalog was read from, in the order of their kinds; of an XML document those that it amounts to.
  static func sheets(of catalog: Catalog) -> [CheckedSheet] {
    if catalog.isUnreadable { return [] }
    let isDocument = if case .xml = catalog.origin { true } else { false }
    if isDocument || catalog.origin == .builtIn {
      return TableKind.allCases.compactMap { CheckedSheet(kind: $0, of: catalog, isDocument: isDocument) }
    }
    let isList = if case .csv = catalog.origin { true } else { false }
    var sheets: [CheckedSheet] = []
    for source in catalog.sources {
      guard let csv = source.csv, let kind = source.columns.keys.min(),
        !isList || source.file == catalog.origin.name, !sheets.contains(where: { $0.kind == kind })
      else { continue }
      sheets.append(
        CheckedSheet(
          kind: kind, name: source.sheet ?? (isList ? "清单" : kind.sheetName), file: source.file, sheet: source.sheet,
          csv: csv, columns: source.columns[kind] ?? [], isList: isList))
    }
    return sheets.sorted { $0.kind < $1.kind }
  }

  private init(
    kind: TableKind, name: String, file: String, sheet: String?, csv: CSVTable, columns: [Int], isList: Bool
  ) {
    self.kind = kind
    self.name = sheet == nil && name == WorkbookEditor.findingsName ? name + "-1" : name
    self.file = file
    self.sheet = sheet
    self.csv = csv
    self.columns = columns
    self.isList = isList
  }

  /// The table that a folder would have.
  private init?(kind: TableKind, of catalog: Catalog, isDocument: Bool) {
    let writer = ByteWriter.memory()
    guard (try? FolderWriter.writeTable(kind, of: catalog, to: writer)) != nil else { return nil }
    let file = isDocument ? "" : "built-in/" + kind.fileName
    let csv = CSVTable(file: file, bytes: Bytes(taking: writer.buffer))
    self.init(
      kind: kind, name: kind.sheetName, file: file, sheet: nil, csv: csv,
      columns: Array(catalog.schema.columns(kind).indices), isList: false)
    guard isDocument else { return }
    switch kind {
    case .matters:
      for (index, matter) in catalog.matters.enumerated() { rows[catalog.id(matter)] = index + 1 }
    case .items:
      for (index, item) in catalog.items.enumerated() { rows[catalog.id(item)] = index + 1 }
    default: break
    }
  }

  /// The header, its English names in Chinese.
  func titles(_ schema: CatalogSchema) -> [String] {
    guard !isList else { return csv.header }
    let declared = Dictionary(schema.columns(kind).map { ($0.name, $0.title) }) { first, _ in first }
    return csv.header.map { declared[$0] ?? $0 }
  }

  /// Calls `body` with the rows that are not empty: the number of each from 0, its texts, and whether it is the header.
  func forEachRow(_ body: (Int, [String], Bool) throws -> Void) rethrows {
    let index = RecordIndex(csv, lines: LineIndex(csv.bytes, start: csv.text.start))
    var reader = TableReader(csv.bytes, start: csv.text.start, separator: csv.separator)
    while reader.next() {
      let row = index.row(containing: reader.rowStart).number - 1
      try body(row, reader.cells.map { csv.string($0) }, !isList && reader.rowStart == csv.headerStart)
    }
  }
}

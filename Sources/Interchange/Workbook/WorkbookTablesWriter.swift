import AtomicFiles
import CSVFormat
import Catalog
import Localization
import WorkbookFormat

/// Writes a catalog as a workbook: a sheet that says what the others are for, a sheet for each table with the cells that
/// the table has in a folder, and, out of sight, the `datapackage.json` of the folder. So an import into a new folder gives
/// the same bytes again.
struct WorkbookTablesWriter {
  let catalog: Catalog

  init(_ catalog: Catalog) { self.catalog = catalog }

  func write(to writer: ByteWriter) throws {
    let workbook = try WorkbookWriter(isStreamed: true)
    try WorkbookGuide.write(catalog.schema, to: workbook)
    for kind in TableKind.allCases {
      let table = ByteWriter.memory()
      // A sheet has the optional columns as well, to be filled in: its cells are texts, so that no code is rounded.
      try FolderWriter.writeTable(kind, of: catalog, hasEveryColumn: true, to: table)
      try write(kind, Bytes(taking: table.buffer), to: workbook)
    }
    try writeDescription(to: workbook)
    try workbook.finish(to: writer)
  }

  private func write(_ kind: TableKind, _ table: Bytes, to workbook: WorkbookWriter) throws {
    let sheet = try workbook.addSheet(kind.sheetName)
    let columns = catalog.schema.columns(kind)
    var widths = ColumnWidths(columns.map(\.title))
    for (index, column) in columns.enumerated() {
      try workbook.write(column.title, to: sheet, row: 0, column: index, style: .heading)
      if let choice = choice(of: column) { try workbook.offer(choice, sheet, column: index) }
      try workbook.define("\(kind.name)_\(column.name)", sheet, column: index)
    }
    var rows = TableReader(table)
    var row = 0
    // The header, whose names the sheet has in Chinese.
    guard rows.next() else { return }
    while rows.next() {
      row += 1
      for (index, cell) in rows.cells.enumerated() where !cell.isEmpty {
        let text = UnsafeBufferPointer(rebasing: table.buffer[cell.start..<cell.end])
        widths.add(text, index)
        if cell.isEscaped {
          try CSVTable.unescaped(table, cell).withUnsafeBufferPointer {
            try workbook.write($0, to: sheet, row: row, column: index)
          }
        } else {
          try workbook.write(text, to: sheet, row: row, column: index)
        }
      }
    }
    for index in columns.indices { try workbook.setWidth(sheet, column: index, widths[index]) }
    try workbook.setHeader(sheet, columns: columns.count, rows: row + 1)
  }

  /// What a spreadsheet program offers for a column; every other text can be entered as well.
  private func choice(of column: Column) -> WorkbookWriter.Choice? {
    func ids(_ table: TableKind, _ name: String) -> WorkbookWriter.Choice? {
      catalog.schema.columns(table).firstIndex { $0.name == name }
        .map { .column(sheet: table.sheetName, column: $0) }
    }
    switch column.kind {
    case .reference(let table): return ids(table, catalog.schema.key(table).first ?? "id")
    case .audience, .audiences: return ids(.audiences, "id")
    case .departments: return ids(.departments, "short")
    case .approvals: return ids(.approvals, "name")
    case .flag: return .words(["yes"])
    case .level: return .words(Region.Level.allCases.map(\.name))
    case .state: return .words(Approval.State.allCases.map(\.name))
    default: return nil
    }
  }

  /// A cell holds 32,767 characters: the text is cut into pieces, one a row.
  private func writeDescription(to workbook: WorkbookWriter) throws {
    guard let description = try FolderDescription.own(of: catalog), !description.isEmpty else { return }
    let sheet = try workbook.addSheet(WorkbookCatalogReader.descriptionSheet)
    workbook.hide(sheet)
    let scalars = Array(String(decoding: description, as: UTF8.self).unicodeScalars)
    for (row, start) in stride(from: 0, to: scalars.count, by: 10_000).enumerated() {
      var piece = String.UnicodeScalarView()
      piece.append(contentsOf: scalars[start..<min(start + 10_000, scalars.count)])
      try workbook.write(String(piece), to: sheet, row: row, column: 0)
    }
  }
}

/// How wide the columns of a sheet have to be for their texts.
package struct ColumnWidths {
  private var widths: [Int]

  package init(_ titles: [String]) {
    // Room for the arrow of the filter.
    widths = titles.map { DisplayWidth.of($0) + 4 }
  }

  /// Takes a text into account: a character of three bytes or more is two columns wide.
  package mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ column: Int) {
    guard column < widths.count, widths[column] < ColumnWidths.most else { return }
    var width = 2
    for byte in text {
      if byte < 0x80 || byte & 0xE0 == 0xC0 { width += 1 } else if byte >= 0xE0 { width += 2 }
      if width >= ColumnWidths.most { break }
    }
    widths[column] = max(widths[column], width)
  }

  /// Wider columns push the others off the screen.
  private static let most = 60

  package subscript(column: Int) -> Int { min(widths[column], ColumnWidths.most) }
}

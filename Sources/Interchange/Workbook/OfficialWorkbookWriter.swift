import AtomicFiles
import CSVFormat
import Catalog
import WorkbookFormat

/// Writes a list as a workbook in the layout of the notice's annex: the title above, and the cells of a matter merged over
/// the rows of its items.
struct OfficialWorkbookWriter {
  private let request: ExportRequest

  init(_ request: ExportRequest) { self.request = request }

  /// The columns of an item; all others belong to the matter.
  private static let itemColumns: Set<Int> = [
    ListHeading.Column.item.rawValue, ListHeading.Column.responsible.rawValue,
  ]
  /// In characters, in the order of `ListHeading.Column`.
  private static let widths = [6, 8, 32, 44, 20, 24, 18, 36]

  func write(to writer: ByteWriter) throws {
    let table = ByteWriter.memory()
    try OfficialListWriter(request, CSVOptions(), to: table).write()
    let csv = CSVTable(file: "", bytes: Bytes(taking: table.buffer))
    let workbook = try WorkbookWriter()
    let list = request.list.map { request.catalog.lists[$0] }
    let sheet = try workbook.addSheet(OfficialWorkbookWriter.sheetName(list?.annex ?? ""))
    let columns = csv.header.count
    try workbook.merge(
      list?.title ?? "", in: sheet, rows: 0...0, columns: 0...(columns - 1), style: .boxedHeading)
    for (index, title) in csv.header.enumerated() {
      try workbook.write(title, to: sheet, row: 1, column: index, style: .boxedHeading)
    }
    let isWanted = request.selection.filter(of: request.catalog)
    var rows = csv.rows()
    var row = 2
    for matter in request.catalog.matters where isWanted(matter) {
      let count = max(1, matter.items.count)
      for index in 0..<count {
        guard rows.next() else { break }
        for (column, cell) in rows.cells.enumerated() {
          let text = csv.string(cell)
          if OfficialWorkbookWriter.itemColumns.contains(column) {
            try workbook.write(text, to: sheet, row: row + index, column: column, style: .boxed)
          } else if index == 0 {
            try workbook.merge(
              text, in: sheet, rows: row...(row + count - 1), columns: column...column, style: .boxed)
          }
        }
      }
      row += count
    }
    for column in 0..<columns {
      let width = column < OfficialWorkbookWriter.widths.count ? OfficialWorkbookWriter.widths[column] : 20
      try workbook.setWidth(sheet, column: column, width)
    }
    try workbook.setHeader(sheet, frozen: 2, columns: 0, rows: 0)
    try workbook.finish(to: writer)
  }

  /// A name of a sheet has at most 31 characters, and none of `[]:*?/\` (ECMA-376; Excel).
  private static func sheetName(_ annex: String) -> String {
    let name = String(annex.filter { !"[]:*?/\\'".contains($0) }.prefix(20))
    return name.isEmpty ? "清单" : name
  }
}

import AtomicFiles
import CSVFormat
import Catalog
import Localization

/// An export that has been found to be possible: everything that the format holds of the catalog, or of the part that is
/// selected, can be written, and nothing of it is lost. It is the only way to a writer.
///
/// ```swift
/// let request = try ExportRequest(catalog, Selection(list: 1), as: .xml())
/// try request.write(to: ByteWriter.standardOutput())
/// ```
package struct ExportRequest: Sendable {
  package let selected: Selected
  package let selection: Selection
  package let format: ExportFormat
  /// Whether each matter is written with its `ContentHash`.
  package var hasHashes = false
  /// For the official layout, the index of the list that is written.
  let list: Int?

  package var catalog: Catalog { selected.catalog }

  /// - Throws: `ExportRefusal` with the reason; nothing has been written.
  package init(
    _ catalog: Catalog, _ selection: Selection = .everything, as format: ExportFormat
  ) throws(ExportRefusal) {
    guard !catalog.isUnreadable else { throw .unreadable(catalog.origin.name) }
    if let conflicts = UnresolvedConflicts(in: catalog, tables: format.tables) { throw .conflicts(conflicts) }
    if let lost = LostCells(in: catalog, selection, tables: format.tables) { throw .lostCells(lost) }
    if let dangling = DanglingRows(in: catalog, selection) { throw .danglingRows(dangling) }
    self.selection = selection
    self.format = format
    selected = selection.applied(to: catalog)
    switch format {
    case .xml:
      list = nil
      if let problem = XMLWritability.problem(of: selected) { throw .unwritable(problem) }
    case .json:
      list = nil
    case .flatCSV(let options):
      list = nil
      try ExportRequest.check(catalog, options)
    case .workbook:
      list = nil
      guard selection.isEverything else { throw .partialWorkbook }
      // A workbook is XML as well, and no text of it may have a character that XML cannot hold.
      if let problem = XMLWritability.problem(of: selected) { throw .unwritable(problem) }
    case .officialWorkbook:
      list = try ExportRequest.list(of: catalog, selection)
      try ExportRequest.check(catalog, CSVOptions())
      if let problem = XMLWritability.problem(ofList: selected) { throw .unwritable(problem) }
    case .officialCSV(let options):
      list = try ExportRequest.list(of: catalog, selection)
      try ExportRequest.check(catalog, options)
    }
  }

  /// Writes the export. The caller flushes the writer.
  /// - Throws: what the writer throws.
  package func write(to writer: ByteWriter) throws {
    switch format {
    case .xml(let isExpanded):
      try XMLDocumentWriter(self, isExpanded: isExpanded, hasHashes: hasHashes, writer: writer).write()
    case .flatCSV(let options): try FlatListWriter(self, options, to: writer).write()
    case .officialCSV(let options): try OfficialListWriter(self, options, to: writer).write()
    case .workbook: try WorkbookTablesWriter(catalog).write(to: writer)
    case .officialWorkbook: try OfficialWorkbookWriter(self).write(to: writer)
    case .json: try JSONDocumentWriter(self, to: writer).write()
    }
  }

  /// The list that the official layout is to have: the one selected, or the only one that has matters.
  private static func list(of catalog: Catalog, _ selection: Selection) throws(ExportRefusal) -> Int? {
    if let list = selection.list { return list }
    let used = Set(catalog.matters.compactMap(\.list))
    let lists = used.isEmpty ? Array(catalog.lists.indices) : used.sorted()
    if lists.count > 1 { throw .chooseList(lists.map { catalog.lists[$0].id }) }
    return lists.first
  }

  private static func check(_ catalog: Catalog, _ options: CSVOptions) throws(ExportRefusal) {
    if options.byteOrderMark, options.encoding != .utf8 { throw .markOutsideUTF8 }
    let isUnknown = { (matter: Matter) in
      matter.id.isEmpty && matter.list == nil && matter.number == nil && matter.name.isEmpty
    }
    guard let matter = catalog.matters.first(where: isUnknown) else { return }
    let location = Locator(catalog).locate(catalog.position(matter))
    throw .unreadRow(file: location?.file ?? catalog.origin.name, line: location?.line ?? 1)
  }
}

/// Why a catalog is not exported. Nothing has been written.
package enum ExportRefusal: LocalizedFailure, Hashable {
  /// It could not be read as a catalog.
  case unreadable(String)
  /// Two editions of some rows contradict each other.
  case conflicts(UnresolvedConflicts)
  /// Cells of it could not be read.
  case lostCells(LostCells)
  /// Rows of it name a matter that is not there.
  case danglingRows(DanglingRows)
  /// The exchange format cannot hold some of its values.
  case unwritable(UnwritableCatalog)
  /// The official layout holds one list, and the catalog has several.
  case chooseList([String])
  /// A byte order mark belongs to UTF-8.
  case markOutsideUTF8
  /// A workbook of tables holds the whole catalog.
  case partialWorkbook
  /// A row of which nothing is known that it could be found by again: it would be written blank.
  case unreadRow(file: String, line: Int)

  /// The request itself is at fault, not the catalog: wrong usage.
  package var isUsage: Bool {
    switch self {
    case .chooseList, .markOutsideUTF8, .partialWorkbook: true
    case .unreadable, .conflicts, .lostCells, .danglingRows, .unwritable, .unreadRow: false
    }
  }

  package var explanation: LocalizedText {
    switch self {
    case .unreadable(let name):
      return LocalizedText(
        zh: "没有导出：\(name) 无法作为目录读取，请先用 `onevisit validate \(name)` 检查。",
        en: "nothing exported: \(name) cannot be read as a catalog; check it with `onevisit validate \(name)` first.")
    case .conflicts(let conflicts): return conflicts.explanation
    case .lostCells(let lost): return lost.explanation
    case .danglingRows(let dangling): return dangling.explanation
    case .unwritable(let problem): return problem.explanation
    case .chooseList(let ids):
      return LocalizedText(
        zh: "官方版式一张表只放一份清单，目录中有 \(ids.count) 份。请用 --list 指定：\(ids.joined(separator: "、"))。",
        en: "the official layout holds one list, and the catalog has \(ids.count). Choose with --list: "
          + ids.joined(separator: ", ") + ".")
    case .markOutsideUTF8:
      return LocalizedText(
        zh: "--bom 只用于 UTF-8；GB18030 不需要标记，Excel 可直接打开。请去掉其中一个选项。",
        en: "--bom is for UTF-8 alone; a Chinese Excel opens GB18030 without a mark. Leave one of the two out.")
    case .partialWorkbook:
      return LocalizedText(
        zh: "工作簿总是放整份目录，以便原样导入。要只给出一份清单，请加 --layout official；要只给出一部分，请导出为 CSV。",
        en:
          "a workbook holds the whole catalog, so that it can be imported as it was. For one list add --layout official; "
          + "for a part export CSV.")
    case .unreadRow(let file, let line):
      return LocalizedText(
        zh: "没有导出：\(file) 第 \(line) 行的编号、清单、序号和名称都读不出，导出会丢失这一行。请先修正；`onevisit validate` 会说明原因。",
        en: "nothing exported: neither id, list, number nor name of line \(line) in \(file) could be read, and the row "
          + "would be lost. Fix it first; `onevisit validate` shows what is wrong.")
    }
  }
}

import AtomicFiles
import CSVFormat
import Catalog
import Localization
import WorkbookFormat

/// Reads a workbook: one with the sheets of a catalog as a folder is read, any other as a list in the layout of a notice.
package enum WorkbookCatalogReader {
  /// - Parameters:
  ///   - file: the path for messages.
  ///   - base: the catalog whose registers a list is read with; nil for the built-in one.
  package static func read(
    file: String, bytes: Bytes, base: Catalog?, options: CSVListOptions, progress: WorkProgress?
  ) -> Catalog {
    do throws(WorkbookFailure) {
      let reader = try WorkbookReader(bytes)
      let tables = kinds(of: reader.sheets)
      // A workbook with several tables of a catalog is none with a list, even where its two main sheets have been renamed.
      if tables.count > 2, tables[.matters] == nil, tables[.items] == nil {
        let (problem, fix) = explanation(of: [], reader.sheets)
        return XMLCatalogReader.unreadable(file, problem, fix: fix)
      }
      var catalog =
        tables[.matters] != nil || tables[.items] != nil
        ? try readTables(tables, reader, file, progress) : try readList(reader, file, base, options)
      catalog.workbook = bytes
      return catalog
    } catch {
      if error.kind == .document { return WordListReader.read(file: file, bytes: bytes, base: base, options: options) }
      let (problem, fix) = OfficeName(file)?.explaining(error) ?? (error.problem, error.fix)
      return XMLCatalogReader.unreadable(file, problem, fix: fix)
    }
  }

  /// The sheet that carries `datapackage.json`.
  static let descriptionSheet = Descriptor.fileName

  /// The sheets that are tables of a catalog, by their Chinese or English names.
  private static func kinds(of sheets: [WorkbookReader.Sheet]) -> [TableKind: WorkbookReader.Sheet] {
    var found: [TableKind: WorkbookReader.Sheet] = [:]
    for sheet in sheets {
      let name = sheet.name.trimmingBlanks
      let kind = TableKind.allCases.first { kind in
        [kind.sheetName, kind.title.zh, kind.name].contains(name.lowercased())
      }
      if let kind, found[kind] == nil { found[kind] = sheet }
    }
    return found
  }

  private static func readTables(
    _ sheets: [TableKind: WorkbookReader.Sheet], _ reader: WorkbookReader, _ file: String, _ progress: WorkProgress?
  ) throws(WorkbookFailure) -> Catalog {
    var tables = WorkbookTables(path: file)
    var notes: [LocalizedText] = []
    for (kind, sheet) in sheets.sorted(by: { $0.key < $1.key }) {
      let content = try reader.read(sheet)
      tables.sheets[kind] = WorkbookTables.Sheet(name: sheet.name, table: content.table)
      tables.unreadable[kind] = content.unreadable.map { cell in
        WorkbookTables.UnreadableCell(row: cell.row, column: cell.column, reason: cell.reason.issue)
      }
      tables.merged[kind] = content.merged
      notes += self.notes(on: sheet, content)
    }
    if let sheet = reader.sheets.first(where: { $0.name == descriptionSheet }) {
      tables.description = description(in: try reader.read(sheet).table)
    }
    let known = Set(sheets.values.map(\.name))
    tables.otherSheets = reader.sheets.map(\.name).filter {
      !known.contains($0) && $0 != descriptionSheet && $0 != WorkbookGuide.sheetName
        && !$0.hasPrefix(WorkbookEditor.findingsName)
    }
    var catalog = tables.catalog(progress: progress)
    catalog.readingNotes = notes
    return catalog
  }

  /// The text that a sheet has in pieces, one a row.
  private static func description(in table: Bytes) -> Bytes {
    let text = ByteBuffer()
    var rows = TableReader(table)
    while rows.next() {
      guard let cell = rows.cells.first else { continue }
      let range = cell.start..<cell.end
      if cell.isEscaped {
        text.append(CSVTable.unescaped(table, cell))
      } else {
        text.append(UnsafeBufferPointer(rebasing: table.buffer[range]))
      }
    }
    return Bytes(taking: text)
  }

  // MARK: A list

  private static func readList(
    _ reader: WorkbookReader, _ file: String, _ base: Catalog?, _ options: CSVListOptions
  ) throws(WorkbookFailure) -> Catalog {
    let base = base ?? FolderReader.builtIn()
    var options = options
    options.encoding = .utf8
    var found: [(sheet: WorkbookReader.Sheet, content: SheetContent, catalog: Catalog)] = []
    var nearly: (problem: LocalizedText, fix: LocalizedText)?
    for sheet in reader.sheets {
      let content = try reader.read(sheet)
      if content.isListOfFindings { continue }
      let catalog = CSVListReader.read(file: file, bytes: content.table, base: base, options: options)
      if !catalog.isUnreadable {
        found.append((sheet, content, catalog))
      } else if nearly == nil {
        nearly = nearHeader(sheet.name, content.table)
      }
    }
    if found.isEmpty, let nearly { return XMLCatalogReader.unreadable(file, nearly.problem, fix: nearly.fix) }
    // Any number may be asked for, also the least one, from which 1 cannot be taken.
    let index = options.table.map { $0 &- 1 } ?? 0
    guard found.indices.contains(index), found.count == 1 || options.table != nil else {
      let (problem, fix) = explanation(of: found.map(\.sheet.name), reader.sheets)
      return XMLCatalogReader.unreadable(file, problem, fix: fix)
    }
    var (sheet, content, catalog) = found[index]
    catalog.nameSheets(file) { $0 == file ? sheet.name : nil }
    catalog.reportMerged(content.merged, inSheet: sheet.name)
    catalog.readingNotes = notes(on: sheet, content)
    if options.list == nil { catalog.noteLists() }
    if let cell = content.unreadable.first {
      let address = sheet.name + "!" + WorkbookWriter.letters(cell.column) + String(cell.row + 1)
      let reason = cell.reason.explanation
      catalog.readingNotes.append(
        LocalizedText(
          zh: "\(content.unreadable.count) 个单元格没有可读的文字，当作空白；第一个是 \(address)：\(reason.zh)",
          en:
            "\(content.unreadable.count) cells have no text that can be read and count as empty; the first is \(address): \(reason.en)"
        ))
    }
    return catalog
  }

  /// How many rows of a sheet may come before the header.
  private static let rowsAboveHeader = 20

  /// What a sheet lacks whose header is recognised but for one or two headings; nil of any other sheet.
  private static func nearHeader(_ sheet: String, _ table: Bytes) -> (problem: LocalizedText, fix: LocalizedText)? {
    let csv = CSVTable(file: "", bytes: table)
    var result: (problem: LocalizedText, fix: LocalizedText)?
    csv.forEachSheetRow { row, offset in
      guard row < rowsAboveHeader else { return false }
      let titles = csv.cells(ofRowAt: offset).map { csv.string($0) }
      guard let lacking = ListHeading.lacking(titles) else { return true }
      let missing = lacking.columns.map { ListHeading.expected[$0.rawValue] }
      let strange = lacking.unrecognised.prefix(5).map { "“\($0)”" }
      let (zh, en) = (missing.joined(separator: "、"), missing.joined(separator: ", "))
      result = (
        LocalizedText(
          zh: "工作表“\(sheet)”第 \(row + 1) 行像是清单的表头，但其中没有可以识别的\(zh)列"
            + (strange.isEmpty ? "。" : "；无法识别的列名：\(strange.joined(separator: "、"))。"),
          en:
            "row \(row + 1) of the sheet “\(sheet)” looks like the header of a list, but has no heading that is recognised as "
            + en + (strange.isEmpty ? "." : "; not recognised: \(strange.joined(separator: ", ")).")),
        LocalizedText(
          zh: "把该列的列名改为：\(zh)。", en: "Change the heading of that column to: \(en).")
      )
      return false
    }
    return result
  }

  /// Why no list was chosen, and what to do.
  private static func explanation(
    of lists: [String], _ sheets: [WorkbookReader.Sheet]
  ) -> (LocalizedText, fix: LocalizedText) {
    let sheets = sheets.map(\.name).filter { $0 != descriptionSheet }
    guard !lists.isEmpty else {
      return (
        LocalizedText(
          zh: "工作簿中既没有目录的工作表“事项”“关联事项”，也没有表头可以识别的清单。现有工作表：\(sheets.joined(separator: "、"))。",
          en: "the workbook has neither the sheets of a catalog, 事项 and 关联事项, nor a list with headings that are "
            + "recognised. Its sheets: \(sheets.joined(separator: ", "))."),
        LocalizedText(
          zh: "工作表改过名的，改回“事项”“关联事项”；清单的表头应有序号、类型、“一件事一次办”名称、关联事项、牵头部门、责任部门等列名。",
          en: "Change the names of renamed sheets back to 事项 and 关联事项; a list needs the headings 序号, 类型, "
            + "“一件事一次办”名称, 关联事项, 牵头部门, 责任部门 …")
      )
    }
    let numbered = lists.enumerated().map { "\($0.offset + 1) \($0.element)" }
    return (
      LocalizedText(
        zh: "工作簿中有 \(lists.count) 份清单：\(numbered.joined(separator: "、"))。",
        en: "the workbook has \(lists.count) \(lists.count == 1 ? "list" : "lists"): "
          + numbered.joined(separator: ", ") + "."),
      LocalizedText(
        zh: "请用 --table 指定其中一份，如 --table 1。", en: "Choose one of them with --table, such as --table 1.")
    )
  }

  // MARK: Notes

  /// How many merged ranges a note names.
  private static let shownRanges = 5

  private static func notes(on sheet: WorkbookReader.Sheet, _ content: SheetContent) -> [LocalizedText] {
    var notes: [LocalizedText] = []
    if sheet.isHidden {
      notes.append(
        LocalizedText(zh: "工作表“\(sheet.name)”是隐藏的，也已读取", en: "the sheet “\(sheet.name)” is hidden; it was read too"))
    }
    if content.hiddenRows > 0 {
      notes.append(
        LocalizedText(
          zh: "工作表“\(sheet.name)”有 \(content.hiddenRows) 行是隐藏的，也已读取",
          en: "hidden rows in the sheet “\(sheet.name)”: \(content.hiddenRows); they were read too"))
    }
    let merged = content.merged
    if !merged.isEmpty {
      let shown = merged.prefix(shownRanges).map(\.text)
      let hasMore = merged.count > shownRanges
      notes.append(
        LocalizedText(
          zh: "工作表“\(sheet.name)”有 \(merged.count) 处合并单元格（\(shown.joined(separator: "、"))\(hasMore ? " 等" : "")），"
            + "文字只属于其左上角的单元格",
          en: "merged cells in the sheet “\(sheet.name)”: \(merged.count) (\(shown.joined(separator: ", "))"
            + "\(hasMore ? " …" : "")); a text belongs to the first cell alone"))
    }
    return notes
  }
}

extension SheetContent {
  fileprivate var merged: [MergedRange] {
    mergedRanges.map { MergedRange(rows: $0.rows, columns: $0.columns) }
  }
}

extension SheetContent.UnreadableCell.Reason {
  fileprivate var issue: ReadingIssue.UnreadableCell {
    switch self {
    case .formula: .formula
    case .error(let text): .error(text)
    case .picture: .picture
    }
  }
  fileprivate var explanation: LocalizedText {
    switch self {
    case .formula:
      LocalizedText(
        zh: "单元格是公式，文件里没有它的结果。请用 Excel 打开后保存，或改填文字",
        en: "the cell is a formula whose result is not in the file; open the file in Excel and save it, or enter a text"
      )
    case .error(let text):
      LocalizedText(
        zh: "单元格的公式出错（\(text)）。请改填文字", en: "the formula of the cell ended in an error (\(text)); enter a text")
    case .picture:
      LocalizedText(
        zh: "单元格里是图片（DISPIMG），不是文字。请改填文字", en: "the cell holds a picture (DISPIMG), no text; enter a text")
    }
  }
}

import AtomicFiles
import CSVFormat
import Catalog
import Localization
import WorkbookFormat

/// Reads a list from a Word document (.docx): the table whose headings are those of a list.
enum WordListReader {
  /// - Parameters:
  ///   - file: the path for messages.
  ///   - base: the catalog whose registers the list is read with; nil for the built-in one.
  static func read(file: String, bytes: Bytes, base: Catalog?, options: CSVListOptions) -> Catalog {
    do throws(WorkbookFailure) {
      let content = try WordReader.read(bytes)
      let base = base ?? FolderReader.builtIn()
      switch table(in: content, options.table, base.schema) {
      case .success(let table): return list(in: table, of: content, file, base, options)
      case .failure(let refusal):
        return XMLCatalogReader.unreadable(file, refusal.problem, fix: refusal.fix)
      }
    } catch {
      return XMLCatalogReader.unreadable(file, error.problem, fix: error.fix)
    }
  }

  // MARK: The table

  private struct Refusal: Error {
    var problem: LocalizedText
    var fix: LocalizedText
  }

  /// The table that is asked for, or the only one with the headings of a list.
  private static func table(
    in content: WordContent, _ wanted: Int?, _ schema: CatalogSchema
  ) -> Result<WordTable, Refusal> {
    guard !content.tables.isEmpty else { return .failure(noTable(content)) }
    let fitting = content.tables.filter {
      ListContext.hasOfficialHeader(CSVTable(file: "", bytes: $0.table, encoding: .utf8), schema)
    }
    let chosen = wanted.map { number in fitting.filter { $0.number == number } } ?? fitting
    guard chosen.count == 1, let table = chosen.first else {
      return .failure(noChoice(wanted, of: fitting, WordTableListing(content.tables, fitting)))
    }
    if wanted == nil, let next = content.tables.first(where: { $0.number == table.number + 1 }),
      !fitting.contains(where: { $0.number == next.number }), isContinuation(next, of: table)
    {
      return .failure(unreadContinuation(next, of: table))
    }
    return .success(table)
  }

  private static func unreadContinuation(_ next: WordTable, of table: WordTable) -> Refusal {
    Refusal(
      problem: LocalizedText(
        zh: "表\(next.number) 与表\(table.number) 栏数相同而没有表头，可能是同一份清单的下一页，不会被读取。",
        en:
          "table \(next.number) has as many columns as table \(table.number) and no headings: it may be the next page of the list, and would not be read."
      ),
      fix: LocalizedText(
        zh: "是同一份清单的，请在 Word 中删去两张表之间的段落，使它们合成一张表；不是的，用 `--table \(table.number)` 指定。",
        en:
          "If it is, delete the paragraphs between the two in Word, so that they become one table; if not, choose with `--table \(table.number)`."
      ))
  }

  /// Why it is not clear which table is meant.
  /// - Parameters:
  ///   - wanted: the number that was asked for.
  ///   - fitting: the tables with the headings of a list.
  private static func noChoice(_ wanted: Int?, of fitting: [WordTable], _ listing: WordTableListing) -> Refusal {
    if fitting.isEmpty {
      return Refusal(
        problem: LocalizedText(
          zh: "文档中没有表头可以识别的清单（序号、类型、名称、关联事项、牵头部门等）。\(listing.text.zh)",
          en:
            "the document has no list with headings that are recognised (序号, 类型, 名称, 关联事项, 牵头部门 …). \(listing.text.en)"
        ),
        fix: LocalizedText(
          zh: "请核对文件，或在 Word 中改正表头。",
          en: "Check that it is the right file, or correct the headings in Word."))
    }
    if let wanted {
      let numbers = fitting.map { "\($0.number)" }
      return Refusal(
        problem: LocalizedText(
          zh: "表\(wanted) 不是清单，或者没有这张表。\(listing.text.zh)",
          en: "table \(wanted) is not a list, or there is no such table. \(listing.text.en)"),
        fix: LocalizedText(
          zh: "请用 `--table` 指定：\(numbers.joined(separator: "、"))。",
          en: "Choose with `--table`: \(numbers.joined(separator: ", "))."))
    }
    return Refusal(
      problem: LocalizedText(
        zh: "文档中有 \(fitting.count) 份清单。\(listing.text.zh)",
        en: "the document has \(fitting.count) lists. \(listing.text.en)"),
      fix: LocalizedText(
        zh: "请用 `--table 表号` 指定一张；如果它们是同一份清单的各页，请先在 Word 中合成一张表。",
        en:
          "Choose one with `--table N`; if they are the pages of one list, make them one table in Word first."
      ))
  }

  /// Whether a table goes on with the rows of the one before it: as wide, but for empty cells at its right, and its first cell is
  /// empty or a number.
  private static func isContinuation(_ next: WordTable, of table: WordTable) -> Bool {
    func width(_ table: WordTable) -> Int {
      var reader = TableReader(table.table)
      return reader.next() ? reader.cells.count : 0
    }
    var rows = TableReader(next.table)
    guard (width(table) - 2...width(table)).contains(width(next)), rows.next(), let first = rows.cells.first else {
      return false
    }
    return next.table.buffer[first.start..<first.end].allSatisfy { (0x30...0x39).contains($0) || $0 == 0x20 }
  }

  private static func noTable(_ content: WordContent) -> Refusal {
    if content.textBoxes > 0 {
      return Refusal(
        problem: LocalizedText(
          zh: "文档的正文里没有表格，有 \(content.textBoxes) 个文本框没有读取。",
          en: "the text of the document has no table; text boxes, which are not read: \(content.textBoxes)."),
        fix: LocalizedText(zh: "请把清单的表格移到正文中。", en: "Move the table of the list into the text."))
    }
    return Refusal(
      problem: LocalizedText(zh: "文档中没有表格。", en: "the document has no table."),
      fix: LocalizedText(
        zh: "如果清单是图片，或用制表符排成，请在 Word 中转换为表格；也可能清单在另一个附件里。",
        en:
          "If the list is a picture or set with tabs, convert it to a table in Word; or the list is in another annex."))
  }

  // MARK: The list

  private static func list(
    in table: WordTable, of content: WordContent, _ file: String, _ base: Catalog, _ options: CSVListOptions
  ) -> Catalog {
    let before = content.tables.prefix { $0.number < table.number }.last?.paragraphsAbove ?? 0
    var options = options
    options.encoding = .utf8
    options.list = options.list ?? options.documentList
    options.document = CSVListOptions.DocumentTable(
      titles: ListTitle.lines(above: content.paragraphs[before..<table.paragraphsAbove]), continued: table.continued)
    var catalog = CSVListReader.read(file: file, bytes: table.table, base: base, options: options)
    catalog.nameWordTable(file, number: table.number)
    catalog.readingNotes = notes(on: content, table)
    if options.list == nil { catalog.noteLists() }
    if content.trackedChanges > 0, let source = catalog.sources.firstIndex(where: { $0.wordTable != nil }) {
      // The row of the headings, so that the table is named in the language of the message.
      let header = catalog.sources[source].csv?.headerStart ?? 0
      catalog = catalog.adding([
        ReadingIssue(
          .unacceptedChanges(content.trackedChanges, first: content.firstChange?.text),
          at: .row(source: source, table: .matters, offset: header))
      ])
    }
    if let notice = NoticeText(content.paragraphs[..<table.paragraphsAbove]) {
      if options.list == nil,
        let list = NoticeProposal.otherList(notice, in: catalog, isImport: options.isImport)
      {
        return XMLCatalogReader.unreadable(file, list.problem, fix: list.fix)
      }
      if options.isImport { catalog.proposals = NoticeProposal(notice, for: catalog).lines }
    }
    return catalog
  }

  private static func notes(on content: WordContent, _ table: WordTable) -> [LocalizedText] {
    var notes: [LocalizedText] = []
    func note(_ zh: String, _ en: String) { notes.append(LocalizedText(zh: zh, en: en)) }
    if content.hiddenTexts > 0 {
      note(
        "文档有 \(content.hiddenTexts) 处隐藏文字，没有读取",
        "pieces of hidden text in the document, which were not read: \(content.hiddenTexts)")
    }
    if content.nestedTables > 0 {
      let first = content.nestedPositions.first?.text
      note(
        "文档有 \(content.nestedTables) 张表嵌套在单元格里，没有读取" + (first.map { "；第一张在\($0.zh)" } ?? ""),
        "tables within cells, which were not read: \(content.nestedTables)"
          + (first.map { "; the first is in \($0.en)" } ?? "")
      )
    }
    let others = content.tables.count - 1
    if others > 0 {
      note(
        "读取的是表\(table.number)，文档中另有 \(others) 张表",
        "read table \(table.number); other tables in the document: \(others)")
    }
    return notes
  }
}

extension WordPosition {
  fileprivate var text: LocalizedText { Location.WordCell(table: table, row: row, column: column).text }
}

/// The tables of a document in a message: number, rows and first headings.
struct WordTableListing {
  private let tables: [WordTable]
  private let fitting: Set<Int>
  private static let limit = 12

  init(_ tables: [WordTable], _ fitting: [WordTable]) {
    self.tables = tables
    self.fitting = Set(fitting.map(\.number))
  }

  var text: LocalizedText {
    // Those with the headings of a list come first where there are too many.
    let chosen = tables.filter { fitting.contains($0.number) } + tables.filter { !fitting.contains($0.number) }
    let shown = chosen.prefix(WordTableListing.limit).sorted { $0.number < $1.number }
    let rest = tables.count - shown.count
    let zh = shown.map { "表\($0.number)（\($0.rows) 行）：\(headings(of: $0, "、"))" }
    let en = shown.map { "table \($0.number) (rows: \($0.rows)): \(headings(of: $0, ", "))" }
    return LocalizedText(
      zh: zh.joined(separator: "；") + (rest > 0 ? "；另有 \(rest) 张表" : "") + "。",
      en: en.joined(separator: "; ") + (rest > 0 ? "; further tables: \(rest)" : "") + ".")
  }

  /// The first texts of the first row with more than one.
  private func headings(of table: WordTable, _ separator: String) -> String {
    let csv = CSVTable(file: "", bytes: table.table, encoding: .utf8)
    var rows = csv.rows()
    rows.move(to: csv.headerStart)
    var best: [String] = []
    for _ in 0..<5 {
      guard rows.next() else { break }
      let texts = rows.cells.map { WrappedLines.joined(WrappedLines.lines(csv.string($0))) }.filter { !$0.isEmpty }
      if texts.count > best.count { best = texts }
      if texts.count > 2 { break }
    }
    let shown = best.prefix(4).map { $0.count > 16 ? $0.prefix(15) + "…" : $0 }
    return shown.isEmpty ? "—" : shown.joined(separator: separator) + (best.count > 4 ? "…" : "")
  }
}

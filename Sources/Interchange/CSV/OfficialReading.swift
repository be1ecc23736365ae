import AtomicFiles
import CSVFormat
import Catalog
import Localization

/// One reading of a list in the official layout.
final class OfficialReading {
  private let csv: CSVTable
  private let context: ListContext
  private let builder: CatalogBuilder

  private var heading: ListHeading?
  /// The texts above the headers.
  private var titles: Set<String> = []
  /// The compact headings of all headers.
  private var headings: Set<String> = []
  private var source = 0
  private var list = 0
  /// How many lists have begun.
  private var sectionCount = 0
  /// How often the header has changed. A notice has only a few lists, so the number is limited.
  private var changes = 0
  private static let changeLimit = 100
  /// The matters read, and the one being read.
  private var drafts: [OfficialDraft] = []
  private var current: OfficialDraft?
  /// The notes below the tables, by the index of their list.
  private var notes: [Int: [String]] = [:]
  private let names: OfficialNames
  private let furtherColumns: [Column]
  private let empty = OfficialCell("")
  /// The distinct cells, by the number of their bytes.
  private let cellBytes = ByteInterner()
  private var cellTexts: [OfficialCell] = []
  /// The cells of a document whose lines have been joined, by their text.
  private var unwrapped: [String: OfficialCell] = [:]
  private let wrapped: WrappedLines
  private let splits: SplitCells

  init(_ csv: CSVTable, _ context: ListContext) {
    self.csv = csv
    self.context = context
    builder = context.builder
    names = OfficialNames(context.base)
    wrapped = WrappedLines(names: names)
    splits = SplitCells(context: context, names: names)
    furtherColumns = context.builder.schema.extraMatterColumns
  }

  // MARK: Header

  /// Continues under a header: with the same list, or with another one if the deadline or remark heading differs.
  func open(_ heading: ListHeading, titles above: [String], at start: Int) {
    if let old = self.heading, old.deadlineTitle == heading.deadlineTitle, old.remarkTitle == heading.remarkTitle {
      // The list continues on the next page, where the order of the columns may differ.
      if old.cells != heading.cells || old.further != heading.further {
        guard mayChange(at: start) else { return }
        source = addSource(heading)
      }
      self.heading = heading
      return
    }
    finishMatter()
    guard mayChange(at: start) else { return }
    sectionCount += 1
    source = addSource(heading)
    if sectionCount == 1 { context.reportEncoding(source) }
    self.heading = heading
    titles.formUnion(above)
    let position = SourcePosition.row(source: source, table: .matters, offset: start)
    for column in heading.missing {
      builder.issues.append(ReadingIssue(.missingColumn(ListHeading.expected[column.rawValue]), at: position))
    }
    let cells = csv.cells(ofRowAt: start)
    headings.formUnion(cells.map { ListHeading.compact(csv.string($0)) }.filter { !$0.isEmpty })
    for cell in cellTexts { cell.isHeading = nil }
    for (cell, isRepeated) in heading.unrecognised.map({ ($0, false) }) + heading.repeated.map({ ($0, true) }) {
      guard cells.indices.contains(cell) else { continue }
      let title = csv.string(cells[cell]).trimmingBlanks
      builder.issues.append(
        ReadingIssue(
          isRepeated ? .repeatedColumn(title) : .unknownColumn(title, nearest: nil),
          at: .byte(source: source, table: .matters, offset: cells[cell].written)))
    }
    chooseList(heading, above, position)
  }

  /// Adds the table as a source whose columns are those of the header.
  /// - Returns: the index of the source.
  private func addSource(_ heading: ListHeading) -> Int {
    let matters =
      [
        heading[.number], -1, heading[.number], heading[.type], heading[.name], heading[.lead], heading[.deadline],
        heading[.remark], -1, heading[.responsible],
      ] + furtherColumns.map { heading.further[$0.name] ?? -1 }
    let items =
      [heading[.number], -1, heading[.item], heading[.responsible], -1]
      + builder.schema.extraItemColumns.map { _ in -1 }
    return builder.add(Source(file: context.file, csv: csv, columns: [.matters: matters, .items: items]))
  }

  /// Whether the header may change once more. If not, this is reported and the rest is not read.
  private func mayChange(at start: Int) -> Bool {
    changes += 1
    if changes <= OfficialReading.changeLimit { return true }
    finishMatter()
    heading = nil
    unclear(
      start, "表头变化超过 \(OfficialReading.changeLimit) 次，从这里起未读取；请把各份清单分开导入",
      "the header has changed more than \(OfficialReading.changeLimit) times, and the rest is not read; import each list separately"
    )
    return false
  }

  /// Chooses the list: the one in the options, else the only one with these headings, else a new one.
  private func chooseList(_ heading: ListHeading, _ above: [String], _ position: SourcePosition) {
    if let wanted = context.options.list {
      if sectionCount > 1 {
        context.unclear(
          source, position.offset, subject: nil,
          LocalizedText(
            zh: "表中不止一份清单（此处表头变为“\(heading.deadlineTitle)”），而 --list 只指定了一份；请分开导入",
            en:
              "the table holds more than one list (the header changes to “\(heading.deadlineTitle)” here), but --list names only one; import each list separately"
          ))
      }
      list =
        context.list(named: wanted) ?? context.makeList(wanted, heading: heading, titles: above, position: position)
      return
    }
    let matching = builder.lists.indices.filter { index in
      ListHeading.compact(builder.lists[index].deadlineHeading) == heading.deadlineTitle
        && ListHeading.compact(builder.lists[index].remarkHeading) == heading.remarkTitle
    }
    // A list without a heading for deadlines has nothing by which it could be told from others.
    let isCertain = !heading.deadlineTitle.isEmpty || builder.lists.count == 1
    if isCertain, matching.count == 1, let only = matching.first {
      list = only
      return
    }
    var id = "imported"
    var count = 1
    while builder.lists.contains(where: { $0.id == id }) {
      count += 1
      id = "imported-\(count)"
    }
    let known = context.base.lists.map(\.id)
    context.unclear(
      source, position.offset, subject: id,
      LocalizedText(
        zh: "无法从表头判断是哪份清单，暂作新清单 \(id)；请用 --list 指定（已有：\(known.joined(separator: "、"))，或给出新的标识）",
        en:
          "the header does not identify the list, which is read as a new one, \(id). Give its id with --list (existing: \(known.joined(separator: ", ")); or a new id)"
      ))
    list = context.makeList(id, heading: heading, titles: above, position: position)
  }

  // MARK: Rows

  func read(from start: Int) {
    var reader = TableReader(csv.bytes, start: start, separator: csv.separator)
    while reader.next() {
      let cells = reader.cells
      if cells.allSatisfy(\.isEmpty) { continue }
      row(cells.map(cellText), reader.rowStart)
    }
    context.reportSyntax(reader, source)
  }

  private func cellText(_ cell: Cell) -> OfficialCell {
    if cell.isEmpty { return empty }
    func known(_ bytes: UnsafeBufferPointer<UInt8>) -> OfficialCell {
      let (number, isNew) = cellBytes.insert(copying: bytes)
      if isNew { cellTexts.append(OfficialCell(String(decoding: bytes, as: UTF8.self))) }
      return cellTexts[number]
    }
    if cell.isEscaped { return CSVTable.unescaped(csv.bytes, cell).withUnsafeBufferPointer(known) }
    return known(UnsafeBufferPointer(rebasing: csv.bytes.buffer[cell.start..<cell.end]))
  }

  private func isHeading(_ cell: OfficialCell) -> Bool {
    if let known = cell.isHeading { return known }
    let isHeading = headings.contains(ListHeading.compact(cell.text))
    cell.isHeading = isHeading
    return isHeading
  }

  private func unclear(_ start: Int, of draft: OfficialDraft? = nil, _ zh: String, _ en: String) {
    let subject = (draft ?? current).map { builder.matterID(of: $0) }
    context.unclear(source, start, subject: subject, LocalizedText(zh: zh, en: en))
  }

  private func row(_ texts: [OfficialCell], _ start: Int) {
    guard let heading else { return }
    let filled = texts.indices.filter { !texts[$0].isBlank }
    guard let first = filled.first, let last = filled.last else { return }
    // A repeated header has a heading in one of these cells.
    let candidates = [first, heading[.name], heading[.item]].filter { texts.indices.contains($0) }
    if candidates.contains(where: { isHeading(texts[$0]) }),
      let again = ListHeading(titles: texts.map(\.text), further: furtherColumns)
    {
      open(again, titles: [], at: start)
      return
    }
    let texts = context.options.document == nil ? texts : unwrapped(texts, heading, start)
    func text(_ column: ListHeading.Column) -> OfficialCell {
      let cell = heading[column]
      return cell >= 0 && cell < texts.count ? texts[cell] : empty
    }
    func isFilled(_ column: ListHeading.Column) -> Bool { !text(column).isBlank }
    if filled.count == 1, first != heading[.item] {
      if first != heading[.remark], OfficialReading.isNote(texts[first].text) {
        add(note: texts[first].text.trimmingBlanks)
        return
      }
      if isTitleOrNote(texts[first].text) { return }
      if first == heading[.number], ListNumber.read(texts[first].text) == nil {
        let word = texts[first].word
        unclear(
          start, "无法识别“\(word)”，这一行未读取；请填写序号，或删去这一行",
          "“\(word)” is not recognised, and the row is not read; enter a number or delete the row")
        return
      }
    }
    if last >= heading.width {
      builder.issues.append(
        ReadingIssue(
          .rowLength(found: last + 1, expected: heading.width),
          at: .row(source: source, table: .matters, offset: start),
          subject: current.map { builder.matterID(of: $0) }))
    }

    if isFilled(.number) || (heading[.number] < 0 && isFilled(.name) && text(.name).text != current?.name) {
      readNumberedRow(text, texts, start)
    } else {
      readFurtherRow(text, texts, start)
    }
  }

  /// The cells of the further columns of matters.
  private func further(_ texts: [OfficialCell]) -> [String?] {
    guard let cells = heading?.further, !cells.isEmpty else { return [] }
    return furtherColumns.map { column in
      cells[column.name].map { $0 < texts.count && !texts[$0].isBlank ? texts[$0].text : "" }
    }
  }

  /// Reads a row with a number: the first of a matter, or a further one after a page break or with repeated cells.
  private func readNumberedRow(
    _ text: (ListHeading.Column) -> OfficialCell, _ texts: [OfficialCell], _ start: Int
  ) {
    let number = ListNumber.read(text(.number).text)
    let name = text(.name).text
    let hasName = !text(.name).isBlank
    if let number, number == current?.number, current?.list == list,
      !hasName || ListHeading.compact(name) == ListHeading.compact(current?.name ?? "")
    {
      readFurtherRow(text, texts, start)
      return
    }
    finishMatter()
    let misalignment = names.misalignment(text)
    var draft = OfficialDraft(
      list: list, source: source, start: start, numberText: text(.number).text, number: number, name: name)
    draft.type = text(.type).isBlank ? "" : text(.type).text
    draft.lead = text(.lead).text
    draft.deadline = text(.deadline).text
    draft.remark = text(.remark).text
    draft.further = further(texts)
    if let misalignment { draft.misalignedRows.append((start, misalignment)) }
    draft.rows.append(row(text, start, isUnclear: misalignment != nil))
    current = draft
    if number == nil, heading?[.number] ?? -1 >= 0 {
      unclear(
        start, "序号“\(text(.number).word)”不是数字；请填写序号",
        "the number “\(text(.number).word)” is not a number; enter the matter's number")
    }
  }

  /// Reads a further row of the matter above.
  private func readFurtherRow(
    _ text: (ListHeading.Column) -> OfficialCell, _ texts: [OfficialCell], _ start: Int
  ) {
    guard var draft = current else {
      unclear(
        start, "这一行在第一个序号之前，未读取；请填写序号，或删去这一行",
        "the row comes before the first number and is not read; enter a number or delete the row")
      return
    }
    // Taken out while it is changed, so that its rows are not copied for every further row.
    current = nil
    let isJoined = join(text, to: &draft, start)
    // Only the first problem of a row is reported.
    let misalignment = names.misalignment(text)
    var isReported = misalignment != nil
    if let misalignment { draft.misalignedRows.append((start, misalignment)) }
    func merged(_ column: ListHeading.Column, _ title: LocalizedText, _ old: String) -> String {
      if text(column).isBlank { return old }
      let new = text(column).text
      if old.trimmingBlanks.isEmpty { return new }
      if let whole = splits.whole(column, old, new, of: draft) {
        doubt(column, start, whole)
        return whole
      }
      if !isReported, ListHeading.compact(new) != ListHeading.compact(old) {
        isReported = true
        unclear(
          start, of: draft, "没有新的序号，而\(title.zh)由“\(old)”变为“\(new)”；暂按“\(old)”读取，请补上序号，或改成一致",
          "there is no new number, but the \(title.en) changes from “\(old)” to “\(new)”; “\(old)” is used. Enter a number or make the texts equal"
        )
      }
      return old
    }
    draft.name = merged(.name, LocalizedText(zh: "名称", en: "name"), draft.name)
    draft.type = merged(.type, LocalizedText(zh: "类型", en: "type"), draft.type)
    draft.lead = merged(.lead, LocalizedText(zh: "牵头部门", en: "lead"), draft.lead)
    draft.deadline = merged(.deadline, LocalizedText(zh: "时限", en: "deadline"), draft.deadline)
    draft.remark = merged(.remark, LocalizedText(zh: "备注", en: "remark"), draft.remark)
    let more = further(texts)
    if more.count == draft.further.count {
      draft.further = zip(draft.further, more).map { old, new in old?.isEmpty == false ? old : new ?? old }
    } else if draft.further.isEmpty {
      draft.further = more
    }
    if !isJoined { draft.rows.append(row(text, start, isUnclear: isReported)) }
    current = draft
  }

  private func row(
    _ text: (ListHeading.Column) -> OfficialCell, _ start: Int, isUnclear: Bool
  ) -> OfficialDraft.Row {
    OfficialDraft.Row(
      item: text(.item).text, responsible: text(.responsible).text, start: start, source: source, isUnclear: isUnclear)
  }

  // MARK: Notes and page marks

  private static let noteMarks = ["注:", "注：", "备注:", "备注：", "说明:", "说明：", "注1"]

  /// Whether the text is a note (注) below a table.
  private static func isNote(_ text: String) -> Bool {
    let compact = ListHeading.compact(text)
    return noteMarks.contains { compact.hasPrefix($0) }
  }

  /// Keeps a note of the list; one that is repeated on every page is kept once.
  private func add(note: String) {
    let compact = ListHeading.compact(note)
    if notes[list, default: []].contains(where: { ListHeading.compact($0) == compact }) { return }
    notes[list, default: []].append(note)
  }

  /// Gives the lists their notes. A note that differs from the one the list has in blanks alone is not changed.
  private func resolveNotes() {
    for (list, notes) in notes where builder.lists.indices.contains(list) {
      let note = notes.joined()
      if ListHeading.compact(note) != ListHeading.compact(builder.lists[list].note) { builder.lists[list].note = note }
    }
  }

  private static let pageMarks: Set<Unicode.Scalar> = [
    "第", "页", "共", "/", "-", "—", "–", "―", "(", ")", "（", "）", ",", "，", "·",
  ]

  /// Whether the text is a title repeated on every page, a page number, or another line beside the table.
  private func isTitleOrNote(_ text: String) -> Bool {
    let word = text.trimmingBlanks
    if titles.contains(word) { return true }
    let compact = ListHeading.compact(word)
    for prefix in OfficialReading.noteMarks + ["附件", "附表", "附:", "附：", "填表", "联系人", "单位:", "单位："]
    where compact.hasPrefix(prefix) {
      return true
    }
    if compact.contains("清单"), compact.contains("一件事") { return true }
    // 第 3 页 共 12 页, — 3 —, -3-
    let rest = compact.unicodeScalars.filter { !("0"..."9").contains($0) }
    guard rest.count < compact.unicodeScalars.count, !rest.isEmpty else { return false }
    return rest.allSatisfy { OfficialReading.pageMarks.contains($0) } && ListNumber.read(word) == nil
  }

  private func finishMatter() {
    if let current { drafts.append(current) }
    current = nil
  }

  func finish() {
    finishMatter()
    resolveNotes()
    if let heading, heading[.type] >= 0 { OfficialTypes(context: context).resolve(&drafts) }
    let cells = heading?.further ?? [:]
    let merged = furtherColumns.indices.filter { ["stage", "theme"].contains(furtherColumns[$0].name) }
    OfficialTypes.fillMerged(
      &drafts, merged.sorted { cells[furtherColumns[$0].name] ?? 0 < cells[furtherColumns[$1].name] ?? 0 })
    OfficialMatters(context, names).add(drafts, under: heading)
  }
}

// MARK: - Documents

extension OfficialReading {
  /// The cells of a row without the line breaks that a document has in them, except those of items, which may hold several.
  private func unwrapped(_ cells: [OfficialCell], _ heading: ListHeading, _ start: Int) -> [OfficialCell] {
    cells.enumerated().map { index, cell in
      if !WrappedLines.mayHoldSeveral(cell.text) || index == heading[.item] || index == heading[.responsible] {
        return cell
      }
      let text =
        index == heading[.lead]
        ? wrapped.departments(cell.text) { doubt(.lead, start, $0, $1) } : wrapped.text(cell.text)
      if let known = unwrapped[text] { return known }
      let joined = OfficialCell(text)
      unwrapped[text] = joined
      return joined
    }
  }

  /// Joins the item and the departments of a row to those of the row above, if the row only continues them.
  /// - Returns: whether it does, so that it has no item of its own.
  private func join(_ text: (ListHeading.Column) -> OfficialCell, to draft: inout OfficialDraft, _ start: Int) -> Bool {
    guard let last = draft.rows.indices.last, let heading else { return false }
    let above = draft.rows[last]
    let (item, responsible) = (text(.item), text(.responsible))
    let document = context.options.document
    if document?.isContinued(start, heading[.item]) == true {
      // One item beside several rows of departments.
      if !responsible.isBlank, document?.isContinued(start, heading[.responsible]) == false {
        let joined = splits.whole(.responsible, above.responsible, responsible.word, of: draft)
        let both = joined ?? above.responsible.trimmingBlanks + "、" + responsible.word
        draft.rows[last].responsible = above.responsible.trimmingBlanks.isEmpty ? responsible.word : both
        doubt(.responsible, start, draft.rows[last].responsible)
      }
      return true
    }
    let wholeItem = splits.whole(.item, above.item, item.word, of: draft)
    guard wholeItem != nil || (item.isBlank && !responsible.isBlank) else { return false }
    let wholeOwner = splits.whole(.responsible, above.responsible, responsible.word, of: draft)
    guard wholeOwner != nil || (wholeItem != nil && (responsible.isBlank || above.responsible.trimmingBlanks.isEmpty))
    else { return false }
    if let wholeItem {
      draft.rows[last].item = wholeItem
      doubt(.item, start, wholeItem)
    }
    if let wholeOwner {
      draft.rows[last].responsible = wholeOwner
      doubt(.responsible, start, wholeOwner)
    } else if !responsible.isBlank {
      draft.rows[last].responsible = responsible.text
    }
    return true
  }

  /// Lists a text that was joined from the cell and the one above it.
  private func doubt(_ column: ListHeading.Column, _ start: Int, _ whole: String) {
    doubt(column, start, "与上一行的同一栏接成“\(whole)”", "joined with the row above: “\(whole)”")
  }

  private func doubt(_ column: ListHeading.Column, _ start: Int, _ zh: String, _ en: String) {
    context.doubt(OfficialReading.position(column, source, start), zh, en)
  }

  /// The position of a cell by the column of the layout.
  static func position(_ column: ListHeading.Column, _ source: Int, _ row: Int) -> SourcePosition {
    func matter(_ column: MatterColumn) -> SourcePosition {
      .cell(source: source, table: .matters, column: column.rawValue, row: row)
    }
    switch column {
    case .number: return matter(.number)
    case .type: return matter(.audience)
    case .name: return matter(.name)
    case .lead: return matter(.lead)
    case .deadline: return matter(.deadline)
    case .remark: return matter(.remark)
    case .item: return .cell(source: source, table: .items, column: ItemColumn.name.rawValue, row: row)
    case .responsible: return .cell(source: source, table: .items, column: ItemColumn.responsible.rawValue, row: row)
    }
  }
}

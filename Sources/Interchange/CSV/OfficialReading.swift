import CSVFormat
import Catalog
import Localization

/// One reading of a list in the official layout: its rows, of which matters are made in the end.
final class OfficialReading {
  private let csv: CSVTable
  private let context: ListContext
  private let builder: CatalogBuilder
  private let texts: OfficialTexts
  private let names: OfficialNames
  private let headers: OfficialHeaders
  private let wrapped: WrappedLines
  private let splits: SplitCells
  private let continued: ContinuedRows
  private let furtherColumns: [Column]
  private var notes = OfficialNotes()
  // Unchecked: they change with every row, and nothing that is called meanwhile reads them.
  @exclusivity(unchecked) private var content = OfficialContent()
  /// The matter being read; those before it are in `content`.
  @exclusivity(unchecked) private var current: OfficialDraft?
  /// The number and the name in the row above.
  @exclusivity(unchecked) private var numberAbove = OfficialCell.empty
  @exclusivity(unchecked) private var nameAbove = OfficialCell.empty
  /// Where the list, its section and the rows since the last subtotal begin among the drafts.
  private var listStart = 0
  private var sectionStart = 0
  private var subtotalStart = 0

  init(_ csv: CSVTable, _ context: ListContext) {
    self.csv = csv
    self.context = context
    builder = context.builder
    texts = OfficialTexts(csv.bytes)
    names = OfficialNames(context.base, texts)
    headers = OfficialHeaders(csv, context, texts)
    wrapped = WrappedLines(names: names)
    splits = SplitCells(context: context, names: names)
    continued = ContinuedRows(context, texts, splits)
    furtherColumns = context.builder.schema.extraMatterColumns
  }

  /// Continues under a header.
  func open(_ heading: ListHeading, titles: [String], at start: Int) {
    let list = headers.list
    if headers.open(heading, titles: titles, at: start) { finishMatter() }
    if headers.list != list { beginSection(ofList: true) }
    numberAbove = .empty
    nameAbove = .empty
  }

  func read(from start: Int) {
    var reader = TableReader(csv.bytes, start: start, separator: csv.separator)
    let base = csv.bytes.base
    var row: [OfficialCell] = []
    while reader.next() {
      row.removeAll(keepingCapacity: true)
      // The first and the last cell that is not blank.
      var first = Int.max
      var last = -1
      let (number, name) = (headers.cells[.number], headers.cells[.name])
      for cell in reader.cells {
        let index = row.count
        if cell.start == cell.end {
          row.append(.empty)
          continue
        }
        let text: OfficialCell
        if index == number {
          text = texts.singleCell(cell, of: csv, at: base, above: numberAbove)
          numberAbove = text
        } else if index == name {
          text = texts.singleCell(cell, of: csv, at: base, above: nameAbove)
          nameAbove = text
        } else {
          text = texts.cell(cell, of: csv, at: base)
        }
        row.append(text)
        if texts.isBlank(text) { continue }
        first = min(first, index)
        last = index
      }
      if last >= 0 { read(row, first, last, at: reader.rowStart) }
    }
    context.reportSyntax(reader, headers.source)
  }

  /// Makes matters of what was read.
  func finish() {
    finishMatter()
    notes.resolve(in: builder)
    let heading = headers.heading
    if let heading, heading[.type] >= 0 { OfficialTypes(context: context, texts: texts).resolve(&content) }
    let cells = heading?.further ?? [:]
    let merged = furtherColumns.indices.filter { ["stage", "theme"].contains(furtherColumns[$0].name) }
    OfficialTypes.fillMerged(
      &content, merged.sorted { cells[furtherColumns[$0].name] ?? 0 < cells[furtherColumns[$1].name] ?? 0 })
    OfficialMatters(content, under: heading, context, names).add()
  }

  private func finishMatter() {
    if let current { content.drafts.append(current) }
    current = nil
  }

  private func unclear(_ start: Int, of draft: OfficialDraft? = nil, _ zh: String, _ en: String) {
    let subject = (draft ?? current).map { context.matterID(of: $0, texts) }
    context.unclear(headers.source, start, subject: subject, LocalizedText(zh: zh, en: en))
  }

  // MARK: Rows

  /// - Parameters:
  ///   - first: the first cell that is not blank.
  ///   - last: the last cell that is not blank.
  private func read(_ written: [OfficialCell], _ first: Int, _ last: Int, at start: Int) {
    guard headers.isOpen else { return }
    let header = headers.cells
    // A repeated header has a heading in one of these cells.
    func isHeading(_ index: Int) -> Bool { written.indices.contains(index) && headers.isHeading(written[index]) }
    if isHeading(first) || isHeading(header[.name]) || isHeading(header[.item]),
      let again = ListHeading(titles: written.map(texts.text), further: furtherColumns)
    {
      return open(again, titles: [], at: start)
    }
    let cells = context.options.document == nil ? written : unwrapped(written, header, start)
    if isBesideMatters(cells, first, last, header, start) { return }
    let row = OfficialRow(cells, under: header, at: start)
    let isNumbered =
      !texts.isBlank(row.number)
      || (header[.number] < 0 && !texts.isBlank(row.name)
        && current.map { texts.text($0.name) != texts.text(row.name) } ?? true)
    if isNumbered { readNumberedRow(row, cells, header) } else { readFurtherRow(row, cells, header) }
    if last >= headers.width { reportCell(headers.width, last, ofRow: start) }
  }

  /// Reports the first filled cell of a row to the right of all headings.
  private func reportCell(_ width: Int, _ last: Int, ofRow start: Int) {
    let cells = csv.cells(ofRowAt: start)
    guard let cell = (width...last).first(where: { cells.indices.contains($0) && !cells[$0].isEmpty }) else { return }
    let subject = current.map { context.matterID(of: $0, texts) }
    let text = csv.string(cells[cell]).trimmingBlanks
    let position = SourcePosition.byte(source: headers.source, table: .matters, offset: cells[cell].written)
    builder.issues.append(ReadingIssue(.cellWithoutHeading(text), at: position, subject: subject, text: text))
  }

  /// The cells of the further columns of matters; none if the list has no such column.
  private func further(_ cells: [OfficialCell]) -> [OfficialDraft.Further] {
    headers.furtherCells.map { index in
      if index < 0 { return OfficialDraft.Further(own: nil) }
      let isFilled = index < cells.count && !texts.isBlank(cells[index])
      return OfficialDraft.Further(own: isFilled ? cells[index] : .empty)
    }
  }

  private func addFurther(_ cells: [OfficialDraft.Further], to draft: inout OfficialDraft) {
    let start = content.further.count
    content.further += cells
    draft.further = start..<content.further.count
  }

  /// Reads a row with a number: the first of a matter, or a further one after a page break or with repeated cells.
  private func readNumberedRow(_ row: OfficialRow, _ cells: [OfficialCell], _ header: ListHeading.Cells) {
    let number = ListNumber.read(texts.bytes(row.number))
    if let number, let current, number == current.number, current.list == headers.list,
      texts.isBlank(row.name) || isSame(row.name, current.name)
    {
      readFurtherRow(row, cells, header)
      return
    }
    finishMatter()
    let misalignment = names.misalignment(row)
    var draft = OfficialDraft(
      list: headers.list, source: headers.source, start: row.start, numberText: row.number, number: number,
      name: row.name, rows: content.rows.count..<content.rows.count)
    draft.type = texts.isBlank(row.type) ? .empty : row.type
    draft.lead = row.lead
    draft.deadline = row.deadline
    draft.remark = row.remark
    if !headers.furtherCells.isEmpty { addFurther(further(cells), to: &draft) }
    if let misalignment { addMisaligned(row, misalignment) }
    add(row, to: &draft, isUnclear: misalignment != nil)
    current = draft
    if number == nil, header[.number] >= 0 {
      let word = texts.word(row.number)
      unclear(
        row.start, "序号“\(word)”不是数字；请填写序号",
        "the number “\(word)” is not a number; enter the matter's number")
    }
  }

  /// Reads a further row of the matter above.
  private func readFurtherRow(_ row: OfficialRow, _ cells: [OfficialCell], _ header: ListHeading.Cells) {
    guard var draft = current else {
      unclear(
        row.start, "这一行在第一个序号之前，未读取；请填写序号，或删去这一行",
        "the row comes before the first number and is not read; enter a number or delete the row")
      return
    }
    var isJoined = false
    if let above = draft.rows.last {
      isJoined = continued.join(row, to: &content.rows[above], of: draft, header, headers.source)
    }
    // Only the first problem of a row is reported.
    let misalignment = names.misalignment(row)
    var isReported = misalignment != nil
    if let misalignment { addMisaligned(row, misalignment) }
    draft.name = merged(.name, row, draft.name, draft, &isReported)
    draft.type = merged(.type, row, draft.type, draft, &isReported)
    draft.lead = merged(.lead, row, draft.lead, draft, &isReported)
    draft.deadline = merged(.deadline, row, draft.deadline, draft, &isReported)
    draft.remark = merged(.remark, row, draft.remark, draft, &isReported)
    if !headers.furtherCells.isEmpty {
      let more = further(cells)
      if draft.further.isEmpty { addFurther(more, to: &draft) }
      for (index, cell) in zip(draft.further, more) where content.further[index].own ?? .empty == .empty {
        content.further[index].own = cell.own ?? content.further[index].own
      }
    }
    if !isJoined { add(row, to: &draft, isUnclear: isReported) }
    current = draft
  }

  /// The cell of a matter whose further row may have it too. If both have a text, the first row's is used; the difference is
  /// reported.
  @inline(__always)
  private func merged(
    _ column: ListHeading.Column, _ row: OfficialRow, _ old: OfficialCell, _ draft: OfficialDraft,
    _ isReported: inout Bool
  ) -> OfficialCell {
    let new = row[column]
    return new == .empty || new == old ? old : merged(column, new, row, old, draft, &isReported)
  }

  private func merged(
    _ column: ListHeading.Column, _ new: OfficialCell, _ row: OfficialRow, _ old: OfficialCell, _ draft: OfficialDraft,
    _ isReported: inout Bool
  ) -> OfficialCell {
    if texts.isBlank(new) { return old }
    if texts.isBlank(old) { return new }
    if let whole = splits.whole(column, old, new, of: draft) {
      continued.doubt(column, row.start, headers.source, whole)
      return whole
    }
    if !isReported, !isSame(new, old), let title = OfficialReading.titles[column] {
      isReported = true
      let (old, new) = (texts.text(old), texts.text(new))
      unclear(
        row.start, of: draft, "没有新的序号，而\(title.zh)由“\(old)”变为“\(new)”；暂按“\(old)”读取，请补上序号，或改成一致",
        "there is no new number, but the \(title.en) changes from “\(old)” to “\(new)”; “\(old)” is used. Enter a number or make the texts equal"
      )
    }
    return old
  }

  private static let titles: [ListHeading.Column: LocalizedText] = [
    .name: LocalizedText(zh: "名称", en: "name"), .type: LocalizedText(zh: "类型", en: "type"),
    .lead: LocalizedText(zh: "牵头部门", en: "lead"), .deadline: LocalizedText(zh: "时限", en: "deadline"),
    .remark: LocalizedText(zh: "备注", en: "remark"),
  ]

  /// Whether two cells differ in blanks and quotation marks at most.
  private func isSame(_ a: OfficialCell, _ b: OfficialCell) -> Bool {
    a == b || ListHeading.compact(texts.text(a)) == ListHeading.compact(texts.text(b))
  }

  private func addMisaligned(_ row: OfficialRow, _ message: LocalizedText) {
    content.misaligned[content.drafts.count, default: []].append(
      OfficialContent.MisalignedRow(start: row.start, message: message))
  }

  private func add(_ row: OfficialRow, to draft: inout OfficialDraft, isUnclear: Bool) {
    content.rows.append(
      OfficialDraft.Row(
        item: row.item, responsible: row.responsible, start: row.start, source: headers.source, isUnclear: isUnclear))
    draft.rows = draft.rows.lowerBound..<content.rows.count
  }

  /// The cells of a row of a document without its line breaks, except those of items, which may hold several.
  private func unwrapped(_ cells: [OfficialCell], _ header: ListHeading.Cells, _ start: Int) -> [OfficialCell] {
    cells.indices.map { index in
      let text = texts.text(cells[index])
      if !WrappedLines.mayHoldSeveral(text) || index == header[.item] || index == header[.responsible] {
        return cells[index]
      }
      guard index == header[.lead] else { return texts.insert(wrapped.text(text)) }
      let position = ListHeading.Column.lead.position(source: headers.source, row: start)
      return texts.insert(wrapped.departments(text) { context.doubt(position, $0, $1) })
    }
  }
}

// MARK: - Rows beside matters

extension OfficialReading {
  /// Whether a row is no part of a matter: a note or a title, the title of a section, a total, or a text that is not
  /// recognised, which is reported.
  private func isBesideMatters(
    _ cells: [OfficialCell], _ first: Int, _ last: Int, _ header: ListHeading.Cells, _ start: Int
  ) -> Bool {
    let isAlone = first == last && first != header[.item]
    if isAlone {
      let text = texts.text(cells[first])
      if first != header[.remark], OfficialNotes.isNote(text) {
        notes.add(text.trimmingBlanks, to: headers.list)
        return true
      }
      let word = text.trimmingBlanks
      if headers.isTitle(word) || OfficialNotes.isBesideTable(word) { return true }
    }
    if isSectionTitle(cells, first, last, start) || isTotal(cells, first, start) { return true }
    guard isAlone, first == header[.number], ListNumber.read(texts.bytes(cells[first])) == nil else { return false }
    let word = texts.word(cells[first])
    unclear(
      start, "无法识别“\(word)”，这一行未读取；请填写序号，或删去这一行",
      "“\(word)” is not recognised, and the row is not read; enter a number or delete the row")
    return true
  }

  // MARK: Sections and totals

  /// How many matters have begun.
  private var draftCount: Int { content.drafts.count + (current == nil ? 0 : 1) }

  private func beginSection(ofList isList: Bool) {
    if isList { listStart = draftCount }
    sectionStart = draftCount
    subtotalStart = draftCount
  }

  /// Whether a row is the title of a section, alone in the first cell or merged over the row, with its text in every cell.
  private func isSectionTitle(_ cells: [OfficialCell], _ first: Int, _ last: Int, _ start: Int) -> Bool {
    guard first == 0, last == 0 || last >= 2, cells[...last].allSatisfy({ texts.areEqual($0, cells[0]) }) else {
      return false
    }
    guard SectionTitle.isTitle(texts.text(cells[0])) else { return false }
    let position = SourcePosition.row(source: headers.source, table: .matters, offset: start)
    SectionTitle.pass(texts.word(cells[0]), at: position, context)
    beginSection(ofList: false)
    return true
  }

  /// Whether a row counts the matters above it. It is compared with them once their items are known.
  private func isTotal(_ cells: [OfficialCell], _ first: Int, _ start: Int) -> Bool {
    let named = cells[first]
    // Most rows begin with a number.
    if let byte = texts.bytes(named).first, (0x30...0x39).contains(byte) { return false }
    guard texts.answer(.isTotal, named, { OfficialTotal.isTotal(texts.text(named)) }) else { return false }
    var numbers = OfficialTotal.read(texts.text(named)) ?? []
    var cell = first
    for index in cells.indices where !texts.isBlank(cells[index]) && !texts.areEqual(cells[index], named) {
      guard let more = OfficialTotal.counts(texts.text(cells[index])) else { return false }
      if numbers.isEmpty, !more.isEmpty { cell = index }
      numbers += more
    }
    let written = csv.cells(ofRowAt: start)
    let offset = written.indices.contains(cell) ? written[cell].written : start
    let isSubtotal = OfficialTotal.isSubtotal(texts.text(named))
    let starts = isSubtotal ? [subtotalStart] : listStart == sectionStart ? [listStart] : [listStart, sectionStart]
    content.totals.append(
      OfficialTotal(
        word: texts.word(named), numbers: numbers,
        position: .byte(source: headers.source, table: .matters, offset: offset),
        drafts: starts.map { $0..<draftCount }))
    if isSubtotal { subtotalStart = draftCount }
    return true
  }
}

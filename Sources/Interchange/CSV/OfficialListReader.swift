import AtomicFiles
import CSVFormat
import Catalog
import Localization

/// Reads a list in the layout of the notice, of this one and of others: a number opens a matter, the rows under it are
/// more of its items.
///
/// Titles, notes and repeated page headers are passed over, merged cells may be blank or repeated, a matter may run
/// over a page. A row that stands in the base as it stands here is taken as it is there, whatever characters it has.
/// What is left open is told with its row.
enum OfficialListReader {
  static func read(
    _ csv: CSVTable, heading: ListHeading, titles: [String], headerStart: Int, bodyStart: Int, _ context: ListContext
  ) {
    let reading = OfficialReading(csv, context)
    reading.open(heading, titles: titles, at: headerStart)
    reading.read(from: bodyStart)
    reading.finish()
  }
}

private final class OfficialReading {
  private let csv: CSVTable
  private let context: ListContext
  private let builder: CatalogBuilder

  private var heading: ListHeading?
  private var titles: Set<String> = []
  /// The headings of the first header, as they are compared.
  private var headings: Set<String> = []
  private var source = 0
  private var list = 0
  private var sectionCount = 0
  /// How often the header has changed, and how often it may: a notice has a few lists.
  private var changes = 0
  private static let changeLimit = 100
  private var drafts: [OfficialDraft] = []
  private var current: OfficialDraft?
  private let names: OfficialNames
  private let empty = OfficialCell("")
  private let memo = ByteInterner()
  private var cellTexts: [OfficialCell] = []

  init(_ csv: CSVTable, _ context: ListContext) {
    self.csv = csv
    self.context = context
    builder = context.builder
    names = OfficialNames(context.base)
  }

  // MARK: Header

  /// Begins a part of the table under a header.
  func open(_ heading: ListHeading, titles above: [String], at start: Int) {
    let isFirst = sectionCount == 0
    func positions() -> (matters: [Int], items: [Int]) {
      let cell = { (column: ListHeading.Column) in heading[column] }
      return (
        [
          cell(.number), -1, cell(.number), cell(.type), cell(.name), cell(.lead), cell(.deadline), cell(.remark), -1,
          cell(.responsible),
        ], [cell(.number), -1, cell(.item), cell(.responsible), -1]
      )
    }
    if let old = self.heading, old.deadlineTitle == heading.deadlineTitle, old.remarkTitle == heading.remarkTitle {
      // The same list goes on over the page; only its columns may stand elsewhere.
      if old.cells != heading.cells {
        guard mayChange(at: start) else { return }
        let positions = positions()
        source = builder.add(
          Source(file: context.file, csv: csv, columns: [.matters: positions.matters, .items: positions.items]))
      }
      self.heading = heading
      return
    }
    finishMatter()
    guard mayChange(at: start) else { return }
    sectionCount += 1
    let columns = positions()
    source = builder.add(
      Source(file: context.file, csv: csv, columns: [.matters: columns.matters, .items: columns.items]))
    if isFirst { context.reportEncoding(source) }
    self.heading = heading
    titles.formUnion(above)
    let position = SourcePosition.row(source: source, table: .matters, offset: start)
    for column in heading.missing {
      builder.issues.append(ReadingIssue(.missingColumn(ListHeading.expected[column.rawValue]), at: position))
    }
    let cells = csv.cells(ofRowAt: start)
    headings.formUnion(cells.map { ListHeading.compact(csv.string($0)) }.filter { !$0.isEmpty })
    for cell in cellTexts { cell.isHeading = nil }
    for (cell, isRepeated) in heading.unread.map({ ($0, false) }) + heading.repeated.map({ ($0, true) }) {
      guard cells.indices.contains(cell) else { continue }
      let title = csv.string(cells[cell]).trimmingBlanks
      builder.issues.append(
        ReadingIssue(
          isRepeated ? .repeatedColumn(title) : .unknownColumn(title, nearest: nil),
          at: .byte(source: source, table: .matters, offset: cells[cell].written)))
    }
    chooseList(heading, above, position)
  }

  /// Whether another header may be taken; if not, says so, and nothing more is read.
  private func mayChange(at start: Int) -> Bool {
    changes += 1
    if changes <= OfficialReading.changeLimit { return true }
    finishMatter()
    heading = nil
    unclear(
      start, "表头在这里第 \(OfficialReading.changeLimit) 次改变，以下未读取；请把各份清单分开导入",
      "the header changes for the \(OfficialReading.changeLimit)th time here, and the rest is not read; import the lists apart"
    )
    return false
  }

  /// Which list this is: the one that was asked for, or the only one with these headings, or a new one.
  private func chooseList(_ heading: ListHeading, _ above: [String], _ position: SourcePosition) {
    if let wanted = context.options.list {
      if sectionCount > 1 {
        context.unclear(
          source, position.offset, subject: nil,
          LocalizedText(
            zh: "表中有不止一份清单（此处表头换为“\(heading.deadlineTitle)”），而 --list 只指定了一份；请分开导入",
            en:
              "the table holds more than one list (the header changes to “\(heading.deadlineTitle)” here), and --list names one; import them apart"
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
    if matching.count == 1, let only = matching.first {
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
        zh: "从表头看不出是哪份清单，暂作新清单 \(id)；请用 --list 指定（已有：\(known.joined(separator: "、"))，或给出新的标识）",
        en:
          "the header does not tell which list this is; it is read as a new one, \(id). Name it with --list (known: \(known.joined(separator: ", ")), or a new id)"
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
      let (number, isNew) = memo.insert(copying: bytes)
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

  private func unclear(_ start: Int, _ zh: String, _ en: String) {
    let subject = current.map { builder.matterID(of: $0) }
    context.unclear(source, start, subject: subject, LocalizedText(zh: zh, en: en))
  }

  private func row(_ texts: [OfficialCell], _ start: Int) {
    guard let heading else { return }
    let filled = texts.indices.filter { !texts[$0].isBlank }
    guard let first = filled.first, let last = filled.last else { return }
    // A header that comes again has a heading in one of these positions.
    let candidates = [first, heading[.name], heading[.item]].filter { texts.indices.contains($0) }
    if candidates.contains(where: { isHeading(texts[$0]) }), let again = ListHeading(titles: texts.map(\.text)) {
      open(again, titles: [], at: start)
      return
    }
    func text(_ column: ListHeading.Column) -> OfficialCell {
      let cell = heading[column]
      return cell >= 0 && cell < texts.count ? texts[cell] : empty
    }
    func isFilled(_ column: ListHeading.Column) -> Bool { !text(column).isBlank }
    if filled.count == 1, first != heading[.item] {
      if isTitleOrNote(texts[first].text) { return }
      if first == heading[.number], ListNumber.read(texts[first].text) == nil {
        let word = texts[first].word
        unclear(start, "不知道“\(word)”是什么，未读取", "nothing says what “\(word)” is; it is not read")
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
      opening(text, start)
    } else {
      continuing(text, start)
    }
  }

  /// A row with a number: a new matter, or one that goes on after a page break or under repeated cells.
  private func opening(_ text: (ListHeading.Column) -> OfficialCell, _ start: Int) {
    let number = ListNumber.read(text(.number).text)
    let name = text(.name).text
    let hasName = !text(.name).isBlank
    if let current, number != nil, number == current.number, current.list == list,
      !hasName || ListHeading.compact(name) == ListHeading.compact(current.name)
    {
      continuing(text, start)
      return
    }
    finishMatter()
    let slip = names.slip(text)
    var draft = OfficialDraft(
      list: list, source: source, start: start, numberText: text(.number).text, number: number, name: name)
    draft.type = text(.type).isBlank ? "" : text(.type).text
    draft.lead = text(.lead).text
    draft.deadline = text(.deadline).text
    draft.remark = text(.remark).text
    if let slip { draft.slips.append((start, slip)) }
    current = draft
    if number == nil, heading?[.number] ?? -1 >= 0 {
      unclear(
        start, "序号“\(text(.number).word)”不是数", "“\(text(.number).word)” is no number of a matter")
    }
    addItem(text, start, isUnclear: slip != nil)
  }

  /// A row of the matter above.
  private func continuing(_ text: (ListHeading.Column) -> OfficialCell, _ start: Int) {
    guard var draft = current else {
      unclear(start, "这一行在第一个序号之前，未读取", "this row stands before the first number and is not read")
      return
    }
    // One problem for a row is enough.
    let slip = names.slip(text)
    var isTold = slip != nil
    if let slip { draft.slips.append((start, slip)) }
    func take(_ column: ListHeading.Column, _ title: String, _ old: String) -> String {
      if text(column).isBlank { return old }
      let new = text(column).text
      if old.trimmingBlanks.isEmpty { return new }
      if !isTold, ListHeading.compact(new) != ListHeading.compact(old) {
        isTold = true
        unclear(
          start, "没有新序号，而\(title)由“\(old)”变为“\(new)”；按“\(old)”读取",
          "there is no new number, but \(title) changes from “\(old)” to “\(new)”; “\(old)” is taken")
      }
      return old
    }
    draft.name = take(.name, "名称", draft.name)
    draft.type = take(.type, "类型", draft.type)
    draft.lead = take(.lead, "牵头部门", draft.lead)
    draft.deadline = take(.deadline, "时限", draft.deadline)
    draft.remark = take(.remark, "备注", draft.remark)
    current = draft
    addItem(text, start, isUnclear: isTold)
  }

  private func addItem(_ text: (ListHeading.Column) -> OfficialCell, _ start: Int, isUnclear: Bool) {
    current?.rows.append(
      OfficialDraft.Row(
        item: text(.item).text, responsible: text(.responsible).text, start: start, source: source,
        isUnclear: isUnclear))
  }

  private static let pageMarks: Set<Unicode.Scalar> = [
    "第", "页", "共", "/", "-", "—", "–", "―", "(", ")", "（", "）", ",", "，", "·",
  ]

  /// A title printed again on every page, a page number, or a note under the table.
  private func isTitleOrNote(_ text: String) -> Bool {
    let word = text.trimmingBlanks
    if titles.contains(word) { return true }
    let compact = ListHeading.compact(word)
    for prefix in ["注:", "注：", "备注:", "备注：", "说明:", "说明：", "注1", "附件", "附表", "附:", "附：", "填表", "联系人", "单位:", "单位："]
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
    if let heading, heading[.type] >= 0 { OfficialTypes(context: context).resolve(&drafts) }
    OfficialMatters(context, names).add(drafts, under: heading)
  }
}

import Catalog
import Files
import Tables
import Wording

/// Reads a list in the layout of the notice, of this one and of others: a number opens a matter, the rows under it are
/// more of its items.
///
/// Titles, notes and repeated page headers are passed over, merged cells may be blank or repeated, a matter may run
/// over a page. A row that stands in the base as it stands here is taken as it is there, whatever characters it has.
/// What is left open is told with its row.
enum OfficialListReader {
  static func read(
    _ sheet: Sheet, heading: ListHeading, titles: [String], headerStart: Int, bodyStart: Int, _ context: ListContext
  ) {
    let reading = OfficialReading(sheet, context)
    reading.open(heading, titles: titles, at: headerStart)
    reading.read(from: bodyStart)
    reading.finish()
  }
}

/// A matter as its rows come in.
private struct Draft {
  struct Row {
    var item: String
    var responsible: String
    var start: Int
    var source: Int
    var isUnclear = false
  }

  var list: Int
  var source: Int
  var start: Int
  var numberText: String
  var number: Int?
  var name: String
  var type = ""
  var lead = ""
  var deadline = ""
  var remark = ""
  var rows: [Row] = []
  /// What seems to stand in a wrong column, by where its row begins. Told unless the base has it so.
  var slips: [(start: Int, message: Bilingual)] = []
  /// The audience, once merged cells are resolved; nil where it is not certain.
  var audience: String?
}

/// A text that stands in cells: cells repeat, and what it is is worked out once for each distinct text.
private final class CellText {
  let text: String
  /// Without the blanks around it.
  let word: String
  var isHeading: Bool?
  var isDeadline: Bool?
  var isDepartments: Bool?
  var isApproval: Bool?

  init(_ text: String) {
    self.text = text
    word = text.trimmingBlanks
  }

  var isBlank: Bool { word.isEmpty }
}

private final class OfficialReading {
  private let sheet: Sheet
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
  private var drafts: [Draft] = []
  private var current: Draft?
  private let departments: Register
  private let approvals: Register
  private let empty = CellText("")
  private let memo = ByteMemo()
  private var cellTexts: [CellText] = []
  private var departmentCells: [String: Bool] = [:]
  private var approvalCells: [String: Bool] = [:]

  init(_ sheet: Sheet, _ context: ListContext) {
    self.sheet = sheet
    self.context = context
    builder = context.builder
    departments = context.base.departmentRegister
    approvals = context.base.approvalRegister
  }

  // MARK: Header

  /// Begins a part of the table under a header.
  func open(_ heading: ListHeading, titles above: [String], at start: Int) {
    let isFirst = sectionCount == 0
    func places() -> (matters: [Int], items: [Int]) {
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
        let places = places()
        source = builder.add(
          Source(file: context.file, sheet: sheet, columns: [.matters: places.matters, .items: places.items]))
      }
      self.heading = heading
      return
    }
    finishMatter()
    guard mayChange(at: start) else { return }
    sectionCount += 1
    let columns = places()
    source = builder.add(
      Source(file: context.file, sheet: sheet, columns: [.matters: columns.matters, .items: columns.items]))
    if isFirst { context.tellEncoding(source) }
    self.heading = heading
    titles.formUnion(above)
    let place = Place(source: source, table: .matters, column: Place.row, position: start)
    for column in heading.missing {
      builder.issues.append(ReadingIssue(.missingColumn(ListHeading.expected[column.rawValue]), at: place))
    }
    let cells = sheet.cells(ofRowAt: start)
    headings.formUnion(cells.map { ListHeading.compact(sheet.string($0)) }.filter { !$0.isEmpty })
    for cell in cellTexts { cell.isHeading = nil }
    for (cell, isRepeated) in heading.unread.map({ ($0, false) }) + heading.repeated.map({ ($0, true) }) {
      guard cells.indices.contains(cell) else { continue }
      let title = sheet.string(cells[cell]).trimmingBlanks
      builder.issues.append(
        ReadingIssue(
          isRepeated ? .repeatedColumn(title) : .unknownColumn(title, nearest: nil),
          at: Place(source: source, table: .matters, column: Place.exact, position: cells[cell].written)))
    }
    chooseList(heading, above, place)
  }

  /// Whether another header may be taken; if not, says so, and nothing more is read.
  private func mayChange(at start: Int) -> Bool {
    changes += 1
    if changes <= OfficialReading.changeLimit { return true }
    finishMatter()
    heading = nil
    unclear(
      start, "表头在这里第 \(OfficialReading.changeLimit) 次改变，以下未读取；请把各份清单分开导入",
      "the header changes for the \(OfficialReading.changeLimit)th time here, and the rest is not read; import the lists apart")
    return false
  }

  /// Which list this is: the one that was asked for, or the only one with these headings, or a new one.
  private func chooseList(_ heading: ListHeading, _ above: [String], _ place: Place) {
    if let wanted = context.options.list {
      if sectionCount > 1 {
        context.unclear(
          source, place.position, subject: nil,
          Bilingual(
            zh: "表中有不止一份清单（此处表头换为“\(heading.deadlineTitle)”），而 --list 只指定了一份；请分开导入",
            en: "the table holds more than one list (the header changes to “\(heading.deadlineTitle)” here), and --list names one; import them apart"))
      }
      list = context.list(named: wanted) ?? context.makeList(wanted, heading: heading, titles: above, place: place)
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
      source, place.position, subject: id,
      Bilingual(
        zh: "从表头看不出是哪份清单，暂作新清单 \(id)；请用 --list 指定（已有：\(known.joined(separator: "、"))，或给出新的标识）",
        en: "the header does not tell which list this is; it is read as a new one, \(id). Name it with --list (known: \(known.joined(separator: ", ")), or a new id)"))
    list = context.makeList(id, heading: heading, titles: above, place: place)
  }

  // MARK: Rows

  func read(from start: Int) {
    var reader = TableReader(sheet.bytes, start: start, separator: sheet.separator)
    while reader.next() {
      let cells = reader.cells
      if cells.allSatisfy(\.isEmpty) { continue }
      row(cells.map(cellText), reader.rowStart)
    }
    context.tellSyntax(reader, source)
  }

  private func cellText(_ cell: Cell) -> CellText {
    if cell.isEmpty { return empty }
    func known(_ bytes: UnsafeBufferPointer<UInt8>) -> CellText {
      let (number, isNew) = memo.number(of: bytes)
      if isNew { cellTexts.append(CellText(String(decoding: bytes, as: UTF8.self))) }
      return cellTexts[number]
    }
    if cell.isEscaped { return Sheet.unescaped(sheet.bytes, cell).withUnsafeBufferPointer(known) }
    return known(UnsafeBufferPointer(rebasing: sheet.bytes.buffer[cell.start..<cell.end]))
  }

  private func isHeading(_ cell: CellText) -> Bool {
    if let known = cell.isHeading { return known }
    let isHeading = headings.contains(ListHeading.compact(cell.text))
    cell.isHeading = isHeading
    return isHeading
  }

  private func unclear(_ start: Int, _ zh: String, _ en: String) {
    let subject = current.map { draftID($0) }
    context.unclear(source, start, subject: subject, Bilingual(zh: zh, en: en))
  }

  private func row(_ texts: [CellText], _ start: Int) {
    guard let heading else { return }
    let filled = texts.indices.filter { !texts[$0].isBlank }
    guard let first = filled.first, let last = filled.last else { return }
    // A header that comes again has a heading in one of these places.
    let candidates = [first, heading[.name], heading[.item]].filter { texts.indices.contains($0) }
    if candidates.contains(where: { isHeading(texts[$0]) }), let again = ListHeading(titles: texts.map(\.text))
    {
      open(again, titles: [], at: start)
      return
    }
    func text(_ column: ListHeading.Column) -> CellText {
      let cell = heading[column]
      return cell >= 0 && cell < texts.count ? texts[cell] : empty
    }
    func isFilled(_ column: ListHeading.Column) -> Bool { !text(column).isBlank }
    if filled.count == 1, first != heading[.item] {
      if isTitleOrNote(texts[first].text) { return }
      if first == heading[.number], ListNumber.read(texts[first].text) == nil {
        let word = texts[first].word
        unclear(start, "不知道“\(word)”是什么,未读取", "nothing says what “\(word)” is; it is not read")
        return
      }
    }
    if last >= heading.width {
      builder.issues.append(
        ReadingIssue(
          .rowLength(found: last + 1, expected: heading.width),
          at: Place(source: source, table: .matters, column: Place.row, position: start),
          subject: current.map { draftID($0) }))
    }

    if isFilled(.number) || (heading[.number] < 0 && isFilled(.name) && text(.name).text != current?.name) {
      opening(text, start)
    } else {
      continuing(text, start)
    }
  }

  /// A row with a number: a new matter, or one that goes on after a page break or under repeated cells.
  private func opening(_ text: (ListHeading.Column) -> CellText, _ start: Int) {
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
    let slip = slip(text)
    var draft = Draft(
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
  private func continuing(_ text: (ListHeading.Column) -> CellText, _ start: Int) {
    guard var draft = current else {
      unclear(start, "这一行在第一个序号之前,未读取", "this row stands before the first number and is not read")
      return
    }
    // One complaint for a row is enough.
    let slip = slip(text)
    var isTold = slip != nil
    if let slip { draft.slips.append((start, slip)) }
    func take(_ column: ListHeading.Column, _ title: String, _ old: String) -> String {
      if text(column).isBlank { return old }
      let new = text(column).text
      if old.trimmingBlanks.isEmpty { return new }
      if !isTold, ListHeading.compact(new) != ListHeading.compact(old) {
        isTold = true
        unclear(
          start, "没有新序号,而\(title)由“\(old)”变为“\(new)”;按“\(old)”读取",
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

  private func addItem(_ text: (ListHeading.Column) -> CellText, _ start: Int, isUnclear: Bool) {
    current?.rows.append(
      Draft.Row(
        item: text(.item).text, responsible: text(.responsible).text, start: start, source: source,
        isUnclear: isUnclear))
  }

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
    let marks: Set<Unicode.Scalar> = ["第", "页", "共", "/", "-", "—", "–", "―", "(", ")", "（", "）", ",", "，", "·"]
    return rest.allSatisfy { marks.contains($0) } && ListNumber.read(word) == nil
  }

  /// Cells that hold what belongs into another column.
  private func slip(_ text: (ListHeading.Column) -> CellText) -> Bilingual? {
    func isDeadline(_ cell: CellText) -> Bool {
      if let known = cell.isDeadline { return known }
      var isDay = false
      if cell.word.unicodeScalars.contains(where: { ("0"..."9").contains($0) }) {
        switch Deadline(printed: cell.word).kind {
        case .empty, .unreadable, .open: break
        default: isDay = true
        }
      }
      cell.isDeadline = isDay
      return isDay
    }
    func isDepartments(_ cell: CellText) -> Bool {
      if let known = cell.isDepartments { return known }
      let word = cell.word
      let isKnown =
        !word.isEmpty && word != "/" && word != "／" && approvals.owner(of: word) == nil && self.isDepartments(word)
      cell.isDepartments = isKnown
      return isKnown
    }
    func isApproval(_ cell: CellText) -> Bool {
      if let known = cell.isApproval { return known }
      let word = cell.word
      let isKnown = !word.isEmpty && approvals.owner(of: word) != nil && departments.owner(of: word) == nil
      cell.isApproval = isKnown
      return isKnown
    }
    var slipped: [ListHeading.Column] = []
    for column in [ListHeading.Column.name, .item] where isDepartments(text(column)) { slipped.append(column) }
    for column in [ListHeading.Column.item, .lead, .responsible] where isDeadline(text(column)) { slipped.append(column) }
    for column in [ListHeading.Column.lead, .responsible] where isApproval(text(column)) { slipped.append(column) }
    let type = text(.type).word
    if !type.isEmpty, Audience(type) == nil { slipped.append(.type) }
    let name = text(.name).word
    if type.isEmpty, name.utf8.contains(UInt8(ascii: " ")), let first = name.split(separator: " ").first,
      Audience(String(first)) != nil, name.contains(" ")
    {
      slipped.append(.name)
    }
    guard let column = slipped.first else { return nil }
    let title = ListHeading.expected[column.rawValue]
    let cell = text(column).word
    return Bilingual(
      zh: "\(title)一栏写的是“\(cell)”，这一行可能错列；按所在的栏读取",
      en: "the column \(title) holds “\(cell)”: the row may have slipped; it is read by its columns")
  }

  private func finishMatter() {
    if let current { drafts.append(current) }
    current = nil
  }

  // MARK: Into the catalog

  private func draftID(_ draft: Draft) -> String { draftID(draft.number, draft.numberText, draft.list) }

  private func draftID(_ number: Int?, _ text: String, _ list: Int) -> String {
    let prefix = builder.lists.indices.contains(list) ? builder.lists[list].prefix : ""
    guard let number else { return prefix + "-" + text.trimmingBlanks }
    return matterID(prefix: prefix, number: number)
  }

  func finish() {
    finishMatter()
    resolveTypes()
    builder.prepareLists()
    var buffer = CellBuffer()
    var previous: Draft?
    var seen: Set<String> = []
    var included: Set<String> = []
    for draft in drafts {
      let id = draftID(draft)
      seen.insert(id)
      emit(draft, id: id, after: previous, &included, &buffer)
      previous = draft
    }
    context.bringAlong(included, having: seen)
  }

  /// The type is merged over many matters. A spreadsheet keeps a merged cell's text at its top: what is blank is as
  /// above. Print puts it in the middle, and then only what stands between two equal types is certain.
  private func resolveTypes() {
    guard let heading, heading[.type] >= 0 else { return }
    var start = 0
    while start < drafts.count {
      var end = start
      while end < drafts.count, drafts[end].list == drafts[start].list { end += 1 }
      resolveTypes(start..<end)
      start = end
    }
  }

  private func resolveTypes(_ range: Range<Int>) {
    let isTop = !drafts[range.lowerBound].type.isEmpty
    var last: String?
    var open = range.lowerBound
    for index in range {
      let type = drafts[index].type
      guard !type.isEmpty else {
        if isTop { drafts[index].audience = last }
        continue
      }
      drafts[index].audience = type
      if !isTop {
        // The blanks since the last type.
        if let last, Audience(last) == Audience(type) {
          for blank in open..<index { drafts[blank].audience = type }
        } else if open < index {
          tellTypes(open..<index, last, type)
        }
      }
      last = type
      open = index + 1
    }
    if !isTop, open < range.upperBound {
      if let last {
        for blank in open..<range.upperBound { drafts[blank].audience = last }
      } else {
        tellTypes(open..<range.upperBound, nil, nil)
      }
    }
  }

  private func tellTypes(_ range: Range<Int>, _ above: String?, _ below: String?) {
    // What the base knows needs no telling.
    let open = range.filter { index in
      let draft = drafts[index]
      // What stands in the wrong column has been told.
      if draft.rows.first?.isUnclear == true { return false }
      return context.counterpart(id: draftID(draft), name: draft.name)?.audience == nil
    }
    guard let first = open.first, let last = open.last else { return }
    let one = draftID(drafts[first])
    let run = first == last ? one : "\(one)–\(draftID(drafts[last]))"
    let zh: String
    let en: String
    if let above, let below {
      zh = "\(run) 的类型是空的,上面是“\(above)”,下面是“\(below)”,看不出属于哪一个;请填写"
      en = "the type of \(run) is blank between “\(above)” above and “\(below)” below; fill it in"
    } else {
      zh = "\(run) 的类型是空的,上面没有可依据的类型;请填写"
      en = "the type of \(run) is blank, with none above to go by; fill it in"
    }
    context.unclear(drafts[first].source, drafts[first].start, subject: one, Bilingual(zh: zh, en: en))
  }

  private func emit(
    _ draft: Draft, id: String, after previous: Draft?, _ included: inout Set<String>, _ buffer: inout CellBuffer
  ) {
    let base = context.base
    let counterpart = context.counterpart(id: id, name: draft.name)
    func tell(_ zh: String, _ en: String, row: Int? = nil) {
      context.unclear(draft.source, row ?? draft.start, subject: id, Bilingual(zh: zh, en: en))
    }

    // A blank lead or deadline may be merged with the matter above, or left out: nobody can say.
    func shared(_ own: String, _ column: ListHeading.Column, _ known: Name?, _ above: String?) -> String? {
      if heading?[column] ?? -1 < 0 { return nil }
      guard own.trimmingBlanks.isEmpty else { return own }
      if let known, base.text(known) == own { return own }
      guard let above, !above.trimmingBlanks.isEmpty else { return own }
      let title = ListHeading.expected[column.rawValue]
      tell(
        "\(title)是空的;如与上面的“\(above)”合并,请在每个事项里写出",
        "\(title) is blank; if it is merged with “\(above)” above, write it out for each matter")
      return nil
    }
    let above = previous.flatMap { $0.list == draft.list ? $0 : nil }
    let lead = shared(draft.lead, .lead, counterpart?.lead, above?.lead)
    let deadline = shared(draft.deadline, .deadline, counterpart?.deadline, above?.deadline)

    let pairs = draft.rows.map { ($0.item, $0.responsible) }
    let isAsBefore = counterpart.map { isPrinted(pairs, $0) } ?? false
    let isKnown =
      isAsBefore && (draft.type.isEmpty || Audience(draft.type) != nil)
      && (counterpart.map {
        base.text($0.name) == draft.name && base.text($0.lead) == draft.lead && base.text($0.deadline) == draft.deadline
      } ?? false)
    if !isKnown {
      for slip in draft.slips { context.unclear(draft.source, slip.start, subject: id, slip.message) }
    }
    var items: [(number: String, name: String, responsible: String, shared: Bool, row: Draft.Row)] = []
    var placeholder: String? = ""
    if isAsBefore, let counterpart {
      for (item, row) in zip(base.items(of: counterpart), draft.rows) {
        items.append(
          (
            item.number.map(String.init) ?? "", base.text(item.name), base.text(item.responsible), item.isShared, row
          ))
      }
      placeholder = base.text(counterpart.placeholder)
    } else {
      let expanded = expand(draft, counterpart, tell)
      placeholder = expanded.placeholder
      let isSameCount = counterpart.map { $0.items.count == expanded.items.count } ?? false
      var taken: Set<Int> = []
      // Of equals the first comes last, to be taken off the end.
      let own = counterpart.map { Array(base.items(of: $0).reversed()) } ?? []
      var named = Dictionary(grouping: own) { base.text($0.name) }
      var numbered = Dictionary(grouping: own) { $0.number }
      for (index, item) in expanded.items.enumerated() {
        var isShared = false
        if counterpart != nil {
          // An item is the one of the same name, else the one at the same place of a matter with as many.
          func free(_ items: inout [Item]?) -> Item? {
            while let item = items?.popLast() { if !taken.contains(item.index) { return item } }
            return nil
          }
          let match = free(&named[item.name]) ?? (isSameCount ? free(&numbered[index + 1]) : nil)
          if let match {
            taken.insert(match.index)
            isShared = match.isShared
          }
        }
        items.append((String(index + 1), item.name, item.responsible, isShared, item.row))
      }
    }

    buffer.clear()
    buffer.put(id)
    buffer.put(builder.lists[draft.list].id)
    buffer.put(draft.number.map(String.init) ?? draft.numberText)
    buffer.put(draft.audience)
    buffer.put(trusted(draft.name))
    buffer.put(trusted(lead))
    buffer.put(trusted(deadline))
    if let heading, heading[.remark] < 0 {
      buffer.putUnknown()
    } else {
      buffer.put(trusted(draft.remark))
    }
    if let counterpart, !counterpart.includesID.isEmpty {
      let other = base.text(counterpart.includesID)
      buffer.put(other)
      if counterpart.includes != nil { included.insert(other) }
    } else {
      buffer.put("")
    }
    buffer.put(trusted(placeholder))
    buffer.withCells { builder.matterRows.add($0, stable: false, source: draft.source, row: draft.start) }

    for item in items {
      buffer.clear()
      buffer.put(id)
      buffer.put(item.number)
      buffer.put(trusted(item.name))
      buffer.put(trusted(item.responsible))
      buffer.put(item.shared ? "yes" : "")
      buffer.withCells { builder.itemRows.add($0, stable: false, source: item.row.source, row: item.row.start) }
    }
  }

  /// A cell with a NUL in it is unknown.
  private func trusted(_ text: String?) -> String? {
    context.hasNUL && text?.utf8.contains(0) == true ? nil : text
  }

  /// Whether a matter of the base is printed in exactly these rows.
  private func isPrinted(_ pairs: [(String, String)], _ matter: Matter) -> Bool {
    let base = context.base
    let items = base.items(of: matter)
    if items.isEmpty {
      guard pairs.count == 1, let only = pairs.first else { return false }
      let beside = matter.placeholder.isEmpty ? "/" : base.text(matter.placeholder)
      return only.0 == "/" && only.1.isExactly(beside)
    }
    return pairs.count == items.count
      && zip(pairs, items).allSatisfy {
        $0.0.isExactly(base.text($1.name)) && $0.1.isExactly(base.text($1.responsible))
      }
  }

  // MARK: Items

  private struct Expanded {
    var items: [(name: String, responsible: String, row: Draft.Row)] = []
    var placeholder: String?
  }

  /// The items of a matter: cells with several are taken apart, merged departments put beside each.
  private func expand(
    _ draft: Draft, _ counterpart: Matter?, _ tell: (String, String, Int?) -> Void
  ) -> Expanded {
    var out = Expanded(items: [], placeholder: "")
    var department = ""
    var hasSlash = false
    for row in draft.rows {
      let item = row.item.trimmingBlanks
      let beside = row.responsible.trimmingBlanks
      if item.isEmpty {
        if !beside.isEmpty, !row.isUnclear {
          tell(
            "有责任部门“\(beside)”而没有关联事项,未读取",
            "there is a department (“\(beside)”) and no item; the row is not read", row.start)
        }
        continue
      }
      if item == "/" || item == "／" {
        hasSlash = true
        if !beside.isEmpty, beside != "/", beside != "／" { out.placeholder = row.responsible }
        continue
      }
      let responsible = beside.isEmpty ? department : row.responsible
      department = responsible
      for (name, owner) in apart(row, responsible, counterpart, tell) { out.items.append((name, owner, row)) }
    }
    if hasSlash, !out.items.isEmpty {
      tell(
        "“/”表示没有关联事项,而下面又列出事项;按有事项读取",
        "“/” says that there is no item, yet items are listed; they are read", nil)
    }
    return out
  }

  /// Takes a cell with several items apart.
  private func apart(
    _ row: Draft.Row, _ responsible: String, _ counterpart: Matter?, _ tell: (String, String, Int?) -> Void
  ) -> [(String, String)] {
    let whole = [(row.item, responsible)]
    if row.isUnclear || (!mayHoldSeveral(row.item) && !mayHoldSeveral(responsible)) { return whole }
    if let counterpart, context.base.items(of: counterpart).contains(where: { context.base.text($0.name) == row.item }) {
      return whole
    }
    let lines = parts(row.item) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
    let owners = ownerParts(responsible)
    // One name, perhaps over several lines.
    if isApproval(lines.joined()) { return lines.count > 1 ? [(lines.joined(), responsible)] : whole }
    if lines.count > 1 {
      if owners.count == lines.count, owners.allSatisfy(isDepartments) || lines.allSatisfy(isApproval) {
        return Array(zip(lines, owners))
      }
      if lines.allSatisfy(isApproval), owners.count == 1 || Parties(printed: responsible, in: departments).choice == .any {
        return lines.map { ($0, responsible) }
      }
      tell(
        "一格里有 \(lines.count) 行事项、\(owners.count) 个责任部门,看不出如何对应;整格按一项读取",
        "the cell holds \(lines.count) lines and \(owners.count) departments, and nothing says how they go together; it is read as one item",
        row.start)
      return whole
    }
    let words = parts(row.item) { $0 == " " || $0 == "\u{3000}" || $0 == "\t" }
    // Blanks beside a slash are typesetting.
    guard words.count > 1, !words.contains(where: { $0.hasPrefix("/") || $0.hasSuffix("/") }) else {
      if owners.count > 1, words.count == 1, owners.allSatisfy(isDepartments), responsible.contains(where: \.isNewline) {
        tell(
          "一个事项旁有 \(owners.count) 行责任部门;按共同负责读取",
          "one item stands beside \(owners.count) lines of departments; they are read as jointly responsible", row.start)
      }
      return whole
    }
    if owners.count == words.count, owners.allSatisfy(isDepartments) { return Array(zip(words, owners)) }
    if words.allSatisfy(isApproval) {
      if owners.count == 1 { return words.map { ($0, responsible) } }
      tell(
        "一格里有 \(words.count) 个事项、\(owners.count) 个责任部门,看不出如何对应;整格按一项读取",
        "the cell holds \(words.count) items and \(owners.count) departments, and nothing says how they go together; it is read as one",
        row.start)
    }
    return whole
  }

  /// A quick look at the bytes: what has no blank and no line break is not taken apart.
  private func mayHoldSeveral(_ text: String) -> Bool {
    text.utf8.contains { $0 <= 0x20 } || text.unicodeScalars.contains("\u{3000}")
  }

  /// One approval, or a choice between several.
  private func isApproval(_ name: String) -> Bool {
    if let known = approvalCells[name] { return known }
    let isKnown =
      approvals.owner(of: name) != nil || Choices(printed: name, in: approvals).choices.allSatisfy { $0.approval != nil }
    approvalCells[name] = isKnown
    return isKnown
  }

  private func isDepartments(_ name: String) -> Bool {
    if let known = departmentCells[name] { return known }
    let isKnown = Parties(printed: name, in: departments).isResolved
    departmentCells[name] = isKnown
    return isKnown
  }

  /// The departments of a cell as far as lines or blanks keep them apart.
  private func ownerParts(_ text: String) -> [String] {
    let lines = parts(text) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
    if lines.count > 1 { return lines }
    let words = parts(text) { $0 == " " || $0 == "\u{3000}" || $0 == "\t" }
    if words.contains(where: { $0.hasPrefix("/") || $0.hasSuffix("/") }) { return [text] }
    return words.count > 1 ? words : [text]
  }

  private func parts(_ text: String, _ isBreak: (Character) -> Bool) -> [String] {
    text.split(whereSeparator: isBreak).map { String($0).trimmingBlanks }.filter { !$0.isEmpty }
  }
}

import AtomicFiles
import CSVFormat
import Catalog
import Deadlines
import Localization

/// One reading of a list in the flat layout.
final class FlatReading {
  /// What a row says of an item.
  private struct ItemTexts: Hashable {
    var name: String
    var responsible: String
  }

  /// Where rows with `shared_from` print one text of an item.
  private struct Copies {
    var count = 0
    /// The starts of the first rows, with the ids of their matters.
    var rows: [(start: Int, matter: String)] = []

    /// More rows are not reported one by one.
    static let kept = 20
  }

  /// An item of another matter as the rows with `shared_from` print it.
  private struct SharedItem {
    var copies: [ItemTexts: Copies] = [:]
    /// The id of the matter that it belongs to.
    var origin: String
    /// The row of the matter itself; nil if the list has none.
    var own: (texts: ItemTexts, start: Int)?
    var hasOwnRow: Bool { own != nil }
  }

  /// A row with one of the matter's own items.
  private struct OwnRow {
    var number: RawCell
    var name: Cell
    var responsible: Cell
    var start: Int
    /// The cells of the extra columns of items.
    var extra: [Cell?]
  }

  private let csv: CSVTable
  private let columns: [Int]
  private let width: Int
  private let source: Int
  private let context: ListContext
  private let builder: CatalogBuilder
  private let base: UnsafePointer<UInt8>

  /// The shared items of the list by their ids.
  private var sharedItems: [String: SharedItem] = [:]
  /// How many shared items a matter has, by its id.
  private var sharedCount: [String: Int] = [:]

  // The matter being read.
  private var firstRow: [Cell] = []
  private var firstRowStart = 0
  private var id = ""
  /// The id of the matter whose shared items it includes.
  private var includedID: String?
  private var sharedRowCount = 0
  private var placeholder: Cell?
  private var ownRows: [OwnRow] = []
  private var rowCount = 0
  /// The rows whose value of a column of the matter differs from the first row's.
  private var differences: [FlatColumn: [(cell: Cell?, start: Int)]] = [:]
  /// The due dates of the deadlines read.
  private var deadlines: [String: Deadline] = [:]

  /// The ids of the matters read and of the matters that they include.
  private var seenIDs: Set<String> = []
  private var includedIDs: Set<String> = []
  /// The cells of the row that is added next.
  private let raw: UnsafeMutablePointer<RawCell>

  init(_ csv: CSVTable, columns: [Int], width: Int, source: Int, _ context: ListContext) {
    self.csv = csv
    self.columns = columns
    self.width = width
    self.source = source
    self.context = context
    builder = context.builder
    base = csv.bytes.base
    let count = max(builder.schema.columns(.matters).count, builder.schema.columns(.items).count)
    raw = .allocate(capacity: count)
    raw.initialize(repeating: nil, count: count)
  }

  deinit { raw.deallocate() }

  private func cell(_ cells: [Cell], _ column: FlatColumn) -> Cell? { cell(cells, at: column.rawValue) }

  /// The cell of a column by its index in `FlatListWriter.columns(_:)`.
  private func cell(_ cells: [Cell], at column: Int) -> Cell? {
    let index = columns[column]
    return index >= 0 && index < cells.count ? cells[index] : nil
  }

  private func text(_ cells: [Cell], _ column: FlatColumn) -> String {
    cell(cells, column).map { csv.string($0) } ?? ""
  }

  private func isBlank(_ cell: Cell?) -> Bool {
    guard let cell else { return true }
    for i in cell.start..<cell.end where base[i] > 0x20 { return false }
    return true
  }

  private func isSame(_ a: Cell?, _ b: Cell?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return csv.bytes.buffer[a.start..<a.end].elementsEqual(csv.bytes.buffer[b.start..<b.end])
  }

  private func holdsNUL(_ cell: Cell) -> Bool {
    context.hasNUL && UnsafeBufferPointer(rebasing: csv.bytes.buffer[cell.start..<cell.end]).contains(0)
  }

  /// The cell's bytes, valid as long as the table; nil if the cell is missing or holds a NUL.
  /// - Parameter own: keeps bytes alive that are not part of the table.
  private func bytes(_ cell: Cell?, for own: (Bytes) -> Void) -> RawCell {
    guard let cell, !holdsNUL(cell) else { return nil }
    if cell.isEscaped {
      let corrected = Bytes(CSVTable.unescaped(csv.bytes, cell))
      own(corrected)
      return corrected.buffer
    }
    return UnsafeBufferPointer(start: base + cell.start, count: cell.end - cell.start)
  }

  /// - Parameter column: the column concerned; nil for the row as a whole.
  private func unclear(_ row: Int, _ column: FlatColumn?, _ message: LocalizedText) {
    context.unclear(position(column, row), subject: id.isEmpty ? nil : id, message)
  }

  private func contradiction(_ row: Int, _ column: FlatColumn, of subject: String, _ message: LocalizedText) {
    builder.issues.append(
      ReadingIssue(.contradiction(message), at: position(column, row), subject: subject.isEmpty ? nil : subject))
  }

  /// The position of a cell, or of the row where the list does not have the column.
  private func position(_ column: FlatColumn?, _ row: Int) -> SourcePosition {
    guard let column, columns[column.rawValue] >= 0 else { return .row(source: source, table: .matters, offset: row) }
    switch column.field {
    case .matters(let field)?: return .cell(source: source, table: .matters, column: field.rawValue, row: row)
    case .items(let field)?: return .cell(source: source, table: .items, column: field.rawValue, row: row)
    case nil:
      let cells = csv.cells(ofRowAt: row)
      let index = columns[column.rawValue]
      guard index < cells.count else { return .row(source: source, table: .matters, offset: row) }
      return .byte(source: source, table: .matters, offset: cells[index].written)
    }
  }

  // MARK: Shared items

  /// Collects the shared items in a first pass, because the items' own rows may come before those with `shared_from`.
  func collectSharedItems(from start: Int) {
    guard columns[FlatColumn.sharedFrom.rawValue] >= 0 else { return }
    var reader = TableReader(csv.bytes, start: start, separator: csv.separator)
    while reader.next() {
      let cells = reader.cells
      guard let cell = cell(cells, .sharedFrom), !isBlank(cell) else { continue }
      let item = text(cells, .item).trimmingBlanks
      let texts = ItemTexts(name: text(cells, .itemName), responsible: text(cells, .responsible))
      if sharedItems[item] == nil {
        let origin = FlatReading.origin(ofItem: item) ?? csv.string(cell).trimmingBlanks
        sharedItems[item] = SharedItem(origin: origin)
        sharedCount[origin, default: 0] += 1
      }
      var copies = sharedItems[item]?.copies[texts] ?? Copies()
      copies.count += 1
      if copies.rows.count < Copies.kept {
        copies.rows.append((reader.rowStart, text(cells, .matter).trimmingBlanks))
      }
      sharedItems[item]?.copies[texts] = copies
    }
  }

  /// The matter in `2-037.8`; nil for any other text.
  private static func origin(ofItem item: String) -> String? {
    guard let dot = item.lastIndex(of: "."), dot > item.startIndex, item.index(after: dot) < item.endIndex else {
      return nil
    }
    return String(item[..<dot])
  }

  /// Reports copies of shared items that differ from the item's own row, or, where the list has none, from most copies.
  /// If all copies agree with each other, the own row is the one that differs.
  private func compareCopies() {
    for (item, shared) in sharedItems.sorted(by: { $0.key < $1.key }) {
      let texts = shared.copies.sorted { ($1.value.count, $0.key.name) < ($0.value.count, $1.key.name) }
      guard let usual = texts.first else { continue }
      if let own = shared.own, texts.count == 1, usual.value.count > 1, own.texts != usual.key {
        report(own.texts, at: own.start, of: shared.origin, item, not: usual.key)
        continue
      }
      let right = shared.own?.texts ?? usual.key
      for (text, copies) in texts where text != right {
        for row in copies.rows { report(text, at: row.start, of: row.matter, item, not: right) }
      }
    }
  }

  private func report(_ texts: ItemTexts, at row: Int, of matter: String, _ item: String, not right: ItemTexts) {
    let isName = !texts.name.isExactly(right.name)
    let (here, there) = isName ? (texts.name, right.name) : (texts.responsible, right.responsible)
    let title = isName ? LocalizedText(zh: "名称", en: "name") : LocalizedText(zh: "责任部门", en: "responsible department")
    contradiction(
      row, isName ? .itemName : .responsible, of: matter,
      LocalizedText(
        zh: "\(matter)：共享事项 \(item) 的\(title.zh)此处是“\(here)”，其他行是“\(there)”；请改成一致",
        en: "\(matter): the \(title.en) of the shared item \(item) is “\(here)” here and “\(there)” in the other rows; "
          + "make them equal"))
  }

  // MARK: Rows

  func read(from start: Int) {
    var reader = TableReader(csv.bytes, start: start, separator: csv.separator)
    while reader.next() {
      let cells = reader.cells
      if cells.allSatisfy({ isBlank($0) }) { continue }
      let start = reader.rowStart
      if cells.count < width || (cells.count > width && cells[width...].contains { !$0.isEmpty }) {
        builder.issues.append(
          ReadingIssue(
            .rowLength(found: cells.count, expected: width),
            at: .row(source: source, table: .matters, offset: start),
            subject: text(cells, .matter).trimmingBlanks))
      }
      // A file joined from several contains the header more than once.
      if text(cells, .matter) == "matter", text(cells, .itemName) == "item_name" { continue }
      if firstRow.isEmpty || !isSame(cell(cells, .matter), cell(firstRow, .matter)) {
        finishMatter()
        begin(cells, start)
      } else {
        compare(cells, start)
      }
      rowCount += 1
      add(cells, start)
    }
    finishMatter()
    context.reportSyntax(reader, source)
    compareCopies()
    reportMissingSharedItems()
    context.copyIncluded(includedIDs.subtracting(seenIDs), except: seenIDs)
  }

  private func begin(_ cells: [Cell], _ start: Int) {
    firstRow = cells
    firstRowStart = start
    id = text(cells, .matter).trimmingBlanks
    includedID = nil
    sharedRowCount = 0
    placeholder = nil
    ownRows.removeAll(keepingCapacity: true)
    rowCount = 0
    if !differences.isEmpty { differences.removeAll() }
    checkDue(cells, start)
  }

  /// Compares `due` with the deadline, unless the deadline cannot be read.
  private func checkDue(_ cells: [Cell], _ start: Int) {
    guard let cell = cell(cells, .due), !isBlank(cell) else { return }
    let printed = text(cells, .deadline)
    let deadline = deadlines[printed] ?? Deadline(printed: printed)
    deadlines[printed] = deadline
    let due = csv.string(cell).trimmingBlanks
    guard deadline.kind != .unreadable, deadline.due?.description != due else { return }
    contradiction(
      start, .due, of: id,
      LocalizedText(
        zh: "\(id)：时限“\(printed)”\(deadline.due.map { "的截止日是 \($0)" } ?? "没有截止日")，而 due 写的是“\(due)”",
        en: "\(id): the deadline “\(printed)” \(deadline.due.map { "is due on \($0)" } ?? "has no due date"), "
          + "but due is “\(due)”"))
  }

  private static let matterColumns: [FlatColumn] = [.list, .number, .audience, .name, .lead, .deadline, .remark]

  /// Collects the values of the matter that differ from those in its first row.
  private func compare(_ cells: [Cell], _ start: Int) {
    for column in FlatReading.matterColumns where !isSame(cell(cells, column), cell(firstRow, column)) {
      differences[column, default: []].append((cell(cells, column), start))
    }
    if !isSame(cell(cells, .due), cell(firstRow, .due)), isSame(cell(cells, .deadline), cell(firstRow, .deadline)) {
      checkDue(cells, start)
    }
  }

  /// Reports the values of the matter that differ between its rows. The first row is used, unless it is the only one of
  /// three or more that differs.
  private func reportDifferences() {
    for column in FlatReading.matterColumns {
      guard let others = differences[column], let other = others.first else { continue }
      let isFirstWrong =
        others.count > 1 && others.count == rowCount - 1 && others.allSatisfy { isSame($0.cell, other.cell) }
      if isFirstWrong, let cell = other.cell {
        let written = text(firstRow, column)
        firstRow[columns[column.rawValue]] = cell
        report(column, at: firstRowStart, written, others: csv.string(cell))
      } else {
        let first = text(firstRow, column)
        for (cell, start) in others { report(column, at: start, cell.map { csv.string($0) } ?? "", others: first) }
      }
    }
  }

  private func report(_ column: FlatColumn, at row: Int, _ here: String, others: String) {
    let title = FlatListWriter.columns[column.rawValue]
    unclear(
      row, column,
      LocalizedText(
        zh: "同一事项各行的 \(title) 不一致：此处是“\(here)”，其他行是“\(others)”；暂按其他行读取，请改成一致",
        en:
          "\(title) differs between the rows of one matter: “\(here)” here, “\(others)” in the other rows, which is used. "
          + "Make them equal"))
  }

  private func add(_ cells: [Cell], _ start: Int) {
    let responsible = cell(cells, .responsible)
    if let other = cell(cells, .sharedFrom), !isBlank(other) {
      let written = csv.string(other).trimmingBlanks
      let item = text(cells, .item).trimmingBlanks
      let id = FlatReading.origin(ofItem: item) ?? written
      if id != written {
        contradiction(
          start, .sharedFrom, of: self.id,
          LocalizedText(
            zh: "\(self.id)：关联事项 \(item) 属于 \(id)，而 shared_from 写的是“\(written)”",
            en: "\(self.id): the item \(item) belongs to \(id), but shared_from is “\(written)”"))
      }
      if let includedID, includedID != id {
        unclear(
          start, .item,
          LocalizedText(
            zh: "一个事项只能包含一个事项的共享事项：前面是 \(includedID)，此处是 \(id)；暂按 \(includedID) 读取，请改正 shared_from",
            en: "a matter can include the shared items of one other matter: \(includedID) before, \(id) here; "
              + "\(includedID) is used. Fix shared_from"))
        return
      }
      includedID = id
      sharedRowCount += 1
      return
    }
    let item = text(cells, .item)
    if item.isEmpty, isBlank(cell(cells, .itemName)) {
      if let responsible, responsible.end > responsible.start { placeholder = responsible }
      return
    }
    guard let name = cell(cells, .itemName) else { return }
    let number = itemNumber(cells, start)
    let none = Cell(start: csv.bytes.count, end: csv.bytes.count, written: csv.bytes.count, isEscaped: false)
    let declared = FlatColumn.allCases.count + builder.schema.extraMatterColumns.count
    let extra = builder.schema.extraItemColumns.indices.map { cell(cells, at: declared + $0) }
    ownRows.append(OwnRow(number: number, name: name, responsible: responsible ?? none, start: start, extra: extra))
  }

  /// The number in the cell `item`: what follows the matter's id in `2-037.8`, or a number alone. Any other text is reported.
  private func itemNumber(_ cells: [Cell], _ start: Int) -> RawCell {
    guard let cell = cell(cells, .item), !holdsNUL(cell) else { return nil }
    let item = text(cells, .item)
    let prefix = id.utf8.count + 1
    if item.hasPrefix(id + "."), !cell.isEscaped {
      let number = UnsafeBufferPointer(start: base + cell.start + prefix, count: cell.end - cell.start - prefix)
      // An item without a number is exported as `2-037.?`.
      let isUnnumbered = number.count == 1 && number.first == UInt8(ascii: "?")
      return isUnnumbered ? UnsafeBufferPointer(start: base, count: 0) : number
    }
    if item.contains(where: { !$0.isASCII || !$0.isNumber }) {
      unclear(
        start, .item,
        LocalizedText(
          zh: "item“\(item)”不属于事项 \(id)：应写作 \(id).1 的形式",
          en: "item “\(item)” does not belong to matter \(id); write it as \(id).1"))
    }
    return UnsafeBufferPointer(start: base + cell.start, count: cell.end - cell.start)
  }

  // MARK: Matters

  private func finishMatter() {
    guard !firstRow.isEmpty else { return }
    defer { firstRow = [] }
    if !differences.isEmpty { reportDifferences() }
    let counterpart = context.counterpart(id: id, name: text(firstRow, .name))
    if seenIDs.insert(id).inserted {
      addMatter(counterpart)
    } else if includedID != nil || placeholder != nil {
      unclear(
        firstRowStart, nil,
        LocalizedText(
          zh: "事项 \(id) 的行不相连，后面的共享行未读取；请把同一事项的行放在一起",
          en:
            "the rows of matter \(id) are not adjacent, and its shared items further down are not read; move the rows together"
        ))
    }
    if let includedID, let all = sharedCount[includedID], sharedRowCount != all {
      unclear(
        firstRowStart, nil,
        LocalizedText(
          zh: "事项 \(id) 只列出 \(includedID) 的 \(sharedRowCount) 个共享事项，其他事项列出 \(all) 个；暂按全部包含读取，请补全各行",
          en: "matter \(id) lists \(sharedRowCount) of the items that \(includedID) shares, other matters list \(all); "
            + "it is read as including all. Add the missing rows"))
    }
    addItems(counterpart)
  }

  private func addMatter(_ counterpart: Matter?) {
    var includes = includedID ?? ""
    if includes.isEmpty, let counterpart, !counterpart.includesID.isEmpty,
      context.base.sharedItems(of: counterpart).isEmpty
    {
      // The list has no rows for an included matter without shared items.
      includes = context.base.text(counterpart.includesID)
    }
    if !includes.isEmpty { includedIDs.insert(includes) }
    let own = builder.matterRows.own
    for (column, flat) in [
      (MatterColumn.id, FlatColumn.matter), (.list, .list), (.number, .number), (.audience, .audience), (.name, .name),
      (.lead, .lead), (.deadline, .deadline), (.remark, .remark),
    ] {
      raw[column.rawValue] = bytes(cell(firstRow, flat), for: own)
    }
    if includes.isEmpty {
      raw[MatterColumn.includes.rawValue] = UnsafeBufferPointer(start: base, count: 0)
    } else {
      let kept = Bytes(Array(includes.utf8))
      own(kept)
      raw[MatterColumn.includes.rawValue] = kept.buffer
    }
    raw[MatterColumn.placeholder.rawValue] =
      placeholder.map { bytes($0, for: own) } ?? UnsafeBufferPointer(start: base, count: 0)
    for column in builder.schema.extraMatterColumns.indices {
      raw[MatterColumn.allCases.count + column] = bytes(
        cell(firstRow, at: FlatColumn.allCases.count + column), for: own)
    }
    builder.matterRows.add(raw, stable: true, source: source, row: firstRowStart)
  }

  /// An item that is shared in the base.
  private struct BaseSharedItem: Hashable {
    var number: String
    var name: String
  }

  private func addItems(_ counterpart: Matter?) {
    let own = builder.itemRows.own
    let sharedInBase = Set(
      counterpart.map { context.base.items(of: $0) }?.lazy.filter(\.isShared).map { [context] item in
        BaseSharedItem(number: item.number.map(String.init) ?? "?", name: context.base.text(item.name))
      } ?? [])
    for row in ownRows {
      raw[ItemColumn.matter.rawValue] = bytes(cell(firstRow, .matter), for: own)
      raw[ItemColumn.number.rawValue] = row.number
      raw[ItemColumn.name.rawValue] = bytes(row.name, for: own)
      raw[ItemColumn.responsible.rawValue] = bytes(row.responsible, for: own)
      var isShared = false
      if !sharedItems.isEmpty || !sharedInBase.isEmpty {
        let number = (row.number.map { String(decoding: $0, as: UTF8.self) } ?? "").trimmingBlanks
        isShared =
          isSharedInList(row, number: number)
          || !sharedInBase.isEmpty
            && sharedInBase.contains(BaseSharedItem(number: number, name: csv.string(row.name)))
      }
      let yes: StaticString = "yes"
      raw[ItemColumn.shared.rawValue] = UnsafeBufferPointer(start: yes.utf8Start, count: isShared ? 3 : 0)
      for (column, cell) in row.extra.enumerated() {
        raw[ItemColumn.allCases.count + column] = bytes(cell, for: own)
      }
      builder.itemRows.add(raw, stable: true, source: source, row: row.start)
    }
  }

  /// Whether rows with `shared_from` name the item.
  private func isSharedInList(_ row: OwnRow, number: String) -> Bool {
    let key = id + "." + (number.isEmpty ? "?" : number)
    guard sharedItems[key] != nil else { return false }
    let texts = ItemTexts(name: csv.string(row.name), responsible: csv.string(row.responsible))
    sharedItems[key]?.own = (texts, row.start)
    return true
  }

  /// Reports shared items that the matter in `shared_from` does not have.
  private func reportMissingSharedItems() {
    for (item, shared) in sharedItems.sorted(by: { $0.key < $1.key })
    where !shared.hasOwnRow && seenIDs.contains(shared.origin) {
      guard let first = shared.copies.min(by: { $0.value.rows[0].start < $1.value.rows[0].start }) else { continue }
      let name = first.key.name
      id = first.value.rows[0].matter
      unclear(
        first.value.rows[0].start, .item,
        LocalizedText(
          zh: "有行共享 \(item)“\(name)”，但事项 \(shared.origin) 没有这一项；请补上该项，或改正 shared_from",
          en: "rows share \(item) “\(name)”, but matter \(shared.origin) does not have this item; "
            + "add the item or fix shared_from"))
    }
  }
}

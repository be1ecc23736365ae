import AtomicFiles
import CSVFormat
import Catalog
import Localization

/// One reading of a list in the flat layout.
final class FlatReading {
  /// An item of another matter as the rows with `shared_from` print it.
  private struct SharedItem {
    var name: String
    var responsible: String
    /// The id of the matter that it belongs to.
    var origin: String
    /// Whether the matter has the item.
    var isFound = false
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

  private func unclear(_ row: Int, _ message: LocalizedText) {
    context.unclear(source, row, subject: id.isEmpty ? nil : id, message)
  }

  // MARK: Shared items

  /// Collects the shared items in a first pass, because the items' own rows may come before those with `shared_from`.
  func collectSharedItems(from start: Int) {
    guard columns[FlatColumn.sharedFrom.rawValue] >= 0 else { return }
    var reader = TableReader(csv.bytes, start: start, separator: csv.separator)
    while reader.next() {
      let cells = reader.cells
      guard let origin = cell(cells, .sharedFrom), !isBlank(origin) else { continue }
      let item = text(cells, .item).trimmingBlanks
      let here = SharedItem(
        name: text(cells, .itemName), responsible: text(cells, .responsible),
        origin: text(cells, .sharedFrom).trimmingBlanks)
      if let known = sharedItems[item] {
        if !known.name.isExactly(here.name) || !known.responsible.isExactly(here.responsible)
          || known.origin != here.origin
        {
          id = text(cells, .matter).trimmingBlanks
          unclear(
            reader.rowStart,
            LocalizedText(
              zh:
                "共享事项 \(item) 各行不一致：此处是“\(here.name)”，责任部门“\(here.responsible)”；前面是“\(known.name)”，责任部门“\(known.responsible)”。请改成一致",
              en:
                "the shared item \(item) differs between rows: “\(here.name)”, responsible “\(here.responsible)” here; “\(known.name)”, responsible “\(known.responsible)” before. Make them equal"
            ))
        }
      } else {
        sharedItems[item] = here
        sharedCount[here.origin, default: 0] += 1
      }
    }
    id = ""
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
      add(cells, start)
    }
    finishMatter()
    context.reportSyntax(reader, source)
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
  }

  /// Reports a value of the matter that differs from the one in its first row.
  private func compare(_ cells: [Cell], _ start: Int) {
    for column in [FlatColumn.list, .number, .audience, .name, .lead, .deadline, .remark] {
      guard !isSame(cell(cells, column), cell(firstRow, column)) else { continue }
      let title = FlatListWriter.columns[column.rawValue]
      let first = text(firstRow, column)
      let here = text(cells, column)
      unclear(
        start,
        LocalizedText(
          zh: "同一事项各行的 \(title) 不一致：此处是“\(here)”，首行是“\(first)”；暂按首行读取，请改成一致",
          en:
            "\(title) differs between the rows of one matter: “\(here)” here, “\(first)” in the first row, which is used. Make them equal"
        ))
    }
  }

  private func add(_ cells: [Cell], _ start: Int) {
    let responsible = cell(cells, .responsible)
    if let other = cell(cells, .sharedFrom), !isBlank(other) {
      let id = csv.string(other).trimmingBlanks
      if let includedID, includedID != id {
        unclear(
          start,
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
        start,
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
    let counterpart = context.counterpart(id: id, name: text(firstRow, .name))
    if seenIDs.insert(id).inserted {
      addMatter(counterpart)
    } else if includedID != nil || placeholder != nil {
      unclear(
        firstRowStart,
        LocalizedText(
          zh: "事项 \(id) 的行不相连，后面的共享行未读取；请把同一事项的行放在一起",
          en:
            "the rows of matter \(id) are not adjacent, and its shared items further down are not read; move the rows together"
        ))
    }
    if let includedID, let all = sharedCount[includedID], sharedRowCount != all {
      unclear(
        firstRowStart,
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

  /// Whether rows with `shared_from` name the item. A difference between these and the item's own row is reported.
  private func isSharedInList(_ row: OwnRow, number: String) -> Bool {
    let key = id + "." + (number.isEmpty ? "?" : number)
    guard let shared = sharedItems[key] else { return false }
    sharedItems[key]?.isFound = true
    let name = csv.string(row.name)
    let responsible = csv.string(row.responsible)
    if !shared.name.isExactly(name) || !shared.responsible.isExactly(responsible) {
      unclear(
        row.start,
        LocalizedText(
          zh:
            "\(key) 在此处是“\(name)”，责任部门“\(responsible)”；在共享它的行是“\(shared.name)”，责任部门“\(shared.responsible)”。暂按此处读取，请改成一致",
          en:
            "\(key) is “\(name)”, responsible “\(responsible)” here, and “\(shared.name)”, responsible “\(shared.responsible)” in the rows that share it; this row is used. Make them equal"
        ))
    }
    return true
  }

  /// Reports shared items that the matter in `shared_from` does not have.
  private func reportMissingSharedItems() {
    for (item, shared) in sharedItems.sorted(by: { $0.key < $1.key })
    where !shared.isFound && seenIDs.contains(shared.origin) {
      id = shared.origin
      unclear(
        firstRowStart,
        LocalizedText(
          zh: "有行共享 \(item)“\(shared.name)”，但事项 \(shared.origin) 没有这一项；请补上该项，或改正 shared_from",
          en: "rows share \(item) “\(shared.name)”, but matter \(shared.origin) does not have this item; "
            + "add the item or fix shared_from"))
    }
  }
}

import AtomicFiles
import CSVFormat
import Catalog
import Deadlines
import Localization

/// One reading of a list in the flat layout.
final class FlatReading {
  /// A row with one of the matter's own items.
  private struct OwnRow {
    var number: RawCell
    var name: Cell
    var responsible: Cell
    var start: Int
    /// The cells of the extra columns of items.
    var extra: [Cell?]
  }

  private let table: FlatTable
  private let width: Int
  private let builder: CatalogBuilder
  private var sharedItems: FlatSharedItems

  private var csv: CSVTable { table.csv }
  private var columns: [Int] { table.columns }
  private var source: Int { table.source }
  private var context: ListContext { table.context }
  private var base: UnsafePointer<UInt8> { table.csv.bytes.base }

  // The matter being read.
  private var firstRow: [Cell] = []
  private var firstRowStart = 0
  /// The cells that stand in place of those of the first row, which may not have them at all.
  private var corrected: [FlatColumn: Cell] = [:]
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
    table = FlatTable(csv: csv, columns: columns, source: source, context: context)
    self.width = width
    builder = context.builder
    sharedItems = FlatSharedItems(table)
    let count = max(builder.schema.columns(.matters).count, builder.schema.columns(.items).count)
    raw = .allocate(capacity: count)
    raw.initialize(repeating: nil, count: count)
  }

  deinit { raw.deallocate() }

  /// The cell of a column of the matter being read.
  private func matterCell(_ column: FlatColumn) -> Cell? { corrected[column] ?? table.cell(firstRow, column) }

  /// Collects the shared items in a first pass, because the items' own rows may come before those with `shared_from`.
  func collectSharedItems(from start: Int) { sharedItems.collect(from: start) }

  // MARK: Rows

  func read(from start: Int) {
    var reader = TableReader(csv.bytes, start: start, separator: csv.separator)
    while reader.next() {
      let cells = reader.cells
      if cells.allSatisfy({ table.isBlank($0) }) { continue }
      let start = reader.rowStart
      if cells.count < width || (cells.count > width && cells[width...].contains { !$0.isEmpty }) {
        builder.issues.append(
          ReadingIssue(
            .rowLength(found: cells.count, expected: width),
            at: .row(source: source, table: .matters, offset: start),
            subject: table.text(cells, .matter).trimmingBlanks))
      }
      // A file joined from several contains the header more than once.
      if table.text(cells, .matter) == "matter", table.text(cells, .itemName) == "item_name" { continue }
      if firstRow.isEmpty || !table.isSame(table.cell(cells, .matter), table.cell(firstRow, .matter)) {
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
    sharedItems.compareCopies()
    sharedItems.reportMissing(seenIDs)
    context.copyIncluded(includedIDs.subtracting(seenIDs), except: seenIDs)
  }

  private func begin(_ cells: [Cell], _ start: Int) {
    firstRow = cells
    firstRowStart = start
    id = table.text(cells, .matter).trimmingBlanks
    includedID = nil
    sharedRowCount = 0
    placeholder = nil
    ownRows.removeAll(keepingCapacity: true)
    rowCount = 0
    if !differences.isEmpty { differences.removeAll() }
    if !corrected.isEmpty { corrected.removeAll() }
    checkDue(cells, start)
  }

  /// Compares `due` with the deadline, unless the deadline cannot be read.
  private func checkDue(_ cells: [Cell], _ start: Int) {
    guard let cell = table.cell(cells, .due), !table.isBlank(cell) else { return }
    let printed = table.text(cells, .deadline)
    let deadline = deadlines[printed] ?? Deadline(printed: printed)
    deadlines[printed] = deadline
    let due = csv.string(cell).trimmingBlanks
    guard deadline.kind != .unreadable, deadline.due?.description != due else { return }
    table.contradiction(
      start, .due, of: id,
      LocalizedText(
        zh: "\(id)：时限“\(printed)”\(deadline.due.map { "的截止日是 \($0)" } ?? "没有截止日")，而 due 写的是“\(due)”",
        en: "\(id): the deadline “\(printed)” \(deadline.due.map { "is due on \($0)" } ?? "has no due date"), "
          + "but due is “\(due)”"))
  }

  private static let matterColumns: [FlatColumn] = [.list, .number, .audience, .name, .lead, .deadline, .remark]

  /// Collects the values of the matter that differ from those in its first row.
  private func compare(_ cells: [Cell], _ start: Int) {
    for column in FlatReading.matterColumns where !table.isSame(table.cell(cells, column), table.cell(firstRow, column))
    {
      differences[column, default: []].append((table.cell(cells, column), start))
    }
    if !table.isSame(table.cell(cells, .due), table.cell(firstRow, .due)),
      table.isSame(table.cell(cells, .deadline), table.cell(firstRow, .deadline))
    {
      checkDue(cells, start)
    }
  }

  /// Reports the values of the matter that differ between its rows. The first row is used, unless it is the only one of
  /// three or more that differs.
  private func reportDifferences() {
    for column in FlatReading.matterColumns {
      guard let others = differences[column], let other = others.first else { continue }
      let isFirstWrong =
        others.count > 1 && others.count == rowCount - 1 && others.allSatisfy { table.isSame($0.cell, other.cell) }
      if isFirstWrong, let cell = other.cell {
        let written = table.text(firstRow, column)
        corrected[column] = cell
        report(column, at: firstRowStart, written, others: csv.string(cell))
      } else {
        let first = table.text(firstRow, column)
        for (cell, start) in others { report(column, at: start, cell.map { csv.string($0) } ?? "", others: first) }
      }
    }
  }

  private func report(_ column: FlatColumn, at row: Int, _ here: String, others: String) {
    let title = FlatListWriter.columns[column.rawValue]
    table.unclear(
      row, column, of: id,
      LocalizedText(
        zh: "同一事项各行的 \(title) 不一致：此处是“\(here)”，其他行是“\(others)”；暂按其他行读取，请改成一致",
        en:
          "\(title) differs between the rows of one matter: “\(here)” here, “\(others)” in the other rows, which is used. "
          + "Make them equal"))
  }

  private func add(_ cells: [Cell], _ start: Int) {
    let responsible = table.cell(cells, .responsible)
    if let other = table.cell(cells, .sharedFrom), !table.isBlank(other) {
      let written = csv.string(other).trimmingBlanks
      let item = table.text(cells, .item).trimmingBlanks
      let id = FlatSharedItems.origin(ofItem: item) ?? written
      if id != written {
        table.contradiction(
          start, .sharedFrom, of: self.id,
          LocalizedText(
            zh: "\(self.id)：关联事项 \(item) 属于 \(id)，而 shared_from 写的是“\(written)”",
            en: "\(self.id): the item \(item) belongs to \(id), but shared_from is “\(written)”"))
      }
      if let includedID, includedID != id {
        table.unclear(
          start, .item, of: id,
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
    let item = table.text(cells, .item)
    if item.isEmpty, table.isBlank(table.cell(cells, .itemName)) {
      if let responsible, responsible.end > responsible.start { placeholder = responsible }
      return
    }
    guard let name = table.cell(cells, .itemName) else { return }
    let number = itemNumber(cells, start)
    let none = Cell(start: csv.bytes.count, end: csv.bytes.count, written: csv.bytes.count, isEscaped: false)
    let declared = FlatColumn.allCases.count + builder.schema.extraMatterColumns.count
    let extra = builder.schema.extraItemColumns.indices.map { table.cell(cells, at: declared + $0) }
    ownRows.append(OwnRow(number: number, name: name, responsible: responsible ?? none, start: start, extra: extra))
  }

  /// The number in the cell `item`: what follows the matter's id in `2-037.8`, or a number alone. Any other text is reported.
  private func itemNumber(_ cells: [Cell], _ start: Int) -> RawCell {
    guard let cell = table.cell(cells, .item), !table.holdsNUL(cell) else { return nil }
    let item = table.text(cells, .item)
    let prefix = id.utf8.count + 1
    if item.hasPrefix(id + "."), !cell.isEscaped {
      let number = UnsafeBufferPointer(start: base + cell.start + prefix, count: cell.end - cell.start - prefix)
      // An item without a number is exported as `2-037.?`.
      let isUnnumbered = number.count == 1 && number.first == UInt8(ascii: "?")
      return isUnnumbered ? UnsafeBufferPointer(start: base, count: 0) : number
    }
    if item.contains(where: { !$0.isASCII || !$0.isNumber }) {
      table.unclear(
        start, .item, of: id,
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
    let counterpart = context.counterpart(id: id, name: matterCell(.name).map { csv.string($0) } ?? "")
    if seenIDs.insert(id).inserted {
      addMatter(counterpart)
    } else if includedID != nil || placeholder != nil {
      table.unclear(
        firstRowStart, nil, of: id,
        LocalizedText(
          zh: "事项 \(id) 的行不相连，后面的共享行未读取；请把同一事项的行放在一起",
          en:
            "the rows of matter \(id) are not adjacent, and its shared items further down are not read; move the rows together"
        ))
    }
    if let includedID, let all = sharedItems.count(of: includedID), sharedRowCount != all {
      table.unclear(
        firstRowStart, nil, of: id,
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
      raw[column.rawValue] = table.bytes(matterCell(flat), for: own)
    }
    if includes.isEmpty {
      raw[MatterColumn.includes.rawValue] = UnsafeBufferPointer(start: base, count: 0)
    } else {
      let kept = Bytes(Array(includes.utf8))
      own(kept)
      raw[MatterColumn.includes.rawValue] = kept.buffer
    }
    raw[MatterColumn.placeholder.rawValue] =
      placeholder.map { table.bytes($0, for: own) } ?? UnsafeBufferPointer(start: base, count: 0)
    for column in builder.schema.extraMatterColumns.indices {
      raw[MatterColumn.allCases.count + column] = table.bytes(
        table.cell(firstRow, at: FlatColumn.allCases.count + column), for: own)
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
      raw[ItemColumn.matter.rawValue] = table.bytes(table.cell(firstRow, .matter), for: own)
      raw[ItemColumn.number.rawValue] = row.number
      raw[ItemColumn.name.rawValue] = table.bytes(row.name, for: own)
      raw[ItemColumn.responsible.rawValue] = table.bytes(row.responsible, for: own)
      var isShared = false
      if !sharedItems.isEmpty || !sharedInBase.isEmpty {
        let number = (row.number.map { String(decoding: $0, as: UTF8.self) } ?? "").trimmingBlanks
        isShared =
          sharedItems.setOwnRow(
            id, number: number, name: row.name, responsible: row.responsible, start: row.start)
          || !sharedInBase.isEmpty
            && sharedInBase.contains(BaseSharedItem(number: number, name: csv.string(row.name)))
      }
      let yes: StaticString = "yes"
      raw[ItemColumn.shared.rawValue] = UnsafeBufferPointer(start: yes.utf8Start, count: isShared ? 3 : 0)
      for (column, cell) in row.extra.enumerated() {
        raw[ItemColumn.allCases.count + column] = table.bytes(cell, for: own)
      }
      builder.itemRows.add(raw, stable: true, source: source, row: row.start)
    }
  }
}

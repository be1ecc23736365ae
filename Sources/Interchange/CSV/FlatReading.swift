import AtomicFiles
import CSVFormat
import Catalog
import Localization

/// One reading of a list in the flat layout.
final class FlatReading {
  /// A row with one of the matter's own items.
  private struct OwnRow {
    var number: RawCell
    var name: Cell
    var responsible: Cell
    var start: Int
  }

  private let table: FlatTable
  private let width: Int
  private let builder: CatalogBuilder
  private let matterRows: MatterRows
  private let itemRows: ItemRows
  private let sharedItems: FlatSharedItems

  private var csv: CSVTable { table.csv }
  private var columns: [Int] { table.columns }
  private var source: Int { table.source }
  private var context: ListContext { table.context }
  private var base: UnsafePointer<UInt8> { table.csv.bytes.base }

  // The matter being read. Unchecked: they are used in every row, and nothing here calls back while it changes them.
  @exclusivity(unchecked) private var firstRow: [Cell] = []
  @exclusivity(unchecked) private var firstRowStart = 0
  /// The cells that stand in place of those of the first row, which may not have them at all.
  @exclusivity(unchecked) private var corrected: [FlatColumn: Cell] = [:]
  @exclusivity(unchecked) private var id = ""
  /// The matter whose shared items it includes, as a number of `sharedItems`.
  @exclusivity(unchecked) private var included: Int?
  @exclusivity(unchecked) private var sharedRowCount = 0
  @exclusivity(unchecked) private var placeholder: Cell?
  @exclusivity(unchecked) private var ownRows: [OwnRow] = []
  /// The cells of the extra columns of items, those of one row after those of the other.
  @exclusivity(unchecked) private var extraCells: [Cell?] = []
  @exclusivity(unchecked) private var rowCount = 0
  /// The rows whose value of a column of the matter differs from the first row's.
  @exclusivity(unchecked) private var differences: [FlatColumn: [(cell: Cell?, start: Int)]] = [:]
  private let dueDates: FlatDueDates

  /// Whether the list has had a matter, by its number in `sharedItems`.
  private var seen: [Bool] = []
  /// The ids of the matters that the matters of the list include.
  private var includedIDs: Set<String> = []
  /// The ids of included matters as bytes that live as long as the catalog, by number.
  private var includedBytes: [Int: Bytes] = [:]
  /// The cells of the row that is added next.
  private let raw: UnsafeMutablePointer<RawCell>
  private static let columnCount = FlatColumn.allCases.count
  private static let matterColumnCount = MatterColumn.allCases.count
  private static let itemColumnCount = ItemColumn.allCases.count
  /// How many columns the catalog has besides the standard ones.
  private let extraMatterColumns: Int
  private let extraItemColumns: Int

  init(_ csv: CSVTable, columns: [Int], width: Int, source: Int, _ context: ListContext) {
    table = FlatTable(csv: csv, columns: columns, source: source, context: context)
    self.width = width
    builder = context.builder
    matterRows = builder.matterRows
    itemRows = builder.itemRows
    sharedItems = FlatSharedItems(table)
    dueDates = FlatDueDates(table)
    extraMatterColumns = builder.schema.extraMatterColumns.count
    extraItemColumns = builder.schema.extraItemColumns.count
    let count = max(builder.schema.columns(.matters).count, builder.schema.columns(.items).count)
    raw = .allocate(capacity: count)
    raw.initialize(repeating: nil, count: count)
  }

  deinit { raw.deallocate() }

  /// The cell of a column of the matter being read.
  private func matterCell(_ column: FlatColumn) -> Cell? { corrected[column] ?? table.cell(firstRow, column) }

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
      if table.isText(table.cell(cells, .matter), "matter"), table.isText(table.cell(cells, .itemName), "item_name") {
        continue
      }
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
    sharedItems.finish(isSeen: isSeen)
    context.copyIncluded(includedIDs, except: isSeen)
  }

  private func begin(_ cells: [Cell], _ start: Int) {
    firstRow = cells
    firstRowStart = start
    id = table.text(cells, .matter).trimmingBlanks
    included = nil
    sharedRowCount = 0
    placeholder = nil
    ownRows.removeAll(keepingCapacity: true)
    extraCells.removeAll(keepingCapacity: true)
    rowCount = 0
    if !differences.isEmpty { differences.removeAll() }
    if !corrected.isEmpty { corrected.removeAll() }
    dueDates.check(cells, start, of: id)
  }

  /// Whether the list has a matter of this id.
  private func isSeen(_ id: String) -> Bool {
    var id = id
    let number = id.withUTF8 { sharedItems.knownMatter($0) }
    return number.map { seen.indices.contains($0) && seen[$0] } ?? false
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
      dueDates.check(cells, start, of: id)
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
      return addSharedRow(cells, from: other, start)
    }
    if table.cell(cells, .item)?.isEmpty ?? true, table.isBlank(table.cell(cells, .itemName)) {
      if let responsible, responsible.end > responsible.start { placeholder = responsible }
      return
    }
    guard let name = table.cell(cells, .itemName) else { return }
    let item = FlatItemNumber(cells, of: id, in: table)
    if let foreign = item.foreign {
      table.unclear(
        start, .item, of: id,
        LocalizedText(
          zh: "item“\(foreign)”不属于事项 \(id)：应写作 \(id).1 的形式",
          en: "item “\(foreign)” does not belong to matter \(id); write it as \(id).1"))
    }
    let none = Cell(start: csv.bytes.count, end: csv.bytes.count, written: csv.bytes.count, isEscaped: false)
    let declared = FlatReading.columnCount + extraMatterColumns
    for column in 0..<extraItemColumns { extraCells.append(table.cell(cells, at: declared + column)) }
    ownRows.append(OwnRow(number: item.number, name: name, responsible: responsible ?? none, start: start))
  }

  /// Counts a row that prints an item of another matter.
  private func addSharedRow(_ cells: [Cell], from other: Cell, _ start: Int) {
    let (origin, written) = sharedItems.add(cells, from: other, start)
    if origin != written {
      let id = sharedItems.matterID(origin)
      let item = table.text(cells, .item).trimmingBlanks
      let written = csv.string(other).trimmingBlanks
      table.contradiction(
        start, .sharedFrom, of: self.id,
        LocalizedText(
          zh: "\(self.id)：关联事项 \(item) 属于 \(id)，而 shared_from 写的是“\(written)”",
          en: "\(self.id): the item \(item) belongs to \(id), but shared_from is “\(written)”"))
    }
    if let included, included != origin {
      let (first, id) = (sharedItems.matterID(included), sharedItems.matterID(origin))
      table.unclear(
        start, .item, of: id,
        LocalizedText(
          zh: "一个事项只能包含一个事项的共享事项：前面是 \(first)，此处是 \(id)；暂按 \(first) 读取，请改正 shared_from",
          en: "a matter can include the shared items of one other matter: \(first) before, \(id) here; "
            + "\(first) is used. Fix shared_from"))
      return
    }
    included = origin
    sharedRowCount += 1
  }

  // MARK: Matters

  private func finishMatter() {
    guard !firstRow.isEmpty else { return }
    defer { firstRow = [] }
    if !differences.isEmpty { reportDifferences() }
    let counterpart = context.counterpart(id: id, name: matterCell(.name).map { csv.string($0) } ?? "")
    let number = sharedItems.matter(table.cell(firstRow, .matter))
    while seen.count <= number { seen.append(false) }
    if !seen[number] {
      seen[number] = true
      addMatter(counterpart)
    } else if included != nil || placeholder != nil {
      table.unclear(
        firstRowStart, nil, of: id,
        LocalizedText(
          zh: "事项 \(id) 的行不相连，后面的共享行未读取；请把同一事项的行放在一起",
          en:
            "the rows of matter \(id) are not adjacent, and its shared items further down are not read; move the rows together"
        ))
    }
    if let included {
      sharedItems.add(
        FlatSharedItems.Inclusion(matter: number, of: included, rows: sharedRowCount, start: firstRowStart))
    }
    addItems(counterpart, number)
  }

  /// The id of the included matter: that of the rows with `shared_from`, else, because the list has no rows for an included
  /// matter without shared items, that of the base.
  private func includedID(_ counterpart: Matter?) -> UnsafeBufferPointer<UInt8> {
    if let included {
      if let known = includedBytes[included] { return known.buffer }
    } else if counterpart?.includesID.isEmpty ?? true {
      return UnsafeBufferPointer(start: base, count: 0)
    }
    let written = included.map(sharedItems.matterID) ?? ""
    var id = written
    if id.isEmpty, let counterpart, !counterpart.includesID.isEmpty, context.base.sharedItems(of: counterpart).isEmpty {
      id = context.base.text(counterpart.includesID)
    }
    if id.isEmpty { return UnsafeBufferPointer(start: base, count: 0) }
    includedIDs.insert(id)
    let kept = Bytes(Array(id.utf8))
    matterRows.own(kept)
    if let included, !written.isEmpty { includedBytes[included] = kept }
    return kept.buffer
  }

  private func addMatter(_ counterpart: Matter?) {
    let own = matterRows.own
    for (column, flat) in [
      (MatterColumn.id, FlatColumn.matter), (.list, .list), (.number, .number), (.audience, .audience), (.name, .name),
      (.lead, .lead), (.deadline, .deadline), (.remark, .remark),
    ] {
      raw[column.rawValue] = table.bytes(matterCell(flat), for: own)
    }
    raw[MatterColumn.includes.rawValue] = includedID(counterpart)
    raw[MatterColumn.placeholder.rawValue] =
      placeholder.map { table.bytes($0, for: own) } ?? UnsafeBufferPointer(start: base, count: 0)
    for column in 0..<extraMatterColumns {
      raw[FlatReading.matterColumnCount + column] = table.bytes(
        table.cell(firstRow, at: FlatReading.columnCount + column), for: own)
    }
    matterRows.add(raw, stable: true, source: source, row: firstRowStart)
  }

  /// An item that is shared in the base.
  private struct BaseSharedItem: Hashable {
    var number: String
    var name: String
  }

  private func itemsSharedInBase(_ matter: Matter) -> Set<BaseSharedItem> {
    let base = context.base
    return Set(
      base.items(of: matter).lazy.filter(\.isShared).map { item in
        BaseSharedItem(number: item.number.map(String.init) ?? "?", name: base.text(item.name))
      })
  }

  private func addItems(_ counterpart: Matter?, _ matter: Int) {
    let own = itemRows.own
    let sharedInBase = counterpart.map(itemsSharedInBase) ?? []
    for (index, row) in ownRows.enumerated() {
      raw[ItemColumn.matter.rawValue] = table.bytes(table.cell(firstRow, .matter), for: own)
      raw[ItemColumn.number.rawValue] = row.number
      raw[ItemColumn.name.rawValue] = table.bytes(row.name, for: own)
      raw[ItemColumn.responsible.rawValue] = table.bytes(row.responsible, for: own)
      var isShared = false
      if !sharedInBase.isEmpty {
        let number = (row.number.map { String(decoding: $0, as: UTF8.self) } ?? "").trimmingBlanks
        isShared = sharedInBase.contains(BaseSharedItem(number: number, name: csv.string(row.name)))
      }
      let yes: StaticString = "yes"
      raw[ItemColumn.shared.rawValue] = UnsafeBufferPointer(start: yes.utf8Start, count: isShared ? 3 : 0)
      for column in 0..<extraItemColumns {
        raw[FlatReading.itemColumnCount + column] = table.bytes(extraCells[index * extraItemColumns + column], for: own)
      }
      let item = itemRows.rows.count
      itemRows.add(raw, stable: true, source: source, row: row.start)
      sharedItems.addOwnRow(row.start, item: itemRows.rows.count > item ? item : nil, of: matter)
    }
  }
}

import AtomicFiles
import CSVFormat
import Catalog
import Localization

/// The positions of columns in `FlatListWriter.columns`.
enum FlatColumn: Int, CaseIterable {
  case matter, list, number, audience, name, lead, item, itemName, responsible, deadline, due, sharedFrom, remark
}

/// Reads the flat layout: one row for each item.
///
/// `due` follows from `deadline` and is not read. Which items are shared follows from the rows that share them; a mark
/// that no row shows stays as the base has it.
enum FlatListReader {
  static func read(
    _ csv: CSVTable, columns: [Int], titles: [String], headerStart: Int, bodyStart: Int, _ context: ListContext
  ) {
    func cell(_ column: FlatColumn) -> Int { columns[column.rawValue] }
    let builder = context.builder
    let source = builder.add(
      Source(
        file: context.file, csv: csv,
        columns: [
          .matters: [
            cell(.matter), cell(.list), cell(.number), cell(.audience), cell(.name), cell(.lead), cell(.deadline),
            cell(.remark), cell(.sharedFrom), cell(.responsible),
          ],
          .items: [cell(.matter), cell(.item), cell(.itemName), cell(.responsible), cell(.sharedFrom)],
        ]))
    context.reportEncoding(source)
    let headerPosition = SourcePosition.row(source: source, table: .matters, offset: headerStart)
    var width = titles.count
    while width > 0, titles[width - 1].trimmingBlanks.isEmpty { width -= 1 }
    for column in FlatColumn.allCases where column != .due && cell(column) < 0 {
      builder.issues.append(
        ReadingIssue(.missingColumn(FlatListWriter.columns[column.rawValue]), at: headerPosition))
    }
    let known = FlatListWriter.columns(builder.schema)
    for index in 0..<width where !columns.contains(index) {
      let title = titles[index].trimmingBlanks
      let name = ListHeading.compact(title).lowercased()
      builder.issues.append(
        ReadingIssue(
          known.contains(name)
            ? .repeatedColumn(title)
            : .unknownColumn(title, nearest: Nearness.nearest(to: title, among: known)),
          at: headerPosition))
    }
    if let wanted = context.options.list, context.list(named: wanted) == nil {
      _ = context.makeList(wanted, heading: nil, titles: [], position: headerPosition)
    }
    builder.prepareLists()
    builder.matterRows.own(csv.bytes)
    builder.itemRows.own(csv.bytes)
    let reading = FlatReading(csv, columns: columns, width: width, source: source, context)
    reading.gatherShared(from: bodyStart)
    reading.read(from: bodyStart)
  }
}

private final class FlatReading {
  /// An item as the rows that share it print it.
  private struct Shared {
    var name: String
    var responsible: String
    var from: String
    var isSeen = false
  }

  /// A row of one of the matter's own items.
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

  private var shared: [String: Shared] = [:]
  private var sharedCount: [String: Int] = [:]

  // The matter that is being read.
  private var head: [Cell] = []
  private var headStart = 0
  private var id = ""
  private var from: String?
  private var sharedRows = 0
  private var placeholder: Cell?
  private var ownRows: [OwnRow] = []
  private var seen: Set<String> = []
  private var included: Set<String> = []
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

  private func isSpoilt(_ cell: Cell) -> Bool {
    context.hasNUL && UnsafeBufferPointer(rebasing: csv.bytes.buffer[cell.start..<cell.end]).contains(0)
  }

  /// The cell's bytes, to stay as long as the table; nil if they cannot be trusted.
  private func bytes(_ cell: Cell?, for own: (Bytes) -> Void) -> RawCell {
    guard let cell, !isSpoilt(cell) else { return nil }
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

  /// First, which items are shared at all: their own rows come before those that share them.
  func gatherShared(from start: Int) {
    guard columns[FlatColumn.sharedFrom.rawValue] >= 0 else { return }
    var reader = TableReader(csv.bytes, start: start, separator: csv.separator)
    while reader.next() {
      let cells = reader.cells
      guard let from = cell(cells, .sharedFrom), !isBlank(from) else { continue }
      let item = text(cells, .item).trimmingBlanks
      let record = Shared(
        name: text(cells, .itemName), responsible: text(cells, .responsible),
        from: text(cells, .sharedFrom).trimmingBlanks)
      if let known = shared[item] {
        if !known.name.isExactly(record.name) || !known.responsible.isExactly(record.responsible)
          || known.from != record.from
        {
          id = text(cells, .matter).trimmingBlanks
          unclear(
            reader.rowStart,
            LocalizedText(
              zh:
                "共享事项 \(item) 在各行写得不一样：此处“\(record.name)”由“\(record.responsible)”负责，前面是“\(known.name)”由“\(known.responsible)”负责",
              en:
                "the shared item \(item) differs between rows: here “\(record.name)” of “\(record.responsible)”, before “\(known.name)” of “\(known.responsible)”"
            ))
        }
      } else {
        shared[item] = record
        sharedCount[record.from, default: 0] += 1
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
      // Files that were joined carry the header again.
      if text(cells, .matter) == "matter", text(cells, .itemName) == "item_name" { continue }
      if head.isEmpty || !isSame(cell(cells, .matter), cell(head, .matter)) {
        finishMatter()
        begin(cells, start)
      } else {
        compare(cells, start)
      }
      add(cells, start)
    }
    finishMatter()
    context.reportSyntax(reader, source)
    reportUnsharedShares()
    let absent = included.subtracting(seen)
    context.bringAlong(absent, having: seen)
  }

  private func begin(_ cells: [Cell], _ start: Int) {
    head = cells
    headStart = start
    id = text(cells, .matter).trimmingBlanks
    from = nil
    sharedRows = 0
    placeholder = nil
    ownRows.removeAll(keepingCapacity: true)
  }

  /// The matter's own cells are the same in all of its rows.
  private func compare(_ cells: [Cell], _ start: Int) {
    for column in [FlatColumn.list, .number, .audience, .name, .lead, .deadline, .remark] {
      guard !isSame(cell(cells, column), cell(head, column)) else { continue }
      let title = FlatListWriter.columns[column.rawValue]
      let first = text(head, column)
      let here = text(cells, column)
      unclear(
        start,
        LocalizedText(
          zh: "同一事项的各行 \(title) 不一致：此处“\(here)”，首行“\(first)”；按首行读取",
          en:
            "\(title) differs between the rows of one matter: here “\(here)”, in its first row “\(first)”, which is taken"
        ))
    }
  }

  private func add(_ cells: [Cell], _ start: Int) {
    let responsible = cell(cells, .responsible)
    if let other = cell(cells, .sharedFrom), !isBlank(other) {
      let id = csv.string(other).trimmingBlanks
      if let from, from != id {
        unclear(
          start,
          LocalizedText(
            zh: "一个事项只能包含一个事项的共享事项：此前是 \(from)，此处是 \(id)；按 \(from) 读取",
            en: "a matter includes the shared items of one other: \(from) before, here \(id); \(from) is taken"))
        return
      }
      from = id
      sharedRows += 1
      return
    }
    let item = text(cells, .item)
    if item.isEmpty, isBlank(cell(cells, .itemName)) {
      if let responsible, responsible.end > responsible.start { placeholder = responsible }
      return
    }
    guard let name = cell(cells, .itemName) else { return }
    // `2-037.8`: the number is what follows the matter's id.
    var number: RawCell
    if let cell = cell(cells, .item), !isSpoilt(cell) {
      let prefix = id.utf8.count + 1
      if item.hasPrefix(id + "."), !cell.isEscaped {
        number = UnsafeBufferPointer(start: base + cell.start + prefix, count: cell.end - cell.start - prefix)
        if number?.count == 1, number?.first == UInt8(ascii: "?") {
          number = UnsafeBufferPointer(start: base, count: 0)
        }
      } else {
        number = UnsafeBufferPointer(start: base + cell.start, count: cell.end - cell.start)
        // A bare number is as good; anything else names an item of another matter.
        if item.contains(where: { !$0.isASCII || !$0.isNumber }) {
          unclear(
            start,
            LocalizedText(
              zh: "item“\(item)”不是事项 \(id) 的项：应写作 \(id).1 的形式",
              en: "item “\(item)” is none of matter \(id): it should read like \(id).1"))
        }
      }
    } else {
      number = nil
    }
    let none = Cell(start: csv.bytes.count, end: csv.bytes.count, written: csv.bytes.count, isEscaped: false)
    let declared = FlatColumn.allCases.count + builder.schema.extraMatterColumns.count
    let extra = builder.schema.extraItemColumns.indices.map { cell(cells, at: declared + $0) }
    ownRows.append(OwnRow(number: number, name: name, responsible: responsible ?? none, start: start, extra: extra))
  }

  private func finishMatter() {
    guard !head.isEmpty else { return }
    defer { head = [] }
    let isNew = seen.insert(id).inserted
    let counterpart = context.counterpart(id: id, name: text(head, .name))
    if isNew {
      var includes = from ?? ""
      if includes.isEmpty, let counterpart, !counterpart.includesID.isEmpty,
        context.base.sharedItems(of: counterpart).isEmpty
      {
        // It includes a matter that shares nothing, and so has no row to say it.
        includes = context.base.text(counterpart.includesID)
      }
      if !includes.isEmpty { included.insert(includes) }
      let own = builder.matterRows.own
      for (column, flat) in [
        (MatterColumn.id, FlatColumn.matter), (.list, .list), (.number, .number), (.audience, .audience),
        (.name, .name),
        (.lead, .lead), (.deadline, .deadline), (.remark, .remark),
      ] {
        raw[column.rawValue] = bytes(cell(head, flat), for: own)
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
        raw[MatterColumn.allCases.count + column] = bytes(cell(head, at: FlatColumn.allCases.count + column), for: own)
      }
      builder.matterRows.add(raw, stable: true, source: source, row: headStart)
    } else if from != nil || placeholder != nil {
      unclear(
        headStart,
        LocalizedText(
          zh: "事项 \(id) 的行不相连，后面的共享行未读取；请把同一事项的行放在一起",
          en:
            "the rows of matter \(id) do not stand together, and shared rows further down are not read; move them together"
        ))
    }
    if let from, let all = sharedCount[from], sharedRows != all {
      unclear(
        headStart,
        LocalizedText(
          zh: "事项 \(id) 只列出 \(from) 的 \(sharedRows) 个共享事项，别处列出 \(all) 个；按全部包含读取",
          en:
            "matter \(id) lists \(sharedRows) of the items that \(from) shares, others list \(all); it is read as including all"
        ))
    }

    let own = builder.itemRows.own
    // Marks that no row of the file shares are the folder's to keep.
    let marked = Set(
      counterpart.map { context.base.items(of: $0) }?.lazy.filter(\.isShared).map { [context] item in
        Marked(number: item.number.map(String.init) ?? "?", name: context.base.text(item.name))
      } ?? [])
    for row in ownRows {
      raw[ItemColumn.matter.rawValue] = bytes(cell(head, .matter), for: own)
      raw[ItemColumn.number.rawValue] = row.number
      raw[ItemColumn.name.rawValue] = bytes(row.name, for: own)
      raw[ItemColumn.responsible.rawValue] = bytes(row.responsible, for: own)
      var isShared = false
      if !shared.isEmpty || !marked.isEmpty {
        let number = row.number.map { String(decoding: $0, as: UTF8.self) } ?? ""
        isShared = checkShared(number: number.trimmingBlanks, row, marked)
      }
      let mark: StaticString = "yes"
      raw[ItemColumn.shared.rawValue] = UnsafeBufferPointer(start: mark.utf8Start, count: isShared ? 3 : 0)
      for (column, cell) in row.extra.enumerated() {
        raw[ItemColumn.allCases.count + column] = bytes(cell, for: own)
      }
      builder.itemRows.add(raw, stable: true, source: source, row: row.start)
    }
  }

  /// Whether rows share this item, or the base says that it is shared; and whether those rows print it as it is here.
  private func checkShared(
    number: String, _ row: OwnRow, _ marked: Set<Marked>
  ) -> Bool {
    let key = id + "." + (number.isEmpty ? "?" : number)
    if var record = shared[key] {
      record.isSeen = true
      shared[key] = record
      let name = csv.string(row.name)
      let responsible = csv.string(row.responsible)
      if !record.name.isExactly(name) || !record.responsible.isExactly(responsible) {
        unclear(
          row.start,
          LocalizedText(
            zh: "\(key) 此处是“\(name)”由“\(responsible)”负责，共享它的行写的是“\(record.name)”由“\(record.responsible)”负责；按此处读取",
            en:
              "\(key) is “\(name)” of “\(responsible)” here, and “\(record.name)” of “\(record.responsible)” in the rows that share it; this row is taken"
          ))
      }
      return true
    }
    return !marked.isEmpty && marked.contains(Marked(number: number, name: csv.string(row.name)))
  }

  /// An item that the folder marks as shared.
  private struct Marked: Hashable {
    var number: String
    var name: String
  }

  /// Shared rows whose item is not there.
  private func reportUnsharedShares() {
    for (item, record) in shared.sorted(by: { $0.key < $1.key }) where !record.isSeen && seen.contains(record.from) {
      id = record.from
      unclear(
        headStart,
        LocalizedText(
          zh: "有行共享 \(item)“\(record.name)”，但事项 \(record.from) 没有这一项",
          en: "rows share \(item) “\(record.name)”, but matter \(record.from) has no such item"))
    }
  }
}

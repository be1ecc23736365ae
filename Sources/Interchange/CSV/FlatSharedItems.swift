import CSVFormat
import Catalog
import Localization

/// The items of other matters in a list in the flat layout, which rows with `shared_from` print again.
struct FlatSharedItems {
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

  private let table: FlatTable
  /// The shared items of the list by their ids.
  private var sharedItems: [String: SharedItem] = [:]
  /// How many shared items a matter has, by its id.
  private var sharedCount: [String: Int] = [:]

  init(_ table: FlatTable) { self.table = table }

  var isEmpty: Bool { sharedItems.isEmpty }

  /// How many shared items a matter has; nil if no row shares one.
  func count(of matter: String) -> Int? { sharedCount[matter] }

  /// Collects the shared items in a first pass, because the items' own rows may come before those with `shared_from`.
  mutating func collect(from start: Int) {
    guard table.columns[FlatColumn.sharedFrom.rawValue] >= 0 else { return }
    var reader = TableReader(table.csv.bytes, start: start, separator: table.csv.separator)
    while reader.next() {
      let cells = reader.cells
      guard let cell = table.cell(cells, .sharedFrom), !table.isBlank(cell) else { continue }
      let item = table.text(cells, .item).trimmingBlanks
      let texts = ItemTexts(name: table.text(cells, .itemName), responsible: table.text(cells, .responsible))
      if sharedItems[item] == nil {
        let origin = FlatSharedItems.origin(ofItem: item) ?? table.csv.string(cell).trimmingBlanks
        sharedItems[item] = SharedItem(origin: origin)
        sharedCount[origin, default: 0] += 1
      }
      var copies = sharedItems[item]?.copies[texts] ?? Copies()
      copies.count += 1
      if copies.rows.count < Copies.kept {
        copies.rows.append((reader.rowStart, table.text(cells, .matter).trimmingBlanks))
      }
      sharedItems[item]?.copies[texts] = copies
    }
  }

  /// The matter in `2-037.8`; nil for any other text.
  static func origin(ofItem item: String) -> String? {
    guard let dot = item.lastIndex(of: "."), dot > item.startIndex, item.index(after: dot) < item.endIndex else {
      return nil
    }
    return String(item[..<dot])
  }

  /// Reports copies of shared items that differ from the item's own row, or, where the list has none, from most copies.
  /// If all copies agree with each other, the own row is the one that differs.
  func compareCopies() {
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
    table.contradiction(
      row, isName ? .itemName : .responsible, of: matter,
      LocalizedText(
        zh: "\(matter)：共享事项 \(item) 的\(title.zh)此处是“\(here)”，其他行是“\(there)”；请改成一致",
        en: "\(matter): the \(title.en) of the shared item \(item) is “\(here)” here and “\(there)” in the other rows; "
          + "make them equal"))
  }

  /// The row of the matter itself with the item `number`, if rows with `shared_from` name it.
  /// - Returns: whether they do.
  mutating func setOwnRow(_ matter: String, number: String, name: Cell, responsible: Cell, start: Int) -> Bool {
    let key = matter + "." + (number.isEmpty ? "?" : number)
    guard sharedItems[key] != nil else { return false }
    let texts = ItemTexts(name: table.csv.string(name), responsible: table.csv.string(responsible))
    sharedItems[key]?.own = (texts, start)
    return true
  }

  /// Reports shared items that the matter in `shared_from` does not have.
  func reportMissing(_ seenIDs: Set<String>) {
    for (item, shared) in sharedItems.sorted(by: { $0.key < $1.key })
    where !shared.hasOwnRow && seenIDs.contains(shared.origin) {
      guard let first = shared.copies.min(by: { $0.value.rows[0].start < $1.value.rows[0].start }) else { continue }
      let name = first.key.name
      table.unclear(
        first.value.rows[0].start, .item, of: first.value.rows[0].matter,
        LocalizedText(
          zh: "有行共享 \(item)“\(name)”，但事项 \(shared.origin) 没有这一项；请补上该项，或改正 shared_from",
          en: "rows share \(item) “\(name)”, but matter \(shared.origin) does not have this item; "
            + "add the item or fix shared_from"))
    }
  }
}

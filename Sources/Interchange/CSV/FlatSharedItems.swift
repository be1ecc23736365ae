import CSVFormat
import Catalog
import Localization

/// The items of other matters in a list in the flat layout, which rows with `shared_from` print again.
final class FlatSharedItems {
  /// What a row says of an item, as numbers of `FlatTexts`.
  private struct ItemTexts: Hashable {
    var name: Int
    var responsible: Int
  }

  /// Where rows with `shared_from` print one text of an item.
  private struct Copies {
    let texts: ItemTexts
    var count = 0
    /// The starts of the first rows, with the ids of their matters.
    var rows: [(start: Int, matter: String)] = []

    /// More rows are not reported one by one.
    static let kept = 20
  }

  /// An item of another matter as the rows with `shared_from` print it.
  private struct SharedItem {
    let id: String
    /// The id of the matter that it belongs to.
    let origin: String
    /// The number of the matter in the item's id; nil if that names none.
    let matter: Int?
    /// The different texts of it, one for nearly every item, and the index of the one that was printed last.
    var copies: [Copies] = []
    var last = 0
    var indices: [ItemTexts: Int] = [:]
    /// The row of the matter itself; nil if the list has none.
    var own: (texts: ItemTexts, start: Int)?
    var hasOwnRow: Bool { own != nil }
  }

  /// A matter that includes the shared items of another one, as its rows show.
  struct Inclusion {
    let matter: Int
    let of: Int
    /// How many rows with `shared_from` the matter has, and where its first row begins.
    let rows: Int
    let start: Int
  }

  private let table: FlatTable
  private let builder: CatalogBuilder
  private let texts: FlatTexts
  /// The ids of the shared items.
  private let ids: FlatTexts
  /// The ids of matters.
  private let matters: FlatTexts
  // Unchecked: they are used in every row, and nothing here calls back while it changes them.
  /// The shared items of the list in the order of their first rows.
  @exclusivity(unchecked) private var items: [SharedItem] = []
  /// By number of the id, the index in `items`; -1 if it is the id of none.
  @exclusivity(unchecked) private var indices: [Int] = []
  /// How many shared items a matter has, by the number of its id.
  private var sharedCount: [Int: Int] = [:]
  /// The rows of matters with items of their own: where a row begins, the index of its item, -1 if it has none, and where
  /// the rows of a matter begin among them.
  @exclusivity(unchecked) private var ownStarts: [Int] = []
  @exclusivity(unchecked) private var ownItems: [Int32] = []
  @exclusivity(unchecked) private var owners: [(matter: Int, first: Int)] = []
  /// The inclusions, each with the number of problems that had been reported before it.
  @exclusivity(unchecked) private var inclusions: [(inclusion: Inclusion, after: Int)] = []

  init(_ table: FlatTable) {
    self.table = table
    builder = table.context.builder
    texts = FlatTexts(table)
    ids = FlatTexts(table)
    matters = FlatTexts(table)
  }

  // MARK: Collecting

  /// Adds a row that prints an item of another matter.
  /// - Returns: the matter that it belongs to: the one of the item's id, else the one in `shared_from`; and that one itself.
  func add(_ cells: [Cell], from matter: Cell, _ start: Int) -> (origin: Int, written: Int) {
    let index = self.index(table.cell(cells, .item), from: matter)
    let found = ItemTexts(
      name: texts.number(of: table.cell(cells, .itemName)),
      responsible: texts.number(of: table.cell(cells, .responsible)))
    let copy = copyIndex(of: found, in: index)
    items[index].copies[copy].count += 1
    if items[index].copies[copy].rows.count < Copies.kept {
      items[index].copies[copy].rows.append((start, table.text(cells, .matter).trimmingBlanks))
    }
    let written = self.matter(matter)
    return (items[index].matter ?? written, written)
  }

  /// Adds a matter that includes the shared items of another one.
  func add(_ inclusion: Inclusion) { inclusions.append((inclusion, builder.issues.count)) }

  /// Adds a row of a matter with an item of its own, which may turn out to be shared.
  /// - Parameter item: its index among the items added; nil if the row has none.
  func addOwnRow(_ start: Int, item: Int?, of matter: Int) {
    if owners.last?.matter != matter { owners.append((matter, ownStarts.count)) }
    ownStarts.append(start)
    ownItems.append(item.map { Int32(truncatingIfNeeded: $0) } ?? -1)
  }

  /// The number of the id of a matter.
  func matter(_ cell: Cell?) -> Int { matters.number(of: cell.map(table.trimmed)) }

  /// The number of the id of a matter, given in UTF-8, if it has occurred.
  func knownMatter(_ id: UnsafeBufferPointer<UInt8>) -> Int? { matters.known(id) }

  /// The id of a matter by its number.
  func matterID(_ number: Int) -> String { matters.text(number) }

  /// The index of a shared item, which is added if it is new.
  private func index(_ cell: Cell?, from matter: Cell) -> Int {
    let number = ids.number(of: cell.map(table.trimmed))
    while indices.count <= number { indices.append(-1) }
    if indices[number] >= 0 { return indices[number] }
    let id = ids.text(number)
    let named = FlatSharedItems.origin(ofItem: id)
    let origin = named ?? table.csv.string(matter).trimmingBlanks
    indices[number] = items.count
    items.append(SharedItem(id: id, origin: origin, matter: named.map { matters.number(of: $0) }))
    sharedCount[matters.number(of: origin), default: 0] += 1
    return indices[number]
  }

  private func copyIndex(of found: ItemTexts, in item: Int) -> Int {
    let last = items[item].last
    if items[item].copies.indices.contains(last), items[item].copies[last].texts == found { return last }
    let copy = items[item].indices[found] ?? items[item].copies.count
    if copy == items[item].copies.count {
      items[item].copies.append(Copies(texts: found))
      items[item].indices[found] = copy
    }
    items[item].last = copy
    return copy
  }

  /// The matter in `2-037.8`; nil for any other text.
  static func origin(ofItem item: String) -> String? {
    guard let dot = item.lastIndex(of: "."), dot > item.startIndex, item.index(after: dot) < item.endIndex else {
      return nil
    }
    return String(item[..<dot])
  }

  // MARK: Sharing

  /// Once all rows are read: marks the items that are shared, and reports what does not agree.
  /// - Parameter isSeen: whether the list has a matter of this id.
  func finish(isSeen: (String) -> Bool) {
    reportPartialInclusions()
    for (index, owner) in owners.enumerated() where sharedCount[owner.matter] != nil {
      let end = index + 1 < owners.count ? owners[index + 1].first : ownStarts.count
      for row in owner.first..<end { setOwnRow(row, of: matterID(owner.matter)) }
    }
    compareCopies()
    reportMissing(isSeen)
  }

  /// Marks the item of a row of the matter itself if rows with `shared_from` name it.
  private func setOwnRow(_ row: Int, of matter: String) {
    let start = ownStarts[row]
    let cells = table.csv.cells(ofRowAt: start)
    let number = FlatItemNumber(cells, of: matter, in: table).number
    let text = (number.map { String(decoding: $0, as: UTF8.self) } ?? "").trimmingBlanks
    var key = matter + "." + (text.isEmpty ? "?" : text)
    guard let known = key.withUTF8({ ids.known($0) }), indices.indices.contains(known), indices[known] >= 0 else {
      return
    }
    let found = ItemTexts(
      name: texts.number(of: table.cell(cells, .itemName)),
      responsible: texts.number(of: table.cell(cells, .responsible)))
    items[indices[known]].own = (found, start)
    if ownItems[row] >= 0 { builder.itemRows.setShared(Int(ownItems[row])) }
  }

  /// Reports the matters that list only some of the items that another matter shares, where it was noticed: among the
  /// problems of their rows.
  private func reportPartialInclusions() {
    var partial: [(issue: ReadingIssue, after: Int)] = []
    for (inclusion, after) in inclusions {
      guard let all = sharedCount[inclusion.of], inclusion.rows != all else { continue }
      let (id, included) = (matterID(inclusion.matter), matterID(inclusion.of))
      let message = LocalizedText(
        zh: "事项 \(id) 只列出 \(included) 的 \(inclusion.rows) 个共享事项，其他事项列出 \(all) 个；暂按全部包含读取，请补全各行",
        en: "matter \(id) lists \(inclusion.rows) of the items that \(included) shares, other matters list \(all); "
          + "it is read as including all. Add the missing rows")
      let position = SourcePosition.row(source: table.source, table: .matters, offset: inclusion.start)
      partial.append((ReadingIssue(.unclear(message), at: position, subject: id.isEmpty ? nil : id), after))
    }
    if partial.isEmpty { return }
    var issues = ReadingIssues()
    var next = 0
    for (issue, after) in partial {
      issues += builder.issues[next..<after]
      issues.append(issue)
      next = after
    }
    builder.issues = issues + builder.issues[next...]
  }

  // MARK: Reporting

  private var sorted: [SharedItem] { items.sorted { $0.id < $1.id } }

  /// Reports copies of shared items that differ from the item's own row, or, where the list has none, from most copies.
  /// If all copies agree with each other, the own row is the one that differs.
  private func compareCopies() {
    // Most items have one text everywhere.
    for shared in sorted where shared.copies.count > 1 || shared.own.map({ $0.texts != shared.copies[0].texts }) == true
    {
      let copies = shared.copies.sorted {
        ($1.count, texts.text($0.texts.name)) < ($0.count, texts.text($1.texts.name))
      }
      guard let usual = copies.first else { continue }
      if let own = shared.own, copies.count == 1, usual.count > 1, own.texts != usual.texts {
        report(own.texts, at: own.start, of: shared.origin, shared.id, not: usual.texts)
        continue
      }
      let right = shared.own?.texts ?? usual.texts
      for copies in copies where copies.texts != right {
        for row in copies.rows { report(copies.texts, at: row.start, of: row.matter, shared.id, not: right) }
      }
    }
  }

  private func report(_ texts: ItemTexts, at row: Int, of matter: String, _ item: String, not right: ItemTexts) {
    let isName = texts.name != right.name
    let (here, there) = isName ? (texts.name, right.name) : (texts.responsible, right.responsible)
    let title = isName ? LocalizedText(zh: "名称", en: "name") : LocalizedText(zh: "责任部门", en: "responsible department")
    table.contradiction(
      row, isName ? .itemName : .responsible, of: matter,
      LocalizedText(
        zh: "\(matter)：共享事项 \(item) 的\(title.zh)此处是“\(text(here))”，其他行是“\(text(there))”；请改成一致",
        en:
          "\(matter): the \(title.en) of the shared item \(item) is “\(text(here))” here and “\(text(there))” in the other rows; "
          + "make them equal"))
  }

  private func text(_ number: Int) -> String { texts.text(number) }

  /// Reports shared items that the matter in `shared_from` does not have.
  /// - Parameter isSeen: whether the list has a matter of this id.
  private func reportMissing(_ isSeen: (String) -> Bool) {
    for shared in sorted where !shared.hasOwnRow && isSeen(shared.origin) {
      guard let first = shared.copies.min(by: { $0.rows[0].start < $1.rows[0].start }) else { continue }
      let (item, name) = (shared.id, text(first.texts.name))
      table.unclear(
        first.rows[0].start, .item, of: first.rows[0].matter,
        LocalizedText(
          zh: "有行共享 \(item)“\(name)”，但事项 \(shared.origin) 没有这一项；请补上该项，或改正 shared_from",
          en: "rows share \(item) “\(name)”, but matter \(shared.origin) does not have this item; "
            + "add the item or fix shared_from"))
    }
  }
}

import Catalog

/// Which rows of three editions of a table are one and the same: rows have equal numbers.
///
/// Rows are named by the key of their table. The key of an item would be its position in its matter, which an insertion
/// changes; items of a matter are therefore paired by what they stand for: equal ids, equal names, then names that nearly
/// agree between the same neighbours.
struct RowIdentities {
  private(set) var base: [Int] = []
  private(set) var ours: [Int] = []
  private(set) var theirs: [Int] = []
  private(set) var count = 0
  /// For items: by number of the row, its matter.
  private(set) var groups: [Int] = []
  /// The matters whose items are numbered from 1 on in all editions; these numbers follow from the order of the rows.
  private(set) var numberedGroups: Set<Int> = []
  /// The matters that both sides have added with other items.
  private(set) var clashingGroups: Set<Int> = []

  init(_ tables: MergeTables) {
    if tables.kind == .items {
      pairItems(tables)
    } else {
      let key = tables.schema.key(tables.kind)
      var numbers: [String: Int] = [:]
      base = tables.base.map { number($0, key, &numbers) } ?? []
      ours = number(tables.ours, key, &numbers)
      theirs = number(tables.theirs, key, &numbers)
      count = numbers.count
    }
  }

  /// Numbers rows by their key; several of one key, and rows without one, in their order.
  private func number(_ table: MergeTable, _ key: [String], _ numbers: inout [String: Int]) -> [Int] {
    var occurrences: [String: Int] = [:]
    return table.rows.map { row in
      let cells = table.cells(row)
      let texts = key.map { table.text(cells, $0) }
      var name = texts.joined(separator: "\u{0}")
      if texts.allSatisfy(\.isEmpty) { name = "\u{1}" + table.csv.bytes.text(row.content) }
      let occurrence = occurrences[name, default: 0]
      occurrences[name] = occurrence + 1
      if occurrence > 0 { name += "\u{2}\(occurrence)" }
      return numbers[name]
        ?? {
          numbers[name] = numbers.count
          return numbers.count - 1
        }()
    }
  }

  // MARK: Items

  private mutating func pairItems(_ tables: MergeTables) {
    let inBase = tables.base.map(ItemGroups.init)
    let inOurs = ItemGroups(tables.ours)
    let inTheirs = ItemGroups(tables.theirs)
    base = Array(repeating: -1, count: tables.base?.rows.count ?? 0)
    ours = Array(repeating: -1, count: tables.ours.rows.count)
    theirs = Array(repeating: -1, count: tables.theirs.rows.count)
    var seen: Set<String> = []
    let matters = ((inBase?.order ?? []) + inOurs.order + inTheirs.order).filter { seen.insert($0).inserted }
    for (group, matter) in matters.enumerated() {
      pair(
        ItemPairs(
          base: inBase?.items(of: matter) ?? [], ours: inOurs.items(of: matter), theirs: inTheirs.items(of: matter)),
        group)
    }
  }

  private mutating func pair(_ pairs: ItemPairs, _ group: Int) {
    func new() -> Int {
      groups.append(group)
      count += 1
      return count - 1
    }
    for item in pairs.base { base[item.row] = new() }
    for (index, item) in pairs.ours.enumerated() {
      ours[item.row] = pairs.baseOfOurs[index].map { base[pairs.base[$0].row] } ?? new()
    }
    for (index, item) in pairs.theirs.enumerated() {
      theirs[item.row] =
        pairs.baseOfTheirs[index].map { base[pairs.base[$0].row] }
        ?? pairs.oursOfTheirs[index].map { ours[pairs.ours[$0].row] } ?? new()
    }
    if pairs.isNumbered { numberedGroups.insert(group) }
    if pairs.areBothNew { clashingGroups.insert(group) }
  }
}

/// An item of one edition.
struct MergeItem {
  var row: Int
  var id: String
  var name: String
  var number: String
  /// Its bytes.
  var content: String
  /// Its other texts by column.
  var others: [String: String]
}

/// The items of one edition by matter.
private struct ItemGroups {
  /// The matters in the order in which they come first.
  private(set) var order: [String] = []
  private var rows: [String: [Int]] = [:]
  private let table: MergeTable

  init(_ table: MergeTable) {
    self.table = table
    for (index, row) in table.rows.enumerated() {
      let matter = table.text(table.cells(row), "matter")
      if rows[matter] == nil { order.append(matter) }
      rows[matter, default: []].append(index)
    }
  }

  func items(of matter: String) -> [MergeItem] {
    (rows[matter] ?? []).map { row in
      let cells = table.cells(table.rows[row])
      var others: [String: String] = [:]
      for column in table.columns where !["matter", "number", "name"].contains(column) {
        let text = table.text(cells, column)
        if !text.isEmpty { others[column] = text }
      }
      return MergeItem(
        row: row, id: table.text(cells, "id"), name: table.text(cells, "name"), number: table.text(cells, "number"),
        content: table.csv.bytes.text(table.rows[row].content), others: others)
    }
  }
}

/// Pairs the items of one matter in three editions.
struct ItemPairs {
  let base: [MergeItem]
  let ours: [MergeItem]
  let theirs: [MergeItem]
  /// By index in `ours`, the index in `base`; nil for an added item.
  let baseOfOurs: [Int?]
  let baseOfTheirs: [Int?]
  /// By index in `theirs`, the index in `ours` of the same item, where both have added it.
  let oursOfTheirs: [Int?]

  init(base: [MergeItem], ours: [MergeItem], theirs: [MergeItem]) {
    self.base = base
    self.ours = ours
    self.theirs = theirs
    let (mine, other) = (ItemPairs.pairs(base, ours), ItemPairs.pairs(base, theirs))
    baseOfOurs = mine
    baseOfTheirs = other
    var added = Array(repeating: Int?.none, count: theirs.count)
    if mine.contains(nil), other.contains(nil) {
      let free = ours.indices.filter { mine[$0] == nil }
      let others = theirs.indices.filter { other[$0] == nil }
      for (index, match) in ItemPairs.exactPairs(free.map { ours[$0] }, others.map { theirs[$0] }).enumerated() {
        if let match { added[others[index]] = free[match] }
      }
    }
    oursOfTheirs = added
  }

  /// Whether each edition numbers the items from 1 on, in the order of the rows.
  var isNumbered: Bool {
    [base, ours, theirs].allSatisfy { items in items.enumerated().allSatisfy { $1.number == String($0 + 1) } }
  }

  /// Both sides have added the matter, not with the same items.
  var areBothNew: Bool {
    guard base.isEmpty, !ours.isEmpty, !theirs.isEmpty else { return false }
    return ours.count != theirs.count
      || !zip(ours, theirs).allSatisfy { $0.name == $1.name && $0.number == $1.number && $0.others == $1.others }
  }

  /// By index in `new`, the index in `old`.
  private static func pairs(_ old: [MergeItem], _ new: [MergeItem]) -> [Int?] {
    var oldOfNew = exactPairs(old, new)
    var free = Set(old.indices).subtracting(oldOfNew.compactMap { $0 })
    for index in new.indices where oldOfNew[index] == nil && !free.isEmpty {
      let before = oldOfNew[..<index].last { $0 != nil } ?? nil
      let after = oldOfNew[index...].first { $0 != nil } ?? nil
      let gap = ((before ?? -1) + 1)..<max((before ?? -1) + 1, after ?? old.count)
      guard let match = gap.first(where: { free.contains($0) && areNear(old[$0].name, new[index].name) }) else {
        continue
      }
      oldOfNew[index] = match
      free.remove(match)
    }
    return oldOfNew
  }

  /// Whether one name may be another wording of the other.
  private static func areNear(_ one: String, _ other: String) -> Bool {
    if one.isEmpty || other.isEmpty { return false }
    return one.contains(other) || other.contains(one) || Nearness.nearest(to: one, among: [other]) != nil
  }

  /// Pairs items of equal ids, then those of equal names in their order; items without a name by all that they hold, or by
  /// their number.
  private static func exactPairs(_ old: [MergeItem], _ new: [MergeItem]) -> [Int?] {
    var oldOfNew = Array(repeating: Int?.none, count: new.count)
    var isFree = Array(repeating: true, count: old.count)
    let keys: [(MergeItem) -> String] = [
      { $0.id }, { $0.name }, { $0.name.isEmpty ? $0.content : "" }, { $0.name.isEmpty ? $0.number : "" },
    ]
    for key in keys {
      var waiting: [String: [Int]] = [:]
      for index in old.indices.reversed() where isFree[index] {
        let text = key(old[index])
        if !text.isEmpty { waiting[text, default: []].append(index) }
      }
      for index in new.indices where oldOfNew[index] == nil {
        guard let match = waiting[key(new[index])]?.popLast() else { continue }
        oldOfNew[index] = match
        isFree[match] = false
      }
    }
    return oldOfNew
  }
}

import Catalog

/// Compares the matters of two editions, each with its items.
struct MatterComparison {
  typealias MatterChange = CatalogComparison.MatterChange
  typealias ItemChange = CatalogComparison.ItemChange
  typealias FieldChange = CatalogComparison.FieldChange

  private let old: Catalog
  private let new: Catalog
  private let translation: TextTranslation
  private let meanings: Meanings
  private let limit: Int
  /// By index of the old list, that of the list of the same id in the new edition; -1 if there is none.
  private let lists: [Int]
  /// The same for audiences.
  private let audiences: [Int]

  private(set) var changes: [MatterChange] = []
  private(set) var counts = CatalogComparison.Counts()
  private(set) var itemCounts = CatalogComparison.Counts()
  private(set) var respelt = 0

  init(_ old: Catalog, _ new: Catalog, limit: Int) {
    self.old = old
    self.new = new
    self.limit = limit
    translation = TextTranslation(from: old, to: new)
    meanings = Meanings(old, new)
    lists = old.lists.map { list in new.list(id: list.id) ?? -1 }
    audiences = old.audiences.map { new.audienceRegister.index(of: $0.id) ?? -1 }
    hasExtras = old.hasExtraTexts || new.hasExtraTexts
  }

  /// Goes through both editions once. Removed matters follow the matter that stood before them.
  mutating func run() {
    let oldOfNew = pairs()
    var isPaired = [Bool](repeating: false, count: old.matters.count)
    for match in oldOfNew where match >= 0 { isPaired[Int(match)] = true }
    var next = 0
    for (index, matter) in new.matters.enumerated() {
      let match = Int(oldOfNew[index])
      if match >= 0 {
        if next <= match {
          removed(next..<match, isPaired)
          next = match + 1
        }
        compare(old.matters[match], matter)
      } else {
        added(matter)
      }
    }
    removed(next..<old.matters.count, isPaired)
  }

  // MARK: Pairs

  /// By index of the new matter, the index of the old one; -1 if there is none.
  private func pairs() -> [Int32] {
    var oldOfNew = [Int32](repeating: -1, count: new.matters.count)
    var free: [Int] = []
    for (index, matter) in old.matters.enumerated() {
      if let id = translation[matter.id], let match = new.firstMatter(withID: id), oldOfNew[match.index] < 0 {
        oldOfNew[match.index] = Int32(index)
      } else {
        free.append(index)
      }
    }
    guard !free.isEmpty else { return oldOfNew }
    // A matter under another id: the only free one of its name in its list, in both editions.
    var byName: [Name: Int] = [:]
    for index in free {
      let matter = old.matters[index]
      guard let name = translation[matter.name], !name.isEmpty else { continue }
      let key = Name(list: matter.list.map { lists[$0] } ?? -1, name: name)
      byName[key] = byName[key] == nil ? index : -1
    }
    var taken: [Name: Int] = [:]
    for (index, matter) in new.matters.enumerated() where oldOfNew[index] < 0 {
      let key = Name(list: matter.list ?? -1, name: matter.name)
      guard byName[key] != nil else { continue }
      taken[key] = taken[key] == nil ? index : -1
    }
    for (key, index) in taken where index >= 0 {
      if let match = byName[key], match >= 0 { oldOfNew[index] = Int32(match) }
    }
    pairRepeatedIDs(free, &oldOfNew)
    return oldOfNew
  }

  /// Pairs what is left of an id that several matters have, or of those without one, in their order. (`duplicate-id` reports
  /// them; here a catalog must not differ from itself.)
  private func pairRepeatedIDs(_ free: [Int], _ oldOfNew: inout [Int32]) {
    let paired = Set(oldOfNew)
    var left: [TextID: [Int]] = [:]
    for index in free.reversed() where !paired.contains(Int32(index)) {
      if let id = translation[old.matters[index].id] { left[id, default: []].append(index) }
    }
    guard !left.isEmpty else { return }
    for (index, matter) in new.matters.enumerated() where oldOfNew[index] < 0 {
      if let match = left[matter.id]?.popLast() { oldOfNew[index] = Int32(match) }
    }
  }

  private struct Name: Hashable {
    var list: Int
    var name: TextID
  }

  // MARK: One matter

  private mutating func keep(_ change: MatterChange) {
    if changes.count < limit { changes.append(change) }
  }

  private mutating func added(_ matter: Matter) {
    counts.added += 1
    guard changes.count < limit else { return }
    keep(
      MatterChange(id: new.id(matter), change: .added, name: new.text(matter.name), new: new.position(matter, .name)))
  }

  private mutating func removed(_ range: Range<Int>, _ isPaired: [Bool]) {
    for index in range where !isPaired[index] {
      counts.removed += 1
      let matter = old.matters[index]
      guard changes.count < limit else { continue }
      keep(
        MatterChange(
          id: old.id(matter), change: .removed, name: old.text(matter.name), old: old.position(matter, .name)))
    }
  }

  private mutating func compare(_ before: Matter, _ after: Matter) {
    if isSame(before, after) {
      counts.unchanged += 1
      return
    }
    let fields = self.fields(before, after)
    let items = self.items(before, after)
    if fields.isEmpty, items.isEmpty {
      counts.unchanged += 1
      return
    }
    // As in a delta, a matter that is withdrawn now is that, whatever else changed.
    let change: CatalogComparison.Change = after.isWithdrawn && !before.isWithdrawn ? .withdrawn : .changed
    counts.count(change)
    if change == .changed, fields.allSatisfy({ $0.kind == .respelt }),
      items.allSatisfy({ $0.change == .changed && $0.fields.allSatisfy { $0.kind == .respelt } })
    {
      respelt += 1
    }
    for item in items { itemCounts.count(item.change) }
    guard changes.count < limit else { return }
    keep(
      MatterChange(
        id: new.id(after), change: change, name: new.text(after.name), fields: fields, items: items,
        old: old.position(before, .name), new: new.position(after, .name)))
  }

  /// Whether nothing at all differs: the quick answer for nearly every matter, by numbers alone.
  private func isSame(_ before: Matter, _ after: Matter) -> Bool {
    guard
      translation.isSame(before.id, after.id), translation.isSame(before.name, after.name),
      translation.isSame(before.lead, after.lead), translation.isSame(before.deadline, after.deadline),
      translation.isSame(before.remark, after.remark), translation.isSame(before.includesID, after.includesID),
      translation.isSame(before.placeholder, after.placeholder), before.number == after.number,
      (before.audience.map { audiences[$0] } ?? -1) == (after.audience ?? -1), before.items.count == after.items.count,
      (before.list.map { lists[$0] } ?? -1) == (after.list ?? -1),
      hasNoExtras(before, after)
    else { return false }
    for (one, other) in zip(old.items(of: before), new.items(of: after)) where !isSame(one, other) { return false }
    return true
  }

  private func isSame(_ before: Item, _ after: Item) -> Bool {
    translation.isSame(before.name, after.name) && translation.isSame(before.responsible, after.responsible)
      && before.isShared == after.isShared
      && (!hasExtras || old.hasBlankExtras(before) && new.hasBlankExtras(after))
  }

  @inline(__always)
  private func hasNoExtras(_ before: Matter, _ after: Matter) -> Bool {
    !hasExtras || old.hasBlankExtras(before) && new.hasBlankExtras(after)
  }

  /// Columns without a property in `Matter` and `Item` are compared text by text, in the rows that have any.
  private let hasExtras: Bool

  // MARK: Fields

  private func fields(_ before: Matter, _ after: Matter) -> [FieldChange] {
    var changes: [FieldChange] = []
    for column in MatterColumn.allCases {
      let texts = (old.text(before, column), new.text(after, column))
      guard texts.0 != texts.1 else { continue }
      changes.append(
        FieldChange(
          column: column.declaration, kind: kind(of: column, before, after, texts), before: texts.0, after: texts.1,
          old: old.position(before, column), new: new.position(after, column)))
    }
    let columns = new.schema.extraMatterColumns
    let cells = zip(old.extraTexts(before, in: columns), new.extraTexts(after, in: columns))
    changes += CellComparison.extras(columns, Array(cells), (old.position(before), new.position(after)))
    return changes
  }

  private func kind(
    of column: MatterColumn, _ before: Matter, _ after: Matter, _ texts: (String, String)
  ) -> FieldChange.Kind {
    switch column {
    case .id: return .renumbered
    case .number: return translation.isSame(before.id, after.id) ? .changed : .renumbered
    case .lead: return meanings.areSameDepartments(before.lead, after.lead) ? .respelt : .changed
    case .placeholder: return meanings.areSameDepartments(before.placeholder, after.placeholder) ? .respelt : .changed
    case .deadline: return meanings.isSameDeadline(before.deadline, after.deadline) ? .respelt : .changed
    case .name, .remark: return Meanings.isSameText(texts.0, texts.1) ? .respelt : .changed
    case .list, .audience, .includes: return .changed
    }
  }

  // MARK: Items

  private func items(_ before: Matter, _ after: Matter) -> [ItemChange] {
    let oldItems = old.items(of: before)
    let newItems = new.items(of: after)
    let pairing = ItemPairing(oldItems, newItems, translation, meanings)
    let moved = pairing.moved
    var changes: [ItemChange] = []
    for (position, item) in newItems.enumerated() {
      guard let match = pairing.oldOfNew[position] else {
        changes.append(
          ItemChange(id: new.id(item), change: .added, name: new.text(item.name), new: new.position(item, .name)))
        continue
      }
      let other = oldItems[oldItems.startIndex + match]
      var fields = self.fields(other, item)
      if moved.contains(match) {
        let number = ItemColumn.number.declaration
        fields.insert(
          FieldChange(
            column: number, kind: .moved, before: String(match + 1), after: String(position + 1),
            old: old.position(other, .number), new: new.position(item, .number)), at: 0)
      }
      guard !fields.isEmpty else { continue }
      changes.append(
        ItemChange(
          id: new.id(item), change: .changed, name: new.text(item.name), fields: fields,
          old: old.position(other, .name), new: new.position(item, .name)))
    }
    for (position, item) in oldItems.enumerated() where pairing.newOfOld[position] == nil {
      changes.append(
        ItemChange(id: old.id(item), change: .removed, name: old.text(item.name), old: old.position(item, .name)))
    }
    return changes
  }

  private func fields(_ before: Item, _ after: Item) -> [FieldChange] {
    var changes: [FieldChange] = []
    func add(_ column: ItemColumn, _ kind: FieldChange.Kind) {
      changes.append(
        FieldChange(
          column: column.declaration, kind: kind, before: old.text(before, column), after: new.text(after, column),
          old: old.position(before, column), new: new.position(after, column)))
    }
    if !translation.isSame(before.name, after.name), !old.text(before.name).isExactly(new.text(after.name)) {
      add(.name, isSameName(before, after) ? .respelt : .changed)
    }
    if !translation.isSame(before.responsible, after.responsible) {
      let isSame = meanings.areSameDepartments(before.responsible, after.responsible)
      add(.responsible, isSame ? .respelt : .changed)
    }
    if before.isShared != after.isShared { add(.shared, .changed) }
    let columns = new.schema.extraItemColumns
    let cells = zip(old.extraTexts(before, in: columns), new.extraTexts(after, in: columns))
    let rows = (old.position(before, .matter), new.position(after, .matter))
    return changes + CellComparison.extras(columns, Array(cells), rows)
  }

  /// Whether two names stand for the same approvals, or differ in their spelling alone.
  private func isSameName(_ before: Item, _ after: Item) -> Bool {
    if let approvals = meanings.approvals(of: before, in: old, isOld: true),
      approvals == meanings.approvals(of: after, in: new, isOld: false)
    {
      return true
    }
    return Meanings.isSameText(old.text(before.name), new.text(after.name))
  }
}

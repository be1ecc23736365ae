import Catalog

/// Which matter of the file is which of the folder, and what differs between the two.
extension ImportMerge {
  /// Every matter of the result, in its order; those that go stand last.
  func paired() -> [Pair] {
    var turns = OccurrenceCounter()
    var news: [Key: Int] = [:]
    var order: [Key] = []
    for matter in file.matters {
      let key = turns.key(file.id(matter))
      news[key] = matter.index
      order.append(key)
    }
    let covered = Set(file.matters.compactMap { matter in matter.list.map { file.lists[$0].id } })
    turns = OccurrenceCounter()
    var old: [Pair] = []
    var removed: [Pair] = []
    old.reserveCapacity(folder.matters.count)
    for matter in folder.matters {
      let key = turns.key(folder.id(matter))
      if let index = news.removeValue(forKey: key) {
        old.append(compared(matter, file.matters[index]))
      } else {
        let isCovered = matter.list.map { covered.contains(folder.lists[$0].id) } ?? false
        if options.replacing, isCovered {
          removed.append(Pair(old: matter, new: nil, status: .removed))
        } else {
          old.append(Pair(old: matter, new: nil, status: isCovered ? .kept : .unchanged))
        }
      }
    }
    let added = order.compactMap { news[$0] }.map { Pair(old: nil, new: file.matters[$0], status: .added) }
    return placed(added, among: old) + removed
  }

  /// New matters by list and number between those that are there.
  private func placed(_ added: [Pair], among old: [Pair]) -> [Pair] {
    if old.isEmpty || added.isEmpty { return old + added }
    // For each list of the folder, its numbers in rising order with their positions.
    var numbers: [String: [(number: Int, ordinal: Int)]] = [:]
    var first: [String: Int] = [:]
    var last: [String: Int] = [:]
    for (ordinal, pair) in old.enumerated() {
      guard let matter = pair.old, let list = matter.list.map({ folder.lists[$0].id }) else { continue }
      if first[list] == nil { first[list] = ordinal }
      last[list] = ordinal
      if let number = matter.number { numbers[list, default: []].append((number, ordinal)) }
    }
    for list in numbers.keys { numbers[list]?.sort { ($0.number, $0.ordinal) < ($1.number, $1.ordinal) } }
    let rank = Dictionary(folder.lists.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var after: [Int: [Pair]] = [:]
    for pair in added {
      guard let matter = pair.new else { continue }
      let list = matter.list.map { file.lists[$0].id } ?? ""
      var anchor = old.count - 1
      if let known = numbers[list], let number = matter.number {
        var low = 0
        var high = known.count
        while low < high {
          let middle = (low + high) / 2
          if known[middle].number <= number { low = middle + 1 } else { high = middle }
        }
        anchor = low > 0 ? known[low - 1].ordinal : (first[list] ?? 0) - 1
      } else if let ordinal = last[list] {
        anchor = ordinal
      } else if let own = rank[list] {
        // Behind the lists that come before it.
        anchor = last.filter { rank[$0.key].map { $0 < own } ?? false }.map(\.value).max() ?? -1
      }
      after[anchor, default: []].append(pair)
    }
    func sorted(_ pairs: [Pair]) -> [Pair] {
      pairs.enumerated().sorted { a, b in
        let left = (a.element.new?.list ?? -1, a.element.new?.number ?? Int.max, a.offset)
        let right = (b.element.new?.list ?? -1, b.element.new?.number ?? Int.max, b.offset)
        return left < right
      }.map(\.element)
    }
    var out: [Pair] = []
    out.reserveCapacity(old.count + added.count)
    out += sorted(after[-1] ?? [])
    for (ordinal, pair) in old.enumerated() {
      out.append(pair)
      if let more = after[ordinal] { out += sorted(more) }
    }
    return out
  }

  private func isSame(_ old: TextID, _ new: TextID) -> Bool {
    folder.withBytes(old) { a in
      file.withBytes(new) { b in a.count == b.count && a.elementsEqual(b) }
    }
  }

  private func compared(_ old: Matter, _ new: Matter) -> Pair {
    var pair = Pair(old: old, new: new, status: .unchanged)
    func note(_ column: MatterColumn) {
      pair.changes.append(
        ImportPlan.Change(
          subject: .field(column.declaration), before: folder.text(old, column),
          after: file.text(new, column)))
    }
    for column in MatterColumn.allCases where column != .id && !new.isUnknown(column) {
      switch column {
      case .id: break
      case .list: if old.list.map({ folder.lists[$0].id }) != new.list.map({ file.lists[$0].id }) { note(column) }
      case .number: if old.number != new.number { note(column) }
      case .audience: if old.audience != new.audience { note(column) }
      case .name: if !isSame(old.name, new.name) { note(column) }
      case .lead: if !isSame(old.lead, new.lead) { note(column) }
      case .deadline: if !isSame(old.deadline, new.deadline) { note(column) }
      case .remark: if !isSame(old.remark, new.remark) { note(column) }
      case .includes: if !isSame(old.includesID, new.includesID) { note(column) }
      case .placeholder: if !isSame(old.placeholder, new.placeholder) { note(column) }
      }
    }
    let extra = schema.extraMatterColumns
    let texts = zip(folder.extraTexts(old, in: extra), file.extraTexts(new, in: extra))
    for (column, (before, after)) in zip(extra, texts) {
      guard let after, !(before ?? "").isExactly(after) else { continue }
      pair.changes.append(ImportPlan.Change(subject: .field(column), before: before ?? "", after: after))
    }
    compareItems(&pair, old, new)
    if !pair.changes.isEmpty || pair.itemsChange { pair.status = .changed }
    return pair
  }

  /// Whether the file agrees with an item of the folder in every extra column that it has.
  private func hasSameExtras(_ old: Item, _ new: Item) -> Bool {
    let extra = schema.extraItemColumns
    if extra.isEmpty { return true }
    return zip(folder.extraTexts(old, in: extra), file.extraTexts(new, in: extra)).allSatisfy { before, after in
      after.map { (before ?? "").isExactly($0) } ?? true
    }
  }

  private func compareItems(_ pair: inout Pair, _ old: Matter, _ new: Matter) {
    let before = folder.items(of: old)
    let after = file.items(of: new)
    if before.count == after.count,
      zip(before, after).allSatisfy({
        $0.number == $1.number && $0.isShared == $1.isShared && isSame($0.name, $1.name)
          && isSame($0.responsible, $1.responsible) && hasSameExtras($0, $1)
      })
    {
      return
    }
    pair.itemsChange = true
    // An item is the one of the same name, else the one of the same number.
    var free = Set(before.map(\.index))
    var matches = [Int?](repeating: nil, count: after.count)
    // Of equals the first comes last, to be taken off the end.
    var named = Dictionary(grouping: before.reversed()) { folder.withBytes($0.name) { Array($0) } }
    for (ordinal, item) in after.enumerated() {
      guard let match = named[file.withBytes(item.name) { Array($0) }]?.popLast() else { continue }
      matches[ordinal] = match.index
      free.remove(match.index)
    }
    var numbered = Dictionary(grouping: before.reversed().filter { free.contains($0.index) }) { $0.number }
    for (ordinal, item) in after.enumerated() where matches[ordinal] == nil && item.number != nil {
      guard let match = numbered[item.number]?.popLast() else { continue }
      matches[ordinal] = match.index
      free.remove(match.index)
    }
    pair.matches = matches
    for (ordinal, item) in after.enumerated() {
      let number = file.text(item, .number)
      guard let match = matches[ordinal].map({ folder.items[$0] }) else {
        pair.changes.append(
          ImportPlan.Change(
            subject: .item(number, nil), before: nil,
            after: "\(file.text(item.name)) (\(file.text(item.responsible)))"))
        continue
      }
      for column in [ItemColumn.number, .name, .responsible, .shared] {
        let old = folder.text(match, column)
        let new = file.text(item, column)
        if !old.isExactly(new) {
          pair.changes.append(ImportPlan.Change(subject: .item(number, column.declaration), before: old, after: new))
        }
      }
      let extra = schema.extraItemColumns
      let texts = zip(folder.extraTexts(match, in: extra), file.extraTexts(item, in: extra))
      for (column, (before, after)) in zip(extra, texts) {
        guard let after, !(before ?? "").isExactly(after) else { continue }
        pair.changes.append(ImportPlan.Change(subject: .item(number, column), before: before ?? "", after: after))
      }
    }
    for item in before where free.contains(item.index) {
      pair.changes.append(
        ImportPlan.Change(
          subject: .item(folder.text(item, .number), nil),
          before: "\(folder.text(item.name)) (\(folder.text(item.responsible)))", after: nil))
    }
  }
}

import Algorithms
import Catalog

// Pairs the matters of the file with those of the folder, and compares them.
extension ImportMerge {
  /// The matters of the result in order, then the removed ones.
  func paired() -> [MatterPair] {
    var counter = OccurrenceCounter()
    var newMatters: [OccurrenceKey: Int] = [:]
    var order: [OccurrenceKey] = []
    for matter in file.matters {
      let key = counter.nextKey(file.id(matter))
      newMatters[key] = matter.index
      order.append(key)
    }
    let covered = Set(file.matters.compactMap { matter in matter.list.map { file.lists[$0].id } })
    counter = OccurrenceCounter()
    var old: [MatterPair] = []
    var removed: [MatterPair] = []
    old.reserveCapacity(folder.matters.count)
    for matter in folder.matters {
      let key = counter.nextKey(folder.id(matter))
      if let index = newMatters.removeValue(forKey: key) {
        old.append(compared(matter, file.matters[index]))
      } else {
        let isCovered = matter.list.map { covered.contains(folder.lists[$0].id) } ?? false
        if isMirror || options.replacing && isCovered {
          removed.append(MatterPair(old: matter, new: nil, status: .removed))
        } else {
          old.append(MatterPair(old: matter, new: nil, status: isCovered ? .kept : .unchanged))
        }
      }
    }
    let added = order.compactMap { newMatters[$0] }.map { MatterPair(old: nil, new: file.matters[$0], status: .added) }
    if options.replacing, standardTables.isSuperset(of: [.matters, .items]), !old.contains(where: { $0.new == nil }) {
      return (old + added).sorted { ($0.new?.index ?? 0) < ($1.new?.index ?? 0) } + removed
    }
    return inserted(added, into: old) + removed
  }

  /// Whether the matters of the result are those of the file, in its order.
  func followsFile(_ pairs: [MatterPair]) -> Bool {
    options.replacing && !isNew && pairs.allSatisfy { $0.new != nil || $0.status == .removed }
  }

  /// Inserts added matters by list and number between those of the folder.
  private func inserted(_ added: [MatterPair], into old: [MatterPair]) -> [MatterPair] {
    if old.isEmpty || added.isEmpty { return old + added }
    // For each list of the folder, its numbers in ascending order with the indices of the matters in `old`.
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
    var after: [Int: [MatterPair]] = [:]
    for pair in added {
      guard let matter = pair.new else { continue }
      let list = matter.list.map { file.lists[$0].id } ?? ""
      var anchor = old.count - 1
      if let known = numbers[list], let number = matter.number {
        let next = known.partitioningIndex { $0.number > number }
        anchor = next > 0 ? known[next - 1].ordinal : (first[list] ?? 0) - 1
      } else if let ordinal = last[list] {
        anchor = ordinal
      } else if let own = rank[list] {
        // After the last matter of the lists that precede it.
        anchor = last.filter { rank[$0.key].map { $0 < own } ?? false }.map(\.value).max() ?? -1
      }
      after[anchor, default: []].append(pair)
    }
    func sorted(_ pairs: [MatterPair]) -> [MatterPair] {
      pairs.enumerated().sorted { a, b in
        let left = (a.element.new?.list ?? -1, a.element.new?.number ?? Int.max, a.offset)
        let right = (b.element.new?.list ?? -1, b.element.new?.number ?? Int.max, b.offset)
        return left < right
      }.map(\.element)
    }
    var out: [MatterPair] = []
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

  private func compared(_ old: Matter, _ new: Matter) -> MatterPair {
    var pair = MatterPair(old: old, new: new, status: .unchanged)
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
      case .audience: if folder.audience(of: old)?.id != file.audience(of: new)?.id { note(column) }
      case .name: if !isSame(old.name, new.name) { note(column) }
      case .lead: if !isSame(old.lead, new.lead) { note(column) }
      case .deadline: if !isSame(old.deadline, new.deadline) { note(column) }
      case .remark: if !isSame(old.remark, new.remark) { note(column) }
      case .includes: if !isSame(old.includesID, new.includesID) { note(column) }
      case .placeholder: if !isSame(old.placeholder, new.placeholder) { note(column) }
      }
    }
    let extra = folder.hasBlankExtras(old) && file.hasBlankExtras(new) ? [] : schema.extraMatterColumns
    let texts = zip(folder.extraTexts(old, in: extra), file.extraTexts(new, in: extra))
    for (column, (before, after)) in zip(extra, texts) {
      guard let after, !(before ?? "").isExactly(after) else { continue }
      pair.changes.append(ImportPlan.Change(subject: .field(column), before: before ?? "", after: after))
    }
    compareItems(&pair, old, new)
    if !pair.changes.isEmpty || pair.hasItemChanges { pair.status = .changed }
    return pair
  }

  /// Whether an item of the file has the same values as one of the folder in every extra column that the file has.
  private func hasSameExtras(_ old: Item, _ new: Item) -> Bool {
    let extra = schema.extraItemColumns
    if extra.isEmpty || folder.hasBlankExtras(old) && file.hasBlankExtras(new) { return true }
    return zip(folder.extraTexts(old, in: extra), file.extraTexts(new, in: extra)).allSatisfy { before, after in
      after.map { (before ?? "").isExactly($0) } ?? true
    }
  }

  private func compareItems(_ pair: inout MatterPair, _ old: Matter, _ new: Matter) {
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
    pair.hasItemChanges = true
    // Items correspond by id, else by name, else by number.
    var free = Set(before.map(\.index))
    var matches = [Int?](repeating: nil, count: after.count)
    if hasItemIDs {
      let ofID = Dictionary(before.map { (folder.stableID($0), $0.index) }) { first, _ in first }
      for (ordinal, item) in after.enumerated() {
        let id = file.stableID(item)
        guard !id.isEmpty, let match = ofID[id], free.remove(match) != nil else { continue }
        matches[ordinal] = match
      }
    }
    // In reverse order, so that `popLast` returns the first of several equal items.
    var named = Dictionary(grouping: before.reversed().filter { free.contains($0.index) }) {
      folder.withBytes($0.name) { Array($0) }
    }
    for (ordinal, item) in after.enumerated() where matches[ordinal] == nil {
      guard let match = named[file.withBytes(item.name) { Array($0) }]?.popLast() else { continue }
      matches[ordinal] = match.index
      free.remove(match.index)
    }
    var numbered = Dictionary(grouping: before.reversed().filter { free.contains($0.index) }) { $0.number }
    for (ordinal, item) in after.enumerated() where matches[ordinal] == nil && item.number != nil {
      guard let match = numbered[item.number]?.popLast() else { continue }
      matches[ordinal] = match.index
    }
    pair.itemMatches = matches
    addItemChanges(&pair, before, after)
  }

  private func addItemChanges(_ pair: inout MatterPair, _ before: ArraySlice<Item>, _ after: ArraySlice<Item>) {
    let extra = schema.extraItemColumns
    for (item, match) in zip(after, pair.itemMatches) {
      let number = file.text(item, .number)
      func add(_ column: Column?, _ before: String?, _ after: String?) {
        pair.changes.append(ImportPlan.Change(subject: .item(number, column), before: before, after: after))
      }
      guard let old = match.map({ folder.items[$0] }) else {
        add(nil, nil, "\(file.text(item.name)) (\(file.text(item.responsible)))")
        continue
      }
      for column in [ItemColumn.number, .name, .responsible, .shared] {
        let (before, after) = (folder.text(old, column), file.text(item, column))
        if !before.isExactly(after) { add(column.declaration, before, after) }
      }
      for (column, (before, after)) in zip(
        extra, zip(folder.extraTexts(old, in: extra), file.extraTexts(item, in: extra)))
      {
        guard let after, !(before ?? "").isExactly(after) else { continue }
        add(column, before ?? "", after)
      }
    }
    let matched = Set(pair.itemMatches.compactMap { $0 })
    for item in before where !matched.contains(item.index) {
      pair.changes.append(
        ImportPlan.Change(
          subject: .item(folder.text(item, .number), nil),
          before: "\(folder.text(item.name)) (\(folder.text(item.responsible)))", after: nil))
    }
  }
}

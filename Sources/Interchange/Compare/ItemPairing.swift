import Algorithms
import Catalog

/// Pairs the items of one matter in two editions by what they stand for: equal ids first, then equal names, then equal
/// approvals, then names that nearly agree at the same position.
struct ItemPairing {
  /// By position in the old matter, the position in the new one; nil if the item was removed.
  private(set) var newOfOld: [Int?]
  /// By position in the new matter, the position in the old one; nil if the item was added.
  private(set) var oldOfNew: [Int?]

  private let old: ArraySlice<Item>
  private let new: ArraySlice<Item>
  private let meanings: Meanings

  init(_ old: ArraySlice<Item>, _ new: ArraySlice<Item>, _ translation: TextTranslation, _ meanings: Meanings) {
    self.old = old
    self.new = new
    self.meanings = meanings
    newOfOld = Array(repeating: nil, count: old.count)
    oldOfNew = Array(repeating: nil, count: new.count)
    if meanings.old.hasMarks(ItemMarks.idColumn) {
      pair { catalog, item, _ in
        let id = catalog.stableID(item)
        return id.isEmpty ? nil : id
      }
    }
    pair { _, item, isOld in isOld ? translation[item.name].map(\.index) : item.name.index }
    pair { catalog, item, isOld in meanings.approvals(of: item, in: catalog, isOld: isOld) }
    pairNearNames()
  }

  /// Pairs the items that are still free and have equal keys, in order.
  private mutating func pair<Key: Hashable>(by key: (Catalog, Item, Bool) -> Key?) {
    var free: [Key: [Int]] = [:]
    for (position, item) in new.enumerated() where oldOfNew[position] == nil {
      if let key = key(meanings.new, item, false) { free[key, default: []].append(position) }
    }
    guard !free.isEmpty else { return }
    // Taken from the end.
    for key in free.keys { free[key]?.reverse() }
    for (position, item) in old.enumerated() where newOfOld[position] == nil {
      guard let key = key(meanings.old, item, true), let match = free[key]?.popLast() else { continue }
      pair(position, match)
    }
  }

  private mutating func pair(_ oldPosition: Int, _ newPosition: Int) {
    newOfOld[oldPosition] = newPosition
    oldOfNew[newPosition] = oldPosition
  }

  /// Pairs what follows the same neighbour in both editions and is nearly called the same.
  private mutating func pairNearNames() {
    for position in newOfOld.indices where newOfOld[position] == nil {
      let candidate = position == 0 ? 0 : newOfOld[position - 1].map { $0 + 1 }
      guard let candidate, candidate < oldOfNew.count, oldOfNew[candidate] == nil else { continue }
      let before = meanings.old.text(old[old.startIndex + position].name)
      let after = meanings.new.text(new[new.startIndex + candidate].name)
      if Nearness.nearest(to: before, among: [after]) != nil { pair(position, candidate) }
    }
  }

  /// Of the old items that are still there, the positions of those that stand in another order: all but a longest run
  /// that kept its order.
  var moved: Set<Int> {
    let kept = newOfOld.enumerated().compactMap { position, match in match.map { (position, $0) } }
    // `tails[n]` is the index in `kept` of the least last element of a rising run of n + 1.
    var tails: [Int] = []
    var previous = Array(repeating: -1, count: kept.count)
    for (index, pair) in kept.enumerated() {
      let length = tails.partitioningIndex { kept[$0].1 >= pair.1 }
      if length > 0 { previous[index] = tails[length - 1] }
      if length == tails.count { tails.append(index) } else { tails[length] = index }
    }
    var inOrder: Set<Int> = []
    var index = tails.last ?? -1
    while index >= 0 {
      inOrder.insert(kept[index].0)
      index = previous[index]
    }
    return Set(kept.map(\.0)).subtracting(inOrder)
  }
}

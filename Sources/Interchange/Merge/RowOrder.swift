import Algorithms

/// The order of the rows of a merged table: that of our side, with what the other side has added or moved after the row
/// that it follows there.
struct RowOrder {
  private let base: [Int]
  private let ours: [Int]
  private let theirs: [Int]
  private let isKept: (Int) -> Bool
  /// Whether a row of theirs comes after one of ours that stands in the same place.
  private let isAfter: (_ theirs: Int, _ ours: Int) -> Bool
  /// The row after each row; -1 for the last. Rows are shifted by one, so that 0 is the start of the table.
  private var next: [Int]

  /// - Parameters:
  ///   - base: the numbers of the rows of each edition, as `RowIdentities` gives them.
  ///   - count: how many numbers there are.
  ///   - isKept: whether the merged table has the row.
  ///   - isAfter: of two rows that both sides have added in the same place, whether that of theirs comes second.
  init(
    base: [Int], ours: [Int], theirs: [Int], count: Int, isKept: @escaping (Int) -> Bool,
    isAfter: @escaping (_ theirs: Int, _ ours: Int) -> Bool
  ) {
    self.base = base
    self.ours = ours
    self.theirs = theirs
    self.isKept = isKept
    self.isAfter = isAfter
    next = Array(repeating: -1, count: count + 1)
  }

  /// The rows in order, and those that both sides have moved to different places.
  mutating func merged() -> (order: [Int], contested: Set<Int>) {
    let count = next.count - 1
    let inBase = RowOrder.members(base, count)
    let inOurs = RowOrder.members(ours, count)
    let movedByUs = RowOrder.moved(from: base, inBase, to: ours, inOurs, count)
    let movedByThem = RowOrder.moved(from: base, inBase, to: theirs, RowOrder.members(theirs, count), count)
    var isListed = Array(repeating: false, count: count)
    var contested: Set<Int> = []
    // Our rows, without those that only they have moved.
    var last = 0
    for row in ours where isKept(row) && (!movedByThem.contains(row) || movedByUs.contains(row)) {
      next[last] = row + 1
      last = row + 1
      isListed[row] = true
    }
    var previous = 0
    for row in theirs where isKept(row) {
      if !isListed[row] {
        var before = previous
        // What our side has added there comes first, unless the order of the keys says otherwise.
        while next[before] > 0, !inBase[next[before] - 1], inOurs[next[before] - 1], isAfter(row, next[before] - 1) {
          before = next[before]
        }
        next[row + 1] = next[before]
        next[before] = row + 1
        isListed[row] = true
      }
      previous = row + 1
    }
    let movedByBoth = movedByUs.intersection(movedByThem)
    if !movedByBoth.isEmpty {
      let ourNeighbours = RowOrder.neighbours(in: ours, inBase)
      let theirNeighbours = RowOrder.neighbours(in: theirs, inBase)
      contested = movedByBoth.filter { ourNeighbours[$0] != theirNeighbours[$0] }
    }
    var order: [Int] = []
    order.reserveCapacity(count)
    var row = next[0]
    while row > 0 {
      order.append(row - 1)
      row = next[row]
    }
    return (order, contested)
  }

  private static func members(_ rows: [Int], _ count: Int) -> [Bool] {
    var isMember = Array(repeating: false, count: count)
    for row in rows { isMember[row] = true }
    return isMember
  }

  /// By row, the last row before it that the base has too; -1 if there is none.
  private static func neighbours(in rows: [Int], _ inBase: [Bool]) -> [Int: Int] {
    var neighbours: [Int: Int] = [:]
    var last = -1
    for row in rows {
      neighbours[row] = last
      if inBase[row] { last = row }
    }
    return neighbours
  }

  /// Of the rows that both have, those that stand in another order: all but a longest run that kept its order.
  private static func moved(
    from base: [Int], _ inBase: [Bool], to other: [Int], _ inOther: [Bool], _ count: Int
  ) -> Set<Int> {
    var positions = Array(repeating: -1, count: count)
    for (position, row) in other.enumerated() { positions[row] = position }
    let kept = base.filter { inOther[$0] }
    if zip(kept, kept.dropFirst()).allSatisfy({ positions[$0] < positions[$1] }) { return [] }
    // `tails[n]` is the index in `kept` of the least last element of a rising run of n + 1.
    var tails: [Int] = []
    var before = Array(repeating: -1, count: kept.count)
    for (index, row) in kept.enumerated() {
      let length = tails.partitioningIndex { positions[kept[$0]] >= positions[row] }
      if length > 0 { before[index] = tails[length - 1] }
      if length == tails.count { tails.append(index) } else { tails[length] = index }
    }
    var moved = Set(kept)
    var index = tails.last ?? -1
    while index >= 0 {
      moved.remove(kept[index])
      index = before[index]
    }
    return moved
  }
}

/// The order of ids such as 2-099 and 2-100: digits count as numbers.
enum NaturalOrder {
  /// Whether `a` comes before `b`; nil if they are not of one form (the same apart from their digits).
  static func precedes(_ a: String, _ b: String) -> Bool? {
    let (first, second) = (parts(a), parts(b))
    guard first.count == second.count else { return nil }
    for (one, other) in zip(first, second) {
      switch (Int(one), Int(other)) {
      case (let one?, let other?):
        if one != other { return one < other }
      default:
        if one != other { return nil }
      }
    }
    return nil
  }

  private static func parts(_ text: String) -> [Substring] {
    text.chunked { isDigit($0) == isDigit($1) }.map { $0 }
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}

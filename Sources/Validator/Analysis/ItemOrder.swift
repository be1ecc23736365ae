import Catalog

/// An order of items that does not depend on the order of the rows: a finding about several items is reported at the
/// first of them, and sorting the table does not move it.
extension Catalog {
  /// These items by the ids of their matters and by their numbers.
  func inOrder(_ items: [Int]) -> [Int] {
    let keys = items.map { index -> (matter: String, number: Int, index: Int) in
      let item = self.items[index]
      return (text(item.matterID), item.number ?? Int.max, index)
    }
    return keys.sorted { $0 < $1 }.map(\.index)
  }

  /// The first of these items in that order; -1 if there is none.
  func first(_ items: [Int]) -> Int {
    var first = (matter: "", number: 0, index: -1)
    for index in items {
      let item = self.items[index]
      let key = (matter: text(item.matterID), number: item.number ?? Int.max, index: index)
      if first.index < 0 || key < first { first = key }
    }
    return first.index
  }
}

import Catalog

/// The matters whose items are not numbered 1, 2, 3 in order, and those without items.
struct ItemNumbers: Sendable {
  private(set) var irregular: [Int32] = []
  /// The matters that neither have items nor include another matter.
  private(set) var bare: [Int32] = []

  mutating func take(_ block: Range<Int>, _ rows: RowSurvey.Rows) {
    for index in block {
      let own = rows.matters[index].items
      if own.isEmpty {
        if rows.matters[index].includesID.isEmpty { bare.append(Int32(index)) }
        continue
      }
      var expected = 1
      for item in own {
        if rows.items[item].number != expected {
          irregular.append(Int32(index))
          break
        }
        expected += 1
      }
    }
  }
}

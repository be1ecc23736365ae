import Catalog

extension Catalog {
  /// For each name the index of its first matter by list and number, whatever the order of the rows; -1 if there is none.
  /// Only matters that satisfy `isCounted` count. Nil if no name occurs twice.
  func firstMattersOfNames(among isCounted: (Matter) -> Bool) -> [Int32]? {
    var firstOf = [Int32](repeating: -1, count: distinctCount(.matterName))
    var isRepeated = false
    let matters = matters
    for matter in matters where !matter.name.isEmpty && isCounted(matter) {
      let first = firstOf[matter.name.index]
      if first >= 0 {
        isRepeated = true
        let other = matters[Int(first)]
        if (other.list ?? .max, other.number ?? .max) <= (matter.list ?? .max, matter.number ?? .max) { continue }
      }
      firstOf[matter.name.index] = Int32(matter.index)
    }
    return isRepeated ? firstOf : nil
  }
}

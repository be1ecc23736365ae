import Catalog

extension Catalog {
  /// For each name the matter that has it first: by list and number, however the rows are sorted. Only matters that
  /// `isMeant` counts; nil if no name is there twice.
  func firstMattersOfNames(among isMeant: (Matter) -> Bool) -> [Int32]? {
    var firstOf = [Int32](repeating: -1, count: distinctCount(.matterName))
    var isRepeated = false
    let matters = matters
    for matter in matters where !matter.name.isEmpty && isMeant(matter) {
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

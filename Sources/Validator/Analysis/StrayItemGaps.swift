import Catalog

/// Items of no known matter, and the matters between whose items they stand: a matter whose id was changed has lost its
/// items to these, and is told by them.
struct StrayItemGaps {
  /// Matters before and after each run of strays in the file.
  private var gaps: [Range<Int>] = []

  init(_ catalog: Catalog) {
    let items = catalog.items
    // Items of no matter come last.
    var strays: [SourcePosition] = []
    for item in items.reversed() {
      if item.matter != nil { break }
      strays.append(catalog.position(item, .name))
    }
    guard !strays.isEmpty else { return }
    strays.sort()
    var before = [Int](repeating: -1, count: strays.count)
    var after = [Int](repeating: catalog.matters.count, count: strays.count)
    for item in items {
      guard let matter = item.matter else { break }
      let position = catalog.position(item, .name)
      var low = 0
      var high = strays.count
      while low < high {
        let middle = (low + high) / 2
        if strays[middle] < position { low = middle + 1 } else { high = middle }
      }
      if low < strays.count { before[low] = max(before[low], matter) }
      if low > 0 { after[low - 1] = min(after[low - 1], matter) }
    }
    for index in strays.indices.dropFirst() { before[index] = max(before[index], before[index - 1]) }
    for index in strays.indices.dropLast().reversed() { after[index] = min(after[index], after[index + 1]) }
    for index in strays.indices where before[index] + 1 < after[index] {
      let gap = before[index] + 1..<after[index]
      if gaps.last != gap { gaps.append(gap) }
    }
  }

  func mayBelong(to matter: Int) -> Bool { gaps.contains { $0.contains(matter) } }
}

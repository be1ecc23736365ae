import Catalog

/// Items of unknown matters, and the matters whose items surround them in the file: a matter between these may have lost
/// its items because its id was changed, which `orphan-item` reports.
struct StrayItemGaps {
  /// The matters that may own a run of stray items.
  private var gaps: [Range<Int>] = []

  init(_ catalog: Catalog) {
    let items = catalog.items
    // Items of unknown matters are the last ones.
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

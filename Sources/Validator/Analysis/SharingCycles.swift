import Catalog

extension Catalog {
  /// The cycles of matters that include each other, each starting at its first matter.
  func sharingCycles() -> [[Int]] {
    let matters = matters
    // In most catalogs an included matter includes none itself, and there are no cycles.
    guard matters.contains(where: { matter in matter.includes.map { matters[$0].includes != nil } ?? false }) else {
      return []
    }
    // The walk that reached a matter first; 0 for none.
    var walks = [Int32](repeating: 0, count: matters.count)
    var cycles: [[Int]] = []
    for start in matters.indices where walks[start] == 0 {
      let walk = Int32(start) + 1
      var at = start
      while walks[at] == 0 {
        walks[at] = walk
        guard let next = matters[at].includes else { break }
        at = next
      }
      // A cycle only if the walk came back to itself, and not if it ended or met an earlier walk.
      guard walks[at] == walk, matters[at].includes != nil else { continue }
      var cycle = [at]
      var next = matters[at].includes
      while let here = next, here != at {
        cycle.append(here)
        next = matters[here].includes
      }
      let first = cycle.indices.min { cycle[$0] < cycle[$1] } ?? 0
      cycles.append(Array(cycle[first...] + cycle[..<first]))
    }
    return cycles
  }
}

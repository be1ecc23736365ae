import Catalog

extension Catalog {
  /// The rings of matters that include each other, each from its first matter on.
  func sharingCycles() -> [[Int]] {
    let matters = matters
    // Most catalogs share in one step: what is included includes nothing.
    guard matters.contains(where: { matter in matter.includes.map { matters[$0].includes != nil } ?? false }) else {
      return []
    }
    // Which walk came by first; 0 for none yet.
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
      // Back on its own way, and not merely at its end.
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

import Catalog
import Localization

extension Rule {
  static let regionCycle = Rule(
    id: "region-cycle", group: .references, severity: .error,
    title: LocalizedText(zh: "地区互为上级", en: "regions that belong to each other"),
    reason: LocalizedText(
      zh: "甲的上级是乙、乙的上级又是甲，部门名称向上查找时没有尽头。",
      en: "If each is the parent of the other, a name that is looked up in the regions above has no end."),
    source: LocalizedText(
      zh: "§三（二）：“负责指导县(市、区)并在全市推进落地”，市在上，县（市、区）在下",
      en: "§三(二): the city guides its counties (负责指导县(市、区)并在全市推进落地), never the other way round"),
    fix: LocalizedText(
      zh: "改正 regions.csv 的上级（parent），最上一级留空。",
      en: "Correct `parent` in regions.csv; leave it empty for the uppermost region."),
    triggers: [
      Example(tables: [.regions: ["jiangxi,江西省,province,↓jiujiang", "jiujiang,九江市,city,jiangxi"]]),
      Example(tables: [.regions: ["jiujiang,九江市,city,↓jiujiang"]]),
    ],
    passes: [
      Example(tables: [.regions: ["jiangxi,江西省,province,", "jiujiang,九江市,city,jiangxi"]])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      for cycle in catalog.regionCycles {
        let first = catalog.regions[cycle[0]]
        // Of a long one the beginning is enough to find it.
        let ids =
          cycle.prefix(10).map { catalog.regions[$0].id } + (cycle.count > 10 ? ["…"] : [])
          + [catalog.regions[cycle[0]].id]
        context.report(
          .region(cycle[0]), at: first.position(of: \.parent),
          related: cycle.dropFirst().prefix(9).map { (.region($0), catalog.regions[$0].position(of: \.parent)) },
          LocalizedText(
            zh: "地区互为上级：\(ids.joined(separator: " → "))",
            en: "regions belong to each other: \(ids.joined(separator: " → "))"))
      }
    })
}

extension Catalog {
  /// The regions that are above themselves: each cycle once, from its first region upwards.
  var regionCycles: [[Int]] {
    var found: [[Int]] = []
    // The region from which each was reached first, so that each is passed once.
    var origin = [Int?](repeating: nil, count: regions.count)
    for start in regions.indices {
      var region: Int? = start
      while let here = region, origin[here] == nil {
        origin[here] = start
        region = regions[here].parentIndex
      }
      // A region that this very walk has passed closes a cycle.
      guard let closing = region, origin[closing] == start else { continue }
      var cycle = [closing]
      while let last = cycle.last, let next = regions[last].parentIndex, next != closing { cycle.append(next) }
      let first = cycle.indices.min { cycle[$0] < cycle[$1] } ?? 0
      found.append(Array(cycle[first...] + cycle[..<first]))
    }
    return found.sorted { $0[0] < $1[0] }
  }
}

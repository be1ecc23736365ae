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
        let ids = (cycle + [cycle[0]]).map { catalog.regions[$0].id }
        context.report(
          .region(cycle[0]), at: first.position(of: \.parent),
          related: cycle.dropFirst().map { (.region($0), catalog.regions[$0].position(of: \.parent)) },
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
    for (index, line) in regionTree.lines.enumerated() {
      guard let top = line.last, regions[top].parentIndex == index, line.allSatisfy({ $0 >= index }) else { continue }
      found.append(line)
    }
    return found
  }
}

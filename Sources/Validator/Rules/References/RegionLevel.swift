import Catalog
import Localization

extension Rule {
  static let regionLevel = Rule(
    id: "region-level", group: .references, severity: .error,
    title: LocalizedText(zh: "地区的级别不低于上级", en: "a region whose level is not below that of its parent"),
    reason: LocalizedText(
      zh: "县属于市，市属于省；级别颠倒，多半是级别或上级填错了。",
      en:
        "A county belongs to a city, a city to a province: if the levels are reversed, the level or the parent is wrong."
    ),
    source: LocalizedText(
      zh: "§三（二）：“负责指导县(市、区)并在全市推进落地”，发文对象为各县（市、区）人民政府",
      en: "§三(二): the city guides its counties (负责指导县(市、区)并在全市推进落地); the notice is addressed to their governments"),
    fix: LocalizedText(
      zh: "改正 regions.csv 的级别（level）或上级（parent）：national、province、city、county、township 依次降低。",
      en:
        "Correct `level` or `parent` in regions.csv: national, province, city, county, township, from above downwards."),
    triggers: [
      Example(tables: [.regions: ["jiujiang,九江市,↓city,some-county", "some-county,某县,county,"]]),
      Example(tables: [.regions: ["jiujiang,九江市,city,", "some-county,某县,↓city,jiujiang"]]),
    ],
    passes: [
      // A level may be left out; `region-cycle` reports cycles, whatever the levels are.
      Example(tables: [
        .regions: ["jiangxi,江西省,province,", "some-county,某县,county,jiangxi", "a,甲,city,b", "b,乙,city,a"]
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let cyclic = Set(catalog.regionCycles.joined())
      for (index, region) in catalog.regions.enumerated() where !cyclic.contains(index) {
        guard let parent = region.parentIndex.map({ catalog.regions[$0] }), let own = region.level,
          let above = parent.level, own <= above
        else { continue }
        context.report(
          .region(index), at: region.position(of: \.level),
          related: [(.region(region.parentIndex ?? index), parent.position(of: \.level))],
          LocalizedText(
            zh:
              "\(region.id)（\(region.name)）的级别是\(own.title.zh)，不低于上级 \(parent.id)（\(parent.name)）的级别\(above.title.zh)",
            en:
              "\(region.id) (\(region.name)) has the level \(own.name), which is not below \(above.name), the level of its parent \(parent.id) (\(parent.name))"
          ))
      }
    })
}

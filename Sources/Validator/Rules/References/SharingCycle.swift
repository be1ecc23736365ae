import Catalog
import Localization

extension Rule {
  static let sharingCycle = Rule(
    id: "sharing-cycle", group: .references, severity: .error,
    title: LocalizedText(zh: "事项互相包含", en: "matters that include each other"),
    reason: LocalizedText(
      zh: "甲包含乙、乙又包含甲，共享的关联事项没有源头，展开时没有尽头。",
      en: "If each includes the other, the shared items have no origin, and expanding them has no end."),
    source: LocalizedText(
      zh: "附件2第37、137项备注：“以下场景均包含此事项”，后面的场景包含前面的，不会反过来",
      en: "the remark at 37 and 137 of annex 2: later scenes include earlier ones, never the other way round"),
    fix: LocalizedText(
      zh: "保留后面场景对前面事项的包含，清空反方向的 includes。",
      en: "Keep the include of the later scene, and clear `includes` of the earlier matter."),
    triggers: [
      Example(matters: [
        "2-037,second,37,enterprise,我要开水果店,市场监管部门,2022年12月底,,↓2-038",
        "2-038,second,38,enterprise,我要开饭店,市场监管部门,2022年12月底,,2-037",
      ]),
      Example(matters: ["2-037,second,37,enterprise,我要开水果店,市场监管部门,2022年12月底,,↓2-037"]),
    ],
    passes: [
      Example(matters: [
        "2-037,second,37,enterprise,我要开水果店,市场监管部门,2022年12月底,,",
        "2-038,second,38,enterprise,我要开饭店,市场监管部门,2022年12月底,,2-037",
        "2-039,second,39,enterprise,我要开茶楼,市场监管部门,2022年12月底,,2-038",
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      guard context.survey.departments.hasChains else { return }
      let matters = catalog.matters
      for cycle in catalog.sharingCycles() {
        let first = matters[cycle[0]]
        func message() -> LocalizedText {
          let ids = cycle.prefix(10).map { catalog.id(matters[$0]) }
          if cycle.count == 1 {
            return LocalizedText(zh: "\(ids[0]) 包含它自己", en: "\(ids[0]) includes itself")
          }
          let path = ids.joined(separator: " → ") + (cycle.count > 10 ? " → …" : "") + " → \(ids[0])"
          return LocalizedText(zh: "事项互相包含：\(path)", en: "matters include each other: \(path)")
        }
        context.report(
          .matter(first.index), at: catalog.position(first, .includes),
          related: cycle.dropFirst().prefix(10).map { (.matter($0), catalog.position(matters[$0], .includes)) },
          message())
      }
    })
}

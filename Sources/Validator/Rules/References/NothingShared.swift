import Catalog
import Localization

extension Rule {
  static let nothingShared = Rule(
    id: "nothing-shared", group: .references, severity: .error,
    title: LocalizedText(
      zh: "包含的事项没有共享任何关联事项",
      en: "an include of a matter that shares no items"),
    reason: LocalizedText(
      zh: "这样的包含什么也没有带来：不是包含错了事项，就是漏标了共享。",
      en: "The include has no effect: either the wrong matter is included, or its shared items are not marked."),
    source: LocalizedText(
      zh: "附件2第37、137项备注：“以下场景均包含此事项”", en: "the remark at 37 and 137 of annex 2, “以下场景均包含此事项”"),
    fix: LocalizedText(
      zh: "改正 includes；或在 items.csv 中把被包含事项应共享的关联事项标为 yes。",
      en: "Correct `includes`, or mark the items that the included matter shares with yes in items.csv."),
    triggers: [
      Example(
        matters: [
          "2-037,second,37,enterprise,我要开水果店,市场监管部门,2022年12月底,,",
          "2-038,second,38,enterprise,我要开饭店,市场监管部门,2022年12月底,,↓2-037",
        ],
        items: ["2-037,1,营业执照,市场监管部门,"]),
      Example(matters: [
        "2-037,second,37,enterprise,我要开水果店,市场监管部门,2022年12月底,,",
        "2-038,second,38,enterprise,我要开饭店,市场监管部门,2022年12月底,,↓2-037",
      ]),
    ],
    passes: [
      Example(
        matters: [
          "2-037,second,37,enterprise,我要开水果店,市场监管部门,2022年12月底,,",
          "2-038,second,38,enterprise,我要开饭店,市场监管部门,2022年12月底,,2-037",
        ],
        items: ["2-037,1,营业执照,市场监管部门,", "2-037,2,公章刻制备案,公安部门,yes"])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let matters = catalog.matters
      guard context.survey.departments.hasIdleIncludes, !catalog.isMissing(.items) else { return }
      // For each include: 0 not known yet, 1 shares items, 2 shares none.
      var shares = [UInt8](repeating: 0, count: catalog.distinctCount(.includes))
      var inCycle: Set<Int>?
      for matter in matters {
        guard let other = matter.includes else { continue }
        let key = matter.includesID.index
        if shares[key] == 0 {
          // A mark that cannot be read may be a yes.
          let isSharing = catalog.items(of: matters[other]).contains { $0.isShared || $0.isUnknown(.shared) }
          shares[key] = isSharing ? 1 : 2
        }
        guard shares[key] == 2 else { continue }
        // `sharing-cycle` reports matters that include each other.
        let cycles = inCycle ?? Set(catalog.sharingCycles().joined())
        inCycle = cycles
        if cycles.contains(matter.index) { continue }
        context.report(
          .matter(matter.index), at: catalog.position(matter, .includes), name: catalog.text(matter.includesID),
          related: [(.matter(other), catalog.position(matters[other]))],
          LocalizedText(
            zh: "\(catalog.id(matter)) 包含 \(catalog.id(matters[other]))，但 \(catalog.id(matters[other])) 没有标为共享的关联事项",
            en: "\(catalog.id(matter)) includes \(catalog.id(matters[other])), which has no item marked as shared"))
      }
    })
}

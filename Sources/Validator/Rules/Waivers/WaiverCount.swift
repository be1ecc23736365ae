import Catalog
import Localization

extension Rule {
  /// Applies to waivers that say how many subjects they cover. Fewer are no reason to look: the findings have been corrected.
  /// Rules that depend on the day are not judged, as their findings change without an edit.
  static let waiverCount = Rule(
    id: "waiver-count", group: .waivers, severity: .warning,
    title: LocalizedText(
      zh: "豁免涉及的项数比写明的多", en: "a waiver covers more than it says"),
    reason: LocalizedText(
      zh: "对一段事项的豁免会把其中新出现的问题一并盖住；写明项数，多出一项就看得到。",
      en: "A waiver for a run of matters would hide new findings among them; with its number stated, one more is seen."),
    source: LocalizedText(zh: "catalog/README.md 豁免", en: "waivers in catalog/README.md"),
    fix: LocalizedText(
      zh: "用 `onevisit validate --no-waivers --only 规则名` 逐处核对：新出现的改正，确可豁免的改写项数。",
      en:
        "Look at each with `onevisit validate --no-waivers --only RULE`: correct what is new, or change the number if it may stay."
    ),
    triggers: [
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底", "2-002,second,2,individual,灵活就业,市人社局,2022年12月底",
          "2-003,second,3,individual,灵活就业,市人社局,2022年12月底",
        ],
        tables: [.waivers: ["duplicate-matter-name,2-001..2-003,原文如此,↓1"]])
    ],
    passes: [
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底", "2-002,second,2,individual,灵活就业,市人社局,2022年12月底",
        ],
        tables: [.waivers: ["duplicate-matter-name,2-001..2-002,原文如此,1"]]),
      // One has been corrected.
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底", "2-002,second,2,individual,灵活就业,市人社局,2022年12月底",
        ],
        tables: [.waivers: ["duplicate-matter-name,2-001..2-002,原文如此,2"]]),
      // It does not say how many.
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底", "2-002,second,2,individual,灵活就业,市人社局,2022年12月底",
        ],
        tables: [.waivers: ["duplicate-matter-name,2-001..2-002,原文如此,"]]),
    ],
    check: .waivers { context, use in
      let catalog = context.catalog
      // The missing part of a list, or a cell that could not be read, might change the number.
      guard !use.counts.isEmpty, let damaged = context.damagedMatters(), !catalog.lists.contains(where: \.isPartial)
      else { return }
      for (index, waiver) in catalog.waivers.enumerated() {
        guard let stated = waiver.count, let found = use.counts[index], found > stated,
          use.rulesRun.contains(waiver.rule), let rule = RuleBook.rule(waiver.rule), !rule.dependsOnDay,
          rule.group != .waivers, !damaged.isNamed(by: waiver), !isWithdrawn(waiver.subject, in: catalog)
        else { continue }
        context.report(
          .waiver(index), at: waiver.position(of: \.count),
          LocalizedText(
            zh: "对 \(waiver.subject) 的 \(waiver.rule) 豁免写明 \(stated) 项，实有 \(found) 项：多出 \(found - stated) 项",
            en: "the waiver of \(waiver.rule) for \(waiver.subject) says \(stated), but \(found) are covered, "
              + "\(found - stated) more"))
      }
    })
}

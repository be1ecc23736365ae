import Catalog
import Localization

extension Rule {
  static let waiverWithoutReason = Rule(
    id: "waiver-without-reason", group: .waivers, severity: .warning,
    title: LocalizedText(
      zh: "豁免没有写理由",
      en: "a waiver without a reason"),
    reason: LocalizedText(
      zh: "没有理由的豁免，后来的人无从判断是否还成立。",
      en: "Without a reason nobody can judge later whether the waiver still applies."),
    source: LocalizedText(zh: "catalog/README.md 豁免", en: "waivers in catalog/README.md"),
    fix: LocalizedText(
      zh: "在 reason 一栏写明为什么可以如此，最好注明原文位置。",
      en: "State in `reason` why it is accepted, if possible with the passage in the notice."),
    triggers: [
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底", "2-002,second,2,individual,灵活就业,市人社局,2022年12月底",
        ],
        tables: [.waivers: ["duplicate-matter-name,2-002,↓ "]])
    ],
    passes: [
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底", "2-002,second,2,individual,灵活就业,市人社局,2022年12月底",
        ],
        tables: [.waivers: ["duplicate-matter-name,2-002,原文如此"]])
    ],
    check: .waivers { context, _ in
      let catalog = context.catalog
      for (index, waiver) in catalog.waivers.enumerated() where waiver.reason.trimmingBlanks.isEmpty {
        context.report(
          .waiver(index), at: waiver.position(of: \.reason),
          LocalizedText(
            zh: "对 \(waiver.subject) 的 \(waiver.rule) 豁免没有写理由",
            en: "the waiver of \(waiver.rule) for \(waiver.subject) has no reason"))
      }
    })
}

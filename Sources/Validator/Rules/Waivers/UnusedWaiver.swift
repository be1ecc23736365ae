import AtomicFiles
import Catalog
import Localization

extension Rule {
  /// Judged only where the waiver's rule was run, both of its names are known and what it names could be read; waivers
  /// of the rules about waivers are not judged.
  static let unusedWaiver = Rule(
    id: "unused-waiver", group: .waivers, severity: .warning,
    title: LocalizedText(zh: "豁免已无可豁免", en: "a waiver that waives nothing"),
    reason: LocalizedText(
      zh: "问题已改正而豁免还在，以后同样的问题再出现就看不到了。",
      en: "What it was for has been mended; left standing, it would hide the same fault when it comes back."),
    source: LocalizedText(zh: "catalog/README.md 豁免", en: "waivers in catalog/README.md"),
    fix: LocalizedText(zh: "从 waivers.csv 删去这一行。", en: "Delete the row from waivers.csv."),
    triggers: [
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底", "2-002,second,2,individual,失业,市人社局,2022年12月底",
        ],
        tables: [.waivers: ["↓duplicate-matter-name,2-002,原文如此"]])
    ],
    passes: [
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底", "2-002,second,2,individual,灵活就业,市人社局,2022年12月底",
        ],
        tables: [.waivers: ["duplicate-matter-name,2-002,原文如此"]]),
      // Its rule is not run here.
      Example(files: [
        "datapackage.json": "{\"onevisit\": {\"rules\": {\"duplicate-matter-name\": \"off\"}}}",
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底

        """,
        "waivers.csv": "rule,subject,reason\nduplicate-matter-name,2-001,原文如此\n",
      ]),
    ],
    check: .waivers { context, use in
      let catalog = context.catalog
      var names = WaiverNames(catalog)
      guard let damaged = context.damagedMatters() else { return }
      // Of a part of a list nobody knows what the rest would have brought up.
      if catalog.lists.contains(where: \.isPartial) { return }
      for (index, waiver) in catalog.waivers.enumerated() {
        guard !use.used.contains(index), use.rulesRun.contains(waiver.rule), !waiver.subject.isEmpty,
          let rule = RuleBook.rule(waiver.rule), rule.group != .waivers, names.isKnown(waiver.subject),
          !damaged.isNamed(by: waiver)
        else { continue }
        context.report(
          .waiver(index), at: waiver.position,
          LocalizedText(
            zh: "\(waiver.subject) 没有 \(waiver.rule) 的问题可豁免",
            en: "\(waiver.rule) finds nothing at \(waiver.subject) that could be waived"))
      }
    })
}

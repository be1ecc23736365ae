import AtomicFiles
import Catalog
import Localization

extension Rule {
  /// Applies only if the waiver's rule was run, rule and subject are known and the subject could be read completely.
  /// Waivers of the rules about waivers are not checked.
  static let unusedWaiver = Rule(
    id: "unused-waiver", group: .waivers, severity: .warning,
    title: LocalizedText(
      zh: "该豁免没有对应的问题",
      en: "waiver matches no finding"),
    reason: LocalizedText(
      zh: "问题已改正而豁免还在，以后同样的问题再出现就看不到了。",
      en: "The problem has been fixed, but the waiver would hide the same problem if it came back."),
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
      // Its rule is switched off.
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
      if catalog.waivers.isEmpty { return }
      var names = WaiverNames(catalog)
      guard let damaged = context.damagedMatters() else { return }
      // The missing part of a list might have such findings.
      if catalog.lists.contains(where: \.isPartial) { return }
      for (index, waiver) in catalog.waivers.enumerated() {
        guard !use.used.contains(index), use.rulesRun.contains(waiver.rule), !waiver.subject.isEmpty,
          let rule = RuleBook.rule(waiver.rule), rule.group != .waivers, names.isKnown(waiver.subject),
          !damaged.isNamed(by: waiver), !isWithdrawn(waiver.subject, in: catalog)
        else { continue }
        context.report(
          .waiver(index), at: waiver.position,
          LocalizedText(
            zh: "对 \(waiver.subject) 的 \(waiver.rule) 豁免没有对应的问题",
            en: "the waiver of \(waiver.rule) for \(waiver.subject) matches no finding"))
      }
    })

  /// Whether a waiver is for a withdrawn matter, or an item of one: rules about duties do not judge it any more, and its rows
  /// stay as they were.
  static func isWithdrawn(_ subject: String, in catalog: Catalog) -> Bool {
    let matter = catalog.matter(id: subject) ?? catalog.matter(id: String(subject.prefix { $0 != "." }))
    return matter?.isWithdrawn ?? false
  }
}

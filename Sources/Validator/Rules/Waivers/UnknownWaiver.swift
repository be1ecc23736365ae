import Catalog
import Localization

extension Rule {
  static let unknownWaiver = Rule(
    id: "unknown-waiver", group: .waivers, severity: .warning,
    title: LocalizedText(
      zh: "豁免的规则或对象不存在",
      en: "a waiver of an unknown rule or subject"),
    reason: LocalizedText(
      zh: "写错的豁免什么也不豁免，却让人以为已经处理。",
      en: "A misspelt waiver waives nothing, but looks as if the problem had been dealt with."),
    source: LocalizedText(zh: "catalog/README.md 豁免", en: "waivers in catalog/README.md"),
    fix: LocalizedText(
      zh: "规则写 `onevisit rules` 列出的标识；对象写事项（2-081）、一段事项（2-029..2-033）、关联事项（2-037.8）或登记的标识。",
      en:
        "Use a rule id that `onevisit rules` lists, and as subject a matter (2-081), a run of matters (2-029..2-033), an item (2-037.8) or the id of a register entry."
    ),
    triggers: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.waivers: ["↓single-departments,2-001,原文如此"]]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.waivers: ["duplicate-matter-name,↓2-002,原文如此"]]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.waivers: ["duplicate-matter-name,↓2-001..2-009,原文如此"]]),
    ],
    passes: [
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底", "2-002,second,2,individual,灵活就业,市人社局,2022年12月底",
        ],
        items: ["2-001,1,就业登记,人社部门"],
        tables: [
          .waivers: [
            "duplicate-matter-name,2-002,原文如此", "duplicate-matter-name,2-001..2-002,原文如此",
            "unused-department,sports,其他文件用到", "number-gap,2-001.1,原文如此", "count-mismatch,second,节选",
          ]
        ])
    ],
    check: .waivers { context, use in
      let catalog = context.catalog
      let rules = NearestName(RuleBook.rules.map(\.id))
      var names = WaiverNames(catalog)
      // A subject may be in a table, or part of a list, that is missing here.
      let isWhole =
        !TableKind.allCases.contains(where: catalog.isMissing) && !catalog.lists.contains(where: \.isPartial)
      for (index, waiver) in catalog.waivers.enumerated() {
        if !waiver.rule.isEmpty, RuleBook.rule(waiver.rule) == nil, !context.customRules.contains(waiver.rule) {
          // The nearest name is looked for in a message alone: there may be a hundred thousand unknown waivers.
          func message() -> LocalizedText {
            let hint = Phrase.nearest(rules.nearest(to: waiver.rule))
            return LocalizedText(
              zh: "没有“\(Phrase.quoted(waiver.rule))”这条规则\(hint.zh)",
              en: "no rule called “\(Phrase.quoted(waiver.rule))”\(hint.en)")
          }
          context.report(.waiver(index), at: waiver.position(of: \.rule), message())
          continue
        }
        // The subject of a waiver that covers a finding is known.
        if !isWhole || waiver.subject.isEmpty || use.used.contains(index) || names.isKnown(waiver.subject) { continue }
        func message() -> LocalizedText {
          let hint = Phrase.nearest(names.nearest(to: waiver.subject))
          return LocalizedText(
            zh: "目录中没有“\(Phrase.quoted(waiver.subject))”\(hint.zh)",
            en: "the catalog has no “\(Phrase.quoted(waiver.subject))”\(hint.en)")
        }
        context.report(.waiver(index), at: waiver.position(of: \.subject), message())
      }
    })
}

import Catalog
import Localization

extension Rule {
  static let bracketedName = Rule(
    id: "bracketed-name", group: .wording, severity: .warning,
    title: LocalizedText(
      zh: "括号把名称的主体括了进去",
      en: "brackets around the main part of a name"),
    reason: LocalizedText(
      zh: "括号里应当是补充说明，去掉括号名称还要完整；“我要开（游泳、健身馆）”去掉括号就只剩“我要开”。",
      en:
        "Brackets hold additions: without them a name should still be complete. Without its brackets, 我要开(游泳、健身馆) is only “I want to open”."
    ),
    source: LocalizedText(
      zh: "GB/T 15834—2011《标点符号用法》4.9（括号标示注释、补充说明）；附件2第91项",
      en: "GB/T 15834—2011, 4.9: brackets mark notes and additions; number 91 of annex 2"),
    fix: LocalizedText(
      zh: "去掉括号（如“我要开游泳、健身馆”）；若原文如此，登记豁免并说明理由。",
      en: "Remove the brackets (我要开游泳、健身馆); or add a waiver with a reason if the notice says so."),
    triggers: [
      Example(matters: ["2-091,second,91,enterprise,↓我要开(游泳、健身馆),市场监管部门,2022年12月底"]),
      Example(
        matters: ["2-048,second,48,enterprise,我要开旅店,市场监管部门,2022年12月底"], items: ["2-048,1,↓(食品经营许可证),市场监管部门"]),
    ],
    passes: [
      Example(
        matters: ["2-048,second,48,enterprise,我要开旅店(宾馆、酒店、民宿),市场监管部门,2022年12月底"],
        items: ["2-048,1,(试点)食品经营许可证,市场监管部门"])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      func found(_ column: TextColumn) -> Set<TextID> {
        var found: Set<TextID> = []
        context.texts.forEach(in: column, having: .endsInBracket) { name in
          guard catalog.withBytes(name, BracketedNames.mayBeBracketed) else { return }
          if BracketedNames.isBracketed(catalog.text(name)) { found.insert(name) }
        }
        return found
      }
      let matterNames = found(.matterName)
      let itemNames = found(.itemName)
      if !matterNames.isEmpty {
        for matter in catalog.matters where matterNames.contains(matter.name) {
          context.report(
            .matter(matter.index), at: catalog.position(matter, .name),
            LocalizedText(
              zh: "\(catalog.label(matter).zh)的主体都在括号里",
              en: "the main part of \(catalog.label(matter).en) is in brackets"))
        }
      }
      if !itemNames.isEmpty {
        for item in catalog.items where itemNames.contains(item.name) {
          context.report(
            .item(item.index), at: catalog.position(item, .name),
            LocalizedText(
              zh: "\(catalog.label(item).zh)的主体都在括号里",
              en: "the main part of \(catalog.label(item).en) is in brackets"))
        }
      }
    })
}

import Catalog
import Localization

extension Rule {
  static let duplicateMatterName = Rule(
    id: "duplicate-matter-name", group: .identity, severity: .warning,
    title: LocalizedText(
      zh: "两个“一件事”同名",
      en: "two matters with the same name"),
    reason: LocalizedText(
      zh: "办事人按名称查找；同名的两项无法区分，也可能是重复列入。",
      en: "People search by name: two matters with the same name cannot be distinguished, or one was listed twice."),
    source: LocalizedText(
      zh: "§二（二）：“形成‘一件事’一个办事指南”；附件2的 39/218、96/183",
      en: "§二(二): one guide for each matter (“一件事”一个办事指南); 39/218 and 96/183 in annex 2"),
    fix: LocalizedText(
      zh: "核对原文：若是同一件事，删去其一；若不同，改名以示区别；若原文如此，登记豁免并说明理由。",
      en:
        "Compare with the notice: delete one if they are the same, rename one if they differ, or add a waiver with a reason if the notice says so."
    ),
    triggers: [
      Example(matters: [
        "2-039,second,39,enterprise,我要开食品小作坊,市场监管部门/行政审批部门,2022年12月底",
        "2-218,second,218,enterprise,↓我要开食品小作坊,市场监管部门/行政审批部门,2023年12月底",
      ])
    ],
    passes: [
      Example(matters: [
        "2-039,second,39,enterprise,我要开食品小作坊,市场监管部门/行政审批部门,2022年12月底",
        "2-040,second,40,enterprise,我要开茶楼、茶馆(销售茶叶店),市场监管部门/行政审批部门,2022年12月底",
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let matters = catalog.matters
      guard context.survey.order.hasRepeatedNames,
        let firstOf = catalog.firstMattersOfNames(among: { !$0.isWithdrawn })
      else { return }
      for matter in matters where !matter.name.isEmpty && !matter.isWithdrawn {
        let other = matters[Int(firstOf[matter.name.index])]
        // `duplicate-id` reports these.
        if other.index == matter.index || other.id == matter.id { continue }
        // `garbled-text` reports these.
        if catalog.withBytes(matter.name, { TextDamage($0) }) != nil { continue }
        context.report(
          .matter(matter.index), at: catalog.position(matter, .name),
          related: [(.matter(other.index), catalog.position(other, .name))],
          LocalizedText(
            zh: "\(catalog.id(matter))“\(catalog.text(matter.name))”与 \(catalog.id(other)) 同名",
            en: "\(catalog.id(matter)) “\(catalog.text(matter.name))” has the same name as \(catalog.id(other))"))
      }
    })
}

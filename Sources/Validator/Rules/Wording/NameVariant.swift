import Catalog
import Localization

extension Rule {
  static let nameVariant = Rule(
    id: "name-variant", group: .wording, severity: .note,
    title: LocalizedText(
      zh: "与登记名称不同的写法",
      en: "a name other than the registered one"),
    reason: LocalizedText(
      zh: "同一部门、同一事项有几种写法，办事人会以为是几个；统计和数据对接也要靠别名才能归到一起。只在登记名称也出现于清单，或写法只是多了书名号、附注时报告：改名后仍以旧名为别名的，不报。每行只报一次。",
      en:
        "A department or an approval written in several ways looks like several; statistics and data exchange depend on aliases to join them. Reported only if the registered name occurs in the lists as well, or if the variant merely adds book title marks or a note in brackets: an old name kept as an alias after a renaming is not reported. Reported once for each row."
    ),
    source: LocalizedText(
      zh: "§二（二）：“规范办理事项标准”；§二（五）：“开展政务类数据统一规范梳理”",
      en: "§二(二): items are standardised (规范办理事项标准); §二(五): data are uniform"),
    fix: LocalizedText(
      zh: "改用登记名称；若原文如此，登记豁免并说明理由。",
      en: "Use the registered name; or add a waiver with a reason if the notice says so."),
    triggers: [
      Example(
        matters: ["2-100,second,100,enterprise,我要开电影院,市场监管部门,2022年12月底"],
        items: ["2-100,1,公共场所卫生许可证,↓卫健委部门", "2-100,2,预防接种证办理,卫健部门"]),
      Example(
        matters: ["2-030,second,30,enterprise,企业准营,市场监管部门,2022年12月底"],
        items: ["2-030,1,↓食品经营许可,市场监管部门", "2-030,2,食品经营许可证/仅销售预包装食品备案,市场监管部门"]),
      Example(
        matters: ["2-123,second,123,enterprise,我要开木材加工厂,市场监管部门,2022年12月底"],
        items: ["2-123,1,↓《排污许可证》,生态环境部门"]),
      Example(
        matters: ["2-053,second,53,enterprise,我要开药店,市场监管部门,2022年12月底"],
        items: ["2-053,1,↓危险化学品经营许可证（乙种）,应急管理部门"]),
    ],
    passes: [
      Example(
        matters: ["2-100,second,100,enterprise,我要开电影院,市市场监管局,2022年12月底"],
        items: ["2-100,1,公共场所卫生许可证,卫健部门", "2-100,2,食品经营许可证,市市场监督管理局"]),
      // Renamed, with the old name kept as an alias.
      Example(
        matters: ["1-005,first,5,individual,残疾人证办理,市残联,2022年12月底"],
        items: ["1-005,1,残疾证办理,残联部门"],
        tables: [.departments: ["disabled,市残疾人联合会,,残疾人组织,市残联;残联部门,people-organisation"]]),
    ],
    correction: .suggested,
    check: .catalog { context in
      let catalog = context.catalog
      let variants = NameVariants(catalog)
      func message(_ id: String, _ names: [TextID]) -> LocalizedText {
        let found = names.filter { variants[$0] }.flatMap(variants.explain)
        return LocalizedText(
          zh: "\(id)：" + found.map(\.zh).joined(separator: "；"),
          en: "\(id): " + found.map(\.en).joined(separator: "; "))
      }
      if variants.hasLeads {
        for matter in catalog.matters where variants[matter.lead] || variants[matter.placeholder] {
          context.report(
            .matter(matter.index), at: catalog.position(matter, variants[matter.lead] ? .lead : .placeholder),
            message(catalog.id(matter), [matter.lead, matter.placeholder]),
            corrected: variants.corrected(variants[matter.lead] ? matter.lead : matter.placeholder))
        }
      }
      if variants.hasItems {
        for item in catalog.items
        where item.matter != nil && (variants[item.name] || variants[item.responsible]) {
          context.report(
            .item(item.index), at: catalog.position(item, variants[item.name] ? .name : .responsible),
            message(catalog.id(item), [item.name, item.responsible]),
            corrected: variants.corrected(variants[item.name] ? item.name : item.responsible))
        }
      }
    })
}

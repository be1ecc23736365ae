import Catalog
import Localization

extension Rule {
  static let placeholderMismatch = Rule(
    id: "placeholder-mismatch", group: .responsibility, severity: .warning,
    title: LocalizedText(
      zh: "“/”与事项、部门混用",
      en: "“/” combined with items or departments"),
    reason: LocalizedText(
      zh: "“/”表示没有单项事项，两栏应当一起写“/”；只写一半，不是漏了事项就是多了（或少了）部门。列出事项的，不应再有“/”的行，导出时它会被略去；牵头部门不能是“/”。",
      en:
        "“/” means that there is no item, and is printed in both cells. If only one of them has it, an item is missing, or a department is missing or superfluous. A matter that lists items has no “/” row; an export drops it. A lead cannot be “/”."
    ),
    source: LocalizedText(
      zh: "附件2：关联事项和责任部门同为“/”者81项，只有第81项（我要开办粮食收购站）“/”旁印“市场监管部门”",
      en: "Annex 2: 81 rows have “/” in both cells; only number 81 has 市场监管部门 beside it"),
    fix: LocalizedText(
      zh: "核对原文：补上漏印的关联事项，或把部门改为“/”；事项旁为“/”的，补上责任部门；若原文如此，登记豁免并说明理由。",
      en:
        "Compare with the notice: add the missing item, or make the department “/” as well; give an item its department; or add a waiver with a reason if the notice says so."
    ),
    triggers: [
      Example(matters: ["2-081,second,81,enterprise,我要开办粮食收购站,市场监管部门,2022年12月底,,,↓市场监管部门"]),
      Example(
        matters: ["2-082,second,82,enterprise,我要开手工店,市场监管部门,2022年12月底"], items: ["2-082,1,营业执照,↓/"]),
      Example(
        matters: ["2-081,second,81,enterprise,我要开办粮食收购站,市场监管部门,2022年12月底"], items: ["2-081,1,/,↓市场监管部门"]),
      Example(
        matters: ["2-082,second,82,enterprise,我要开手工店,市场监管部门,2022年12月底"],
        items: ["2-082,1,营业执照,市场监管部门", "2-082,2,/,↓/"]),
      Example(
        matters: ["2-083,second,83,enterprise,我要开茶叶店,↓/,2022年12月底"], items: ["2-083,1,营业执照,市场监管部门"]),
    ],
    passes: [
      Example(
        matters: [
          "2-081,second,81,enterprise,我要开办粮食收购站,市场监管部门,2022年12月底,,,/",
          "2-082,second,82,enterprise,我要开手工店,市场监管部门,2022年12月底,,,",
        ],
        items: ["2-082,1,营业执照,市场监管部门"]),
      Example(
        matters: ["2-082,second,82,enterprise,我要开手工店,市场监管部门,2022年12月底"], items: ["2-082,1,/,/"]),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      for (matter, position) in catalog.contradictedSlashes {
        context.report(
          .matter(matter.index), at: position,
          LocalizedText(
            zh: "\(catalog.label(matter).zh)列出了关联事项，又有一行是“/”，两者矛盾",
            en: "\(catalog.label(matter).en) lists items and also has a row “/”, which means that it has none"),
          fix: LocalizedText(
            zh: "对照原文：没有事项的，删去其他各行；有事项的，删去“/”这一行，或写上漏掉的事项名称。",
            en:
              "Compare with the notice: delete the other rows if there is no item; otherwise delete the row “/”, or fill in the missing name."
          ))
      }
      let isSlashLead = catalog.names(.lead).map { catalog.printedDepartments($0).isPlaceholder }
      if isSlashLead.contains(true) {
        for matter in catalog.matters where isSlashLead[matter.lead.index] {
          context.report(
            .matter(matter.index), at: catalog.position(matter, .lead),
            LocalizedText(
              zh: "\(catalog.label(matter).zh)的牵头部门是“/”，没有部门牵头",
              en: "\(catalog.label(matter).en) has the lead “/”: no department leads it"),
            fix: LocalizedText(zh: "对照原文写上牵头部门。", en: "Enter the lead from the notice."))
        }
      }
      for matter in context.survey.order.hasPlaceholders ? catalog.matters : []
      where !matter.placeholder.isEmpty && !catalog.hasContradictedSlash(matter) {
        let cell = catalog.printedDepartments(matter.placeholder)
        if cell.isPlaceholder || cell.entries.isEmpty { continue }
        let printed = catalog.text(matter.placeholder)
        context.report(
          .matter(matter.index), at: catalog.placeholderPosition(matter),
          LocalizedText(
            zh: "\(catalog.label(matter).zh)的关联事项是“/”，责任部门却印了“\(printed)”",
            en: "\(catalog.label(matter).en) has the item “/”, but the department “\(printed)”"))
      }
      let isSlash = catalog.names(.responsible).map { catalog.printedDepartments($0).isPlaceholder }
      guard isSlash.contains(true) else { return }
      for item in catalog.items where isSlash[item.responsible.index] && !item.name.isEmpty {
        context.report(
          .item(item.index), at: catalog.position(item, .responsible),
          LocalizedText(
            zh: "\(catalog.label(item).zh)有关联事项，责任部门却是“/”",
            en: "\(catalog.label(item).en) is an item, but its department is “/”"))
      }
    })
}

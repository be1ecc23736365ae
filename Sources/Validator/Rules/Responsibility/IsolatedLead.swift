import Catalog
import Localization

extension Rule {
  static let isolatedLead = Rule(
    id: "isolated-lead", group: .responsibility, severity: .note,
    title: LocalizedText(
      zh: "前后一律“甲/乙”牵头，唯独一项只写其一",
      en: "one of two leads missing in a run of matters led by both"),
    reason: LocalizedText(
      zh: "前后各两项都由“市场监管部门/行政审批部门”牵头，中间一项只印一家，多半是漏印。牵头部门不办理任何关联事项的，由 lead-without-item 报告，这里不重复。",
      en:
        "If the two matters before and the two after are led by “A/B” and this one by A alone, B was probably left out. A lead that handles no item is reported by lead-without-item and not repeated here."
    ),
    source: LocalizedText(
      zh: "§三（二）：“明确‘一件事一次办’事项……牵头部门”；附件2第136项（第134、135项和第137项以下均为“市场监管部门/行政审批部门”）",
      en: "§三(二): the lead is determined clearly; number 136 of annex 2, among matters led by 市场监管部门/行政审批部门"),
    fix: LocalizedText(
      zh: "核对原文补上另一家；若确由一家牵头，登记豁免并说明理由。",
      en:
        "Compare with the notice and add the other department; or add a waiver with a reason if one department leads alone."
    ),
    triggers: [
      Example(
        matters: [
          "2-134,second,134,enterprise,股权出质登记,市场监管部门/行政审批部门,2023年12月底",
          "2-135,second,135,enterprise,企业歇业,市场监管部门/行政审批部门,2023年12月底",
          "2-136,second,136,enterprise,知识产权申请,↓市场监管部门,2023年12月底",
          "2-137,second,137,enterprise,我要开粉面店,市场监管部门/行政审批部门,2023年12月底",
          "2-138,second,138,enterprise,我要开大排档,市场监管部门/行政审批部门,2023年12月底",
        ])
    ],
    passes: [
      // A different department, and two such matters in a row.
      Example(
        matters: [
          "2-130,second,130,enterprise,我要开素菜馆,市场监管部门/行政审批部门,2023年12月底",
          "2-131,second,131,enterprise,我要开粉面店,市场监管部门/行政审批部门,2023年12月底",
          "2-132,second,132,enterprise,职业技能培训,人社部门,2023年12月底",
          "2-133,second,133,enterprise,我要开饺子馆,市场监管部门/行政审批部门,2023年12月底",
          "2-134,second,134,enterprise,股权出质登记,市场监管部门/行政审批部门,2023年12月底",
          "2-135,second,135,enterprise,企业歇业,市场监管部门,2023年12月底",
          "2-136,second,136,enterprise,知识产权申请,市场监管部门,2023年12月底",
          "2-137,second,137,enterprise,我要开奶茶店,市场监管部门/行政审批部门,2023年12月底",
          "2-138,second,138,enterprise,我要开大排档,市场监管部门/行政审批部门,2023年12月底",
        ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let leading = context.departments(.lead)
      let survey = context.survey.order
      let matters = catalog.matters
      // By list and number: the order of the rows does not matter.
      let order = MattersByNumber(catalog, isWhole: survey.isSorted && !survey.hasUnknownLeads) {
        !$0.isUnknown(.lead)
      }
      guard order.count >= 5 else { return }
      var found: [(matter: Int, before: Int)] = []
      for ordinal in order.isWhole ? survey.leadChanges.map(Int.init) : Array(2..<order.count - 2)
      where ordinal >= 2 && ordinal < order.count - 2 {
        let matter = order[ordinal]
        let before = order[ordinal - 1]
        let alone = leading[matter.lead]
        guard alone >= 0, leading[before.lead] == DepartmentsByText.choice, matter.lead != before.lead else { continue }
        let neighbours = [order[ordinal - 2], before, order[ordinal + 1], order[ordinal + 2]]
        guard neighbours.allSatisfy({ $0.lead == before.lead && $0.list == matter.list }),
          leading.departments(before.lead).contains(Int(alone))
        else { continue }
        found.append((matter.index, before.index))
      }
      if found.isEmpty { return }
      let (idle, unknown) = IdleLeads.matters(context)
      let reported = unknown.union(idle)
      for (index, neighbour) in found where !reported.contains(index) {
        let matter = matters[index]
        let before = matters[neighbour]
        context.report(
          .matter(index), at: catalog.position(matter, .lead),
          related: [(.matter(before.index), catalog.position(before, .lead))],
          LocalizedText(
            zh: "\(catalog.label(matter).zh)只由“\(catalog.text(matter.lead))”牵头，前后各项都印“\(catalog.text(before.lead))”",
            en:
              "\(catalog.label(matter).en) is led by “\(catalog.text(matter.lead))” alone; the matters before and after are led by “\(catalog.text(before.lead))”"
          ))
      }
    })
}

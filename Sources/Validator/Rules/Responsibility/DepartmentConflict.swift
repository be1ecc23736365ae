import Catalog
import Localization

extension Rule {
  static let departmentConflict = Rule(
    id: "department-conflict", group: .responsibility, severity: .warning,
    title: LocalizedText(
      zh: "同一单项事项在不同“一件事”中由不同部门办理",
      en: "one approval handled by different departments in different matters"),
    reason: LocalizedText(
      zh: "同一单项事项只应由同一部门办理；写法不一，至少有一处是错的，或者一个名称指了两件事。“甲/乙”与其中之一不算矛盾。每个单项事项只报一次，报在出现较少的一方；两方一样多的，以登记的主管部门为准。",
      en:
        "An approval should be handled by one department; if matters differ, one of them is wrong, or one name means two approvals. “A/B” does not contradict A. Reported once for each approval, at the less frequent reading; of two equally frequent ones, at the one that the register contradicts."
    ),
    source: LocalizedText(
      zh: "§二（二）：“对‘一件事一次办’涉及的多个政务服务事项的设定依据、受理条件……等要素进行梳理”；§一（二）4：“谁审批、谁负责”",
      en: "§二(二): the elements of each item are sorted out; §一(二)4: who approves is responsible (谁审批、谁负责)"),
    fix: LocalizedText(
      zh: "核对哪个部门办理，统一各处写法；若是两件事，在 approvals.csv 中分立为两项，并在 items.csv 的 approval 列写明各是哪一项；若原文如此，登记豁免并说明理由。",
      en:
        "Find out which department handles it and use it everywhere; register two approvals if they differ, and name the one that is meant in the column `approval` of items.csv; or add a waiver with a reason if the notice says so."
    ),
    triggers: [
      Example(
        matters: [
          "2-029,second,29,enterprise,企业开办,市场监管部门,2022年12月底",
          "2-037,second,37,enterprise,我要开饭店,市场监管部门,2022年12月底",
        ],
        items: [
          "2-029,1,营业执照,市场监管部门", "2-029,2,住房公积金单位登记开户,↓住建部门", "2-037,1,公积金缴存登记,公积金中心",
        ]),
      Example(
        matters: [
          "1-005,first,5,individual,残疾人证办理,市残联,2022年12月底", "2-009,second,9,individual,扶残助困,市残联,2022年12月底",
        ],
        items: ["1-005,1,残疾评定,卫健部门、医院", "2-009,1,残疾评定,↓残联部门"]),
    ],
    passes: [
      Example(
        matters: [
          "2-029,second,29,enterprise,企业开办,市场监管部门,2022年12月底",
          "2-037,second,37,enterprise,我要开饭店,市场监管部门,2022年12月底",
        ],
        items: [
          "2-029,1,营业执照,市场监管部门/行政审批部门", "2-029,2,税务登记,税务部门", "2-037,1,营业执照,市市场监管局",
        ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      for conflict in context.conflicts.all {
        let item = catalog.items[conflict.minority[0]]
        let other = catalog.items[conflict.majority]
        let positions: [Int] = [conflict.majority] + conflict.minority.dropFirst()
        let approval = catalog.approvals[conflict.approval].name
        context.report(
          .item(item.index), at: catalog.position(item, .responsible),
          related: positions.prefix(relatedLimit).map {
            (.item($0), catalog.position(catalog.items[$0], .responsible))
          },
          LocalizedText(
            zh: "单项事项“\(approval)”在 \(catalog.label(item).zh)中由“\(catalog.text(item.responsible))”办理"
              + (conflict.minority.count > 1 ? "（共 \(conflict.minority.count) 处）" : "")
              + "，在 \(catalog.label(other).zh)\(conflict.majorityCount > 1 ? "等 \(conflict.majorityCount) 处" : "中")由“\(catalog.text(other.responsible))”办理",
            en:
              "the approval “\(approval)” is handled by “\(catalog.text(item.responsible))” in \(catalog.label(item).en)"
              + (conflict.minority.count > 1 ? " (\(conflict.minority.count) places in all)" : "")
              + " but by “\(catalog.text(other.responsible))” in \(catalog.label(other).en) (\(Phrase.count(conflict.majorityCount, "place")))"
          ))
      }
    })
}

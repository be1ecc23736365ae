import Catalog
import Localization

extension Rule {
  static let repeatedItem = Rule(
    id: "repeated-item", group: .responsibility, severity: .warning,
    title: LocalizedText(zh: "同一“一件事”里重复的单项事项", en: "the same approval twice in one matter"),
    reason: LocalizedText(
      zh: "同一单项事项列了两次，办事人会以为要办两遍，事项数也数多了。共享的关联事项一并计算；换一个名称、放进“甲/乙”任选里也算重复。",
      en:
        "An approval listed twice looks as if it had to be obtained twice, and is counted twice. Shared items count, and so do other names of the same approval and choices that include it."
    ),
    source: LocalizedText(
      zh: "§一（二）3：“着力减时间、减环节、减材料、减跑动”；§二（二）：“合理调整前后顺序，优化办理要素和业务流程，形成‘一件事’一个办事指南”",
      en: "§一(二)3: fewer steps (减环节); §二(二): the order and the steps are optimised into one guide (优化办理要素和业务流程)"),
    fix: LocalizedText(
      zh: "删去重复的一行；已由 includes 共享的，不再单列；若是两件事，在 approvals.csv 中分立为两项。",
      en:
        "Delete the second row; do not list again what is shared through `includes`; register two approvals if they differ."
    ),
    triggers: [
      Example(
        matters: ["2-031,second,31,enterprise,员工录用,市人社局,2022年12月底"],
        items: ["2-031,1,就业登记,人社部门", "2-031,2,职工参保登记(社会保险),人社部门", "2-031,3,↓就业登记,人社部门"]),
      Example(
        matters: [
          "2-037,second,37,enterprise,我要开饭店,市场监管部门,2022年12月底,,,",
          "2-055,second,55,enterprise,我要开书店,市场监管部门,2022年12月底,,2-037,",
        ],
        items: [
          "2-037,1,社会保险单位参保登记,人社部门,yes", "2-037,2,税务登记,税务部门,yes", "2-055,1,↓企业社会保险登记,人社部门,",
        ]),
      Example(
        matters: ["2-042,second,42,enterprise,我要开办熟食店,市场监管部门,2022年12月底"],
        items: ["2-042,1,↓食品经营许可证/食品经营许可,市场监管部门"]),
      Example(
        matters: ["2-042,second,42,enterprise,我要开办熟食店,市场监管部门,2022年12月底"],
        items: ["2-042,1,没有登记的事项,市场监管部门", "2-042,2,↓没有登记的事项,公安部门"]),
    ],
    passes: [
      Example(
        matters: [
          "2-037,second,37,enterprise,我要开饭店,市场监管部门,2022年12月底,,,",
          "2-055,second,55,enterprise,我要开书店,市场监管部门,2022年12月底,,2-037,",
          "2-056,second,56,enterprise,我要开母婴用品店,市场监管部门,2022年12月底,,2-037,",
        ],
        items: [
          "2-037,1,营业执照,市场监管部门,yes", "2-037,2,食品经营许可证,市场监管部门,",
          "2-055,1,食品经营许可证/小餐饮小食杂店食品经营登记,市场监管部门,", "2-056,1,食品经营许可证,市场监管部门,",
        ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let uses = context.survey.approvals
      if uses.repeating.isEmpty { return }
      var repeated = RepeatedApprovals(catalog, uses.keys)
      repeated.forEach(in: uses.repeating) { item, other in
        if other.index == item.index {
          context.report(
            .item(item.index), at: catalog.position(item, .name),
            LocalizedText(
              zh: "\(catalog.label(item).zh)任选的两项是同一单项事项",
              en: "the alternatives of \(catalog.label(item).en) are the same approval"))
          return
        }
        let isShared = other.matter != item.matter
        // `duplicate-id` reports an item number that occurs twice.
        if !isShared, let number = item.number, number == other.number { return }
        // Reported at the item with the higher number, whatever the order of the rows.
        let isReversed = !isShared && (other.number ?? 0) > (item.number ?? Int.max)
        let (item, other) = isReversed ? (other, item) : (item, other)
        context.report(
          .item(item.index), at: catalog.position(item, .name),
          related: [(.item(other.index), catalog.position(other, .name))],
          LocalizedText(
            zh: "\(catalog.label(item).zh)与\(isShared ? "共享的" : "") \(catalog.label(other).zh)是同一单项事项",
            en: "\(catalog.label(item).en) is the same approval as\(isShared ? " the shared" : "") "
              + catalog.label(other).en))
      }
    })
}

import Catalog
import Localization

extension Rule {
  static let missingAlternative = Rule(
    id: "missing-alternative", group: .responsibility, severity: .note,
    title: LocalizedText(
      zh: "别处印“甲/乙”的单项事项，这里只印其一",
      en: "one of two departments missing where the same approval has both elsewhere"),
    reason: LocalizedText(
      zh: "同一单项事项在别的“一件事”里由“甲/乙”办理，这里只印一家，多半是漏印：由另一家办理的地方，就找不到责任部门。每个单项事项只报一次。",
      en:
        "If other matters print “A/B” for an approval and this one prints A alone, B was probably left out, and where B handles it nobody is responsible. Reported once for each approval."
    ),
    source: LocalizedText(
      zh: "§三（一）：“明确责任分工”；附件2第37项营业执照印“市场监管部门/行政审批部门”，第137项只印“市场监管部门”",
      en:
        "§三(一): responsibilities are made clear (明确责任分工); 营业执照 is printed with 市场监管部门/行政审批部门 in number 37 of annex 2, with 市场监管部门 alone in 137"
    ),
    fix: LocalizedText(
      zh: "核对原文补上另一家；若原文如此或确由一家办理，登记豁免并说明理由。",
      en:
        "Compare with the notice and add the other department; or add a waiver with a reason if the notice says so or one department handles it alone."
    ),
    triggers: [
      Example(
        matters: [
          "2-037,second,37,enterprise,我要开饭店,市场监管部门,2022年12月底",
          "2-137,second,137,enterprise,我要开粉面店,市场监管部门,2023年12月底",
        ],
        items: [
          "2-037,1,营业执照,市场监管部门/行政审批部门", "2-037,2,税务登记,税务部门", "2-137,1,营业执照,↓市场监管部门",
          "2-137,2,税务登记,税务部门",
        ])
    ],
    passes: [
      // The same choice in another order; departments that contradict it; and a choice that is the exception.
      Example(
        matters: [
          "2-037,second,37,enterprise,我要开饭店,市场监管部门,2022年12月底",
          "2-133,second,133,enterprise,企业破产,人民法院,2023年12月底",
          "2-137,second,137,enterprise,我要开粉面店,市场监管部门,2023年12月底",
        ],
        items: [
          "2-037,1,营业执照,市场监管部门/行政审批部门", "2-037,2,税务登记,税务部门", "2-037,3,企业注销登记,市场监管部门/税务部门",
          "2-133,1,企业注销登记,市场监管部门", "2-133,2,税务登记,公安部门", "2-137,1,营业执照,行政审批部门/市场监管部门",
          "2-137,2,企业注销登记,市场监管部门",
        ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      for partial in context.conflicts.partial {
        let item = catalog.items[partial.minority[0]]
        let other = catalog.items[partial.majority]
        let positions: [Int] = [partial.majority] + partial.minority.dropFirst()
        let approval = catalog.approvals[partial.approval].name
        context.report(
          .item(item.index), at: catalog.position(item, .responsible),
          related: positions.prefix(relatedLimit).map {
            (.item($0), catalog.position(catalog.items[$0], .responsible))
          },
          LocalizedText(
            zh: "单项事项“\(approval)”在 \(catalog.label(item).zh)中只印“\(catalog.text(item.responsible))”"
              + (partial.minority.count > 1 ? "（共 \(partial.minority.count) 处）" : "")
              + "，在 \(catalog.label(other).zh)\(partial.majorityCount > 1 ? "等 \(partial.majorityCount) 处" : "中")印“\(catalog.text(other.responsible))”",
            en:
              "the approval “\(approval)” has “\(catalog.text(item.responsible))” alone in \(catalog.label(item).en)"
              + (partial.minority.count > 1 ? " (\(partial.minority.count) places in all)" : "")
              + " but “\(catalog.text(other.responsible))” in \(catalog.label(other).en) (\(Phrase.count(partial.majorityCount, "place")))"
          ))
      }
    })
}

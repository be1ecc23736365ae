import Catalog
import Localization

extension Rule {
  static let joinedNames = Rule(
    id: "joined-names", group: .wording, severity: .note,
    title: LocalizedText(
      zh: "像是两个事项连写成一个名称",
      en: "a name that looks like two names run together"),
    reason: LocalizedText(
      zh: "“质量监督安全监督”这样同一个词在没有标点的一段里重复，多半是两个事项之间漏了顿号，或两行并成了一行。",
      en:
        "A word that occurs twice without punctuation between, as in 质量监督安全监督, usually means that the separator between two items was lost, or that two rows became one."
    ),
    source: LocalizedText(
      zh: "§二（二）：“对‘一件事一次办’涉及的多个政务服务事项……进行梳理”；附件2第10项第5行、第28项第1行",
      en: "§二(二): single items are sorted out; number 10, row 5, and number 28, row 1, of annex 2"),
    fix: LocalizedText(
      zh: "对照原文：是两个事项的，分成两行或加顿号；是一个的，登记豁免并说明理由。",
      en:
        "Compare with the notice: make two rows or add the separator if there are two items; add a waiver with a reason if there is one."
    ),
    triggers: [
      Example(
        matters: ["2-028,second,28,enterprise,工程建设项目施工许可,住建部门,2022年12月底"], items: ["2-028,1,↓质量监督安全监督,住建部门"]),
      Example(
        matters: ["2-010,second,10,individual,公民身后,市民政局,2022年12月底"],
        items: ["2-010,1,↓丧葬补助金、个人账户余额一次性支付个人账户一次性待遇申领,人社部门"]),
    ],
    passes: [
      Example(
        matters: ["2-028,second,28,enterprise,工程建设项目施工许可,住建部门,2022年12月底"],
        items: [
          "2-028,1,质量监督、安全监督,住建部门", "2-028,2,股权出质登记变更登记,市场监管部门", "2-028,3,实施中等及中等以下学历教育的学校设立,教育部门",
          "2-028,4,基本医疗保险参保人员医疗费用手工(零星)报销,医保部门",
        ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let words = catalog.names(.itemName).map { name -> String? in
        // A look at the bytes rules out most names.
        guard catalog.withBytes(name, RepeatedWords.mayRepeat) else { return nil }
        return RepeatedWords.repeatedWord(catalog.text(name))
      }
      guard words.contains(where: { $0 != nil }) else { return }
      for item in catalog.items {
        guard let word = words[item.name.index] else { continue }
        context.report(
          .item(item.index), at: catalog.position(item, .name),
          LocalizedText(
            zh: "\(catalog.label(item).zh)中“\(word)”在没有标点的一段里出现两次，像是两个事项连写",
            en:
              "“\(word)” occurs twice without punctuation between in \(catalog.label(item).en), as if two items were run together"
          ))
      }
    })
}

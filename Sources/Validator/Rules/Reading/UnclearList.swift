import Catalog
import Localization

extension Rule {
  static let unclearList = Rule(
    id: "unclear-list", group: .reading, severity: .error,
    title: LocalizedText(
      zh: "清单中有不止一种读法的地方",
      en: "a list that can be read in more than one way"),
    reason: LocalizedText(
      zh: "合并单元格、错列、重复的表头和对不上的合计可以有不止一种读法；程序取其一，应由人核对。",
      en:
        "Merged cells, shifted columns, repeated headers and totals that do not agree can be read in more than one way; the program chose one, and a person should check it."
    ),
    source: LocalizedText(
      zh: "附件2的版式：序号、类型、名称只印在每件事的第一行",
      en: "the layout of annex 2: number, audience and name are printed only in the first row of a matter"),
    fix: LocalizedText(
      zh: "对照原文核对该行；把合并的单元格拆开填满，或改用 `onevisit export csv` 的平铺格式。",
      en: "Compare the row with the notice; fill in merged cells, or use the flat layout of `onevisit export csv`."),
    triggers: [
      Example(
        list: """
          序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,推进完成时限,备注
          ↓,,,就业登记,,人社部门,,
          1,个人,灵活就业,社会保险费申报,市人社局,税务部门,2022年12月底,
          """),
      // A total that does not agree with the rows above it.
      Example(
        list: """
          序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,推进完成时限,备注
          1,个人,灵活就业,社会保险费申报,市人社局,税务部门,2022年12月底,
          合计,,↓2,,,,,
          """),
      // In the flat layout, at the cell that differs from the other rows of its matter: also where that is the first row.
      Example(
        list: """
          matter,list,number,audience,name,lead,item,item_name,responsible,deadline,due,shared_from,remark
          2-001,second,1,individual,灵活就业,市人社局,2-001.1,就业登记,人社部门,2022年12月底,,,
          2-001,second,1,individual,↓灵活就业服务,市人社局,2-001.2,社会保险费申报,税务部门,2022年12月底,,,
          2-002,second,2,individual,失业,↓市民政局,2-002.1,失业登记,人社部门,2022年12月底,,,
          2-002,second,2,individual,失业,市人社局,2-002.2,失业保险金申领,人社部门,2022年12月底,,,
          2-002,second,2,individual,失业,市人社局,2-002.3,社会保险费申报,税务部门,2022年12月底,,,
          """),
    ],
    passes: [
      Example(
        list: """
          序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,推进完成时限,备注
          1,个人,灵活就业,就业登记,市人社局,人社部门,2022年12月底,
          ,,,社会保险费申报,,税务部门,,
          """),
      Example(
        list: """
          序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,推进完成时限,备注
          一、个人事项,,,,,,,
          1,个人,灵活就业,就业登记,市人社局,人社部门,2022年12月底,
          ,,,社会保险费申报,,税务部门,,
          合计,,1,2,,,,
          """),
    ],
    check: .issue(.unclear) { issue, context in
      guard case .unclear(let message) = issue.kind else { return }
      context.report(context.subject(of: issue), at: issue.position, message)
    })
}

import Catalog
import Localization

extension Rule {
  static let missingHeader = Rule(
    id: "missing-header", group: .reading, severity: .error,
    title: LocalizedText(
      zh: "表格没有表头",
      en: "a table without a header row"),
    reason: LocalizedText(
      zh: "各列按列名识别，不按位置；没有表头就不知道哪一列是什么。",
      en: "Columns are identified by name, not by position: without a header row the columns are unknown."),
    source: LocalizedText(
      zh: "RFC 4180 第2节第3条；附件1、附件2的表头", en: "RFC 4180, section 2, point 3; the headers of annexes 1 and 2"),
    fix: LocalizedText(
      zh: "在第一行写上列名（英文或中文均可），如 id,list,number …。",
      en: "Write the column names into the first row, in English or in Chinese: id,list,number …"),
    triggers: [
      Example(
        files: ["matters.csv": "↓2-001,second,1,individual,灵活就业,市人社局,2022年12月底\n"]),
      Example(files: ["matters.csv": "↓"]),
      // The flat layout with a wrong name.
      Example(
        list: """
          ↓matter,list,number,audience,name,lead,item,itemname,responsible,deadline,due,shared_from,remark
          2-001,second,1,individual,灵活就业,市人社局,2-001.1,就业登记,人社部门,2022年12月底,2022-12-31,,
          """),
    ],
    passes: [
      Example(files: [
        "matters.csv": """
        标识,清单,序号,类型,“一件事一次办”名称,牵头部门,完成时限
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底

        """
      ])
    ],
    check: .issue(.missingHeader) { issue, context in
      guard case .missingHeader(let expected) = issue.kind else { return }
      let file = context.file(of: issue.position)
      if let sheet = context.tableName(of: issue.position) {
        let titles = issue.position.table.columns.filter { expected.contains($0.name) }.map(\.title)
        let names = titles.joined(separator: "、")
        return context.report(
          .table(issue.position.table), at: issue.position,
          LocalizedText(
            zh: "\(sheet.zh)的第一行不是列名；至少要有这些列：\(names)",
            en: "the first row of \(sheet.en) has no column names; required columns: \(names)"),
          fix: LocalizedText(
            zh: "列名上面有标题行的，删去标题行；没有列名的，在第 1 行写上列名。列名在第 1 行，数据从第 2 行开始。",
            en: "Delete title rows above the column names, or write the names into row 1; the data begin in row 2."))
      }
      let names = expected.joined(separator: ",")
      context.report(
        .table(issue.position.table), at: issue.position,
        LocalizedText(
          zh: "\(file) 的第一行不是表头；至少要有这些列：\(names)",
          en: "the first row of \(file) is not a header; required columns: \(names)"),
        fix: LocalizedText(
          zh: "在第一行写上列名（英文或中文均可）：\(names)。",
          en: "Write the column names into the first row, in English or in Chinese: \(names)."))
    })
}

import Catalog
import Localization

extension Rule {
  static let repeatedColumn = Rule(
    id: "repeated-column", group: .reading, severity: .error,
    title: LocalizedText(
      zh: "同一列出现两次",
      en: "a column that occurs twice"),
    reason: LocalizedText(
      zh: "两列同名，以哪一列为准没有依据；不同程序会取不同的一列。",
      en: "Nothing says which of the two is valid, and programs read one or the other."),
    source: LocalizedText(zh: "Table Schema：字段名不得重复", en: "Table Schema: names of fields are unique"),
    fix: LocalizedText(
      zh: "删去其中一列，或改成另外的列名。",
      en: "Delete one of the two columns, or rename it."),
    triggers: [
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,deadline,↓lead
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底,市医保局

        """
      ]),
      // The English and the Chinese name are the same column.
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,↓牵头部门,deadline
        2-001,second,1,individual,灵活就业,市人社局,市医保局,2022年12月底

        """
      ]),
    ],
    passes: [
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,牵头部门,deadline,remark
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底,

        """
      ])
    ],
    check: .issue(.repeatedColumn) { issue, context in
      guard case .repeatedColumn(let title) = issue.kind else { return }
      let file = context.file(of: issue.position)
      context.report(
        .table(issue.position.table), at: issue.position,
        LocalizedText(
          zh: "\(file) 的列“\(title.withInnerQuotes)”重复；只读取了前面的一列",
          en: "\(file) has the column “\(title)” twice; only the first one is read"))
    })
}

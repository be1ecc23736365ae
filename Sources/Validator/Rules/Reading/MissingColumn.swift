import Catalog
import Localization

extension Rule {
  static let missingColumn = Rule(
    id: "missing-column", group: .reading, severity: .error,
    title: LocalizedText(
      zh: "缺少必需的列",
      en: "a required column that is missing"),
    reason: LocalizedText(
      zh: "没有这一列，每一行都缺这一项，依赖它的检查也无法进行。",
      en: "Every row lacks the value, and nothing that depends on it can be checked."),
    source: LocalizedText(zh: "附件1、附件2的表头；catalog/README.md", en: "the headers of annexes 1 and 2; catalog/README.md"),
    fix: LocalizedText(
      zh: "补上这一列，或把改了名的列改回来；列的先后不限。",
      en: "Add the column, or change a renamed column back; the order of columns does not matter."),
    triggers: [
      Example(files: [
        "matters.csv": """
        ↓id,list,number,audience,name,lead
        2-001,second,1,individual,灵活就业,市人社局

        """
      ]),
      Example(files: [
        "matters.csv": """
        标识,清单,序号,类型,“一件事一次办”名称,↓牵头单位部门,完成时限
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底

        """
      ]),
    ],
    passes: [
      Example(files: [
        "matters.csv": """
        deadline,lead,name,audience,number,list,id
        2022年12月底,市人社局,灵活就业,individual,1,second,2-001

        """
      ])
    ],
    check: .issue(.missingColumn) { issue, context in
      guard case .missingColumn(let name, let written) = issue.kind else { return }
      let table = issue.position.table
      let column =
        table.columns.first { $0.name == name }.map(Phrase.column) ?? LocalizedText(zh: name, en: "`\(name)`")
      let file = context.file(of: issue.position)
      let place = context.tableName(of: issue.position) ?? LocalizedText(zh: file + " ", en: file)
      context.report(
        .table(table), at: issue.position,
        LocalizedText(
          zh: "\(place.zh)缺少列\(column.zh)" + (written.map { "；是不是写成了“\(Phrase.quoted($0))”？" } ?? ""),
          en: "\(place.en) has no column \(column.en)"
            + (written.map { "; is it the column “\(Phrase.quoted($0))”?" } ?? "")
        )
      )
    })
}

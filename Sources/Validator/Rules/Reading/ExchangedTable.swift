import Catalog
import Localization

extension Rule {
  /// The file is not read, and the table counts as missing.
  static let exchangedTable = Rule(
    id: "exchanged-table", group: .reading, severity: .error,
    title: LocalizedText(zh: "文件中是另一张表格", en: "a file that holds another table"),
    reason: LocalizedText(
      zh: "另存时选错了文件名，一张表格就盖掉了另一张；引用它的每一行都会对不上。",
      en: "A table saved under the wrong name has overwritten another one, and every row that refers to it is wrong."),
    source: LocalizedText(zh: "catalog/README.md 表格与列", en: "tables and columns in catalog/README.md"),
    fix: LocalizedText(
      zh: "从备份恢复这个文件；被盖掉的内容只在备份里。",
      en: "Restore the file from a copy: what it held is lost here."),
    triggers: [
      Example(
        files: [
          "matters.csv": """
          id,list,number,audience,name,lead,deadline
          2-001,second,1,individual,灵活就业,市人社局,2022年12月底

          """,
          "departments.csv": """
          id,name,aliases,kind,competent
          job-registration,就业登记,,registration,

          """,
        ],
        at: [.file("departments.csv")])
    ],
    passes: [
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底

        """,
        "departments.csv": """
        id,short,full,general,aliases,kind
        human-resources,市人社局,,人社部门,,city-department

        """,
      ])
    ],
    check: .issue(.exchangedTable) { issue, context in
      guard case .exchangedTable(let other) = issue.kind else { return }
      let table = issue.position.table
      let file = context.file(of: issue.position)
      context.report(
        .table(table), at: issue.position,
        LocalizedText(
          zh: "\(file) 应是\(table.title.zh)表（\(table.name)），里面却是\(other.title.zh)表（\(other.name)）",
          en: "\(file) should be the table \(table.name), but holds the table \(other.name)"))
    })
}

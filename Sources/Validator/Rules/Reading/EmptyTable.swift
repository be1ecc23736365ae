import Catalog
import Localization

extension Rule {
  /// The table counts as missing: what refers to it is not checked.
  static let emptyTable = Rule(
    id: "empty-table", group: .reading, severity: .error,
    title: LocalizedText(zh: "表格只剩表头", en: "a table that has only its header left"),
    reason: LocalizedText(
      zh: "别的表格引用它的行，而它一行也没有：多半是保存中断或误删。不报告的话，目录看起来反而没有问题。",
      en:
        "Other tables refer to its rows and it has none: they were probably lost in saving. Unreported, the catalog would look sound."
    ),
    source: LocalizedText(zh: "catalog/README.md 表格与列", en: "tables and columns in catalog/README.md"),
    fix: LocalizedText(
      zh: "从备份恢复这张表格；确实不用的登记表，连文件一起删去，并从 datapackage.json 删去它。",
      en:
        "Restore the table from a copy; delete the file of a register that is not used, and its entry in datapackage.json."
    ),
    triggers: [
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底

        """,
        "departments.csv": "↓id,short,full,general,aliases,kind\n",
      ])
    ],
    passes: [
      // A catalog that has just been created.
      Example(files: [
        "matters.csv": "id,list,number,audience,name,lead,deadline\n",
        "departments.csv": "id,short,full,general,aliases,kind\n",
      ])
    ],
    check: .issue(.emptyTable) { issue, context in
      guard case .emptyTable = issue.kind else { return }
      let table = issue.position.table
      let file = context.file(of: issue.position)
      context.report(
        .table(table), at: issue.position,
        LocalizedText(
          zh: "\(file) 只有表头，没有一行；而别的表格引用\(table.title.zh)",
          en: "\(file) has a header and no rows, though other tables refer to them"))
    })
}

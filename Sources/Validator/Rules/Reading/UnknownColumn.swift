import Catalog
import Localization

extension Rule {
  static let unknownColumn = Rule(
    id: "unknown-column", group: .reading, severity: .warning,
    title: LocalizedText(
      zh: "无法识别的列（已忽略）",
      en: "unrecognised column (ignored)"),
    reason: LocalizedText(
      zh: "列名写错的列会被整列忽略，其中的内容等于没有填。",
      en: "A column with a misspelt name is ignored as a whole, as if nothing had been filled in."),
    source: LocalizedText(
      zh: "catalog/README.md 的各表列名；datapackage.json 中登记的列不算",
      en: "the columns in catalog/README.md; columns that datapackage.json describes are recognised as well"),
    fix: LocalizedText(
      zh: "改正列名；确实需要的自有列，在 datapackage.json 的 fields 中登记。",
      en: "Correct the name; describe a column of your own in `fields` in datapackage.json."),
    triggers: [
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,deadline,↓remarks
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底,

        """
      ]),
      Example(files: [
        "items.csv": """
        matter,number,name,responsible,↓联系电话
        2-001,1,就业登记,人社部门,

        """
      ]),
    ],
    passes: [
      Example(files: [
        "matters.csv": """
        id,list,number,audience,name,lead,deadline,联系电话,,
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底,0792-0000000,,

        """,
        "datapackage.json": """
        {"resources": [{"name": "matters", "path": "matters.csv", "schema": {"fields": [{"name": "phone", "title": "联系电话"}]}}]}
        """,
      ])
    ],
    check: .issue(.unknownColumn) { issue, context in
      guard case .unknownColumn(let title, let nearest) = issue.kind else { return }
      let sheet = context.sheet(of: issue.position)
      let file = context.file(of: issue.position)
      let place = context.tableName(of: issue.position) ?? LocalizedText(zh: file + " ", en: file)
      let hint = Phrase.nearest(nearest)
      let name =
        title.isEmpty
        ? LocalizedText(zh: "没有名称的列", en: "unrecognised column without a name")
        : LocalizedText(zh: "列“\(Phrase.quoted(title))”", en: "unrecognised column “\(Phrase.quoted(title))”")
      context.report(
        .table(issue.position.table), at: issue.position,
        LocalizedText(
          zh: "\(place.zh)中\(name.zh)无法识别（已忽略）\(hint.zh)", en: "\(place.en): \(name.en) (ignored)\(hint.en)"),
        fix: sheet.map { _ in
          LocalizedText(
            zh: "改正列名；自己加的列不会导入目录，可以留在工作簿里。",
            en: "Correct the name; a column of your own is not imported and may stay in the workbook.")
        })
    })
}

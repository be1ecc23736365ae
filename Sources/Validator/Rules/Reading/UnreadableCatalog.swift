import Catalog
import Localization

extension Rule {
  static let unreadableCatalog = Rule(
    id: "unreadable-catalog", group: .reading, severity: .error,
    title: LocalizedText(
      zh: "无法作为事项目录读取",
      en: "an input that cannot be read as a catalog"),
    reason: LocalizedText(
      zh: "没有读到任何事项，其他检查都无从谈起。",
      en: "Nothing was read, so nothing else can be checked."),
    source: LocalizedText(
      zh: "事项目录的约定：文件夹中至少要有 matters.csv 和 items.csv",
      en: "a catalog is a folder with at least matters.csv and items.csv"),
    fix: LocalizedText(
      zh: "可以读取的有：有 matters.csv 和 items.csv 的目录文件夹，XML，Excel 工作簿（.xlsx），Word 文档（.docx），CSV 清单。",
      en:
        "What can be read: a catalog folder with matters.csv and items.csv, XML, a workbook (.xlsx), a Word document (.docx), a list in CSV."
    ),
    triggers: [
      Example(files: ["datapackage.json": "↓{\"resources\": ["]),
      Example(files: ["datapackage.json": "↓[]"]),
    ],
    passes: [
      Example(files: [
        "datapackage.json": "{\"resources\": []}",
        "matters.csv": """
        id,list,number,audience,name,lead,deadline
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底

        """,
      ])
    ],
    check: .issue(.unreadable) { issue, context in
      guard case .unreadable(let explanation, let fix) = issue.kind else { return }
      // A line of a file of the catalog, such as datapackage.json: the path is right.
      let usual =
        issue.position.isFile
        ? nil : LocalizedText(zh: "在所指的行改正文件，再检查一次。", en: "Correct the file at that line, and check it again.")
      context.report(.id("catalog"), at: issue.position, explanation, fix: fix ?? usual)
    })
}

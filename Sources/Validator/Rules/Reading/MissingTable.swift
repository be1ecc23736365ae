import Catalog
import Localization

extension Rule {
  static let missingTable = Rule(
    id: "missing-table", group: .reading, severity: .error,
    title: LocalizedText(
      zh: "缺少表格文件",
      en: "a table file that is missing"),
    reason: LocalizedText(
      zh: "datapackage.json 登记了或目录必须有的表格不在，目录不完整。",
      en: "datapackage.json lists it, or every catalog needs it: the catalog is incomplete."),
    source: LocalizedText(zh: "Data Package:resources 的 path", en: "Data Package: the `path` of a resource"),
    fix: LocalizedText(
      zh: "放回文件，或在 datapackage.json 中改正 path、删去这一项。",
      en: "Put the file back, or correct or remove its entry in datapackage.json."),
    triggers: [
      Example(
        files: [
          "datapackage.json": "{\"resources\": [{\"name\": \"targets\", \"path\": \"targets.csv\"}]}",
          "matters.csv": """
          id,list,number,audience,name,lead,deadline
          2-001,second,1,individual,灵活就业,市人社局,2022年12月底

          """,
        ],
        at: [.file("targets.csv")]),
      Example(
        files: ["datapackage.json": "{\"resources\": [{\"name\": \"matters\", \"path\": \"事项.csv\"}]}"],
        at: [.file("事项.csv")]),
    ],
    passes: [
      Example(files: [
        "datapackage.json": "{\"resources\": [{\"name\": \"matters\", \"path\": \"事项.csv\"}]}",
        "事项.csv": """
        id,list,number,audience,name,lead,deadline
        2-001,second,1,individual,灵活就业,市人社局,2022年12月底

        """,
      ])
    ],
    check: .issue([.missingSheet, .missingTable]) { issue, context in
      if case .missingSheet(let name, let others) = issue.kind {
        return context.report(
          .table(issue.position.table), at: issue.position, missing(name, others), fix: sheetFix(name, others))
      }
      guard case .missingTable(let name) = issue.kind else { return }
      let table = issue.position.table
      context.report(
        .table(table), at: issue.position,
        LocalizedText(
          zh: "缺少表格 \(table.name) 的文件 \(name)", en: "the file \(name) of the table \(table.name) does not exist"))
    })
  private static func missing(_ name: String, _ others: [String]) -> LocalizedText {
    let list = others.prefix(10).map { "“\($0)”" }
    return LocalizedText(
      zh: "工作簿中没有工作表“\(name)”" + (list.isEmpty ? "" : "；有不认识的工作表\(list.joined(separator: "、"))"),
      en: "the workbook has no sheet “\(name)”"
        + (list.isEmpty ? "" : "; unrecognised: \(list.joined(separator: ", "))"))
  }

  private static func sheetFix(_ name: String, _ others: [String]) -> LocalizedText {
    others.isEmpty
      ? LocalizedText(
        zh: "从原来的工作簿把这张工作表复制回来，或用 `onevisit export xlsx` 重新导出，在其中填写；没有内容的，留下只有表头的工作表。",
        en:
          "Copy the sheet back from the earlier workbook. If there is none: Export the workbook anew with `onevisit export "
          + "xlsx` and fill it in. A sheet without content stays, with its header.")
      : LocalizedText(
        zh: "工作表改过名的，把名称改回“\(name)”；删掉了的，从原来的工作簿复制回来。",
        en:
          "If the sheet was renamed, change its name back to “\(name)”; if it was deleted, copy it from the earlier workbook."
      )
  }
}

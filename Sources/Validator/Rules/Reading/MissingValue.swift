import Catalog
import Localization

extension Rule {
  static let missingValue = Rule(
    id: "missing-value", group: .reading, severity: .error,
    title: LocalizedText(
      zh: "必填的单元格为空",
      en: "a required cell that is empty"),
    reason: LocalizedText(
      zh: "缺了这一项，这件事就不完整；依赖它的检查不再进行。",
      en: "Without it the row is incomplete, and nothing that depends on it is checked."),
    source: LocalizedText(
      zh: "附件1、附件2各栏：序号、类型、名称、关联事项、牵头部门、责任部门、完成时限",
      en: "the columns of annexes 1 and 2: number, audience, name, item, lead, responsible, deadline"),
    fix: LocalizedText(
      zh: "对照原文填上；多余的空行整行删去。",
      en: "Fill it in from the notice; delete a superfluous empty row."),
    triggers: [
      Example(matters: ["2-001,second,1,individual,灵活就业,↓,2022年12月底"]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"], items: ["2-001,1,就业登记,↓"]),
      Example(tables: [.notices: ["jiujiang-128-2022,九府办字〔2022〕128号,通知,九江市人民政府办公室,↓"]]),
    ],
    passes: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底,,,"], items: ["2-001,1,/,/,"])
    ],
    check: .issue([.missingValue, .mergedCells]) { issue, context in
      if case .mergedCells(let range) = issue.kind {
        let column = Phrase.column(issue.position, in: context.catalog)
        return context.report(
          context.subject(of: issue), at: issue.position,
          LocalizedText(
            zh: "\(range) 是合并的单元格：\(column.zh)只有第一格有文字，其余各行为空",
            en: "\(range) is merged: only its first row has \(column.en), the others are empty"),
          fix: LocalizedText(
            zh: "取消合并，在每一行的单元格里各自填写。", en: "Unmerge the cells, and fill in the cell of each row."))
      }
      guard case .missingValue = issue.kind else { return }
      func message() -> LocalizedText {
        let owner = context.owner(of: issue)
        let column = Phrase.column(issue.position, in: context.catalog)
        return LocalizedText(zh: "\(owner.zh)\(column.zh)为空", en: "\(owner.en)\(column.en) is empty")
      }
      context.report(context.subject(of: issue), at: issue.position, message())
    })
}

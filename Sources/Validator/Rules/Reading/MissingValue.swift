import Catalog
import Wording

extension Rule {
  static let missingValue = Rule(
    id: "missing-value", group: .reading, severity: .error,
    title: Bilingual(zh: "必填的单元格为空", en: "an empty cell that must not be"),
    reason: Bilingual(
      zh: "缺了这一项，这件事就不完整；依赖它的检查不再进行。",
      en: "Without it the row is not whole, and nothing that depends on it is checked."),
    source: Bilingual(
      zh: "附件1、附件2各栏：序号、类型、名称、关联事项、牵头部门、责任部门、完成时限",
      en: "the columns of annexes 1 and 2: number, audience, name, item, lead, responsible, deadline"),
    remedy: Bilingual(
      zh: "对照原文填上；多余的空行整行删去。",
      en: "Fill it in from the print; drop the whole row if it is left over."),
    triggers: [
      Example(matters: ["2-001,second,1,individual,灵活就业,,2022年12月底"]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"], items: ["2-001,1,就业登记,"]),
      Example(tables: [.notices: ["jiujiang-128-2022,九府办字〔2022〕128号,通知,九江市人民政府办公室,"]]),
    ],
    passes: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底,,,"], items: ["2-001,1,/,/,"])
    ],
    check: .issue { issue, inspection in
      guard case .missingValue = issue.kind else { return }
      func message() -> Bilingual {
        let owner = inspection.owner(of: issue)
        let column = Words.column(issue.place)
        return Bilingual(zh: "\(owner.zh)\(column.zh)为空", en: "\(owner.en)\(column.en) is empty")
      }
      inspection.report(inspection.subject(of: issue), at: issue.place, message())
    })
}

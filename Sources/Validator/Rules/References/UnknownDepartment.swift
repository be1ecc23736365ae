import Catalog
import Localization

extension Rule {
  /// A catalog that keeps no register of departments is not judged.
  static let unknownDepartment = Rule(
    id: "unknown-department", group: .references, severity: .error,
    title: LocalizedText(zh: "部门登记中没有的部门", en: "a department that the register does not know"),
    reason: LocalizedText(
      zh: "查不到的部门不会出现在任何部门的任务清单里，没有人知道这件事归自己办。",
      en: "It appears in no department's list of tasks: nobody learns that the matter is theirs."),
    source: LocalizedText(
      zh: "§三（二）：牵头部门、责任部门；catalog/README.md 部门登记",
      en: "§三(二): lead and responsible departments; the departments register in catalog/README.md"),
    fix: LocalizedText(
      zh: "写错的改正；原文的另一种写法，在 departments.csv 中登记为别名；新部门登记一行。",
      en:
        "Mend the name; another way of writing it goes into `aliases` in departments.csv, a new department gets a row there."
    ),
    triggers: [
      Example(matters: ["2-001,second,1,individual,灵活就业,↓市人设局,2022年12月底"]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        items: ["2-001,1,就业登记,↓人社部门、税收部门"]),
      Example(tables: [.approvals: ["job-registration,就业登记,,registration,↓humanresources"]]),
    ],
    passes: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        items: ["2-001,1,就业登记,人社部门、税务部门", "2-001,2,/,/"],
        tables: [.approvals: ["job-registration,就业登记,,registration,人社部门"]])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      guard !catalog.departments.isEmpty else { return }
      context.reportUnknownParties()
      let index = NearestName(catalog.departmentRegister)
      for (number, approval) in catalog.approvals.enumerated()
      where approval.competentIndex == nil && !approval.competent.isEmpty {
        func message() -> LocalizedText {
          let hint = Phrase.nearest(index.nearest(to: approval.competent))
          let name = Phrase.quoted(approval.competent)
          return LocalizedText(
            zh: "单项事项 \(approval.id) 的主管部门“\(name)”不在部门登记中\(hint.zh)",
            en:
              "“\(name)”, competent for the approval \(approval.id), is in no entry of the departments register\(hint.en)"
          )
        }
        context.report(.approval(number), at: approval.position(of: \.competent), message())
      }
    })
}

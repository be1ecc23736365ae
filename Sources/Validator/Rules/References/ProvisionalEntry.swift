import Catalog
import Localization

extension Rule {
  static let provisionalEntry = Rule(
    id: "provisional-entry", group: .references, severity: .warning,
    title: LocalizedText(
      zh: "登记表中尚未补全的行",
      en: "an incomplete register entry"),
    reason: LocalizedText(
      zh: "导入时用 --add-unknown 登记的行只有名称；标识是临时编的，一经导出就会被平台当作固定标识。",
      en:
        "A row added by --add-unknown has only a name; its id is generated, and portals take exported ids as permanent."
    ),
    source: LocalizedText(zh: "catalog/README.md 部门登记、单项事项登记", en: "the registers in catalog/README.md"),
    fix: LocalizedText(
      zh: "给它一个固定的英文标识，并填写类别；单项事项还要写主管部门。",
      en: "Give it a permanent English id and a kind, and an approval its competent department."),
    triggers: [
      Example(tables: [.departments: ["department-1,市自然资源规划局,,,,↓"]]),
      Example(tables: [.approvals: ["approval-3,养猫登记,,↓,"]]),
    ],
    passes: [
      Example(tables: [.departments: ["natural-resources,市自然资源规划局,,,,city-department"]]),
      Example(tables: [.approvals: ["cat-registration,养猫登记,,registration,"]]),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      // `missing-value` reports an entry without an id.
      for (index, department) in catalog.departments.enumerated()
      where department.kind.isEmpty && !department.id.isEmpty {
        context.report(
          .department(index), at: department.position(of: \.kind),
          LocalizedText(
            zh: "部门“\(Phrase.quoted(department.short))”（\(Phrase.quoted(department.id))）没有类别",
            en: "the department “\(Phrase.quoted(department.short))” (\(Phrase.quoted(department.id))) has no kind"))
      }
      for (index, approval) in catalog.approvals.enumerated() where approval.kind.isEmpty && !approval.id.isEmpty {
        context.report(
          .approval(index), at: approval.position(of: \.kind),
          LocalizedText(
            zh: "单项事项“\(Phrase.quoted(approval.name))”（\(Phrase.quoted(approval.id))）没有类别",
            en: "the approval “\(Phrase.quoted(approval.name))” (\(Phrase.quoted(approval.id))) has no kind"))
      }
    })
}

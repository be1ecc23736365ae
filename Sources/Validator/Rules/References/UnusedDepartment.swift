import Catalog
import Localization

extension Rule {
  /// An approval that names a department as competent uses it.
  static let unusedDepartment = Rule(
    id: "unused-department", group: .references, severity: .note,
    title: LocalizedText(zh: "没有被引用的部门", en: "a department that nothing refers to"),
    reason: LocalizedText(
      zh: "登记了却没有任务的部门，可能是多余的一行，也可能是清单中的名称写成了别的。",
      en: "An entry without a task may be superfluous, or the lists may write its name in another way."),
    source: LocalizedText(
      zh: "§三（二）：“办理单位作为牵头部门”，“责任部门要密切协作”；catalog/README.md 部门登记",
      en: "§三(二): lead and responsible departments; the departments register in catalog/README.md"),
    fix: LocalizedText(
      zh: "不需要的删去；其他文件中用到的可以留着。",
      en: "Delete it if it is not needed; a department that other notices name may stay."),
    triggers: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [
          .departments: ["human-resources,市人社局", "↓sport,市体育局"], .approvals: ["job-registration,就业登记,,registration,"],
        ])
    ],
    passes: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [
          .departments: ["human-resources,市人社局", "tax,市税务局"],
          .approvals: ["social-insurance,社会保险费申报,,payment,tax"],
        ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      guard catalog.isComplete else { return context.markNotApplicable() }
      var isUsed = [Bool](repeating: false, count: catalog.departments.count)
      var unknown: [String] = []
      for kind in [TextColumn.lead, .placeholder, .responsible] {
        for name in catalog.names(kind) {
          for entry in catalog.printedDepartments(name).entries {
            if let department = entry.department {
              isUsed[department] = true
            } else if unknown.count < Register.comparedNames {
              unknown.append(entry.name)
            }
          }
        }
      }
      for approval in catalog.approvals {
        if let department = approval.competentIndex { isUsed[department] = true }
      }
      // `unknown-department` reports a mistyped name; its department is used.
      if isUsed.contains(false) { catalog.departmentRegister.markNearest(by: unknown, in: &isUsed) }
      // `missing-value` reports an entry without an id.
      for (index, department) in catalog.departments.enumerated() where !isUsed[index] && !department.id.isEmpty {
        context.report(
          .department(index), at: department.position,
          LocalizedText(
            zh: "没有事项或单项事项提到部门 \(department.id)“\(department.short)”",
            en: "no matter, item or approval names the department \(department.id) “\(department.short)”"))
      }
    })
}

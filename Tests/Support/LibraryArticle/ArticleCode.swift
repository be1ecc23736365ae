import OneVisit

// The code that README.md, README.zh-CN.md and the articles of Sources/OneVisit/OneVisit.docc show. Each passage
// between `// begin NAME` and `// end` is one code block, without its line `import OneVisit`; `ArticleTests` in
// Tests/OneVisitTests compares the two and runs this program. Each function returns what the test checks.

enum ArticleCode {
  static func readme() throws -> ValidationReport {
    // begin readme
    let catalog = try Catalog(at: "catalog")
    let report = catalog.validate(asOf: .today)
    for finding in report.findings { print(finding.position, finding.message[.en]) }
    try catalog.export(.xml, to: "catalog.xml")
    // end
    return report
  }

  static func read() throws -> [Catalog] {
    // begin read
    let folder = try Catalog(at: "catalog")
    let document = try Catalog(at: "catalog.xml")
    let builtIn = Catalog.builtIn
    // end
    return [folder, document, builtIn]
  }

  static func unreadable() {
    // begin unreadable
    do {
      let catalog = try Catalog(at: "notes.txt")
      print(catalog.name, catalog.matters.count)
    } catch {
      print(error.message[.en])
      for finding in error.findings { print(finding.position, finding.rule) }
    }
    // end
  }

  static func validate(_ catalog: Catalog) -> (ValidationReport, Bool) {
    // begin validate
    var options = ValidationOptions()
    options.skip = ["general-lead"]
    options.maxFindingsPerRule = nil
    let report = catalog.validate(asOf: Day("2023-01-15") ?? .today, options: options)

    for finding in report.findings where finding.severity != .note {
      print("\(finding.position): \(finding.severity.title[.en]): \(finding.message[.en])")
      print("  Fix: \(finding.fix[.en])")
      for related in finding.related { print("  See also", related.position?.description ?? "") }
    }
    print("\(report.summary.errors) errors, \(report.summary.warnings) warnings")
    let isAcceptable = report.passes(strict: true)
    // end
    return (report, isAcceptable)
  }

  static func sarif(_ report: ValidationReport) throws -> String {
    // begin sarif
    let sarif = try report.formatted(as: .sarif, in: .en)
    // end
    return sarif
  }

  static func lookUp(_ catalog: Catalog) throws -> [Matter] {
    // begin look-up
    if let matter = catalog.matter("2-042") {
      print(matter.name, matter.lead.names, matter.deadline.text, matter.due?.description ?? "no due day")
      for item in matter.allItems { print(item.id, item.name, item.responsible.names) }
    }
    let urgent = try catalog.matters(Selection(department: "公安部门", role: .lead, dueBy: Day("2022-12-31")))
    for matter in urgent { print(matter.id, matter.name) }
    // end
    return urgent
  }

  static func deadlines(_ catalog: Catalog) throws -> DeadlineBoard {
    // begin deadlines
    let board = try catalog.deadlines(asOf: .today, department: "市公安局")
    for row in board.rows {
      print(row.matter.id, row.matter.due?.description ?? "-", row.reportWindow?.closes.description ?? "-")
    }
    // end
    return board
  }

  static func export(_ catalog: Catalog) throws -> [UInt8] {
    // begin export
    try catalog.export(.csv(layout: .official), Selection(list: "second"), to: "annex-2.csv")
    let json = try catalog.exported(as: .json)
    // end
    return json
  }

  static func importFile() throws -> ImportPlan {
    // begin import
    var options = ImportOptions()
    options.list = "second"
    let plan = try ImportPlan(of: "annex-2.csv", into: "catalog", options: options)
    print(plan.text[.en])
    if plan.isPossible {
      try plan.apply()
    } else {
      for obstacle in plan.obstacles { print(obstacle[.en]) }
    }
    // end
    return plan
  }

  static func customRule(_ catalog: Catalog) -> ValidationReport {
    // begin custom-rule
    let leadsJointly = Rule(
      id: "joint-lead", severity: .warning,
      title: LocalizedText(zh: "几个部门共同牵头", en: "several departments lead jointly"),
      reason: LocalizedText(
        zh: "几个部门共同牵头时，报送责任不明确。", en: "With several leads it is unclear who hands in the report."),
      source: LocalizedText(zh: "§三（一）", en: "§三(一)"),
      fix: LocalizedText(zh: "确定一个牵头部门。", en: "Decide on one lead department."),
      check: .eachMatter { matter, context in
        guard matter.lead.choice == .all, matter.lead.names.count > 1 else { return }
        context.report(
          matter, at: .lead,
          LocalizedText(
            zh: "\(matter.id)“\(matter.name)”由 \(matter.lead.names.count) 个部门共同牵头",
            en: "\(matter.id) “\(matter.name)” is led by \(matter.lead.names.count) departments jointly"))
      })

    var options = ValidationOptions()
    options.customRules = [leadsJointly]
    let report = catalog.validate(asOf: .today, options: options)
    // end
    return report
  }

  static func catalogRule() -> Rule {
    // begin catalog-rule
    let busyDepartment = Rule(
      id: "busy-department", severity: .note,
      title: LocalizedText(zh: "牵头过多的部门", en: "a department that leads very many matters"),
      reason: LocalizedText(zh: "同时推进会有困难。", en: "It may be unable to advance all of them at once."),
      fix: LocalizedText(zh: "与该部门核对时限。", en: "Check the deadlines with the department."),
      check: .catalog { context in
        var led: [String: Int] = [:]
        for matter in context.catalog.matters {
          for id in matter.lead.departmentIDs { led[id, default: 0] += 1 }
        }
        for department in context.catalog.departments {
          guard let count = led[department.id], count > 50 else { continue }
          context.report(
            department,
            LocalizedText(zh: "\(department.short)牵头 \(count) 件事", en: "\(department.short) leads \(count) matters"))
        }
      })
    // end
    return busyDepartment
  }
}

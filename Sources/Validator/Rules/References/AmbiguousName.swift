import Catalog
import Localization

extension Rule {
  static let ambiguousName = Rule(
    id: "ambiguous-name", group: .references, severity: .error,
    title: LocalizedText(zh: "一个名称，两个主人", en: "one name that two entries claim"),
    reason: LocalizedText(
      zh: "清单中印着这个名称时，不知道指的是哪一个；程序只认先登记的。",
      en: "Where a list prints the name, nobody can say which of the two is meant; programs take the first."),
    source: LocalizedText(
      zh: "§三（二）：密切协作、各负其责，先要认得出是谁；catalog/README.md：一个名称一个主人",
      en: "§三(二): each department does its own part; catalog/README.md: a name has one owner"),
    fix: LocalizedText(
      zh: "从其中一条登记中删去这个名称；确是同一个的，两条合为一条。",
      en: "Take the name out of one of the two, or make one entry of both if they are the same."),
    triggers: [
      Example(tables: [
        .departments: ["public-security,市公安局,,公安部门,公安", "traffic-police,市交警支队,,,↓公安"], .approvals: [],
      ]),
      Example(tables: [.approvals: ["seal,公章刻制,", "seal-filing,公章刻制备案,↓公章刻制"]]),
    ],
    passes: [
      Example(tables: [
        .departments: ["public-security,市公安局,,公安部门,公安;市公安局", "traffic-police,市交警支队,,,交警"],
        .approvals: ["seal,公章刻制,", "seal-filing,公章刻制备案,公章备案"],
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      for conflict in catalog.departmentRegister.conflicts {
        let (first, second) = (catalog.departments[conflict.first], catalog.departments[conflict.second])
        // An entry that is there twice is told by its id.
        if first.id == second.id { continue }
        context.report(
          .department(conflict.second), at: second.position(of: departmentPath(conflict.match)),
          related: [(.department(conflict.first), first.position)],
          Rule.claim(conflict.name, first: first.id, second: second.id))
      }
      for conflict in catalog.approvalRegister.conflicts {
        let (first, second) = (catalog.approvals[conflict.first], catalog.approvals[conflict.second])
        if first.id == second.id { continue }
        context.report(
          .approval(conflict.second), at: second.position(of: approvalPath(conflict.match)),
          related: [(.approval(conflict.first), first.position)],
          Rule.claim(conflict.name, first: first.id, second: second.id))
      }
    })

  private static func departmentPath(_ match: Register.Match) -> PartialKeyPath<Department> {
    switch match {
    case .id: \.id
    case .short, .loose: \.short
    case .full: \.full
    case .general: \.general
    case .alias: \.aliases
    }
  }

  private static func approvalPath(_ match: Register.Match) -> PartialKeyPath<Approval> {
    switch match {
    case .id: \.id
    case .short, .loose, .full, .general: \.name
    case .alias: \.aliases
    }
  }

  private static func claim(_ name: String, first: String, second: String) -> LocalizedText {
    LocalizedText(
      zh: "名称“\(name)”同时属于 \(first) 和 \(second)", en: "the name “\(name)” belongs to \(first) and to \(second)")
  }
}

import Catalog
import Localization

extension Rule {
  static let ambiguousName = Rule(
    id: "ambiguous-name", group: .references, severity: .error,
    title: LocalizedText(
      zh: "同一名称登记在两处",
      en: "name registered twice"),
    reason: LocalizedText(
      zh: "清单中印着这个名称时，不知道指的是哪一个；程序只认先登记的。",
      en: "Where a list prints the name, it is ambiguous; the program uses the entry that was registered first."),
    source: LocalizedText(
      zh: "§一（二）4：“各司其职、各负其责、相互配合、齐抓共管”，先要认得出是谁；catalog/README.md：一个名称只属于一条登记",
      en: "§一(二)4: each department does its own part (各司其职、各负其责); catalog/README.md: a name belongs to one entry"),
    fix: LocalizedText(
      zh:
        "从其中一条登记中删去这个名称；确是同一个的，两条合为一条；两个单项事项确实同名的，在 approvals.csv 的 competent 列各写明主管部门，或在 items.csv 的 approval 列写明所指的一个。",
      en:
        "Remove the name from one of the two entries, merge the entries if they are the same, or, if two approvals do have one name, give each its department in the column `competent` of approvals.csv, or say which is meant in the column `approval` of items.csv."
    ),
    triggers: [
      Example(tables: [
        .departments: ["public-security,市公安局,,公安部门,公安", "traffic-police,市交警支队,,,↓公安"], .approvals: [],
      ]),
      Example(tables: [.approvals: ["seal,公章刻制,", "seal-filing,公章刻制备案,↓公章刻制"]]),
      Example(tables: [
        .notices: [
          "jiujiang-128-2022,九府办字〔2022〕128号,工作方案,九江市人民政府办公室,2022-12-30",
          "jiujiang-99-2022,↓九府办字〔2022〕128号,建设工作方案,九江市人民政府办公室,2022-10-10",
        ]
      ]),
      Example(tables: [
        .lists: ["third,3,jiujiang-128-2022,附件3,第三批清单", "fourth,4,jiujiang-128-2022,↓附件3,第四批清单"]
      ]),
    ],
    passes: [
      Example(tables: [
        .departments: ["public-security,市公安局,,公安部门,公安;市公安局", "traffic-police,市交警支队,,,交警"],
        .approvals: ["seal,公章刻制,", "seal-filing,公章刻制备案,公章备案"],
      ]),
      // Two services of one name, each with its department.
      Example(tables: [
        .approvals: [
          "social-enrolment,参保登记（社保）,参保登记,registration,human-resources",
          "medical-enrolment,参保登记（医保）,参保登记,registration,medical-insurance",
        ]
      ]),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      for conflict in catalog.departmentRegister.conflicts {
        let (first, second) = (catalog.departments[conflict.first], catalog.departments[conflict.second])
        // `duplicate-id` reports an entry that occurs twice.
        if first.id == second.id { continue }
        context.report(
          .department(conflict.second), at: second.position(of: departmentPath(conflict.match)),
          related: [(.department(conflict.first), first.position)],
          Rule.message(conflict.name, first: first.id, second: second.id))
      }
      // Approvals that items name beside a name that several have.
      var declared: Set<Int> = []
      catalog.forEachExtraCell(
        in: { $0.name == ItemMarks.approvalColumn.name },
        where: { _, text in
          if let index = catalog.index(of: text, in: .approvals) { declared.insert(index) }
          return false
        }
      ) { _ in }
      for conflict in catalog.approvalRegister.conflicts {
        let (first, second) = (catalog.approvals[conflict.first], catalog.approvals[conflict.second])
        if first.id == second.id || declared.contains(conflict.second) { continue }
        context.report(
          .approval(conflict.second), at: second.position(of: approvalPath(conflict.match)),
          related: [(.approval(conflict.first), first.position)],
          Rule.message(conflict.name, first: first.id, second: second.id))
      }
      for conflict in misleading(catalog.approvalRegister.shared, catalog) where !declared.contains(conflict.second) {
        let (first, second) = (catalog.approvals[conflict.first], catalog.approvals[conflict.second])
        context.report(
          .approval(conflict.second), at: second.position(of: approvalPath(conflict.match)),
          related: [(.approval(conflict.first), first.position)],
          Rule.message(conflict.name, first: first.id, second: second.id))
      }
      reportNotices(context)
      reportLists(context)
    })

  /// Shared names that items use for one of the two approvals at most, though the catalog has items of both: the other does
  /// not have the name. A selection of a list need not have items of both.
  private static func misleading(_ shared: [Register.Conflict], _ catalog: Catalog) -> [Register.Conflict] {
    if shared.isEmpty || catalog.lists.contains(where: \.isPartial) { return [] }
    // The id of a name that is distinguished everywhere is that of no item.
    var isPrinted = [Bool](repeating: false, count: catalog.distinctCount(.itemName))
    for item in catalog.items { isPrinted[item.name.index] = true }
    var used: Set<Int> = []
    var meant: [String: Set<Int>] = [:]
    let names = Set(shared.map(\.name))
    let sharing = Set(shared.flatMap { [$0.first, $0.second] })
    for name in catalog.names(.itemName) where isPrinted[name.index] {
      for entry in catalog.printedApprovals(name).entries {
        guard let approval = entry.approval else { continue }
        used.insert(approval)
        if sharing.contains(approval), names.contains(entry.name) { meant[entry.name, default: []].insert(approval) }
      }
    }
    return shared.filter { conflict in
      let meant = meant[conflict.name] ?? []
      return used.contains(conflict.first) && used.contains(conflict.second)
        && !(meant.contains(conflict.first) && meant.contains(conflict.second))
    }
  }

  /// Two notices of one number.
  private static func reportNotices(_ context: RuleContext) {
    let notices = context.catalog.notices
    var firstOf: [String: Int] = [:]
    for (index, notice) in notices.enumerated() where !notice.number.isEmpty {
      guard let first = firstOf[notice.number] else {
        firstOf[notice.number] = index
        continue
      }
      if notices[first].id == notice.id { continue }
      context.report(
        .notice(index), at: notice.position(of: \.number),
        related: [(.notice(first), notices[first].position(of: \.number))],
        Rule.message(notice.number, first: notices[first].id, second: notice.id))
    }
  }

  /// Two lists of one notice that have the same title or are the same annex.
  private static func reportLists(_ context: RuleContext) {
    struct Key: Hashable {
      var notice: String
      var isAnnex: Bool
      var name: String
    }
    let lists = context.catalog.lists
    // The first list of a name, and the first one after it with another id.
    var firstOf: [Key: Int] = [:]
    var otherOf: [Key: Int] = [:]
    for (index, list) in lists.enumerated() {
      for (path, name): (any KeyPath<MatterList, String> & Sendable, String) in [
        (\.annex, list.annex), (\.title, list.title),
      ] where !name.isEmpty {
        let key = Key(notice: list.notice, isAnnex: path == \MatterList.annex, name: name)
        guard let earliest = firstOf[key] else {
          firstOf[key] = index
          continue
        }
        if lists[earliest].id != list.id, otherOf[key] == nil { otherOf[key] = index }
        guard let first = lists[earliest].id != list.id ? earliest : otherOf[key] else { continue }
        context.report(
          .list(index), at: list.position(of: path), related: [(.list(first), lists[first].position(of: path))],
          Rule.message(name, first: lists[first].id, second: list.id))
      }
    }
  }

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

  private static func message(_ name: String, first: String, second: String) -> LocalizedText {
    LocalizedText(
      zh: "名称“\(name)”同时登记在 \(first) 和 \(second) 名下",
      en: "the name “\(name)” is registered for both \(first) and \(second)")
  }
}

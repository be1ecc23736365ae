import Catalog
import Localization

/// Stage 4 of a validation: one cause, one finding. A column or a table that cannot be read, a register that has lost a row
/// and a column that holds something else bring a finding for every row that depends on them. These are counted as
/// consequences of the one finding that names the cause.
///
/// A cause is a finding of a rule about reading (a column or a table is missing), or a group of findings of one rule: at
/// more than half of the rows of a column, or about one name that no register has. What depends on a cause is declared in
/// `RuleDependencies`.
struct CauseAnalysis {
  let catalog: Catalog
  let plan: ValidationPlan
  var outcomes: [RuleOutcome]
  let ordinals: [String: Int]
  /// What cannot be relied on, with the finding that says so.
  var damaged: [(fields: [CatalogField], cause: DraftIndex)] = []
  /// The matters whose rows have moved, with the finding that says so.
  var moved: [(matters: Set<Int32>, cause: DraftIndex)] = []

  /// A draft among those of all rules.
  struct DraftIndex: Hashable {
    var rule: Int
    var draft: Int
  }

  /// A group is a cause from this number of rows on.
  private static let leastRows = 10
  /// A name is missing from its register if it is in more cells than this.
  private static let leastUses = 4

  /// Whether all open findings of a rule have been kept, so that what follows from a cause can be counted.
  private let isWhole: [Bool]

  init(_ catalog: Catalog, _ plan: ValidationPlan, _ outcomes: [RuleOutcome]) {
    self.catalog = catalog
    self.plan = plan
    self.outcomes = outcomes
    isWhole = outcomes.map { outcome in outcome.drafts.count { $0.waiver == nil } == outcome.open }
    ordinals = Dictionary(plan.rules.enumerated().map { ($1.rule.id, $0) }) { first, _ in first }
  }

  mutating func run() {
    explainReadingIssues()
    for group in CauseGroup.all { explainColumns(group) }
    for group in CauseGroup.all { explainLostRows(group) }
    for group in CauseGroup.all { explainNames(group) }
    explainMovedRows()
    explainLostWaivers()
    raiseSeverities()
  }

  /// A cause is as severe as what follows from it, so that the exit status does not change.
  private mutating func raiseSeverities() {
    for rule in outcomes.indices where outcomes[rule].open > 0 {
      for index in outcomes[rule].drafts.indices where outcomes[rule].drafts[index].cause == nil {
        let consequences = outcomes[rule].drafts[index].consequences.keys
        guard let severest = consequences.map({ plan.rules[$0].severity }).min(), severest < plan.rules[rule].severity
        else { continue }
        outcomes[rule].drafts[index].severity = severest
        outcomes[rule].raised[severest, default: 0] += 1
      }
    }
  }

  // MARK: Causes that the reading reports

  private static let readingRules = [
    "missing-table", "exchanged-table", "empty-table", "missing-column", "unknown-column", "truncated-table",
  ]

  private mutating func explainReadingIssues() {
    var issues: [SourcePosition: [ReadingIssue]] = [:]
    let explaining: ReadingIssue.Kinds = [
      .missingTable, .missingSheet, .exchangedTable, .emptyTable, .missingColumn, .unknownColumn,
    ]
    catalog.issues.forEach(of: explaining) { issue in
      if case .unknownColumn(_, nearest: nil) = issue.kind { return }
      issues[issue.position, default: []].append(issue)
    }
    // A column is explained once, however many headers resemble it.
    var seen: Set<CatalogField> = []
    for id in CauseAnalysis.readingRules {
      guard let rule = ordinals[id], outcomes[rule].open > 0 else { continue }
      for draft in outcomes[rule].drafts.indices where outcomes[rule].drafts[draft].waiver == nil {
        let found = outcomes[rule].drafts[draft]
        let fields = damage(by: found, issues[found.position] ?? []).filter { seen.insert($0).inserted }
        if fields.isEmpty { continue }
        suppressDependents(of: fields, cause: DraftIndex(rule: rule, draft: draft))
      }
    }
  }

  /// What a finding about a table or a column makes unreliable.
  private func damage(by draft: FindingDraft, _ issues: [ReadingIssue]) -> [CatalogField] {
    if plan.rules[draft.rule].rule.id == Rule.truncatedTable.id { return [CatalogField(draft.position.table)] }
    return issues.flatMap { issue -> [CatalogField] in
      let table = issue.position.table
      switch issue.kind {
      case .missingTable, .missingSheet, .exchangedTable, .emptyTable: return [CatalogField(table)]
      case .missingColumn(let name, _): return [CatalogField(table, name)]
      case .unknownColumn(_, let nearest?):
        let column = catalog.schema.columns(table).first { $0.name == nearest || $0.title == nearest }
        return column.map { [CatalogField(table, $0.name)] } ?? []
      default: return []
      }
    }
  }

  // MARK: Groups of findings

  /// Findings at more than half of the rows of a column.
  private mutating func explainColumns(_ group: CauseGroup) {
    guard let rule = ordinals[group.rule], outcomes[rule].open >= CauseAnalysis.leastRows else { return }
    let columns = outcomes[rule].columns.sorted {
      ($0.key.table, $0.key.column ?? -1) < ($1.key.table, $1.key.column ?? -1)
    }
    for (key, found) in columns where isMost(found.count, of: key.table) {
      guard outcomes[rule].open > 0 else { return }
      // A register with more entries than the catalog uses is no defect, unless the matters have lost their items.
      if group.rule == "unused-approval", !catalog.hasLostItems { continue }
      let place = ColumnCause(catalog, group, key, found, plan.rules[rule].rule)
      let members = outcomes[rule].drafts.indices.filter { index in
        let draft = outcomes[rule].drafts[index]
        return draft.cause == nil && draft.waiver == nil
          && FindingColumn(table: draft.position.table, column: draft.position.column) == key
      }
      guard let first = members.first else { continue }
      // Another column of the table has the same defect: the two are exchanged, which is one cause.
      if let other = exchanged(with: key) {
        suppress(members, of: rule, count: found.count, cause: other)
        suppressDependents(of: place.ownDamage, cause: other)
        continue
      }
      replace(
        members, of: rule, count: found.count,
        by: place.draft(outcomes[rule].drafts[first].message), damaging: place.damage)
      // A register that has lost rows explains what other tables refer to as well.
      if place.isRegister, let cause = damaged.last?.cause { suppressAll(of: rule, cause: cause) }
    }
  }

  /// A register that lacks many names: more than half as many as it has, or many that resemble none that it has.
  private mutating func explainLostRows(_ group: CauseGroup) {
    guard let rule = ordinals[group.rule], let target = group.lost, group.target == target,
      outcomes[rule].names.count >= 4, hasLostRows(target, outcomes[rule].names),
      let (key, found) = outcomes[rule].columns.max(by: {
        ($0.value.count, $1.key.table, $1.key.column ?? -1) < ($1.value.count, $0.key.table, $0.key.column ?? -1)
      }),
      let first = outcomes[rule].drafts.first(where: { draft in
        draft.cause == nil && draft.waiver == nil
          && FindingColumn(table: draft.position.table, column: draft.position.column) == key
      })
    else { return }
    let place = ColumnCause(catalog, group, key, found, plan.rules[rule].rule, isRegister: true)
    replace([], of: rule, count: 0, by: place.draft(first.message), damaging: place.damage)
    if let cause = damaged.last?.cause { suppressAll(of: rule, cause: cause) }
  }

  /// Whether a table has lost rows, by the names that it lacks. One that resembles a name of the table may be misspelt.
  private func hasLostRows(_ table: TableKind, _ names: NamedFindings) -> Bool {
    if names.count >= CauseAnalysis.leastRows, names.count * 2 > catalog.rowCount(table) { return true }
    let least = max(4, min(CauseAnalysis.leastRows, catalog.rowCount(table) / 8))
    guard names.count >= least, names.count <= 100_000 else { return names.count >= least }
    switch table {
    case .matters: return names.count >= max(CauseAnalysis.leastRows, catalog.rowCount(.matters) / 20)
    case .departments, .approvals:
      let index = NearestName(table == .departments ? catalog.departmentRegister : catalog.approvalRegister)
      var strange = 0
      for name in names.names.sorted() where index.nearest(to: name) == nil {
        strange += 1
        if strange == least { return true }
      }
      return false
    default: return false
    }
  }

  private func isMost(_ count: Int, of table: TableKind) -> Bool {
    count >= CauseAnalysis.leastRows && count * 2 > catalog.rowCount(table)
  }

  /// The cause that is a column of the same table.
  private func exchanged(with key: FindingColumn) -> DraftIndex? {
    damaged.first { entry in
      let position = outcomes[entry.cause.rule].drafts[entry.cause.draft].position
      return CauseGroup.all.contains { $0.rule == plan.rules[entry.cause.rule].rule.id } && position.isByte
        && position.table == key.table && entry.fields.contains { $0.table == key.table }
    }?.cause
  }

  /// Findings about one name that is missing from a register, with its other names: the id, and 市公安局 of 公安部门.
  private mutating func explainNames(_ group: CauseGroup) {
    // A matter that is missing from between others is a gap in the numbers.
    if group.rule == Rule.orphanItem.id { return }
    guard let rule = ordinals[group.rule], outcomes[rule].open > CauseAnalysis.leastUses,
      outcomes[rule].names.hasName(inMoreThan: CauseAnalysis.leastUses)
    else { return }
    let names = outcomes[rule].names.all.sorted { ($1.found.count, $0.name) < ($0.found.count, $1.name) }
    let related = RelatedNames(names.map(\.name))
    var drafts: [String: [Int]] = [:]
    for (index, draft) in outcomes[rule].drafts.enumerated() where draft.cause == nil && draft.waiver == nil {
      if let name = draft.name { drafts[name, default: []].append(index) }
    }
    var explained = [Bool](repeating: false, count: names.count)
    for (ordinal, (name, found)) in names.enumerated()
    where found.count > CauseAnalysis.leastUses && !explained[ordinal] {
      let same = related.names(like: ordinal, isLargest: ordinal == 0).filter { !explained[$0] }
      for other in same { explained[other] = true }
      let members = same.flatMap { drafts[names[$0].name] ?? [] }.sorted()
      guard let first = drafts[name]?.first ?? members.first else { continue }
      let count = same.reduce(0) { $0 + names[$1].found.count }
      let cause = NameCause(
        catalog, group, name, others: same.map { names[$0].name }.filter { $0 != name }, found, count: count)
      replace(members, of: rule, count: count, by: cause.draft(outcomes[rule].drafts[first].message), damaging: [])
    }
  }

  /// Replaces findings of a rule by the one that names their cause.
  private mutating func replace(
    _ members: [Int], of rule: Int, count: Int, by draft: FindingDraft, damaging fields: [CatalogField]
  ) {
    var draft = draft
    draft.rule = rule
    draft.order = outcomes[rule].drafts.count
    outcomes[rule].drafts.append(draft)
    outcomes[rule].open += 1
    let cause = DraftIndex(rule: rule, draft: outcomes[rule].drafts.count - 1)
    suppress(members, of: rule, count: count, cause: cause)
    suppressDependents(of: fields, cause: cause)
  }

  // MARK: Moved rows

  /// What is found among rows that have moved against their items follows from the move.
  private mutating func explainMovedRows() {
    guard let rule = ordinals[Rule.shiftedRows.id], outcomes[rule].open > 0 else { return }
    let runs = outcomes[rule].drafts.indices.filter { outcomes[rule].drafts[$0].waiver == nil }
      .compactMap { MovedRun(outcomes[rule].drafts[$0], in: catalog, cause: DraftIndex(rule: rule, draft: $0)) }
    if runs.isEmpty { return }
    let runOf = MovedRun.ofMatters(runs, in: catalog)
    var matters = [Set<Int32>](repeating: [], count: runs.count)
    for (matter, run) in runOf.enumerated() where run >= 0 { matters[Int(run)].insert(Int32(matter)) }
    for (run, matters) in zip(runs, matters) { moved.append((matters, run.cause)) }
    for (index, planned) in plan.rules.enumerated()
    where RuleDependencies.onOrder.contains(planned.rule.id) && outcomes[index].open > 0 {
      var members = [[Int]](repeating: [], count: runs.count)
      for (member, draft) in outcomes[index].drafts.enumerated() where draft.cause == nil && draft.waiver == nil {
        if case .matter(let matter) = draft.subject, runOf[matter] >= 0 { members[Int(runOf[matter])].append(member) }
      }
      var counts = [Int](repeating: 0, count: runs.count)
      for matter in outcomes[index].matters where runOf[Int(matter)] >= 0 { counts[Int(runOf[Int(matter)])] += 1 }
      for (number, run) in runs.enumerated() where outcomes[index].open > 0 {
        // Not all findings are kept as drafts.
        let count = outcomes[index].consequences == 0 ? counts[number] : members[number].count
        if count > 0 { suppress(members[number], of: index, count: count, cause: run.cause) }
      }
    }
  }

  /// The matters from the first to the last of a run, and one before and after it, in the order of their numbers.
  private struct MovedRun {
    let list: Int?
    let numbers: ClosedRange<Int>
    let cause: DraftIndex

    init?(_ draft: FindingDraft, in catalog: Catalog, cause: DraftIndex) {
      guard case .matter(let first) = draft.subject, case .matter(let last)? = draft.related.first?.subject else {
        return nil
      }
      self.cause = cause
      list = catalog.matters[first].list
      guard let start = catalog.matters[first].number, let end = catalog.matters[last].number else { return nil }
      numbers = max(1, min(start, end) - 1)...max(1, max(start, end) + 1)
    }

    /// By matter, the run that it is in; -1 for none. A list has one run at most.
    static func ofMatters(_ runs: [MovedRun], in catalog: Catalog) -> [Int32] {
      var runOfList: [Int?: Int] = [:]
      for (index, run) in runs.enumerated() where runOfList[run.list] == nil { runOfList[run.list] = index }
      var runOf = [Int32](repeating: -1, count: catalog.matters.count)
      for matter in catalog.matters {
        if let number = matter.number, let run = runOfList[matter.list], runs[run].numbers.contains(number) {
          runOf[matter.index] = Int32(run)
        }
      }
      return runOf
    }
  }

  // MARK: Consequences

  mutating func suppress(_ members: [Int], of rule: Int, count: Int, cause: DraftIndex) {
    for index in members { outcomes[rule].drafts[index].cause = cause.rule }
    // Of a column every row is counted once, though a cell may have several findings.
    let count =
      isWhole[rule]
      ? members.count : min(max(count, members.count), outcomes[rule].open - (cause.rule == rule ? 1 : 0))
    outcomes[rule].open -= count
    outcomes[rule].consequences += count
    outcomes[cause.rule].drafts[cause.draft].consequences[rule, default: 0] += count
  }

  /// Makes the open findings of all rules that depend on these fields consequences of a cause.
  private mutating func suppressDependents(of fields: [CatalogField], cause: DraftIndex) {
    damaged.append((fields, cause))
    if fields.isEmpty { return }
    for rule in outcomes.indices where rule != cause.rule && outcomes[rule].open > 0 {
      let id = plan.rules[rule].rule.id
      let needed = RuleDependencies.fields(of: id)
      let lost = RuleDependencies.columnsOnly.contains(id) ? fields.filter { $0.column != nil } : fields
      guard needed.contains(where: { need in lost.contains(where: need.overlaps) }) else { continue }
      suppressAll(of: rule, cause: cause)
    }
  }

  mutating func suppressAll(of rule: Int, cause: DraftIndex) {
    // A finding that is itself a cause stays.
    let kept = Set(damaged.lazy.map(\.cause).filter { $0.rule == rule }.map(\.draft))
    let members = outcomes[rule].drafts.indices.filter { index in
      let draft = outcomes[rule].drafts[index]
      return draft.cause == nil && draft.waiver == nil && !kept.contains(index)
    }
    let count = outcomes[rule].open - kept.count
    guard count > 0 else { return }
    for index in members { outcomes[rule].drafts[index].cause = cause.rule }
    outcomes[rule].open -= count
    outcomes[rule].consequences += count
    outcomes[cause.rule].drafts[cause.draft].consequences[rule, default: 0] += count
  }
}

extension Catalog {
  /// Whether most matters have no item, neither of their own nor shared: ten at least.
  fileprivate var hasLostItems: Bool {
    let bare = matters.count { matter in
      matter.items.isEmpty && matter.placeholder.isEmpty && (matter.includes.map { matters[$0].items.isEmpty } ?? true)
    }
    return bare >= 10 && bare * 2 > matters.count
  }

  fileprivate func rowCount(_ table: TableKind) -> Int {
    switch table {
    case .matters: matters.count
    case .items: items.count
    case .departments: departments.count
    case .approvals: approvals.count
    case .lists: lists.count
    case .notices: notices.count
    case .audiences: audiences.count
    case .regions: tables.regions.count
    case .targets: targets.count
    case .progress: progress.count
    case .waivers: waivers.count
    }
  }
}

/// What the check of a custom rule works with: the catalog, the day, and where to report. It is valid only while the
/// check runs.
public struct RuleContext {
  private let core: Core.RuleContext

  init(_ core: Core.RuleContext) { self.core = core }

  /// The catalog under validation.
  public var catalog: Catalog { Catalog(core.catalog) }

  /// The day on which deadlines are judged.
  public var day: Day { Day(core.day) }

  /// Reports a finding about a matter.
  ///
  /// - Parameters:
  ///   - matter: a matter of `catalog`; a waiver names its id.
  ///   - field: the cell at which it is reported.
  ///   - message: what is wrong, with the values concerned.
  ///   - fix: what to do, where the rule's own text can be made more precise.
  ///   - related: other matters that belong to the finding.
  public func report(
    _ matter: Matter, at field: Matter.Field, _ message: LocalizedText, fix: LocalizedText? = nil,
    related: [Matter] = []
  ) {
    guard let own = coreMatter(matter) else { return report(message, fix: fix, id: matter.id) }
    let others = related.compactMap(coreMatter)
    core.report(
      .matter(own.index), at: core.catalog.position(own, field.core),
      related: others.map { (.matter($0.index), core.catalog.position($0, field.core)) },
      message.core, fix: fix?.core)
  }

  /// Reports a finding about an item.
  ///
  /// - Parameters:
  ///   - item: an item of `catalog`; a waiver names its id or its matter's.
  ///   - field: the cell at which it is reported.
  ///   - message: what is wrong, with the values concerned.
  ///   - fix: what to do, where the rule's own text can be made more precise.
  public func report(_ item: Item, at field: Item.Field, _ message: LocalizedText, fix: LocalizedText? = nil) {
    guard let own = coreItem(item) else { return report(message, fix: fix, id: item.id) }
    core.report(.item(own.index), at: core.catalog.position(own, field.core), message.core, fix: fix?.core)
  }

  /// Reports a finding about a department, at its row of the register.
  ///
  /// - Parameters:
  ///   - department: a department of `catalog`; a waiver names its id.
  ///   - message: what is wrong, with the values concerned.
  ///   - fix: what to do, where the rule's own text can be made more precise.
  public func report(_ department: Department, _ message: LocalizedText, fix: LocalizedText? = nil) {
    let all = core.catalog.departments
    guard let index = index(department.row, department.id, in: all, id: \.id) else {
      return report(message, fix: fix, id: department.id)
    }
    core.report(.department(index), at: all[index].position, message.core, fix: fix?.core)
  }

  /// Reports a finding about an approval, at its row of the register.
  ///
  /// - Parameters:
  ///   - approval: an approval of `catalog`; a waiver names its id.
  ///   - message: what is wrong, with the values concerned.
  ///   - fix: what to do, where the rule's own text can be made more precise.
  public func report(_ approval: Approval, _ message: LocalizedText, fix: LocalizedText? = nil) {
    let all = core.catalog.approvals
    guard let index = index(approval.row, approval.id, in: all, id: \.id) else {
      return report(message, fix: fix, id: approval.id)
    }
    core.report(.approval(index), at: all[index].position, message.core, fix: fix?.core)
  }

  /// Reports a finding about the catalog as a whole, without a line.
  ///
  /// - Parameters:
  ///   - message: what is wrong, with the values concerned.
  ///   - fix: what to do, where the rule's own text can be made more precise.
  public func report(_ message: LocalizedText, fix: LocalizedText? = nil) {
    report(message, fix: fix, id: core.rule.id)
  }

  private func report(_ message: LocalizedText, fix: LocalizedText?, id: String) {
    core.report(.id(id), at: .none, message.core, fix: fix?.core)
  }

  /// The matter at the value's index, or by its id if the value comes from another catalog.
  private func coreMatter(_ matter: Matter) -> Core.Matter? {
    let all = core.catalog.matters
    if all.indices.contains(matter.row.value), core.catalog.id(all[matter.row.value]) == matter.id {
      return all[matter.row.value]
    }
    return core.catalog.matter(id: matter.id)
  }

  private func coreItem(_ item: Item) -> Core.Item? {
    let all = core.catalog.items
    if all.indices.contains(item.row.value), core.catalog.id(all[item.row.value]) == item.id {
      return all[item.row.value]
    }
    return core.catalog.matter(id: item.matterID).flatMap { matter in
      core.catalog.items(of: matter).first { core.catalog.id($0) == item.id }
    }
  }

  private func index<Entry>(_ row: RowIndex, _ id: String, in all: [Entry], id key: KeyPath<Entry, String>) -> Int? {
    if all.indices.contains(row.value), all[row.value][keyPath: key] == id { return row.value }
    return all.firstIndex { $0[keyPath: key] == id }
  }
}

/// How many matters each entry of a register occurs in. Withdrawn matters are not counted.
extension Catalog {
  /// The number of matters that an entry occurs in: as lead, in the matter's own items, in items shared from another.
  package struct Use: Sendable, Hashable {
    package var lead = 0
    package var own = 0
    package var shared = 0
    /// The number of matters in which it occurs at all.
    package var matters = 0
  }

  /// By the indices of `departments`.
  package func departmentUse() -> [Use] {
    let leadOf = names(.lead).map { printedDepartments($0).departments }
    let responsibleOf = names(.responsible).map { printedDepartments($0).departments }
    var tally = UseTally(count: departments.count)
    for matter in matters where !matter.isWithdrawn {
      for department in leadOf[matter.lead.index] { tally.add(department, \.lead, in: matter) }
      for department in printedDepartments(matter.placeholder).departments { tally.add(department, \.own, in: matter) }
      forEachItem(of: matter) { item, role in
        for department in responsibleOf[item.responsible.index] { tally.add(department, role, in: matter) }
      }
    }
    return tally.use
  }

  /// By the indices of `approvals`.
  package func approvalUse() -> [Use] {
    let approvalsOf = names(.itemName).map { printedApprovals($0).approvals }
    var tally = UseTally(count: approvals.count)
    for matter in matters where !matter.isWithdrawn {
      forEachItem(of: matter) { item, role in
        for approval in approvalsOf[item.name.index] { tally.add(approval, role, in: matter) }
      }
    }
    return tally.use
  }

  private func forEachItem(of matter: Matter, _ body: (Item, WritableKeyPath<Use, Int>) -> Void) {
    for item in items[matter.items] { body(item, \.own) }
    if let other = matter.includes, other != matter.index {
      for item in items[matters[other].items] where item.isShared { body(item, \.shared) }
    }
  }
}

/// Counts the matters of each entry, each matter once for each role.
private struct UseTally {
  private(set) var use: [Catalog.Use]
  /// By role and entry, the index of the matter that was counted last.
  private var last: [WritableKeyPath<Catalog.Use, Int>: [Int]] = [:]

  init(count: Int) {
    use = [Catalog.Use](repeating: Catalog.Use(), count: count)
    for role in [\Catalog.Use.lead, \.own, \.shared, \.matters] { last[role] = [Int](repeating: -1, count: count) }
  }

  mutating func add(_ entry: Int, _ role: WritableKeyPath<Catalog.Use, Int>, in matter: Matter) {
    for role in [role, \.matters] where last[role]?[entry] != matter.index {
      last[role]?[entry] = matter.index
      use[entry][keyPath: role] += 1
    }
  }
}

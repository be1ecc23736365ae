/// How much of the catalog each register entry serves.
extension Catalog {
  /// In how many matters an entry stands: as a lead, for the matters' own items, for items shared from another.
  package struct Use: Sendable, Hashable {
    package var lead = 0
    package var own = 0
    package var shared = 0
    /// In any of these ways.
    package var matters = 0
  }

  /// By the positions of `departments`.
  package func departmentUse() -> [Use] {
    let leadOf = names(.lead).map { parties($0).departments }
    let responsibleOf = names(.responsible).map { parties($0).departments }
    var tally = UseTally(count: departments.count)
    for matter in matters {
      for department in leadOf[matter.lead.index] { tally.add(department, \.lead, in: matter) }
      for department in parties(matter.placeholder).departments { tally.add(department, \.own, in: matter) }
      forEachItem(of: matter) { item, way in
        for department in responsibleOf[item.responsible.index] { tally.add(department, way, in: matter) }
      }
    }
    return tally.use
  }

  /// By the positions of `approvals`.
  package func approvalUse() -> [Use] {
    let approvalsOf = names(.itemName).map { choices($0).approvals }
    var tally = UseTally(count: approvals.count)
    for matter in matters {
      forEachItem(of: matter) { item, way in
        for approval in approvalsOf[item.name.index] { tally.add(approval, way, in: matter) }
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

/// Counts each entry once a matter and way.
private struct UseTally {
  private(set) var use: [Catalog.Use]
  /// The matter in which an entry was counted last, by way.
  private var last: [WritableKeyPath<Catalog.Use, Int>: [Int]] = [:]

  init(count: Int) {
    use = [Catalog.Use](repeating: Catalog.Use(), count: count)
    for way in [\Catalog.Use.lead, \.own, \.shared, \.matters] { last[way] = [Int](repeating: -1, count: count) }
  }

  mutating func add(_ entry: Int, _ way: WritableKeyPath<Catalog.Use, Int>, in matter: Matter) {
    for way in [way, \.matters] where last[way]?[entry] != matter.index {
      last[way]?[entry] = matter.index
      use[entry][keyPath: way] += 1
    }
  }
}

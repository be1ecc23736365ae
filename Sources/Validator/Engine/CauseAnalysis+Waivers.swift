import Catalog

// What the rules about waivers report, where that follows from a cause.
extension CauseAnalysis {
  /// Where waivers cannot be read, or their subjects are not found, what they were for is reported as new.
  mutating func explainLostWaivers() {
    guard !plan.waivers.isEmpty || damaged.contains(where: { $0.fields.contains(CatalogField(.waivers)) }) else {
      return
    }
    for entry in damaged {
      let isTable = entry.fields.contains { $0.table == .waivers }
      // The table is about to be written anew.
      if isTable, plan.recordsWaivers, plan.rules[entry.cause.rule].rule.id == Rule.missingTable.id { continue }
      guard isTable || entry.fields.contains(where: { RuleDependencies.subjects.contains(where: $0.overlaps) }) else {
        continue
      }
      let rules = Set(plan.waivers.map(\.rule))
      for (index, planned) in plan.rules.enumerated() where outcomes[index].open > 0 && index != entry.cause.rule {
        guard planned.severity != .error, !planned.rule.dependsOnDay, planned.rule.group != .reading,
          isTable || rules.contains(planned.rule.id)
        else { continue }
        suppressAll(of: index, cause: entry.cause)
      }
    }
  }

  /// The rules about waivers run after all others.
  mutating func explainWaivers() {
    for entry in damaged { suppressDependents(of: entry.fields, waivers: entry.cause) }
    for entry in moved { suppressUnusedWaivers(of: entry.matters, cause: entry.cause) }
  }

  /// Waivers of moved matters match nothing where the finding has moved along.
  private mutating func suppressUnusedWaivers(of matters: Set<Int32>, cause: DraftIndex) {
    guard let rule = ordinals[Rule.unusedWaiver.id], outcomes[rule].open > 0 else { return }
    let ids = Set(matters.map { catalog.id(catalog.matters[Int($0)]) })
    let members = outcomes[rule].drafts.indices.filter { member in
      let draft = outcomes[rule].drafts[member]
      guard draft.cause == nil, draft.waiver == nil, case .waiver(let index) = draft.subject else { return false }
      let waiver = catalog.waivers[index]
      return RuleDependencies.onOrder.contains(waiver.rule) && ids.contains(waiver.subject)
    }
    if !members.isEmpty { suppress(members, of: rule, count: members.count, cause: cause) }
  }

  private mutating func suppressDependents(of fields: [CatalogField], waivers cause: DraftIndex) {
    for (index, planned) in plan.rules.enumerated() where planned.judgesWaivers && outcomes[index].open > 0 {
      let needed = RuleDependencies.fields(of: planned.rule.id)
      if needed.contains(where: { need in fields.contains(where: need.overlaps) }) {
        suppressAll(of: index, cause: cause)
      }
    }
  }

  /// The rules that depend on a column with an error: that a waiver of theirs matches nothing may follow from it.
  func rulesWithUncertainFields() -> Set<String> {
    var uncertain: [CatalogField] = []
    for (planned, outcome) in zip(plan.rules, outcomes)
    where planned.severity == .error {
      for key in outcome.columns.keys {
        // An error in a small table is one of many rows; in a large one only if it is about reading or references.
        let isReading = planned.rule.group == .references || planned.rule.group == .reading
        guard isReading || key.table != .matters && key.table != .items else { continue }
        let columns = catalog.schema.columns(key.table)
        uncertain.append(
          CatalogField(key.table, key.column.flatMap { columns.indices.contains($0) ? columns[$0].name : nil }))
      }
    }
    if uncertain.isEmpty { return [] }
    return Set(
      plan.rules.lazy.map(\.rule.id).filter { rule in
        RuleDependencies.fields(of: rule).contains { need in
          uncertain.contains { $0.column != nil && need.overlaps($0) }
        }
      })
  }
}

import Catalog

extension FolderImport {
  /// The plan for applying a delta to the folder.
  ///
  /// The plan is that of an import of the whole new edition with `replacing`, so that a table keeps its form where only rows
  /// change. Where that would not give the new edition (rows that change places, or lose a value that they should have), the
  /// tables that differ are written anew in the standard form.
  package func plan(_ reading: DeltaReading) -> ImportPlan {
    func refused(_ obstacle: ImportPlan.Obstacle) -> ImportPlan {
      ImportPlan(
        folder: folder, isNew: isNew, result: folder, entries: [], registers: [], unknownNames: [],
        obstacles: [obstacle], changes: [:])
    }
    if isNew { return refused(.noEdition(from: reading.delta.from)) }
    if reading.document.isUnreadable { return refused(.unreadable) }
    if reading.isForOtherEdition {
      return refused(.otherEdition(from: reading.delta.from, to: reading.delta.to, found: reading.found))
    }
    guard let edition = reading.result else {
      return refused(.readingErrors(reading.document.issues.count(where: \.stopsDelta)))
    }
    let given = ContentHash.edition(edition)
    guard given == reading.delta.to else { return refused(.brokenDelta(to: reading.delta.to, given: given)) }
    let plan = plan(edition, options: ImportOptions(replacing: true))
    let further = plan.obstacles.filter { if case .furtherColumns = $0 { true } else { false } }
    var changes = plan.changes
    let isExact = ContentHash.edition(plan.result) == given
    for kind in TableKind.allCases where !isExact || reading.delta.changesOrder(of: kind) {
      let part = kind == .items ? TableKind.matters : kind
      guard !(reading.delta.entries[part] ?? []).isEmpty else { continue }
      var change = TableChanges()
      change.isRewritten = true
      changes[kind] = change
    }
    var applied = ImportPlan(
      folder: folder, isNew: false, result: isExact ? plan.result : edition, entries: plan.entries,
      registers: plan.registers, keptRows: plan.keptRows,
      unknownNames: plan.unknownNames, obstacles: further, changes: changes)
    applied.isDelta = true
    return applied
  }
}

extension CatalogDelta {
  /// Whether rows change places, or are added before rows that stay.
  func changesOrder(of kind: TableKind) -> Bool {
    let entries = entries[kind == .items ? .matters : kind] ?? []
    if entries.contains(where: { $0.change == .moved }) { return true }
    if kind == .matters || kind == .items { return false }
    return entries.contains { $0.change == .added }
  }
}

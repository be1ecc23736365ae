import Catalog

extension ImportMerge.PlanBuilder {
  /// Computes the entries of the plan and the changes to the rows of the two large tables.
  mutating func planRows(_ result: Catalog) {
    var planner = RowPlanner(merge, result)
    entries.reserveCapacity(pairs.count)
    for (index, pair) in pairs.enumerated() { entries.append(planner.plan(pair, index)) }
    planner.removeSlashRows()
    if merge.isMirror { planner.removeOrphanItems() }
    changes[.matters] = planner.matters
    changes[.items] = planner.items
  }
}

/// Collects the changes to the rows of matters and items, matter by matter in the order of the result.
private struct RowPlanner {
  private(set) var matters = TableChanges()
  private(set) var items = TableChanges()

  private let merge: ImportMerge
  private let result: Catalog
  // The last row of the preceding matters in each table, after which new rows are inserted.
  private var matterAnchor = TableChanges.beforeFirstRow
  private var itemAnchor = TableChanges.beforeFirstRow
  /// The ids of matters whose rows "/" in the items table are to be removed.
  private var slashIDs: Set<String> = []

  init(_ merge: ImportMerge, _ result: Catalog) {
    self.merge = merge
    self.result = result
  }

  /// - Parameter index: the matter's index in the result, unless it is removed.
  mutating func plan(_ pair: ImportMerge.MatterPair, _ index: Int) -> ImportPlan.Entry {
    let folder = merge.folder
    let oldItems = pair.old.map { folder.items(of: $0) } ?? []
    let itemRows = oldItems.map { folder.position($0, .matter).offset }
    let matterRow = pair.old.map { folder.position($0).offset }
    let entry: ImportPlan.Entry
    if pair.status == .removed, let old = pair.old {
      entry = ImportPlan.Entry(
        id: folder.id(old), name: folder.text(old.name), status: pair.status, changes: pair.changes,
        items: oldItems.count)
    } else {
      let matter = result.matters[index]
      entry = ImportPlan.Entry(
        id: result.id(matter), name: result.text(matter.name), status: pair.status, changes: pair.changes,
        items: matter.items.count)
    }
    switch pair.status {
    case .removed:
      if let matterRow { matters.rows[matterRow] = .removed }
      for row in itemRows { items.rows[row] = .removed }
      slashIDs.insert(entry.id)
      return entry
    case .added:
      matters.inserted[matterAnchor, default: []].append(
        TableChanges.NewRow(cells: result.cells(of: result.matters[index]), from: nil))
    case .changed:
      planChange(pair, matterRow)
      if oldItems.isEmpty, entry.items > 0 { slashIDs.insert(entry.id) }
      if removesPlaceholder(pair) { slashIDs.insert(entry.id) }
    case .unchanged, .kept:
      break
    }
    if let matterRow { matterAnchor = matterRow }
    if let last = itemRows.max() { itemAnchor = last }
    if let new = pair.new, pair.hasItemChanges || pair.status == .added { replaceItems(pair, itemRows, by: new) }
    return entry
  }

  private mutating func planChange(_ pair: ImportMerge.MatterPair, _ row: Int?) {
    let columns = merge.schema.columns(.matters)
    var cells = [String?](repeating: nil, count: columns.count)
    for change in pair.changes {
      guard case .field(let column) = change.subject else { continue }
      if let index = columns.firstIndex(where: { $0.name == column.name }) { cells[index] = change.after }
    }
    if let row, cells.contains(where: { $0 != nil }) { matters.rows[row] = .changed(cells) }
  }

  private func removesPlaceholder(_ pair: ImportMerge.MatterPair) -> Bool {
    pair.changes.contains { change in
      guard case .field(let column) = change.subject else { return false }
      return column.name == MatterColumn.placeholder.declaration.name && change.before?.isEmpty == false
    }
  }

  private mutating func replaceItems(_ pair: ImportMerge.MatterPair, _ rows: [Int], by new: Matter) {
    let folder = merge.folder
    let file = merge.file
    for row in rows { items.rows[row] = .removed }
    let added = file.items(of: new).enumerated().map { ordinal, item in
      let match = pair.itemMatches.indices.contains(ordinal) ? pair.itemMatches[ordinal] : nil
      return TableChanges.NewRow(
        cells: ItemColumn.allCases.map { file.text(item, $0) }
          + file.extraTexts(item, in: merge.schema.extraItemColumns),
        from: match.map { folder.position(folder.items[$0], .matter).offset })
    }
    items.inserted[rows.min() ?? itemAnchor, default: []] += added
  }

  /// Removes the items whose matter does not exist.
  mutating func removeOrphanItems() {
    for item in merge.folder.items where item.matter == nil {
      items.rows[merge.folder.position(item, .matter).offset] = .removed
    }
  }

  /// Removes the outdated rows "/" of the items table, which take precedence over the matters table.
  mutating func removeSlashRows() {
    guard !slashIDs.isEmpty,
      let source = merge.folder.sources.first(where: { $0.csv != nil && $0.columns[.items] != nil }),
      let csv = source.csv, let columns = source.columns[.items], columns[ItemColumn.matter.rawValue] >= 0,
      columns[ItemColumn.name.rawValue] >= 0
    else { return }
    var reader = csv.rows()
    while reader.next() {
      func text(_ column: ItemColumn) -> String {
        let cell = columns[column.rawValue]
        return cell < reader.cells.count ? csv.string(reader.cells[cell]).trimmingBlanks : ""
      }
      let name = text(.name)
      if name == "/" || name == "／", slashIDs.contains(text(.matter)) { items.rows[reader.rowStart] = .removed }
    }
  }
}

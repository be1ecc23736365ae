import Catalog

/// What becomes of the rows of the two large tables.
extension ImportMerge.Work {
  /// The entries of the plan, and what becomes of the rows of the two large tables.
  mutating func planRows(_ result: Catalog) {
    let folder = merge.folder
    let file = merge.file
    var matters = TableChanges()
    var items = TableChanges()
    /// The last row in each table of a matter before this one.
    var matterAnchor = TableChanges.top
    var itemAnchor = TableChanges.top
    var slashes: Set<String> = []
    entries.reserveCapacity(pairs.count)
    for (index, pair) in pairs.enumerated() {
      let oldItems = pair.old.map { folder.items(of: $0) } ?? []
      let rows = oldItems.map { folder.position($0, .matter).offset }
      let own: (count: Int, id: String, name: String)
      if pair.status == .removed, let old = pair.old {
        own = (oldItems.count, folder.id(old), folder.text(old.name))
      } else {
        let matter = result.matters[index]
        own = (matter.items.count, result.id(matter), result.text(matter.name))
      }
      entries.append(
        ImportPlan.Entry(
          id: own.id, name: own.name, status: pair.status, changes: pair.changes, items: own.count))

      let oldRow = pair.old.map { folder.position($0).offset }
      switch pair.status {
      case .removed:
        if let oldRow { matters.fates[oldRow] = .removed }
        for row in rows { items.fates[row] = .removed }
        slashes.insert(own.id)
        continue
      case .added:
        let matter = result.matters[index]
        matters.inserted[matterAnchor, default: []].append(
          TableChanges.NewRow(cells: result.cells(of: matter), from: nil))
      case .changed:
        let columns = merge.schema.columns(.matters)
        var cells = [String?](repeating: nil, count: columns.count)
        for change in pair.changes {
          guard case .field(let column) = change.subject else { continue }
          if let index = columns.firstIndex(where: { $0.name == column.name }) { cells[index] = change.after }
          if column.name == MatterColumn.placeholder.declaration.name, change.before?.isEmpty == false { slashes.insert(own.id) }
        }
        if oldItems.isEmpty, own.count > 0 { slashes.insert(own.id) }
        if let oldRow, cells.contains(where: { $0 != nil }) { matters.fates[oldRow] = .changed(cells) }
      case .unchanged, .kept:
        break
      }
      if let oldRow { matterAnchor = oldRow }

      let start = rows.min()
      if let last = rows.max(), !pair.itemsChange || !oldItems.isEmpty { itemAnchor = last }
      guard let new = pair.new, pair.itemsChange || pair.status == .added else { continue }
      for row in rows { items.fates[row] = .removed }
      let made = file.items(of: new).enumerated().map { ordinal, item in
        let match = pair.matches.indices.contains(ordinal) ? pair.matches[ordinal] : nil
        return TableChanges.NewRow(
          cells: ItemColumn.allCases.map { file.text(item, $0) } + file.extraTexts(item, in: merge.schema.extraItemColumns),
          from: match.map { folder.position(folder.items[$0], .matter).offset })
      }
      items.inserted[start ?? itemAnchor, default: []] += made
    }
    removeSlashes(slashes, &items)
    changes[.matters] = matters
    changes[.items] = items
  }

  /// A "/" row of the items table speaks for its matter louder than the matters table, so one that is no longer true
  /// goes.
  private func removeSlashes(_ ids: Set<String>, _ items: inout TableChanges) {
    guard !ids.isEmpty,
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
      if name == "/" || name == "／", ids.contains(text(.matter)) { items.fates[reader.rowStart] = .removed }
    }
  }
}

import Catalog

extension ImportMerge {
  /// Builds the parts of a plan: the merged tables, the resulting catalog, and the changes to the folder's rows.
  struct PlanBuilder {
    let merge: ImportMerge
    let pairs: [MatterPair]
    var entries: [ImportPlan.Entry] = []
    var registers: [ImportPlan.RegisterChange] = []
    var keptRows: [ImportPlan.KeptRow] = []
    var changes: [TableKind: TableChanges] = [:]
    /// The small tables of the result.
    var tables = CatalogTables()

    init(merge: ImportMerge, pairs: [MatterPair]) {
      self.merge = merge
      self.pairs = pairs
    }

    /// A position of the file as a position of the result.
    func moved(_ position: SourcePosition) -> SourcePosition { position.movedBy(sources: merge.firstFileSource) }
  }
}

// The catalog after the import.
extension ImportMerge.PlanBuilder {
  /// The catalog after the import.
  /// - Parameters: rows to add to the registers.
  mutating func result(departments: [Department], approvals: [Approval]) -> Catalog {
    let builder = CatalogBuilder(schema: merge.schema)
    builder.sources = merge.folder.sources + merge.file.sources
    builder.settings = merge.folder.settings
    builder.description = merge.isNew ? merge.file.description : nil
    builder.tables = tables
    builder.departments += departments
    builder.approvals += approvals
    for department in departments { addRow(merge.schema.departments.cells(of: department), to: .departments) }
    for approval in approvals { addRow(merge.schema.approvals.cells(of: approval), to: .approvals) }
    builder.prepareLists()

    let copier = RowCopier(into: builder)
    for pair in pairs where pair.status != .removed { copyRows(of: pair, copier) }
    // Items whose matter does not exist are kept, unless the file is complete.
    if !merge.isMirror { for item in merge.folder.items where item.matter == nil { copyFolderItem(item, copier) } }
    // Problems of the copied rows are among the issues of the folder and the file.
    builder.matterRows.issues = []
    builder.itemRows.issues = []
    builder.issues += remainingIssues()
    return builder.finish(origin: merge.folder.origin)
  }

  private func copyRows(of pair: ImportMerge.MatterPair, _ copier: RowCopier) {
    let folder = merge.folder
    let file = merge.file
    if let new = pair.new, pair.status == .added || pair.status == .changed {
      let position = moved(file.position(new))
      copier.add(cells(new, pair.old), source: position.source, row: position.offset)
    } else if let old = pair.old {
      let position = folder.position(old)
      copier.add(old, of: folder, source: position.source, row: position.offset)
    }
    if let new = pair.new, pair.hasItemChanges || pair.status == .added {
      for item in file.items(of: new) {
        let position = moved(file.position(item, .matter))
        copier.add(item, of: file, source: position.source, row: position.offset)
      }
    } else if let old = pair.old {
      for item in folder.items(of: old) { copyFolderItem(item, copier) }
    }
  }

  private func copyFolderItem(_ item: Item, _ copier: RowCopier) {
    let position = merge.folder.position(item, .matter)
    copier.add(item, of: merge.folder, source: position.source, row: position.offset)
  }

  /// The cells of an added or changed matter; unknown cells of the file keep the folder's values.
  private func cells(_ new: Matter, _ old: Matter?) -> [String?] {
    let file = merge.file
    let folder = merge.folder
    let declared = MatterColumn.allCases.map { column -> String? in
      if !new.isUnknown(column) { return file.text(new, column) }
      guard let old, !old.isUnknown(column) else { return nil }
      return folder.text(old, column)
    }
    let extra = merge.schema.extraMatterColumns
    let kept = old.map { folder.extraTexts($0, in: extra) } ?? extra.map { _ in nil }
    return declared + zip(file.extraTexts(new, in: extra), kept).map { $0 ?? $1 }
  }

  /// The issues of the folder, except those of rows that the import replaces or removes, and the issues of the file.
  private func remainingIssues() -> [ReadingIssue] {
    let folder = merge.folder
    let file = merge.file
    if folder.issues.isEmpty, file.issues.isEmpty { return [] }
    // The index in the result of each matter of the folder and of the file.
    var ofFolder = [Int?](repeating: nil, count: folder.matters.count)
    var ofFile = [Int?](repeating: nil, count: file.matters.count)
    /// The offsets of the folder's rows that are not in the result.
    var gone: [TableKind: Set<Int>] = [.matters: [], .items: []]
    var count = 0
    for pair in pairs {
      if let old = pair.old {
        if pair.status == .removed || pair.hasItemChanges {
          for item in folder.items(of: old) { gone[.items]?.insert(folder.position(item, .matter).offset) }
        }
        if pair.status == .removed || pair.status == .changed { gone[.matters]?.insert(folder.position(old).offset) }
      }
      if pair.status == .removed { continue }
      if let old = pair.old { ofFolder[old.index] = count }
      if let new = pair.new { ofFile[new.index] = count }
      count += 1
    }
    var issues: [ReadingIssue] = []
    for var issue in folder.issues where gone[issue.position.table]?.contains(issue.position.offset) != true {
      if let matter = issue.matter { issue.matter = ofFolder[matter] }
      issues.append(issue)
    }
    for var issue in file.issues {
      issue.position = moved(issue.position)
      if let matter = issue.matter { issue.matter = ofFile[matter] }
      issues.append(issue)
    }
    return issues
  }
}

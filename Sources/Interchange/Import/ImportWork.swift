import Catalog

extension ImportMerge {
  /// The parts of the result as they come together.
  struct Work {
    let merge: ImportMerge
    let pairs: [Pair]
    var entries: [ImportPlan.Entry] = []
    var registers: [ImportPlan.RegisterChange] = []
    var changes: [TableKind: TableChanges] = [:]

    var tables = CatalogTables()

    init(merge: ImportMerge, pairs: [Pair]) {
      self.merge = merge
      self.pairs = pairs
    }

    func moved(_ position: SourcePosition) -> SourcePosition {
      position.movedBy(sources: merge.shift)
    }
  }
}

/// The catalog that comes of an import.
extension ImportMerge.Work {
  /// The cells of an added or changed matter: what the file does not have of it stays as the folder has it.
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

  /// The catalog as the import leaves it, with new rows of the registers.
  mutating func result(departments new: [Department], approvals newApprovals: [Approval]) -> Catalog {
    let folder = merge.folder
    let file = merge.file
    let builder = CatalogBuilder(schema: merge.schema)
    builder.sources = folder.sources + file.sources
    builder.settings = folder.settings
    builder.tables = tables
    builder.departments += new
    builder.approvals += newApprovals
    for department in new { enter(.departments, merge.schema.departments.cells(of: department)) }
    for approval in newApprovals { enter(.approvals, merge.schema.approvals.cells(of: approval)) }
    builder.prepareLists()

    let copier = RowCopier(into: builder)
    var ofFolder = [Int?](repeating: nil, count: folder.matters.count)
    var ofFile = [Int?](repeating: nil, count: file.matters.count)
    /// Rows of the folder that are there no more, by table.
    var gone: [TableKind: Set<Int>] = [.matters: [], .items: []]
    var count = 0
    for pair in pairs {
      if pair.status == .removed || pair.itemsChange, let old = pair.old {
        for item in folder.items(of: old) { gone[.items]?.insert(folder.position(item, .matter).offset) }
      }
      if pair.status == .removed || pair.status == .changed, let old = pair.old {
        gone[.matters]?.insert(folder.position(old).offset)
      }
      if pair.status == .removed { continue }
      if let old = pair.old { ofFolder[old.index] = count }
      if let new = pair.new { ofFile[new.index] = count }
      count += 1
      if let new = pair.new, pair.status == .added || pair.status == .changed {
        let position = file.position(new)
        copier.add(cells(new, pair.old), source: position.source + merge.shift, row: position.offset)
      } else if let old = pair.old {
        let position = folder.position(old)
        copier.add(old, of: folder, source: position.source, row: position.offset)
      }
      if let new = pair.new, pair.itemsChange || pair.status == .added {
        for item in file.items(of: new) {
          let position = file.position(item, .matter)
          copier.add(item, of: file, source: position.source + merge.shift, row: position.offset)
        }
      } else if let old = pair.old {
        for item in folder.items(of: old) {
          let position = folder.position(item, .matter)
          copier.add(item, of: folder, source: position.source, row: position.offset)
        }
      }
    }
    // Items of no matter stay where they are.
    for item in folder.items where item.matter == nil {
      let position = folder.position(item, .matter)
      copier.add(item, of: folder, source: position.source, row: position.offset)
    }
    // What was complained of when these rows were read is told once, by those who read them.
    builder.matterRows.issues = []
    builder.itemRows.issues = []
    for var issue in folder.issues {
      if gone[issue.position.table]?.contains(issue.position.offset) == true { continue }
      if let matter = issue.matter { issue.matter = ofFolder[matter] }
      builder.issues.append(issue)
    }
    for var issue in file.issues {
      issue.position = moved(issue.position)
      if let matter = issue.matter { issue.matter = ofFile[matter] }
      builder.issues.append(issue)
    }
    return builder.finish(origin: folder.origin)
  }
}

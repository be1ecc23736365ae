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

    var buffer = CellBuffer()
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
        buffer.clear()
        for column in MatterColumn.allCases {
          if !new.isUnknown(column) {
            buffer.put(file.text(new, column))
          } else if let old = pair.old, !old.isUnknown(column) {
            buffer.put(folder.text(old, column))
          } else {
            buffer.putUnknown()
          }
        }
        let extra = merge.schema.extraMatterColumns
        let kept = pair.old.map { folder.extraTexts($0, in: extra) } ?? extra.map { _ in nil }
        for (given, kept) in zip(file.extraTexts(new, in: extra), kept) { buffer.put(given ?? kept) }
        buffer.withCells {
          builder.matterRows.add($0, stable: false, source: position.source + merge.shift, row: position.offset)
        }
      } else if let old = pair.old {
        let position = folder.position(old)
        builder.add(old, of: folder, source: position.source, row: position.offset, buffer: &buffer)
      }
      if let new = pair.new, pair.itemsChange || pair.status == .added {
        for item in file.items(of: new) {
          let position = file.position(item, .matter)
          builder.add(item, of: file, source: position.source + merge.shift, row: position.offset, buffer: &buffer)
        }
      } else if let old = pair.old {
        for item in folder.items(of: old) {
          let position = folder.position(item, .matter)
          builder.add(item, of: folder, source: position.source, row: position.offset, buffer: &buffer)
        }
      }
    }
    // Items of no matter stay where they are.
    for item in folder.items where item.matter == nil {
      let position = folder.position(item, .matter)
      builder.add(item, of: folder, source: position.source, row: position.offset, buffer: &buffer)
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

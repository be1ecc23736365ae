import Catalog

// Merges the small tables. Rows correspond by id; departments and approvals that the file has under another id correspond by
// name.
extension ImportMerge.PlanBuilder {
  mutating func mergeRegisters() {
    let folder = merge.folder
    let file = merge.file
    let renamed = EntriesMatchedByName(folder: folder, file: file)
    func isRegion(_ region: String, of index: Int?) -> Bool { index.map { folder.regions[$0].id == region } ?? false }
    func isID(_ notice: String, of index: Int?) -> Bool { index.map { folder.notices[$0].id == notice } ?? false }

    let schema = merge.schema
    func audiences(_ texts: [String], of catalog: Catalog) -> [String] { texts.map(catalog.audienceRegister.id) }

    tables.notices = merged(merge.schema.notices, folder.notices, file.notices) { _, _ in }
    tables.regions = merged(merge.schema.regions, folder.tables.regions, file.tables.regions) { old, new in
      if let old, isRegion(new.parent, of: old.parentIndex) { new.parent = old.parent }
    }
    tables.audiences = merged(merge.schema.audiences, folder.tables.audiences, file.tables.audiences) { _, _ in }
    tables.lists = merged(merge.schema.lists, folder.lists, file.lists) { old, new in
      guard let old else { return }
      if isID(new.notice, of: old.noticeIndex) { new.notice = old.notice }
      // Documents of earlier versions do not have them.
      if new.deliverables.isEmpty { new.deliverables = old.deliverables }
      if new.region.isEmpty || isRegion(new.region, of: old.regionIndex) { new.region = old.region }
      if audiences(new.audiences, of: file) == audiences(old.audiences, of: folder) { new.audiences = old.audiences }
      if new.note.isEmpty { new.note = old.note }
      if new.reading.isEmpty { new.reading = old.reading }
    }
    takeNotes()
    // `isPartial` describes a document, not the folder.
    for index in tables.lists.indices { tables.lists[index].isPartial = false }
    tables.departments = merged(
      merge.schema.departments, folder.departments, file.departments, renamed: renamed.departments
    ) { old, new in
      if let old, new.region.isEmpty || isRegion(new.region, of: old.regionIndex) { new.region = old.region }
      guard let old, old.id != new.id else { return }
      let names = [new.short, new.full, new.general] + new.aliases
      new = schema.departments.completed(old, from: new)
      EntriesMatchedByName.add(names, to: &new.aliases, besides: [old.id, old.short, old.full, old.general])
    }
    tables.approvals = merged(merge.schema.approvals, folder.approvals, file.approvals, renamed: renamed.approvals) {
      old, new in
      if let old, old.id != new.id {
        let names = [new.name] + new.aliases
        new = schema.approvals.completed(old, from: new)
        EntriesMatchedByName.add(names, to: &new.aliases, besides: [old.id, old.name])
        return
      }
      new.competent = renamed.departmentIDs[new.competent] ?? new.competent
      // The folder names the same department by another of its names.
      if let old, let competent = old.competentIndex, folder.departments[competent].id == new.competent {
        new.competent = old.competent
      }
    }
    tables.targets = merged(merge.schema.targets, folder.targets, file.targets) { old, new in
      if let old, isID(new.notice, of: old.noticeIndex) { new.notice = old.notice }
      if let old, old.audienceIndex.map({ folder.audiences[$0].id }) == file.audienceRegister.id(of: new.audience) {
        new.audience = old.audience
      }
    }
    tables.progress = merged(merge.schema.progress, folder.progress, file.progress) { _, _ in }
    tables.waivers = merged(merge.schema.waivers, folder.waivers, file.waivers) { _, _ in }
  }

  /// A list in CSV is read with the folder's registers; of a list that the folder has, it may bring another note.
  private mutating func takeNotes() {
    guard case .csv = merge.file.origin else { return }
    for (index, old) in merge.folder.lists.enumerated() {
      guard let note = merge.file.lists.first(where: { $0.id == old.id })?.note, !note.isEmpty, note != old.note else {
        continue
      }
      tables.lists[index].note = note
      let schema = merge.schema.lists
      changeRow(.lists, old.position.offset, from: schema.cells(of: old), to: schema.cells(of: tables.lists[index]))
    }
  }

  /// - Parameters:
  ///   - renamed: for rows of the file that the folder has under another id, the index of the folder's row.
  ///   - reconcile: adapts a row of the file to the folder's spelling, given the folder's row, if there is one.
  /// - Returns: the rows of the result.
  private mutating func merged<Row: TableRow>(
    _ schema: TableSchema<Row>, _ old: [Row], _ new: [Row], renamed: [Int: Int] = [:],
    _ reconcile: (Row?, inout Row) -> Void
  ) -> [Row] {
    let isList: Bool
    if case .csv = merge.file.origin { isList = true } else { isList = false }
    // A list in CSV is read with the folder's registers; only its list and audiences may be new.
    if isList, schema.kind != .lists, schema.kind != .audiences { return old }
    // A new folder gets the tables of the file unchanged, and the built-in ones that the file does not have.
    if merge.isNew, !isList, !new.isEmpty || merge.file.isWholeExport { return new.map(moved) }
    if merge.isMirror { return mirrored(schema, old, new) }

    var counter = ImportMerge.OccurrenceCounter()
    var indices: [ImportMerge.OccurrenceKey: Int] = [:]
    for (index, row) in old.enumerated() { indices[counter.nextKey(schema.key(of: row))] = index }
    counter = ImportMerge.OccurrenceCounter()

    var out = old
    var matched = Set<Int>()
    for (index, given) in new.enumerated() {
      var row = moved(given)
      let key = counter.nextKey(schema.key(of: row))
      guard let match = renamed[index] ?? indices[key] else {
        reconcile(nil, &row)
        out.append(row)
        addRow(schema.cells(of: row), to: schema.kind)
        continue
      }
      if isList { continue }
      matched.insert(match)
      // Two rows of the file may correspond to one of the folder, which then gets the values of both.
      let known = renamed[index] == nil ? old[match] : out[match]
      // The file may be without the optional columns; an empty cell of a column that it has is a value taken away.
      row = schema.completed(row, from: known) { !merge.file.hasColumn($0, of: schema.kind) }
      reconcile(known, &row)
      out[match] = row
    }
    if isList { return out }
    if holdsTable(schema.kind) {
      for (index, row) in old.enumerated() where !matched.contains(index) {
        let cells = schema.cells(of: row)
        keptRows.append(
          ImportPlan.KeptRow(
            table: schema.kind, id: cells[0], name: cells.dropFirst().first { !$0.isEmpty && $0 != cells[0] } ?? ""))
      }
    }
    for (row, new) in zip(old, out) {
      changeRow(schema.kind, row.position.offset, from: schema.cells(of: row), to: schema.cells(of: new))
    }
    return out
  }

  /// Whether the file has the table as a whole, so that a row that it does not have was left out there.
  private func holdsTable(_ kind: TableKind) -> Bool {
    guard !merge.isNew else { return false }
    if case .workbook = merge.file.origin { return merge.file.sources.contains { $0.columns[kind] != nil } }
    return merge.file.isWholeExport && !merge.file.lists.contains(where: \.isPartial)
  }

  /// The rows of the file, a complete export. A table that is not in the standard form keeps the order of its rows.
  private mutating func mirrored<Row: TableRow>(_ schema: TableSchema<Row>, _ old: [Row], _ new: [Row]) -> [Row] {
    var counter = ImportMerge.OccurrenceCounter()
    var indices: [ImportMerge.OccurrenceKey: Int] = [:]
    for (index, row) in old.enumerated() { indices[counter.nextKey(schema.key(of: row))] = index }
    counter = ImportMerge.OccurrenceCounter()
    var rows: [(row: Row, old: Int?)] = []
    var isKept = Set<Int>()
    for given in new {
      var row = moved(given)
      let match = indices[counter.nextKey(schema.key(of: row))]
      if let match {
        keepSpelling(schema, of: old[match], in: &row)
        isKept.insert(match)
        changeRow(
          schema.kind, old[match].position.offset, from: schema.cells(of: old[match]), to: schema.cells(of: row))
      } else {
        addRow(schema.cells(of: row), to: schema.kind)
      }
      rows.append((row, match))
    }
    for (index, row) in old.enumerated() where !isKept.contains(index) { removeRow(row, schema) }
    if !merge.standardTables.contains(schema.kind) {
      let count = old.count
      rows = rows.enumerated().sorted { ($0.element.old ?? count + $0.offset) < ($1.element.old ?? count + $1.offset) }
        .map(\.element)
    }
    return rows.map(\.row)
  }

  /// Where a row of the folder names the same row by another of its names, that name is kept.
  private func keepSpelling<Row: TableRow>(_ schema: TableSchema<Row>, of old: Row, in row: inout Row) {
    for field in schema.fields where field.resolved != nil {
      let written = field.write(old)
      guard written != .empty, merge.folder.canonicalValue(of: field, in: old) == field.write(row) else { continue }
      _ = field.read(written.cell, &row)
    }
  }

  /// Records that a row of the folder is removed.
  private mutating func removeRow<Row: TableRow>(_ row: Row, _ schema: TableSchema<Row>) {
    changes[schema.kind, default: TableChanges()].rows[row.position.offset] = .removed
    let cells = schema.cells(of: row)
    registers.append(
      ImportPlan.RegisterChange(
        table: schema.kind, id: cells[0], isNew: false, isRemoved: true,
        cells: cells.indices.filter { !cells[$0].isEmpty }.map {
          ImportPlan.RegisterChange.Cell(column: schema.columns[$0].name, before: cells[$0], after: "")
        }))
  }

  /// Records the changes of a row of the folder.
  private mutating func changeRow(_ kind: TableKind, _ start: Int, from before: [String], to cells: [String]) {
    let differing = cells.indices.filter { !before[$0].isExactly(cells[$0]) }
    if differing.isEmpty { return }
    let columns = merge.schema.columns(kind)
    changes[kind, default: TableChanges()].rows[start] = .changed(
      cells.indices.map { before[$0].isExactly(cells[$0]) ? nil : cells[$0] })
    registers.append(
      ImportPlan.RegisterChange(
        table: kind, id: cells[0], isNew: false,
        cells: differing.map {
          ImportPlan.RegisterChange.Cell(column: columns[$0].name, before: before[$0], after: cells[$0])
        }))
  }

  /// Records a new row.
  mutating func addRow(_ cells: [String], to kind: TableKind) {
    let columns = merge.schema.columns(kind)
    changes[kind, default: TableChanges()].appended.append(TableChanges.NewRow(cells: cells, from: nil))
    registers.append(
      ImportPlan.RegisterChange(
        table: kind, id: cells[0], isNew: true,
        cells: cells.indices.filter { !cells[$0].isEmpty }.map {
          ImportPlan.RegisterChange.Cell(column: columns[$0].name, before: "", after: cells[$0])
        }))
  }

  private func moved<Row: TableRow>(_ row: Row) -> Row {
    var row = row
    row.position = moved(row.position)
    return row
  }
}

extension Catalog {
  /// Whether a file that the catalog was read from has a column of a table. A document has none: an attribute that is not
  /// there may belong to a later version of the format.
  fileprivate func hasColumn(_ column: Column, of table: TableKind) -> Bool {
    guard let index = schema.columns(table).firstIndex(where: { $0.name == column.name }) else { return false }
    return sources.contains { source in
      guard source.csv != nil, let cells = source.columns[table], cells.indices.contains(index) else { return false }
      return cells[index] >= 0
    }
  }
}

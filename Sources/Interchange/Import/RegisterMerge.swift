import Catalog

/// The small tables of the folder with what the file says of them. A row of the file is the row of the folder that has its
/// id; a department or an approval that the folder has under another id is known by its names.
extension ImportMerge.Work {
  mutating func mergeRegisters() {
    let folder = merge.folder
    let file = merge.file
    let renamed = RenamedEntries(folder: folder, file: file)
    func named(_ notice: String, as index: Int?) -> Bool { index.map { folder.notices[$0].id == notice } ?? false }

    tables.notices = merged(merge.schema.notices, folder.notices, file.notices) { _, _ in }
    tables.lists = merged(merge.schema.lists, folder.lists, file.lists) { old, new in
      if let old, named(new.notice, as: old.noticeIndex) { new.notice = old.notice }
    }
    // What a table says of a part is nothing to keep.
    for index in tables.lists.indices { tables.lists[index].isPartial = false }
    tables.departments = merged(merge.schema.departments, folder.departments, file.departments, renamed: renamed.departments) { old, new in
      guard let old, old.id != new.id else { return }
      let names = [new.short, new.full, new.general] + new.aliases
      new = old
      RenamedEntries.add(names, to: &new.aliases, besides: [old.id, old.short, old.full, old.general])
    }
    tables.approvals = merged(merge.schema.approvals, folder.approvals, file.approvals, renamed: renamed.approvals) { old, new in
      if let old, old.id != new.id {
        let names = [new.name] + new.aliases
        new = old
        RenamedEntries.add(names, to: &new.aliases, besides: [old.id, old.name])
        return
      }
      new.competent = renamed.departmentIDs[new.competent] ?? new.competent
      // The same department under another of its names.
      if let old, let competent = old.competentIndex, folder.departments[competent].id == new.competent {
        new.competent = old.competent
      }
    }
    tables.targets = merged(merge.schema.targets, folder.targets, file.targets) { old, new in
      if let old, named(new.notice, as: old.noticeIndex) { new.notice = old.notice }
    }
    tables.progress = merged(merge.schema.progress, folder.progress, file.progress) { _, _ in }
    tables.waivers = merged(merge.schema.waivers, folder.waivers, file.waivers) { _, _ in }
  }

  /// - Parameters:
  ///   - renamed: For rows of the file that the folder has under another id, the folder's rows.
  ///   - reconcile: Puts a row of the file into the folder's words, given the folder's own row, if it has it.
  private mutating func merged<Row: TableRow>(
    _ schema: TableSchema<Row>, _ old: [Row], _ new: [Row], renamed: [Int: Int] = [:], _ reconcile: (Row?, inout Row) -> Void
  ) -> [Row] {
    let isList: Bool
    if case .csv = merge.file.origin { isList = true } else { isList = false }
    // A list in CSV has the registers of the folder; only a list of its own may be new.
    if isList, schema.kind != .lists { return old }
    // A new folder gets the tables that the file carries, as they are, else those that are built in.
    if merge.isNew, !isList, !new.isEmpty { return new.map(moved) }

    var turns = ImportMerge.OccurrenceCounter()
    var positions: [ImportMerge.Key: Int] = [:]
    for (index, row) in old.enumerated() { positions[turns.key(schema.key(of: row))] = index }
    turns = ImportMerge.OccurrenceCounter()

    var out = old
    for (index, given) in new.enumerated() {
      var row = moved(given)
      let key = turns.key(schema.key(of: row))
      guard let match = renamed[index] ?? positions[key] else {
        reconcile(nil, &row)
        out.append(row)
        enter(schema.kind, schema.cells(of: row))
        continue
      }
      if isList { continue }
      // Two rows of the file may be one of the folder's: the later adds to what the earlier said.
      reconcile(renamed[index] == nil ? old[match] : out[match], &row)
      out[match] = row
    }
    if isList { return out }
    for (row, new) in zip(old, out) {
      change(schema.kind, row.position.offset, from: schema.cells(of: row), to: schema.cells(of: new))
    }
    return out
  }

  /// Notes what changes in a row that the folder has.
  private mutating func change(_ kind: TableKind, _ start: Int, from before: [String], to cells: [String]) {
    let differing = cells.indices.filter { !before[$0].isExactly(cells[$0]) }
    if differing.isEmpty { return }
    let columns = merge.schema.columns(kind)
    changes[kind, default: TableChanges()].fates[start] = .changed(
      cells.indices.map { before[$0].isExactly(cells[$0]) ? nil : cells[$0] })
    registers.append(
      ImportPlan.RegisterChange(
        table: kind, id: cells[0], isNew: false,
        cells: differing.map {
          ImportPlan.RegisterChange.Cell(column: columns[$0].name, before: before[$0], after: cells[$0])
        }))
  }

  /// Notes a row that the folder does not have.
  mutating func enter(_ kind: TableKind, _ cells: [String]) {
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

/// Departments and approvals that another system has under an id of its own: entered beside the folder's, their names
/// would have two owners. They are told by a name that they share with one entry of the folder, and with one alone.
private struct RenamedEntries {
  /// The position in the folder by the position in the file.
  private(set) var departments: [Int: Int] = [:]
  private(set) var approvals: [Int: Int] = [:]
  /// The folder's id by the file's.
  private(set) var departmentIDs: [String: String] = [:]

  init(folder: Catalog, file: Catalog) {
    departments = RenamedEntries.found(
      file.departments.map { ($0.id, [$0.short, $0.full, $0.general] + $0.aliases) }, folder.departments.map(\.id),
      folder.departmentRegister)
    approvals = RenamedEntries.found(
      file.approvals.map { ($0.id, [$0.name] + $0.aliases) }, folder.approvals.map(\.id), folder.approvalRegister)
    for (index, counterpart) in departments {
      departmentIDs[file.departments[index].id] = folder.departments[counterpart].id
    }
  }

  private static func found(
    _ rows: [(id: String, names: [String])], _ ids: [String], _ register: Register
  ) -> [Int: Int] {
    let known = Set(ids)
    // An entry that the file has under its own id is no other's.
    let taken = Set(rows.map(\.id))
    var found: [Int: Int] = [:]
    for (index, row) in rows.enumerated() where !known.contains(row.id) {
      let owners = Set(row.names.compactMap { $0.isEmpty ? nil : register.owner(of: $0)?.index })
      if let owner = owners.first, owners.count == 1, !taken.contains(ids[owner]) { found[index] = owner }
    }
    return found
  }

  /// Adds the names that the entry does not have yet.
  static func add(_ names: [String], to aliases: inout [String], besides own: [String]) {
    for name in names where !name.isEmpty && !own.contains(name) && !aliases.contains(name) { aliases.append(name) }
  }
}

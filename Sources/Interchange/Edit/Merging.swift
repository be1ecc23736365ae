import Catalog
import Localization

extension EditDraft {
  mutating func mergeDepartments(_ names: [String], into target: String) throws(EditRefusal) {
    let rows = folder.departments
    let what = LocalizedText(zh: "部门", en: "department")
    let (merged, kept) = try entries(names, target, rows.map(\.id), what) { name throws(EditRefusal) in
      try department(name, what)
    }
    try requireDistinct { _ in
      nil
    } _: {
      merged.contains($0) ? kept : $0
    }
    let into = rows[kept]
    var aliases = into.aliases
    for index in merged {
      let row = rows[index]
      let old = [row.id, row.short, row.full, row.general] + row.aliases
      for name in old { try EditDraft.requireAlias(name) }
      EntriesMatchedByName.add(old, to: &aliases, besides: [into.id, into.short, into.full, into.general])
    }
    let schema = folder.schema.departments
    try takeCodes(.departments, rows, merged, into: kept, schema)
    setAliases(.departments, into, schema, from: into.aliases, to: aliases)
    for index in merged {
      remove(.departments, at: rows[index].position, rows[index].id, schema.cells(of: rows[index]))
    }
    let ids = Set(merged.map { rows[$0].id })
    follow(ids, to: into.id, in: .departments, isShared: Set(folder.approvals.map(\.id)))
    nameOnce(Set(merged), kept)
  }

  mutating func mergeApprovals(_ names: [String], into target: String) throws(EditRefusal) {
    let rows = folder.approvals
    let what = LocalizedText(zh: "单项事项", en: "approval")
    let ids = rows.map(\.id)
    let (merged, kept) = try entries(names, target, ids, what) { name throws(EditRefusal) in
      try entry(name, in: folder.approvalRegister, ids: ids, what)
    }
    try requireDistinct {
      merged.contains($0) ? kept : nil
    } _: {
      $0
    }
    let into = rows[kept]
    var aliases = into.aliases
    for index in merged {
      let old = [rows[index].id, rows[index].name] + rows[index].aliases
      for name in old { try EditDraft.requireAlias(name) }
      EntriesMatchedByName.add(old, to: &aliases, besides: [into.id, into.name])
    }
    let schema = folder.schema.approvals
    try takeCodes(.approvals, rows, merged, into: kept, schema)
    setAliases(.approvals, into, schema, from: into.aliases, to: aliases)
    for index in merged { remove(.approvals, at: rows[index].position, rows[index].id, schema.cells(of: rows[index])) }
    follow(Set(merged.map { rows[$0].id }), to: into.id, in: .approvals, isShared: Set(folder.departments.map(\.id)))
    nameApprovalOnce(Set(merged), kept)
  }

  /// Two approvals of one name stay apart as long as each has a competent department of its own.
  ///
  /// - Parameters:
  ///   - approval: the approval that another is merged into; nil for one that stays.
  ///   - department: the department that stays for another.
  private func requireDistinct(
    _ approval: (Int) -> Int?, _ department: (Int) -> Int
  ) throws(EditRefusal) {
    for conflict in folder.approvalRegister.shared {
      let (one, other) = (approval(conflict.first) ?? conflict.first, approval(conflict.second) ?? conflict.second)
      if one == other { continue }
      let competent = folder.approvals.map { $0.competentIndex.map(department) }
      // The items of one that is merged into another are recognised by the department that they had.
      let isRecognised = competent[one] == competent[conflict.first] && competent[other] == competent[conflict.second]
      guard !isRecognised || competent[one] == nil || competent[other] == nil || competent[one] == competent[other]
      else {
        continue
      }
      let (first, second) = (folder.approvals[one].id, folder.approvals[other].id)
      throw .content(
        zh:
          "合并后，名称“\(conflict.name)”指 \(first) 还是 \(second) 就分不清了：两条要各有办理它的主管部门。请先合并这两条：onevisit edit merge approval \(second) --into \(first)。",
        en:
          "after the merger it would be unclear whether “\(conflict.name)” means \(first) or \(second), which need "
          + "their own competent departments. Merge the two first: onevisit edit merge approval \(second) --into \(first)."
      )
    }
  }

  /// The entries that are merged, each once, and the one that stays.
  private func entries(
    _ names: [String], _ target: String, _ ids: [String], _ what: LocalizedText,
    find: (String) throws(EditRefusal) -> Int
  ) throws(EditRefusal) -> (merged: [Int], kept: Int) {
    let kept = try find(target)
    var merged: [Int] = []
    for name in names {
      let index = try find(name)
      if index == kept {
        throw .usage(
          zh: "“\(name)”和“\(target)”是同一个\(what.zh)（\(ids[kept])）。",
          en: "“\(name)” and “\(target)” are the same \(what.en) (\(ids[kept])).")
      }
      if !merged.contains(index) { merged.append(index) }
    }
    return (merged, kept)
  }

  mutating func setAliases<Row: TableRow>(
    _ table: TableKind, _ row: Row, _ schema: TableSchema<Row>, from old: [String], to new: [String]
  ) {
    guard let column = schema.columns.firstIndex(where: { $0.name == "aliases" }) else { return }
    let cells = schema.cells(of: row)
    set(table, at: row.position, cells[0], column: "aliases", from: cells[column], to: new.joined(separator: ";"))
  }

  // MARK: References by id

  /// Lets what names one of these ids name the entry that stays. Of waivers that would then be equal, one is kept.
  ///
  /// - Parameter isShared: the ids of the other register: a waiver of such an id may be about either.
  private mutating func follow(_ ids: Set<String>, to target: String, in register: TableKind, isShared: Set<String>) {
    for kind in TableKind.small {
      var finder = ReferenceFinder(register: register, ids: ids)
      try? folder.schema.visit(kind, of: folder.tables, &finder)
      for found in finder.found {
        set(kind, at: found.position, found.row, column: found.column, from: found.text, to: target)
      }
    }
    for (columns, table) in [
      (folder.schema.extraMatterColumns, TableKind.matters), (folder.schema.extraItemColumns, .items),
    ]
    where columns.contains(where: { $0.target == register }) {
      var cells: [ExtraCell] = []
      folder.forEachExtraCell(in: { $0.target == register }, where: { ids.contains($1) }) { cells.append($0) }
      for cell in cells where cell.table == table {
        set(
          table, at: cell.position, folder.id(ofRow: cell.row, in: table), column: cell.column.name, from: cell.text,
          to: target)
      }
    }
    let unused = register == .departments ? "unused-department" : "unused-approval"
    renameSubjects(dropping: { ids.contains($0.subject) && $0.rule == unused }) { subject in
      ids.contains(subject) && !isShared.contains(subject) ? target : subject
    }
  }

  /// Changes the subjects of waivers; a waiver that would then occur twice is removed, and so are those to drop.
  mutating func renameSubjects(dropping isDropped: (Waiver) -> Bool = { _ in false }, _ renamed: (String) -> String) {
    let schema = folder.schema.waivers
    var kept: Set<[String]> = []
    for waiver in folder.waivers where renamed(waiver.subject) == waiver.subject {
      kept.insert([waiver.rule, waiver.subject])
    }
    for waiver in folder.waivers {
      let subject = renamed(waiver.subject)
      if isDropped(waiver) || subject != waiver.subject && !kept.insert([waiver.rule, subject]).inserted {
        remove(.waivers, at: waiver.position, "\(waiver.rule) \(waiver.subject)", schema.cells(of: waiver))
      } else {
        set(
          .waivers, at: waiver.position, "\(waiver.rule) \(waiver.subject)", column: "subject", from: waiver.subject,
          to: subject)
      }
    }
  }

  // MARK: Cells that name both

  /// A cell that lists several of the merged departments lists one of them after that.
  private mutating func nameOnce(_ merged: Set<Int>, _ kept: Int) {
    var texts: [TextID: String] = [:]
    for column in [TextColumn.lead, .placeholder, .responsible] {
      for name in folder.names(column) {
        let printed = folder.printedDepartments(name)
        let entries = printed.entries.map { (name: $0.name, index: $0.department) }
        guard let left = EditDraft.once(entries, merged, kept) else { continue }
        // A cell with other separators or endings stays as it is printed.
        let text = folder.text(name)
        guard PrintedDepartments.printed(entries.map(\.name), choice: printed.choice) == text else { continue }
        texts[name] = PrintedDepartments.printed(left, choice: printed.choice)
      }
    }
    if texts.isEmpty { return }
    for matter in folder.matters {
      for (column, name) in [(MatterColumn.lead, matter.lead), (.placeholder, matter.placeholder)] {
        guard let text = texts[name], name.kind != .responsible else { continue }
        set(
          .matters, at: folder.position(matter), folder.id(matter), column: column.declaration.name,
          from: folder.text(name), to: text)
      }
    }
    for item in folder.items {
      guard let text = texts[item.responsible] else { continue }
      set(
        .items, at: folder.position(item, .matter), folder.id(item), column: ItemColumn.responsible.declaration.name,
        from: folder.text(item.responsible), to: text)
    }
  }

  /// An item that is a choice between merged approvals names one of them after that.
  private mutating func nameApprovalOnce(_ merged: Set<Int>, _ kept: Int) {
    var texts: [TextID: String] = [:]
    for name in folder.names(.itemName) where !name.isEmpty {
      let entries = folder.printedApprovals(name).entries.map { (name: $0.name, index: $0.approval) }
      guard let left = EditDraft.once(entries, merged, kept),
        entries.map(\.name).joined(separator: "/") == folder.text(name)
      else { continue }
      texts[name] = left.joined(separator: "/")
    }
    if texts.isEmpty { return }
    for item in folder.items {
      guard let text = texts[item.name] else { continue }
      set(
        .items, at: folder.position(item, .matter), folder.id(item), column: ItemColumn.name.declaration.name,
        from: folder.text(item.name), to: text)
    }
  }

  /// The names that are left in a cell, of the merged entries and the kept one only one: the kept one, or the first. Nil if
  /// the cell names at most one of them.
  private static func once(_ entries: [(name: String, index: Int?)], _ merged: Set<Int>, _ kept: Int) -> [String]? {
    func isConcerned(_ index: Int?) -> Bool { index.map { $0 == kept || merged.contains($0) } ?? false }
    let concerned = entries.filter { isConcerned($0.index) }
    guard concerned.count > 1, concerned.contains(where: { $0.index != kept }) else { return nil }
    let name = (concerned.first { $0.index == kept } ?? concerned[0]).name
    var isNamed = false
    return entries.compactMap { entry in
      guard isConcerned(entry.index) else { return entry.name }
      if isNamed { return nil }
      isNamed = true
      return name
    }
  }
}

/// Finds the cells of a small table that refer to a register by one of these ids.
private struct ReferenceFinder: TableVisitor {
  let register: TableKind
  let ids: Set<String>
  var found: [(position: SourcePosition, row: String, column: String, text: String)] = []

  mutating func visit<Row: TableRow>(_ rows: [Row], _ schema: TableSchema<Row>) {
    for field in schema.fields where field.column.target == register {
      for row in rows {
        let text = field.write(row).cell
        if ids.contains(text) { found.append((row.position, schema.cells(of: row)[0], field.column.name, text)) }
      }
    }
  }
}

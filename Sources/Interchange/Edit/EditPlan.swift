import Catalog
import Localization

/// The cells that an edit of a catalog folder changes. `FolderEdit` writes it.
///
/// ```swift
/// let plan = try EditPlan(.renameDepartment("市医保局", to: "市医疗保障局"), of: folder)
/// for change in plan.cells { print(change.file, change.address ?? "", change.column.name) }
/// ```
package struct EditPlan: Sendable {
  /// A cell that changes.
  package struct CellChange: Sendable, Hashable {
    package var file: String
    /// Its address in a spreadsheet, `K15`; nil if the file is no table.
    package var address: String?
    package var table: TableKind
    /// What names the row: a matter's or an item's id, the id of a register entry, rule and subject of a waiver.
    package var row: String
    package var column: Column
    package var before: String
    /// Nil if the row is removed.
    package var after: String?
  }

  package let folder: Catalog
  /// In the order of the tables and their rows.
  package let cells: [CellChange]
  let changes: [TableKind: TableChanges]

  /// - Parameter folder: the catalog of a folder.
  /// - Throws: why the edit cannot be made.
  package init(_ edit: CatalogEdit, of folder: Catalog) throws(EditRefusal) {
    var draft = EditDraft(folder)
    switch edit {
    case .withdraw(let matter, let day, let basis): try draft.withdraw(matter, on: day, basis: basis)
    case .merge(.departments, let names, let target): try draft.mergeDepartments(names, into: target)
    case .merge(.approvals, let names, let target): try draft.mergeApprovals(names, into: target)
    case .renameDepartment(let name, let newName): try draft.renameDepartment(name, to: newName)
    case .moveItem(let item, let matter): try draft.moveItem(item, to: matter)
    }
    self.folder = folder
    cells = draft.sortedCells
    changes = draft.changes
  }
}

/// Collects the changes of an edit.
struct EditDraft {
  let folder: Catalog
  private(set) var changes: [TableKind: TableChanges] = [:]
  private var cells: [(position: SourcePosition, change: EditPlan.CellChange)] = []
  private let locator: Locator

  init(_ folder: Catalog) {
    self.folder = folder
    locator = Locator(folder)
  }

  var sortedCells: [EditPlan.CellChange] {
    cells.sorted { ($0.change.table, $0.position) < ($1.change.table, $1.position) }.map(\.change)
  }

  /// Changes a cell, unless it holds the text already.
  ///
  /// - Parameters:
  ///   - row: the position of the row or one of its cells.
  ///   - column: the name of the column.
  mutating func set(
    _ table: TableKind, at row: SourcePosition, _ name: String, column: String, from before: String, to after: String
  ) {
    let columns = folder.schema.columns(table)
    guard let index = columns.firstIndex(where: { $0.name == column }), !before.isExactly(after) else { return }
    var texts = [String?](repeating: nil, count: columns.count)
    if case .changed(let known)? = changes[table]?.rows[row.offset] { texts = known }
    texts[index] = after
    changes[table, default: TableChanges()].rows[row.offset] = .changed(texts)
    list(table, row.cell(index), name, columns[index], before, after)
  }

  /// Removes a row.
  ///
  /// - Parameter texts: its cells, in the order of the columns.
  mutating func remove(_ table: TableKind, at row: SourcePosition, _ name: String, _ texts: [String]) {
    changes[table, default: TableChanges()].rows[row.offset] = .removed
    for (index, column) in folder.schema.columns(table).enumerated() where !texts[index].isEmpty {
      list(table, row.cell(index), name, column, texts[index], nil)
    }
  }

  /// Moves a row of the items table behind another, with some cells changed.
  ///
  /// - Parameters:
  ///   - anchor: the offset of the row that it follows.
  ///   - texts: the new texts by column; the other cells are copied.
  mutating func moveRow(of item: Item, behind anchor: Int, _ texts: [ItemColumn: String]) {
    let row = folder.position(item, .matter)
    let columns = folder.schema.columns(.items)
    var cells = [String?](repeating: nil, count: columns.count)
    for column in ItemColumn.allCases {
      guard let text = texts[column], !folder.text(item, column).isExactly(text) else { continue }
      cells[column.rawValue] = text
      list(
        .items, row.cell(column.rawValue), folder.id(item), columns[column.rawValue], folder.text(item, column), text)
    }
    changes[.items, default: TableChanges()].rows[row.offset] = .removed
    changes[.items, default: TableChanges()].inserted[anchor, default: []].append(
      TableChanges.NewRow(cells: cells, from: row.offset))
  }

  private mutating func list(
    _ table: TableKind, _ position: SourcePosition, _ row: String, _ column: Column, _ before: String, _ after: String?
  ) {
    let location = locator.locate(position)
    cells.append(
      (
        position,
        EditPlan.CellChange(
          file: location?.file ?? table.fileName, address: location?.cell, table: table, row: row, column: column,
          before: before, after: after)
      ))
  }
}

// MARK: Look-ups

extension EditDraft {
  /// The one matter with this id.
  func matter(_ id: String) throws(EditRefusal) -> Matter {
    guard let matter = folder.matter(id: id) else {
      let nearest = folder.matterID(writtenAs: id)
      throw .usage(
        zh: "目录中没有事项 \(id)。\(nearest.map { "是不是 \($0)？" } ?? "")全部编号见 `onevisit list`。",
        en: "there is no matter \(id) in the catalog.\(nearest.map { " Did you mean \($0)?" } ?? "") "
          + "`onevisit list` lists all ids.")
    }
    if folder.matters.contains(where: { $0.id == matter.id && $0.index != matter.index }) {
      throw .content(
        zh: "有两行的标识是 \(id)，不知道指哪一行。请先用 `onevisit validate` 查明并改正。",
        en:
          "two rows have the id \(id), so it is not known which one is meant. Correct this first; `onevisit validate` "
          + "shows both.")
    }
    return matter
  }

  /// The index of the register entry with this name, whose id no other entry has.
  func entry(_ name: String, in register: Register, ids: [String], _ what: LocalizedText) throws(EditRefusal) -> Int {
    guard let owner = register.owner(of: name.trimmingBlanks) else {
      let nearest = NearestName(register).nearest(to: name)
      throw .usage(
        zh: "登记表中没有\(what.zh)“\(name)”。\(nearest.map { "是不是“\($0)”？" } ?? "")",
        en: "no \(what.en) called “\(name)”.\(nearest.map { " Did you mean “\($0)”?" } ?? "")")
    }
    try EditDraft.requireOnce(ids[owner.index], ids)
    return owner.index
  }

  private static func requireOnce(_ id: String, _ ids: [String]) throws(EditRefusal) {
    guard ids.count(where: { $0 == id }) > 1 else { return }
    throw .content(
      zh: "登记表中有两行的标识是 \(id)。请先用 `onevisit validate` 查明并改正。",
      en: "two rows of the register have the id \(id). Correct this first; `onevisit validate` shows both.")
  }

  /// The index of the department with this name, or the only one that has it as a part of a name.
  func department(_ name: String, _ what: LocalizedText) throws(EditRefusal) -> Int {
    let ids = folder.departments.map(\.id)
    switch folder.search(department: name.trimmingBlanks) {
    case .found(let index):
      try EditDraft.requireOnce(ids[index], ids)
      return index
    case .unknown: return try entry(name, in: folder.departmentRegister, ids: ids, what)
    case .ambiguous(let candidates):
      throw .usage(
        zh: "“\(name)”可以指 \(candidates.count) 个部门：\(NameSearch<Int>.listing(candidates, separator: "、"))。请写得更全。",
        en:
          "“\(name)” may mean \(candidates.count) departments: \(NameSearch<Int>.listing(candidates, separator: ", ")). "
          + "Give more of the name.")
    }
  }

  /// - Throws: if a text of the command line has a character that does not belong in a cell: a control character, a line
  ///   break, one without a shape, or a byte that is not UTF-8.
  static func requirePlainText(_ text: String, of what: LocalizedText) throws(EditRefusal) {
    guard let hidden = text.unicodeScalars.first(where: VisibleText.isHidden) else { return }
    let shown = VisibleText.picture(hidden)
    throw .usage(
      zh: "\(what.zh)中有不能放进单元格的字符（\(shown)）：换行、控制字符、看不见的字符或不是 UTF-8 的字节。请去掉。",
      en: "\(what.en) has a character that does not belong in a cell (\(shown)): a line break, a control character, an "
        + "invisible one, or a byte that is not UTF-8. Remove it.")
  }

  /// - Throws: if a name cannot be one of several in a cell.
  static func requireAlias(_ name: String) throws(EditRefusal) {
    if name.isEmpty || ValueForm.names(name) == [name] { return }
    throw .content(
      zh: "名称“\(name)”中有分隔符（; 或 |），不能作为别名保留。请先改掉。",
      en: "the name “\(name)” has a separator (; or |) in it and cannot be kept as an alias. Change it first.")
  }
}

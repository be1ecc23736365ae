import Catalog
import Localization

/// A rule whose findings may have one cause, and the table that the cause is in if it is not the column itself.
struct CauseGroup: Sendable {
  let rule: String
  /// The table in which the values are looked up; nil if the column alone is wrong.
  let target: TableKind?
  /// The table whose rows are missing.
  let lost: TableKind?

  /// In the order in which they are looked at: the earlier explains the later.
  static let all: [CauseGroup] = [
    CauseGroup(rule: "malformed-value", target: nil, lost: nil),
    CauseGroup(rule: "missing-value", target: nil, lost: nil),
    CauseGroup(rule: "unknown-list", target: .lists, lost: .lists),
    CauseGroup(rule: "orphan-item", target: .matters, lost: .matters),
    CauseGroup(rule: "unknown-department", target: .departments, lost: .departments),
    CauseGroup(rule: "unknown-approval", target: .approvals, lost: .approvals),
    CauseGroup(rule: "unknown-matter", target: .matters, lost: .matters),
    CauseGroup(rule: "unused-approval", target: nil, lost: .items),
    CauseGroup(rule: "nothing-shared", target: nil, lost: .items),
    CauseGroup(rule: "contradictory-reference", target: nil, lost: nil),
    CauseGroup(rule: "unreadable-deadline", target: nil, lost: nil),
  ]
}

/// A column that has findings of one rule at most of its rows.
struct ColumnCause {
  private let catalog: Catalog
  private let key: FindingColumn
  private let found: FindingGroup
  private let rule: Rule
  /// The column of the table that holds the values which this one should hold.
  private let partner: Column?
  /// The table that has lost rows.
  private let lost: TableKind?

  /// - Parameter isRegister: the register is known to be the cause.
  init(
    _ catalog: Catalog, _ group: CauseGroup, _ key: FindingColumn, _ found: FindingGroup, _ rule: Rule,
    isRegister: Bool = false
  ) {
    self.catalog = catalog
    self.key = key
    self.found = found
    self.rule = rule
    partner =
      isRegister ? nil : group.target.flatMap { catalog.column(of: key.table, holding: $0, otherThan: key.column) }
    var lost = partner == nil ? group.lost : nil
    // A document without its registers contradicts them in every reference.
    if group.rule == "contradictory-reference" {
      lost = catalog.departments.isEmpty ? .departments : catalog.approvals.isEmpty ? .approvals : nil
    }
    self.lost = lost
  }

  private var column: Column? {
    let columns = catalog.schema.columns(key.table)
    return key.column.flatMap { columns.indices.contains($0) ? columns[$0] : nil }
  }

  /// Whether another table has lost rows.
  var isRegister: Bool { lost != nil }

  /// The column itself.
  var ownDamage: [CatalogField] { [column].compactMap { $0 }.map { CatalogField(key.table, $0.name) } }

  /// What cannot be relied on.
  var damage: [CatalogField] {
    if let lost { return [CatalogField(lost)] }
    return [column, partner].compactMap { $0 }.map { CatalogField(key.table, $0.name) }
  }

  private var position: SourcePosition {
    if let lost { return catalog.position(ofTable: lost, from: found.first.first?.position) }
    return catalog.position(ofColumn: key.column, in: key.table)
  }

  /// The finding, with the message of the first row.
  func draft(_ first: LocalizedText) -> FindingDraft {
    let name = column.map(Phrase.column) ?? LocalizedText(zh: "各行", en: "the rows")
    let count = found.count
    var message: LocalizedText
    var fix: LocalizedText
    if let lost {
      let file = catalog.fileName(ofTable: lost)
      message = LocalizedText(
        zh: "\(file) 可能缺了许多行：\(key.table.fileName) 有 \(count) 行与它对不上。第一处：\(first.zh)",
        en:
          "\(file) has probably lost rows: \(count) rows of \(key.table.fileName) do not agree with it. The first: \(first.en)"
      )
      fix = LocalizedText(
        zh: "用较早的备份补回缺少的行；若这些名称确实从未登记，可用 onevisit import --add-unknown 补登记。",
        en: "Restore the missing rows from an earlier copy; names that were never registered are added by "
          + "`onevisit import --add-unknown`.")
    } else if let partner {
      let other = Phrase.column(partner)
      message = LocalizedText(
        zh: "\(name.zh)与\(other.zh)两列似乎对调了：有 \(count) 行不是应有的内容。第一处：\(first.zh)",
        en: "the columns \(name.en) and \(other.en) seem to be exchanged: \(count) rows do not hold what they should. "
          + "The first: \(first.en)")
      fix = LocalizedText(zh: "改正表头，或把两列内容换回来。", en: "Correct the header, or exchange the two columns again.")
    } else {
      message = LocalizedText(
        zh: "\(name.zh)整列有误，共 \(count) 行：\(rule.title.zh)。第一处：\(first.zh)",
        en: "the whole column \(name.en) is wrong, in \(count) rows: \(rule.title.en). The first: \(first.en)")
      fix = LocalizedText(
        zh: "核对表头是否写错、列是否错位，再改正整列。",
        en: "Check whether the header is wrong or the columns are shifted; then correct the column as a whole.")
    }
    return FindingDraft(
      rule: 0, order: 0, subject: .table(lost ?? key.table), position: position, message: message, fix: fix,
      related: found.first, waiver: nil)
  }
}

/// Which of the names that a rule has reported mean the same entry, without comparing each with all others.
struct RelatedNames {
  private let stems: [String]
  private var namesOfStem: [String: [Int]] = [:]
  private let identifiers: [Int]

  init(_ names: [String]) {
    stems = names.map(NameCause.stem)
    identifiers = names.indices.filter { NameCause.isIdentifier(names[$0]) }
    for (index, stem) in stems.enumerated() { namesOfStem[stem, default: []].append(index) }
  }

  /// The names like one of them, in order; with all ids if it is the one with the most findings.
  func names(like index: Int, isLargest: Bool) -> [Int] {
    let like = namesOfStem[stems[index]] ?? []
    return isLargest ? Set(like + identifiers).sorted() : like
  }
}

/// A name in many cells that its register does not have.
struct NameCause {
  let catalog: Catalog
  let group: CauseGroup
  let name: String
  /// Other names of the same entry.
  let others: [String]
  let found: FindingGroup
  let count: Int

  init(_ catalog: Catalog, _ group: CauseGroup, _ name: String, others: [String], _ found: FindingGroup, count: Int) {
    self.catalog = catalog
    self.group = group
    self.name = name
    self.others = others
    self.found = found
    self.count = count
  }

  /// What the names of one department have in common: 公安 of 市公安局 and 公安部门.
  static func stem(_ name: String) -> String {
    var stem = Substring(name)
    if stem.hasSuffix("部门") { return String(stem.dropLast(2)) }
    if stem.count > 2, let first = stem.first, "市县区省".contains(first) { stem = stem.dropFirst() }
    if let last = stem.last, stem.count > 2, "局委办".contains(last) { stem = stem.dropLast() }
    return String(stem)
  }

  static func isIdentifier(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.allSatisfy { $0 < 0x80 && $0 > 0x20 } && name.utf8.contains { $0 >= 0x61 && $0 <= 0x7A }
  }

  func draft(_ first: LocalizedText) -> FindingDraft {
    let quoted = ([name] + others).prefix(3).map(Phrase.quoted).joined(separator: "”“")
    var subject: Subject
    var position: SourcePosition
    var message: LocalizedText
    if let target = group.target {
      let file = catalog.fileName(ofTable: target)
      subject = .table(target)
      position = catalog.position(ofTable: target)
      message = LocalizedText(
        zh: "\(file) 中没有“\(quoted)”，而有 \(count) 格写的是它\(others.isEmpty ? "" : "们")。第一处：\(first.zh)",
        en: "\(file) has no “\(quoted)”, which \(count) cells name. The first: \(first.en)")
    } else {
      // A matter that others include: the defect is in its own items.
      let matter = catalog.matter(id: name)
      subject = matter.map { .matter($0.index) } ?? .table(.matters)
      position = matter.map { catalog.position($0, .id) } ?? catalog.position(ofTable: .matters)
      message = LocalizedText(
        zh: "\(quoted) 没有标为共享的关联事项，\(count) 项包含它的事项因此缺少共享事项。第一处：\(first.zh)",
        en:
          "\(quoted) has no item marked as shared, so that \(count) matters lose their shared items. The first: \(first.en)"
      )
    }
    return FindingDraft(
      rule: 0, order: 0, subject: subject, position: position, message: message, fix: nil, related: found.first,
      waiver: nil)
  }
}

extension Catalog {
  /// The file that holds a table, as a whole.
  ///
  /// - Parameter user: a position of what refers to the table; its file is named if the table has none.
  func position(ofTable table: TableKind, from user: SourcePosition? = nil) -> SourcePosition {
    let source = sources.firstIndex { $0.columns[table] != nil } ?? user?.source
    return source.map { $0 < 0 ? .none : .file(source: $0, table: table) } ?? .none
  }

  func fileName(ofTable table: TableKind) -> String {
    sources.first { $0.columns[table] != nil }?.file ?? table.fileName
  }

  /// The header cell of a column; the file where it has none.
  func position(ofColumn column: Int?, in table: TableKind) -> SourcePosition {
    guard let source = sources.firstIndex(where: { $0.columns[table] != nil }), let csv = sources[source].csv,
      let column,
      let columns = sources[source].columns[table], columns.indices.contains(column),
      csv.headerCells.indices.contains(columns[column])
    else { return position(ofTable: table) }
    return .byte(source: source, table: table, offset: csv.headerCells[columns[column]].written)
  }

  /// A column of a large table, other than `column`, most of whose distinct texts are found in `target`.
  fileprivate func column(of table: TableKind, holding target: TableKind, otherThan column: Int?) -> Column? {
    let candidates: [(TextColumn, Int)]
    switch table {
    case .matters:
      candidates = [
        (.matterName, MatterColumn.name.rawValue), (.lead, MatterColumn.lead.rawValue),
        (.deadline, MatterColumn.deadline.rawValue), (.remark, MatterColumn.remark.rawValue),
        (.audience, MatterColumn.audience.rawValue), (.list, MatterColumn.list.rawValue),
      ]
    case .items:
      candidates = [
        (.itemName, ItemColumn.name.rawValue), (.responsible, ItemColumn.responsible.rawValue),
        (.itemMatter, ItemColumn.matter.rawValue),
      ]
    default: return nil
    }
    for (kind, index) in candidates where index != column {
      let texts = names(kind).lazy.filter { !$0.isEmpty }.prefix(200).map { self.text($0) }
      let found = texts.count { holds($0, in: target) }
      if found > 0, found * 2 > texts.count { return schema.columns(table)[index] }
    }
    return nil
  }

  private func holds(_ text: String, in target: TableKind) -> Bool {
    switch target {
    case .departments:
      text.split { "、,，/ ".contains($0) }.contains { departmentRegister.owner(of: String($0)) != nil }
    case .approvals: approvalRegister.owner(of: text) != nil
    case .lists: lists.contains { $0.id == text || $0.title == text || $0.annex == text }
    case .matters: matter(id: text) != nil
    default: false
    }
  }
}

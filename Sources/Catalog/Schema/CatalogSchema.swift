import Localization

/// The columns of every table of a catalog. `standard` has the declared ones; a catalog may have more.
package struct CatalogSchema: Sendable {
  package var notices = Notice.schema
  package var regions = Region.schema
  package var audiences = Audience.schema
  package var lists = MatterList.schema
  package var departments = Department.schema
  package var approvals = Approval.schema
  package var targets = Target.schema
  package var progress = Progress.schema
  package var waivers = Waiver.schema
  /// Columns of the large tables whose values are kept beside the rows: a further column of matters or items is declared
  /// here, unless it gets a case in `LargeTableColumns.swift`. Their index is the one that `Catalog.extra` takes.
  package var extraMatterColumns: [Column] =
    Withdrawal.columns + [
      Column(
        "stage", zh: "生命周期阶段", .text,
        about: LocalizedText(
          zh: "所处的生命周期阶段，按原文，如企业准入退出；清单没有这一栏则空。",
          en: "Stage of the life cycle as printed, such as 企业准入退出; empty if the list has no such column.")),
      Column(
        "theme", zh: "主题", .text,
        about: LocalizedText(
          zh: "所属主题，按原文；清单没有这一栏则空。", en: "Theme as printed; empty if the list has no such column.")),
    ]
  package var extraItemColumns: [Column] = ItemMarks.columns

  package init() {}

  package static let standard = CatalogSchema()

  private static let matterColumns = MatterColumn.allCases.map(\.declaration)
  private static let itemColumns = ItemColumn.allCases.map(\.declaration)

  /// The columns of a table in the order in which they are written.
  package func columns(_ kind: TableKind) -> [Column] {
    switch kind {
    case .matters: CatalogSchema.matterColumns + extraMatterColumns
    case .items: CatalogSchema.itemColumns + extraItemColumns
    case .notices: notices.columns
    case .regions: regions.columns
    case .audiences: audiences.columns
    case .lists: lists.columns
    case .departments: departments.columns
    case .approvals: approvals.columns
    case .targets: targets.columns
    case .progress: progress.columns
    case .waivers: waivers.columns
    }
  }

  /// The columns that name a row of a table.
  package func key(_ kind: TableKind) -> [String] {
    switch kind {
    case .matters: ["id"]
    case .items: ["matter", "number"]
    case .notices: notices.key
    case .regions: regions.key
    case .audiences: audiences.key
    case .lists: lists.key
    case .departments: departments.key
    case .approvals: approvals.key
    case .targets: targets.key
    case .progress: progress.key
    case .waivers: waivers.key
    }
  }

  /// What a table holds.
  package func about(_ kind: TableKind) -> LocalizedText {
    switch kind {
    case .matters: MatterColumn.about
    case .items: ItemColumn.about
    case .notices: notices.about
    case .regions: regions.about
    case .audiences: audiences.about
    case .lists: lists.about
    case .departments: departments.about
    case .approvals: approvals.about
    case .targets: targets.about
    case .progress: progress.about
    case .waivers: waivers.about
    }
  }
}

extension CatalogSchema {
  /// Names that formats use for something else in the rows of a table.
  private static let reserved: [TableKind: Set<String>] = [
    .matters: [
      "matter", "item", "items", "item_name", "responsible", "due", "shared", "shared_from", "status", "extra", "hash",
    ],
    .items: ["approvals", "due", "shared_from", "sharedFrom", "extra"], .lists: ["partial"],
  ]

  /// Adds columns that a catalog has besides the declared ones. A column whose name or title another has is left out, and
  /// so are all of waivers, whose element in a document holds a text only.
  package mutating func add(_ further: [Column], to kind: TableKind) {
    let known = Set(columns(kind).map(\.name))
    for column in further where !known.contains(column.name) && accepts(column, in: kind) {
      switch kind {
      case .matters: extraMatterColumns.append(column)
      case .items: extraItemColumns.append(column)
      case .notices: notices.fields.append(.extra(column))
      case .regions: regions.fields.append(.extra(column))
      case .audiences: audiences.fields.append(.extra(column))
      case .lists: lists.fields.append(.extra(column))
      case .departments: departments.fields.append(.extra(column))
      case .approvals: approvals.fields.append(.extra(column))
      case .targets: targets.fields.append(.extra(column))
      case .progress: progress.fields.append(.extra(column))
      case .waivers: break
      }
    }
  }

  private func accepts(_ column: Column, in kind: TableKind) -> Bool {
    guard kind != .waivers, !column.name.isEmpty, column.name.unicodeScalars.count <= 64,
      CatalogSchema.reserved[kind]?.contains(column.name) != true
    else { return false }
    return documentColumns(kind).allSatisfy { known in
      let names = [known.name, known.title, known.documentName, known.xmlName ?? known.name]
      return !names.contains(column.name) && !names.contains(column.title) && !names.contains(column.documentName)
    }
  }
}

/// Does something with each row of a small table, whatever its type.
package protocol TableVisitor {
  mutating func visit<Row: TableRow>(_ rows: [Row], _ schema: TableSchema<Row>) throws
}

extension CatalogSchema {
  /// Shows a small table to a visitor; the large ones have none.
  package func visit(_ kind: TableKind, of tables: CatalogTables, _ visitor: inout some TableVisitor) throws {
    switch kind {
    case .matters, .items: break
    case .notices: try visitor.visit(tables.notices, notices)
    case .regions: try visitor.visit(tables.regions, regions)
    case .audiences: try visitor.visit(tables.audiences, audiences)
    case .lists: try visitor.visit(tables.lists, lists)
    case .departments: try visitor.visit(tables.departments, departments)
    case .approvals: try visitor.visit(tables.approvals, approvals)
    case .targets: try visitor.visit(tables.targets, targets)
    case .progress: try visitor.visit(tables.progress, progress)
    case .waivers: try visitor.visit(tables.waivers, waivers)
    }
  }

  /// Reads a row of a small table and adds it.
  package func read(
    _ cells: [String?], into tables: inout CatalogTables, _ kind: TableKind, at position: SourcePosition,
    report: (ReadingIssue.Kind, Int) -> Void
  ) {
    switch kind {
    case .matters, .items: break
    case .notices: tables.notices.append(notices.read(cells, at: position, report: report))
    case .regions: tables.regions.append(regions.read(cells, at: position, report: report))
    case .audiences: tables.audiences.append(audiences.read(cells, at: position, report: report))
    case .lists: tables.lists.append(lists.read(cells, at: position, report: report))
    case .departments: tables.departments.append(departments.read(cells, at: position, report: report))
    case .approvals: tables.approvals.append(approvals.read(cells, at: position, report: report))
    case .targets: tables.targets.append(targets.read(cells, at: position, report: report))
    case .progress: tables.progress.append(progress.read(cells, at: position, report: report))
    case .waivers: tables.waivers.append(waivers.read(cells, at: position, report: report))
    }
  }
}

extension CatalogSchema {
  /// The columns that a table is written with (`Column.isOmittedWhenEmpty`).
  package func written(_ kind: TableKind, of tables: CatalogTables) -> [Column] {
    let columns = columns(kind)
    guard columns.contains(where: \.isOmittedWhenEmpty) else { return columns }
    var visitor = WrittenColumns()
    try? visit(kind, of: tables, &visitor)
    return visitor.columns
  }

  /// The schema without the columns that the tables are not written with.
  package func written(of tables: CatalogTables) -> CatalogSchema {
    var schema = self
    schema.departments.fields = departments.written(tables.departments)
    schema.approvals.fields = approvals.written(tables.approvals)
    return schema
  }

  /// The columns of the tables of the built-in catalog and of an empty folder.
  package static let shipped = standard.written(of: CatalogTables())

  /// The schema without the columns of registers that are not kept.
  package func keeping(_ isKept: (Column, TableKind) -> Bool) -> CatalogSchema {
    var schema = self
    schema.departments.fields.removeAll { !isKept($0.column, .departments) }
    schema.approvals.fields.removeAll { !isKept($0.column, .approvals) }
    return schema
  }

  private struct WrittenColumns: TableVisitor {
    var columns: [Column] = []

    mutating func visit<Row: TableRow>(_ rows: [Row], _ schema: TableSchema<Row>) {
      columns = schema.written(rows).map(\.column)
    }
  }
}

/// The small tables of a catalog.
package struct CatalogTables: Sendable {
  package var notices: [Notice] = []
  package var regions: [Region] = []
  package var audiences: [Audience] = []
  package var lists: [MatterList] = []
  package var departments: [Department] = []
  package var approvals: [Approval] = []
  package var targets: [Target] = []
  package var progress: [Progress] = []
  package var waivers: [Waiver] = []

  package init() {}
}

extension CatalogSchema {
  /// The columns of a table, then the values that only documents have.
  package func documentColumns(_ kind: TableKind) -> [Column] {
    switch kind {
    case .matters, .items: columns(kind)
    case .notices: notices.documentColumns
    case .regions: regions.documentColumns
    case .audiences: audiences.documentColumns
    case .lists: lists.documentColumns
    case .departments: departments.documentColumns
    case .approvals: approvals.documentColumns
    case .targets: targets.documentColumns
    case .progress: progress.documentColumns
    case .waivers: waivers.documentColumns
    }
  }
}

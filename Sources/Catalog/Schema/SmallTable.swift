import Synchronization

/// A small table by columns, whatever the type of its rows: what looks at the texts of every table reads them here. The
/// values of a column are made when they are first asked for; those of a table with many rows are not kept, so that only
/// one column of it is in memory at a time.
package final class SmallTable: Sendable {
  package let kind: TableKind
  package let columns: [Column]
  package let rowCount: Int
  private let values: @Sendable (Int) -> [CellValue]
  private let unresolved: @Sendable (Int) -> [Int]?
  private let rowPosition: @Sendable (Int) -> SourcePosition
  private let known: Mutex<[[CellValue]?]>

  /// With more rows than this, values are made each time they are asked for.
  private static let keptRows = 5000

  init<Row: TableRow>(_ rows: [Row], _ schema: TableSchema<Row>) {
    kind = schema.kind
    columns = schema.columns
    rowCount = rows.count
    let fields = schema.fields
    values = { fields[$0].values(rows) }
    unresolved = { fields[$0].unresolved(rows) }
    rowPosition = { rows[$0].position }
    known = Mutex([[CellValue]?](repeating: nil, count: fields.count))
  }

  /// The values of a column, by rows.
  package func values(ofColumn column: Int) -> [CellValue] {
    guard rowCount <= SmallTable.keptRows else { return values(column) }
    return known.withLock { known in
      if let values = known[column] { return values }
      let new = values(column)
      known[column] = new
      return new
    }
  }

  /// The rows in which a reference leads to no row of its table; nil for a column that is no reference, or one whose texts
  /// have to be looked up.
  package func unresolvedRows(ofColumn column: Int) -> [Int]? { unresolved(column) }

  package func position(row: Int, column: Int) -> SourcePosition { rowPosition(row).cell(column) }
}

extension Catalog {
  /// A small table by columns; nil for matters and items.
  package func smallTable(_ kind: TableKind) -> SmallTable? {
    switch kind {
    case .matters, .items: nil
    case .notices: SmallTable(tables.notices, schema.notices)
    case .regions: SmallTable(tables.regions, schema.regions)
    case .audiences: SmallTable(tables.audiences, schema.audiences)
    case .lists: SmallTable(tables.lists, schema.lists)
    case .departments: SmallTable(tables.departments, schema.departments)
    case .approvals: SmallTable(tables.approvals, schema.approvals)
    case .targets: SmallTable(tables.targets, schema.targets)
    case .progress: SmallTable(tables.progress, schema.progress)
    case .waivers: SmallTable(tables.waivers, schema.waivers)
    }
  }
}

import Catalog

/// Compares rows cell by cell: the small tables, and the further columns of the large ones.
enum CellComparison {
  typealias FieldChange = CatalogComparison.FieldChange
  typealias RowChange = CatalogComparison.RowChange

  /// The differences of further columns; a cell that could not be read counts as empty.
  ///
  /// - Parameter rows: the positions of the rows, whose table determines how many declared columns come first.
  static func extras(
    _ columns: [Column], _ cells: [(String?, String?)], _ rows: (old: SourcePosition, new: SourcePosition)
  ) -> [FieldChange] {
    let first = rows.new.table == .matters ? MatterColumn.allCases.count : ItemColumn.allCases.count
    return zip(columns, cells).enumerated().compactMap { index, pair in
      field(
        pair.0, pair.1.0 ?? "", pair.1.1 ?? "", (rows.old.cell(first + index), rows.new.cell(first + index)))
    }
  }

  private static func field(
    _ column: Column, _ before: String, _ after: String, _ cells: (old: SourcePosition, new: SourcePosition)
  ) -> FieldChange? {
    if before.isExactly(after) { return nil }
    let isSame: Bool =
      switch column.kind {
      case .names, .audiences, .deliverables: Set(before.split(separator: ";")) == Set(after.split(separator: ";"))
      case .text, .sentence: Meanings.isSameText(before, after)
      default: false
      }
    return FieldChange(
      column: column, kind: isSame ? .respelt : .changed, before: before, after: after, old: cells.old, new: cells.new)
  }

  /// The rows of the small tables, by table.
  static func rows(of old: Catalog, _ new: Catalog, limit: Int, into comparison: inout CatalogComparison) {
    for kind in TableKind.small {
      let before = rows(kind, of: old)
      let after = rows(kind, of: new)
      let result = compare(before, after, new.schema.columns(kind), limit: limit)
      comparison.counts[kind] = result.counts
      if !result.changes.isEmpty { comparison.rows[kind] = result.changes }
    }
  }

  /// A row without its type.
  private struct Row {
    var key: String
    var cells: [String]
    var position: SourcePosition
  }

  private struct Collector: TableVisitor {
    var rows: [Row] = []
    mutating func visit<R: TableRow>(_ rows: [R], _ schema: TableSchema<R>) throws {
      self.rows = rows.map { Row(key: schema.key(of: $0), cells: schema.cells(of: $0), position: $0.position) }
    }
  }

  private static func rows(_ kind: TableKind, of catalog: Catalog) -> [Row] {
    var collector = Collector()
    try? catalog.schema.visit(kind, of: catalog.tables, &collector)
    return collector.rows
  }

  /// Pairs rows by key, rows of one key in order.
  private static func compare(
    _ before: [Row], _ after: [Row], _ columns: [Column], limit: Int
  ) -> (changes: [RowChange], counts: CatalogComparison.Counts) {
    var free: [String: [Int]] = [:]
    for (index, row) in before.enumerated().reversed() { free[row.key, default: []].append(index) }
    var changes: [RowChange] = []
    var counts = CatalogComparison.Counts()
    func add(_ change: RowChange) {
      counts.count(change.change)
      if changes.count < limit { changes.append(change) }
    }
    for row in after {
      guard let index = free[row.key]?.popLast() else {
        add(RowChange(id: shown(row.key), change: .added, new: row.position))
        continue
      }
      let old = before[index].position
      let fields = zip(columns, zip(before[index].cells, row.cells)).enumerated().compactMap { number, pair in
        field(pair.0, pair.1.0, pair.1.1, (old.cell(number), row.position.cell(number)))
      }
      if fields.isEmpty {
        counts.unchanged += 1
      } else {
        add(RowChange(id: shown(row.key), change: .changed, fields: fields, old: old, new: row.position))
      }
    }
    for index in free.values.joined().sorted() {
      add(RowChange(id: shown(before[index].key), change: .removed, old: before[index].position))
    }
    return (changes, counts)
  }

  private static func shown(_ key: String) -> String {
    key.split(separator: "\u{0}", omittingEmptySubsequences: true).joined(separator: " ")
  }
}

extension CatalogComparison {
  /// Compares two editions.
  ///
  /// - Parameter limit: how many matters, and rows of each small table, are kept in detail; counts are always true.
  package init(from old: Catalog, to new: Catalog, limit: Int = .max) {
    self.init(oldName: old.origin.name, newName: new.origin.name)
    var matters = MatterComparison(old, new, limit: limit)
    matters.run()
    self.matters = matters.changes
    counts[.matters] = matters.counts
    itemCounts = matters.itemCounts
    respeltMatters = matters.respelt
    CellComparison.rows(of: old, new, limit: limit, into: &self)
  }
}

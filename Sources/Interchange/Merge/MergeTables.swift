import AtomicFiles
import CSVFormat
import Catalog
import Localization

/// The three editions of a table that are merged.
struct MergeTables {
  enum Edition { case base, ours, theirs }

  let kind: TableKind
  let schema = CatalogSchema.standard
  /// Nil where the two sides have no edition in common.
  let base: MergeTable?
  let ours: MergeTable
  let theirs: MergeTable

  /// - Parameter name: the name of the file in the repository.
  /// - Throws: `MergeDeclined` if one of them is no table, or if they are not the same table.
  init(base: Bytes, ours: Bytes, theirs: Bytes, name: String?) throws(MergeDeclined) {
    func table(_ bytes: Bytes) throws(MergeDeclined) -> CSVTable {
      if ForeignForm(bytes.buffer) != nil { throw .notATable }
      return CSVTable(file: name ?? "", bytes: bytes)
    }
    let mine = try table(ours)
    let other = try table(theirs)
    guard let kind = TableKind(header: mine.header, fileName: name),
      TableKind(header: other.header, fileName: name) == kind
    else { throw .notATable }
    self.kind = kind
    self.ours = try MergeTable(mine, kind, isBase: false)
    self.theirs = try MergeTable(other, kind, isBase: false)
    if base.count == 0 {
      self.base = nil
    } else {
      let common = try table(base)
      guard TableKind(header: common.header, fileName: name) == kind else { throw .notATable }
      self.base = try MergeTable(common, kind, isBase: true)
    }
    guard mine.separator == other.separator, self.base.map({ $0.csv.separator == mine.separator }) ?? true else {
      throw MergeDeclined(
        reason: LocalizedText(zh: "各版本的单元格分隔符不同", en: "its editions separate cells by different characters"))
    }
  }

  /// What two sides have made of a value: the one that changed it; ours where both did.
  func pick<Value: Equatable>(_ value: (MergeTable) -> Value) -> Value {
    let (mine, other) = (value(ours), value(theirs))
    guard let base else { return mine }
    return value(base) == mine ? other : mine
  }
}

/// A row of one edition with its cells.
struct MergeRow {
  let table: MergeTable
  let row: MergeTable.Row
  let cells: [Cell]

  init(_ table: MergeTable, _ row: MergeTable.Row) {
    self.table = table
    self.row = row
    cells = table.cells(row)
  }

  var isRegular: Bool { table.isRegular(row) }

  func text(_ column: String) -> String { table.text(cells, column) }

  /// The cell of a column; nil if the row has none.
  func cell(_ column: String) -> Cell? {
    table.index(of: column).flatMap { $0 < cells.count ? cells[$0] : nil }
  }

  /// The same bytes, without line ends and blank lines.
  func isExactly(_ other: MergeRow) -> Bool {
    table.bytes(row.content).elementsEqual(other.table.bytes(other.row.content)) && table.columns == other.table.columns
  }

  /// The same texts, apart from some columns.
  func says(_ other: MergeRow, except: String? = nil) -> Bool {
    if isExactly(other) { return true }
    guard isRegular, other.isRegular else { return false }
    let further = other.table.columns.filter { table.index(of: $0) == nil }
    return (table.columns + further).allSatisfy { $0 == except || text($0).isExactly(other.text($0)) }
  }
}

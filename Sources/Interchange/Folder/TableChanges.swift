/// The changes to the rows of a table. Rows are identified by their offsets.
struct TableChanges: Sendable {
  enum RowChange: Sendable {
    /// The new cells by column of the schema; nil for a cell that is kept.
    case changed([String?])
    case removed
  }

  struct NewRow: Sendable {
    /// By column of the schema; nil for a cell that comes from the row at `from`.
    var cells: [String?]
    /// The row that gives the other cells, including those of columns that the schema does not have.
    var from: Int?
  }

  /// Rows that are not listed are kept.
  var rows: [Int: RowChange] = [:]
  /// New rows by the row that they follow; `beforeFirstRow` for the start of the table.
  var inserted: [Int: [NewRow]] = [:]
  /// New rows after all others.
  var appended: [NewRow] = []
  /// The table is written anew, in the standard form; the other changes are then not used.
  var isRewritten = false

  static let beforeFirstRow = -1

  var isEmpty: Bool { rows.isEmpty && inserted.isEmpty && appended.isEmpty && !isRewritten }
}

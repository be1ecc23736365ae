import CSVFormat
import Catalog

/// A row as it is written.
enum MergedRow {
  /// As it stands in its edition.
  case copy(MergeRow)
  /// Cells from either side, with the line end and the blank lines of the first row.
  case cells([MergedCell], of: MergeRow)
}

enum MergedCell {
  case written(MergeRow, Cell)
  /// In quotes where it needs them, or where the cell that it replaces has them.
  case text(String, isQuoted: Bool = false)
}

/// What becomes of a row.
enum RowResult {
  case removed
  case row(MergedRow)
  /// What either side has made of it; nil where that side has removed it. Where both have it, the two differ in the
  /// contested columns alone.
  case conflict(ours: MergedRow?, theirs: MergedRow?, columns: [String])
}

/// Merges the editions of single rows.
struct RowMerge {
  private let columns: MergedColumns
  /// Our rows, and those of the other side, have the columns of the merged table.
  private let copiesOurs: Bool
  private let copiesTheirs: Bool

  init(_ tables: MergeTables, _ columns: MergedColumns) {
    self.columns = columns
    copiesOurs = tables.ours.columns == columns.columns
    copiesTheirs = tables.theirs.columns == columns.columns
  }

  /// - Parameter ignored: a column whose value follows from the order of the rows.
  func merge(
    base: MergeRow?, ours: MergeRow?, theirs: MergeRow?, ignoring ignored: String?
  ) throws(MergeDeclined) -> RowResult {
    for row in [ours, theirs] { if let row { try checkRemovedColumns(row, base) } }
    switch (base, ours, theirs) {
    case (_, nil, nil): return .removed
    case (nil, let ours?, nil): return .row(ourRow(ours))
    case (nil, nil, let theirs?): return .row(theirRow(theirs))
    case (let base?, let ours?, nil):
      return ours.says(base, except: ignored) ? .removed : .conflict(ours: ourRow(ours), theirs: nil, columns: [])
    case (let base?, nil, let theirs?):
      return theirs.says(base, except: ignored) ? .removed : .conflict(ours: nil, theirs: theirRow(theirs), columns: [])
    case (nil, let ours?, let theirs?):
      if ours.says(theirs, except: ignored) { return .row(ourRow(ours)) }
      let differing = columns.columns.filter { $0 != ignored && !ours.text($0).isExactly(theirs.text($0)) }
      return .conflict(ours: ourRow(ours), theirs: theirRow(theirs), columns: differing)
    case (let base?, let ours?, let theirs?):
      if ours.isExactly(theirs) || theirs.isExactly(base) { return .row(ourRow(ours)) }
      if ours.isExactly(base) { return .row(theirRow(theirs)) }
      guard base.isRegular, ours.isRegular, theirs.isRegular else {
        return .conflict(ours: ourRow(ours), theirs: theirRow(theirs), columns: [])
      }
      return fields(base, ours, theirs, ignored)
    }
  }

  /// Field by field: what one side changed stands; what both did is contested.
  private func fields(_ base: MergeRow, _ ours: MergeRow, _ theirs: MergeRow, _ ignored: String?) -> RowResult {
    var mine: [MergedCell] = []
    var others: [MergedCell] = []
    var contested: [String] = []
    for column in columns.columns {
      let before = base.text(column)
      let first = ours.text(column)
      let second = theirs.text(column)
      let isOurs = column == ignored || second.isExactly(before) || first.isExactly(second)
      if isOurs || first.isExactly(before) {
        let cell = RowMerge.cell(column, of: isOurs ? ours : theirs)
        mine.append(cell)
        others.append(cell)
      } else {
        contested.append(column)
        mine.append(RowMerge.cell(column, of: ours))
        others.append(RowMerge.cell(column, of: theirs))
      }
    }
    if contested.isEmpty { return .row(.cells(mine, of: ours)) }
    return .conflict(ours: .cells(mine, of: ours), theirs: .cells(others, of: theirs), columns: contested)
  }

  private static func cell(_ column: String, of row: MergeRow) -> MergedCell {
    row.cell(column).map { .written(row, $0) } ?? .text("")
  }

  func ourRow(_ row: MergeRow) -> MergedRow { copiesOurs ? .copy(row) : arranged(row) }
  func theirRow(_ row: MergeRow) -> MergedRow { copiesTheirs ? .copy(row) : arranged(row) }

  /// A row in the columns of the merged table.
  private func arranged(_ row: MergeRow) -> MergedRow {
    guard row.isRegular else { return .copy(row) }
    return .cells(columns.columns.map { RowMerge.cell($0, of: row) }, of: row)
  }

  /// A column that one side has removed must not take a change of the other side with it.
  private func checkRemovedColumns(_ row: MergeRow, _ base: MergeRow?) throws(MergeDeclined) {
    for column in columns.removed where row.table.index(of: column) != nil {
      guard row.text(column).isExactly(base?.text(column) ?? "") else { throw .removedColumn }
    }
  }
}

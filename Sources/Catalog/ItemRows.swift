import AtomicFiles
import CSVFormat

/// Items as their rows come in.
package final class ItemRows: @unchecked Sendable {
  /// A row whose item is "/": its matter has no approval of its own.
  package struct PlaceholderRow: Sendable {
    package var matterID: TextID
    /// What stands beside it; nil if that is "/" as well, or nothing.
    package var responsible: TextID?
    package var source: Int
    package var row: Int
  }

  package internal(set) var rows: [Item] = []
  package internal(set) var placeholders: [PlaceholderRow] = []
  package var issues: [ReadingIssue] = []

  let matterIDs = TextInterner(.itemMatter)
  let names = TextInterner(.itemName)
  let responsibles = TextInterner(.responsible)

  /// The columns that have no place in `Item`.
  private(set) var extras: ExtraTexts

  init(extraColumns: [Column] = []) { extras = ExtraTexts(extraColumns) }

  package func own(_ bytes: Bytes) {
    for pool in [matterIDs, names, responsibles] { pool.own(bytes) }
  }

  package func reserve(_ count: Int) { rows.reserveCapacity(count) }

  /// Hands the rows over without a copy.
  func takeRows() -> [Item] {
    defer { rows = [] }
    return rows
  }

  /// Adds an item. `cells` has one cell for each `ItemColumn`, then one for each extra column.
  package func add(_ cells: UnsafePointer<RawCell>, stable: Bool, source: Int, row: Int) {
    var unknown: UInt16 = 0

    @inline(__always)
    func name(_ column: ItemColumn, _ pool: TextInterner, trim: Bool, of matter: TextID? = nil) -> TextID {
      guard var bytes = cells[column.rawValue] else {
        unknown |= 1 << column.rawValue
        return TextID(pool: pool.kind, index: 0)
      }
      if trim { bytes = CellReading.trimmed(bytes) }
      guard let base = bytes.baseAddress, bytes.count > 0 else {
        unknown |= 1 << column.rawValue
        report(.missingValue, column, source, row, matter)
        return TextID(pool: pool.kind, index: 0)
      }
      return stable ? pool.intern(base, bytes.count) : pool.internCopying(bytes)
    }

    let matterID = name(.matter, matterIDs, trim: true)
    if let bytes = cells[ItemColumn.name.rawValue], CellReading.isSlash(bytes) {
      let beside = cells[ItemColumn.responsible.rawValue]
      let saysMore = beside.map { !CellReading.isSlash($0) && !CellReading.trimmed($0).isEmpty } ?? false
      placeholders.append(
        PlaceholderRow(
          matterID: matterID, responsible: saysMore ? name(.responsible, responsibles, trim: false, of: matterID) : nil,
          source: source, row: row))
      return
    }
    let itemName = name(.name, names, trim: false, of: matterID)
    let responsible = name(.responsible, responsibles, trim: false, of: matterID)

    var number: Int32 = -1
    if let bytes = cells[ItemColumn.number.rawValue] {
      if let value = CellReading.number(bytes), value > 0 {
        number = value
      } else {
        unknown |= 1 << ItemColumn.number.rawValue
        report(
          CellReading.trimmed(bytes).isEmpty ? .missingValue : .malformedValue(.number(from: 1)), .number, source, row, matterID,
          bytes)
      }
    } else {
      unknown |= 1 << ItemColumn.number.rawValue
    }
    var shared = false
    if let bytes = cells[ItemColumn.shared.rawValue], bytes.count > 0 {
      if let value = CellReading.truth(bytes) {
        shared = value
      } else {
        unknown |= 1 << ItemColumn.shared.rawValue
        report(.malformedValue(.flag), .shared, source, row, matterID, bytes)
      }
    }
    if !extras.isEmpty { extras.append(cells + ItemColumn.allCases.count) }
    rows.append(
      Item(
        matterID: matterID, name: itemName, responsible: responsible, isShared: shared, matterIndex: -1,
        numberValue: number, ownIndex: Int32(rows.count), unknown: unknown,
        source: UInt8(truncatingIfNeeded: source), row: row))
  }

  private func report(
    _ kind: ReadingIssue.Kind, _ column: ItemColumn, _ source: Int, _ row: Int, _ matterID: TextID?,
    _ bytes: UnsafeBufferPointer<UInt8>? = nil
  ) {
    issues.append(
      ReadingIssue(
        kind, at: .cell(source: source, table: .items, column: column.rawValue, row: row),
        subject: matterID.map { matterIDs.text($0.index) }, text: CellReading.text(bytes)))
  }
}

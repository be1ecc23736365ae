import AtomicFiles
import CSVFormat

/// Collects the rows of the items table, in the order in which a reader delivers them.
package final class ItemRows: @unchecked Sendable {
  /// A row whose item is "/": its matter has no item of its own.
  package struct PlaceholderRow: Sendable {
    package var matterID: TextID
    /// The departments in the same row; nil if that cell is empty or "/" as well.
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

  /// The columns that `Item` has no field for.
  private(set) var extras: ExtraTexts

  init(extraColumns: [Column] = []) { extras = ExtraTexts(extraColumns) }

  /// Keeps `bytes` alive as long as the catalog, so that texts can point into it.
  package func own(_ bytes: Bytes) {
    for interner in [matterIDs, names, responsibles] { interner.own(bytes) }
  }

  package func reserve(_ count: Int) { rows.reserveCapacity(count) }

  /// Returns the rows without a copy and leaves none behind.
  func takeRows() -> [Item] {
    defer { rows = [] }
    return rows
  }

  /// Adds an item.
  ///
  /// - Parameters:
  ///   - cells: one for each `ItemColumn`, then one for each extra column; nil if the row does not have it.
  ///   - stable: the cells point into bytes that `own` keeps, so that texts need not be copied.
  package func add(_ cells: UnsafePointer<RawCell>, stable: Bool, source: Int, row: Int) {
    var unknown: UInt16 = 0

    @inline(__always)
    func name(_ column: ItemColumn, _ interner: TextInterner, trim: Bool, of matter: TextID? = nil) -> TextID {
      guard var bytes = cells[column.rawValue] else {
        unknown |= 1 << column.rawValue
        return TextID(column: interner.kind, index: 0)
      }
      if trim { bytes = CellReading.trimmed(bytes) }
      guard let base = bytes.baseAddress, bytes.count > 0 else {
        unknown |= 1 << column.rawValue
        report(.missingValue, column, source, row, matter)
        return TextID(column: interner.kind, index: 0)
      }
      return stable ? interner.intern(base, bytes.count) : interner.internCopying(bytes)
    }

    let matterID = name(.matter, matterIDs, trim: true)
    if let bytes = cells[ItemColumn.name.rawValue], CellReading.isSlash(bytes) {
      let beside = cells[ItemColumn.responsible.rawValue]
      let hasDepartment = beside.map { !CellReading.isSlash($0) && !CellReading.trimmed($0).isEmpty } ?? false
      placeholders.append(
        PlaceholderRow(
          matterID: matterID,
          responsible: hasDepartment ? name(.responsible, responsibles, trim: false, of: matterID) : nil,
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
          CellReading.trimmed(bytes).isEmpty ? .missingValue : .malformedValue(.number(from: 1)), .number, source, row,
          matterID,
          bytes)
      }
    } else {
      unknown |= 1 << ItemColumn.number.rawValue
    }
    var shared = false
    if let bytes = cells[ItemColumn.shared.rawValue], bytes.count > 0 {
      if let value = CellReading.flag(bytes) {
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

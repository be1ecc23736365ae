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

  // Unchecked for the reason given at `MatterRows.rows`.
  @exclusivity(unchecked) package internal(set) var rows: [Item] = []
  package internal(set) var placeholders: [PlaceholderRow] = []
  package var issues = ReadingIssues()

  let matterIDs = TextInterner(.itemMatter)
  let names = TextInterner(.itemName)
  let responsibles = TextInterner(.responsible)

  /// The columns that `Item` has no field for.
  @exclusivity(unchecked) private(set) var extras: ExtraTexts

  init(extraColumns: [Column] = []) { extras = ExtraTexts(extraColumns) }

  /// Call it before the first row is added.
  func setExtraColumns(_ columns: [Column]) { extras = ExtraTexts(columns) }

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

  /// A row while its cells are read. It is passed on and not captured, which would allocate memory for every item.
  private struct Reading {
    let cells: UnsafePointer<RawCell>
    /// The cells point into bytes that `own` keeps, so that texts need not be copied.
    let stable: Bool
    /// It is a row of a table, not of a document or a printed list.
    let isOfTable: Bool
    let source: Int
    let row: Int
    var matterID: TextID?
    /// The columns that the row does not have, or whose cell could not be read: one bit each.
    var unknown: UInt16 = 0

    subscript(_ column: ItemColumn) -> RawCell { cells[column.rawValue] }
    mutating func setUnknown(_ column: ItemColumn) { unknown |= 1 << column.rawValue }
  }

  /// Adds an item.
  ///
  /// - Parameters:
  ///   - cells: one for each `ItemColumn`, then one for each extra column; nil if the row does not have it.
  ///   - stable: the cells point into bytes that `own` keeps, so that texts need not be copied.
  ///   - isOfTable: it is a row of a table, not of a document or a printed list, in which other forms of values are usual;
  ///     nil if so is every stable row.
  package func add(
    _ cells: UnsafePointer<RawCell>, stable: Bool, isOfTable: Bool? = nil, source: Int, row: Int
  ) {
    var reading = Reading(
      cells: cells, stable: stable, isOfTable: isOfTable ?? stable, source: source, row: row)
    let matterID = text(.matter, matterIDs, trim: true, &reading)
    reading.matterID = matterID
    if let bytes = reading[.name], CellReading.isSlash(bytes) {
      return addPlaceholder(of: matterID, &reading)
    }
    let name = text(.name, names, trim: false, &reading)
    let responsible = text(.responsible, responsibles, trim: false, &reading)
    let number = number(&reading)
    let isShared = isShared(&reading)
    if !extras.isEmpty { extras.append(cells + ItemColumn.allCases.count) }
    rows.append(
      Item(
        matterID: matterID, name: name, responsible: responsible, isShared: isShared, matterIndex: -1,
        numberValue: number, ownIndex: Int32(rows.count), unknown: reading.unknown,
        source: UInt8(truncatingIfNeeded: source), row: row))
  }

  /// Marks an item that turns out to be shared once all rows are read.
  /// - Parameter index: its index in `rows`.
  package func setShared(_ index: Int) { rows[index].isShared = true }

  private func addPlaceholder(of matterID: TextID, _ reading: inout Reading) {
    let beside = reading[.responsible]
    let hasDepartment = beside.map { !CellReading.isSlash($0) && !CellReading.trimmed($0).isEmpty } ?? false
    placeholders.append(
      PlaceholderRow(
        matterID: matterID,
        responsible: hasDepartment ? text(.responsible, responsibles, trim: false, &reading) : nil,
        source: reading.source, row: reading.row))
  }

  @inline(__always)
  private func text(_ column: ItemColumn, _ interner: TextInterner, trim: Bool, _ reading: inout Reading) -> TextID {
    guard var bytes = reading[column] else {
      reading.setUnknown(column)
      return TextID(column: interner.kind, index: 0)
    }
    if trim { bytes = CellReading.trimmed(bytes) }
    guard let base = bytes.baseAddress, bytes.count > 0 else {
      reading.setUnknown(column)
      report(.missingValue, column, reading)
      return TextID(column: interner.kind, index: 0)
    }
    return reading.stable ? interner.intern(base, bytes.count) : interner.internCopying(bytes)
  }

  /// The item's number; -1 if it is none.
  @inline(__always)
  private func number(_ reading: inout Reading) -> Int32 {
    guard let bytes = reading[.number] else {
      reading.setUnknown(.number)
      return -1
    }
    if let value = CellReading.number(bytes), value > 0 { return value }
    if let (value, normal) = CellReading.looseNumber(bytes) {
      report(.looseForm(.number(from: 1), normal: normal), .number, reading, bytes)
      return value
    }
    reading.setUnknown(.number)
    let isEmpty = CellReading.trimmed(bytes).isEmpty
    report(isEmpty ? .missingValue : .malformedValue(.number(from: 1)), .number, reading, bytes)
    return -1
  }

  @inline(__always)
  private func isShared(_ reading: inout Reading) -> Bool {
    guard let bytes = reading[.shared], bytes.count > 0 else { return false }
    let value = CellReading.flag(bytes)
    // A document has “true”, a table “yes”.
    if let value, !reading.isOfTable || CellReading.isDeclaredFlag(bytes) { return value }
    let word = CellReading.text(bytes)?.trimmingBlanks ?? ""
    if let normal = ValueKind.flag.normalForm(of: word, isAccepted: value != nil) {
      report(.looseForm(.flag, normal: normal), .shared, reading, bytes)
      return normal == "yes"
    }
    if let value { return value }
    reading.setUnknown(.shared)
    report(.malformedValue(.flag), .shared, reading, bytes)
    return false
  }

  private func report(
    _ kind: ReadingIssue.Kind, _ column: ItemColumn, _ reading: Reading, _ bytes: UnsafeBufferPointer<UInt8>? = nil
  ) {
    issues.append(
      kind, at: .cell(source: reading.source, table: .items, column: column.rawValue, row: reading.row),
      subject: reading.matterID.map { matterIDs.bytes($0.index) }, text: bytes)
  }
}

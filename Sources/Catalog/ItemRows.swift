import Files
import Tables

/// Items as their rows come in.
public final class ItemRows: @unchecked Sendable {
  /// A row whose item is "/": its matter has no approval of its own.
  public struct PlaceholderRow: Sendable {
    public var matterID: Name
    /// What stands beside it; nil if that is "/" as well, or nothing.
    public var responsible: Name?
    public var source: Int
    public var row: Int
  }

  public internal(set) var rows: [Item] = []
  public internal(set) var placeholders: [PlaceholderRow] = []
  public var issues: [ReadingIssue] = []

  let matterIDs = NamePool(.itemMatter)
  let names = NamePool(.itemName)
  let responsibles = NamePool(.responsible)

  init() {}

  public func own(_ bytes: Bytes) {
    for pool in [matterIDs, names, responsibles] { pool.own(bytes) }
  }

  public func reserve(_ count: Int) { rows.reserveCapacity(count) }

  /// Hands the rows over without a copy.
  func takeRows() -> [Item] {
    defer { rows = [] }
    return rows
  }

  /// Adds an item. `cells` has one cell for each `ItemColumn`.
  public func add(_ cells: UnsafePointer<RawCell>, stable: Bool, source: Int, row: Int) {
    var unknown: UInt16 = 0

    @inline(__always)
    func name(_ column: ItemColumn, _ pool: NamePool, trim: Bool, of matter: Name? = nil) -> Name {
      guard var bytes = cells[column.rawValue] else {
        unknown |= 1 << column.rawValue
        return Name(pool: pool.kind, index: 0)
      }
      if trim { bytes = CellReading.trimmed(bytes) }
      guard let base = bytes.baseAddress, bytes.count > 0 else {
        unknown |= 1 << column.rawValue
        complain(.missingValue, column, source, row, matter)
        return Name(pool: pool.kind, index: 0)
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
        complain(
          CellReading.trimmed(bytes).isEmpty ? .missingValue : .malformedValue(.number), .number, source, row, matterID,
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
        complain(.malformedValue(.truth), .shared, source, row, matterID, bytes)
      }
    }
    rows.append(
      Item(
        matterID: matterID, name: itemName, responsible: responsible, isShared: shared, matterIndex: -1,
        numberValue: number, position: Int32(rows.count), unknown: unknown,
        source: UInt8(truncatingIfNeeded: source), row: row))
  }

  private func complain(
    _ kind: ReadingIssue.Kind, _ column: ItemColumn, _ source: Int, _ row: Int, _ matterID: Name?,
    _ bytes: UnsafeBufferPointer<UInt8>? = nil
  ) {
    issues.append(
      ReadingIssue(
        kind, at: Place(source: source, table: .items, column: Int16(column.rawValue), position: row),
        subject: matterID.map { matterIDs.text($0.index) }, text: CellReading.text(bytes)))
  }
}

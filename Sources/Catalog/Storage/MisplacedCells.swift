import CSVFormat
import Deadlines

// Rows of the large tables that have too few or too many cells.
extension OpenTable {
  /// Whether the cells of a row with too few or too many cells are in their columns: the row only lacks optional cells at
  /// its end, or has empty ones there.
  private func isAligned(_ kind: TableKind, _ raw: UnsafeMutablePointer<RawCell>, hasEmptyRest: Bool) -> Bool {
    if !hasEmptyRest { return false }
    for (column, wanted) in wanted.enumerated() where wanted.isRequired && columns[column] >= 0 {
      guard let bytes = raw[column], !CellReading.trimmed(bytes).isEmpty else { return false }
    }
    switch kind {
    case .matters:
      if let bytes = raw[MatterColumn.deadline.rawValue],
        Deadline(printed: String(decoding: bytes, as: UTF8.self)).kind == .unreadable
      {
        return false
      }
      guard let bytes = raw[MatterColumn.includes.rawValue].map(CellReading.trimmed) else { return true }
      return bytes.isEmpty || CellReading.isMatterID(bytes)
    case .items:
      return raw[ItemColumn.shared.rawValue].map { CellReading.flag($0) != nil } ?? true
    default:
      return true
    }
  }

  /// Makes the unreliable cells of a row with too few or too many cells unknown: none if all are in their columns;
  /// otherwise all but the first columns, whose values have a recognisable form.
  ///
  /// - Parameter hasEmptyRest: the row has no cell with content beyond those of the header.
  func discardMisplacedCells(_ kind: TableKind, _ raw: UnsafeMutablePointer<RawCell>, hasEmptyRest: Bool) {
    func holdsNumber(_ column: Int) -> Bool { raw[column].flatMap(CellReading.number) != nil }
    switch kind {
    case .matters:
      let audience = raw[MatterColumn.audience.rawValue].map {
        String(decoding: CellReading.trimmed($0), as: UTF8.self)
      }
      let isAnchored = holdsNumber(MatterColumn.number.rawValue) && audience.flatMap(audiences.index) != nil
      if isAnchored, isAligned(kind, raw, hasEmptyRest: hasEmptyRest) { return }
      for column in MatterColumn.allCases {
        switch column {
        case .id: if let id = raw[0], !isAnchored, !CellReading.isMatterID(CellReading.trimmed(id)) { raw[0] = nil }
        case .list, .number, .audience: if !isAnchored { raw[column.rawValue] = nil }
        default: raw[column.rawValue] = nil
        }
      }
    case .items:
      let isAnchored = holdsNumber(ItemColumn.number.rawValue)
      if isAnchored, isAligned(kind, raw, hasEmptyRest: hasEmptyRest) { return }
      for column in ItemColumn.allCases {
        switch column {
        case .matter:
          if let id = raw[0], !isAnchored, !CellReading.isMatterID(CellReading.trimmed(id)) { raw[0] = nil }
        case .number: if !isAnchored { raw[column.rawValue] = nil }
        default: raw[column.rawValue] = nil
        }
      }
    default: break
    }
  }
}

import AtomicFiles
import CSVFormat
import Catalog
import Localization
import Platform

/// The cells of a list in the flat layout, by column, and what is reported of them.
struct FlatTable {
  let csv: CSVTable
  /// By `FlatListWriter.columns(_:)`: the index of the column in the list; -1 if it does not have it.
  let columns: [Int]
  let source: Int
  let context: ListContext

  /// The first byte of the table, which lives as long as `csv`.
  let base: UnsafePointer<UInt8>

  init(csv: CSVTable, columns: [Int], source: Int, context: ListContext) {
    self.csv = csv
    self.columns = columns
    self.source = source
    self.context = context
    base = csv.bytes.base
  }

  func cell(_ cells: [Cell], _ column: FlatColumn) -> Cell? { cell(cells, at: column.rawValue) }

  /// The cell of a column by its index in `FlatListWriter.columns(_:)`.
  func cell(_ cells: [Cell], at column: Int) -> Cell? {
    let index = columns[column]
    return index >= 0 && index < cells.count ? cells[index] : nil
  }

  func text(_ cells: [Cell], _ column: FlatColumn) -> String {
    cell(cells, column).map { csv.string($0) } ?? ""
  }

  func isBlank(_ cell: Cell?) -> Bool {
    guard let cell else { return true }
    for i in cell.start..<cell.end where base[i] > 0x20 { return false }
    return true
  }

  func isSame(_ a: Cell?, _ b: Cell?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    let count = a.end - a.start
    return count == b.end - b.start && memcmp(base + a.start, base + b.start, count) == 0
  }

  /// Whether a cell has exactly these bytes.
  func isText(_ cell: Cell?, _ text: StaticString) -> Bool {
    guard let cell, !cell.isEscaped else { return false }
    let count = cell.end - cell.start
    return count == text.utf8CodeUnitCount && memcmp(base + cell.start, text.utf8Start, count) == 0
  }

  /// A cell without the blanks around its text (`Blanks.cell`); the cell itself where it has none.
  func trimmed(_ cell: Cell) -> Cell {
    var cell = cell
    while cell.start < cell.end, let length = blank(at: cell.start, before: cell.end) { cell.start += length }
    while cell.start < cell.end, let length = blank(endingAt: cell.end, after: cell.start) { cell.end -= length }
    return cell
  }

  /// How many bytes the blank at an offset has; nil if there is another character.
  private func blank(at offset: Int, before end: Int) -> Int? {
    switch base[offset] {
    case 0x20, 0x09, 0x0A, 0x0D: 1
    case 0xC2 where end - offset >= 2 && base[offset + 1] == 0xA0: 2
    case 0xE3 where end - offset >= 3 && base[offset + 1] == 0x80 && base[offset + 2] == 0x80: 3
    default: nil
    }
  }

  private func blank(endingAt end: Int, after start: Int) -> Int? {
    switch base[end - 1] {
    case 0x20, 0x09, 0x0A, 0x0D: 1
    case 0xA0 where end - start >= 2 && base[end - 2] == 0xC2: 2
    case 0x80 where end - start >= 3 && base[end - 2] == 0x80 && base[end - 3] == 0xE3: 3
    default: nil
    }
  }

  func holdsNUL(_ cell: Cell) -> Bool {
    context.hasNUL && UnsafeBufferPointer(rebasing: csv.bytes.buffer[cell.start..<cell.end]).contains(0)
  }

  /// The cell's bytes, valid as long as the table; nil if the cell is missing or holds a NUL.
  /// - Parameter own: keeps bytes alive that are not part of the table.
  func bytes(_ cell: Cell?, for own: (Bytes) -> Void) -> RawCell {
    guard let cell, !holdsNUL(cell) else { return nil }
    if cell.isEscaped {
      let corrected = Bytes(CSVTable.unescaped(csv.bytes, cell))
      own(corrected)
      return corrected.buffer
    }
    return UnsafeBufferPointer(start: base + cell.start, count: cell.end - cell.start)
  }

  /// - Parameter column: the column concerned; nil for the row as a whole.
  func unclear(_ row: Int, _ column: FlatColumn?, of subject: String, _ message: LocalizedText) {
    context.unclear(position(column, row), subject: subject.isEmpty ? nil : subject, message)
  }

  func contradiction(_ row: Int, _ column: FlatColumn, of subject: String, _ message: LocalizedText) {
    context.builder.issues.append(
      ReadingIssue(.contradiction(message), at: position(column, row), subject: subject.isEmpty ? nil : subject))
  }

  /// The position of a cell, or of the row where the list does not have the column.
  func position(_ column: FlatColumn?, _ row: Int) -> SourcePosition {
    guard let column, columns[column.rawValue] >= 0 else { return .row(source: source, table: .matters, offset: row) }
    switch column.field {
    case .matters(let field)?: return .cell(source: source, table: .matters, column: field.rawValue, row: row)
    case .items(let field)?: return .cell(source: source, table: .items, column: field.rawValue, row: row)
    case nil:
      let cells = csv.cells(ofRowAt: row)
      let index = columns[column.rawValue]
      guard index < cells.count else { return .row(source: source, table: .matters, offset: row) }
      return .byte(source: source, table: .matters, offset: cells[index].written)
    }
  }
}

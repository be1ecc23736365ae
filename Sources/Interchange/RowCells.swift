import AtomicFiles
import Catalog

/// The cells of one row for a `CatalogBuilder`, in memory that is reused for the next row.
final class RowCells {
  private let bytes = ByteBuffer()
  private var ranges: UnsafeMutablePointer<Range<Int>>
  private var isPresent: UnsafeMutablePointer<Bool>
  private var cells: UnsafeMutablePointer<RawCell>
  private var count: Int
  /// The index of the cell that `put` fills.
  private var next = 0

  /// - Parameter count: how many columns the table has.
  init(_ count: Int) {
    self.count = count
    ranges = .allocate(capacity: count)
    isPresent = .allocate(capacity: count)
    cells = .allocate(capacity: count)
    initialize()
  }

  deinit { deallocate() }

  private func initialize() {
    ranges.initialize(repeating: 0..<0, count: count)
    isPresent.initialize(repeating: true, count: count)
    cells.initialize(repeating: nil, count: count)
  }

  private func deallocate() {
    ranges.deallocate()
    isPresent.deallocate()
    cells.deallocate()
  }

  /// Begins a table with another number of columns.
  func resize(to count: Int) {
    deallocate()
    self.count = count
    ranges = .allocate(capacity: count)
    isPresent = .allocate(capacity: count)
    cells = .allocate(capacity: count)
    initialize()
    bytes.clear()
    next = 0
  }

  /// Begins a row: every cell is present and empty.
  func clear() {
    bytes.clear()
    next = 0
    for column in 0..<count {
      ranges[column] = 0..<0
      isPresent[column] = true
    }
  }

  @inline(__always)
  func set(_ column: Int, _ value: UnsafeBufferPointer<UInt8>) {
    let start = bytes.count
    bytes.append(value)
    ranges[column] = start..<bytes.count
    isPresent[column] = true
  }

  /// Marks a cell that could not be read; the problem has been reported.
  func setUnknown(_ column: Int) {
    ranges[column] = 0..<0
    isPresent[column] = false
  }

  /// Marks all empty cells as unknown, because parts of the element were not delivered.
  func setEmptyUnknown() {
    for column in 0..<count where ranges[column].isEmpty { isPresent[column] = false }
  }

  // MARK: Cells in order

  /// Fills the next cell; nil for an unknown one.
  func put(_ text: String?) {
    guard next < count else { return }
    if let text {
      let start = bytes.count
      bytes.append(text)
      ranges[next] = start..<bytes.count
    } else {
      isPresent[next] = false
    }
    next += 1
  }

  /// Fills the next cell.
  func put(_ text: UnsafeBufferPointer<UInt8>) {
    guard next < count else { return }
    set(next, text)
    next += 1
  }

  /// Fills the next cell with a number.
  func put(number: Int) {
    guard next < count else { return }
    let start = bytes.count
    bytes.append(number: number)
    ranges[next] = start..<bytes.count
    next += 1
  }

  /// Fills the next cell with a text of a catalog.
  func put(_ text: TextID, of catalog: Catalog) {
    guard next < count else { return }
    catalog.withBytes(text) { set(next, $0) }
    next += 1
  }

  /// Marks the remaining cells as unknown.
  func putUnknownToEnd() {
    while next < count { put(nil) }
  }

  // MARK: The row

  @inline(__always)
  func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> { bytes.slice(ranges[column]) }

  /// The cells for a `CatalogBuilder`; valid until the next change.
  @inline(__always)
  var raw: UnsafePointer<RawCell> {
    for column in 0..<count { cells[column] = isPresent[column] ? bytes.slice(ranges[column]) : nil }
    return UnsafePointer(cells)
  }
}

import AtomicFiles
import Catalog

/// The cells of one row, gathered while its element is read, in a buffer that is used again for the next.
final class RowCells {
  private let bytes = ByteBuffer()
  private let ranges: UnsafeMutablePointer<Range<Int>>
  private let isThere: UnsafeMutablePointer<Bool>
  private let cells: UnsafeMutablePointer<RawCell>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    ranges = .allocate(capacity: count)
    ranges.initialize(repeating: 0..<0, count: count)
    isThere = .allocate(capacity: count)
    isThere.initialize(repeating: true, count: count)
    cells = .allocate(capacity: count)
    cells.initialize(repeating: nil, count: count)
  }

  deinit {
    ranges.deallocate()
    isThere.deallocate()
    cells.deallocate()
  }

  /// Begins a row: every cell is there and empty.
  func clear() {
    bytes.clear()
    for column in 0..<count {
      ranges[column] = 0..<0
      isThere[column] = true
    }
  }

  @inline(__always)
  func set(_ column: Int, _ value: UnsafeBufferPointer<UInt8>) {
    let start = bytes.count
    bytes.append(value)
    ranges[column] = start..<bytes.count
    isThere[column] = true
  }

  /// The cell could not be read: what is said of it is said already.
  func setUnknown(_ column: Int) {
    ranges[column] = 0..<0
    isThere[column] = false
  }

  /// No empty cell is known to be empty: parts of the element were not delivered.
  func setEmptyUnknown() {
    for column in 0..<count where ranges[column].isEmpty { isThere[column] = false }
  }

  @inline(__always)
  func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> { bytes.slice(ranges[column]) }

  /// The cells as a catalog's rows take them, until the next change.
  @inline(__always)
  var raw: UnsafePointer<RawCell> {
    for column in 0..<count { cells[column] = isThere[column] ? bytes.slice(ranges[column]) : nil }
    return UnsafePointer(cells)
  }
}

import AtomicFiles
import CSVFormat
import Catalog

package typealias CSVOptions = CSVWriter.Options

/// The distinct texts of one column as CSV cells. Each is quoted once, at its first use.
final class QuotedCells {
  private let kind: TextColumn
  private let catalog: Catalog
  private let separator: UInt8
  private let starts: UnsafeMutablePointer<UnsafePointer<UInt8>?>
  private let lengths: UnsafeMutablePointer<Int>
  private let count: Int
  /// The memory of cells that needed quotes.
  private var own: [UnsafeMutablePointer<UInt8>] = []
  /// The address of the empty cell.
  private let nothing = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)

  init(_ kind: TextColumn, of catalog: Catalog, separator: UInt8 = CSVWriter.comma) {
    self.kind = kind
    self.catalog = catalog
    self.separator = separator
    count = max(1, catalog.distinctCount(kind))
    starts = .allocate(capacity: count)
    starts.initialize(repeating: nil, count: count)
    lengths = .allocate(capacity: count)
    lengths.initialize(repeating: 0, count: count)
    nothing.initialize(to: 0)
  }

  deinit {
    starts.deallocate()
    lengths.deallocate()
    nothing.deallocate()
    for cell in own { cell.deallocate() }
  }

  /// The cell as it is written; valid as long as this object and the catalog.
  @inline(__always)
  subscript(name: TextID) -> UnsafeBufferPointer<UInt8> {
    precondition(name.kind == kind, "The text belongs to another column")
    let index = name.index
    if let start = starts[index] { return UnsafeBufferPointer(start: start, count: lengths[index]) }
    return make(name)
  }

  @inline(never)
  private func make(_ name: TextID) -> UnsafeBufferPointer<UInt8> {
    let bytes = catalog.withBytes(name) { $0 }
    var cell = bytes
    if bytes.isEmpty {
      cell = UnsafeBufferPointer(start: nothing, count: 0)
    } else if CSVWriter.needsQuotes(bytes, separator: separator) {
      let quoted = CSVWriter.quoted(bytes, separator: separator)
      let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: quoted.count)
      for (index, byte) in quoted.enumerated() { (copy + index).initialize(to: byte) }
      own.append(copy)
      cell = UnsafeBufferPointer(start: copy, count: quoted.count)
    }
    starts[name.index] = cell.baseAddress
    lengths[name.index] = cell.count
    return cell
  }
}

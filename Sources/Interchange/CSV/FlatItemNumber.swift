import CSVFormat
import Catalog

/// The number in the cell `item` of a list in the flat layout: what follows the matter's id in `2-037.8`, or a number alone.
struct FlatItemNumber {
  /// Nil if the cell is missing or cannot be read; empty if the item has no number.
  var number: RawCell = nil
  /// The item as written, if it is neither of the two.
  var foreign: String? = nil

  /// - Parameter id: the matter's.
  init(_ cells: [Cell], of id: String, in table: FlatTable) {
    guard let cell = table.cell(cells, .item), !table.holdsNUL(cell) else { return }
    let base = table.base
    if let number = FlatItemNumber.plain(cell, of: id, base) {
      self.number = number
      return
    }
    let item = table.csv.string(cell)
    let prefix = id.utf8.count + 1
    if item.hasPrefix(id + "."), !cell.isEscaped {
      let number = UnsafeBufferPointer(start: base + cell.start + prefix, count: cell.end - cell.start - prefix)
      // An item without a number is exported as `2-037.?`.
      let isUnnumbered = number.count == 1 && number.first == UInt8(ascii: "?")
      self.number = isUnnumbered ? UnsafeBufferPointer(start: base, count: 0) : number
      return
    }
    if item.contains(where: { !$0.isASCII || !$0.isNumber }) { foreign = item }
    number = UnsafeBufferPointer(start: base + cell.start, count: cell.end - cell.start)
  }

  /// The number in `2-037.8`, where that is written without anything else; else nil.
  private static func plain(
    _ cell: Cell, of id: String, _ base: UnsafePointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8>? {
    let prefix = id.utf8.count
    let count = cell.end - cell.start - prefix - 1
    guard count > 0, !cell.isEscaped, base[cell.start + prefix] == UInt8(ascii: "."),
      UnsafeBufferPointer(start: base + cell.start, count: prefix).elementsEqual(id.utf8)
    else { return nil }
    let number = UnsafeBufferPointer(start: base + cell.start + prefix + 1, count: count)
    return number.allSatisfy { (0x30...0x39).contains($0) } ? number : nil
  }
}

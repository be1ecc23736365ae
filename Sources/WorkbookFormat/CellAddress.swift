/// The address of a cell of a sheet.
package struct CellAddress: Sendable, Hashable, Comparable {
  /// From 0.
  package var row: Int
  /// From 0.
  package var column: Int

  package init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  /// The cell at an address such as `F243`, `$F$243` or `f243`; nil for any other text.
  package init?(_ address: some StringProtocol) {
    let digits = address.utf8.drop { $0 >= 0x41 || $0 == 0x24 }
    let letters = address.utf8.prefix(address.utf8.count - digits.count).filter { $0 != 0x24 }
    guard letters.count < 5, digits.count < 10, digits.allSatisfy({ 0x30...0x39 ~= $0 }),
      letters.allSatisfy({ 0x41...0x5A ~= $0 & 0xDF }),
      let row = Int(String(decoding: digits, as: UTF8.self)), row > 0,
      let column = letters.withUnsafeBufferPointer(CellAddress.column)
    else { return nil }
    self.init(row: row - 1, column: column)
  }

  /// Such as `F243`.
  package var text: String { WorkbookWriter.letters(column) + String(row + 1) }

  /// Row by row, in each from left to right.
  package static func < (a: CellAddress, b: CellAddress) -> Bool { (a.row, a.column) < (b.row, b.column) }

  /// The column of an address; nil if it does not begin with letters.
  static func column(_ address: UnsafeBufferPointer<UInt8>) -> Int? {
    var column = 0
    for byte in address.prefix(4) {
      let letter = byte & 0xDF
      guard letter >= 0x41, letter <= 0x5A else { break }
      column = column * 26 + Int(letter - 0x40)
    }
    return column > 0 ? column - 1 : nil
  }
}

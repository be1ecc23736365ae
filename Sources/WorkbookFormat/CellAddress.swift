/// Addresses of cells, `AB12`, as rows and columns from 0.
enum CellAddress {
  /// The column of an address; nil if it has no letters.
  static func column(_ address: UnsafeBufferPointer<UInt8>) -> Int? {
    var column = 0
    for byte in address.prefix(4) {
      let letter = byte & 0xDF
      guard letter >= 0x41, letter <= 0x5A else { break }
      column = column * 26 + Int(letter - 0x40)
    }
    return column > 0 ? column - 1 : nil
  }

  /// The address of a cell.
  static func text(row: Int, column: Int) -> String { WorkbookWriter.letters(column) + String(row + 1) }
}

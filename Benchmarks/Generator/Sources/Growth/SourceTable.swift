/// A table of the catalog that is extended: rows of cells by column name.
struct SourceTable {
  let columns: [String]
  let rows: [[String]]

  init(_ path: String) throws {
    var rows: [[String]] = []
    var row: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var bytes = try contents(of: path)[...]
    func endCell() {
      row.append(String(decoding: cell, as: UTF8.self))
      cell.removeAll(keepingCapacity: true)
    }
    while let byte = bytes.popFirst() {
      if isQuoted {
        if byte != 0x22 {
          cell.append(byte)
        } else if bytes.first == 0x22 {
          bytes.removeFirst()
          cell.append(0x22)
        } else {
          isQuoted = false
        }
      } else if byte == 0x22 {
        isQuoted = true
      } else if byte == 0x2C {
        endCell()
      } else if byte == 0x0A {
        endCell()
        rows.append(row)
        row = []
      } else if byte != 0x0D {
        cell.append(byte)
      }
    }
    guard let header = rows.first else { throw GrowthError("\(path): empty") }
    columns = header
    self.rows = Array(rows.dropFirst())
  }

  /// The cells of one column.
  func column(_ name: String) throws -> [String] {
    guard let place = columns.firstIndex(of: name) else { throw GrowthError("no column \(name)") }
    return rows.map { place < $0.count ? $0[place] : "" }
  }
}

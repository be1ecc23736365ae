import CSVFormat
import Catalog

/// What a safe fix does: the text of one cell, before and after. The cell is that of the finding's position.
package struct CellCorrection: Sendable, Hashable {
  package var position: SourcePosition
  /// The cell's address in a spreadsheet, `C24`.
  package var address: String
  /// The cell's text as it is in the table.
  package var before: String
  package var after: String
}

extension CellCorrection {
  /// Nil where the position is no cell of a table, or the text is right already.
  ///
  /// - Parameters:
  ///   - rows: counts the rows of the tables.
  ///   - corrected: the right text for that of the cell; nil if none is certain.
  init?(at position: SourcePosition, in catalog: Catalog, _ rows: RowNumbers, _ corrected: (String) -> String?) {
    guard case .cell(let source, let table, let column, let row) = position, catalog.sources.indices.contains(source),
      let csv = catalog.sources[source].csv, let columns = catalog.sources[source].columns[table],
      columns.indices.contains(column), columns[column] >= 0
    else { return nil }
    let cells = csv.cells(ofRowAt: row)
    guard columns[column] < cells.count else { return nil }
    let before = csv.string(cells[columns[column]])
    guard let after = corrected(before), !after.unicodeScalars.elementsEqual(before.unicodeScalars) else { return nil }
    let address = RowNumbers.letters(ofColumn: columns[column]) + String(rows.number(ofRowAt: row, in: csv, source))
    self.init(position: position, address: address, before: before, after: after)
  }
}

/// Numbers of rows as a spreadsheet counts them, the header being 1. They are asked for in rising order mostly.
final class RowNumbers {
  private var readers: [Int: (reader: TableReader, number: Int)] = [:]

  func number(ofRowAt offset: Int, in csv: CSVTable, _ source: Int) -> Int {
    func start() -> (reader: TableReader, number: Int) {
      (TableReader(csv.bytes, start: csv.text.start, separator: csv.separator), 0)
    }
    var known = readers[source] ?? start()
    if known.number > 0, known.reader.rowStart > offset { known = start() }
    while known.number == 0 || known.reader.rowStart < offset, known.reader.next() { known.number += 1 }
    readers[source] = known
    return known.number
  }

  /// The letters of a column, counted from 0: A … Z, AA, AB …
  static func letters(ofColumn column: Int) -> String {
    column < 26
      ? String(UnicodeScalar(UInt8(ascii: "A") + UInt8(column)))
      : letters(ofColumn: column / 26 - 1) + letters(ofColumn: column % 26)
  }
}

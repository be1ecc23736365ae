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
  /// The cell as written, with its quotes: what is replaced in the file, and by what.
  package var writtenBefore: String
  package var writtenAfter: String
  /// The meaning stays; otherwise the text is a suggestion.
  package var isSafe: Bool
}

extension CellCorrection {
  /// Nil where the position is no cell of a table, or the text is right already.
  ///
  /// - Parameters:
  ///   - address: the cell's address in a spreadsheet.
  ///   - corrected: the right text for that of the cell; nil if none is certain.
  init?(
    at position: SourcePosition, _ address: String, in catalog: Catalog, isSafe: Bool, _ corrected: (String) -> String?
  ) {
    guard case .cell(let source, let table, let column, let row) = position, catalog.sources.indices.contains(source),
      let csv = catalog.sources[source].csv, let columns = catalog.sources[source].columns[table],
      columns.indices.contains(column), columns[column] >= 0
    else { return nil }
    let cells = csv.cells(ofRowAt: row)
    guard columns[column] < cells.count else { return nil }
    let before = csv.string(cells[columns[column]])
    guard let after = corrected(before), !after.unicodeScalars.elementsEqual(before.unicodeScalars) else { return nil }
    let cell = cells[columns[column]]
    let isQuoted = cell.isQuoted
    var text = after
    let quoted =
      isQuoted
      ? "\"" + after.replacing("\"", with: "\"\"") + "\""
      : String(decoding: text.withUTF8 { CSVWriter.quoted($0, separator: csv.separator) }, as: UTF8.self)
    self.init(
      position: position, address: address, before: before, after: after,
      writtenBefore: csv.bytes.text(cell.written..<min(isQuoted ? cell.end + 1 : cell.end, csv.bytes.count)),
      writtenAfter: quoted, isSafe: isSafe)
  }
}

extension Rule {
  /// Whether the right text of the cell at a position is certain.
  func isCorrectable(_ position: SourcePosition, in catalog: Catalog, _ corrected: () -> String?) -> Bool {
    switch correction {
    case nil, .suggested: false
    case .text(let text): CellCorrection(at: position, "", in: catalog, isSafe: true, text) != nil
    case .reported: CellCorrection(at: position, "", in: catalog, isSafe: true) { _ in corrected() } != nil
    }
  }
}

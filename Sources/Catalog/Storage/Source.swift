import AtomicFiles
import CSVFormat

/// A file that a catalog was read from.
package struct Source: Sendable {
  /// The path as it was given, for messages.
  package var file: String
  /// The sheet, if the file is a workbook.
  package var sheet: String?
  /// The number of the table, from 1, if the file is a Word document.
  package var wordTable: Int?
  /// The table, if the file is CSV or a sheet.
  package var csv: CSVTable?
  /// For each table in the file, the cell of a row that holds each column; -1 if the file does not have the column.
  package var columns: [TableKind: [Int]]
  /// The document's bytes, to show the text of a line; nil if they are not kept.
  package var document: Bytes?

  package init(file: String, csv: CSVTable? = nil, columns: [TableKind: [Int]] = [:], document: Bytes? = nil) {
    self.file = file
    self.csv = csv
    self.columns = columns
    self.document = document
  }
}

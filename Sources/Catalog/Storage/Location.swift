import Localization

/// A source position as file, line and column, for output.
package struct Location: Sendable, Hashable {
  package var file: String
  /// Counts from 1; nil for the file as a whole.
  package var line: Int?
  /// In characters, counts from 1; nil if only the line is known.
  package var column: Int?
  /// The length of the cell in characters, quotes included.
  package var length: Int?
  /// The text of the line, without the line break.
  package var excerpt: String?
  /// The address of the cell in a spreadsheet, `F243`; of a whole row that of its first cell. Nil if the file is no table.
  package var cell: String?
  /// The sheet of a workbook that the cell is in.
  package var sheet: String?
  /// The English name of the column; nil if no single column is meant.
  package var field: String?

  /// The cell of a table of a Word document, whose cells have no letters.
  package var wordCell: WordCell?

  /// A cell, or a whole row, of a table of a Word document; all count from 1.
  package struct WordCell: Sendable, Hashable {
    package var table: Int
    package var row: Int
    package var column: Int?

    package init(table: Int, row: Int, column: Int?) {
      self.table = table
      self.row = row
      self.column = column
    }

    package var text: LocalizedText {
      LocalizedText(
        zh: "表\(table) 第\(row)行" + (column.map { " 第\($0)列" } ?? ""),
        en: "table \(table) row \(row)" + (column.map { " column \($0)" } ?? ""))
    }
  }

  /// The cell with its sheet, `事项!F243`; of a Word document `表2 第5行 第3列`.
  package func address(in language: Language) -> String? { wordCell?.text[language] ?? address }

  /// The cell with its sheet, `事项!F243`.
  package var address: String? { cell.map { cell in sheet.map { "\($0)!\(cell)" } ?? cell } ?? sheet }

  package init(
    file: String, line: Int? = nil, column: Int? = nil, length: Int? = nil, excerpt: String? = nil, cell: String? = nil,
    field: String? = nil
  ) {
    self.file = file
    self.cell = cell
    self.field = field
    self.line = line
    self.column = column
    self.length = length
    self.excerpt = excerpt
  }
}

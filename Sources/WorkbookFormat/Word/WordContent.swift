import AtomicFiles

/// What a Word document (.docx) holds, as far as lists need it: its tables, and the short paragraphs around them.
package struct WordContent: Sendable {
  /// The tables of the document in their order. A table within a cell of another is none of them.
  package var tables: [WordTable] = []
  /// The short paragraphs outside tables, a line each; a longer one is empty here.
  package var paragraphs: [String] = []
  /// Insertions, deletions, moves, and inserted, deleted or merged cells and rows that have not been accepted.
  package var trackedChanges = 0
  /// The cell of the first one in a table.
  package var firstChange: WordPosition?
  /// Pieces of hidden text, which are left out.
  package var hiddenTexts = 0
  /// Text boxes, which are left out.
  package var textBoxes = 0
  /// Tables within cells, which are left out; the first ones with their positions.
  package var nestedTables = 0
  package var nestedPositions: [WordPosition] = []
}

/// A cell of a table of a Word document; all three count from 1.
package struct WordPosition: Sendable, Hashable {
  package var table: Int
  package var row: Int
  package var column: Int
}

/// A table of a Word document as a table in CSV (RFC 4180, UTF-8, LF): record n is row n and cell m column m, so that a
/// position in the one is a position in the other. Rows without content are empty lines.
///
/// A cell that is merged with those below it has its text in each of them (`vMerge`); one that is merged with those to its
/// right has it in the first (`gridSpan`). In a row that consists of nothing but continued cells, all are empty. Line breaks
/// and paragraphs of a cell are line feeds.
package struct WordTable: Sendable {
  /// Its number in the document, from 1.
  package var number: Int
  package var table: Bytes
  package var rows: Int
  /// How many of the document's paragraphs are above it.
  package var paragraphsAbove: Int
  /// By the offset of a row in `table`, the columns whose text is that of the cell above: bit n for column n.
  package var continued: [Int: UInt64]
}

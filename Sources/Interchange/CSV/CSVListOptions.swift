import CSVFormat

/// The options for reading a list in CSV.
package struct CSVListOptions: Sendable {
  /// The list that the matters belong to, by id, title or annex, if the table does not name it. An id that does not exist
  /// creates a new list.
  package var list: String?
  /// The table's encoding; nil to recognise it by its bytes.
  package var encoding: TextEncoding?
  /// Whether the list will be imported into the base. Matters with the same id are then the same matter, even if the name
  /// differs, and keep what a list has no columns for (`includes`, which items are shared). Otherwise the names must be
  /// equal as well, because a list of another city may have the same numbers.
  package var isImport: Bool
  /// Whether to register audiences that the base does not know.
  package var registersAudiences: Bool

  /// In a workbook with several lists, which of them: 1 for the first. In a Word document, the number of the table.
  package var table: Int?

  /// The list that a Word document holds, if `list` is nil: the one that is to be listed or exported of it.
  package var documentList: String?

  /// For a table of a document: what the document says beside it.
  package var document: DocumentTable?

  /// A table of a document, whose cells have lines that end where the cell does.
  package struct DocumentTable: Sendable {
    /// The lines above the table that may be its title, from top to bottom.
    package var titles: [String]
    /// By the offset of a row, the cells that are merged with those above: bit n for cell n. They have the text of the first.
    package var continued: [Int: UInt64]

    package init(titles: [String] = [], continued: [Int: UInt64] = [:]) {
      self.titles = titles
      self.continued = continued
    }

    /// Whether a cell is merged with the one above it.
    func isContinued(_ row: Int, _ cell: Int) -> Bool {
      cell >= 0 && cell < 64 && continued[row].map { $0 >> UInt64(cell) & 1 == 1 } ?? false
    }
  }

  package init(
    list: String? = nil, table: Int? = nil, encoding: TextEncoding? = nil, isImport: Bool = false,
    registersAudiences: Bool = false
  ) {
    self.list = list
    self.table = table
    self.encoding = encoding
    self.isImport = isImport
    self.registersAudiences = registersAudiences
  }
}

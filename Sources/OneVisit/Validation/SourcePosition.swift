/// A position in a file of a catalog. Prints as `catalog/matters.csv:12:5`.
public struct SourcePosition: Sendable, Hashable, CustomStringConvertible {
  /// The file's path, built from the path that the catalog was read from.
  public let file: String
  /// The line, from 1; nil where the file as a whole is meant.
  public let line: Int?
  /// The column in characters, from 1; nil where only the line is known.
  public let column: Int?
  /// The length of the cell in characters, quotation marks included; nil where only the line is known.
  public let length: Int?
  /// The text of the line; nil where it was not kept.
  public let excerpt: String?

  /// The address of the cell in a spreadsheet, such as `F243`; of a whole row that of its first cell. Nil where the file is
  /// no table. A row whose cells have line breaks counts as one.
  public let cell: String?
  /// The sheet of a workbook that the cell is in; nil where the file is no workbook.
  public let sheet: String?
  /// The English name of the column, such as `name`; nil where no single column is meant.
  public let field: String?

  /// `file:line:column`, without what is not known; in a workbook `file:sheet!cell`.
  public var description: String {
    if let sheet { return file + ":" + sheet + (cell.map { "!" + $0 } ?? "") }
    return position
  }

  private var position: String {
    ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
  }

  init(file: String) {
    self.file = file
    line = nil
    column = nil
    length = nil
    excerpt = nil
    cell = nil
    sheet = nil
    field = nil
  }

  init(_ location: Core.Location) {
    file = location.file
    line = location.line
    column = location.column
    length = location.length
    excerpt = location.excerpt
    cell = location.cell
    sheet = location.sheet
    field = location.field
  }
}

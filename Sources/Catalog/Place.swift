/// Where a thing stands in what was read. Cheap to keep; `Locator` turns it into file, line and column.
public struct Place: Hashable, Sendable, Comparable {
  /// The source's place in `Catalog.sources`; negative for nowhere.
  public var source: Int16
  public var table: TableKind
  /// The column in `TableKind.columns`, or one of the constants below.
  public var column: Int16
  /// The byte where the row begins (or the exact byte, for `exact`); in XML the line.
  public var position: Int

  /// The whole row.
  public static let row: Int16 = -1
  /// The very byte at `position`.
  public static let exact: Int16 = -2
  /// The file as a whole.
  public static let file: Int16 = -3
  /// The header row, or its cell `column` where `position` is that cell's number.
  public static let header: Int16 = -4

  public init(source: Int, table: TableKind, column: Int16, position: Int) {
    self.source = Int16(source)
    self.table = table
    self.column = column
    self.position = position
  }

  public static let nowhere = Place(source: -1, table: .notices, column: Place.file, position: 0)

  /// The same row, another column.
  public func at(_ column: Int) -> Place {
    var place = self
    place.column = Int16(column)
    return place
  }

  public static func < (a: Place, b: Place) -> Bool {
    if a.source != b.source { return a.source < b.source }
    if a.position != b.position { return a.position < b.position }
    if a.column != b.column { return a.column < b.column }
    return a.table < b.table
  }
}

/// A place as people and programs are told it.
public struct Location: Sendable, Hashable {
  public var file: String
  /// Counting from 1; nil where the file as a whole is meant.
  public var line: Int?
  /// In characters, counting from 1; nil where only the line is known.
  public var column: Int?
  /// How many characters the cell takes, quotes included.
  public var length: Int?
  /// The line's own text, without its break.
  public var excerpt: String?

  public init(file: String, line: Int? = nil, column: Int? = nil, length: Int? = nil, excerpt: String? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.length = length
    self.excerpt = excerpt
  }
}

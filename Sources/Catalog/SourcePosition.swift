/// Where something stands in what was read. Cheap to keep: `Locator` turns it into file, line and column when it is shown.
///
/// `source` is an index in `Catalog.sources`. In a table an offset counts bytes from the start of the decoded file; in an
/// XML document the row of a `row` or `cell` is the number of its line.
package enum SourcePosition: Hashable, Sendable {
  /// Nowhere: what the program itself has added.
  case none
  /// A file as a whole.
  case file(source: Int, table: TableKind)
  /// A whole row, by where it starts.
  case row(source: Int, table: TableKind, offset: Int)
  /// One cell of a row, by where the row starts; `column` is an index in `TableKind.columns`.
  case cell(source: Int, table: TableKind, column: Int, row: Int)
  /// A single byte.
  case byte(source: Int, table: TableKind, offset: Int)

  /// The index in `Catalog.sources`; -1 for `none`.
  package var source: Int {
    switch self {
    case .none: -1
    case .file(let source, _), .row(let source, _, _), .cell(let source, _, _, _), .byte(let source, _, _): source
    }
  }

  package var table: TableKind {
    switch self {
    case .none: .notices
    case .file(_, let table), .row(_, let table, _), .cell(_, let table, _, _), .byte(_, let table, _): table
    }
  }

  /// Where the row starts, or the byte itself; 0 for a file as a whole.
  package var offset: Int {
    switch self {
    case .none, .file: 0
    case .row(_, _, let offset), .cell(_, _, _, let offset), .byte(_, _, let offset): offset
    }
  }

  /// The column of a cell; nil for anything else.
  package var column: Int? {
    if case .cell(_, _, let column, _) = self { column } else { nil }
  }

  package var isByte: Bool {
    if case .byte = self { true } else { false }
  }

  package var isFile: Bool {
    if case .file = self { true } else { false }
  }

  /// A cell of the same row.
  package func cell(_ column: Int) -> SourcePosition {
    .cell(source: source, table: table, column: column, row: offset)
  }

  /// The same position where the sources of its catalog follow `count` others.
  package func movedBy(sources count: Int) -> SourcePosition {
    switch self {
    case .none: .none
    case .file(let source, let table): .file(source: source + count, table: table)
    case .row(let source, let table, let offset): .row(source: source + count, table: table, offset: offset)
    case .cell(let source, let table, let column, let row):
      .cell(source: source + count, table: table, column: column, row: row)
    case .byte(let source, let table, let offset): .byte(source: source + count, table: table, offset: offset)
    }
  }

  /// The order of positions at one offset: the file, a byte, the row as a whole, then its cells.
  package var rank: Int {
    switch self {
    case .none, .file: -3
    case .byte: -2
    case .row: -1
    case .cell(_, _, let column, _): column
    }
  }
}

extension SourcePosition: Comparable {
  package static func < (a: SourcePosition, b: SourcePosition) -> Bool {
    (a.source, a.offset, a.rank, a.table) < (b.source, b.offset, b.rank, b.table)
  }
}

/// A position as it is shown to people and programs.
package struct Location: Sendable, Hashable {
  package var file: String
  /// Counting from 1; nil where the file as a whole is meant.
  package var line: Int?
  /// In characters, counting from 1; nil where only the line is known.
  package var column: Int?
  /// How many characters the cell takes, quotes included.
  package var length: Int?
  /// The line's own text, without its break.
  package var excerpt: String?

  package init(file: String, line: Int? = nil, column: Int? = nil, length: Int? = nil, excerpt: String? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.length = length
    self.excerpt = excerpt
  }
}

/// A position in the source of a catalog. `Locator` converts it to file, line and column for output.
///
/// `source` is an index in `Catalog.sources`. In a table an offset counts bytes from the start of the decoded file; in an
/// XML document the row of a `row` or `cell` is the number of its line.
package enum SourcePosition: Hashable, Sendable {
  /// No position: the program itself has added the row.
  case none
  /// A file as a whole.
  case file(source: Int, table: TableKind)
  /// A whole row, by the offset of its start.
  case row(source: Int, table: TableKind, offset: Int)
  /// One cell, by the offset of its row; `column` is an index in the columns of the table.
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

  /// The offset of the row or of the byte; 0 for a file as a whole.
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

  package var isRow: Bool {
    if case .row = self { true } else { false }
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

  /// The same position after `count` other sources have been inserted before those of its catalog.
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

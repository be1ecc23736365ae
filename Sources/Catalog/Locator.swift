import Files
import Tables

/// Turns places into file, line, column and the line's own text. Keeps an index of lines for each file it was asked about,
/// so that a thousand places cost one pass over the file.
public final class Locator {
  private let catalog: Catalog
  private var indexes: [Int: LineIndex] = [:]
  // What was looked at last: thousands of findings may stand in one row, in one line, or in one cell, and come in order.
  private var last: (place: Place, location: Location)?
  private var lastRow: (source: Int16, start: Int, cells: [Cell])?
  private var lastLine: (source: Int16, range: Range<Int>, offset: Int, column: Int)?

  public init(_ catalog: Catalog) { self.catalog = catalog }

  public func locate(_ place: Place) -> Location? {
    guard place.source >= 0, Int(place.source) < catalog.sources.count else { return nil }
    let source = catalog.sources[Int(place.source)]
    if place.column == Place.file { return Location(file: source.file) }
    guard let sheet = source.sheet else { return locateLine(place, in: source) }
    if let last, last.place == place { return last.location }
    let index = self.index(Int(place.source), sheet.bytes, sheet.text.start)
    let base = sheet.bytes.base
    let position = min(max(place.position, sheet.text.start), sheet.bytes.count)
    var start = position
    var length: Int?
    var hasColumn = true
    switch place.column {
    case Place.exact:
      length = 1
    case Place.row:
      let line = lineRange(position, index, place.source)
      length = LineIndex.scalars(base, line.lowerBound, line.upperBound)
    default:
      let cells = cells(ofRowAt: position, sheet, place.source)
      let columns = source.columns[place.table] ?? []
      let column = Int(place.column)
      if columns.indices.contains(column), columns[column] >= 0, columns[column] < cells.count {
        let cell = cells[columns[column]]
        start = cell.written
        let stop = cell.written < cell.start ? cell.end + 1 : cell.end
        length = max(1, LineIndex.scalars(base, start, min(stop, sheet.bytes.count)))
      } else {
        hasColumn = false
      }
    }
    let line = lineRange(start, index, place.source)
    let location = Location(
      file: source.file, line: index.line(start), column: hasColumn ? column(start, sheet.bytes) : nil, length: length,
      excerpt: Locator.excerpt(sheet.bytes, line))
    last = (place, location)
    return location
  }

  private func cells(ofRowAt start: Int, _ sheet: Sheet, _ source: Int16) -> [Cell] {
    if let lastRow, lastRow.source == source, lastRow.start == start { return lastRow.cells }
    let cells = sheet.cells(ofRowAt: start)
    lastRow = (source, start, cells)
    return cells
  }

  /// The line that holds `offset`, which is the last one from now on.
  private func lineRange(_ offset: Int, _ index: LineIndex, _ source: Int16) -> Range<Int> {
    if let lastLine, lastLine.source == source, lastLine.range.lowerBound <= offset, offset <= lastLine.range.upperBound {
      return lastLine.range
    }
    let range = index.lineRange(offset)
    lastLine = (source, range, range.lowerBound, 1)
    return range
  }

  /// The column of a byte in the last line: counted from where the last column was asked for.
  private func column(_ offset: Int, _ bytes: Bytes) -> Int? {
    guard var line = lastLine else { return nil }
    if offset < line.offset { (line.offset, line.column) = (line.range.lowerBound, 1) }
    line.column += LineIndex.scalars(bytes.base, line.offset, min(offset, bytes.count))
    line.offset = min(offset, bytes.count)
    lastLine = line
    return line.column
  }

  /// A line that is too long to show is cut; what is shown of it is text.
  private static func excerpt(_ bytes: Bytes, _ range: Range<Int>) -> String {
    let limit = 4096
    guard range.count > limit else { return bytes.text(range) }
    return bytes.text(range.lowerBound..<range.lowerBound + limit) + "…"
  }

  /// In a document the position is the line itself.
  private func locateLine(_ place: Place, in source: Source) -> Location {
    var location = Location(file: source.file, line: place.position > 0 ? place.position : nil)
    if let document = source.document, place.position > 0 {
      let index = self.index(Int(place.source), document, 0)
      location.excerpt = index.text(ofLine: place.position)
    }
    return location
  }

  private func index(_ source: Int, _ bytes: Bytes, _ start: Int) -> LineIndex {
    if let index = indexes[source] { return index }
    let index = LineIndex(bytes, start: start)
    indexes[source] = index
    return index
  }
}

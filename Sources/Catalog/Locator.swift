import Files
import Tables

/// Turns places into file, line, column and the line's own text. Keeps an index of lines for each file it was asked about,
/// so that a thousand places cost one pass over the file.
public final class Locator {
  private let catalog: Catalog
  private var indexes: [Int: LineIndex] = [:]

  public init(_ catalog: Catalog) { self.catalog = catalog }

  public func locate(_ place: Place) -> Location? {
    guard place.source >= 0, Int(place.source) < catalog.sources.count else { return nil }
    let source = catalog.sources[Int(place.source)]
    if place.column == Place.file { return Location(file: source.file) }
    guard let sheet = source.sheet else { return locateLine(place, in: source) }
    let index = self.index(Int(place.source), sheet.bytes, sheet.text.start)
    let base = sheet.bytes.base
    let excerptRange = index.lineRange(place.position)
    var start = place.position
    var length: Int?
    var hasColumn = true
    switch place.column {
    case Place.exact:
      length = 1
    case Place.row:
      length = LineIndex.scalars(base, excerptRange.lowerBound, excerptRange.upperBound)
    default:
      let cells = sheet.cells(ofRowAt: place.position)
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
    let line = index.lineRange(start)
    return Location(
      file: source.file, line: index.line(start), column: hasColumn ? index.column(start) : nil, length: length,
      excerpt: Locator.excerpt(sheet.bytes, line))
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

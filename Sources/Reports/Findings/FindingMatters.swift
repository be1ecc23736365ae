import Catalog
import Validator

/// The matters that findings are about. An id that several matters have means the one in whose row the finding is.
struct FindingMatters {
  private struct Row: Hashable {
    var file: String
    var sheet: String?
    var row: String
  }

  private let catalog: Catalog
  /// The matters whose id others have too, by their row.
  private var doubled: [Row: Matter] = [:]

  init(_ catalog: Catalog) {
    self.catalog = catalog
    let second = catalog.matters.filter { catalog.firstMatter(withID: $0.id)?.index != $0.index }
    guard !second.isEmpty else { return }
    let locator = Locator(catalog)
    for matter in second {
      if let row = locator.locate(catalog.position(matter)).flatMap(FindingMatters.row) { doubled[row] = matter }
    }
  }

  /// The matter of a finding; nil if it is about none.
  func matter(of finding: Finding) -> Matter? {
    guard let id = finding.matter else { return nil }
    if !doubled.isEmpty, let row = finding.location.flatMap(FindingMatters.row), let matter = doubled[row],
      catalog.id(matter) == id
    {
      return matter
    }
    return catalog.matter(id: id)
  }

  /// Of a table by its cells, of a document by its lines.
  private static func row(_ location: Location) -> Row? {
    let digits = location.cell.map { $0.filter { ("0"..."9").contains($0) } } ?? location.line.map { "line \($0)" }
    return digits.map { Row(file: location.file, sheet: location.sheet, row: $0) }
  }
}

import Catalog
import Wording

extension Inspection {
  /// What an issue is about: the matter or the item of its row, where the row is known.
  func subject(of issue: ReadingIssue) -> Subject {
    let table = issue.place.table
    if let index = issue.matter, catalog.matters.indices.contains(index), !catalog.matters[index].id.isEmpty {
      return .matter(index)
    }
    guard let id = issue.subject, !id.isEmpty else { return .table(table) }
    switch table {
    case .matters:
      return catalog.matter(id: id).map { .matter($0.index) } ?? .matterID(id)
    case .items:
      guard let matter = catalog.matter(id: id) else { return .matterID(id) }
      return item(of: matter, at: issue.place).map { .item($0) } ?? .matter(matter.index)
    case .progress:
      return .matterID(id)
    default:
      return .id(id)
    }
  }

  /// The item of a matter whose row begins at a place or holds it. A matter's items stand in the order of their rows.
  private func item(of matter: Matter, at place: Place) -> Int? {
    let items = catalog.items(of: matter)
    var low = items.startIndex
    var high = items.endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if catalog.place(items[middle], .matter).position <= place.position { low = middle + 1 } else { high = middle }
    }
    guard low > items.startIndex else { return nil }
    let row = catalog.place(items[low - 1], .matter)
    guard row.source == place.source else { return nil }
    if row.position == place.position { return low - 1 }
    guard place.column == Place.exact, let sheet = catalog.sources[Int(place.source)].sheet,
      let last = sheet.cells(ofRowAt: row.position).last, place.position <= last.end
    else { return nil }
    return low - 1
  }

  /// Whose the cell or row is, to stand before its name: `2-037 的` and `2-037: `; empty where that is not known.
  func owner(of issue: ReadingIssue) -> Bilingual {
    let subject = subject(of: issue)
    if case .table = subject { return Bilingual(zh: "", en: "") }
    let id = subject.id(in: catalog)
    return Bilingual(zh: "\(id) 的", en: "\(id): ")
  }

  /// What the file is called that a place is in.
  func file(of place: Place) -> String {
    let source = Int(place.source)
    return catalog.sources.indices.contains(source) ? catalog.sources[source].file : place.table.fileName
  }
}

/// Words that many messages share.
enum Words {
  /// The column that a place is in, by both of its names.
  static func column(_ place: Place) -> Bilingual {
    let columns = place.table.columns
    guard columns.indices.contains(Int(place.column)) else { return Bilingual(zh: "单元格", en: "the cell") }
    return column(columns[Int(place.column)])
  }

  static func column(_ column: Column) -> Bilingual {
    Bilingual(zh: "“\(column.title)”（\(column.name)）", en: "`\(column.name)` (\(column.title))")
  }

  /// What may be meant, to stand after a message.
  static func nearest(_ name: String?) -> Bilingual {
    guard let name else { return Bilingual(zh: "", en: "") }
    return Bilingual(zh: "；最接近的是“\(name)”", en: "; the nearest is “\(name)”")
  }

  /// A text as a message quotes it: cut where it is long.
  static func quoted(_ text: String) -> String {
    let limit = 60
    guard text.unicodeScalars.count > limit else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit))) + "…"
  }
}

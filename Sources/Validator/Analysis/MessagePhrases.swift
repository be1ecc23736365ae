import Catalog
import Deadlines
import Localization

/// The most related positions that a finding lists.
let relatedLimit = 10

/// Phrases that messages of several rules share.
enum Phrase {
  /// The column of a position, by both of its names.
  static func column(_ position: SourcePosition, in catalog: Catalog) -> LocalizedText {
    let columns = catalog.schema.columns(position.table)
    guard let column = position.column, columns.indices.contains(column) else {
      return LocalizedText(zh: "单元格", en: "the cell")
    }
    return Phrase.column(columns[column])
  }

  static func column(_ column: Column) -> LocalizedText {
    LocalizedText(zh: "“\(column.title.withInnerQuotes)”（\(column.name)）", en: "`\(column.name)` (\(column.title))")
  }

  /// A suggestion at the end of a message; empty if there is none.
  static func nearest(_ name: String?) -> LocalizedText {
    guard let name else { return LocalizedText(zh: "", en: "") }
    return LocalizedText(zh: "；最接近的是“\(name)”", en: "; the nearest is “\(name)”")
  }

  /// A text as a message quotes it: its first 60 characters.
  static func quoted(_ text: String) -> String {
    let limit = 60
    guard text.unicodeScalars.count > limit else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit))) + "…"
  }

  /// A list of deliverables.
  static func deliverables(_ deliverables: [Progress.Deliverable]) -> LocalizedText {
    LocalizedText(
      zh: deliverables.map(\.title.zh).joined(separator: "、"), en: deliverables.map(\.title.en).joined(separator: ", "))
  }

  /// A list of deliverables with the days recorded for them.
  static func dated(_ deliverables: [(Progress.Deliverable, Day)]) -> LocalizedText {
    LocalizedText(
      zh: deliverables.map { "\($0.title.zh)\($1.chinese)" }.joined(separator: "、"),
      en: deliverables.map { "\($0.title.en) on \($1)" }.joined(separator: ", "))
  }

  /// "1 matter", "2 matters".
  static func count(_ count: Int, _ one: String, _ several: String? = nil) -> String {
    "\(count) \(count == 1 ? one : several ?? one + "s")"
  }
}

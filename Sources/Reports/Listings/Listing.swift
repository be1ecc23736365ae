import Localization

/// A small table, made for a command and printed as an aligned table, as CSV or as JSON. Rows are made when they are
/// printed: give a lazy collection for a large catalog.
package struct Listing<Rows: Collection> where Rows.Element == [ListingCell] {
  package var columns: [ListingColumn]
  /// Each with one cell for each column.
  package var rows: Rows

  package init(columns: [ListingColumn], rows: Rows) {
    self.columns = columns
    self.rows = rows
  }
}

extension Listing: Sendable where Rows: Sendable {}

/// A column of a listing.
package struct ListingColumn: Sendable, Hashable {
  /// Its name for programs: the header in CSV, the key in JSON. It never changes.
  package var key: String
  /// Its header for people.
  package var title: LocalizedText
  /// It holds numbers, which are aligned to the right.
  package var isNumber: Bool
  /// It is in CSV and JSON, not in the table for people.
  package var isForPrograms: Bool

  package init(_ key: String, _ title: LocalizedText, isNumber: Bool = false, isForPrograms: Bool = false) {
    self.key = key
    self.title = title
    self.isNumber = isNumber
    self.isForPrograms = isForPrograms
  }

  init(_ key: String, zh: String, en: String, isNumber: Bool = false, isForPrograms: Bool = false) {
    self.init(key, LocalizedText(zh: zh, en: en), isNumber: isNumber, isForPrograms: isForPrograms)
  }
}

/// A cell of a listing.
package enum ListingCell: Sendable, Hashable {
  case text(String)
  case number(Int)
  case truth(Bool)
  case texts([String])
  /// A fixed word: programs get the first, people the second.
  case term(String, LocalizedText)
  case terms([String], LocalizedText)
  /// A number with a word beside it or instead of it for people.
  case count(Int, LocalizedText)
  /// As `none`, and people read why.
  case unknown(LocalizedText)
  /// Unknown: empty in a table, `null` in JSON.
  case none

  /// A text, or unknown.
  package static func text(_ text: String?) -> ListingCell { text.map { .text($0) } ?? .none }

  /// A number, or unknown.
  package static func number(_ number: Int?) -> ListingCell { number.map { .number($0) } ?? .none }

  /// For people, on one line and safe to print.
  func shown(_ language: Language) -> String {
    switch self {
    case .text(let text): VisibleText.line(text)
    case .number(let number): String(number)
    case .truth(let truth):
      switch language {
      case .chinese: truth ? "是" : "否"
      case .english: truth ? "yes" : "no"
      }
    case .texts(let texts):
      VisibleText.line(texts.joined(separator: language == .chinese ? "、" : ", "))
    case .term(_, let shown), .terms(_, let shown), .count(_, let shown), .unknown(let shown):
      VisibleText.line(shown[language])
    case .none: ""
    }
  }

  /// For CSV.
  var plain: String {
    switch self {
    case .text(let text), .term(let text, _): text
    case .number(let number), .count(let number, _): String(number)
    case .truth(let truth): truth ? "true" : "false"
    case .texts(let texts), .terms(let texts, _): texts.joined(separator: ";")
    case .unknown, .none: ""
    }
  }
}

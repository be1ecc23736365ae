import AtomicFiles
import CSVFormat
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

  /// An aligned table for people: headers in their language, Chinese counted as two columns. Where it would be wider
  /// than `style.width`, the widest columns of text are cut.
  /// - Parameters:
  ///   - whenEmpty: what is said where there are no rows.
  package func writeTable(
    language: Language, style: TextStyle = TextStyle(),
    whenEmpty: LocalizedText = LocalizedText(zh: "没有符合条件的内容。", en: "Nothing matches."), to writer: ByteWriter
  ) throws {
    let shownColumns = columns.indices.filter { !columns[$0].isForPrograms }
    var widths = shownColumns.map { DisplayWidth.of(columns[$0].title[language]) }
    var isEmpty = true
    // One pass for the widths and one to print: two passes over the rows cost less than keeping a million of them.
    for row in rows {
      isEmpty = false
      for (ordinal, column) in shownColumns.enumerated() where row.indices.contains(column) {
        widths[ordinal] = max(widths[ordinal], DisplayWidth.of(row[column].shown(language)))
      }
    }
    if isEmpty {
      try writer.append(whenEmpty[language] + "\n")
      return
    }
    let gap = 2
    if let width = style.width { ListingWidths.fit(&widths, to: width - gap * (widths.count - 1)) }

    func line(_ cells: [(text: String, isNumber: Bool)]) -> String {
      var out = ""
      for (ordinal, cell) in cells.enumerated() {
        let text = DisplayWidth.truncated(cell.text, to: widths[ordinal])
        if ordinal > 0 { out += "  " }
        if cell.isNumber {
          out += DisplayWidth.paddedBefore(text, to: widths[ordinal])
        } else {
          // Nothing is gained by blanks at the end of a line.
          out += ordinal == cells.count - 1 ? text : DisplayWidth.padded(text, to: widths[ordinal])
        }
      }
      var end = out.endIndex
      while end > out.startIndex, out[out.index(before: end)] == " " { end = out.index(before: end) }
      return String(out[..<end])
    }
    let header = line(shownColumns.map { (columns[$0].title[language], columns[$0].isNumber) })
    try writer.append(style.paint(.bold, header) + "\n")
    try writer.append(
      style.paint(.dim, widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")) + "\n")
    for row in rows {
      let cells = shownColumns.map { column in
        (row.indices.contains(column) ? row[column].shown(language) : "", columns[column].isNumber)
      }
      try writer.append(line(cells) + "\n")
    }
  }

  /// CSV by RFC 4180: CRLF, keys as the header, several texts in a cell joined by `;` as in the registers.
  /// - Parameters:
  ///   - hasByteOrderMark: for spreadsheets that take a file without one for something else than UTF-8.
  package func writeCSV(hasByteOrderMark: Bool = false, to writer: ByteWriter) throws {
    let csv = try CSVWriter(to: writer, options: .init(byteOrderMark: hasByteOrderMark))
    try csv.row(columns.map(\.key))
    for row in rows {
      try csv.row(columns.indices.map { row.indices.contains($0) ? row[$0].plain : "" })
    }
    try csv.finish()
  }

  /// JSON: an array of objects, keys in the order of the columns.
  package func writeJSON(isPretty: Bool = true, to writer: ByteWriter) throws {
    let json = JSONText(to: writer, isPretty: isPretty)
    try json.array {
      for row in rows {
        try json.object {
          for (ordinal, column) in columns.enumerated() {
            try json.key(column.key)
            switch row.indices.contains(ordinal) ? row[ordinal] : .none {
            case .text(let text), .term(let text, _): try json.value(text)
            case .number(let number): try json.value(number)
            case .truth(let truth): try json.value(truth)
            case .texts(let texts), .terms(let texts, _): try json.value(texts)
            case .none: try json.null()
            }
          }
        }
      }
    }
    try json.end()
  }
}

extension Listing: Sendable where Rows: Sendable {}

/// A column of a listing.
package struct ListingColumn: Sendable, Hashable {
  /// Its name for programs: the header in CSV, the key in JSON. It never changes.
  package var key: String
  /// Its header for people.
  package var title: LocalizedText
  /// It holds numbers, which stand to the right.
  package var isNumber: Bool
  /// It stands in CSV and JSON, not in the table for people.
  package var isForPrograms: Bool

  package init(_ key: String, _ title: LocalizedText, isNumber: Bool = false, isForPrograms: Bool = false) {
    self.key = key
    self.title = title
    self.isNumber = isNumber
    self.isForPrograms = isForPrograms
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
  /// Unknown: empty in a table, `null` in JSON.
  case none

  /// A text, or unknown.
  package static func text(_ text: String?) -> ListingCell { text.map { .text($0) } ?? .none }

  /// A number, or unknown.
  package static func number(_ number: Int?) -> ListingCell { number.map { .number($0) } ?? .none }

  /// For people, safe to print.
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
    case .term(_, let shown), .terms(_, let shown): VisibleText.line(shown[language])
    case .none: ""
    }
  }

  /// For CSV.
  var plain: String {
    switch self {
    case .text(let text), .term(let text, _): text
    case .number(let number): String(number)
    case .truth(let truth): truth ? "true" : "false"
    case .texts(let texts), .terms(let texts, _): texts.joined(separator: ";")
    case .none: ""
    }
  }
}

/// Widths of columns brought to what a terminal has.
enum ListingWidths {
  /// No column is cut below this.
  static let least = 8

  /// Takes columns from the widest until the sum fits, or until none has any to give.
  static func fit(_ widths: inout [Int], to total: Int) {
    var excess = widths.reduce(0, +) - total
    while excess > 0, let widest = widths.max(), widest > least {
      // The widest ones come down together to the next.
      let next = max(least, widths.filter { $0 < widest }.max() ?? least)
      let positions = widths.indices.filter { widths[$0] == widest }
      let step = min(widest - next, (excess + positions.count - 1) / positions.count)
      for ordinal in positions where excess > 0 {
        let cut = min(step, excess)
        widths[ordinal] -= cut
        excess -= cut
      }
    }
  }
}

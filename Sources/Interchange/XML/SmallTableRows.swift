import Catalog
import Localization
import XMLFormat

/// Reads the sections of a document for the small tables: registers, lists, targets, progress, waivers. The values of a row
/// are collected by column and then read like a row of a CSV table.
final class SmallTableRows {
  private typealias Word = DocumentFormat.Word

  private let builder: CatalogBuilder
  private let source: Int
  private let format: DocumentFormat
  private var table = TableKind.notices
  private var section = Word.notices
  private var row = Word.notice
  /// The columns of the open section's table, then those that only documents have.
  private var columns: [Column] = []
  /// The column that the text of a row itself fills.
  private var contentColumn: Int?
  /// How many columns the format declares, and how many the document adds, which follow these.
  private var declared = 0
  private var added = 0

  /// The values of the open row by column; several values of one column are separated by `;`, as in a CSV cell.
  private var cells: [String] = []
  private var isInRow = false
  /// The column of the open element `extra`.
  private var extraColumn: Int?
  private var line = 0

  init(_ builder: CatalogBuilder, source: Int, format: DocumentFormat) {
    self.builder = builder
    self.source = source
    self.format = format
  }

  /// The id of the open row.
  var subject: String? { isInRow && cells.first?.isEmpty == false ? cells.first : nil }

  func begin(_ section: DocumentFormat.Word) {
    self.section = section
    (table, row) =
      switch section {
      case .regions: (.regions, .region)
      case .audiences: (.audiences, .audience)
      case .lists: (.lists, .list)
      case .departments: (.departments, .department)
      case .approvals: (.approvals, .approval)
      case .targets: (.targets, .target)
      case .progress: (.progress, .record)
      case .waivers: (.waivers, .waiver)
      default: (.notices, .notice)
      }
    columns = builder.schema.documentColumns(table)
    contentColumn = columns.firstIndex { $0.xml == .content }
    declared = format.schema.columns(table).count
    added = columns.count - format.schema.documentColumns(table).count
  }

  func start(_ element: borrowing XMLElement) {
    // Other elements within a row have only the attribute `due`, which follows from their text.
    if isInRow {
      guard element.name == Word.extra.rawValue, let name = element.attributes.value(Word.column.rawValue) else {
        return
      }
      let wanted = String(decoding: name, as: UTF8.self)
      extraColumn = columns.firstIndex { $0.xml == .further && $0.name == wanted }
      return
    }
    isInRow = true
    line = element.line
    cells = [String](repeating: "", count: columns.count)
    for attribute in element.attributes {
      set(attribute.name, String(decoding: attribute.value, as: UTF8.self).trimmingBlanks)
    }
  }

  /// - Returns: whether the section has ended.
  func end(_ name: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard isInRow else { return name == section.rawValue }
    let value = String(decoding: text, as: UTF8.self).trimmingBlanks
    guard name == row.rawValue else {
      if name == Word.extra.rawValue {
        if let extraColumn { cells[extraColumn] = value }
      } else {
        set(name, value)
      }
      return false
    }
    if let contentColumn { cells[contentColumn] = value }
    add()
    isInRow = false
    return false
  }

  private func set(_ name: Int, _ value: String) {
    guard var column = format.column(of: name, in: table) else { return }
    if column >= declared { column += added }
    if case .elements = columns[column].xml, !cells[column].isEmpty {
      cells[column] += ";" + value
    } else {
      cells[column] = value
    }
  }

  private func add() {
    // The schema reports a missing id.
    let texts: [String?] = cells.enumerated().map { $0.offset == 0 && $0.element.isEmpty ? nil : $0.element }
    builder.add(texts, to: table, at: .row(source: source, table: table, offset: line)) { issue, _ in
      // The schema reports invalid values, except periods: it accepts more than years and months.
      switch issue {
      case .malformedValue(let kind), .looseForm(let kind, _): return kind == .period
      default: return true
      }
    }
  }
}

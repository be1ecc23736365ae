import AtomicFiles
import CSVFormat

/// What an unresolved merge conflict is about, for its message.
package struct MergeConflict: Sendable {
  package enum Difference: Sendable {
    /// The two editions do not differ, or a marker is missing.
    case unknown
    /// A cell, by its column in the table, and its text in either edition.
    case cell(column: Int, first: String, second: String)
    /// A row that only the first edition has, or only the second.
    case onlyFirst, onlySecond
  }

  package var difference = Difference.unknown
  /// How many more cells and rows differ.
  package var others = 0
  /// What differs, in the second edition.
  package var other: SourcePosition?
}

/// Finds the lines that a version control system leaves in a table where two editions contradict each other, and chooses
/// the rows of the first edition, so that no row is read twice.
struct MergeConflicts {
  private enum Part { case outside, first, common, second }

  /// The rows between the markers of one conflict, by their offsets.
  private struct Found {
    var start: Int
    var first: [Int] = []
    var second: [Int] = []
    /// The header is one of the rows.
    var isAroundHeader = false
  }

  private let bytes: Bytes
  private var part = Part.outside
  private var found: [Found] = []

  /// How many rows of a conflict are compared.
  private static let rowLimit = 1000

  init(_ csv: CSVTable) {
    bytes = csv.bytes
    if let offset = csv.conflictStart {
      found.append(Found(start: offset, isAroundHeader: true))
      part = .first
    }
  }

  /// Whether the row read last may be a marker or stand between two. Called for every row of a large table.
  @inline(__always)
  func mayConcern(_ reader: TableReader) -> Bool {
    part != .outside || bytes.base[reader.rowStart] &- UInt8(ascii: "<") <= 2
  }

  /// Whether the row read last is a marker, or a row of an edition that is not chosen.
  mutating func skips(_ reader: TableReader) -> Bool {
    let offset = reader.rowStart
    switch CSVTable.conflictMarker(at: offset, in: bytes) {
    case UInt8(ascii: "<"):
      found.append(Found(start: offset))
      part = .first
      return true
    case UInt8(ascii: "|") where part != .outside:
      part = .common
      return true
    case UInt8(ascii: "="):
      // A marker whose beginning has been deleted ends nothing.
      if part != .outside { part = .second } else { begin(offset) }
      return true
    case UInt8(ascii: ">"):
      if part == .outside { begin(offset) }
      part = .outside
      return true
    default:
      note(offset)
      return part == .common || part == .second
    }
  }

  /// A marker without its beginning.
  private mutating func begin(_ offset: Int) {
    if found.isEmpty { found.append(Found(start: offset)) }
  }

  private mutating func note(_ row: Int) {
    guard part == .first || part == .second, let last = found.indices.last, !found[last].isAroundHeader else { return }
    if part == .first, found[last].first.count < MergeConflicts.rowLimit { found[last].first.append(row) }
    if part == .second, found[last].second.count < MergeConflicts.rowLimit { found[last].second.append(row) }
  }

  /// Reports each conflict.
  func report(_ table: OpenTable, _ kind: TableKind, to issues: inout ReadingIssues) {
    for conflict in found { issues.append(issue(conflict, table, kind)) }
  }

  // MARK: What differs

  /// A row of one edition, with what names it.
  private struct Row {
    var offset: Int
    var cells: [Cell]
    var key: String
  }

  private func issue(_ conflict: Found, _ table: OpenTable, _ kind: TableKind) -> ReadingIssue {
    let key = CatalogSchema.standard.key(kind).compactMap { name in table.wanted.firstIndex { $0.name == name } }
    func row(_ offset: Int) -> Row {
      let cells = table.csv.cells(ofRowAt: offset)
      let names = key.map { text($0, cells, table) }
      return Row(offset: offset, cells: cells, key: names.joined(separator: " "))
    }
    let first = conflict.first.map(row)
    let second = conflict.second.map(row)
    var detail = MergeConflict()
    var found: (row: Row, column: Int?)?
    var differences = 0
    func add(_ difference: MergeConflict.Difference, at row: Row, _ column: Int?, other: Int?) {
      differences += 1
      guard differences == 1 else { return }
      detail.difference = difference
      found = (row, column)
      detail.other = other.map { offset in
        let position = SourcePosition.row(source: table.source, table: kind, offset: offset)
        return column.map { position.cell($0) } ?? position
      }
    }
    var free = Dictionary(grouping: second.indices.reversed()) { second[$0].key }
    for row in first {
      let isOnly = first.count == 1 && second.count == 1
      guard let match = isOnly ? 0 : free[row.key]?.popLast() else {
        add(.onlyFirst, at: row, nil, other: nil)
        continue
      }
      if isOnly { free = [:] }
      for column in table.columns.indices {
        let texts = (text(column, row.cells, table), text(column, second[match].cells, table))
        if texts.0.utf8.elementsEqual(texts.1.utf8) { continue }
        add(.cell(column: column, first: texts.0, second: texts.1), at: row, column, other: second[match].offset)
      }
    }
    for match in free.values.joined().sorted() { add(.onlySecond, at: second[match], nil, other: second[match].offset) }
    detail.others = max(0, differences - 1)
    guard let found else {
      return ReadingIssue(
        .mergeConflict(detail), at: .row(source: table.source, table: kind, offset: conflict.start))
    }
    let position = SourcePosition.row(source: table.source, table: kind, offset: found.row.offset)
    let subject = kind == .items ? text(key.first ?? 0, found.row.cells, table) : found.row.key
    return ReadingIssue(
      .mergeConflict(detail), at: found.column.map { position.cell($0) } ?? position, subject: subject)
  }

  private func text(_ column: Int, _ cells: [Cell], _ table: OpenTable) -> String {
    let cell = table.columns[column]
    return cell >= 0 && cell < cells.count ? table.csv.string(cells[cell]).trimmingBlanks : ""
  }
}

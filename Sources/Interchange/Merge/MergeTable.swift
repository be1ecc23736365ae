import AtomicFiles
import CSVFormat
import Catalog
import Localization

/// Why a table is not merged row by row. It is then merged line by line, as any text is.
struct MergeDeclined: Error, Hashable {
  let reason: LocalizedText

  static let notATable = MergeDeclined(
    reason: LocalizedText(zh: "它不是目录中的表", en: "it is no table of a catalog"))
}

/// One edition of a table as a merge sees it: rows that can be copied byte for byte.
struct MergeTable {
  struct Row: Sendable {
    /// With the blank lines before it and with its line end.
    var range: Range<Int>
    /// From the start of its first cell to the end of its last one.
    var content: Range<Int>
    /// How many cells it has.
    var width: Int
  }

  let csv: CSVTable
  /// What each column is: its name in the schema, or its title where the schema does not have it.
  let columns: [String]
  private(set) var rows: [Row] = []
  /// Blank lines after the last row.
  private(set) var tail: Range<Int>
  /// The line end of the header; LF where it has none.
  let lineEnd: [UInt8]
  /// Whether the header has a line end.
  var hasHeaderEnd: Bool {
    csv.bodyStart > csv.headerStart && [0x0A, 0x0D].contains(csv.bytes.base[csv.bodyStart - 1])
  }
  private let indices: [String: Int]

  /// - Parameter isBase: rows between conflict markers, which git leaves in a base that it has merged itself, are passed
  ///   over: of these there is no common edition.
  init(_ csv: CSVTable, _ kind: TableKind, isBase: Bool, in schema: CatalogSchema = .standard) throws(MergeDeclined) {
    self.csv = csv
    guard csv.text.unreadable.isEmpty else {
      throw MergeDeclined(reason: LocalizedText(zh: "表中有无法识别的字节", en: "it has undecodable bytes"))
    }
    let declared = schema.columns(kind)
    columns = csv.header.enumerated().map { index, title in
      declared.first { $0.name == title || $0.title == title }?.name ?? (title.isEmpty ? "#\(index)" : title)
    }
    indices = Dictionary(columns.enumerated().map { ($1, $0) }) { first, _ in first }
    guard indices.count == columns.count else {
      throw MergeDeclined(reason: LocalizedText(zh: "表头有重复的列", en: "its header has a column twice"))
    }
    lineEnd = MergeTable.lineEnd(csv, csv.headerStart..<csv.bodyStart)
    tail = csv.bytes.count..<csv.bytes.count
    try readRows(isBase: isBase)
  }

  private mutating func readRows(isBase: Bool) throws(MergeDeclined) {
    var reader = csv.rows()
    var start = reader.offset
    var isInConflict = csv.conflictStart != nil
    while reader.next() {
      let range = start..<reader.offset
      start = reader.offset
      if let marker = CSVTable.conflictMarker(at: reader.rowStart, in: csv.bytes) {
        isInConflict = marker != UInt8(ascii: ">")
        guard isBase else {
          throw MergeDeclined(
            reason: LocalizedText(zh: "表中已有没有解决的合并冲突", en: "it has an unresolved merge conflict already"))
        }
        continue
      }
      if isInConflict { continue }
      let content = reader.rowStart..<min(reader.cells.last.map(MergeTable.end) ?? reader.rowStart, csv.bytes.count)
      rows.append(Row(range: range, content: content, width: reader.cells.count))
    }
    tail = start..<csv.bytes.count
    guard reader.problems.isEmpty, csv.headerProblems.isEmpty, csv.conflictStart == nil || isBase else {
      throw MergeDeclined(
        reason: LocalizedText(zh: "表中有不成对的引号等格式错误", en: "it has syntax errors, such as an unclosed quote"))
    }
  }

  /// One past the last byte of a cell as written.
  private static func end(_ cell: Cell) -> Int { cell.isQuoted ? cell.end + 1 : cell.end }

  private static func lineEnd(_ csv: CSVTable, _ row: Range<Int>) -> [UInt8] {
    let bytes = csv.bytes.buffer[row]
    if bytes.last == 0x0A { return bytes.dropLast().last == 0x0D ? [0x0D, 0x0A] : [0x0A] }
    return bytes.last == 0x0D ? [0x0D] : [0x0A]
  }

  // MARK: Rows and cells

  func cells(_ row: Row) -> [Cell] { csv.cells(ofRowAt: row.content.lowerBound) }

  /// The index of a column in its rows; nil if the table does not have it.
  func index(of column: String) -> Int? { indices[column] }

  /// Whether the row has a cell for each column, so that it can be merged field by field.
  func isRegular(_ row: Row) -> Bool { row.width == columns.count }

  /// The text of a cell; empty where the row or the table has none.
  func text(_ cells: [Cell], _ column: String) -> String {
    guard let index = indices[column], index < cells.count else { return "" }
    return csv.string(cells[index])
  }

  /// The bytes of a cell as written, with its quotes.
  func written(_ cell: Cell) -> Range<Int> { cell.written..<min(MergeTable.end(cell), csv.bytes.count) }

  func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: csv.bytes.buffer[range])
  }
}

extension MergeDeclined {
  static let removedColumn = MergeDeclined(
    reason: LocalizedText(zh: "一边删去了一列，另一边改了其中的内容", en: "one side removed a column in which the other changed a cell"))
}

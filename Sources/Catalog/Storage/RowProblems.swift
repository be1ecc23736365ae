import CSVFormat
import Localization

/// Reports the CSV problems and the undecodable bytes of each row, with the row's id, while the rows are read in order.
struct RowProblems {
  private let table: OpenTable
  private let kind: TableKind
  /// How many of the reader's problems have been reported.
  private var reported = 0
  /// The index in `DecodedText.unreadable` of the next byte to report, and its offset; `Int.max` if there is none.
  private var unreadable: Int
  private var nextUnreadable: Int

  init(_ table: OpenTable, _ kind: TableKind) {
    self.table = table
    self.kind = kind
    let offsets = table.csv.text.unreadable
    unreadable = offsets.firstIndex { $0 >= table.csv.bodyStart } ?? offsets.count
    nextUnreadable = unreadable < offsets.count ? offsets[unreadable] : Int.max
  }

  /// Whether the row read last has a problem. Called for every row.
  @inline(__always)
  func isPending(_ reader: TableReader) -> Bool {
    reader.problems.count != reported || nextUnreadable < reader.offset
  }

  /// Reports the problems of the row read last.
  /// - Returns: the cells whose content is unreliable; and whether a quote is wrong, in which case the number of cells is
  ///   not reported as well.
  mutating func take(
    _ reader: TableReader, into issues: inout ReadingIssues
  ) -> (cells: [Int], hasQuote: Bool) {
    let csv = table.csv
    let first = table.columns[0] >= 0 && table.columns[0] < reader.cells.count ? reader.cells[table.columns[0]] : nil
    let subject = first.map { csv.string($0).trimmingBlanks }
    var cells: [Int] = []
    var hasQuote = false
    func report(_ issue: ReadingIssue.Kind, at offset: Int, damages: Bool) {
      issues.append(
        ReadingIssue(
          issue, at: .byte(source: table.source, table: kind, offset: offset),
          subject: subject))
      guard damages, let cell = reader.cell(at: offset), cells.last != cell else { return }
      cells.append(cell)
    }
    for problem in reader.problems[reported...] {
      // The content of a cell with an unclosed quote is still read.
      report(.syntax(problem.kind), at: problem.offset, damages: problem.kind != .unclosedQuote)
      if problem.kind != .nul { hasQuote = true }
    }
    reported = reader.problems.count
    let offsets = csv.text.unreadable
    var reportedCell: Int?
    while nextUnreadable < reader.offset {
      // Once for each cell.
      let cell = reader.cell(at: nextUnreadable)
      if cell == nil || cell != reportedCell { report(.encoding, at: nextUnreadable, damages: true) }
      reportedCell = cell
      unreadable += 1
      nextUnreadable = unreadable < offsets.count ? offsets[unreadable] : Int.max
    }
    return (cells, hasQuote)
  }
}

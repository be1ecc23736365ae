import AtomicFiles
import Catalog
import Deadlines
import Localization
import Validator

/// A worklist as a text to paste into a message: `onevisit deadlines --format text`. Short lines, a paragraph for each
/// matter, nothing that has to be aligned.
package struct WorklistText {
  private let phrases: WorklistPhrases
  private let printer: TextPrinter
  private var worklist: Worklist { phrases.worklist }

  package init(_ worklist: Worklist, language: Language, to writer: ByteWriter) {
    phrases = WorklistPhrases(worklist, language: language)
    printer = TextPrinter(to: writer, language: language)
  }

  package func write() throws {
    try line(phrases.title)
    let limit = worklist.led.dueBy.map {
      phrases.localized("，只列 \($0) 或之前到期或报送的", ", only what is due or to be reported by \($0)")
    }
    try line(phrases.localized("截至 \(worklist.day)", "As of \(worklist.day)") + (limit ?? ""))
    if let supported = worklist.supported {
      try write(worklist.led, isLed: true, heading: phrases.localized("牵头", "Leading"))
      try write(supported, isLed: false, heading: phrases.localized("配合", "Supporting"))
    } else {
      try write(worklist.led, isLed: true, heading: phrases.localized("全部", "All"))
    }
  }

  /// What is open first: a paragraph for each matter, or for several of which the same is to be said, as for the 92 shops
  /// that need a seal. What is done is a paragraph of names.
  private func write(_ board: DeadlineBoard, isLed: Bool, heading: String) throws {
    let tally = board.tally
    try line()
    try line(
      phrases.localized(
        "【\(heading)】\(tally.matters) 件，已完成 \(tally.complete) 件，\(DeadlineListing.late(tally, counter: " 件").zh)",
        "\(heading): \(FindingsSummary.counted(tally.matters, "matter")), \(tally.complete) complete, \(DeadlineListing.late(tally).en)"
      ))
    var done: [DeadlineBoard.Row] = []
    var groups: [(lines: [String], rows: [DeadlineBoard.Row])] = []
    var groupOfLines: [[String]: Int] = [:]
    for row in board.rows {
      if row.recorded.isComplete == true, row.missing.isEmpty {
        done.append(row)
        continue
      }
      let lines = late(row) + phrases.lines(row, isLed: isLed)
      if let group = groupOfLines[lines] {
        groups[group].rows.append(row)
      } else {
        groupOfLines[lines] = groups.count
        groups.append((lines, [row]))
      }
    }
    for group in groups {
      try line()
      try write(names: group.rows, isShort: !isLed)
      for text in group.lines { try line(text) }
    }
    guard !done.isEmpty else { return }
    try line()
    try line(phrases.localized("已完成：", "Complete:"))
    try write(names: done, isShort: !isLed)
  }

  private func late(_ row: DeadlineBoard.Row) -> [String] {
    guard let days = row.daysLate else { return [] }
    return [phrases.localized("逾期：\(days) 天", "Late: \(FindingsSummary.counted(days, "day"))")]
  }

  /// A line for each matter.
  /// - Parameter isShort: more than three are given by their ids.
  private func write(names rows: [DeadlineBoard.Row], isShort: Bool) throws {
    guard isShort, rows.count > 3 else {
      for row in rows { try line("\(row.id) \(row.name)") }
      return
    }
    var runs: [(first: DeadlineBoard.Row, last: DeadlineBoard.Row)] = []
    for row in rows {
      if let run = runs.last, row.list == run.last.list, let number = run.last.number, row.number == number + 1 {
        runs[runs.count - 1].last = row
      } else {
        runs.append((row, row))
      }
    }
    let ids = runs.map { run in
      run.first.id == run.last.id
        ? run.first.id : phrases.localized("\(run.first.id) 至 \(run.last.id)", "\(run.first.id) to \(run.last.id)")
    }
    try line(
      phrases.localized("\(rows.count) 件：", "\(FindingsSummary.counted(rows.count, "matter")): ") + phrases.joined(ids))
  }

  private func line(_ text: String = "") throws { try printer.line(StyledText(text)) }
}

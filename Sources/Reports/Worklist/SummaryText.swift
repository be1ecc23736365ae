import AtomicFiles
import Deadlines
import Localization
import Validator

/// The deadline board by lead or by day as a text to paste into a message, for 调度 and 通报
/// (九府办字〔2022〕128号 §三(三)): `onevisit deadlines --by lead|day --format text`.
package struct SummaryText {
  private let board: DeadlineBoard
  private let printer: TextPrinter

  package init(_ board: DeadlineBoard, language: Language, to writer: ByteWriter) {
    self.board = board
    printer = TextPrinter(to: writer, language: language)
  }

  /// A paragraph for each lead: its counts, and the names of its late matters and of those that it still has to report.
  package func writeLeads() throws {
    try begin()
    for summary in board.byLead {
      let tally = summary.tally
      try line()
      try line("\(summary.name)")
      try line(
        printer.localized(
          "\(tally.matters) 件，已到期 \(tally.due)，已完成 \(tally.complete)，已报送 \(tally.reported)，\(DeadlineListing.late(tally).zh)",
          "\(FindingsSummary.counted(tally.matters, "matter")), \(tally.due) due, \(tally.complete) complete, \(tally.reported) reported, \(DeadlineListing.late(tally).en)"
        ))
      let rows = summary.rows.lazy.map { board.rows[$0] }
      for row in rows where row.daysLate != nil {
        let days = row.daysLate ?? 0
        try line(
          printer.localized(
            "逾期 \(days) 天：\(row.id) \(row.name)",
            "\(FindingsSummary.counted(days, "day")) late: \(row.id) \(row.name)"))
      }
      for row in rows {
        guard case .open(let days) = row.windowState, !row.isReported(on: board.day) else { continue }
        try line(
          printer.localized(
            "待报送，还有 \(days) 天：\(row.id) \(row.name)",
            "to report, \(FindingsSummary.counted(days, "day")) left: \(row.id) \(row.name)"))
      }
    }
  }

  /// A paragraph for each day: how far off it is, and its matters with what is missing.
  package func writeDays() throws {
    try begin()
    for day in board.byDay {
      try line()
      try line(DeadlineListing.heading(day, of: board, printer))
      for duty in day.duties {
        let row = board.rows[duty.row]
        let late = duty.daysLate.map {
          printer.localized("逾期 \($0) 天：", "\(FindingsSummary.counted($0, "day")) late: ")
        }
        let done = DeadlineListing.isDone(duty, of: row) ? printer.localized("已完成：", "done: ") : ""
        let missing =
          duty.missing.isEmpty
          ? "" : printer.localized("，", ", ") + DeadlineListing.missing(duty.missing)[printer.language]
        try line((late ?? done) + "\(row.id) \(row.name)" + missing)
      }
    }
  }

  private func begin() throws {
    try line(printer.localized("“一件事一次办”时限", "“One thing, one visit” deadlines"))
    try line(
      printer.localized(
        "截至 \(board.day)，共 \(board.tally.matters) 件",
        "As of \(board.day), \(FindingsSummary.counted(board.tally.matters, "matter"))"))
  }

  private func line(_ text: String = "") throws { try printer.line(StyledText(text)) }
}

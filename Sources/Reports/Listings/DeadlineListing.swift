import AtomicFiles
import Catalog
import Deadlines
import Localization
import Validator

/// Due dates and report windows as a listing, with the sums and the next dates below: `onevisit deadlines`.
package enum DeadlineListing {
  package static func rows(_ board: DeadlineBoard) -> Listing<[[ListingCell]]> {
    let deliverables = Progress.Deliverable.allCases
    return Listing(
      columns: [
        ListingColumn("id", zh: "编号", en: "id"),
        ListingColumn("list", zh: "清单", en: "list", isForPrograms: true),
        ListingColumn("number", zh: "序号", en: "number", isNumber: true, isForPrograms: true),
        ListingColumn("name", zh: "名称", en: "name"),
        ListingColumn("lead", zh: "牵头部门", en: "lead"),
        ListingColumn("deadline", zh: "完成时限", en: "deadline", isForPrograms: true),
        ListingColumn("due", zh: "到期日", en: "due"),
        ListingColumn("window_opens", zh: "报送期始", en: "report from"),
        ListingColumn("window_closes", zh: "报送期止", en: "report by"),
        ListingColumn("window", zh: "报送", en: "report"),
        ListingColumn("recorded", zh: "完成情况", en: "recorded"),
        ListingColumn("days_late", zh: "逾期天数", en: "days late", isNumber: true),
      ] + deliverables.map { ListingColumn(TableKind.progress.columns[$0.column].name, $0.title, isForPrograms: true) },
      rows: board.rows.map { row in
        [
          .text(row.id), .text(row.list), .number(row.number), .text(row.name), .texts(row.lead), .text(row.deadline),
          .text(row.due?.description ?? row.nextDue?.description), .text(row.window?.opens?.description),
          .text(row.window?.closes.description), window(row.windowState), recorded(row.recorded),
          .number(row.daysLate),
        ] + deliverables.map { .text(row.recorded[$0]?.description) }
      })
  }

  private static func window(_ state: ReportWindow.State?) -> ListingCell {
    switch state {
    case .none: .none
    case .notYet(let days):
      .term("not-yet", LocalizedText(zh: "\(days) 天后开始", en: "opens in \(FindingsSummary.counted(days, "day"))"))
    case .open(let days):
      .term("open", LocalizedText(zh: "报送期内，还有 \(days) 天", en: "open, \(FindingsSummary.counted(days, "day")) left"))
    case .closed(let days):
      .term("closed", LocalizedText(zh: "已截止 \(days) 天", en: "closed \(FindingsSummary.counted(days, "day")) ago"))
    }
  }

  private static func recorded(_ recorded: DeadlineBoard.Recorded) -> ListingCell {
    switch recorded {
    case .nothingOfList, .nothing: .term("none", LocalizedText(zh: "无记录", en: "nothing"))
    case .dates(let dates, let isComplete):
      if isComplete {
        .term("complete", LocalizedText(zh: "已完成", en: "complete"))
      } else {
        .term(
          "partial",
          LocalizedText(
            zh: "\(dates.count { $0 != nil })/\(dates.count)", en: "\(dates.count { $0 != nil }) of \(dates.count)"))
      }
    }
  }

  /// The sums and the next dates, to follow the table.
  package static func writeOutlook(_ board: DeadlineBoard, language: Language, to writer: ByteWriter) throws {
    let printer = TextPrinter(to: writer, language: language)
    let tally = board.tally
    try printer.line()
    try printer.line(
      printer.localized(
        "\(board.day)：共 \(tally.matters) 件事，已完成 \(tally.complete)，未完成 \(tally.incomplete)（逾期 \(tally.late)），无记录 \(tally.unrecorded)，报送期内 \(tally.windowOpen)",
        "\(board.day): \(FindingsSummary.counted(tally.matters, "matter")), \(tally.complete) complete, \(tally.incomplete) not complete (\(tally.late) late), \(tally.unrecorded) without a record, \(tally.windowOpen) with an open report window"
      ))
    if board.next.isEmpty {
      return try printer.line(printer.localized("此后没有新的日期。", "No later date is known."))
    }
    for event in board.next { try write(event, of: board, printer) }
  }

  private static func write(_ event: DeadlineBoard.Event, of board: DeadlineBoard, _ printer: TextPrinter) throws {
    let what =
      switch event.kind {
      case .opens: printer.localized("报送期开始", "report window opens")
      case .closes: printer.localized("报送截止", "report window closes")
      case .due: printer.localized("到期", "due")
      }
    let first = event.rows.prefix(3).map { board.rows[$0].id }.joined(separator: printer.localized("、", ", "))
    let more = event.rows.count > 3 ? printer.localized(" 等", " and others") : ""
    try printer.line(
      printer.localized(
        "下一个：\(event.day) \(what)，\(event.rows.count) 件事（\(first)\(more)），还有 \(event.daysLeft) 天",
        "next: \(event.day) \(what), \(FindingsSummary.counted(event.rows.count, "matter")) (\(first)\(more)), in \(FindingsSummary.counted(event.daysLeft, "day"))"
      ))
  }
}

import AtomicFiles
import Catalog
import Deadlines
import Localization
import Validator

/// The board of deadlines as a listing, and what comes next in words.
package enum DeadlineListing {
  package static func rows(_ board: DeadlineBoard) -> Listing<[[ListingCell]]> {
    let deliverables = Progress.Deliverable.allCases
    return Listing(
      columns: [
        ListingColumn("id", LocalizedText(zh: "编号", en: "id")),
        ListingColumn("list", LocalizedText(zh: "清单", en: "list"), isForPrograms: true),
        ListingColumn("number", LocalizedText(zh: "序号", en: "number"), isNumber: true, isForPrograms: true),
        ListingColumn("name", LocalizedText(zh: "名称", en: "name")),
        ListingColumn("lead", LocalizedText(zh: "牵头部门", en: "lead")),
        ListingColumn("deadline", LocalizedText(zh: "完成时限", en: "deadline"), isForPrograms: true),
        ListingColumn("due", LocalizedText(zh: "到期日", en: "due")),
        ListingColumn("window_opens", LocalizedText(zh: "报送期始", en: "report from")),
        ListingColumn("window_closes", LocalizedText(zh: "报送期止", en: "report by")),
        ListingColumn("window", LocalizedText(zh: "报送", en: "report")),
        ListingColumn("recorded", LocalizedText(zh: "完成情况", en: "recorded")),
        ListingColumn("days_late", LocalizedText(zh: "逾期天数", en: "days late"), isNumber: true),
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
      .term("not-yet", LocalizedText(zh: "\(days) 天后开始", en: "opens in \(days) days"))
    case .open(let days):
      .term("open", LocalizedText(zh: "报送期内，还有 \(days) 天", en: "open, \(days) days left"))
    case .closed(let days):
      .term("closed", LocalizedText(zh: "已截止 \(days) 天", en: "closed \(days) days ago"))
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

  /// What comes next, and how many are late, below the table.
  package static func writeOutlook(_ board: DeadlineBoard, language: Language, to writer: ByteWriter) throws {
    func word(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }
    try writer.append("\n")
    let tally = board.tally
    try writer.append(
      word(
        "\(board.day)：共 \(tally.matters) 件事，已完成 \(tally.complete)，未完成 \(tally.incomplete)（逾期 \(tally.late)），无记录 \(tally.unrecorded)，报送期内 \(tally.windowOpen)\n",
        "\(board.day): \(tally.matters) matters, \(tally.complete) complete, \(tally.incomplete) not complete (\(tally.late) late), \(tally.unrecorded) without a record, \(tally.windowOpen) with an open report window\n"
      ))
    if board.next.isEmpty {
      try writer.append(word("此后没有新的日期。\n", "No date follows.\n"))
      return
    }
    for event in board.next {
      let what =
        switch event.kind {
        case .opens: word("报送期开始", "a report window opens")
        case .closes: word("报送截止", "a report window closes")
        case .due: word("到期", "due")
        }
      let first = event.rows.prefix(3).map { board.rows[$0].id }.joined(separator: word("、", ", "))
      let more = event.rows.count > 3 ? word(" 等", " and others") : ""
      try writer.append(
        word(
          "下一个：\(event.day) \(what)，\(event.rows.count) 件事（\(first)\(more)），还有 \(event.daysLeft) 天\n",
          "next: \(event.day) \(what), \(event.rows.count) \(event.rows.count == 1 ? "matter" : "matters") (\(first)\(more)), in \(event.daysLeft) days\n"
        ))
    }
  }
}

import AtomicFiles
import Catalog
import Deadlines
import Localization
import Validator

/// Due dates and report windows as listings: `onevisit deadlines`. By matter here, by lead and by day in files of their own.
package enum DeadlineListing {
  /// One row for each matter.
  package static func rows(
    _ board: DeadlineBoard
  ) -> Listing<LazyMapCollection<DeadlineBoard.Rows, [ListingCell]>> {
    let deliverables = Progress.Deliverable.allCases
    return Listing(
      columns: [
        .id,
        ListingColumn("list", zh: "清单", en: "list", isForPrograms: true),
        ListingColumn("number", zh: "序号", en: "number", isNumber: true, isForPrograms: true),
        .name,
        .lead,
        ListingColumn("deadline", zh: "完成时限", en: "deadline", isForPrograms: true),
        .due,
        .windowOpens,
        .windowCloses,
        .window,
        .recorded,
        .daysLate,
      ] + deliverables.map { ListingColumn(TableKind.progress.columns[$0.column].name, $0.title, isForPrograms: true) }
        + [
          ListingColumn("cases", zh: "办件量", en: "cases", isNumber: true, isForPrograms: true),
          ListingColumn("missing", zh: "尚缺", en: "missing", isForPrograms: true),
          ListingColumn("report_days_late", zh: "报送逾期天数", en: "report days late", isNumber: true, isForPrograms: true),
        ],
      rows: board.rows.lazy.map { row in
        let cells: [ListingCell] = [
          .text(row.id), .text(row.list), .number(row.number), .text(row.name), .texts(row.lead), .text(row.deadline),
          .text(row.due?.description ?? row.nextDue?.description), .text(row.window?.opens?.description),
          .text(row.window?.closes.description), window(row, on: board.day), recorded(row),
          daysLate(row, on: board.day),
        ]
        return cells + deliverables.map { .text(row.recorded[$0]?.description) }
          + [.number(row.cases), names(row.missing), .number(row.reportDaysLate)]
      })
  }

  /// Where the day of the board is in the report window. People see instead when the report was sent, once it was.
  static func window(_ row: DeadlineBoard.Row, on day: Day) -> ListingCell {
    let sent =
      row.isReported(on: day) ? row.owed.filter(\.isReport).compactMap { row.recorded[$0] }.max() : nil
    let reported = sent.map { LocalizedText(zh: "\($0) 已报送", en: "reported \($0)") }
    switch row.windowState {
    case .none: return .none
    case .notYet(let days):
      let text = LocalizedText(zh: "\(days) 天后开始", en: "opens in \(FindingsSummary.counted(days, "day"))")
      return .term("not-yet", reported ?? text)
    case .open(let days):
      let text = LocalizedText(zh: "报送期内，还有 \(days) 天", en: "open, \(FindingsSummary.counted(days, "day")) left")
      return .term("open", reported ?? text)
    case .closed(let days):
      let text = LocalizedText(zh: "已截止 \(days) 天", en: "closed \(FindingsSummary.counted(days, "day")) ago")
      return .term("closed", reported ?? text)
    }
  }

  /// What is recorded of what the list owes. People see the names of what is missing.
  static func recorded(_ row: DeadlineBoard.Row) -> ListingCell {
    switch row.recorded {
    case .nothingOfList, .nothing: .term("none", LocalizedText(zh: "无记录", en: "nothing"))
    case .dates(_, isComplete: true):
      .term(
        "complete",
        row.missing.isEmpty
          ? LocalizedText(zh: "已完成", en: "complete")
          : LocalizedText(
            zh: "服务已完成，尚缺：\(titles(row.missing).zh)", en: "service complete, missing: \(titles(row.missing).en)"))
    case .dates(_, isComplete: false): .term("partial", missing(row.missing))
    }
  }

  /// What is missing, by name.
  static func missing(_ deliverables: [Progress.Deliverable]) -> LocalizedText {
    deliverables.isEmpty
      ? LocalizedText(zh: "有日期不能识别", en: "a date cannot be read")
      : LocalizedText(zh: "尚缺：\(titles(deliverables).zh)", en: "missing: \(titles(deliverables).en)")
  }

  static func titles(_ deliverables: [Progress.Deliverable]) -> LocalizedText {
    LocalizedText(
      zh: deliverables.map(\.title.zh).joined(separator: "、"), en: deliverables.map(\.title.en).joined(separator: ", "))
  }

  /// The delay of a matter in days. People read where it is unknown, for programs that is no number.
  static func daysLate(_ row: DeadlineBoard.Row, on day: Day) -> ListingCell {
    daysLate(row.daysLate, isUnknown: row.isOverdueUnknown(on: day))
  }

  static func daysLate(_ days: Int?, isUnknown: Bool) -> ListingCell {
    isUnknown ? .unknown(LocalizedText(zh: "未知", en: "unknown")) : .number(days)
  }

  /// `3 late`: how many matters are late by the record, and of how many that is unknown.
  static func late(_ late: Int, unknown: Int, of matters: Int, counter: String = "") -> LocalizedText {
    if unknown == 0 { return LocalizedText(zh: "逾期 \(late)\(counter)", en: "\(late) late") }
    if late == 0, unknown == matters { return LocalizedText(zh: "逾期情况未知", en: "overdue status unknown") }
    return LocalizedText(
      zh: "逾期 \(late)\(counter)，逾期情况未知 \(unknown)\(counter)",
      en: "\(late) late, overdue status of \(unknown) unknown")
  }

  static func late(_ tally: DeadlineBoard.Tally, counter: String = "") -> LocalizedText {
    late(tally.late, unknown: tally.unknown, of: tally.matters, counter: counter)
  }

  /// How many are late: people read where that is known of none.
  static func lateCount(_ tally: DeadlineBoard.Tally) -> ListingCell {
    guard tally.unknown > 0 else { return .number(tally.late) }
    let unknown = LocalizedText(zh: "未知", en: "unknown")
    guard tally.late > 0 || tally.unknown < tally.matters else { return .count(tally.late, unknown) }
    return .count(
      tally.late,
      LocalizedText(zh: "\(tally.late)，未知 \(tally.unknown)", en: "\(tally.late), unknown \(tally.unknown)"))
  }

  /// Deliverables: the names of their columns for programs, their titles for people.
  static func names(_ deliverables: [Progress.Deliverable]) -> ListingCell {
    .terms(deliverables.map(\.name), titles(deliverables))
  }

  /// The sums and the next dates, to follow the table. Each matter is counted once.
  package static func writeOutlook(_ board: DeadlineBoard, language: Language, to writer: ByteWriter) throws {
    let printer = TextPrinter(to: writer, language: language)
    let tally = board.tally
    try printer.line()
    try printer.line(
      printer.localized(
        "\(board.day)：共 \(tally.matters) 件事，已到期 \(tally.due)，已完成 \(tally.complete)，未完成 \(tally.incomplete)，无记录 \(tally.unrecorded)；已报送 \(tally.reported)，\(late(tally).zh)，报送期内 \(tally.windowOpen)",
        "\(board.day): \(FindingsSummary.counted(tally.matters, "matter")), \(tally.due) due, \(tally.complete) complete, \(tally.incomplete) not complete, \(tally.unrecorded) without a record; \(tally.reported) reported, \(late(tally).en), \(tally.windowOpen) with an open report window"
      ))
    if board.next.isEmpty {
      return try printer.line(printer.localized("此后没有新的日期。", "No later date is known."))
    }
    for event in board.next { try printer.line(words(event, of: board)[language]) }
  }

  /// A coming date with its first matters.
  static func words(_ event: DeadlineBoard.Event, of board: DeadlineBoard) -> LocalizedText {
    let what =
      switch event.kind {
      case .opens: LocalizedText(zh: "报送期开始", en: "report window opens")
      case .closes: LocalizedText(zh: "报送截止", en: "report window closes")
      case .due: LocalizedText(zh: "到期", en: "due")
      }
    let first = event.rows.prefix(3).map { board.rows.id(at: $0) }
    let hasMore = event.rows.count > 3
    return LocalizedText(
      zh:
        "下一个：\(event.day) \(what.zh)，\(event.rows.count) 件事（\(first.joined(separator: "、"))\(hasMore ? " 等" : "")），还有 \(event.daysLeft) 天",
      en:
        "next: \(event.day) \(what.en), \(FindingsSummary.counted(event.rows.count, "matter")) (\(first.joined(separator: ", "))\(hasMore ? " and others" : "")), in \(FindingsSummary.counted(event.daysLeft, "day"))"
    )
  }
}

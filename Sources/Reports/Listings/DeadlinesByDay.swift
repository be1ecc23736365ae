import AtomicFiles
import Catalog
import Deadlines
import Localization
import Validator

/// The deadline board by day: `onevisit deadlines --by day`.
extension DeadlineListing {
  /// One row for each matter and day.
  package static func days(_ board: DeadlineBoard) -> Listing<some Collection<[ListingCell]>> {
    Listing(
      columns: [
        ListingColumn("day", zh: "日期", en: "day"),
        ListingColumn("days_left", zh: "还有天数", en: "days left", isNumber: true),
        .id,
        ListingColumn("list", zh: "清单", en: "list"),
        ListingColumn("number", zh: "序号", en: "number", isNumber: true),
        .name,
        .lead,
        ListingColumn("deliverables", zh: "应完成", en: "deliverables"),
        .recorded,
        ListingColumn("missing", zh: "尚缺", en: "missing"),
        .daysLate,
      ],
      rows: board.byDay.lazy.flatMap { day in
        day.duties.lazy.map { duty -> [ListingCell] in
          let row = board.rows[duty.row]
          return [
            .text(day.day?.description), .number(day.day.map { board.day.days(until: $0) }), .text(row.id),
            .text(row.list), .number(row.number), .text(row.name), .texts(row.lead), names(duty.deliverables),
            recorded(duty, of: row), names(duty.missing), daysLate(duty.daysLate, isUnknown: duty.isOverdueUnknown),
          ]
        }
      })
  }

  /// For people: for each day a heading, what each list owes by it, and the matters.
  package static func writeDays(
    _ board: DeadlineBoard, language: Language, style: TextStyle = TextStyle(), to writer: ByteWriter
  ) throws {
    let printer = TextPrinter(to: writer, language: language, style: style)
    let days = board.byDay
    for (number, day) in days.enumerated() {
      if number > 0 { try printer.line() }
      try printer.line(.bold(heading(day, of: board, printer)))
      for line in owedByLists(day, of: board, printer) { try printer.line("  " + line) }
      try table(day, of: board).writeTable(language: language, style: style, to: writer)
    }
    if days.isEmpty { try printer.line(printer.localized("没有符合条件的内容。", "Nothing matches.")) }
    try writeOutlook(board, language: language, to: writer)
  }

  static func heading(
    _ day: DeadlineBoard.DayDuties, of board: DeadlineBoard, _ printer: TextPrinter
  ) -> String {
    let count = day.duties.count
    let done = day.duties.count { isDone($0, of: board.rows[$0.row]) }
    let late = Self.late(
      day.duties.count { $0.daysLate != nil }, unknown: day.duties.count(where: \.isOverdueUnknown), of: count)
    let counts = printer.localized(
      "\(count) 件事，已完成 \(done)，\(late.zh)",
      "\(FindingsSummary.counted(count, "matter")), \(done) done, \(late.en)")
    guard let date = day.day else {
      return printer.localized("没有确定的日期：\(counts)", "no certain day: \(counts)")
    }
    let left = board.day.days(until: date)
    let when =
      switch left {
      case 0: printer.localized("今日", "today")
      case 1...: printer.localized("还有 \(left) 天", "in \(FindingsSummary.counted(left, "day"))")
      default: printer.localized("已过 \(-left) 天", "\(FindingsSummary.counted(-left, "day")) ago")
      }
    return printer.localized("\(date)（\(when)）：\(counts)", "\(date) (\(when)): \(counts)")
  }

  /// What one list owes.
  private struct Owed: Hashable {
    var id: String
    var deliverables: [Progress.Deliverable]
  }

  /// `second, 116 matters: plan, one guide, …`, in the order of the lists.
  static func owedByLists(
    _ day: DeadlineBoard.DayDuties, of board: DeadlineBoard, _ printer: TextPrinter
  ) -> [String] {
    var counts: [Owed: Int] = [:]
    var lists: [Owed] = []
    for duty in day.duties where !duty.deliverables.isEmpty {
      let owed = Owed(id: board.rows[duty.row].list, deliverables: duty.deliverables)
      if counts.updateValue(counts[owed, default: 0] + 1, forKey: owed) == nil { lists.append(owed) }
    }
    return lists.map { list in
      let count = counts[list] ?? 0
      return printer.localized(
        "清单 \(list.id)，\(count) 件事：\(titles(list.deliverables).zh)",
        "\(list.id), \(FindingsSummary.counted(count, "matter")): \(titles(list.deliverables).en)")
    }
  }

  static func table(
    _ day: DeadlineBoard.DayDuties, of board: DeadlineBoard
  ) -> Listing<some Collection<[ListingCell]>> {
    Listing(
      columns: [
        .id,
        .name,
        .lead,
        .recorded,
        .daysLate,
      ],
      rows: day.duties.lazy.map { duty -> [ListingCell] in
        let row = board.rows[duty.row]
        return [
          .text(row.id), .text(row.name), .texts(row.lead), recorded(duty, of: row),
          daysLate(duty.daysLate, isUnknown: duty.isOverdueUnknown),
        ]
      })
  }

  /// What is recorded of what is due on the day.
  private static func recorded(_ duty: DeadlineBoard.Duty, of row: DeadlineBoard.Row) -> ListingCell {
    if row.recorded.isComplete == nil { return recorded(row) }
    if isDone(duty, of: row) { return .term("complete", LocalizedText(zh: "已完成", en: "complete")) }
    return .term("partial", missing(duty.missing))
  }

  /// Whether all that is due on the day is recorded as done by the day of the board.
  static func isDone(_ duty: DeadlineBoard.Duty, of row: DeadlineBoard.Row) -> Bool {
    // A cell that cannot be read is neither missing nor done.
    row.recorded.isComplete != nil && duty.missing.isEmpty
      && duty.deliverables.allSatisfy { row.recorded[$0] != nil }
  }
}

import AtomicFiles
import Localization
import Validator

/// The deadline board by lead: `onevisit deadlines --by lead`, the sheet for 调度 and 通报 (九府办字〔2022〕128号 §三(三)).
///
/// A matter with several leads, as “市场监管部门/行政审批部门”, is listed under each of them and marked, because the notice does
/// not say which of them answers (§三(二): “核心环节或第一个环节的办理单位”). The sums of the whole board count it once.
extension DeadlineListing {
  /// One row for each lead, with its counts, and the matters behind them by id and name.
  package static func leads(_ board: DeadlineBoard, ids: [String]) -> Listing<some Collection<[ListingCell]>> {
    Listing(
      columns: [
        ListingColumn("department", zh: "部门标识", en: "department"),
        .lead,
        ListingColumn("matters", zh: "件事", en: "matters", isNumber: true),
        ListingColumn("shared", zh: "并列牵头", en: "shared", isNumber: true),
        ListingColumn("due", zh: "已到期", en: "due", isNumber: true),
        ListingColumn("complete", zh: "已完成", en: "complete", isNumber: true),
        ListingColumn("incomplete", zh: "未完成", en: "incomplete", isNumber: true),
        ListingColumn("unrecorded", zh: "无记录", en: "unrecorded", isNumber: true),
        ListingColumn("reported", zh: "已报送", en: "reported", isNumber: true),
        ListingColumn("late", zh: "逾期", en: "late", isNumber: true),
        ListingColumn("next_due", zh: "下一到期日", en: "next due"),
        ListingColumn("due_matters", zh: "已到期的事项", en: "due matters"),
        ListingColumn("reported_matters", zh: "已报送的事项", en: "reported matters"),
        ListingColumn("late_matters", zh: "逾期的事项", en: "late matters"),
        ListingColumn("shared_matters", zh: "并列牵头的事项", en: "shared matters"),
        ListingColumn("overdue_unknown", zh: "逾期情况未知", en: "overdue status unknown", isNumber: true),
      ],
      rows: board.byLead.lazy.map { summary -> [ListingCell] in
        let rows = summary.rows.lazy.map { board.rows[$0] }
        func names(_ condition: (DeadlineBoard.Row) -> Bool) -> ListingCell {
          .texts(rows.compactMap { condition($0) ? "\($0.id) \($0.name)" : nil })
        }
        let tally = summary.tally
        return [
          .text(summary.department.map { ids[$0] }), .text(summary.name), .number(tally.matters),
          .number(tally.shared), .number(tally.due), .number(tally.complete), .number(tally.incomplete),
          .number(tally.unrecorded), .number(tally.reported), lateCount(tally),
          .text(summary.nextDue?.description), names { $0.isPastDue(on: board.day) || $0.due == board.day },
          names { $0.isReported(on: board.day) }, names { $0.daysLate != nil }, names(\.isShared),
          .number(tally.unknown),
        ]
      })
  }

  /// One row for each lead and matter, for a sheet that is filtered by lead.
  static func mattersByLead(_ board: DeadlineBoard) -> Listing<some Collection<[ListingCell]>> {
    Listing(
      columns: [.lead] + matterColumns(hasShared: true),
      rows: board.byLead.lazy.flatMap { summary in
        summary.rows.lazy.map { [.text(summary.name)] + matterCells(board.rows[$0], of: board, besides: summary.name) }
      })
  }

  /// For people: for each lead a heading with its counts, and its matters.
  package static func writeLeads(
    _ board: DeadlineBoard, language: Language, style: TextStyle = TextStyle(), to writer: ByteWriter
  ) throws {
    let printer = TextPrinter(to: writer, language: language, style: style)
    for (number, summary) in board.byLead.enumerated() {
      if number > 0 { try printer.line() }
      try printer.line(.bold(heading(summary, of: board, printer)))
      try table(summary, of: board).writeTable(language: language, style: style, to: writer)
    }
    if board.rows.isEmpty {
      try printer.line(printer.localized("没有符合条件的内容。", "Nothing matches."))
    }
    try writeOutlook(board, language: language, to: writer)
    let shared = board.tally.shared
    guard shared > 0 else { return }
    try printer.line(
      printer.localized(
        "由几个部门并列牵头的 \(shared) 件事，在各牵头部门下都列出，在合计中只计一次。",
        shared == 1
          ? "1 matter has several leads: it is listed under each of them and counted once in the sums."
          : "\(shared) matters have several leads: they are listed under each of them and counted once in the sums."))
  }

  static func heading(
    _ summary: DeadlineBoard.LeadSummary, of board: DeadlineBoard, _ printer: TextPrinter
  ) -> String {
    let tally = summary.tally
    let shared =
      tally.shared == 0 ? "" : printer.localized("（其中并列牵头 \(tally.shared)）", " (\(tally.shared) shared)")
    return printer.localized(
      "\(summary.name)：\(tally.matters) 件事\(shared)，已到期 \(tally.due)，已完成 \(tally.complete)，已报送 \(tally.reported)，\(late(tally).zh)",
      "\(summary.name): \(FindingsSummary.counted(tally.matters, "matter"))\(shared), \(tally.due) due, \(tally.complete) complete, \(tally.reported) reported, \(late(tally).en)"
    )
  }

  static func table(
    _ summary: DeadlineBoard.LeadSummary, of board: DeadlineBoard
  ) -> Listing<some Collection<[ListingCell]>> {
    Listing(
      columns: matterColumns(hasShared: summary.tally.shared > 0),
      rows: summary.rows.lazy.map { matterCells(board.rows[$0], of: board, besides: summary.name) })
  }

  private static func matterColumns(hasShared: Bool) -> [ListingColumn] {
    [
      .id,
      .name,
      ListingColumn("shared", zh: "并列牵头", en: "shared", isForPrograms: !hasShared),
      .due,
      .windowCloses,
      .window,
      .recorded,
      .daysLate,
    ]
  }

  private static func matterCells(
    _ row: DeadlineBoard.Row, of board: DeadlineBoard, besides lead: String
  ) -> [ListingCell] {
    [
      .text(row.id), .text(row.name), others(row, besides: lead),
      .text(row.due?.description ?? row.nextDue?.description), .text(row.window?.closes.description),
      window(row, on: board.day), recorded(row), daysLate(row, on: board.day),
    ]
  }

  /// How many other leads are named; of more, only the number is given. Each of the leads has a line that names the others,
  /// so that the sheet would grow with the square of their number. No lead of the notices has more than two departments.
  private static let namedOthers = 9

  /// The other leads of a matter, and whether they lead with this one or instead of it.
  private static func others(_ row: DeadlineBoard.Row, besides name: String) -> ListingCell {
    let named = Array(row.lead.lazy.filter { $0 != name }.prefix(namedOthers))
    guard !named.isEmpty else { return .none }
    let more = row.lead.count - 1 - named.count
    let zh = named.joined(separator: "、") + (more > 0 ? "等 \(row.lead.count - 1) 个部门" : "")
    let en =
      named.joined(separator: ", ") + (more > 0 ? " and \(FindingsSummary.counted(more, "other department"))" : "")
    let text =
      switch row.leadChoice {
      case .any: LocalizedText(zh: "或" + zh, en: "or " + en)
      case .all: LocalizedText(zh: "同" + zh, en: "with " + en)
      }
    return .terms(named, text)
  }
}

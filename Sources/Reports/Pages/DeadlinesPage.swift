import AtomicFiles
import Catalog
import Deadlines
import Localization
import Validator

/// The deadline board as one HTML page: by matter, by lead or by day.
package struct DeadlinesPage {
  package enum Grouping: Sendable { case matter, lead, day }

  private let board: DeadlineBoard
  private let catalog: Catalog
  private let frame: PageFrame
  /// For the headings that the text report has too.
  private let printer: TextPrinter
  private let room: Room

  /// What is left of the rows that a page lists.
  private final class Room {
    var rows: Int
    /// How many rows were left out.
    var omitted = 0

    init(rows: Int) { self.rows = rows }
  }

  /// How many rows a page lists: more than a city has, and less than 5 MB.
  package static let usualLimit = 4000

  package init(
    _ board: DeadlineBoard, of catalog: Catalog, language: Language, limit: Int = DeadlinesPage.usualLimit,
    to writer: ByteWriter
  ) {
    self.board = board
    self.catalog = catalog
    frame = PageFrame(to: writer, language: language)
    printer = TextPrinter(to: writer, language: language)
    room = Room(rows: limit)
  }

  private var html: HTMLWriter { frame.html }
  private func localized(_ zh: String, _ en: String) -> String { frame.localized(zh, en) }

  package func write(by grouping: Grouping) throws {
    try frame.write(title: localized("时限与报送期", "Due dates and report windows"), subtitle: subtitle) {
      try DeadlinesPage.writeVerdict(board, frame)
      if board.rows.isEmpty { return try html.block("p", localized("没有符合条件的内容。", "Nothing matches.")) }
      let timeline = DueTimeline(board)
      if !timeline.isEmpty {
        try frame.section(localized("一览", "Overview"), id: "overview") { try timeline.write(frame) }
      }
      switch grouping {
      case .matter: try writeMatters()
      case .lead: try writeLeads()
      case .day: try writeDays()
      }
      if room.omitted > 0 {
        try html.block(
          "p", ["class": "omitted"],
          localized(
            "本页没有列出其余 \(room.omitted) 行；用 --format csv 可全部列出。",
            "\(FindingsSummary.counted(room.omitted, "more row")) not listed here; --format csv lists all."))
      }
    }
  }

  private var subtitle: String {
    var text = localized("截至 \(board.day)", "As of \(board.day)")
    if let department = board.department {
      let name = catalog.departments[department].short
      text += localized("，\(name)牵头的事项", ", matters led by \(name)")
    }
    if let dueBy = board.dueBy { text += localized("，\(dueBy) 或之前到期或报送截止", ", due or to be reported by \(dueBy)") }
    return text
  }

  /// What the record comes to, the counts, and the next dates. Each matter is counted once.
  static func writeVerdict(_ board: DeadlineBoard, _ frame: PageFrame) throws {
    let tally = board.tally
    func localized(_ zh: String, _ en: String) -> String { frame.localized(zh, en) }
    let (text, mood): (String, PageFrame.Mood) =
      if tally.matters == 0 {
        (localized("没有符合条件的事项", "No matters match"), .plain)
      } else if tally.late > 0 {
        (localized("\(tally.late) 件事逾期", "\(FindingsSummary.counted(tally.late, "matter")) late"), .bad)
      } else if tally.unrecorded == tally.matters {
        (localized("没有完成情况记录，逾期情况未知", "Nothing is recorded; whether anything is late is unknown"), .fair)
      } else if tally.unrecorded > 0 {
        (
          localized(
            "没有记录为逾期的；\(tally.unrecorded) 件事没有记录", "None is late by the record; \(tally.unrecorded) without a record"),
          .fair
        )
      } else {
        (localized("没有逾期", "Nothing is late"), .good)
      }
    let next = board.next.map { DeadlineListing.words($0, of: board)[frame.html.language] }
    try frame.verdict(text, mood, next.isEmpty ? [localized("此后没有新的日期。", "No later date is known.")] : next)
    let counts: [(name: String, number: Int)] = [
      (localized("件事", "matters"), tally.matters), (localized("已到期", "due"), tally.due),
      (localized("已完成", "complete"), tally.complete), (localized("未完成", "not complete"), tally.incomplete),
      (localized("无记录", "no record"), tally.unrecorded), (localized("已报送", "reported"), tally.reported),
    ]
    let open = (name: localized("报送期内", "window open"), number: tally.windowOpen)
    try frame.counts(counts + lateness(tally, frame) + [open])
  }

  /// How many are late; where that is known of none, only of how many it is unknown.
  private static func lateness(
    _ tally: DeadlineBoard.Tally, _ frame: PageFrame
  ) -> [(name: String, number: Int)] {
    let late = (name: frame.localized("逾期", "late"), number: tally.late)
    if tally.unknown == 0 { return [late] }
    let unknown = (name: frame.localized("逾期情况未知", "overdue status unknown"), number: tally.unknown)
    return tally.late == 0 && tally.unknown == tally.matters ? [unknown] : [late, unknown]
  }

  // MARK: Groups

  private func writeMatters() throws {
    try frame.section(localized("事项", "Matters"), id: "matters") {
      try write(
        DeadlineListing.rows(board), caption: localized("按到期日、清单和序号排列", "By due date, list and number"))
    }
  }

  private func writeLeads() throws {
    let matrix = DepartmentMatrix(catalog, matters: board.rows.lazy.map(\.matter))
    if board.department == nil, !matrix.isEmpty {
      try frame.section(localized("部门之间", "Between departments"), id: "departments") { try matrix.write(frame) }
    }
    try frame.section(localized("牵头部门", "Leads"), id: "leads") {
      if board.tally.shared > 0 {
        try html.block(
          "p", ["class": "soft"],
          localized(
            "由几个部门并列牵头的 \(board.tally.shared) 件事，在各牵头部门下都列出，在合计中只计一次。",
            "\(FindingsSummary.counted(board.tally.shared, "matter")) with several leads: listed under each of them, counted "
              + "once in the sums."))
      }
      for summary in board.byLead {
        try html.block("h3", DeadlineListing.heading(summary, of: board, printer))
        try write(DeadlineListing.table(summary, of: board), caption: summary.name, isCaptionHidden: true)
      }
    }
  }

  private func writeDays() throws {
    try frame.section(localized("日期", "Days"), id: "days") {
      for day in board.byDay {
        let heading = DeadlineListing.heading(day, of: board, printer)
        try html.block("h3", heading)
        for line in DeadlineListing.owedByLists(day, of: board, printer) {
          try html.block("p", ["class": "soft"], line)
        }
        try write(
          DeadlineListing.table(day, of: board),
          caption: day.day?.description ?? localized("没有确定的日期", "no certain day"), isCaptionHidden: true)
      }
    }
  }

  /// A listing as a table, as far as there is room.
  private func write(
    _ listing: Listing<some Collection<[ListingCell]>>, caption: String, isCaptionHidden: Bool = false
  ) throws {
    let rows = listing.rows.prefix(room.rows)
    room.rows -= rows.count
    room.omitted += listing.rows.count - rows.count
    guard !rows.isEmpty else { return }
    try frame.table(caption: caption, isCaptionHidden: isCaptionHidden, listing.columns, rows)
  }
}

extension PageFrame {
  /// The columns of a listing that are for people, as a table; columns without any value are left out.
  func table(
    caption: String, isCaptionHidden: Bool = false, _ columns: [ListingColumn], _ rows: some Collection<[ListingCell]>
  ) throws {
    let rows = rows.map { row in row.map { (cell: $0, text: $0.shown(html.language)) } }
    let shown = columns.indices.filter { index in
      !columns[index].isForPrograms && rows.contains { !$0[index].text.isEmpty }
    }
    let headings = columns.map { Heading(text: $0.title[html.language], isNumber: $0.isNumber) }
    try table(caption: caption, isCaptionHidden: isCaptionHidden, shown.map { headings[$0] }) {
      for row in rows {
        try html.row("tr") {
          for index in shown {
            let (value, text) = row[index]
            try cell(headings[index], isEmpty: text.isEmpty, isShort: text.utf8.count <= 10) {
              switch value {
              case .texts: try html.data(text)
              case .text where !columns[index].isWord: try html.data(text)
              default: try html.text(text)
              }
            }
          }
        }
      }
    }
  }
}

extension ListingColumn {
  /// It holds ids and dates, which are no names.
  fileprivate var isWord: Bool { ["id", "due", "window_opens", "window_closes", "closes"].contains(key) }
}

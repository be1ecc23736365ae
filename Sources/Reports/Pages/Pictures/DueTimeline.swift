import Catalog
import Deadlines
import Localization
import Validator

/// Due dates and report windows over time, a row for each lead: how many matters are due in each period, how many of them are
/// recorded as complete, and when their reports are to be sent.
struct DueTimeline {
  /// The matters of one lead that are due in one period.
  private struct Period {
    var matters = 0
    var complete = 0
    var late = 0
    var unrecorded = 0
    var unknown = 0

    mutating func add(_ row: DeadlineBoard.Row, on day: Day) {
      matters += 1
      switch row.recorded {
      case .dates(_, isComplete: true): complete += 1
      case .dates: break
      case .nothing, .nothingOfList: unrecorded += 1
      }
      if row.daysLate != nil { late += 1 }
      if row.isOverdueUnknown(on: day) { unknown += 1 }
    }

    var name: String {
      if late > 0 { return "late" }
      if complete == matters { return "done" }
      return unrecorded == matters ? "unknown" : "open"
    }

    var label: String { unrecorded == matters && late == 0 ? String(matters) : "\(complete)/\(matters)" }
  }

  private struct Lead {
    var name: String
    /// By the number of the period.
    var periods: [Int: Period] = [:]
    var windows: Set<ReportWindow> = []
  }

  private var leads: [Lead] = []
  private let scale: TimeScale?
  private let day: Day
  private var left = 0

  /// The leads with the most matters.
  private static let mostLeads = 20

  init(_ board: DeadlineBoard) {
    day = board.day
    let shown = board.byLead.prefix(DueTimeline.mostLeads)
    left = board.byLead.count - shown.count
    // Rows are made when they are asked for: each is asked for once.
    var days: [Day] = []
    var rows: [[(due: Day, row: DeadlineBoard.Row)]] = []
    for summary in shown {
      rows.append([])
      for index in summary.rows {
        let row = board.rows[index]
        guard let due = row.due ?? row.nextDue else { continue }
        days += [due] + [row.window?.opens, row.window?.closes].compactMap(\.self)
        rows[rows.count - 1].append((due, row))
      }
    }
    scale = TimeScale(days, today: board.day)
    guard let scale else { return }
    for (summary, rows) in zip(shown, rows) {
      var lead = Lead(name: summary.name)
      for (due, row) in rows {
        lead.periods[scale.period(of: due), default: Period()].add(row, on: board.day)
        if let window = row.window { lead.windows.insert(window) }
      }
      leads.append(lead)
    }
  }

  var isEmpty: Bool { scale == nil || leads.isEmpty }

  // MARK: Drawing

  private static let column = 60
  private static let row = 36
  private static let head = 26

  func write(_ frame: PageFrame) throws {
    guard let scale, !leads.isEmpty else { return }
    let margin = min(240, (leads.map { Picture.width(of: $0.name) }.max() ?? 0) + 16)
    let width = margin + scale.count * DueTimeline.column + 1
    let height = DueTimeline.head + leads.count * DueTimeline.row + 2
    func x(_ position: Double) -> Int { margin + Int(position * Double(DueTimeline.column)) }
    func y(_ index: Int) -> Int { DueTimeline.head + index * DueTimeline.row }
    let picture = Picture(
      id: "timeline", width: width, height: height,
      title: frame.localized("各牵头部门的到期日和报送期", "Due dates and report windows by lead"),
      description: description(scale, frame))
    try picture.write(caption: caption(scale, frame), frame) { html in
      for period in 0...scale.count {
        try html.lineShape("grid", from: (x(Double(period)), DueTimeline.head), to: (x(Double(period)), height))
      }
      for period in 0..<scale.count {
        try html.label(
          scale.label(of: period), x: x(Double(period) + 0.5), y: 17, anchor: "middle", class: "soft")
      }
      if let today = scale.positionOfToday {
        try html.lineShape("today", from: (x(today), DueTimeline.head - 4), to: (x(today), height))
      }
      for (index, lead) in leads.enumerated() {
        try html.lineShape("axis", from: (0, y(index)), to: (width, y(index)))
        try html.label(Picture.fitted(lead.name, to: margin - 10), x: 0, y: y(index) + 19)
        for window in lead.windows.sorted(by: {
          ($0.closes, $0.opens ?? $0.closes) < ($1.closes, $1.opens ?? $1.closes)
        }) {
          let end = x(scale.position(of: window.closes.adding(days: 1)))
          let start = window.opens.map { x(scale.position(of: $0)) } ?? end - 5
          try html.rectangle(
            "window", x: min(start, end - 2), y: y(index) + 27, width: max(2, end - start), height: 6)
        }
        for (period, content) in lead.periods.sorted(by: { $0.key < $1.key }) {
          try html.block("g") {
            try html.rectangle(
              content.name, x: x(Double(period)) + 4, y: y(index) + 4, width: DueTimeline.column - 8, height: 21)
            try html.label(
              content.label, x: x(Double(period) + 0.5), y: y(index) + 19, anchor: "middle")
          }
        }
      }
    }
    try writeLegend(frame, hasToday: scale.positionOfToday != nil)
  }

  private func writeLegend(_ frame: PageFrame, hasToday: Bool) throws {
    let entries: [(String, LocalizedText)] = [
      ("late", LocalizedText(zh: "有逾期", en: "late")),
      ("open", LocalizedText(zh: "未完成", en: "not complete")),
      ("done", LocalizedText(zh: "全部完成", en: "all complete")),
      ("unknown", LocalizedText(zh: "没有记录", en: "no record")),
    ]
    try frame.html.block("ul", ["class": "legend"]) {
      for (name, text) in entries {
        try writeSample(frame, text) { try $0.rectangle(name, x: 1, y: 1, width: 24, height: 14) }
      }
      try writeSample(frame, LocalizedText(zh: "报送期", en: "report window")) {
        try $0.rectangle("window", x: 1, y: 5, width: 24, height: 6)
      }
      guard hasToday else { return }
      try writeSample(frame, LocalizedText(zh: day.description, en: day.description)) {
        try $0.lineShape("today", from: (13, 0), to: (13, 16))
      }
    }
  }

  private func writeSample(_ frame: PageFrame, _ text: LocalizedText, _ draw: (HTMLWriter) throws -> Void) throws {
    try frame.html.row("li") {
      try frame.html.inline("svg", ["viewBox": "0 0 26 16", "aria-hidden": "true"]) { try draw(frame.html) }
      try frame.html.text(text[frame.html.language])
    }
  }

  // MARK: Words

  private func description(_ scale: TimeScale, _ frame: PageFrame) -> String {
    leads.map { lead in
      let periods = lead.periods.sorted { $0.key < $1.key }.map { period, content in
        let label = scale.label(of: period)
        let late = DeadlineListing.late(content.late, unknown: content.unknown, of: content.matters)
        return frame.localized(
          "\(label) 到期 \(content.matters) 件，完成 \(content.complete)，\(late.zh)，无记录 \(content.unrecorded)",
          "\(label) \(content.matters) due, \(content.complete) complete, \(late.en), \(content.unrecorded) without a record"
        )
      }
      return lead.name + frame.localized("：", ": ") + periods.joined(separator: frame.localized("；", "; "))
    }.joined(separator: frame.localized("。", ". "))
  }

  private func caption(_ scale: TimeScale, _ frame: PageFrame) -> String {
    var text = frame.localized(
      "格中：已完成件数/到期件数；没有任何记录的只写到期件数。细条：报送期。",
      "In a cell: matters complete of matters due; without any record, matters due. Thin bars: report windows.")
    if scale.positionOfToday == nil {
      text += frame.localized("\(day) 不在图中的时间范围内。", " \(day) is outside the time shown.")
    }
    if left > 0 {
      text += frame.localized(
        "图中为牵头件数最多的 \(leads.count) 个部门，另有 \(left) 个见下文。",
        " These are the \(leads.count) departments that lead most; \(left) more are below.")
    }
    return text
  }
}

/// A scale of months, or of longer periods where there are many.
struct TimeScale {
  /// Months of a period.
  private let months: Int
  /// The first period, counted in periods from the year 0.
  private let first: Int
  /// How many periods there are.
  let count: Int
  private(set) var positionOfToday: Double?

  private static let most = 16

  /// Nil if there is no day.
  init?(_ days: [Day], today: Day) {
    guard let earliest = days.min(), let latest = days.max() else { return nil }
    func span(_ months: Int, _ from: Day, _ to: Day) -> (first: Int, count: Int) {
      let first = TimeScale.month(of: from) / months
      return (first, TimeScale.month(of: to) / months - first + 1)
    }
    let lengths = [1, 3, 6, 12, 24, 60, 120, 600, 1200]
    months = lengths.first { span($0, earliest, latest).count <= TimeScale.most } ?? 9600
    // Today is shown if the scale need not become coarser for it.
    let wider = span(months, min(earliest, today), max(latest, today))
    let own = wider.count <= TimeScale.most ? wider : span(months, earliest, latest)
    first = own.first
    count = own.count
    let position = self.position(of: today)
    if position >= 0, position <= Double(count) { positionOfToday = position }
  }

  private static func month(of day: Day) -> Int { day.year * 12 + day.month - 1 }

  func period(of day: Day) -> Int { TimeScale.month(of: day) / months - first }

  /// In periods from the beginning of the scale.
  func position(of day: Day) -> Double {
    let parts = day.parts
    let month = Double(parts.year * 12 + parts.month - 1) + Double(parts.day - 1) / 31
    return month / Double(months) - Double(first)
  }

  func label(of period: Int) -> String {
    let month = (first + period) * months
    let (year, number) = (month / 12, month % 12)
    switch months {
    case 1: return "\(year)-\(number < 9 ? "0" : "")\(number + 1)"
    case 3: return "\(year) Q\(number / 3 + 1)"
    case 6: return "\(year) H\(number / 6 + 1)"
    case 12: return "\(year)"
    default: return "\(year)–"
    }
  }
}

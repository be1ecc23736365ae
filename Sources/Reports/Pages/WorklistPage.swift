import AtomicFiles
import Catalog
import Deadlines
import Localization
import Validator

/// The worklist of a department as one HTML page: what to report, by when, what is missing by name, and whom to ask.
package struct WorklistPage {
  private let work: DepartmentWork
  private let frame: PageFrame

  package init(_ work: DepartmentWork, language: Language, to writer: ByteWriter) {
    self.work = work
    frame = PageFrame(to: writer, language: language)
  }

  /// How many matters of either kind are listed.
  private static let limit = 2000

  private var html: HTMLWriter { frame.html }
  private var language: Language { html.language }
  private var day: Day { work.board.day }
  private func localized(_ zh: String, _ en: String) -> String { frame.localized(zh, en) }

  package func write() throws {
    var subtitle = localized("截至 \(day)", "As of \(day)")
    if let dueBy = work.board.dueBy { subtitle += localized("，\(dueBy) 或之前", ", until \(dueBy)") }
    let name = work.department.short
    try frame.write(
      title: localized("\(name)的工作清单", "Worklist of \(name)"), subtitle: subtitle
    ) {
      if work.led.isEmpty {
        try frame.verdict(
          localized("没有牵头的事项", "It leads no matter"), .plain,
          [
            localized(
              "负责 \(work.asked) 件事的关联事项。",
              "It is responsible for items of \(FindingsSummary.counted(work.asked, "matter")).")
          ])
      } else {
        try DeadlinesPage.writeVerdict(work.board, frame)
      }
      try writeLed()
      try writeRequests()
    }
  }

  // MARK: What it leads

  /// Matters that are due on one day, with one report window.
  private struct Term: Hashable {
    var due: Day?
    var window: ReportWindow?
    var owed: [Progress.Deliverable]
  }

  private func writeLed() throws {
    guard !work.led.isEmpty else { return }
    try frame.section(
      localized("牵头的 \(work.led.count) 件事", "It leads \(FindingsSummary.counted(work.led.count, "matter"))"), id: "led"
    ) {
      if !work.partners.isEmpty {
        try html.row("p") {
          try html.text(localized("要联系的责任部门：", "Responsible departments to ask: "))
          for (index, partner) in work.partners.enumerated() {
            if index > 0 { try html.text(localized("，", ", ")) }
            try html.data(partner.department)
            try html.text(localized(" \(partner.matters) 件", " (\(partner.matters))"))
          }
        }
      }
      var terms: [Term] = []
      var byTerm: [Term: [DepartmentWork.Led]] = [:]
      for led in work.led.prefix(WorklistPage.limit) {
        let term = Term(due: led.row.due ?? led.row.nextDue, window: led.row.window, owed: led.row.owed)
        if byTerm[term] == nil { terms.append(term) }
        byTerm[term, default: []].append(led)
      }
      for term in terms { try write(term, byTerm[term] ?? []) }
      try omitted(work.led.count)
    }
  }

  private func write(_ term: Term, _ matters: [DepartmentWork.Led]) throws {
    let count = localized("\(matters.count) 件", FindingsSummary.counted(matters.count, "matter"))
    try html.block(
      "h3",
      term.due.map { localized("\($0) 到期：\(count)", "Due \($0): \(count)") }
        ?? localized("没有确定的到期日：\(count)", "No certain due date: \(count)"))
    if let window = term.window { try html.block("p", window.meaning[language]) }
    if !term.owed.isEmpty {
      try html.block(
        "p", ["class": "soft"],
        localized("应完成：", "Owed: ") + DeadlineListing.titles(term.owed)[language])
    }
    try html.block("ul", ["class": "entries"]) { for led in matters { try write(led) } }
  }

  private func write(_ led: DepartmentWork.Led) throws {
    let row = led.row
    try html.block("li", ["class": "entry"]) {
      try html.row("p") {
        try html.inline("b", row.id)
        try html.text(" ")
        try html.data(row.name)
        try writeState(row)
      }
      if row.lead.count > 1 {
        let others = row.lead.filter { $0 != work.department.short }
        let separator = localized("、", ", ")
        try html.block(
          "p", ["class": "where"],
          (row.leadChoice == .any ? localized("或由下列部门牵头：", "or led by ") : localized("共同牵头：", "led with "))
            + others.prefix(9).joined(separator: separator))
      }
      // Without a record all is missing, which the heading above says.
      if row.recorded.isComplete != nil {
        try html.block("p", DeadlineListing.recorded(row).shown(language))
      }
      guard !led.parts.isEmpty else { return }
      try html.block("ul") {
        for part in led.parts {
          try html.row("li") {
            if part.isOwn {
              try html.text(localized("本部门", "its own"))
            } else {
              try html.data(part.department)
            }
            try html.text(localized("：", ": "))
            try html.data(part.items.joined(separator: "；"))
          }
        }
      }
    }
  }

  /// Whether a matter is late, complete or without a record, as a word with a colour.
  private func writeState(_ row: DeadlineBoard.Row) throws {
    let (name, text): (String, String)
    if let days = row.daysLate {
      (name, text) = ("tag late", localized("逾期 \(days) 天", "\(FindingsSummary.counted(days, "day")) late"))
    } else if row.recorded.isComplete == true {
      (name, text) = ("tag done", localized("已完成", "complete"))
    } else if row.isOverdueUnknown(on: day) {
      (name, text) = ("tag unknown", localized("无记录，逾期情况未知", "no record, overdue status unknown"))
    } else if row.recorded.isComplete == nil {
      (name, text) = ("tag unknown", localized("无记录", "no record"))
    } else {
      (name, text) = ("tag open", localized("未完成", "not complete"))
    }
    try html.text(" ")
    try html.inline("span", ["class": name], text)
  }

  // MARK: What others lead

  private func writeRequests() throws {
    guard work.asked > 0 else { return }
    try frame.section(
      localized(
        "为其他部门牵头的 \(work.asked) 件事办理关联事项",
        "It handles items of \(FindingsSummary.counted(work.asked, "matter")) that others lead"), id: "asked"
    ) {
      let columns = [
        .id, .name,
        ListingColumn("items", zh: "本部门的关联事项", en: "its items"), .due,
        ListingColumn("closes", zh: "报送期止", en: "report by"),
        .recorded,
        ListingColumn("late", zh: "逾期天数", en: "days late", isNumber: true),
      ]
      var room = WorklistPage.limit
      for request in work.requests where room > 0 {
        let lead = request.leads.prefix(9).joined(separator: localized("、", ", "))
        let count = request.tasks.count
        try html.block(
          "h3",
          localized("联系\(lead)（牵头）：\(count) 件", "Ask \(lead), who leads: \(FindingsSummary.counted(count, "matter"))"))
        let rows = request.tasks.prefix(room).map { task -> [ListingCell] in
          let row = task.row
          return [
            .text(row.id), .text(row.name), .text(task.items.joined(separator: "；")),
            .text((row.due ?? row.nextDue)?.description), .text(row.window?.closes.description),
            DeadlineListing.recorded(row), DeadlineListing.daysLate(row, on: day),
          ]
        }
        room -= rows.count
        try frame.table(caption: lead, isCaptionHidden: true, columns, rows)
      }
      try omitted(work.asked)
    }
  }

  private func omitted(_ count: Int) throws {
    guard count > WorklistPage.limit else { return }
    let rest = count - WorklistPage.limit
    try html.block(
      "p", ["class": "omitted"],
      localized("… 另有 \(rest) 件未列出；用 --format csv 可全部列出。", "… and \(rest) more; --format csv lists all."))
  }
}

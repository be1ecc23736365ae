import AtomicFiles
import Catalog
import Deadlines
import Interchange
import Localization
import Validator

/// A worklist as a calendar: `onevisit deadlines --format ics`. Each matter has an event for its report window and one for
/// its due date, with reminders unless it is done; a matter that the department only supports has no report window, since the
/// lead reports (§三(三)). A withdrawn matter has both cancelled. If nothing is due or to be reported, one event says so, since a
/// calendar has at least one component (RFC 5545 §3.6); calendar programs refuse one without.
package struct WorklistCalendar {
  private let worklist: Worklist
  private let phrases: WorklistPhrases

  package init(_ worklist: Worklist, language: Language) {
    self.worklist = worklist
    phrases = WorklistPhrases(worklist, language: language)
  }

  /// - Parameter revision: which revision of its events it has; nil for the day of the worklist.
  package func write(to writer: ByteWriter, revision: CalendarRevision? = nil) throws {
    let calendar = CalendarWriter(to: writer, revision: revision ?? CalendarRevision(worklist.day))
    try calendar.begin(name: phrases.title, language: phrases.language)
    if isEmpty { try writeNothing(to: calendar) }
    try write(worklist.led, isLed: true, to: calendar)
    if let supported = worklist.supported { try write(supported, isLed: false, to: calendar) }
    for matter in worklist.withdrawn { try cancel(matter, in: calendar) }
    try calendar.end()
  }

  /// Whether no matter of the worklist has a day: none is due, to be reported, or cancelled.
  package var isEmpty: Bool {
    func hasDay(_ row: DeadlineBoard.Row) -> Bool { (row.due ?? row.nextDue) != nil }
    if worklist.led.rows.contains(where: { hasDay($0) || $0.window != nil }) { return false }
    if worklist.supported?.rows.contains(where: hasDay) == true { return false }
    let catalog = worklist.catalog
    return !worklist.withdrawn.contains { catalog.reportWindow(of: $0) != nil || catalog.due($0) != nil }
  }

  /// An event on the day of the worklist, without a reminder. A later calendar without events moves it to its own day.
  private func writeNothing(to calendar: CalendarWriter) throws {
    let day = worklist.day
    let description =
      worklist.led.dueBy.map {
        phrases.localized("截至 \(day)，\($0) 或之前没有到期或报送的事项", "As of \(day), nothing is due or to be reported by \($0)")
      } ?? phrases.localized("截至 \(day)，没有到期或报送的事项", "As of \(day), nothing is due or to be reported")
    let catalog = worklist.catalog
    let department = worklist.department.map { catalog.departments[$0.index].id } ?? ""
    try calendar.write(
      CalendarWriter.Event(
        uid: WorklistCalendar.uid(catalog.notices.map(\.number) + [department, "nothing"]), days: day...day,
        summary: phrases.localized("没有到期或报送的事项：", "Nothing due: ") + phrases.title, description: description))
  }

  private func write(_ board: DeadlineBoard, isLed: Bool, to calendar: CalendarWriter) throws {
    for row in board.rows {
      let matter = worklist.catalog.matters[row.matter]
      let name = (isLed ? "" : phrases.localized("配合：", "Supporting: ")) + "\(row.id) \(row.name)"
      let description = phrases.lines(row, isLed: isLed, isKept: true).joined(separator: "\n")
      if isLed, let window = row.window {
        let isDone = row.isReported(on: worklist.day)
        var event = CalendarWriter.Event(
          uid: uid(matter, "report"), days: (window.opens ?? window.closes)...window.closes,
          summary: (isDone ? phrases.localized("已报送：", "Reported: ") : phrases.localized("报送：", "Report: ")) + name,
          description: description)
        if !isDone, window.opens == nil {
          event.reminders = WorklistCalendar.before
        } else if !isDone {
          // In the morning of the first day, and three days before the last one.
          event.reminders = ["PT9H"]
          event.remindersBeforeEnd = ["-P3DT15H"]
        }
        try calendar.write(event)
      }
      if let due = row.due ?? row.nextDue {
        let isDone = row.recorded.isComplete == true
        try calendar.write(
          CalendarWriter.Event(
            uid: uid(matter, "due"), days: due...due,
            summary: (isDone ? phrases.localized("已完成：", "Complete: ") : phrases.localized("到期：", "Due: ")) + name,
            description: description, reminders: isDone ? [] : WorklistCalendar.before))
      }
    }
  }

  /// At nine o'clock, seven days and one day before.
  private static let before = ["-P6DT15H", "-PT15H"]

  private func cancel(_ matter: Matter, in calendar: CalendarWriter) throws {
    let catalog = worklist.catalog
    let name = "\(catalog.id(matter)) \(catalog.text(matter.name))"
    let summary = phrases.localized("已撤回：", "Withdrawn: ") + name
    func write(_ days: ClosedRange<Day>, _ kind: String) throws {
      try calendar.write(
        CalendarWriter.Event(
          uid: uid(matter, kind), days: days, summary: summary, description: "", isCancelled: true))
    }
    if let window = catalog.reportWindow(of: matter) {
      try write((window.opens ?? window.closes)...window.closes, "report")
    }
    if let due = catalog.due(matter) { try write(due...due, "due") }
  }

  /// From the notice, the list and the id of the matter, so that it stays when its name, lead or deadline changes, and
  /// differs from that of another city's matter with the same id.
  private func uid(_ matter: Matter, _ kind: String) -> String {
    let catalog = worklist.catalog
    let list = catalog.list(of: matter)
    let notice = list?.noticeIndex.map { catalog.notices[$0].number } ?? list?.notice ?? ""
    return WorklistCalendar.uid([notice, list?.id ?? "", catalog.id(matter), kind])
  }

  /// A UUID of version 8 (RFC 9562 §5.8) from the hash of texts.
  private static func uid(_ texts: [String]) -> String {
    let text = texts.joined(separator: "\u{1F}")
    var digits = Array(ContentHash.text(text).utf8.prefix(32))
    digits[12] = UInt8(ascii: "8")
    digits[16] = UInt8(ascii: "a")
    var uid = ""
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { uid += "-" }
      uid.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return uid
  }
}

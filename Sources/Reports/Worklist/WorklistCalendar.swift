import AtomicFiles
import Catalog
import Deadlines
import Interchange
import Localization
import Validator

/// A worklist as a calendar: `onevisit deadlines --format ics`. Each matter has an event for its report window and one for
/// its due date, with reminders unless it is done; a matter that the department only supports has no report window, since the
/// lead reports (§三(三)). A withdrawn matter has both cancelled.
package struct WorklistCalendar {
  private let worklist: Worklist
  private let phrases: WorklistPhrases

  package init(_ worklist: Worklist, language: Language) {
    self.worklist = worklist
    phrases = WorklistPhrases(worklist, language: language)
  }

  package func write(to writer: ByteWriter) throws {
    let calendar = CalendarWriter(to: writer, on: worklist.day)
    try calendar.begin(name: phrases.title, language: phrases.language)
    try write(worklist.led, isLed: true, to: calendar)
    if let supported = worklist.supported { try write(supported, isLed: false, to: calendar) }
    for matter in worklist.withdrawn { try cancel(matter, in: calendar) }
    try calendar.end()
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
  /// differs from that of another city's matter with the same id. Formed as a UUID of version 8 (RFC 9562 §5.8).
  private func uid(_ matter: Matter, _ kind: String) -> String {
    let catalog = worklist.catalog
    let list = catalog.list(of: matter)
    let notice = list?.noticeIndex.map { catalog.notices[$0].number } ?? list?.notice ?? ""
    let text = [notice, list?.id ?? "", catalog.id(matter), kind].joined(separator: "\u{1F}")
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

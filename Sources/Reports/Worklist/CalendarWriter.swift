import AtomicFiles
import Deadlines
import Localization

/// Writes a calendar (RFC 5545) of all-day events: content lines that end with CRLF and are folded at 75 octets between two
/// characters (§3.1), texts with `\`, `;`, `,` and line breaks escaped (§3.3.11), dates without a time zone (§3.3.4).
struct CalendarWriter {
  /// One all-day event (§3.6.1).
  struct Event {
    /// The same for the same event in every later calendar, so that importing it again updates the event (§3.8.4.7).
    var uid: String
    /// The first and the last day.
    var days: ClosedRange<Day>
    var summary: String
    var description: String
    var isCancelled = false
    /// When to remind (§3.8.6.3), as durations from the start of the first day.
    var reminders: [String] = []
    /// The same, from the end of the last day.
    var remindersBeforeEnd: [String] = []
  }

  private let writer: ByteWriter
  /// Which revision of its events the calendar has.
  private let revision: CalendarRevision

  init(to writer: ByteWriter, revision: CalendarRevision) {
    self.writer = writer
    self.revision = revision
  }

  func begin(name: String, language: Language) throws {
    try line("BEGIN", "VCALENDAR")
    try line("VERSION", "2.0")
    try line("PRODID", "-//OneVisit//onevisit//\(language.rawValue.uppercased())")
    try line("CALSCALE", "GREGORIAN")
    // The first is RFC 7986 §5.1; Outlook and Apple Calendar read the second.
    try line("NAME", CalendarWriter.escaped(name))
    try line("X-WR-CALNAME", CalendarWriter.escaped(name))
  }

  func end() throws { try line("END", "VCALENDAR") }

  func write(_ event: Event) throws {
    try line("BEGIN", "VEVENT")
    try line("UID", event.uid)
    try line("DTSTAMP", revision.stamp)
    try line("SEQUENCE", String(revision.sequence))
    try line("DTSTART;VALUE=DATE", CalendarWriter.digits(event.days.lowerBound))
    // The end is the first day that no longer belongs to it.
    try line("DTEND;VALUE=DATE", CalendarWriter.digits(event.days.upperBound.adding(days: 1)))
    try line("SUMMARY", CalendarWriter.escaped(event.summary))
    if !event.description.isEmpty { try line("DESCRIPTION", CalendarWriter.escaped(event.description)) }
    try line("TRANSP", "TRANSPARENT")
    try line("STATUS", event.isCancelled ? "CANCELLED" : "CONFIRMED")
    for reminder in event.reminders { try alarm("TRIGGER", reminder, event) }
    for reminder in event.remindersBeforeEnd { try alarm("TRIGGER;RELATED=END", reminder, event) }
    try line("END", "VEVENT")
  }

  private func alarm(_ name: String, _ trigger: String, _ event: Event) throws {
    try line("BEGIN", "VALARM")
    try line("ACTION", "DISPLAY")
    try line("DESCRIPTION", CalendarWriter.escaped(event.summary))
    try line(name, trigger)
    try line("END", "VALARM")
  }

  private func line(_ name: String, _ value: String) throws {
    try writer.append(CalendarWriter.folded(name + ":" + value))
  }

  /// `20221231`
  static func digits(_ day: Day) -> String { String(day.description.filter { $0 != "-" }) }

  /// A text value; control characters are written out, as everywhere that people read.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in VisibleText.block(text).unicodeScalars {
      switch scalar {
      case "\n": escaped += "\\n"
      case "\\", ";", ",":
        escaped.unicodeScalars.append("\\")
        escaped.unicodeScalars.append(scalar)
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A content line with its end: parts of at most 75 octets, each after the first begun by a blank.
  static func folded(_ line: String) -> String {
    var folded = ""
    var length = 0
    for scalar in line.unicodeScalars {
      let width = UTF8.width(scalar)
      if length + width > 75 {
        folded += "\r\n "
        length = 1
      }
      folded.unicodeScalars.append(scalar)
      length += width
    }
    return folded + "\r\n"
  }
}

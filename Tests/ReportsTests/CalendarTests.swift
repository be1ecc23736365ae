import Deadlines
import Foundation
import Localization
import Testing

@testable import Reports

/// Content lines of calendars (RFC 5545).
@Suite struct CalendarTests {
  private static func unfolded(_ lines: String) -> String { lines.replacing("\r\n ", with: "") }

  @Test("Lines are folded at 75 octets, between two characters", arguments: 0..<200)
  func folding(_ length: Int) {
    for character in ["a", "é", "事", "𠮷"] {
      let line = "SUMMARY:" + String(repeating: "a", count: length % 4) + String(repeating: character, count: length)
      let folded = CalendarWriter.folded(line)
      #expect(folded.hasSuffix("\r\n") && CalendarTests.unfolded(folded) == line + "\r\n")
      let parts = folded.components(separatedBy: "\r\n").dropLast()
      #expect(parts.allSatisfy { $0.utf8.count <= 75 })
      #expect(parts.dropLast().allSatisfy { $0.utf8.count > 71 })
    }
  }

  @Test("Separators, line breaks and controls of a text are escaped")
  func escaping() {
    #expect(CalendarWriter.escaped("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne")
    let hostile = CalendarWriter.escaped("x\r\nEND:VEVENT\u{1B}\u{202E}")
    #expect(!hostile.contains("\r") && !hostile.contains("\n") && !hostile.contains("\u{1B}"))
    #expect(!hostile.unicodeScalars.contains("\u{202E}"))
  }

  @Test("An all-day event ends on the day after its last day")
  func events() throws {
    let day = try #require(Day(year: 2024, month: 2, day: 28))
    let text = try Golden.text { writer in
      let calendar = CalendarWriter(to: writer, revision: CalendarRevision(day))
      try calendar.begin(name: "清单", language: .chinese)
      try calendar.write(
        CalendarWriter.Event(
          uid: "u", days: day...day.adding(days: 1), summary: "到期", description: "", reminders: ["-PT15H"]))
      try calendar.end()
    }
    let lines = text.components(separatedBy: "\r\n")
    #expect(
      lines == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//OneVisit//onevisit//ZH", "CALSCALE:GREGORIAN", "NAME:清单",
        "X-WR-CALNAME:清单", "BEGIN:VEVENT", "UID:u", "DTSTAMP:20240228T000000Z", "SEQUENCE:12706560",
        "DTSTART;VALUE=DATE:20240228", "DTEND;VALUE=DATE:20240301", "SUMMARY:到期", "TRANSP:TRANSPARENT",
        "STATUS:CONFIRMED", "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:到期", "TRIGGER:-PT15H", "END:VALARM",
        "END:VEVENT", "END:VCALENDAR", "",
      ])
  }
}

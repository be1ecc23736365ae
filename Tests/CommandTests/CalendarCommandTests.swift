import Foundation
import TestSupport
import Testing

/// `deadlines --format ics` with nothing to do, and which of two calendars is the newer one.
@Suite struct CalendarCommandTests {
  private func calendar(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> (text: String, errors: String) {
    let outcome = try Program.run(
      Program.onevisit, ["deadlines", "--format", "ics", "--language", "en"] + arguments, environment: environment)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return (outcome.output.replacing("\r\n ", with: ""), outcome.errors)
  }

  private func values(_ name: String, _ text: String) -> [String] {
    text.components(separatedBy: "\r\n").filter { $0.hasPrefix(name + ":") }.map {
      String($0.dropFirst(name.count + 1))
    }
  }

  /// RFC 5545 §3.6: a calendar has at least one component.
  @Test func nothingIsDue() throws {
    let (text, errors) = try calendar("--as-of", "2022-12-15", "--due-by", "2001-01-01")
    #expect(text.components(separatedBy: "BEGIN:VEVENT").count == 2, "\(text)")
    #expect(values("SUMMARY", text) == ["Nothing due: “One thing\\, one visit” worklist"], "\(text)")
    #expect(values("DESCRIPTION", text) == ["As of 2022-12-15\\, nothing is due or to be reported by 2001-01-01"])
    #expect(text.contains("DTSTART;VALUE=DATE:20221215") && !text.contains("VALARM"))
    #expect(errors.contains("note: nothing is due or to be reported; the calendar has one event that says so."))
    // The next one without events moves it; one of a department is another.
    let later = try calendar("--as-of", "2022-12-16", "--due-by", "2001-01-01").text
    #expect(values("UID", later) == values("UID", text) && later.contains("DTSTART;VALUE=DATE:20221216"))
    let other = try calendar("--as-of", "2022-12-15", "--due-by", "2001-01-01", "--department", "市公安局").text
    #expect(values("UID", other).count == 1 && values("UID", other) != values("UID", text))
    #expect(try !calendar("--as-of", "2022-12-15").text.contains("Nothing due"))
  }

  @Test func theLaterCalendarIsTheNewerOne() throws {
    func revision(_ arguments: String..., epoch: String = "") throws -> (sequence: Int, stamp: String) {
      let outcome = try Program.run(
        Program.onevisit, ["deadlines", "--format", "ics", "--department", "市公安局"] + arguments,
        environment: epoch.isEmpty ? [:] : ["SOURCE_DATE_EPOCH": epoch])
      let (sequences, stamps) = (values("SEQUENCE", outcome.output), values("DTSTAMP", outcome.output))
      #expect(sequences.count > 10 && Set(sequences).count == 1 && Set(stamps).count == 1)
      return (try #require(sequences.first.flatMap(Int.init)), try #require(stamps.first))
    }
    let day = ["--as-of", "2023-01-20"]
    let fixed = try revision(day[0], day[1])
    #expect(fixed.stamp == "20230120T000000Z" && fixed.sequence == 12_124_800)
    #expect(try revision(day[0], day[1]) == fixed)
    // Later on that day, by the variable that builds set.
    let noon = try revision(day[0], day[1], epoch: "1674216061")
    #expect(noon.stamp == "20230120T120101Z" && noon.sequence == fixed.sequence + 721)
    let minute = try revision(day[0], day[1], epoch: "1674216121")
    #expect(minute.sequence == noon.sequence + 1 && minute.stamp > noon.stamp)
    #expect(try revision(day[0], day[1], epoch: "yesterday") == fixed)
    #expect(try revision(epoch: "99999999999999999999") != fixed)
    #expect(try revision(day[0], day[1], epoch: "99999999999999").stamp == "99991231T235959Z")
    // Without a day, the time is that of the clock.
    let now = (Int(Date.now.timeIntervalSince1970) - 946_684_800) / 60
    let clock = try revision()
    #expect((now...now + 5).contains(clock.sequence), "\(clock) \(now)")
  }
}

import Deadlines

/// Which of several calendars with the same events is the newer one. A calendar program takes an event over one that it has
/// if its SEQUENCE is higher (RFC 5545 §3.8.7.4), or the same with a later DTSTAMP (RFC 5546 §2.1.5). Both are from one time:
/// a number that grows cannot be made of what the events say.
package struct CalendarRevision: Sendable, Hashable {
  /// Seconds since 1970-01-01 in UTC.
  private let seconds: Int

  /// - Parameter seconds: since 1970-01-01 in UTC; not below 0, and not beyond the last day that can be written.
  package init(seconds: Int) {
    self.seconds = min(max(0, seconds), CalendarRevision.secondsOfDay * (CalendarRevision.number(.latest) + 1) - 1)
  }

  /// The beginning of a day: two calendars for one day are the same revision, and the same bytes if nothing changed.
  package init(_ day: Day) { self.init(seconds: CalendarRevision.secondsOfDay * CalendarRevision.number(day)) }

  /// The time in the environment variable `SOURCE_DATE_EPOCH` (reproducible-builds.org): seconds since 1970-01-01, in digits.
  /// Nil if it is anything else.
  package init?(sourceDateEpoch text: String) {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int(text) else {
      return nil
    }
    self.init(seconds: seconds)
  }

  private static let secondsOfDay = 86_400
  /// 2000-01-01 in minutes since 1970-01-01.
  private static let firstMinute = 15_778_080

  private static func number(_ day: Day) -> Int { Day(clamping: 0).days(until: day) }

  /// The value of DTSTAMP: `20221231T235959Z` (§3.3.5).
  var stamp: String {
    let time = seconds % CalendarRevision.secondsOfDay
    let parts = [time / 3600, time / 60 % 60, time % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    let day = CalendarWriter.digits(Day(clamping: seconds / CalendarRevision.secondsOfDay))
    return day + "T" + parts.joined() + "Z"
  }

  /// The minutes since 2000-01-01, which an integer of 32 bits can hold (§3.3.8) until the year 6083.
  var sequence: Int { min(max(0, seconds / 60 - CalendarRevision.firstMinute), Int(Int32.max)) }
}

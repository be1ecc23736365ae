/// A day of the Gregorian calendar from 0001-01-01 to 9999-12-31, without time and time zone.
public struct Day: Sendable, Hashable, Comparable, CustomStringConvertible {
  let core: Core.Day

  init(_ core: Core.Day) { self.core = core }

  /// Creates a day; nil where the calendar has no such day, such as 2023-02-29.
  /// - Parameters:
  ///   - year: 1 to 9999.
  ///   - month: 1 to 12.
  ///   - day: 1 to the length of the month.
  public init?(year: Int, month: Int, day: Int) {
    guard let core = Core.Day(year: year, month: month, day: day) else { return nil }
    self.core = core
  }

  /// Creates a day from a text of the form `YYYY-MM-DD`; nil for any other form.
  public init?(_ text: String) {
    guard let core = Core.Day(iso: text) else { return nil }
    self.core = core
  }

  /// Today by the machine's clock and time zone.
  public static var today: Day { Day(.today) }

  /// The year, 1 to 9999.
  public var year: Int { core.year }
  /// The month, 1 to 12.
  public var month: Int { core.month }
  /// The day of the month, 1 to 31.
  public var day: Int { core.day }

  /// The day that many days later, or earlier for a negative number, limited to the calendar's range.
  public func adding(days: Int) -> Day { Day(core.adding(days: days)) }

  /// The corresponding day that many months later, or the last day of that month if it is shorter (民法典 §202).
  public func adding(months: Int) -> Day { Day(core.adding(months: months)) }

  /// The number of days from this day to another: positive if the other is later.
  public func days(until other: Day) -> Int { core.days(until: other.core) }

  /// `YYYY-MM-DD`.
  public var description: String { core.description }

  /// Whether the first day is before the second.
  public static func < (first: Day, second: Day) -> Bool { first.core < second.core }
}

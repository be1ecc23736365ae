import Platform

/// One day of the proleptic Gregorian calendar, between 0001-01-01 and 9999-12-31, without a time or a time
/// zone: a date in a notice.
///
/// Stored as a count of days, so that comparing, hashing and subtracting take one machine instruction; year, month and
/// day are computed on demand.
package struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01, negative before it.
  package let number: Int32

  /// 0001-01-01, the first day that can be represented.
  package static let earliest = Day(validYear: 1, month: 1, day: 1)

  /// 9999-12-31, the last day that can be represented.
  package static let latest = Day(validYear: 9999, month: 12, day: 31)

  /// The day of a year (1...9999), month (1...12) and day of the month; nil where there is no such day, as for
  /// 2023-02-29.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.length(ofMonth: month, year: year)
    else { return nil }
    self.init(validYear: year, month: month, day: day)
  }

  /// A day written as exactly `YYYY-MM-DD` in ASCII (ISO 8601 extended); nil for anything else, a blank or a missing
  /// zero included.
  package init?(iso bytes: some Sequence<UInt8>) {
    var year = 0
    var month = 0
    var day = 0
    var index = 0
    for byte in bytes {
      switch index {
      case 4, 7:
        guard byte == UInt8(ascii: "-") else { return nil }
      case 0..<10:
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        let digit = Int(byte &- UInt8(ascii: "0"))
        if index < 4 {
          year = year * 10 + digit
        } else if index < 7 {
          month = month * 10 + digit
        } else {
          day = day * 10 + digit
        }
      default:
        return nil
      }
      index += 1
    }
    guard index == 10 else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// A day written as exactly `YYYY-MM-DD`, parsed from a file's bytes without a copy: the path for large tables.
  package init?(iso bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    // One bit test at the end instead of eight branches: a byte below "0" wraps to a large number.
    var worst: UInt8 = 0
    func digit(_ index: Int) -> Int {
      let value = bytes[index] &- UInt8(ascii: "0")
      worst = max(worst, value)
      return Int(value)
    }
    let year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)
    let month = digit(5) * 10 + digit(6)
    let day = digit(8) * 10 + digit(9)
    guard worst <= 9 else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// A day written as exactly `YYYY-MM-DD`, such as the answer to `--as-of`.
  package init?(iso text: some StringProtocol) {
    self.init(iso: text.utf8)
  }

  /// The same for a whole text, without the generic code.
  package init?(iso text: String) {
    var text = text
    guard let day = text.withUTF8({ Day(iso: $0) }) else { return nil }
    self = day
  }

  /// A day that is known to exist. The count is Howard Hinnant's `days_from_civil`: years begin in March, so that the
  /// leap day comes last and months need no table.
  init(validYear year: Int, month: Int, day: Int) {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// The day of a count since 1970-01-01, held within `earliest...latest`.
  package init(clamping count: Int) {
    number = Int32(min(max(count, Int(Day.earliest.number)), Int(Day.latest.number)))
  }

  /// Year, month and day together: cheaper than each of them by itself.
  package var parts: (year: Int, month: Int, day: Int) {
    // `civil_from_days` by Howard Hinnant; never negative here, for the earliest day is in the year 1.
    let shifted = Int(number) + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }

  /// The year, 1...9999.
  package var year: Int { parts.year }

  /// The month, 1...12.
  package var month: Int { parts.month }

  /// The day of the month, 1...31.
  package var day: Int { parts.day }

  /// The day so many days later (earlier when negative), held within `earliest...latest`.
  package func adding(days: Int) -> Day {
    let (sum, overflow) = Int(number).addingReportingOverflow(days)
    guard !overflow else { return days < 0 ? Day.earliest : Day.latest }
    return Day(clamping: sum)
  }

  /// The corresponding day so many months later (earlier when negative); where that month has no such day, its last
  /// one, as 民法典 §202 counts months. Held within `earliest...latest`.
  package func adding(months: Int) -> Day {
    let (year, month, day) = parts
    let (sum, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
    guard !overflow, sum < 10_000 * 12 else { return months < 0 ? Day.earliest : Day.latest }
    guard sum >= 12 else { return Day.earliest }
    let length = Day.length(ofMonth: sum % 12 + 1, year: sum / 12)
    return Day(validYear: sum / 12, month: sum % 12 + 1, day: min(day, length))
  }

  /// How many days lie between this day and another: positive when the other is later.
  package func days(until other: Day) -> Int {
    Int(other.number) - Int(number)
  }

  /// The last day of this day's month.
  package var monthEnd: Day {
    let (year, month, _) = parts
    return Day(validYear: year, month: month, day: Day.length(ofMonth: month, year: year))
  }

  /// How many days a month (1...12) has in a year.
  package static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Today by the machine's clock and time zone.
  package static var today: Day {
    var now = time(nil)
    var local = tm()
    guard localtime_r(&now, &local) != nil,
      let day = Day(year: Int(local.tm_year) + 1900, month: Int(local.tm_mon) + 1, day: Int(local.tm_mday))
    else {
      // No time zone is available: the day in universal time.
      return Day(clamping: Int(now) / 86_400)
    }
    return day
  }

  package static func < (left: Day, right: Day) -> Bool {
    left.number < right.number
  }

  /// `YYYY-MM-DD`.
  package var description: String {
    let (year, month, day) = parts
    return String(unsafeUninitializedCapacity: 10) { bytes in
      func put(_ value: Int, at index: Int) {
        bytes[index] = UInt8(ascii: "0") + UInt8(value % 10)
      }
      put(year / 1000, at: 0)
      put(year / 100, at: 1)
      put(year / 10, at: 2)
      put(year, at: 3)
      bytes[4] = UInt8(ascii: "-")
      put(month / 10, at: 5)
      put(month, at: 6)
      bytes[7] = UInt8(ascii: "-")
      put(day / 10, at: 8)
      put(day, at: 9)
      return 10
    }
  }

  /// The day in Chinese: 2022年12月31日.
  package var chinese: String {
    let (year, month, day) = parts
    return "\(year)年\(month)月\(day)日"
  }
}

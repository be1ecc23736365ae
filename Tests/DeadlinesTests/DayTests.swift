import Deadlines
import Testing

@Suite("Days")
struct DayTests {
  @Test("Every day from 1900 to 2200 survives number, parts and text, one after the other")
  func roundTrip() throws {
    var expected = try #require(Day(year: 1900, month: 1, day: 1))
    #expect(expected.number == -25_567)
    var count = 0
    for year in 1900...2200 {
      let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
      let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (index, length) in lengths.enumerated() {
        #expect(Day(year: year, month: index + 1, day: length + 1) == nil)
        for number in 1...length {
          let day = try #require(Day(year: year, month: index + 1, day: number))
          // Bare comparisons: a hundred thousand expectations would take a minute.
          let text = day.description
          let same =
            day == expected && day.parts == (year, index + 1, number) && Day(iso: text) == day
            && text.utf8.withContiguousStorageIfAvailable({ Day(iso: $0) }) == .some(day)
            && day.monthEnd.day == length && day.monthEnd.month == index + 1
          if !same { Issue.record("\(year)-\(index + 1)-\(number) came back as \(text)") }
          expected = expected.adding(days: 1)
          count += 1
        }
      }
    }
    #expect(count == 301 * 365 + 73)
  }

  @Test(
    "Known counts of days since 1970-01-01",
    arguments: [
      ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017), ("2022-12-30", 19_356),
      ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ] as [(String, Int32)])
  func known(text: String, number: Int32) throws {
    let day = try #require(Day(iso: text))
    #expect(day.number == number)
    #expect(day.description == text)
  }

  @Test(
    "Leap years",
    arguments: [(1900, false), (1996, true), (2000, true), (2022, false), (2024, true), (2100, false), (2400, true)])
  func leap(year: Int, leap: Bool) {
    #expect((Day(year: year, month: 2, day: 29) != nil) == leap)
    #expect(Day.length(ofMonth: 2, year: year) == (leap ? 29 : 28))
  }

  @Test(
    "No such day",
    arguments: [
      (2022, 0, 1), (2022, 13, 1), (2022, 4, 31), (2022, 1, 0), (2022, 1, 32), (0, 1, 1), (10_000, 1, 1), (-1, 1, 1),
      (2023, 2, 30), (Int.max, 1, 1), (2022, Int.min, 1), (2022, 1, Int.max),
    ])
  func impossible(year: Int, month: Int, day: Int) {
    #expect(Day(year: year, month: month, day: day) == nil)
  }

  @Test(
    "Only YYYY-MM-DD is ISO",
    arguments: [
      "", "2022-12-3", "2022-12-311", "2022/12/31", "2022-13-01", "2023-02-29", " 2022-12-31", "2022-12-31 ",
      "2022-1-31 ", "20221231", "２０２２-12-31", "2022–12-31", "+022-12-31", "2022-12-3a", "0000-01-01", "2022-12-31T00",
      "/022-12-31",
      "2022-12-3:",
    ])
  func strict(text: String) {
    #expect(Day(iso: text) == nil)
    #expect(Day(iso: Array(text.utf8)) == nil)
    let inPlace = Array(text.utf8).withUnsafeBufferPointer { Day(iso: $0) }
    #expect(inPlace == nil)
  }

  @Test(
    "Months are added to the corresponding day, or to the month's last",
    arguments: [
      ("2022-12-31", -1, "2022-11-30"), ("2023-03-31", -1, "2023-02-28"), ("2024-03-31", -1, "2024-02-29"),
      ("2023-01-31", -1, "2022-12-31"), ("2022-12-15", 1, "2023-01-15"), ("2024-02-29", 12, "2025-02-28"),
      ("2024-02-29", 48, "2028-02-29"), ("2022-01-01", -1, "2021-12-01"), ("2022-05-05", 0, "2022-05-05"),
      ("2022-05-05", Int.max, "9999-12-31"), ("2022-05-05", Int.min, "0001-01-01"), ("0001-01-31", -1, "0001-01-01"),
      ("9999-12-05", 1, "9999-12-31"),
    ])
  func addingMonths(text: String, months: Int, expected: String) throws {
    let day = try #require(Day(iso: text))
    #expect(day.adding(months: months).description == expected)
  }

  @Test("Adding days and counting them are each other's undoing, and stop at the calendar's ends")
  func addingDays() throws {
    let day = try #require(Day(iso: "2022-12-30"))
    for step in [-40_000, -366, -1, 0, 1, 2, 59, 365, 100_000] {
      let other = day.adding(days: step)
      #expect(day.days(until: other) == step)
      #expect(other.adding(days: -step) == day)
      #expect((day < other) == (step > 0))
    }
    #expect(day.adding(days: Int.max) == Day.latest)
    #expect(day.adding(days: Int.min) == Day.earliest)
    #expect(Day.latest.adding(days: 1) == Day.latest)
    #expect(Day.earliest.description == "0001-01-01")
    #expect(Day.latest.description == "9999-12-31")
  }

  @Test("Order by day is order by text")
  func order() throws {
    let texts = ["1899-12-31", "1970-01-01", "2022-09-30", "2022-10-01", "2022-12-31", "2023-01-01"]
    let days = try texts.map { try #require(Day(iso: $0)) }
    #expect(days.shuffled().sorted() == days)
  }

  @Test("Today is a day of this century")
  func today() {
    #expect((2025...2099).contains(Day.today.year))
  }
}

import Deadlines
import Testing

@Suite("Report windows")
struct ReportWindowTests {
  @Test(
    "The window of the month before the due date",
    arguments: [
      // The three dates of the second list, and months of every length.
      ("2022-12-31", "2022-11-30"), ("2023-06-30", "2023-05-30"), ("2023-12-31", "2023-11-30"),
      ("2023-03-31", "2023-02-28"), ("2024-03-31", "2024-02-29"), ("2023-01-31", "2022-12-31"),
      ("2023-03-28", "2023-02-28"),
    ])
  func monthBefore(due: String, opens: String) throws {
    let day = try #require(Day(iso: due))
    let window = ReportWindow(due: day, monthsBefore: 1)
    #expect(window.opens?.description == opens)
    #expect(window.closes == day)
  }

  @Test(
    "Where a day stands to the second list's window",
    arguments: [
      ("2022-11-01", .notYet(daysToOpen: 29)), ("2022-11-29", .notYet(daysToOpen: 1)),
      ("2022-11-30", .open(daysLeft: 31)),
      ("2022-12-30", .open(daysLeft: 1)), ("2022-12-31", .open(daysLeft: 0)), ("2023-01-01", .closed(daysLate: 1)),
      ("2023-12-31", .closed(daysLate: 365)),
    ] as [(String, ReportWindow.State)])
  func state(on text: String, expected: ReportWindow.State) throws {
    let window = ReportWindow(due: try #require(Day(iso: "2022-12-31")), monthsBefore: 1)
    #expect(window.state(on: try #require(Day(iso: text))) == expected)
  }

  @Test("The first list's window has an end alone")
  func fixed() throws {
    let last = try #require(Day(iso: "2023-01-31"))
    let window = ReportWindow(by: last)
    #expect(window.opens == nil)
    #expect(window.state(on: Day.earliest) == .open(daysLeft: Day.earliest.days(until: last)))
    #expect(window.state(on: last) == .open(daysLeft: 0))
    #expect(window.state(on: last.adding(days: 3)) == .closed(daysLate: 3))
    #expect(window.meaning.en == "report by 2023-01-31")
    #expect(window.meaning.zh == "最迟2023年1月31日报送")
  }

  @Test("A window never opens after it closes, and state changes once at each end")
  func properties() throws {
    let first = try #require(Day(iso: "2023-01-01"))
    for offset in 0..<800 {
      let due = first.adding(days: offset)
      for months in [-1, 0, 1, 2, 12, Int.max] {
        let window = ReportWindow(due: due, monthsBefore: months)
        let opens = try #require(window.opens)
        #expect(opens <= due)
        if months == 1 { #expect((28...31).contains(opens.days(until: due))) }
        if months <= 0 { #expect(opens == due) }
      }
    }
  }
}

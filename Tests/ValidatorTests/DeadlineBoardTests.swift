import Catalog
import Deadlines
import Testing
import Validator

@Suite("The board of deadlines")
struct DeadlineBoardTests {
  func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }

  func board(_ day: String, _ rows: [String] = [], department: String? = nil) throws -> DeadlineBoard {
    let table = DeadlineFinds.progressHeader + rows.map { $0 + "\n" }.joined()
    let catalog = DeadlineFinds.shipped(with: ["progress.csv": table])
    let index = try department.map { try #require(catalog.departmentRegister.owner(of: $0)?.index) }
    return DeadlineBoard(catalog, on: try self.day(day), department: index)
  }

  @Test("Rows come by due date, list and number")
  func order() throws {
    let board = try board("2023-01-15")
    #expect(board.rows.count == 241)
    #expect(board.rows.first?.id == "1-001")
    #expect(board.rows[11].id == "2-001")
    #expect(board.rows.last?.id == "2-230")
    let dues = board.rows.compactMap(\.due)
    #expect(dues == dues.sorted())
    #expect(board.byDue.map { $0.due?.description ?? "-" } == ["2022-12-31", "2023-06-30", "2023-12-31"])
    #expect(board.byDue.map(\.tally.matters) == [127, 9, 105])
    #expect(board.tally.matters == 241)
    #expect(board.tally.unrecorded == 241)
    #expect(board.tally.late == 0)
    #expect(board.tally.windowOpen == 11)
  }

  @Test("All values of a row")
  func row() throws {
    let board = try board("2023-06-10", ["2-012,2023-06-01,2023-06-05,,,,,2023-06-20"])
    let row = try #require(board.rows.first { $0.id == "2-012" })
    #expect(row.list == "second")
    #expect(row.number == 12)
    #expect(row.lead == ["市人社局"])
    #expect(row.deadline == "2023年6月底")
    #expect(row.meaning.en == "by 2023-06-30")
    #expect(row.window?.opens?.description == "2023-05-30")
    #expect(row.windowState == .open(daysLeft: 20))
    #expect(row.recorded[.guide]?.description == "2023-06-05")
    #expect(row.recorded.isComplete == false)
    #expect(row.daysLate == nil)
    let first = try #require(board.rows.first { $0.id == "1-001" })
    #expect(first.window == ReportWindow(by: try day("2023-01-31")))
    #expect(first.windowState == .closed(daysLate: 130))
    #expect(first.recorded == .nothingOfList)
    // Without a record: its overdue status is unknown.
    let other = try #require(board.rows.first { $0.id == "2-001" })
    #expect(other.recorded == .nothing)
    #expect(other.isPastDue(on: board.day))
    #expect(other.daysLate == nil)
  }

  @Test("Leads have their short names")
  func leads() throws {
    let board = try board("2023-01-15")
    let row = try #require(board.rows.first { $0.id == "2-029" })
    #expect(row.lead == ["市市场监管局", "市行政审批局"])
    #expect(row.leadChoice == .any)
    let joint = try #require(board.rows.first { $0.id == "2-008" })
    #expect(joint.lead == ["市农业农村局", "市公安局"])
    #expect(joint.leadChoice == .all)
    #expect(board.byLead.prefix(2).map(\.name) == ["市行政审批局", "市市场监管局"])
  }

  @Test("Lateness, complete and reported are counted")
  func tallies() throws {
    let board = try board(
      "2023-01-15",
      [
        "2-001,2022-12-30,2022-12-30,2022-12-30,2022-12-30,2022-12-31,2022-12-31,2022-12-31",
        "2-002,2022-12-30,2022-12-30,,,,,",
        "2-012,,2023-01-10,,,,,",
        // Recorded ahead of time: not done on the day asked about.
        "2-003,2022-12-30,2022-12-30,2022-12-30,2022-12-30,2022-12-31,2022-12-31,2023-02-01",
      ])
    #expect(board.tally.complete == 1)
    #expect(board.tally.incomplete == 3)
    #expect(board.tally.late == 2)
    #expect(board.tally.reported == 3)
    #expect(board.byDue[0].tally.late == 2)
    #expect(board.byDue[1].tally.late == 0)
    let late = try #require(board.rows.first { $0.id == "2-002" })
    #expect(late.daysLate == 15)
  }

  @Test("One department, by any of its names", arguments: ["市公安局", "公安部门", "public-security"])
  func department(name: String) throws {
    let board = try board("2023-01-15", department: name)
    #expect(board.rows.map(\.id) == ["1-007", "2-008", "2-016"])
    #expect(board.byLead.map(\.name) == ["市公安局"])
    #expect(board.byLead.first?.tally.matters == 3)
    #expect(board.byLead.first?.nextDue?.description == "2023-06-30")
  }

  @Test(
    "What comes next",
    arguments: [
      ("2022-11-01", ["opens 2022-11-30 29 116", "due 2022-12-31 60 127", "closes 2022-12-31 60 116"]),
      ("2022-12-31", ["due 2022-12-31 0 127", "closes 2022-12-31 0 116", "opens 2023-05-30 150 9"]),
      ("2023-01-15", ["closes 2023-01-31 16 11", "opens 2023-05-30 135 9", "due 2023-06-30 166 9"]),
      ("2024-01-01", []),
    ] as [(String, [String])])
  func next(day: String, expected: [String]) throws {
    let board = try board(day)
    let events = board.next.map { "\($0.kind.rawValue) \($0.day) \($0.daysLeft) \($0.rows.count)" }
    #expect(events.sorted() == expected.sorted())
    #expect(board.next.map(\.day) == board.next.map(\.day).sorted())
    for event in board.next where event.kind == .due {
      #expect(event.rows.allSatisfy { board.rows[$0].due == event.day })
    }
  }

  @Test("Recurring, open and unreadable deadlines come last and are never late")
  func undated() throws {
    let catalog = try #require(
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,持续推进",
          "2-002,second,2,individual,失业,市人社局,每年5月底前",
          "2-003,second,3,individual,补缴,不明部门,2022年13月",
          "2-004,second,4,individual,落户,市人社局,2022年12月底",
        ],
        tables: [.progress: ["2-001,2023-01-10,,,,,,", "2-002,2023-01-10,,,,,,"]]
      ).catalog)
    let board = DeadlineBoard(catalog, on: try day("2023-06-15"))
    #expect(board.rows.map(\.id) == ["2-004", "2-001", "2-002", "2-003"])
    #expect(board.rows.map { $0.nextDue?.description } == [nil, nil, "2024-05-31", nil])
    #expect(board.rows.allSatisfy { $0.daysLate == nil })
    #expect(board.rows.dropFirst().allSatisfy { $0.window == nil && $0.windowState == nil })
    #expect(board.byDue.map(\.tally.matters) == [1, 3])
    #expect(board.byLead.map(\.name) == ["市人社局", "不明部门"])
    #expect(board.nextDue?.day.description == "2024-05-31")
    #expect(board.nextWindow == nil)
  }

  @Test("What is due by a day")
  func dueBy() throws {
    let catalog = FolderReader.builtIn()
    let first = try day("2022-12-31")
    #expect(catalog.matters.filter { catalog.isDue($0, by: first) }.count == 127)
    #expect(catalog.matters.filter { catalog.isDue($0, by: first.adding(days: -1)) }.isEmpty)
    #expect(catalog.matters.filter { catalog.isDue($0, by: first.adding(days: 365)) }.count == 241)
  }
}

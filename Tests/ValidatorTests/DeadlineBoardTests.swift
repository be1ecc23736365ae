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
    // Without a row in a list with records: whether the service is late is unknown, its report is.
    let other = try #require(board.rows.first { $0.id == "2-001" })
    #expect(other.recorded == .nothing)
    #expect(other.isPastDue(on: board.day))
    #expect(other.serviceDaysLate == nil)
    #expect(other.reportDaysLate == 161)
    #expect(other.daysLate == 161)
    #expect(first.daysLate == nil)
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
    // Two are late with the service, and 113 of the 116 have no row though their window has closed.
    #expect(board.tally.late == 115)
    #expect(board.tally.reported == 3)
    #expect(board.tally.due == 127)
    #expect(board.byDue[0].tally.late == 115)
    #expect(board.byDue[1].tally.late == 0)
    let late = try #require(board.rows.first { $0.id == "2-002" })
    #expect(late.daysLate == 15)
  }

  @Test("The first list is complete when improved, and reported when its summary is sent")
  func firstList() throws {
    let rows = ["1-001,,,2023-01-10,2022-12-30", "1-002,2022-05-10,2022-05-10,,", "1-003,,,,2022-12-30"]
    let table = DeadlineFinds.firstProgressHeader + rows.joined(separator: "\n") + "\n"
    let board = DeadlineBoard(DeadlineFinds.shipped(with: ["progress.csv": table]), on: try day("2023-01-15"))
    let first = Array(board.rows.prefix(3))
    #expect(first.map(\.id) == ["1-001", "1-002", "1-003"])
    #expect(first.map(\.owed) == Array(repeating: [.summary, .improvement], count: 3))
    #expect(first.map { $0.recorded.isComplete } == [true, false, true])
    #expect(first.map(\.daysLate) == [nil, 15, nil])
    #expect(board.tally.complete == 2)
    #expect(board.tally.reported == 1)
    // Days of what the list does not owe are shown, and make nothing late.
    let online = DeadlineFinds.firstProgressHeader + rows[1] + "\n"
    let other = DeadlineBoard(DeadlineFinds.shipped(with: ["progress.csv": online]), on: try day("2023-01-15"))
    #expect(other.rows[1].recorded[.portal]?.description == "2022-05-10")
    #expect(other.tally.late == 0)
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
    #expect(board.rows.map(\.daysLate) == [166, nil, nil, nil])
    #expect(board.rows.dropFirst().allSatisfy { $0.window == nil && $0.windowState == nil })
    #expect(board.byDue.map(\.tally.matters) == [1, 3])
    #expect(board.byLead.map(\.name) == ["市人社局", "不明部门"])
    #expect(board.nextDue?.day.description == "2024-05-31")
    #expect(board.nextWindow == nil)
  }

  @Test("A window that closed without a report is late, until the report is recorded")
  func reports() throws {
    let header = "matter,plan,guide,form,materials,single_submission,portal,app,summary,improvement\n"
    func late(_ rows: [String], on day: String) throws -> [String: Int] {
      let table = header + rows.map { $0 + "\n" }.joined()
      let board = DeadlineBoard(DeadlineFinds.shipped(with: ["progress.csv": table]), on: try self.day(day))
      let chosen = board.rows.filter { ["1-001", "1-002", "2-001", "2-012"].contains($0.id) }
      return Dictionary(uniqueKeysWithValues: chosen.compactMap { row in row.daysLate.map { (row.id, $0) } })
    }
    let improved = "1-001,,,,,,,,,2022-12-20"
    #expect(try late([improved], on: "2023-01-31") == [:])
    #expect(try late([improved], on: "2023-02-01") == ["1-001": 1, "1-002": 1])
    #expect(try late(["1-001,,,,,,,,2023-02-10,2022-12-20"], on: "2023-02-11") == ["1-002": 11])
    // Complete, and never reported.
    let done = "2-001,,2022-12-30,2022-12-30,2022-12-30,2022-12-30,2022-12-31,2022-12-31,,"
    #expect(try late([done], on: "2023-01-10") == ["2-001": 10])
    // A cell that cannot be read is not missing.
    #expect(
      try late(["2-001,1月,2022-12-30,2022-12-30,2022-12-30,2022-12-30,2022-12-31,2022-12-31,,"], on: "2023-01-10")
        == [:])
    // The service has been late for longer than the report.
    #expect(try late(["1-001,,,,,,,,2023-01-20,"], on: "2023-01-25") == ["1-001": 25])
    // No record of what the list owes.
    #expect(try late(["1-001,,,,,,2022-05-10,2022-05-10,,"], on: "2023-06-01") == [:])
  }

  @Test("What is missing is what the list owes and the day lacks")
  func missing() throws {
    let board = try board("2023-01-10", ["2-001,2022-12-30,2022-12-30,,6月,2023-01-11,2022-12-31,"])
    let row = try #require(board.rows.first { $0.id == "2-001" })
    #expect(row.missing == [.form, .singleSubmission, .app])
    let first = try #require(board.rows.first { $0.id == "1-001" })
    #expect(first.missing == [.summary, .improvement])
  }

  @Test("What nobody owes by a day makes nothing late and no list recorded")
  func recordedOnly() throws {
    let table = "matter,procedure,counter,notice_board,county_rollout,cases\n2-001,2023-01-05,2023-01-05,,,12\n"
    let catalog = DeadlineFinds.shipped(with: ["progress.csv": table])
    let board = DeadlineBoard(catalog, on: try day("2023-01-15"))
    #expect(board.tally.late == 0)
    let row = try #require(board.rows.first { $0.id == "2-001" })
    #expect(row.recorded[.counter]?.description == "2023-01-05")
    #expect(row.cases == 12)
    #expect(row.missing == row.owed)
    #expect(row.owed.count == 7)
  }

  @Test(
    "Footer sums agree with the rows, with the leads and with the days",
    arguments: ["2022-12-15", "2022-12-31", "2023-01-15", "2023-02-01", "2023-06-30", "2024-02-01"], 0..<6)
  func sums(_ text: String, _ seed: Int) throws {
    let day = try day(text)
    // Every so many days a record of some matter, whole or in part.
    let header = "matter,plan,guide,form,materials,single_submission,portal,app,summary,improvement\n"
    let ids = (1...11).map { "1-0" + ($0 < 10 ? "0" : "") + "\($0)" } + (100...230).map { "2-\($0)" }
    let rows = ids.enumerated().filter { index, _ in (index * 7 + seed * 3) % 5 < seed }.map { index, id in
      let cells = (0..<9).map { cell in
        (index * 11 + cell * 5 + seed) % 4 == 0 ? "" : "2022-12-\(10 + (index + cell) % 22)"
      }
      return id + "," + cells.joined(separator: ",") + "\n"
    }
    let catalog = DeadlineFinds.shipped(with: ["progress.csv": header + rows.joined()])
    for dueBy in [nil, day] {
      let board = DeadlineBoard(catalog, on: day, dueBy: dueBy)
      let tally = board.tally
      #expect(tally.matters == board.rows.count)
      #expect(tally.complete == board.rows.count { $0.recorded.isComplete == true })
      #expect(tally.incomplete == board.rows.count { $0.recorded.isComplete == false })
      #expect(tally.unrecorded == board.rows.count { $0.recorded.isComplete == nil })
      #expect(tally.complete + tally.incomplete + tally.unrecorded == tally.matters)
      #expect(tally.late == board.rows.count { $0.daysLate != nil })
      #expect(tally.reported == board.rows.count { $0.isReported(on: day) })
      #expect(tally.due == board.rows.count { $0.due.map { $0 <= day } ?? false })
      #expect(tally.shared == board.rows.count { $0.lead.count > 1 })
      #expect(board.byDue.map(\.tally.late).reduce(0, +) == tally.late)
      // Each lead has its own matters; a matter with several leads is in each of them.
      for lead in board.byLead {
        #expect(lead.tally.matters == lead.rows.count && Set(lead.rows).count == lead.rows.count)
        #expect(lead.rows.allSatisfy { board.rows[$0].lead.contains(lead.name) })
        #expect(lead.tally.late == lead.rows.count { board.rows[$0].daysLate != nil })
      }
      #expect(Set(board.byLead.flatMap(\.rows)) == Set(board.rows.indices))
      let extra = board.rows.map { $0.lead.count - 1 }.reduce(0, +)
      #expect(board.byLead.map(\.tally.matters).reduce(0, +) == tally.matters + extra)
      // By day every deliverable that is owed is there once, and what is late there is late in the row.
      let duties = board.byDay.flatMap(\.duties)
      if dueBy == nil {
        for index in board.rows.indices {
          let mine = duties.filter { $0.row == index }
          #expect(mine.flatMap(\.deliverables).sorted { $0.rawValue < $1.rawValue } == board.rows[index].owed)
          #expect(mine.compactMap(\.daysLate).max() == board.rows[index].daysLate)
        }
      } else {
        #expect(board.byDay.allSatisfy { $0.day.map { $0 <= day } ?? false })
      }
    }
  }

  @Test("By day: the first list owes the improvement and the summary on different days")
  func byDay() throws {
    let days = try board("2023-01-15").byDay
    #expect(
      days.map { "\($0.day?.description ?? "-") \($0.duties.count)" }
        == ["2022-12-31 127", "2023-01-31 11", "2023-06-30 9", "2023-12-31 105"])
    #expect(days[0].duties[0].deliverables == [.improvement])
    #expect(days[0].duties[11].deliverables.count == 7)
    #expect(days[1].duties[0].deliverables == [.summary])
    let early = try DeadlineBoard(FolderReader.builtIn(), on: day("2023-01-15"), dueBy: day("2022-12-31"))
    #expect(early.rows.count == 127)
    #expect(early.byDay.map(\.duties.count) == [127])
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

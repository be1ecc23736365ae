import Catalog
import Deadlines
import Testing
import Validator

/// What one rule finds, waivers off.
struct DeadlineFinds {
  static func findings(
    _ rule: String, _ catalog: Catalog, on day: String, cap: Int = 1000
  ) throws -> [Finding] {
    var options = ValidationOptions(day: try #require(Day(iso: day)))
    options.appliesWaivers = false
    options.only = [rule]
    options.cap = cap
    return Validation(catalog, options: options).findings
  }

  static func subjects(_ rule: String, _ catalog: Catalog, on day: String = "2023-01-15") throws -> [String] {
    try findings(rule, catalog, on: day).map(\.subject)
  }

  /// The shipped catalog with other rows in some tables, headers and all.
  static func shipped(with files: [String: String] = [:]) -> Catalog {
    let names = [
      "datapackage.json", "notices.csv", "lists.csv", "departments.csv", "approvals.csv", "matters.csv", "items.csv",
      "targets.csv", "progress.csv",
    ]
    var all: [String: [UInt8]] = [:]
    for name in names { all[name] = FolderReader.builtInFile(name) }
    for (name, text) in files { all[name] = Array(text.utf8) }
    return FolderReader.read(named: "catalog", files: all)
  }

  /// The columns that the second list asks for; the others may be left out of a table.
  static let progressHeader = "matter,plan,guide,form,materials,single_submission,portal,app\n"
  static let firstProgressHeader = "matter,portal,app,summary,improvement\n"
}

@Suite("Rules about deadlines, on the shipped catalog")
struct ShippedDeadlineTests {
  let catalog = FolderReader.builtIn()

  @Test(
    "Its deadlines",
    arguments: [
      ("unreadable-deadline", []), ("deadline-style", ["2-026", "2-027", "2-028"]), ("deadline-before-notice", []),
      ("short-notice", ["second"]), ("isolated-deadline", ["2-034", "2-160", "2-163"]),
    ] as [(String, [String])])
  func deadlines(rule: String, subjects: [String]) throws {
    #expect(try DeadlineFinds.subjects(rule, catalog) == subjects)
  }

  @Test(
    "Without a record nothing is overdue, on any day",
    arguments: [
      "2022-01-01", "2023-01-15", "2023-06-30", "2030-01-01",
    ])
  func progress(day: String) throws {
    for rule in [
      "overdue", "report-overdue", "incomplete-deliverables", "recorded-out-of-order", "recorded-before-notice",
    ] {
      #expect(try DeadlineFinds.subjects(rule, catalog, on: day) == [])
    }
    let notes = try DeadlineFinds.findings("unrecorded-progress", catalog, on: day)
    #expect(notes.map(\.subject) == ["first", "second"])
    #expect(notes.allSatisfy { $0.location?.file == "built-in/progress.csv" && $0.location?.line == 1 })
  }

  @Test(
    "Windows that are open",
    arguments: [
      ("2022-11-29", 0), ("2022-12-01", 116), ("2022-12-31", 127), ("2023-01-01", 11), ("2023-02-01", 0),
      ("2023-06-15", 9), ("2023-12-15", 105), ("2024-01-01", 0),
    ])
  func dueSoon(day: String, count: Int) throws {
    #expect(try DeadlineFinds.subjects("due-soon", catalog, on: day).count == count)
  }

  @Test("The targets of notice 99 are met")
  func targets() throws {
    #expect(try DeadlineFinds.subjects("target-missed", catalog) == [])
    #expect(try DeadlineFinds.subjects("unreadable-target", catalog) == [])
  }

  @Test("A window that opened early is reported with its number of matters")
  func shortNotice() throws {
    let finding = try #require(try DeadlineFinds.findings("short-notice", catalog, on: "2023-01-15").first)
    #expect(finding.message.en.contains("116 matters"))
    #expect(finding.location?.file == "built-in/matters.csv")
    #expect(finding.related.first?.location?.file == "built-in/notices.csv")
  }
}

@Suite("Rules about deadlines")
struct DeadlineRuleTests {
  /// Matters of the second list, numbered from 1, with these deadlines.
  func catalog(_ deadlines: [String], _ tables: [TableKind: [String]] = [:]) throws -> Catalog {
    let rows = deadlines.enumerated().map { index, deadline in
      let number = "\(index + 1)"
      let padded = String(repeating: "0", count: max(0, 3 - number.count)) + number
      return "2-\(padded),second,\(number),enterprise,事项\(number),市场监管部门,\(deadline)"
    }
    return try #require(Example(matters: rows, tables: tables).catalog)
  }

  @Test("Without a majority there is no own form")
  func styleNeedsMajority() throws {
    #expect(try DeadlineFinds.subjects("deadline-style", catalog(["2022年12月底", "2022年12月"])) == [])
    #expect(
      try DeadlineFinds.subjects("deadline-style", catalog(["2022年12月", "2022年12月底", "2023年6月底"])) == ["2-001"])
  }

  @Test(
    "A deadline is reported only if the style of the list can express it",
    arguments: [
      ("2022年12月底前", true), ("2022年底", true), ("2023年一季度", true), ("2022年12月31日前", true),
      ("2023年5月8日前", false), ("2023—2025年", false), ("每年5月底前", false), ("持续推进", false), ("2022年13月", false),
    ])
  func styleOfAnotherMeaning(text: String, isTold: Bool) throws {
    let catalog = try catalog(["2022年12月底", "2023年6月底", "2023年12月底", text])
    #expect(try DeadlineFinds.subjects("deadline-style", catalog) == (isTold ? ["2-004"] : []))
  }

  @Test("The fix is the deadline in the style of the list")
  func styleRemedy() throws {
    let catalog = try catalog(["2022年12月底", "2023年6月底", "2023年12月底", "2023年一季度"])
    let finding = try #require(try DeadlineFinds.findings("deadline-style", catalog, on: "2023-01-15").first)
    #expect(finding.fix.en.contains("2023年3月底"))
  }

  @Test("An unreadable deadline is reported once, and by no other rule")
  func unreadableAlone() throws {
    let run = Array(repeating: "2023年12月底", count: 12)
    let catalog = try catalog(run + ["2022年13月底"] + run)
    var options = ValidationOptions(day: try #require(Day(iso: "2023-01-15")))
    options.only = Set(RuleBook.deadlines.map(\.id)).subtracting(["unrecorded-progress"])
    let findings = Validation(catalog, options: options).findings
    #expect(findings.map(\.rule) == ["unreadable-deadline"])
    #expect(findings.first?.message.en.contains("no month 13") == true)
  }

  @Test("An empty deadline is not unreadable")
  func emptyIsNotUnreadable() throws {
    #expect(try DeadlineFinds.subjects("unreadable-deadline", catalog(["", "2022年12月底"])) == [])
  }

  @Test("Due before the notice: each matter, or the notice's own date once")
  func beforeNotice() throws {
    let some = try catalog(["2022年12月底", "2022年11月底", "2022年12月29日前", "2022年12月30日前"])
    #expect(try DeadlineFinds.subjects("deadline-before-notice", some) == ["2-002", "2-003"])
    let four = try catalog(Array(repeating: "2021年12月底", count: 4))
    #expect(try DeadlineFinds.subjects("deadline-before-notice", four).count == 4)
    let all = try catalog(Array(repeating: "2021年12月底", count: 5))
    let findings = try DeadlineFinds.findings("deadline-before-notice", all, on: "2023-01-15")
    #expect(findings.map(\.subject) == ["second"])
    #expect(findings.first?.location?.file == "example/notices.csv")
  }

  @Test("Short notice is reported once for each due date")
  func shortNotice() throws {
    let catalog = try catalog(["2022年12月底", "2023年1月15日前", "2022年12月底", "2023年1月30日前", "2022年12月30日前"])
    let findings = try DeadlineFinds.findings("short-notice", catalog, on: "2023-01-15")
    #expect(findings.map(\.subject) == ["second", "second", "second"])
    #expect(findings.compactMap { $0.location?.line } == [2, 3, 6])
  }

  @Test("Runs of deadlines")
  func isolated() throws {
    let long = Array(repeating: "2023年12月底", count: 10)
    let odd = "2022年12月底"
    #expect(try DeadlineFinds.subjects("isolated-deadline", catalog(long + [odd] + long)) == ["2-011"])
    // A few in a row are reported once; five are a batch of their own.
    #expect(try DeadlineFinds.subjects("isolated-deadline", catalog(long + [odd, odd] + long)) == ["2-011"])
    let five = Array(repeating: odd, count: 5)
    #expect(try DeadlineFinds.subjects("isolated-deadline", catalog(long + five + long)) == [])
    #expect(try DeadlineFinds.subjects("isolated-deadline", catalog(long.dropLast() + [odd, odd] + long)) == [])
    // On one side half a run is enough, on the other it must be whole.
    #expect(try DeadlineFinds.subjects("isolated-deadline", catalog(long.prefix(5) + [odd] + long)) == ["2-006"])
    #expect(try DeadlineFinds.subjects("isolated-deadline", catalog(long + [odd] + long.prefix(5))) == ["2-011"])
    #expect(try DeadlineFinds.subjects("isolated-deadline", catalog(long.prefix(4) + [odd] + long)) == [])
    #expect(try DeadlineFinds.subjects("isolated-deadline", catalog(long.dropLast() + [odd] + long.dropLast())) == [])
    // Every other one: there is no run.
    let mixed = (0..<60).map { $0 % 2 == 0 ? odd : "2023年12月底" }
    #expect(try DeadlineFinds.subjects("isolated-deadline", catalog(mixed)) == [])
    // Two near each other are both reported.
    let near = long + [odd, "2023年12月底", "2023年12月底", odd] + long
    #expect(try DeadlineFinds.subjects("isolated-deadline", catalog(near)) == ["2-011", "2-014"])
    // Between two runs of different dates nothing is isolated.
    let other = Array(repeating: "2023年6月底", count: 10)
    #expect(try DeadlineFinds.subjects("isolated-deadline", catalog(long + [odd] + other)) == [])
    // Cells that cannot be read and recurring deadlines are passed over.
    let undated = long + ["持续推进", odd, "每年5月底前"] + long
    #expect(try DeadlineFinds.subjects("isolated-deadline", catalog(undated)) == ["2-012"])
  }

  @Test("The order of the rows does not matter")
  func isolatedUnsorted() throws {
    let rows = (1...25).reversed().map { number in
      "2-\(number + 100),second,\(number + 100),enterprise,事项\(number),市场监管部门,\(number == 13 ? "2022" : "2023")年12月底"
    }
    let catalog = try #require(Example(matters: rows).catalog)
    #expect(try DeadlineFinds.subjects("isolated-deadline", catalog) == ["2-113"])
  }
}

@Suite("Rules about progress")
struct ProgressRuleTests {
  static let rules = [
    "overdue", "report-overdue", "due-soon", "incomplete-deliverables", "recorded-out-of-order",
    "recorded-before-notice",
    "unrecorded-progress",
  ]
  static let done = "2022-12-30,2022-12-30,2022-12-30,2022-12-30,2022-12-31,2022-12-31,2022-12-31"

  /// The findings of the rules about progress in the shipped catalog with these rows, as "rule subject".
  func findings(
    _ rows: [String], header: String = DeadlineFinds.progressHeader, on day: String, about matters: Set<String>
  ) throws -> [String] {
    let catalog = DeadlineFinds.shipped(
      with: ["progress.csv": header + rows.map { $0 + "\n" }.joined()])
    var options = ValidationOptions(day: try #require(Day(iso: day)))
    options.appliesWaivers = false
    options.only = Set(Self.rules)
    return Validation(catalog, options: options).findings
      .filter { matters.contains($0.subject) }
      .map { "\($0.rule) \($0.subject)" }.sorted()
  }

  @Test(
    "A matter in one state is reported once",
    arguments: [
      // Before and on the due date, and after it.
      ("2-012,2023-06-01,2023-06-01,,,,,", "2023-06-30", []),
      ("2-012,2023-06-01,2023-06-01,,,,,", "2023-07-01", ["overdue 2-012"]),
      // Without a plan: at hand, warned, and at last overdue as a whole.
      ("2-012,,2023-06-01,,,,,", "2023-06-22", ["due-soon 2-012"]),
      ("2-012,,2023-06-01,,,,,", "2023-06-23", ["report-overdue 2-012"]),
      ("2-012,,2023-06-01,,,,,", "2023-06-30", ["report-overdue 2-012"]),
      ("2-012,,2023-06-01,,,,,", "2023-07-01", ["overdue 2-012"]),
      // Complete, but never reported.
      (
        "2-012,,2023-06-01,2023-06-01,2023-06-01,2023-06-01,2023-06-01,2023-06-01", "2023-07-01",
        ["report-overdue 2-012"]
      ),
      // Online without a form; after the due date that is overdue.
      (
        "2-012,2023-06-01,2023-06-01,,2023-06-01,2023-06-01,2023-06-01,2023-06-01", "2023-06-30",
        ["incomplete-deliverables 2-012"]
      ),
      (
        "2-012,2023-06-01,2023-06-01,,2023-06-01,2023-06-01,2023-06-01,2023-06-01", "2023-07-01", ["overdue 2-012"]
      ),
      // Online on one platform alone.
      (
        "2-012,2023-06-01,2023-06-01,2023-06-01,2023-06-01,2023-06-01,,2023-06-01", "2023-06-30",
        ["incomplete-deliverables 2-012"]
      ),
      // Under way.
      ("2-012,2023-06-01,2023-06-01,2023-06-01,2023-06-01,2023-06-01,,", "2023-06-30", []),
      // A cell that cannot be read is not missing, nor is a date to come.
      ("2-012,2023-06-01,2023-06-01,6月,2023-06-01,2023-06-01,2023-06-01,2023-06-01", "2023-07-01", []),
      ("2-012,6月,2023-06-01,2023-06-01,2023-06-01,2023-06-01,2023-06-01,2023-06-01", "2023-07-01", []),
      (
        "2-012,2023-06-01,2023-06-01,2023-06-01,2023-06-01,2023-06-01,2023-06-01,2023-07-02", "2023-07-01",
        ["recorded-out-of-order 2-012"]
      ),
      // Before the notice.
      ("2-012,2022-12-29,2023-06-01,,,,,", "2023-06-02", ["recorded-before-notice 2-012"]),
    ] as [(String, String, [String])])
  func oneMatter(row: String, day: String, expected: [String]) throws {
    #expect(try findings([row], on: day, about: ["2-012"]) == expected)
  }

  @Test("A matter without a row is asked after, not called overdue; a list without a record neither")
  func withoutRow() throws {
    let rows = ["2-001,\(Self.done)"]
    #expect(try findings(rows, on: "2023-02-15", about: ["2-001", "2-002", "1-001"]) == [])
    let all = try findings(rows, on: "2023-02-15", about: ["first", "second"])
    #expect(all == ["report-overdue second", "unrecorded-progress first"])
  }

  @Test("The first record of one day does not make each matter of another day a finding")
  func firstRecord() throws {
    let catalog = DeadlineFinds.shipped(with: [
      "progress.csv": DeadlineFinds.progressHeader + "2-012,2023-01-05,,,,,,\n"
    ])
    let finding = try #require(try DeadlineFinds.findings("report-overdue", catalog, on: "2023-01-15").first)
    #expect(try DeadlineFinds.subjects("report-overdue", catalog, on: "2023-01-15") == ["second"])
    #expect(
      finding.message.en
        == "116 reports of the list second (the first is on 2-001) were due by 2022-12-31, 15 days ago, and the progress table has no row of them"
    )
    #expect(finding.message.zh == "清单 second 有 116 项（首项 2-001）的报送期已于2022年12月31日结束，过去 15 天，在 progress 表中还没有记录")
    #expect(finding.location?.file == "catalog/matters.csv")
    // When that day has its first row, the others are still asked for together; few are named one by one.
    let next = DeadlineFinds.shipped(
      with: ["progress.csv": DeadlineFinds.progressHeader + "2-012,2023-01-05,,,,,,\n2-001,2022-12-31,,,,,,\n"])
    #expect(try DeadlineFinds.subjects("report-overdue", next, on: "2023-01-15") == ["second"])
    let all = DeadlineFinds.shipped(with: [:])
    let due = all.matters.filter { all.id($0).hasPrefix("2-") && all.due($0)?.description == "2022-12-31" }.map {
      all.id($0)
    }
    let most = DeadlineFinds.shipped(
      with: ["progress.csv": DeadlineFinds.progressHeader + due.dropLast(3).map { "\($0),2022-12-31,,,,,,\n" }.joined()]
    )
    #expect(try DeadlineFinds.subjects("report-overdue", most, on: "2023-01-15") == due.suffix(3))
  }

  @Test("Rows of one matter are read together")
  func repeatedRows() throws {
    let rows = [
      "2-001,2022-12-30,2022-12-30,2022-12-30,2022-12-30,,,", "2-001,,,,,2022-12-31,2022-12-31,2022-12-31",
    ]
    #expect(try findings(rows, on: "2023-02-15", about: ["2-001"]) == [])
  }

  @Test("The first list reports by one day, after its due date")
  func firstList() throws {
    func first(_ row: String, on day: String) throws -> [String] {
      try findings([row], header: DeadlineFinds.firstProgressHeader, on: day, about: ["1-001"])
    }
    let complete = "1-001,2022-05-10,2022-05-10,,2022-12-31"
    #expect(try first(complete, on: "2023-01-23") == ["due-soon 1-001"])
    #expect(try first(complete, on: "2023-01-24") == ["report-overdue 1-001"])
    #expect(try first(complete, on: "2023-02-01") == ["report-overdue 1-001"])
    // Overdue as a service, while there is still time for its report.
    let late = "1-001,2022-05-10,2022-05-10,,\n1-002,,,,2022-12-31"
    #expect(try first(late, on: "2023-01-23") == ["due-soon 1-001", "overdue 1-001"])
    #expect(try first(late, on: "2023-01-31") == ["overdue 1-001", "report-overdue 1-001"])
    #expect(try first(late, on: "2023-02-01") == ["overdue 1-001"])
    // Reported and improved.
    #expect(try first("1-001,,,2023-01-10,2022-12-20", on: "2023-02-01") == [])
  }

  @Test("A list is judged by what it owes, not by what the other list owes")
  func ownDeliverables() throws {
    // All that the second list owes, recorded for the first: nothing that the first owes.
    #expect(
      try findings(["1-001,\(Self.done)"], on: "2023-02-15", about: ["1-001", "first"]) == ["unrecorded-progress first"]
    )
    // And the other way round.
    let header = "matter,summary,improvement\n"
    #expect(
      try findings(["2-001,2023-01-10,2022-12-31"], header: header, on: "2023-02-15", about: ["2-001", "second"])
        == ["unrecorded-progress second"])
    // A list that names none owes what the second owes.
    let lists = String(decoding: FolderReader.builtInFile("lists.csv") ?? [], as: UTF8.self)
      .replacing("summary;improvement", with: "")
    let catalog = DeadlineFinds.shipped(
      with: ["lists.csv": lists, "progress.csv": DeadlineFinds.progressHeader + "1-001,,2022-12-30,,,,,\n"])
    let findings = try DeadlineFinds.findings("overdue", catalog, on: "2023-02-15")
    #expect(findings.map(\.subject) == ["1-001"])
    #expect(
      findings.first?.message.en.hasSuffix(
        "plan, one form, one set of materials, one submission, provincial portal, Ganfutong app") == true)
  }

  @Test(
    "A list owes any of the deliverables",
    arguments: [
      ("plan", "2-001,2022-12-30,,,,,,", []),
      // No report is owed.
      ("guide", "2-001,,2022-12-30,,,,,", []),
      ("guide;form", "2-001,,2022-12-30,,,,,", ["overdue 2-001"]),
      // Not online, so that nothing is owed but what is named.
      ("plan;guide", "2-001,,2022-12-30,,,,2022-12-31,", ["report-overdue 2-001"]),
    ])
  func chosen(deliverables: String, row: String, expected: [String]) throws {
    let lists = String(decoding: FolderReader.builtInFile("lists.csv") ?? [], as: UTF8.self)
      .replacing("plan;guide;form;materials;single_submission;portal;app", with: deliverables)
    let catalog = DeadlineFinds.shipped(
      with: ["lists.csv": lists, "progress.csv": DeadlineFinds.progressHeader + row + "\n"])
    var options = ValidationOptions(day: try #require(Day(iso: "2023-01-15")))
    options.appliesWaivers = false
    options.only = Set(Self.rules)
    let found = Validation(catalog, options: options).findings.filter { $0.subject == "2-001" }
    #expect(found.map { "\($0.rule) \($0.subject)" } == expected)
  }

  @Test("How many days ahead the report is asked for can be set")
  func daysAhead() throws {
    let catalog = DeadlineFinds.shipped(
      with: [
        "datapackage.json": #"{"onevisit": {"rules": {"report-overdue": {"days": 14}}}, "resources": []}"#,
        "progress.csv": DeadlineFinds.progressHeader + "2-012,,2023-06-01,,,,,\n",
      ])
    #expect(try DeadlineFinds.subjects("report-overdue", catalog, on: "2023-06-16").contains("2-012"))
    #expect(try !DeadlineFinds.subjects("due-soon", catalog, on: "2023-06-16").contains("2-012"))
    #expect(try DeadlineFinds.subjects("due-soon", catalog, on: "2023-06-15").contains("2-012"))
  }

  @Test("A finding is at the cell to fill in")
  func position() throws {
    let catalog = DeadlineFinds.shipped(
      with: ["progress.csv": DeadlineFinds.progressHeader + "2-001,2022-12-30,2022-12-30,,2022-12-30,,,\n"])
    let finding = try #require(try DeadlineFinds.findings("overdue", catalog, on: "2023-01-15").first)
    #expect(finding.location?.file == "catalog/progress.csv")
    #expect(finding.location?.line == 2)
    #expect(finding.location?.column == 29)
    #expect(finding.matter == "2-001")
    #expect(finding.message.en.contains("15 days late"))
    #expect(
      finding.message.en.hasSuffix("there is no record of: one form, one submission, provincial portal, Ganfutong app"))
  }
}

@Suite("Rules about targets")
struct TargetRuleTests {
  static let header = "id,notice,list,audience,count,after,deadline,text\n"
  /// 景府办发〔2022〕4号, measure 2: another city's targets.
  static let jingdezhen = """
    jingdezhen-2022,jingdezhen-4-2022,,,50+1,,2022年底前,2022年底前，全市高频“一件事”不少于50+1（企业开办）项。
    jingdezhen-2023,jingdezhen-4-2022,,,50,2022年底前,2023年底前,2023年底前，全市高频“一件事”再推出不少于50项。

    """

  /// So many matters due at the end of 2022, of the middle and of the end of 2023.
  func city(_ first: Int, _ middle: Int, _ last: Int) -> Catalog {
    let deadlines =
      Array(repeating: "2022年12月底", count: first) + Array(repeating: "2023年6月底", count: middle)
      + Array(repeating: "2023年12月底", count: last)
    let rows = deadlines.enumerated().map { index, deadline in
      "2-\(index + 100),second,\(index + 1),enterprise,事项\(index),市场监管部门,\(deadline)\n"
    }
    return FolderReader.read(
      named: "city",
      files: [
        "notices.csv": Array(
          "id,number,title,issuer,issued\njingdezhen-4-2022,景府办发〔2022〕4号,十七条举措,景德镇市人民政府办公室,2022-05-17\n".utf8),
        "lists.csv": Array(
          "id,prefix,notice,annex,title\nsecond,2,jingdezhen-4-2022,,“一件事一次办”事项清单\n".utf8),
        "departments.csv": FolderReader.builtInFile("departments.csv") ?? [],
        "matters.csv": Array(("id,list,number,audience,name,lead,deadline\n" + rows.joined()).utf8),
        "items.csv": Array("matter,number,name,responsible\n".utf8),
        "targets.csv": Array((Self.header + Self.jingdezhen).utf8),
      ])
  }

  @Test(
    "Jingdezhen: 50+1 by the end of 2022, and 50 more by the end of 2023",
    arguments: [
      (51, 20, 30, []), (50, 20, 30, ["jingdezhen-2022"]), (51, 20, 29, ["jingdezhen-2023"]),
      // What was there in 2022 is not launched again in 2023.
      (101, 0, 0, ["jingdezhen-2023"]), (0, 0, 101, ["jingdezhen-2022"]),
      (0, 0, 0, ["jingdezhen-2022", "jingdezhen-2023"]),
    ])
  func jingdezhen(first: Int, middle: Int, last: Int, missed: [String]) throws {
    #expect(try DeadlineFinds.subjects("target-missed", city(first, middle, last)) == missed)
  }

  @Test("The message has the counted and the required number")
  func message() throws {
    let finding = try #require(try DeadlineFinds.findings("target-missed", city(50, 20, 30), on: "2023-01-15").first)
    #expect(
      finding.message.en
        == "target jingdezhen-2022 requires 51 (50+1) matters due by 2022-12-31, but the catalog has 50")
    #expect(finding.message.zh == "目标 jingdezhen-2022 要求2022年12月31日以前不少于 51(50+1) 项，目录中到期的只有 50 项")
    #expect(finding.location?.file == "city/targets.csv")
  }

  @Test(
    "The shipped catalog against more than it promises",
    arguments: [
      ("t,jiujiang-99-2022,second,individual,11,,2022年底前,", []),
      ("t,jiujiang-99-2022,second,individual,12,,2022年底前,", ["t"]),
      ("t,jiujiang-99-2022,,individual,19,,2022年底前,", []),
      ("t,jiujiang-99-2022,,individual,20,,2022年底前,", ["t"]),
      // A target that cannot be read is not checked.
      ("t,jiujiang-99-2022,third,individual,500,,2022年底前,", []),
      ("t,jiujiang-99-2022,second,个体,500,,2022年底前,", []),
      ("t,jiujiang-99-2022,second,individual,许多,,2022年底前,", []),
      ("t,jiujiang-99-2022,second,individual,500,,年底前,", []),
      ("t,jiujiang-99-2022,second,individual,500,2023年底前,2022年底前,", []),
    ] as [(String, [String])])
  func shipped(row: String, missed: [String]) throws {
    let catalog = DeadlineFinds.shipped(with: ["targets.csv": Self.header + row + "\n"])
    #expect(try DeadlineFinds.subjects("target-missed", catalog) == missed)
  }

  @Test(
    "What is recorded as online counts where the target says 上线",
    arguments: [
      // Until its day, what is due by then may still go online.
      ("2-001,2022-12-20,2022-12-20", "2022-12-31", []),
      // After it, only what is recorded; on both platforms, and by the day.
      ("2-001,2022-12-20,2022-12-20", "2023-01-01", ["t"]),
      ("2-001,2022-12-20,2022-12-20\n2-002,2022-12-20,2022-12-31", "2023-01-15", []),
      ("2-001,2022-12-20,2022-12-20\n2-002,2022-12-20,", "2023-01-15", ["t"]),
      ("2-001,2022-12-20,2022-12-20\n2-002,2022-12-20,2023-01-01", "2023-01-15", ["t"]),
      // A cell that cannot be read might be in time.
      ("2-001,2022-12-20,2022-12-20\n2-002,2022-12-20,年底", "2023-01-15", []),
      // Of the other audience, and of the other list.
      ("2-001,2022-12-20,2022-12-20\n2-029,2022-12-20,2022-12-20\n1-001,2022-05-01,2022-05-01", "2023-01-15", ["t"]),
      // Nothing is recorded of what is online, or nothing of individuals: unknown.
      ("", "2024-01-15", []), ("2-029,2022-12-20,2022-12-20", "2023-01-15", []),
    ] as [(String, String, [String])])
  func online(rows: String, day: String, missed: [String]) throws {
    let catalog = DeadlineFinds.shipped(
      with: [
        "targets.csv": Self.header + "t,jiujiang-99-2022,second,individual,2,,2022年底前,再上线高频2项个人服务\n",
        "progress.csv": "matter,portal,app\n" + rows + "\n",
      ])
    #expect(try DeadlineFinds.subjects("target-missed", catalog, on: day) == missed)
  }

  @Test("A plan that is too small is reported before anything is recorded")
  func onlinePlan() throws {
    let catalog = DeadlineFinds.shipped(
      with: ["targets.csv": Self.header + "t,jiujiang-99-2022,second,individual,12,,2022年底前,再上线12项个人服务\n"])
    let finding = try #require(try DeadlineFinds.findings("target-missed", catalog, on: "2022-12-01").first)
    #expect(
      finding.message.en
        == "target t requires 12 matters (individual) online by 2022-12-31, but the list second has 0 recorded as online and 11 more due by then"
    )
    #expect(
      finding.message.zh == "目标 t 要求2022年12月31日以前上线不少于 12 项(个人)，清单 second 中记录为已上线的有 0 项，另有 11 项按时限在此以前到期")
  }

  @Test(
    "Matters that a target names",
    arguments: [
      // 企业开办 is 2-029, due at the end of 2022; 企业注销 is 2-033; 我要开网球馆 is twice there, due at the ends of both years.
      ("50+1（企业开办）", "2022年底前", []), ("50+1(企业开办)", "2022年底前", []), ("50 + 1（ 2-029 ）", "2022年底前", []),
      ("50+1（企业开办）", "2022年11月底前", ["t", "t"]), ("0+1（企业开办）", "2022年11月底前", ["t", "t"]),
      ("2（企业开办、企业注销）", "2022年底前", []), ("1（企业开办和注销）", "2022年底前", ["t"]),
      ("1（我要开网球馆）", "2022年底前", []),
      // A count that is none is not checked; `malformed-value` reports it.
      ("50+1（企业（开办））", "2022年底前", []), ("50+1（企业开办", "2022年底前", []), ("50+（企业开办）", "2022年底前", []),
    ] as [(String, String, [String])])
  func named(count: String, deadline: String, missed: [String]) throws {
    let catalog = DeadlineFinds.shipped(
      with: ["targets.csv": Self.header + "t,jiujiang-99-2022,second,,\(count),,\(deadline),不少于若干项\n"])
    #expect(try DeadlineFinds.subjects("target-missed", catalog) == missed)
  }

  @Test(
    "Percentages of the matters that count",
    arguments: [
      // 116 of 230 are due by the end of 2022: 50.43%.
      ("50%", []), ("50.43%", []), ("50.44%", ["t"]), ("96%", ["t"]), ("96％", ["t"]), ("85 %", ["t"]),
      ("0%", []), ("101%", []), ("50.123%", []), ("%", []),
    ] as [(String, [String])])
  func percentages(count: String, missed: [String]) throws {
    let catalog = DeadlineFinds.shipped(
      with: ["targets.csv": Self.header + "t,jiujiang-99-2022,second,,\(count),,2022年底前,完成\n"])
    #expect(try DeadlineFinds.subjects("target-missed", catalog) == missed)
    let valid = ["50%", "50.43%", "50.44%", "96%", "96％", "85 %"].contains(count)
    #expect(try DeadlineFinds.subjects("malformed-value", catalog).isEmpty == valid)
  }

  @Test("A percentage is reported with the number that it comes to")
  func percentageMessage() throws {
    let catalog = DeadlineFinds.shipped(
      with: [
        "targets.csv": Self.header + "t,jiujiang-99-2022,second,individual,96%,,2022年底前,网上可办率达96%\n",
        "progress.csv": "matter,portal,app\n2-001,2022-12-20,2022-12-20\n",
      ])
    let finding = try #require(try DeadlineFinds.findings("target-missed", catalog, on: "2023-01-15").first)
    #expect(
      finding.message.en
        == "target t requires 96% of 25 matters (individual), that is 24, online by 2022-12-31, but the list second has 1 recorded as online"
    )
    #expect(finding.message.zh == "目标 t 要求2022年12月31日以前上线不少于 96%（25 项中的 24 项）(个人)，清单 second 中记录为已上线的有 1 项")
  }

  @Test(
    "A target by no day",
    arguments: [
      ("t,jiujiang-99-2022,second,individual,5,,年底前,", 1), ("t,jiujiang-99-2022,second,individual,5,,持续推进,", 1),
      ("t,jiujiang-99-2022,second,individual,5,每年5月底前,2022年底前,", 1),
      ("t,jiujiang-99-2022,second,individual,5,年底前,每年,", 2), ("t,jiujiang-99-2022,second,individual,5,,,", 0),
      ("t,jiujiang-99-2022,second,individual,5,2022年底前,2022年12月底,", 1),
    ])
  func unreadable(row: String, count: Int) throws {
    let catalog = DeadlineFinds.shipped(with: ["targets.csv": Self.header + row + "\n"])
    #expect(try DeadlineFinds.subjects("unreadable-target", catalog).count == count)
  }
}

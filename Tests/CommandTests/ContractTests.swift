import Foundation
import TestSupport
import Testing

/// What the page of the contract says of the commands that show what a catalog holds.
@Suite struct ContractTests {
  static let matterIDs =
    (1...11).map { String(format: "1-%03d", $0) } + (1...230).map { String(format: "2-%03d", $0) }

  // MARK: list

  @Test func listHasTheKeysOfTheContract() throws {
    let outcome = try onevisit("list", "--format", "json")
    #expect(outcome.status == 0)
    let matters = try outcome.json().elements
    #expect(matters.compactMap { $0["id"]?.text } == Self.matterIDs)
    for matter in matters {
      #expect(matter.keys == ["id", "list", "number", "audience", "name", "lead", "deadline", "due", "roles"])
      #expect(matter["roles"] == .array([]))
    }
    #expect(
      try matters[0]
        == JSON(
          #"{"id":"1-001","list":"first","number":1,"audience":"individual","name":"新生儿出生","lead":["市卫健委"],"deadline":"2022年12月底","due":"2022-12-31","roles":[]}"#
        ))
    let joint = try #require(matters.first { $0["id"]?.text == "1-011" })
    #expect(joint["lead"]?.texts == ["市人社局", "市医保局"])
    let general = try #require(matters.first { $0["id"]?.text == "2-042" })
    #expect(general["lead"]?.texts == ["市市场监管局", "市行政审批局"], "canonical short names")
  }

  @Test func departmentIsFoundByEachOfItsNames() throws {
    for names in [
      ["public-security", "市公安局", "公安部门"],
      ["health", "市卫健委", "市卫生健康委员会", "卫健部门", "市卫生健康委", "卫健委部门", "卫健委"],
      ["fire-rescue", "市消防救援支队", "消防救援部门", "九江消防救援支队"],
    ] {
      for command in [
        ["list", "--format", "json"], ["list", "--format", "csv"], ["list", "--role", "lead"],
        ["list", "--role", "responsible"], ["list", "--role", "shared"], ["list", "--role", "any"],
        ["deadlines", "--as-of", "2023-01-15"], ["export", "csv"], ["export", "json"],
      ] {
        let outcomes = try names.map { try Program.run(Program.onevisit, command + ["--department", $0]) }
        #expect(Set(outcomes.map(\.bytes)).count == 1, "\(command) \(names)")
        #expect(outcomes.allSatisfy { $0.status == 0 })
      }
    }
  }

  @Test func rolesAreDistinguished() throws {
    func ids(_ role: String, of department: String = "公安部门") throws -> [String] {
      try onevisit("list", "--department", department, "--role", role, "--format", "json").json().elements
        .compactMap { $0["id"]?.text }
    }
    let lead = try ids("lead")
    #expect(lead == ["1-007", "2-008", "2-016"])
    let responsible = try ids("responsible")
    #expect(responsible.contains("1-001") && responsible.contains("2-037") && !responsible.contains("2-042"))
    let shared = try ids("shared")
    #expect(!shared.contains("2-037") && shared.contains("2-042") && shared.contains("2-230"))
    #expect(shared.count == 93 + 93)
    #expect(try Set(ids("any")) == Set(lead + responsible + shared))
    let all = try onevisit("list", "--department", "公安部门", "--format", "json").json().elements
    #expect(all.compactMap { $0["id"]?.text } == (try ids("any")))
    for matter in all {
      let id = try #require(matter["id"]?.text)
      let roles = [(lead, "lead"), (responsible, "responsible"), (shared, "shared")].filter { $0.0.contains(id) }.map(
        \.1)
      #expect(matter["roles"]?.texts == roles)
    }
  }

  @Test func listFilters() throws {
    func ids(_ arguments: String...) throws -> [String] {
      try Program.run(Program.onevisit, ["list", "--format", "json"] + arguments).json().elements.compactMap {
        $0["id"]?.text
      }
    }
    #expect(try ids("--list", "first") == Self.matterIDs.filter { $0.hasPrefix("1-") })
    #expect(try ids("--list", "second").count == 230)
    #expect(try ids("--audience", "legal-person") == ["1-009", "1-010", "1-011"])
    #expect(try ids("--audience", "法人") == ["1-009", "1-010", "1-011"])
    #expect(try ids("--audience", "individual").count == 33)
    #expect(try ids("--due-by", "2022-12-30") == [])
    #expect(try ids("--due-by", "2022-12-31", "--list", "first").count == 11)
    #expect(
      try ids("--due-by", "2023-06-30", "--audience", "individual", "--list", "second")
        == (1...19).map { String(format: "2-%03d", $0) })
    #expect(try ids("--name", "网球馆") == ["2-096", "2-183"])
    #expect(try ids("--name", "网球馆", "--due-by", "2022-12-31") == ["2-096"])
    #expect(try ids("--name", "没有这样的") == [])
  }

  @Test func listPrintsTablesAndCSV() throws {
    let csv = try onevisit("list", "--list", "first", "--department", "公安部门", "--format", "csv")
    #expect(csv.output.hasPrefix("id,list,number,audience,name,lead,deadline,due,roles\r\n"))
    #expect(csv.output.contains("1-007,first,7,individual,新车上牌,市公安局,2022年12月底,2022-12-31,lead;responsible\r\n"))
    let table = try onevisit("list", "--list", "first", "--department", "公安部门", "--language", "zh")
    try golden.check(table.bytes, "list.zh.txt")
    let english = try onevisit("list", "--list", "first", "--department", "公安部门", "--language", "en")
    try golden.check(english.bytes, "list.en.txt")
    // A Chinese character is two columns wide: every date stands in the same column.
    func width(_ text: Substring) -> Int { text.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 2 : 1) } }
    let columns = Set(
      table.lines.dropFirst(2).compactMap { line in line.range(of: "2022-12-31").map { width(line[..<$0.lowerBound]) } }
    )
    #expect(columns.count == 1)
  }

  // MARK: show

  @Test func showPrintsOneMatterInFull() throws {
    for language in ["zh", "en"] {
      for id in ["1-001", "2-042", "2-081"] {
        let outcome = try onevisit("show", id, "--language", language)
        #expect(outcome.status == 0)
        try golden.check(outcome.bytes, "show-\(id).\(language).txt")
      }
    }
    let json = try onevisit("show", "2-042", "--format", "json").json()
    #expect(json["id"]?.text == "2-042")
    #expect(json["includes"]?.text == "2-037")
    let items = try #require(json["items"]?.elements)
    #expect(items.compactMap { $0["id"]?.text } == ["2-042.1"] + (1...6).map { "2-037.\($0)" })
    #expect(items[1]["sharedFrom"]?.text == "2-037")
    #expect(try onevisit("show", "2-037.8", "--format", "json").json()["id"]?.text == "2-037")
  }

  // MARK: registers

  @Test func registersCountTheMattersOfEachEntry() throws {
    let departments = try onevisit("departments", "--format", "json").json().elements
    #expect(departments.count == 41)
    for department in departments {
      #expect(
        department.keys
          == [
            "id", "short", "full", "general", "aliases", "kind", "lead", "responsible", "shared", "matters",
            "credit_code",
          ])
    }
    for department in departments {
      let id = try #require(department["id"]?.text)
      guard ["public-security", "health", "bank", "government-services"].contains(id) else { continue }
      for (role, key) in [("lead", "lead"), ("responsible", "responsible"), ("shared", "shared"), ("any", "matters")] {
        let listed = try onevisit("list", "--department", id, "--role", role, "--format", "json").json().elements.count
        #expect(department[key]?.int == listed, "\(id) \(key)")
      }
    }
    let approvals = try onevisit("approvals", "--format", "json").json().elements
    #expect(approvals.count == 237)
    for approval in approvals {
      #expect(
        approval.keys == [
          "id", "name", "aliases", "kind", "competent", "own", "shared", "matters", "code", "task_code", "local_code",
          "version", "state", "effective", "ends",
        ])
    }
    let licence = try #require(approvals.first { $0["id"]?.text == "business-licence" })
    #expect(licence["own"]?.int == 3 && licence["shared"]?.int == 186 && licence["matters"]?.int == 189)
    for command in ["departments", "approvals"] {
      #expect(try onevisit(command, "--format", "csv").output.hasPrefix("id,"))
      let table = try onevisit(command, "--format", "table")
      #expect(table.status == 0 && table.lines.count > 40)
    }
  }

  // MARK: deadlines

  @Test func deadlinesDependOnTheDayGiven() throws {
    for day in ["2022-12-30", "2023-01-15", "2023-06-10", "2024-01-01"] {
      let outcome = try onevisit("deadlines", "--as-of", day, "--department", "市公安局", "--language", "en")
      #expect(outcome.status == 0)
      try golden.check(outcome.bytes, "deadlines-\(day).en.txt")
    }
    #expect(try onevisit("deadlines", "--as-of", "2023-01-15", "--format", "json").json().elements.count == 241)
    let led = try onevisit("deadlines", "--as-of", "2023-01-15", "--format", "json", "--department", "公安部门").json()
    #expect(led.elements.compactMap { $0["id"]?.text ?? $0["matter"]?.text }.sorted() == ["1-007", "2-008", "2-016"])
    let csv = try onevisit("deadlines", "--as-of", "2023-01-15", "--format", "csv")
    #expect(csv.output.hasSuffix("\r\n") && csv.output.contains("2-016"))
  }

  // MARK: rules

  @Test func rulesPrintsEveryRule() throws {
    let rules = try onevisit("rules", "--format", "json").json().elements
    #expect(rules.count > 60)
    for rule in rules { #expect(["error", "warning", "note"].contains(rule["severity"]?.text ?? "")) }
    for (language, words) in [("en", ["Why", "Source"]), ("zh", ["依据"])] {
      for rule in rules.compactMap({ ($0["rule"] ?? $0["id"])?.text }) {
        let page = try onevisit("rules", rule, "--language", language)
        #expect(page.status == 0 && page.output.contains(rule) && page.lines.count > 8)
        for word in words { #expect(page.output.contains(word), "\(rule)") }
      }
    }
  }

  // MARK: export

  @Test func exportWritesTheFlatLayout() throws {
    let outcome = try onevisit("export", "csv")
    #expect(outcome.status == 0)
    let rows = outcome.output.components(separatedBy: "\r\n")
    // Columns that came later are behind these.
    #expect(
      rows[0].hasPrefix(
        "matter,list,number,audience,name,lead,item,item_name,responsible,deadline,due,shared_from,remark,"))
    #expect(rows.last == "")
    #expect(!outcome.output.replacingOccurrences(of: "\r\n", with: "").contains("\n"))
    let own = rows.first { $0.hasPrefix("2-042,second,42,") && !$0.contains(",2-037,") }
    #expect(own?.contains("食品经营许可证/小餐饮小食杂店食品经营登记") == true)
    #expect(rows.filter { $0.hasPrefix("2-042,") }.count == 7)
    #expect(
      rows.filter { $0.hasPrefix("2-042,") && $0.contains(",2037-12-31,") == false && $0.contains(",2-037,") }.count
        == 6)
    // 410 of their own, 6 shared for each of 186, and the row of number 81, which has a department without an item.
    #expect(rows.count - 2 == 410 + 186 * 6 + 1)
    #expect(rows.count { $0.hasPrefix("2-081,") } == 7)
  }

  @Test func exportWritesTheLayoutOfTheNotice() throws {
    let second = try onevisit("export", "csv", "--layout", "official", "--list", "second").output
      .components(separatedBy: "\r\n")
    #expect(second[0] == "序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,推进完成时限,备注")
    #expect(second[1] == "1,个人,灵活就业,就业登记,市人社局,人社部门,2022年12月底,")
    #expect(second[2].hasPrefix(",,,") && second[2].hasSuffix(",,"), "empty below a matter's first row")
    #expect(second.contains("81,企业,我要开办粮食收购站,/,市场监管部门/行政审批部门,市场监管部门,2022年12月底,"))
    #expect(second.count - 2 == 369 + 82)
    let first = try onevisit("export", "csv", "--layout", "official", "--list", "first").output
      .components(separatedBy: "\r\n")
    #expect(first[0] == "序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,优化提升完成时限")
    #expect(first.count - 2 == 41)
  }

  @Test func exportWritesByteOrderMarkAndGB18030() throws {
    let plain = try onevisit("export", "csv")
    let marked = try onevisit("export", "csv", "--bom")
    #expect(marked.bytes == [0xEF, 0xBB, 0xBF] + plain.bytes)
    let chinese = try onevisit("export", "csv", "--encoding", "gb18030")
    #expect(chinese.bytes == (try gb18030(plain.output)))
  }

  @Test func exportToAFileIsTheSameAsToStandardOutput() throws {
    let ground = try TemporaryFolder()
    for arguments in [["csv"], ["csv", "--layout", "official", "--list", "first"], ["json"]] {
      let shown = try Program.run(Program.onevisit, ["export"] + arguments)
      let kept = try Program.run(Program.onevisit, ["export"] + arguments + ["-o", "out"], in: ground.url)
      #expect(shown.status == 0 && kept.status == 0 && kept.bytes.isEmpty)
      #expect([UInt8](try Data(contentsOf: ground.url.appending(path: "out"))) == shown.bytes)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: ground.url.path()) == ["out"], "no litter")
  }

  @Test func exportFilters() throws {
    for format in [["csv"], ["json"]] {
      let whole = try Program.run(Program.onevisit, ["export"] + format)
      let part = try Program.run(Program.onevisit, ["export"] + format + ["--list", "first"])
      #expect(part.bytes.count < whole.bytes.count / 4)
      let both = try Program.run(Program.onevisit, ["export"] + format + ["--audience", "个人", "--department", "市残联"])
      #expect(both.output.contains("扶残助困") && !both.output.contains("我要开饭店"))
    }
  }

  // MARK: help

  @Test func everyCommandHasHelpInBothLanguages() throws {
    let commands = [
      [], ["validate"], ["list"], ["show"], ["departments"], ["approvals"], ["deadlines"], ["export"],
      ["export", "xml"],
      ["export", "csv"], ["export", "json"], ["init"], ["rules"], ["import"],
    ]
    for command in commands {
      for language in ["zh_CN.UTF-8", "C"] {
        let help = try Program.run(Program.onevisit, command + ["--help"], environment: ["LC_ALL": language])
        #expect(help.status == 0 && help.errors.isEmpty)
        let isChinese = help.output.unicodeScalars.contains { $0.value >= 0x4E00 && $0.value < 0xA000 }
        #expect(isChinese || language == "C")
        #expect(help.lines.count > 5)
        #expect(command.isEmpty || help.output.contains(command.joined(separator: " ")))
      }
    }
    let top = try onevisit("--help")
    for command in [
      "validate", "list", "show", "departments", "approvals", "deadlines", "export", "import", "init", "rules",
    ] {
      #expect(top.output.contains("  \(command) "))
    }
    let version = try onevisit("--version")
    #expect(version.status == 0 && version.output.first?.isNumber == true && version.lines.count == 1)
    for shell in ["bash", "zsh", "fish"] {
      let script = try onevisit("--generate-completion-script", shell)
      #expect(script.status == 0 && script.output.contains("number-gap") && script.output.contains("departments"))
    }
  }

  // MARK: init

  @Test func initWritesTheBuiltInCatalog() throws {
    let ground = try TemporaryFolder()
    let made = try onevisit("init", "mine", in: ground.url)
    #expect(made.status == 0 && made.bytes.isEmpty)
    let shipped = try CatalogFolder()
    for file in try shipped.names() {
      #expect(
        [UInt8](try Data(contentsOf: ground.url.appending(path: "mine/\(file)"))) == (try shipped.bytes(file)),
        "\(file)")
    }
    let again = try onevisit("init", "mine", in: ground.url)
    #expect(again.status == 2 && !again.errors.isEmpty, "a folder that is not empty is left alone")
    let checked = try onevisit("validate", "mine", "--as-of", CatalogFolder.day, "--format", "json", in: ground.url)
    #expect(checked.status == 0)
    try FileManager.default.createDirectory(at: ground.url.appending(path: "empty"), withIntermediateDirectories: false)
    #expect(try onevisit("init", "empty", in: ground.url).status == 0)
    #expect(try onevisit("init", in: ground.url).status == 64)
    #expect(try onevisit("init", "no/such/place", in: ground.url).status == 2)
    #expect(
      Set(try FileManager.default.contentsOfDirectory(atPath: ground.url.path())) == ["mine", "empty"], "no litter")
  }
}

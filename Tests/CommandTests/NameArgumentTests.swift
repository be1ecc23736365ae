import Foundation
import TestSupport
import Testing

/// Names on the command line: any unambiguous name or part of one.
@Suite struct NameArgumentTests {
  private func run(_ arguments: String...) throws -> Outcome {
    try Program.run(Program.onevisit, arguments + ["--language", "en"])
  }

  @Test func aMatterIsFoundByItsNameOrAPart() throws {
    for name in ["2-001", "灵活就业", "2-001.1"] {
      let outcome = try run("show", name)
      #expect(outcome.status == 0, "\(name): \(outcome.errors)")
      #expect(outcome.output.contains("2-001"))
    }
    let part = try run("show", "开披萨")
    #expect(part.status == 0)
    #expect(part.output.contains("2-230"))
  }

  @Test func anAmbiguousPartListsTheCandidates() throws {
    let outcome = try run("show", "我要开")
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("matters: "))
    #expect(outcome.errors.contains("2-0"))
    #expect(!outcome.errors.contains("Usage"))
    let department = try run("list", "--department", "管理")
    #expect(department.status == 64)
    #expect(department.errors.contains("departments: "))
  }

  @Test func anUnknownNameIsAnsweredWithTheNearest() throws {
    let outcome = try run("show", "灵话就业")
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("灵活就业"))
  }

  @Test func aDepartmentIsFoundByAPart() throws {
    let whole = try run("list", "--department", "市人社局")
    for part in ["人社局", "人社"] { #expect(try run("list", "--department", part).output == whole.output, "\(part)") }
    #expect(try run("deadlines", "--department", "人社局", "--as-of", "2023-01-15").status == 0)
  }
}

/// README, “Another city”, word for word.
@Suite struct AnotherCityTests {
  private static let list = """
    序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,推进完成时限,备注
    1,个人,我要养鱼,养鱼登记,市渔业局,渔业部门,2024年12月底,
    ,,,鱼苗补贴,,财政部门,,
    2,企业,我要开鱼店,营业执照核发,市场监管局,市场监管部门,2024年12月底,
    ,,,养鱼登记,,渔业部门,,

    """

  private func commands() throws -> [String] {
    let text = try String(contentsOf: Program.root.appending(path: "README.md"), encoding: .utf8)
    let section = try #require(text.range(of: "## Another city"))
    let block = try #require(text.range(of: "```sh\n", range: section.upperBound..<text.endIndex))
    let end = try #require(text.range(of: "```", range: block.upperBound..<text.endIndex))
    return text[block.upperBound..<end.lowerBound].split(separator: "\n").map(String.init)
  }

  @Test func theReadmeEndsInNoErrors() throws {
    let catalog = try CatalogFolder()
    let program = URL(filePath: Program.onevisit).deletingLastPathComponent().path()
    let environment = Program.environment.merging(
      ["PATH": program + ":" + (Program.environment["PATH"] ?? "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"]
    ) { $1 }
    try Data(Self.list.utf8).write(to: catalog.folder.appending(path: "list.csv"))
    let city = catalog.folder.appending(path: "our-city")
    var last: Outcome?
    for command in try commands() {
      if command.hasPrefix("#") {
        // What the README asks to enter by hand.
        let notices = try String(contentsOf: city.appending(path: "notices.csv"), encoding: .utf8)
        let header = CatalogFolder.cells(notices.split(separator: "\n").map(String.init)[0])
        let notice = [
          "id": "ours-1-2024", "number": "某府办〔2024〕1号", "title": "通知", "issuer": "某市政府", "issued": "2024-01-02",
        ]
        try append(header.map { notice[$0] ?? "" }, to: city.appending(path: "notices.csv"))
        let lists = try String(contentsOf: city.appending(path: "lists.csv"), encoding: .utf8)
        let columns = CatalogFolder.cells(lists.split(separator: "\n").map(String.init)[0])
        let list = ["id": "our-list", "prefix": "1", "notice": "ours-1-2024", "title": "清单"]
        try append(columns.map { list[$0] ?? "" }, to: city.appending(path: "lists.csv"))
        continue
      }
      let outcome = try Program.shell("exec 2>&1\n" + command, in: catalog.folder, environment: environment)
      #expect(outcome.status == 0, "\(command)\n\(outcome.output)")
      last = outcome
    }
    #expect(last?.output.contains("0 errors") == true)
    #expect(FileManager.default.fileExists(atPath: city.appending(path: "README.md").path()))
    // 市渔业局 and 渔业部门 are one department, which is competent for the registration.
    let departments = try String(contentsOf: city.appending(path: "departments.csv"), encoding: .utf8)
    #expect(departments.contains("市渔业局,,渔业部门"))
    let approvals = try String(contentsOf: city.appending(path: "approvals.csv"), encoding: .utf8)
    #expect(approvals.contains("养鱼登记,,,department-1"))
  }

  private func append(_ cells: [String], to file: URL) throws {
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data((text + cells.joined(separator: ",") + "\n").utf8).write(to: file)
  }

  @Test func anIdThatIsNoIdentifierIsRefused() throws {
    let catalog = try CatalogFolder()
    try Data(Self.list.utf8).write(to: catalog.folder.appending(path: "list.csv"))
    let before = try catalog.snapshot()
    let outcome = try catalog.run("import", "list.csv", "--into", "catalog", "--list", "OUR-LIST", "--language", "en")
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("our-list"))
    #expect(try catalog.snapshot() == before)
  }
}

import Foundation
import TestSupport
import Testing

/// The command as a process: exit status, streams, language, colour and determinism.
@Suite struct ProcessBehaviourTests {
  static let commands = [
    ["validate", "--as-of", "2023-01-20"], ["validate", "--as-of", "2023-01-20", "--no-waivers"],
    ["validate", "--as-of", "2023-01-20", "--format", "json"],
    ["validate", "--as-of", "2023-01-20", "--format", "sarif"],
    ["validate", "--as-of", "2023-01-20", "--format", "junit"],
    ["validate", "--as-of", "2023-01-20", "--format", "github"],
    ["list"], ["list", "--format", "csv"], ["list", "--format", "json"], ["show", "2-037"],
    ["show", "2-037", "--format", "json"], ["departments"], ["departments", "--format", "csv"],
    ["departments", "--format", "json"], ["approvals"], ["approvals", "--format", "json"],
    ["deadlines", "--as-of", "2023-01-20"], ["deadlines", "--as-of", "2023-01-20", "--format", "json"],
    ["export", "csv"], ["export", "csv", "--layout", "official", "--list", "second"], ["export", "json"],
  ]

  // MARK: Which catalog

  @Test func builtInCatalogIsUsedInAnEmptyFolder() throws {
    let folder = try TemporaryFolder()
    for command in Self.commands {
      let outcome = try Program.run(Program.onevisit, command, in: folder.url)
      #expect(outcome.status == 0, "\(command): \(outcome.errors)")
      #expect(outcome.errors == "Loaded the built-in catalog: 241 matters, 410 items\n", "\(command)")
      #expect(!outcome.bytes.isEmpty && !outcome.output.contains("Loaded the built-in"))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).isEmpty)
  }

  @Test func catalogFolderIsFound() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("公民婚育", with: "公民结婚", in: "matters.csv", row: "1-002,")
    let found = try catalog.run("list", "--list", "first")
    #expect(found.output.contains("公民结婚"))
    #expect(found.errors == "Loaded catalog: 241 matters, 410 items\n")
    try catalog.delete("datapackage.json")
    #expect(!(try catalog.run("list", "--list", "first").output.contains("公民结婚")), "no datapackage.json: built in")
    #expect(try catalog.run("list", "--catalog", "catalog").output.contains("公民结婚"), "named: read all the same")
    let slash = try catalog.run("list", "--catalog", catalog.url.path())
    #expect(slash.output.contains("公民结婚"))
    let argument = try catalog.run("validate", "catalog", "--as-of", CatalogFolder.day, "--format", "json")
    let option = try catalog.run("validate", "--catalog", "catalog", "--as-of", CatalogFolder.day, "--format", "json")
    #expect(argument.bytes == option.bytes)
  }

  @Test func unreadableCellsAreCountedWhenACatalogIsUsed() throws {
    let catalog = try CatalogFolder()
    try catalog.replace(",100,", with: ",一百,", in: "matters.csv", row: "2-100,")
    let outcome = try catalog.run("list", "--format", "json")
    #expect(outcome.status == 0)
    #expect(try outcome.json().elements.count == 241, "the row stays")
    #expect(outcome.errorLines.count == 2 && outcome.errors.contains("onevisit validate"))
    #expect(outcome.errors.contains("1 problem"))
  }

  // MARK: Wrong usage

  static let wrongUsage = [
    ["frobnicate"], ["validate", "--frobnicate"], ["list", "--frobnicate"], ["validate", "a", "b"],
    ["validate", "--as-of", "yesterday"], ["validate", "--as-of", "2023-02-30"], ["validate", "--as-of"],
    ["validate", "--format", "yaml"], ["validate", "--only", "no-such-rule"], ["validate", "--skip", "no-such-rule"],
    ["validate", "--only", "number-gap,nonsense"], ["validate", "--max-findings", "-1"],
    ["validate", "--max-findings", "x"],
    ["validate", "--color", "sometimes"], ["validate", "--language", "fr"], ["validate", "--write-waivers"],
    ["list", "--department", "市公安剧"], ["list", "--role", "boss"], ["list", "--role", "lead"],
    ["list", "--list", "third"],
    ["list", "--audience", "shop"], ["list", "--due-by", "soon"], ["list", "--format", "xml"], ["show"],
    ["show", "2-999"],
    ["show", "2-037", "--format", "csv"], ["departments", "--format", "xml"], ["deadlines", "--department", "nobody"],
    ["deadlines", "--as-of", "1"], ["export", "yaml"], ["export", "csv", "--layout", "round"],
    ["export", "csv", "--encoding", "ebcdic"], ["export", "csv", "--list", "third"],
    ["export", "json", "--department", "nobody"], ["rules", "no-such-rule"], ["init"],
  ]

  @Test(arguments: wrongUsage) func wrongUsageExitsWith64(_ arguments: [String]) throws {
    for language in ["C", "zh_CN.UTF-8"] {
      let outcome = try Program.run(Program.onevisit, arguments, environment: ["LC_ALL": language])
      #expect(outcome.status == 64)
      #expect(outcome.bytes.isEmpty)
      #expect(!outcome.errors.isEmpty)
    }
  }

  @Test func nearestNameIsSuggested() throws {
    #expect(try onevisit("list", "--department", "市公按局").errors.contains("市公安局"))
    #expect(try onevisit("rules", "number-gaps").errors.contains("“number-gap”"))
    #expect(try onevisit("validate", "--only", "number-gaps").errors.contains("“number-gap”"))
    #expect(try onevisit("show", "2-37").errors.contains("2-037"))
    #expect(try onevisit("list", "--list", "third").errors.contains("second"))
  }

  // MARK: What cannot be read

  @Test func unreadableInputExitsWith2() throws {
    let catalog = try CatalogFolder()
    try Data("x".utf8).write(to: catalog.folder.appending(path: "text.txt"))
    try Data().write(to: catalog.folder.appending(path: "empty.csv"))
    try Data().write(to: catalog.folder.appending(path: "empty.xml"))
    try FileManager.default.createDirectory(
      at: catalog.folder.appending(path: "void"), withIntermediateDirectories: false)
    for path in [
      "nowhere", "nowhere.xml", "nowhere.csv", "text.txt", "empty.csv", "empty.xml", "void", "/dev/null", "",
    ] {
      for command in [
        ["validate", path, "--as-of", CatalogFolder.day], ["validate", "--catalog", path], ["list", "--catalog", path],
        ["show", "2-001", "--catalog", path], ["export", "csv", "--catalog", path], ["deadlines", "--catalog", path],
      ] {
        let outcome = try Program.run(Program.onevisit, command, in: catalog.folder)
        #expect(outcome.status == 2, "\(command)")
        if command[0] == "validate" {
          #expect(
            outcome.output.contains("unreadable-catalog") || outcome.output.contains("missing-header")
              || outcome.output.contains("xml-syntax"))
        } else {
          #expect(outcome.bytes.isEmpty, "\(command)")
          #expect(outcome.errors.hasPrefix("error: "), "\(command): \(outcome.errors)")
        }
      }
    }
  }

  @Test(arguments: [
    ("a description that is no JSON", "datapackage.json", "{\"name\": "),
    ("a description that is no object", "datapackage.json", "[1, 2]"),
    ("an empty description", "datapackage.json", ""),
    ("an empty table", "matters.csv", ""),
    ("a table without its header", "matters.csv", "2-001,second,1,individual,灵活就业,市人社局,2022年12月底,,,\n"),
    ("a table of blank lines", "matters.csv", "\n\n\n"),
    ("an empty table of items", "items.csv", ""),
    ("an empty register", "departments.csv", ""),
  ]) func tableWithoutHeaderExitsWith2(_ name: String, _ file: String, _ text: String) throws {
    let catalog = try CatalogFolder()
    try catalog.write(text, to: file)
    for format in ["text", "json", "sarif", "junit", "github"] {
      let report = catalog.folder.appending(path: "report")
      let outcome = try catalog.run("validate", "catalog", "--format", format, "-o", "report")
      #expect(outcome.status == 2, "\(name)")
      #expect(outcome.bytes.isEmpty)
      let written = String(decoding: try Data(contentsOf: report), as: UTF8.self)
      #expect(written.contains(file), "the report holds what was found: \(name), \(format)")
    }
    #expect(try catalog.run("list").status == 2)
  }

  // MARK: What cannot be written

  @Test func fullDeviceExitsWith2() throws {
    for command in Self.commands {
      let outcome = try Program.shell("\"$onevisit\" \(command.joined(separator: " ")) > /dev/full")
      #expect(outcome.status == 2, "\(command)")
      #expect(outcome.errors.contains("error: "), "\(command)")
    }
  }

  @Test func unwritableOutputExitsWith2() throws {
    for command in [["validate"], ["export", "csv"], ["export", "json"]] {
      for file in ["no/such/folder/report", "/", "/proc/report"] {
        let outcome = try Program.run(Program.onevisit, command + ["-o", file])
        #expect(outcome.status == 2, "\(command) \(file)")
        #expect(outcome.errors.contains("error: ") && outcome.bytes.isEmpty)
      }
    }
  }

  @Test func existingReportIsReplaced() throws {
    let ground = try TemporaryFolder()
    let file = ground.url.appending(path: "report")
    try Data(repeating: 0x78, count: 1 << 20).write(to: file)
    #expect(try onevisit("validate", "--as-of", "2023-01-20", "-o", "report", in: ground.url).status == 0)
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(!text.contains("xxxx") && text.contains("241"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: ground.url.path()) == ["report"])
  }

  // MARK: Pipes and terminals

  @Test func closedPipeIsNoError() throws {
    for command in Self.commands + [["--help"], ["validate", "--help"], ["rules"], ["rules", "number-gap"]] {
      let line = command.joined(separator: " ")
      let outcome = try Program.shell(
        "{ \"$onevisit\" \(line) 2>errors; echo $? >status; } | head -1 >/dev/null; cat status; grep -v '^Loaded ' errors; true"
      )
      #expect(outcome.output == "0\n", "\(command): \(outcome.output)")
    }
    // A reader that is gone before the first byte.
    let outcome = try Program.shell("{ sleep 0.3; \"$onevisit\" list; echo $? >status; } | true; sleep 2; cat status")
    #expect(outcome.output == "0\n")
    #expect(outcome.errors == "Loaded the built-in catalog: 241 matters, 410 items\n")
  }

  @Test func colourOnlyOnATerminal() throws {
    for command in Self.commands {
      let outcome = try Program.run(
        Program.onevisit, command, environment: ["TERM": "xterm-256color", "CLICOLOR_FORCE": "1"])
      #expect(!outcome.output.contains("\u{1B}") && !outcome.errors.contains("\u{1B}"), "\(command)")
    }
    #expect(try onevisit("validate", "--color", "always").output.contains("\u{1B}["))
    #expect(!(try onevisit("validate", "--color", "never").output.contains("\u{1B}")))
    let file = try TemporaryFolder()
    _ = try onevisit("validate", "-o", "report", in: file.url)
    #expect(!(try String(contentsOf: file.url.appending(path: "report"), encoding: .utf8).contains("\u{1B}")))
  }

  @Test func colourOnATerminal() throws {
    func onTerminal(_ line: String, _ environment: [String: String] = [:]) throws -> String {
      try Program.onTerminal(line, environment: ["TERM": "xterm-256color"].merging(environment) { $1 })
    }
    for line in [
      "validate --no-waivers --as-of 2023-01-20", "list", "show 2-037", "departments", "rules", "rules number-gap",
    ] {
      #expect(try onTerminal(line).contains("\u{1B}["), "\(line)")
      #expect(!(try onTerminal(line, ["NO_COLOR": "1"]).contains("\u{1B}")), "\(line)")
      #expect(!(try onTerminal(line, ["TERM": "dumb"]).contains("\u{1B}")), "\(line)")
    }
    #expect(!(try onTerminal("validate --color never").contains("\u{1B}")))
    #expect(!(try onTerminal("list --format json").contains("\u{1B}")))
    #expect(!(try onTerminal("validate --format json").contains("\u{1B}")))
  }

  // MARK: Language

  @Test func languageComesFromTheOptionOrTheLocale() throws {
    func isChinese(_ arguments: [String], _ environment: [String: String]) throws -> Bool {
      let outcome = try Program.run(
        Program.onevisit, arguments, environment: ["LC_ALL": ""].merging(environment) { $1 })
      return outcome.errors.contains("已读取")
    }
    #expect(try isChinese(["list"], ["LC_ALL": "zh_CN.UTF-8"]))
    #expect(try isChinese(["list"], ["LC_ALL": "zh_TW.UTF-8"]))
    #expect(try !isChinese(["list"], ["LC_ALL": "C"]))
    #expect(try !isChinese(["list"], ["LC_ALL": "C.UTF-8"]))
    #expect(try !isChinese(["list"], ["LC_ALL": "de_DE.UTF-8"]))
    #expect(try isChinese(["list"], ["LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"]))
    #expect(try isChinese(["list"], ["LANG": "zh_CN.UTF-8"]))
    #expect(try !isChinese(["list"], ["LC_ALL": "C", "LANG": "zh_CN.UTF-8"]))
    #expect(try isChinese(["list", "--language", "zh"], ["LC_ALL": "C"]))
    #expect(try isChinese(["list", "--language=zh"], ["LC_ALL": "C"]))
    #expect(try !isChinese(["list", "--language", "en"], ["LC_ALL": "zh_CN.UTF-8"]))
    let report = try onevisit("validate", "--as-of", "2023-01-20", "--format", "json", "--language", "zh")
    #expect(
      try report.json()["findings"]?.elements.allSatisfy { ($0["message"]?.text ?? "").contains("的") || true } == true)
    #expect(report.output.contains("到期") || report.output.contains("报送"))
  }

  // MARK: The same bytes

  @Test func outputIsDeterministic() throws {
    for command in Self.commands {
      let once = try Program.run(Program.onevisit, command)
      let again = try Program.run(
        Program.onevisit, command,
        environment: [
          "TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "COLUMNS": "40", "TERM": "xterm", "HOME": "/nonexistent",
        ])
      #expect(once.bytes == again.bytes, "\(command)")
      #expect(once.status == again.status)
    }
  }

  @Test func reportsDifferOnlyInTheFolderName() throws {
    let (one, other) = (try CatalogFolder(), try CatalogFolder(named: "九江 2023"))
    for format in ["text", "json", "sarif", "junit", "github"] {
      let first = try one.run("validate", "catalog", "--as-of", CatalogFolder.day, "--format", format, "--no-waivers")
      let second = try other.run(
        "validate", "九江 2023", "--as-of", CatalogFolder.day, "--format", format, "--no-waivers")
      #expect(first.output.contains("catalog/matters.csv") && first.status == second.status)
      let encoded = "%E4%B9%9D%E6%B1%9F%202023"
      let renamed = second.output.replacingOccurrences(of: "九江 2023", with: "catalog")
        .replacingOccurrences(of: encoded, with: "catalog")
      #expect(first.output.split(separator: "\n").count == renamed.split(separator: "\n").count)
      if format != "text" { #expect(first.output == renamed, "\(format)") }
    }
  }

  @Test func findingsDependOnTheDayGiven() throws {
    let catalog = try CatalogFolder()
    try catalog.recordEverything()
    try catalog.replace("2-012,2022-12-31", with: "2-012,", in: "progress.csv", row: "2-012,")
    func rules(_ day: String) throws -> [String] {
      try catalog.validate(day: day).open.filter { $0.matter == "2-012" && $0.rule != "name-variant" }.map(\.rule)
    }
    #expect(try rules("2023-05-29") == [])
    #expect(try rules("2023-05-30") == ["due-soon"])
    #expect(try rules("2023-06-30") == ["report-overdue"])
    #expect(try rules("2023-07-01") == ["report-overdue"])
    #expect(try rules("2022-12-30") == ["recorded-out-of-order"])
    #expect(try catalog.validate(day: "2024-02-29").json["asOf"]?.text == "2024-02-29")
    // Without it the day is today, in the position where one is.
    let today = try Report(catalog.run("validate", "--format", "json")).json["asOf"]?.text
    let clock = try Program.shell("date +%F").output.trimmingCharacters(in: .newlines)
    #expect(today == clock)
  }
}

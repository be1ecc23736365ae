import TestSupport
import Testing

/// What is printed about a command line that is not accepted. The messages of the argument parser are provoked one by one:
/// a new version of it in other words fails here.
@Suite("Usage errors") struct UsageErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var en: String
    var zh: String
    var testDescription: String { arguments.joined(separator: " ") }

    init(_ arguments: String..., en: String, zh: String) {
      self.arguments = arguments
      self.en = en
      self.zh = zh
    }
  }

  static let parserMessages = [
    Case(
      "validat", en: "there is no command “validat”. Did you mean `validate`?", zh: "没有命令“validat”。您要用的是不是 `validate`？"),
    Case("qqq", en: "there is no command “qqq”.", zh: "没有命令“qqq”。"),
    Case("qqq", "rrr", en: "there is no command “qqq”.", zh: "没有命令“qqq”。"),
    Case("export", "xmll", en: "there is no command “xmll”. Did you mean `xml`?", zh: "没有命令“xmll”。您要用的是不是 `xml`？"),
    Case("departments", "x", en: "unexpected argument: “x”.", zh: "多余的参数：“x”。"),
    Case("validate", "a", "b", "c'd", en: "unexpected arguments: “b”, “c'd”.", zh: "多余的参数：“b”、“c'd”。"),
    Case(
      "list", "--departmnt", "x", en: "there is no option “--departmnt”. Did you mean `--department`?",
      zh: "没有选项“--departmnt”。您要用的是不是 `--department`？"),
    Case("list", "--qqqqqqqqqq=3", en: "there is no option “--qqqqqqqqqq”.", zh: "没有选项“--qqqqqqqqqq”。"),
    Case("list", "-x", en: "there is no option “-x”.", zh: "没有选项“-x”。"),
    Case(
      "validate", "-ofile",
      en: "there is no option “-ofile”; for -o <file>, put a blank between the option and its value.",
      zh: "没有选项“-ofile”；如果是指 -o <文件>，请在选项和取值之间加一个空格。"),
    Case("list", "--name", en: "a value is missing: --name <text>.", zh: "选项缺少取值：--name <文字>。"),
    Case("show", en: "an argument is missing: <matter>.", zh: "缺少参数：<事项>。"),
    Case("import", "x.xml", en: "an argument is missing: --into <folder>.", zh: "缺少参数：--into <文件夹>。"),
    Case(
      "list", "--format", "jsn",
      en: "“jsn” is not a value of --format <table|csv|json>. Did you mean `json`? It takes: table, csv, json.",
      zh: "--format <table|csv|json> 不能取“jsn”。您要用的是不是 `json`？可以取：table、csv、json。"),
    Case(
      "validate", "--as-of", "it's", en: "“it's” is not a value of --as-of <YYYY-MM-DD>.",
      zh: "--as-of <年-月-日> 不能取“it's”。"),
    Case(
      "validate", "--max-findings", "x", en: "“x” is not a value of --max-findings <n>.",
      zh: "--max-findings <数> 不能取“x”。"),
    Case(
      "validate", "--strict=3", en: "--strict takes no value, but “3” was given.", zh: "选项 --strict 不带取值，却给了“3”。"),
    Case(
      "--generate-completion-script", "dos",
      en: "no completion script can be made for “dos”; choose bash, zsh or fish.",
      zh: "不能为“dos”生成补全脚本，只支持 bash、zsh、fish。"),
    Case(
      "list", "--language", "fr", en: "“fr” is not a value of --language: zh or en.",
      zh: "--language 不能取“fr”，只能是 zh 或 en。"),
    Case("--language", en: "--language needs a value: zh or en.", zh: "--language 后面缺少取值（zh 或 en）。"),
    Case(
      "validate", "--max-findings", "-1",
      en: "“-1” is not a value of --max-findings <n>: it must not be negative.",
      zh: "--max-findings <数> 不能取“-1”：不能为负数。"),
    Case(
      "validate", "-dash.csv", en: "there is no option “-dash.csv”; a file of this name is written ./-dash.csv.",
      zh: "没有选项“-dash.csv”；如果是文件名，请写作 ./-dash.csv。"),
    Case(
      "export", "csv", "--list", "first", "--list", "second",
      en: "--list is given more than once. Leave one.", zh: "选项 --list 只能给一次。请留下一个。"),
    Case(
      "validate", "--as-of", "2023-01-20", "--as-of=2023-01-20", en: "--as-of is given more than once. Leave one.",
      zh: "选项 --as-of 只能给一次。请留下一个。"),
    Case(
      "export", "xml", "-o", "a.xml", "--output", "b.xml", en: "--output is given more than once. Leave one.",
      zh: "选项 --output 只能给一次。请留下一个。"),
    Case(
      "list", "--department", "市公安局", "--department", "市民政局", en: "--department is given more than once. Leave one.",
      zh: "选项 --department 只能给一次。请留下一个。"),
    Case(
      "list", "--catalog", "a", "--format", "csv", "--catalog", "b",
      en: "--catalog is given more than once. Leave one.",
      zh: "选项 --catalog 只能给一次。请留下一个。"),
    Case(
      "import", "a.xml", "--into", "b", "--catalog", "c",
      en: "the catalog of an import is named by --into; --catalog is not for it. Leave it out.",
      zh: "import 的目录由 --into 指明，不能再用 --catalog。请去掉 --catalog。"),
    Case(
      "validate", "--diff", "--format", "json",
      en:
        "--diff lists cells as text and is not for --format json. Leave one of them out; in the report of --format json, `fix` of each finding is what can be corrected.",
      zh: "--diff 只以文字列出单元格，不能与 --format json 一起使用。请去掉其中一个；--format json 的报告中每处问题的 fix 就是可以改正的内容。"),
    Case("list", "--role", "lead", en: "--role needs --department.", zh: "--role 要与 --department 一起使用。"),
  ]

  @Test("Message, usage and advice in both languages", arguments: parserMessages)
  func messages(_ example: Case) throws {
    let english = try Program.run(Program.onevisit, example.arguments)
    #expect(english.status == 64 && english.bytes.isEmpty)
    #expect(english.errorLines.first.map(String.init) == "error: " + example.en)
    #expect(english.errorLines.dropFirst().first?.hasPrefix("Usage: onevisit") == true)
    #expect(english.errorLines.last?.hasPrefix("See `onevisit") == true)

    let chinese = try Program.run(Program.onevisit, example.arguments, environment: ["LC_ALL": "zh_CN.UTF-8"])
    #expect(chinese.status == 64 && chinese.bytes.isEmpty)
    #expect(chinese.errorLines.first.map(String.init) == "错误：" + example.zh)
    #expect(chinese.errorLines.dropFirst().first?.hasPrefix("用法：onevisit") == true)
    #expect(chinese.errorLines.last?.hasPrefix("详见 `onevisit") == true)
  }

  @Test(
    "A name that the catalog does not have is answered by one line",
    arguments: [
      ["list", "--department", "nobody"], ["list", "--list", "third"], ["show", "9-999"], ["rules", "nope"],
      ["validate", "--only", "nope"], ["deadlines", "--department", "nobody"], ["export", "xml", "--list", "third"],
      ["validate", "--write-waivers"],
    ])
  func unknownNames(_ arguments: [String]) throws {
    for (locale, prefix) in [("C", "error: "), ("zh_CN.UTF-8", "错误：")] {
      let outcome = try Program.run(Program.onevisit, arguments, environment: ["LC_ALL": locale])
      #expect(outcome.status == 64 && outcome.bytes.isEmpty)
      let lines = outcome.errorLines.filter { !$0.hasPrefix("Loaded ") && !$0.hasPrefix("已读取 ") }
      #expect(lines.count == 1 && lines[0].hasPrefix(prefix), "\(outcome.errors)")
    }
  }

  @Test("What cannot be read or written ends with 2 and no usage")
  func dataErrors() throws {
    let catalog = try CatalogFolder()
    let long = String(repeating: "长", count: 100)
    for arguments in [
      ["validate", long], ["validate", long, "--write-waivers"], ["validate", "nowhere", "--write-waivers"],
      ["list", "--catalog", long], ["export", "xml", "-o", long], ["init", long],
      ["import", long + ".xml", "--into", "catalog"],
      ["import", "catalog/matters.xml", "--into", long],
    ] {
      let outcome = try Program.run(Program.onevisit, arguments, in: catalog.folder)
      #expect(outcome.status == 2, "\(arguments)")
      #expect(!outcome.errors.contains("Usage:") && !outcome.errors.contains("--help"))
    }
  }

  @Test("Options that may be repeated, and flags, are accepted twice")
  func repeatable() throws {
    for arguments in [
      ["validate", "--only", "number-gap", "--only", "duplicate-id"],
      ["validate", "--skip", "number-gap", "--skip=due-soon", "--strict", "--strict", "--as-of", "2022-12-30"],
    ] {
      let outcome = try Program.run(Program.onevisit, arguments)
      #expect(outcome.status != 64, "\(arguments): \(outcome.errors)")
    }
    // After `--` there are no options.
    #expect(try !onevisit("validate", "--", "--list", "--list").errors.contains("more than once"))
  }

  /// `RepeatedOptions` against the parser's own description of every command.
  @Test("The parser knows the same options as repeatable, and the same short names")
  func repeatableOptions() throws {
    var repeatable: Set<String> = []
    var short: Set<String> = []
    func visit(_ command: JSON) {
      for argument in command["arguments"]?.elements ?? [] where argument["kind"]?.text == "option" {
        let names = argument["names"]?.elements ?? []
        let long = names.first { $0["kind"]?.text == "long" }?["name"]?.text ?? ""
        if argument["isRepeating"]?.bool == true { repeatable.insert("--" + long) }
        for name in names where name["kind"]?.text == "short" { short.insert("-\(name["name"]?.text ?? "") --\(long)") }
      }
      for subcommand in command["subcommands"]?.elements ?? [] { visit(subcommand) }
    }
    visit(try #require(try onevisit("--experimental-dump-help").json()["command"]))
    #expect(repeatable == ["--only", "--skip"])
    #expect(short == ["-o --output"])
  }

  @Test("A list whose id is nearly that of another is asked about")
  func misspeltLists() throws {
    let catalog = try CatalogFolder()
    #expect(
      try catalog.run(
        "export", "csv", "--layout", "official", "--list", "second", "--catalog", "catalog", "-o", "s.csv"
      )
      .status == 0)
    let before = try catalog.snapshot()
    for (language, words) in [("en", ["“secnd”", "Did you mean “second”?"]), ("zh", ["“secnd”", "是不是“second”？"])] {
      for arguments in [
        ["import", "s.csv", "--into", "catalog"], ["import", "s.csv", "--into", "new"], ["validate", "s.csv"],
        ["diff", "s.csv", "s.csv"], ["show", "2-001", "--catalog", "s.csv"],
      ] {
        let outcome = try Program.run(
          Program.onevisit, arguments + ["--list", "secnd", "--language", language], in: catalog.folder)
        #expect(outcome.status == 64 && outcome.output.isEmpty, "\(arguments): \(outcome.output)")
        for word in words { #expect(outcome.errors.contains(word), "\(arguments): \(outcome.errors)") }
        let names = outcome.errors.contains("--add-unknown")
        #expect(names == (arguments[0] == "import"), "\(arguments): \(outcome.errors)")
      }
    }
    #expect(try catalog.snapshot() == before)
    // Another number is no slip, and a new list can be asked for.
    for arguments in [["--list", "third"], ["--list", "second-2"], ["--list", "secnd", "--add-unknown"]] {
      let outcome = try Program.run(
        Program.onevisit, ["import", "s.csv", "--into", "catalog", "--dry-run"] + arguments, in: catalog.folder)
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
    }
  }

  @Test("Options that an import would not use are refused")
  func optionsOfImports() throws {
    let catalog = try CatalogFolder()
    for command in [
      ["xml", "-o", "x.xml"], ["csv", "-o", "s.csv"], ["xlsx", "-o", "w.xlsx"],
      ["xlsx", "--layout", "official", "--list", "second", "-o", "official.xlsx"],
    ] {
      #expect(try Program.run(Program.onevisit, ["export"] + command, in: catalog.folder).status == 0)
    }
    let before = try catalog.snapshot()
    for (arguments, word) in [
      (["x.xml", "--list", "first"], "for a file with a list"),
      (["w.xlsx", "--list", "first"], "for a file with a list"),
      (["catalog", "--table", "1"], "for a file with a list"), (["s.csv", "--table", "2"], "for a workbook or a Word"),
      (["x.xml", "--encoding", "utf-8"], "--encoding is for a list in CSV"),
      (["official.xlsx", "--encoding", "gb18030"], "--encoding is for a list in CSV"),
    ] {
      let outcome = try Program.run(
        Program.onevisit, ["import"] + arguments + ["--into", "catalog", "--language", "en"], in: catalog.folder)
      #expect(outcome.status == 64 && outcome.output.isEmpty, "\(arguments): \(outcome.output)")
      #expect(outcome.errors.contains(word), "\(arguments): \(outcome.errors)")
    }
    #expect(try catalog.snapshot() == before)
    for arguments in [
      ["s.csv", "--encoding", "utf-8"], ["official.xlsx", "--list", "second"], ["official.xlsx", "--table", "1"],
    ] {
      let outcome = try Program.run(
        Program.onevisit, ["import"] + arguments + ["--into", "catalog"], in: catalog.folder)
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
    }
  }

  @Test("--language is accepted anywhere")
  func languageAnywhere() throws {
    for arguments in [
      ["--language", "zh", "list"], ["list", "--language", "zh"], ["--language=zh", "export", "json"],
      ["export", "--language", "zh", "json"], ["export", "json", "--language=zh"], ["--language", "zh", "rules"],
    ] {
      let outcome = try Program.run(Program.onevisit, arguments)
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
      if !arguments.contains("rules") { #expect(outcome.errors.hasPrefix("已读取 "), "\(arguments)") }
    }
    // Of two different ones neither is taken.
    let both = try onevisit("list", "--language", "en", "--language=zh")
    #expect(both.status == 64 && both.errors.hasPrefix("error: --language is given more than once."), "\(both.errors)")
    #expect(try onevisit("--language", "zh", "list", "--language", "zh").status == 0)
    let rules = try onevisit("--language", "zh", "rules")
    #expect(rules.output.contains("规则"))
  }
}

import ArgumentParser
import Localization
import Validator

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: localized("检查目录是否一致、是否按期。", "Check a catalog for consistency and deadlines."),
    discussion: localized(
      """
      退出码 0：没有使检查不通过的问题；1：有错误（加 --strict 时警告也算）；2：输入不可读。
      规则见 onevisit rules；某条规则见 onevisit rules 规则名。
      """,
      """
      Exit status 0: nothing that fails the check; 1: errors (with --strict, warnings too); 2: the input cannot be read.
      The rules: onevisit rules; one of them: onevisit rules RULE.
      """))

  @OptionGroup var common: CommonOptions
  @OptionGroup var listFile: ListFileOptions

  @Argument(
    help: ArgumentHelp(
      localized(
        "要检查的目录：文件夹、XML、CSV、Excel 工作簿或 Word 文档。",
        "The catalog to check: a folder, an XML file, a list in CSV, a workbook or a Word document."),
      valueName: "path"),
    completion: .file())
  var path: String?

  @Option(
    help: ArgumentHelp(
      localized("按哪一天检查（默认今天）。", "The day to check against (default: today)."), valueName: "YYYY-MM-DD"))
  var asOf: DayArgument?

  @Option(
    help: ArgumentHelp(
      localized("报告的格式。", "The report's format."), valueName: "text|json|sarif|junit|github|xlsx|html"))
  var format: CatalogCheck.Format = .text

  @Flag(help: ArgumentHelp(localized("警告也使检查不通过。", "Warnings fail the check too.")))
  var strict = false

  @Flag(
    name: .customLong("no-waivers"),
    help: ArgumentHelp(localized("不采用 waivers.csv，列出全部问题。", "Ignore waivers.csv and list all findings.")))
  var ignoresWaivers = false

  @Option(
    help: ArgumentHelp(
      localized("只用这条规则（可重复，或以逗号分隔）。", "Only this rule (may be repeated, or separated by commas)."), valueName: "rule"),
    completion: .list(RuleBook.rules.map(\.id)))
  var only: [String] = []

  @Option(
    help: ArgumentHelp(
      localized("不用这条规则（可重复，或以逗号分隔）。", "Not this rule (may be repeated, or separated by commas)."), valueName: "rule"),
    completion: .list(RuleBook.rules.map(\.id)))
  var skip: [String] = []

  @Option(
    name: .shortAndLong, help: ArgumentHelp(localized("报告写入文件。", "Write the report to a file."), valueName: "file"),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      localized(
        "每条规则最多列出多少条，其余只计数；0 为全部（默认 text 20，其他 1000，html 共 3000）。",
        "How many findings of one rule are listed, the rest being counted; 0 for all (default: 20 for text, otherwise 1000, html 3000 in all)."
      ),
      valueName: "n"))
  var maxFindings: Int?

  @Flag(help: ArgumentHelp(localized("在标准错误上列出每条规则的用时。", "Print the time each rule took on standard error.")))
  var timings = false

  @Flag(
    help: ArgumentHelp(
      localized(
        "把现有问题登记到目录的 waivers.csv，理由留待填写。",
        "Add the current findings to the catalog's waivers.csv, with the reasons left to fill in.")))
  var writeWaivers = false

  @Flag(
    help: ArgumentHelp(
      localized(
        "改正有把握的单元格（日期、时长等的写法，多余的空格，看不见的字符，非规范形式的字），再检查。",
        "Correct the cells whose right text is certain (forms of dates and periods, stray spaces, invisible characters, text not in NFC), then check."
      )))
  var fix = false

  @Flag(
    help: ArgumentHelp(
      localized(
        "还按建议改正：最接近的登记名称、别名的登记名称（请先用 --diff 查看）。",
        "Follow suggestions too: the nearest registered name, an alias's registered name (see them with --diff first).")
    ))
  var unsafeFixes = false

  @Flag(
    help: ArgumentHelp(localized("列出 --fix 会改正的单元格，不写入。", "List the cells that --fix would correct; write nothing.")))
  var diff = false

  @Option(
    help: ArgumentHelp(
      localized(
        "只报告旧版本没有的问题；旧版本是目录，或 git:版本[:路径]。",
        "Report only findings that an older edition does not have: a catalog, or git:REV[:PATH]."),
      valueName: localized("旧版", "old")),
    completion: .file())
  var newSince: String?

  @Flag(help: ArgumentHelp(localized("文字报告也列出已豁免的问题。", "Show waived findings in the text report too.")))
  var showWaived = false

  @Flag(
    help: ArgumentHelp(
      localized(
        "也列出由其他问题引起的问题（平时只计数）。", "List the findings that follow from another one too; otherwise they are only counted.")
    ))
  var showConsequences = false

  @Option(
    help: ArgumentHelp(
      localized("颜色：auto、always、never。", "Colour: auto, always or never."), valueName: "auto|always|never"))
  var color: CatalogCheck.Colour = .auto

  func run() throws { try check.run() }

  /// The values of the options.
  var check: CatalogCheck {
    var check = CatalogCheck()
    check.path = path
    check.catalogPath = common.catalogPath
    check.list = listFile.list
    check.table = listFile.tableOption.table
    check.asOf = asOf?.day
    check.format = format
    check.strict = strict
    check.ignoresWaivers = ignoresWaivers
    check.only = only
    check.skip = skip
    check.output = output
    check.maxFindings = maxFindings
    check.timings = timings
    check.writeWaivers = writeWaivers
    check.fix = fix
    check.unsafeFixes = unsafeFixes
    check.diff = diff
    check.newSince = newSince
    check.showWaived = showWaived
    check.showConsequences = showConsequences
    check.color = color
    return check
  }
}

extension CatalogCheck.Format: ExpressibleByArgument {}

extension CatalogCheck.Colour: ExpressibleByArgument {}

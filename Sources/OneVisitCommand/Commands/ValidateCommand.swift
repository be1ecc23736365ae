import ArgumentParser
import AtomicFiles
import Catalog
import Localization
import Reports
import Validator

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: say("检查目录是否一致、是否按期。", "Check a catalog for consistency and deadlines."),
    discussion: say(
      """
      退出码 0：没有使检查不通过的问题；1：有错误（加 --strict 时警告也算）；2：输入不可读。
      规则见 onevisit rules；某条规则见 onevisit rules 规则名。
      """,
      """
      Exit status 0: nothing that fails the check; 1: errors (with --strict, warnings too); 2: the input cannot be read.
      The rules: onevisit rules; one of them: onevisit rules RULE.
      """))

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, sarif, junit, github }

  enum Colour: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

  @OptionGroup var common: CommonOptions

  @Argument(
    help: ArgumentHelp(
      say("要检查的目录：文件夹、XML 或 CSV。", "The catalog to check: a folder, an XML file or a list in CSV."), valueName: "path"),
    completion: .file())
  var path: String?

  @Option(help: ArgumentHelp(say("按哪一天检查（默认今天）。", "The day to judge by (default: today)."), valueName: "YYYY-MM-DD"))
  var asOf: DayArgument?

  @Option(help: ArgumentHelp(say("报告的格式。", "The report's format."), valueName: "text|json|sarif|junit|github"))
  var format: Format = .text

  @Flag(help: ArgumentHelp(say("警告也使检查不通过。", "Warnings fail the check too.")))
  var strict = false

  @Flag(
    name: .customLong("no-waivers"),
    help: ArgumentHelp(say("不理会 waivers.csv，全部列出。", "Ignore waivers.csv: show everything.")))
  var ignoresWaivers = false

  @Option(
    help: ArgumentHelp(
      say("只用这条规则（可重复，或以逗号分隔）。", "Only this rule (may be repeated, or separated by commas)."), valueName: "rule"),
    completion: .list(RuleBook.rules.map(\.id)))
  var only: [String] = []

  @Option(
    help: ArgumentHelp(
      say("不用这条规则（可重复，或以逗号分隔）。", "Not this rule (may be repeated, or separated by commas)."), valueName: "rule"),
    completion: .list(RuleBook.rules.map(\.id)))
  var skip: [String] = []

  @Option(
    name: .shortAndLong, help: ArgumentHelp(say("报告写入文件。", "Write the report to a file."), valueName: "file"),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      say(
        "每条规则最多列出多少条，其余只计数；0 为全部（默认 text 20，其他 1000）。",
        "How many findings of one rule are listed, the rest counted; 0 for all (default: 20 for text, else 1000)."),
      valueName: "n"))
  var maxFindings: Int?

  @Flag(help: ArgumentHelp(say("在标准错误上列出每条规则的用时。", "Print the time each rule took on standard error.")))
  var timings = false

  @Flag(
    help: ArgumentHelp(
      say(
        "把现有问题登记到目录的 waivers.csv，理由留待填写。",
        "Record what stands in the catalog's waivers.csv, with the reason left to fill in.")))
  var writeWaivers = false

  @Flag(help: ArgumentHelp(say("文字报告也列出已豁免的问题。", "Show waived findings in the text report too.")))
  var showWaived = false

  @Option(
    help: ArgumentHelp(say("颜色：auto、always、never。", "Colour: auto, always or never."), valueName: "auto|always|never"))
  var color: Colour = .auto

  func validate() throws {
    if let maxFindings, maxFindings < 0 {
      throw ValidationError(say("--max-findings 不能为负数。", "--max-findings must not be negative."))
    }
    if path != nil, common.catalogPath != nil {
      throw ValidationError(say("目录只能指明一次：或写路径，或用 --catalog。", "Name the catalog once: as the path or by --catalog."))
    }
    _ = try ruleNames(only)
    _ = try ruleNames(skip)
  }

  /// The rules that are named, each known to the rule book.
  private func ruleNames(_ arguments: [String]) throws -> Set<String> {
    let names = arguments.flatMap { $0.split(separator: ",").map(String.init) }
    for name in names where RuleBook.rule(name) == nil {
      let nearest = Nearness.nearest(to: name, among: RuleBook.rules.map(\.id))
      throw ValidationError(
        say(
          "没有规则“\(name)”。\(nearest.map { "是不是“\($0)”？" } ?? "")用 onevisit rules 查看全部规则。",
          "there is no rule “\(name)”.\(nearest.map { " Did you mean “\($0)”?" } ?? "") `onevisit rules` lists them all."
        ))
    }
    return Set(names)
  }

  func run() throws {
    let catalog = CatalogLoading.load(path ?? common.catalogPath)
    let waiverFolder = writeWaivers ? try WaiverWriting.folder(of: catalog) : nil
    var options = ValidationOptions(day: asOf?.day ?? .today)
    options.progress = ProgressMeter.progress
    options.appliesWaivers = !ignoresWaivers
    options.only = try ruleNames(only)
    options.skip = try ruleNames(skip)
    let cap = maxFindings ?? (format == .text ? 20 : 1000)
    options.cap = cap == 0 || writeWaivers ? .max : cap

    let result = Validation(catalog, options: options)
    // A table that cannot be written is told after the report, which was asked for and is known.
    var failure: (any Error)?
    if let waiverFolder {
      do { try WaiverWriting.record(result, of: catalog, in: waiverFolder) } catch { failure = error }
    }
    try Console.output(to: output) { writer in
      switch format {
      case .text:
        let colour =
          switch color {
          case .auto: output == nil && Console.takesColour(1)
          case .always: true
          case .never: false
          }
        try FindingsText.write(
          result, language: Console.language,
          style: TextStyle(hasColor: colour, width: output == nil ? Console.width : nil),
          showsWaived: showWaived, to: writer)
      case .json: try FindingsJSON.write(result, language: Console.language, to: writer)
      case .sarif: try FindingsSARIF.write(result, language: Console.language, version: RootCommand.version, to: writer)
      case .junit: try FindingsJUnit.write(result, language: Console.language, to: writer)
      case .github: try FindingsGitHub.write(result, language: Console.language, to: writer)
      }
    }
    if timings { Console.report(timings: result) }
    if let failure { throw failure }
    if result.isUnreadable { throw ExitStatus.unreadable }
    if result.summary.errors > 0 || (strict && result.summary.warnings > 0) { throw ExitStatus.findings }
  }
}

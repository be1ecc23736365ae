import ArgumentParser
import AtomicFiles
import Catalog
import Localization
import Platform
import Reports
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

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, sarif, junit, github, xlsx, html }

  enum Colour: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

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
  var format: Format = .text

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
  var color: Colour = .auto

  func run() throws {
    var options = try validationOptions()
    if format == .xlsx { try Console.refuseTerminal(output) }
    var catalog = try CatalogLoading.load(path ?? common.catalogPath, reading: listFile.reading)
    var output = output
    if fix || unsafeFixes || diff, !catalog.isUnreadable {
      let fixing = Fixing(catalog: catalog, options: options, isUnsafe: unsafeFixes)
      if diff { return try fixing.diff(to: output) }
      let fixed = try fixing.fix(to: output)
      catalog = fixed.catalog
      if fixed.isWritten { output = nil }
    }
    if let newSince {
      options.baseline = Baseline(try CatalogLoading.edition(newSince, besides: catalog), options: options)
    }
    // A catalog that cannot be read is reported as such, whatever it was to be used for.
    let waiverFolder = writeWaivers && !catalog.isUnreadable ? try WaiverWriting.folder(of: catalog) : nil
    if waiverFolder != nil { catalog.expectNewTable(.waivers) }
    let result = Validation(catalog, options: options)
    // A table of waivers that cannot be written is reported after the report, which is known and was asked for.
    var failure: (any Error)?
    if let waiverFolder {
      do { try WaiverWriting.record(result, of: catalog, in: waiverFolder) } catch { failure = error }
    }
    if format == .xlsx {
      try writeWorkbook(result, of: catalog, to: output)
    } else {
      try Console.output(to: output) { writer in try write(result, of: catalog, to: writer, isFile: output != nil) }
    }
    if timings { Console.report(timings: result) }
    if let failure { throw failure }
    if let changed = catalog.changedFile {
      Console.error(
        LocalizedText(
          zh: "\(changed)：检查期间，这个文件被其他程序改动，上面的位置可能缺失。请再检查一次。",
          en:
            "\(changed): another program wrote to this file while it was being checked; positions above may be missing. "
            + "Check again."))
      throw ExitStatus.unreadable
    }
    if result.isUnreadable { throw ExitStatus.unreadable }
    if result.summary.errors > 0 || (strict && result.summary.warnings > 0) { throw ExitStatus.findings }
  }

  private func validationOptions() throws(UsageError) -> ValidationOptions {
    if let maxFindings, maxFindings < 0 {
      throw UsageError(
        LocalizedText(zh: "--max-findings 不能为负数。", en: "--max-findings must not be negative."),
        usageOf: CommandPath(["validate"]))
    }
    if path != nil, common.catalogPath != nil {
      throw UsageError(
        LocalizedText(zh: "目录只能指明一次：或写路径，或用 --catalog。", en: "name the catalog once: as the path or by --catalog."),
        usageOf: CommandPath(["validate"]))
    }
    var options = ValidationOptions(day: asOf?.day ?? .today)
    options.progress = ProgressMeter.progress
    options.appliesWaivers = !ignoresWaivers
    options.only = try RuleArguments.ids(only)
    options.skip = try RuleArguments.ids(skip)
    let cap = maxFindings ?? (format == .text ? 20 : 1000)
    options.recordsWaivers = writeWaivers
    options.cap = cap == 0 || writeWaivers ? .max : cap
    return options
  }

  /// Writes the checked workbook, and before that what it does not have of the workbook that was checked. An earlier check's
  /// result may be checked again in its place.
  private func writeWorkbook(_ result: Validation, of catalog: Catalog, to output: String?) throws {
    let isSame = output.map { InputFiles.isSame($0, catalog.origin.name) } ?? false
    if isSame, catalog.workbook != nil, !CheckedWorkbook.isChecked(catalog) {
      throw UsageError(
        zh: "\(catalog.origin.name) 是还没有检查过的原工作簿，检查结果不写在原处。请用 -o 指定另一个文件；以后的检查可以写回那个文件。",
        en:
          "\(catalog.origin.name) is a workbook that has not been checked yet, and the result does not take its place. "
          + "Name another file with -o; later checks may write to that one again.")
    }
    let workbook = try CheckedWorkbook(result, of: catalog, language: Console.language).result(
      showsConsequences: showConsequences)
    for loss in workbook.losses {
      Console.note(LocalizedText(zh: "注意：\(loss.zh)", en: "note: \(loss.en)"))
    }
    if workbook.isMadeAnew {
      Console.note(
        LocalizedText(
          zh:
            "注意：因此 \(output ?? "输出") 由读到的文字重新生成，不含原工作簿的字体、颜色、列宽、行高、公式、图片、批注、下拉选项、合并单元格、隐藏状态和与目录无关的工作表。\(catalog.origin.name) 不变。",
          en:
            "note: \(output ?? "the output") is therefore made anew from the texts that were read. It does not have the "
            + "fonts, colours, column widths, row heights, formulas, pictures, comments, drop-downs, merged cells and "
            + "hidden states of the workbook, nor the sheets that are no tables of the catalog. \(catalog.origin.name) "
            + "does not change."))
    }
    try Console.output(to: output, mayReplaceInput: isSame && !workbook.isMadeAnew) { writer in
      try writer.append(0..<workbook.bytes.count, of: workbook.bytes)
    }
  }

  private func write(_ result: Validation, of catalog: Catalog, to writer: ByteWriter, isFile: Bool) throws {
    switch format {
    case .text:
      let hasColor =
        switch color {
        case .auto: !isFile && Console.takesColour(1)
        case .always: true
        case .never: false
        }
      try FindingsText.write(
        result, language: Console.language,
        style: TextStyle(hasColor: hasColor, width: isFile ? nil : Console.width),
        showsWaived: showWaived, showsConsequences: showConsequences, to: writer)
    case .json:
      try FindingsJSON.write(
        result, language: Console.language, showsConsequences: showConsequences, to: writer)
    case .xlsx: try writeWorkbook(result, of: catalog, to: output)
    case .html:
      let limit = maxFindings == nil ? FindingsPage.usualLimit : .max
      try FindingsPage(
        result, of: catalog, language: Console.language, failsOnWarnings: strict, showsWaived: showWaived,
        showsConsequences: showConsequences, limit: limit
      ).write(to: writer)
    case .sarif: try FindingsSARIF.write(result, language: Console.language, version: RootCommand.version, to: writer)
    case .junit: try FindingsJUnit.write(result, language: Console.language, to: writer)
    case .github: try FindingsGitHub.write(result, language: Console.language, to: writer)
    }
  }
}

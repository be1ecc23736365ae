import ArgumentParser
import Catalog
import Localization
import Reports
import Validator

struct DeadlinesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deadlines",
    abstract: localized("时限与报送期：到期日、报送期、已记录的完成情况。", "Due dates and report windows, with what is recorded as done."),
    discussion: localized(
      """
      报送期依据§三（三）：第二批在时限节点前1个月内；第一批为2023年1月底前。报送期已过而没有报送记录的，计为逾期。
      没有任何完成情况记录的清单，只列出时限，逾期情况未知。
      --by lead 供调度和通报使用：“A/B”牵头的事项列在每个牵头部门下并注明，合计中只计一次。
      --by day 列出每一天到期的内容：完成时限和报送截止可以不在同一天。
      """,
      """
      Report windows follow §三(三): the second list reports within the month before the due date, the first list by the \
      end of January 2023. A window that closed without a report counts as late. For a list without any progress record, \
      dates are shown and the overdue status is unknown.
      --by lead is the sheet for coordination (调度) and criticism (通报): a matter led by “A/B” is listed under each lead, \
      marked, and counted once in the sums. --by day lists what is due on each day: a due date and the end of a report \
      window may differ.
      """))

  enum Grouping: String, ExpressibleByArgument, CaseIterable { case matter, lead, day }

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, csv, json, html }

  @OptionGroup var common: CommonOptions

  @Option(
    help: ArgumentHelp(localized("以哪一天为准（默认今天）。", "The day to report on (default: today)."), valueName: "YYYY-MM-DD"))
  var asOf: DayArgument?

  @Option(help: ArgumentHelp(localized("只列该部门牵头的。", "Only matters that this department leads."), valueName: "name"))
  var department: String?

  @Option(
    help: ArgumentHelp(
      localized("只列在这一天或之前到期或报送截止的。", "Only matters due, or with a report due, on this day or before."),
      valueName: "YYYY-MM-DD"))
  var dueBy: DayArgument?

  @Option(
    help: ArgumentHelp(
      localized("按事项、按牵头部门或按日期。", "By matter, by lead or by day."), valueName: "matter|lead|day"))
  var by: Grouping = .matter

  @Option(help: ArgumentHelp(localized("输出格式。", "The output format."), valueName: "table|csv|json|html"))
  var format: Format = .table

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(localized("写入文件（默认标准输出）。", "Write to a file (default: standard output)."), valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(
    help: ArgumentHelp(
      localized("CSV 加 BOM，便于电子表格识别 UTF-8。", "Write a byte order mark before CSV, for spreadsheets.")))
  var bom = false

  func run() throws {
    if bom, format != .csv {
      throw UsageError(
        LocalizedText(zh: "--bom 要与 --format csv 一起使用。", en: "--bom needs --format csv."),
        usageOf: CommandPath(["deadlines"]))
    }
    let catalog = try CatalogLoading.loadForUse(common.catalogPath)
    let index = try department.map { try CatalogLoading.department($0, in: catalog) }
    if format == .html { return try writePage(of: catalog, department: index) }
    let board = DeadlineBoard(catalog, on: asOf?.day ?? .today, department: index, dueBy: dueBy?.day)
    if format != .table, let format = ListFormat(rawValue: format.rawValue) {
      switch by {
      case .matter: return try format.write(DeadlineListing.rows(board), to: output, hasByteOrderMark: bom)
      case .lead:
        let ids = catalog.departments.map(\.id)
        return try format.write(DeadlineListing.leads(board, ids: ids), to: output, hasByteOrderMark: bom)
      case .day: return try format.write(DeadlineListing.days(board), to: output, hasByteOrderMark: bom)
      }
    }
    let style = output == nil || output == "-" ? Console.style : TextStyle()
    try Console.output(to: output) { writer in
      let language = Console.language
      switch by {
      case .matter:
        try DeadlineListing.rows(board).writeTable(language: language, style: style, to: writer)
        try DeadlineListing.writeOutlook(board, language: language, to: writer)
      case .lead: try DeadlineListing.writeLeads(board, language: language, style: style, to: writer)
      case .day: try DeadlineListing.writeDays(board, language: language, style: style, to: writer)
      }
    }
  }

  /// The page: of one department, by matter, its worklist.
  private func writePage(of catalog: Catalog, department: Int?) throws {
    let day = asOf?.day ?? .today
    let language = Console.language
    if let department, by == .matter {
      let work = DepartmentWork(catalog, department: department, on: day, dueBy: dueBy?.day)
      return try Console.output(to: output) { try WorklistPage(work, language: language, to: $0).write() }
    }
    let board = DeadlineBoard(catalog, on: day, department: department, dueBy: dueBy?.day)
    try Console.output(to: output) { writer in
      let page = DeadlinesPage(board, of: catalog, language: language, to: writer)
      switch by {
      case .matter: try page.write(by: .matter)
      case .lead: try page.write(by: .lead)
      case .day: try page.write(by: .day)
      }
    }
  }
}

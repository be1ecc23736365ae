import ArgumentParser
import AtomicFiles
import Catalog
import Localization
import Platform
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
      --format text（粘贴到微信）、ics（日历）、xlsx 与 --department 同用，给出该部门的工作清单：牵头的和配合办理的，报送期、尚缺什么、\
      各责任部门办理哪些关联事项。日历中的事件标识不变，再次导入即更新，不会重复；没有到期或报送的事项时，日历中有一个事件说明。
      日历的修订时间取自当前时间；给出 --as-of 时取那一天，同一天的日历逐字节相同；环境变量 SOURCE_DATE_EPOCH 优先于两者。
      """,
      """
      Report windows follow §三(三): the second list reports within the month before the due date, the first list by the \
      end of January 2023. A window that closed without a report counts as late. For a list without any progress record, \
      dates are shown and the overdue status is unknown.
      --by lead is the sheet for coordination (调度) and criticism (通报): a matter led by “A/B” is listed under each lead, \
      marked, and counted once in the sums. --by day lists what is due on each day: a due date and the end of a report \
      window may differ.
      --format text (to paste into a message), ics (a calendar) and xlsx give, with --department, the worklist of the \
      department: what it leads and what it supports, its report windows, what is missing, and which department handles \
      which item. Events of the calendar keep their identity: importing it again updates them and never doubles. If nothing \
      is due or to be reported, one event says so. Its revision is from the current time; with --as-of it is from that day, \
      so that the same catalog gives the same bytes; the environment variable SOURCE_DATE_EPOCH comes before both.
      """))

  /// The formats of a listing, and those to hand on.
  enum Format: String, ExpressibleByArgument, CaseIterable { case table, csv, json, html, ics, xlsx, text }

  enum Grouping: String, ExpressibleByArgument, CaseIterable { case matter, lead, day }

  @OptionGroup var common: CommonOptions
  @OptionGroup var listFile: ListFileOptions

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

  @Option(help: ArgumentHelp(localized("输出格式。", "The output format."), valueName: "table|csv|json|html|ics|xlsx|text"))
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
    if format == .ics, by != .matter {
      throw UsageError(
        LocalizedText(
          zh: "日历按事项给出，--format ics 不能与 --by \(by.rawValue) 一起使用。",
          en: "a calendar is by matter: --format ics cannot be used with --by \(by.rawValue)."),
        usageOf: CommandPath(["deadlines"]))
    }
    if format == .xlsx { try Console.refuseTerminal(output) }
    let catalog = try CatalogLoading.loadForUse(common.catalogPath, reading: listFile.reading)
    let index = try department.map { try CatalogLoading.department($0, in: catalog) }
    if format == .html { return try writePage(of: catalog, department: index) }
    let day = asOf?.day ?? .today
    switch (format, by) {
    case (.ics, _), (.text, .matter):
      try write(worklist: Worklist(catalog, on: day, department: index, dueBy: dueBy?.day))
    case (.xlsx, .matter) where index != nil:
      try write(worklist: Worklist(catalog, on: day, department: index, dueBy: dueBy?.day))
    default: try write(DeadlineBoard(catalog, on: day, department: index, dueBy: dueBy?.day), of: catalog)
    }
  }

  /// Which revision of its events the calendar has. Without `--as-of` the day is that of the clock, which then says the time.
  private var revision: CalendarRevision {
    if let text = Console.environment("SOURCE_DATE_EPOCH"), let given = CalendarRevision(sourceDateEpoch: text) {
      return given
    }
    return asOf.map { CalendarRevision($0.day) } ?? CalendarRevision(seconds: time(nil))
  }

  private func write(worklist: Worklist) throws {
    if format == .ics, WorklistCalendar(worklist, language: Console.language).isEmpty {
      Console.note(
        LocalizedText(
          zh: "注意：没有到期或报送的事项，日历中只有一个说明这一点的事件。",
          en: "note: nothing is due or to be reported; the calendar has one event that says so."))
    }
    try Console.output(to: output) { writer in
      switch format {
      case .ics: try WorklistCalendar(worklist, language: Console.language).write(to: writer, revision: revision)
      case .xlsx: try WorklistWorkbook.write(worklist, language: Console.language, to: writer)
      default: try WorklistText(worklist, language: Console.language, to: writer).write()
      }
    }
  }

  private func write(_ board: DeadlineBoard, of catalog: Catalog) throws {
    try Console.output(to: output) { writer in
      switch by {
      case .matter: try write(DeadlineListing.rows(board), board, to: writer)
      case .lead: try write(DeadlineListing.leads(board, ids: catalog.departments.map(\.id)), board, to: writer)
      case .day: try write(DeadlineListing.days(board), board, to: writer)
      }
    }
  }

  private func write<Rows>(_ listing: Listing<Rows>, _ board: DeadlineBoard, to writer: ByteWriter) throws {
    let language = Console.language
    switch format {
    case .table: try writeTable(board, to: writer)
    case .csv: try listing.writeCSV(hasByteOrderMark: bom, to: writer)
    case .json: try listing.writeJSON(to: writer)
    case .xlsx where by == .lead: try WorklistWorkbook.writeLeads(board, listing, language: language, to: writer)
    case .xlsx: try WorklistWorkbook.write(listing, named: localized("时限", "Deadlines"), language: language, to: writer)
    case .text, .ics, .html:
      let text = SummaryText(board, language: language, to: writer)
      if by == .lead { try text.writeLeads() } else { try text.writeDays() }
    }
  }

  private func writeTable(_ board: DeadlineBoard, to writer: ByteWriter) throws {
    let language = Console.language
    let style = output == nil || output == "-" ? Console.style : TextStyle()
    switch by {
    case .matter:
      try DeadlineListing.rows(board).writeTable(language: language, style: style, to: writer)
      try DeadlineListing.writeOutlook(board, language: language, to: writer)
    case .lead: try DeadlineListing.writeLeads(board, language: language, style: style, to: writer)
    case .day: try DeadlineListing.writeDays(board, language: language, style: style, to: writer)
    }
  }

  /// The page: of one department, by matter, its worklist.
  private func writePage(of catalog: Catalog, department: Int?) throws {
    let day = asOf?.day ?? .today
    let language = Console.language
    if department != nil, by == .matter,
      let work = DepartmentWork(Worklist(catalog, on: day, department: department, dueBy: dueBy?.day))
    {
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

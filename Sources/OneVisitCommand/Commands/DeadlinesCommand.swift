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
      报送期依据§三（三）：第二批在时限节点前1个月内；第一批为2023年1月底前。
      没有任何完成情况记录的清单，只列出时限，逾期情况未知。
      """,
      """
      Report windows follow §三(三): the second list reports within the month before the due date, the first list by the \
      end of January 2023. For a list without any progress record, dates are shown and the overdue status is unknown.
      """))

  @OptionGroup var common: CommonOptions

  @Option(
    help: ArgumentHelp(localized("以哪一天为准（默认今天）。", "The day to report on (default: today)."), valueName: "YYYY-MM-DD"))
  var asOf: DayArgument?

  @Option(help: ArgumentHelp(localized("只列该部门牵头的。", "Only matters that this department leads."), valueName: "name"))
  var department: String?

  @OptionGroup var output: ListFormatOption

  func run() throws {
    let catalog = try CatalogLoading.loadForUse(common.catalogPath)
    let index = try department.map { try CatalogLoading.department($0, in: catalog) }
    let board = DeadlineBoard(catalog, on: asOf?.day ?? .today, department: index)
    try output.write(DeadlineListing.rows(board))
    if output.format == .table {
      try Console.output(to: nil) { writer in
        try DeadlineListing.writeOutlook(board, language: Console.language, to: writer)
      }
    }
  }
}

import ArgumentParser
import Catalog
import Localization
import Reports
import Validator

struct DeadlinesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deadlines",
    abstract: say("时限与报送期：到期日、报送期、已记录的完成情况。", "Due dates and report windows, with what is recorded as done."),
    discussion: say(
      """
      报送期依据§三（三）：第二批在时限节点前1个月内；第一批为2023年1月底前。
      没有任何完成情况记录的清单，时限只列出，不判断是否逾期。
      """,
      """
      Report windows follow §三(三): the second list reports within the month before the due date, the first list by the \
      end of January 2023. Of a list of which nothing is recorded, dates are shown and not judged.
      """))

  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp(say("以哪一天为准（默认今天）。", "The day asked about (default: today)."), valueName: "YYYY-MM-DD"))
  var asOf: DayArgument?

  @Option(help: ArgumentHelp(say("只列该部门牵头的。", "Only what this department leads."), valueName: "name"))
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

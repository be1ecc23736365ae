import ArgumentParser
import Catalog
import Deadlines
import Interchange
import Localization

struct RootCommand: ParsableCommand {
  static let version = "1.0.0"

  static let configuration = CommandConfiguration(
    commandName: "onevisit",
    abstract: localized(
      "检查、查询和交换“一件事一次办”事项目录。", "Check, list and exchange catalogs of “one thing, one visit” services."),
    discussion: localized(
      """
      不指明目录时，读取 ./catalog（如其中有 datapackage.json），否则读取程序内置的九江市目录（九府办字〔2022〕128号）。
      退出码：0 没有使检查不通过的问题；1 有使检查不通过的问题；2 输入不可读或输出不可写；64 用法错误。

      示例：
        onevisit validate                       检查目录
        onevisit list --department 市公安局     某部门的事项
        onevisit show 2-037                     一件事的全部内容
        onevisit deadlines --as-of 2023-01-15   完成时限与报送期
        onevisit export xml -o catalog.xml      导出给政务服务网
        onevisit import 清单.csv --into catalog --dry-run
                                                导入前先看会改动什么
      """,
      """
      Without a path it reads ./catalog if that holds a datapackage.json, otherwise the built-in catalog of Jiujiang \
      (九府办字〔2022〕128号).
      Exit status: 0 nothing wrong; 1 findings that fail the check; 2 an input that cannot be read or an output that \
      cannot be written; 64 wrong usage.

      Examples:
        onevisit validate                              check the catalog
        onevisit list --department public-security     the matters of a department
        onevisit show 2-037                            one matter in full
        onevisit deadlines --as-of 2023-01-15          due dates and report windows
        onevisit export xml -o catalog.xml             for the service portal
        onevisit import list.csv --into catalog --dry-run
                                                       preview an import
      """),
    version: version,
    subcommands: [
      ValidateCommand.self, ListCommand.self, ShowCommand.self, DepartmentsCommand.self, ApprovalsCommand.self,
      DeadlinesCommand.self, DiffCommand.self, CompareListsCommand.self, ExportCommand.self, ImportCommand.self,
      EditCommand.self, InitCommand.self, RulesCommand.self, MergeCommand.self, GitSetupCommand.self,
      TextconvCommand.self,
    ])

  @OptionGroup var languageOption: LanguageOption
}

/// The option that every command takes. `Arguments` takes it out of the command line before the parser runs, wherever it
/// is written; it is declared here for help and for completion.
struct LanguageOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      localized("输出文字的语言：zh 中文，en 英文（默认随系统）。", "Language of messages (default: the locale's)."),
      valueName: "zh|en"))
  var language: Name?

  enum Name: String, ExpressibleByArgument, CaseIterable { case zh, en }
}

/// Options of every command that reads a catalog.
struct CommonOptions: ParsableArguments {
  @Option(
    name: .customLong("catalog"),
    help: ArgumentHelp(
      localized(
        "目录：文件夹、XML、CSV、Excel 工作簿或 Word 文档。",
        "The catalog: a folder, an XML file, a list in CSV, a workbook or a Word document."), valueName: "path"),
    completion: .file())
  var catalogPath: String?

  @OptionGroup var languageOption: LanguageOption
}

/// Which list of a file is meant that holds several.
struct TableOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      localized(
        "工作簿中有几份清单时，取第几份；Word 文档中取第几张表。",
        "Which list of a workbook, or which table of a Word document, that has several."), valueName: "n"))
  var table: Int?

  /// - Parameter list: the list to which a command is restricted; a Word document that is of no registered list has it.
  func reading(selected list: String?) -> CSVListOptions {
    var options = CSVListOptions(table: table)
    options.documentList = list
    return options
  }
}

/// How a file with a list is read, as `import` reads it.
struct ListFileOptions: ParsableArguments {
  @OptionGroup var tableOption: TableOption

  @Option(
    help: ArgumentHelp(
      localized("文件（Word、Excel、CSV）中的清单是哪一份。", "The list that a file (Word, Excel, CSV) contains."), valueName: "id"))
  var list: String?

  var reading: CSVListOptions { CSVListOptions(list: list, table: tableOption.table) }
}

/// A day as an argument: YYYY-MM-DD.
struct DayArgument: ExpressibleByArgument {
  var day: Day
  init?(argument: String) {
    guard let day = Day(iso: argument) else { return nil }
    self.day = day
  }
}

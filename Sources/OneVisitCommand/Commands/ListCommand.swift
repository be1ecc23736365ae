import ArgumentParser
import Catalog
import Interchange
import Localization
import Reports

/// How a list of things is printed.
enum ListFormat: String, ExpressibleByArgument, CaseIterable {
  case table, csv, json

  /// Writes a listing to a file, or to standard output if none is named.
  func write<Rows>(_ listing: Listing<Rows>, to path: String? = nil, hasByteOrderMark: Bool = false) throws {
    try Console.output(to: path) { writer in
      switch self {
      case .table:
        let style = path == nil || path == "-" ? Console.style : TextStyle()
        try listing.writeTable(language: Console.language, style: style, to: writer)
      case .csv: try listing.writeCSV(hasByteOrderMark: hasByteOrderMark, to: writer)
      case .json: try listing.writeJSON(to: writer)
      }
    }
  }
}

struct ListFormatOption: ParsableArguments {
  @Option(help: ArgumentHelp(localized("输出格式。", "The output format."), valueName: "table|csv|json"))
  var format: ListFormat = .table

  /// Writes a listing to standard output.
  func write<Rows>(_ listing: Listing<Rows>) throws { try format.write(listing) }
}

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: localized(
      "列出“一件事”，可按部门、清单、类型、时限、名称筛选。", "List matters, by department, list, audience, due date or name."),
    discussion: localized(
      """
      --department 可用部门的任何名称：市公安局、公安部门、public-security。
      --role 区分（中英文均可）：lead 牵头；responsible 负责本事项的关联事项；shared 共享，即负责从其他“一件事”共享来的事项；any 任一（默认）。
      """,
      """
      --department takes any name of the department: 市公安局, 公安部门, public-security.
      --role takes: lead; responsible, for an item of the matter itself; shared, responsible for an item that the matter \
      shares from another; any (the default).
      """))

  enum RoleChoice: String, ExpressibleByArgument, CaseIterable {
    case lead, responsible, shared, any

    var role: Role? { Role(rawValue: rawValue) }

    /// By its name, or by its Chinese name in the headings of the lists and of the table.
    init?(argument: String) {
      switch argument {
      case "牵头", "牵头部门", "牵头单位": self = .lead
      case "负责", "责任", "责任部门", "责任单位": self = .responsible
      case "共享", "共享事项负责": self = .shared
      case "任一", "全部": self = .any
      default: self.init(rawValue: argument)
      }
    }
  }

  @OptionGroup var common: CommonOptions
  @OptionGroup var tableOption: TableOption

  @Option(help: ArgumentHelp(localized("部门的任一名称。", "A department, by any of its names."), valueName: "name"))
  var department: String?

  @Option(
    help: ArgumentHelp(localized("部门的角色。", "The role of the department."), valueName: "lead|responsible|shared|any"))
  var role: RoleChoice = .any

  @Option(help: ArgumentHelp(localized("只列这份清单（first、second）。", "Only this list (first, second)."), valueName: "id"))
  var list: String?

  @Option(
    help: ArgumentHelp(
      localized(
        "只列这类对象：individual 个人、enterprise 企业、legal-person 法人。",
        "Only this audience: individual, enterprise, legal-person."),
      valueName: "audience"))
  var audience: String?

  @Option(
    help: ArgumentHelp(localized("只列在这一天或之前到期的。", "Only matters due on this day or before."), valueName: "YYYY-MM-DD"))
  var dueBy: DayArgument?

  @Option(help: ArgumentHelp(localized("只列名称中含有这段文字的。", "Only names that contain this text."), valueName: "text"))
  var name: String?

  @Flag(
    help: ArgumentHelp(
      localized("也列出已撤回的事项，并注明撤回日期。", "List withdrawn matters as well, with the day of the withdrawal.")))
  var withdrawn = false

  @OptionGroup var output: ListFormatOption

  func run() throws {
    if role != .any, department == nil {
      throw UsageError(
        LocalizedText(zh: "--role 要与 --department 一起使用。", en: "--role needs --department."),
        usageOf: CommandPath(["list"]))
    }
    let catalog = try CatalogLoading.loadForUse(common.catalogPath, reading: tableOption.reading(selected: list))
    let selection = Selection(
      list: try list.map { try CatalogLoading.list($0, in: catalog) },
      department: try department.map { try CatalogLoading.department($0, in: catalog) },
      role: role.role, audience: try audience.map { try CatalogLoading.audience($0, in: catalog) },
      dueBy: dueBy?.day, name: name, includesWithdrawn: withdrawn)
    try output.write(
      MatterListing.rows(
        selection.matters(of: catalog), of: catalog, department: selection.department, showsWithdrawals: withdrawn))
  }
}

import ArgumentParser
import Catalog
import Localization
import Reports

/// How a list of things is printed.
enum ListFormat: String, ExpressibleByArgument, CaseIterable { case table, csv, json }

struct ListFormatOption: ParsableArguments {
  @Option(help: ArgumentHelp(say("输出格式。", "How it is printed."), valueName: "table|csv|json"))
  var format: ListFormat = .table

  /// Prints a listing to standard output.
  func write<Rows>(_ listing: Listing<Rows>) throws {
    try Console.output(to: nil) { writer in
      switch format {
      case .table:
        try listing.writeTable(
          language: Console.language, style: TextStyle(hasColor: Console.takesColour(1), width: Console.width),
          to: writer)
      case .csv: try listing.writeCSV(to: writer)
      case .json: try listing.writeJSON(to: writer)
      }
    }
  }
}

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: say("列出“一件事”，可按部门、清单、类型、时限、名称筛选。", "List matters, by department, list, audience, due date or name."),
    discussion: say(
      """
      --department 可用部门的任何名称：市公安局、公安部门、public-security。
      --role 区分（中英文均可）：lead 牵头；responsible 负责本事项的关联事项；shared 共享，即负责从其他“一件事”共享来的事项；any 任一（默认）。
      """,
      """
      --department takes any name of the department: 市公安局, 公安部门, public-security.
      --role tells apart: lead; responsible for an item of the matter; shared, responsible for an item that the matter \
      shares from another; any (the default).
      """))

  enum RoleChoice: String, ExpressibleByArgument, CaseIterable {
    case lead, responsible, shared, any

    /// By its name, or as the lists' headings and the table print it.
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

  @Option(help: ArgumentHelp(say("部门的任一名称。", "A department, by any of its names."), valueName: "name"))
  var department: String?

  @Option(help: ArgumentHelp(say("部门的角色。", "The department's part."), valueName: "lead|responsible|shared|any"))
  var role: RoleChoice = .any

  @Option(help: ArgumentHelp(say("只列这份清单（first、second）。", "Only this list (first, second)."), valueName: "id"))
  var list: String?

  @Option(
    help: ArgumentHelp(
      say(
        "只列这类对象：individual 个人、enterprise 企业、legal-person 法人。",
        "Only this audience: individual, enterprise, legal-person."),
      valueName: "audience"))
  var audience: AudienceArgument?

  @Option(help: ArgumentHelp(say("只列在这一天或之前到期的。", "Only what is due on this day or before."), valueName: "YYYY-MM-DD"))
  var dueBy: DayArgument?

  @Option(help: ArgumentHelp(say("只列名称中含有这些字的。", "Only names that hold this text."), valueName: "text"))
  var name: String?

  @OptionGroup var output: ListFormatOption

  func validate() throws {
    if role != .any, department == nil {
      throw ValidationError(say("--role 要与 --department 一起使用。", "--role goes with --department."))
    }
  }

  func run() throws {
    let catalog = try CatalogLoading.loadForUse(common.catalogPath)
    let finder = try department.map { catalog.roleFinder(department: try CatalogLoading.department($0, in: catalog)) }
    let listIndex = try list.map { try CatalogLoading.list($0, in: catalog) }

    var rows: [(matter: Matter, roles: [Role])] = []
    for matter in catalog.matters {
      if let listIndex, matter.list != listIndex { continue }
      if let audience, matter.audience != audience.audience { continue }
      if let dueBy {
        guard let due = catalog.due(matter), due <= dueBy.day else { continue }
      }
      if let name, !catalog.text(matter.name).contains(name) { continue }
      var roles: [Role] = []
      if let finder {
        roles = finder.roles(in: matter)
        if roles.isEmpty { continue }
        if role != .any, !roles.contains(where: { $0.rawValue == role.rawValue }) { continue }
      }
      rows.append((matter, roles))
    }

    let listing = Listing(
      columns: [
        ListingColumn("id", LocalizedText(zh: "编号", en: "id")),
        ListingColumn("list", LocalizedText(zh: "清单", en: "list"), isForPrograms: true),
        ListingColumn("number", LocalizedText(zh: "序号", en: "number"), isNumber: true, isForPrograms: true),
        ListingColumn("audience", LocalizedText(zh: "类型", en: "audience")),
        ListingColumn("name", LocalizedText(zh: "名称", en: "name")),
        ListingColumn("lead", LocalizedText(zh: "牵头部门", en: "lead")),
        ListingColumn("deadline", LocalizedText(zh: "完成时限", en: "deadline")),
        ListingColumn("due", LocalizedText(zh: "到期日", en: "due")),
        ListingColumn("roles", LocalizedText(zh: "本部门角色", en: "roles"), isForPrograms: finder == nil),
      ],
      rows: rows.lazy.map { row -> [ListingCell] in
        let matter = row.matter
        return [
          .text(catalog.id(matter)),
          .text(matter.list.map { catalog.lists[$0].id }),
          .number(matter.number),
          matter.audience.map { .term($0.rawValue, LocalizedText(zh: $0.printed, en: $0.rawValue)) } ?? .none,
          .text(catalog.text(matter.name)),
          .texts(catalog.shortNames(matter.lead)),
          .text(catalog.text(matter.deadline)),
          .text(catalog.due(matter)?.description),
          .terms(row.roles.map(\.rawValue), Self.words(row.roles)),
        ]
      })
    try output.write(listing)
  }

  private static func words(_ roles: [Role]) -> LocalizedText {
    let words = roles.map { role in
      switch role {
      case .lead: LocalizedText(zh: "牵头", en: "lead")
      case .responsible: LocalizedText(zh: "负责", en: "responsible")
      case .shared: LocalizedText(zh: "共享项负责", en: "shared")
      }
    }
    return LocalizedText(
      zh: words.map(\.zh).joined(separator: "、"), en: words.map(\.en).joined(separator: ", "))
  }
}

/// An audience as an argument: its id or the printed word.
struct AudienceArgument: ExpressibleByArgument {
  var audience: Audience
  init?(argument: String) {
    guard let audience = Audience(argument) else { return nil }
    self.audience = audience
  }

  static var allValueStrings: [String] { Audience.allCases.map(\.rawValue) }
}

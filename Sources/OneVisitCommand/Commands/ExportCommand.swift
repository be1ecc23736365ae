import ArgumentParser
import AtomicFiles
import CSVFormat
import Catalog
import Interchange
import Localization

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: localized("导出为 XML、CSV、JSON 或 Excel 工作簿。", "Export the catalog as XML, CSV, JSON or a workbook."),
    subcommands: [XML.self, CSV.self, JSON.self, XLSX.self])

  @OptionGroup var languageOption: LanguageOption

  /// The options of all export formats.
  struct Options: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @OptionGroup var tableOption: TableOption

    @Option(
      name: .shortAndLong,
      help: ArgumentHelp(localized("写入文件（默认标准输出）。", "Write to a file (default: standard output)."), valueName: "file"),
      completion: .file())
    var output: String?

    @Option(help: ArgumentHelp(localized("只导出这份清单。", "Only this list."), valueName: "id"))
    var list: String?

    @Option(
      help: ArgumentHelp(
        localized("只导出该部门（任一名称）牵头或负责的事项。", "Only matters that this department leads or is responsible for."),
        valueName: "name"))
    var department: String?

    @Option(help: ArgumentHelp(localized("只导出这类对象。", "Only this audience."), valueName: "audience"))
    var audience: String?

    @Flag(
      help: ArgumentHelp(
        localized(
          "每件事写出内容的哈希值（SHA-256），供平台判断是否有变。",
          "Write the content hash (SHA-256) of each matter, by which a portal sees what changed.")))
    var hashes = false

    /// Exports the catalog or a selection. Whether this is possible is checked before anything is written.
    func run(as format: ExportFormat) throws {
      let catalog = try CatalogLoading.loadForUse(common.catalogPath, reading: tableOption.reading(selected: list))
      // If the table of lists is missing, the catalog is at fault and not the argument.
      if list != nil, catalog.isMissing(.lists) { _ = try ExportRequest(catalog, as: .json) }
      let selection = Selection(
        list: try list.map { try CatalogLoading.list($0, in: catalog) },
        department: try department.map { try CatalogLoading.department($0, in: catalog) },
        audience: try audience.map { try CatalogLoading.audience($0, in: catalog) })
      var request: ExportRequest
      do throws(ExportRefusal) {
        request = try ExportRequest(catalog, selection, as: format)
      } catch {
        guard error.isUsage else { throw error }
        throw UsageError(zh: error.explanation.zh, en: error.explanation.en)
      }
      request.hasHashes = hashes
      let checked = request
      try Console.output(to: output) { writer in try checked.write(to: writer) }
    }
  }

  struct XML: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "xml",
      abstract: localized(
        "导出 XML（schemas/service-catalog.xsd），供政务服务网等平台使用。",
        "Export XML (schemas/service-catalog.xsd) for service portals."))

    @OptionGroup var options: Options

    @Flag(
      help: ArgumentHelp(
        localized(
          "把共享的事项写进每件事（供不能处理 includes 的平台）。",
          "Copy shared items into each matter, for portals that do not support includes.")))
    var expand = false

    func run() throws {
      try options.run(as: .xml(isExpanded: expand))
    }
  }

  struct CSV: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "csv",
      abstract: localized(
        "导出 CSV：平铺（每个事项一行）或与文件附件相同的版式。",
        "Export CSV: one row for each item, or the layout of the notice's annex."))

    enum Layout: String, ExpressibleByArgument, CaseIterable { case flat, official }

    @OptionGroup var options: Options

    @Option(
      help: ArgumentHelp(
        localized("版式：flat 平铺；official 附件版式（要用 --list 指定清单）。", "The layout: flat, or official (needs --list)."),
        valueName: "flat|official"))
    var layout: Layout = .flat

    @Flag(help: ArgumentHelp(localized("加 BOM，便于电子表格识别 UTF-8。", "Write a byte order mark, for spreadsheets.")))
    var bom = false

    @Option(
      help: ArgumentHelp(
        localized("编码：utf-8、gb18030 或 utf-16。", "Encoding: utf-8, gb18030 or utf-16."), valueName: "encoding"))
    var encoding: EncodingArgument?

    func run() throws {
      if layout == .official, options.hashes {
        throw UsageError(
          zh: "附件版式没有放哈希值的列，--hashes 只用于平铺版式。请去掉 --hashes 或 --layout official。",
          en: "the layout of the annex has no column for hashes; --hashes is for the flat layout. Omit one of the two.")
      }
      let csv = CSVOptions(byteOrderMark: bom, encoding: encoding?.encoding ?? .utf8)
      try options.run(as: layout == .flat ? .flatCSV(csv) : .officialCSV(csv))
    }
  }

  struct XLSX: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "xlsx",
      abstract: localized(
        "导出 Excel 工作簿：每张表一个工作表，或与文件附件相同的版式。",
        "Export a workbook: a sheet for each table, or the layout of the notice's annex."))

    enum Layout: String, ExpressibleByArgument, CaseIterable { case tables, official }

    @OptionGroup var options: Options

    @Option(
      help: ArgumentHelp(
        localized(
          "版式：tables 每张表一个工作表；official 附件版式（要用 --list 指定清单）。",
          "The layout: tables, a sheet for each table, or official (needs --list)."),
        valueName: "tables|official"))
    var layout: Layout = .tables

    func run() throws {
      try Console.refuseTerminal(options.output)
      try options.run(as: layout == .tables ? .workbook : .officialWorkbook)
    }
  }

  struct JSON: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "json",
      abstract: localized("导出 JSON（schemas/catalog.schema.json）。", "Export JSON (schemas/catalog.schema.json)."))

    @OptionGroup var options: Options

    func run() throws {
      try options.run(as: .json)
    }
  }
}

/// An encoding as an argument.
struct EncodingArgument: ExpressibleByArgument {
  var encoding: TextEncoding

  init?(argument: String) {
    guard let encoding = TextEncoding(named: argument) else { return nil }
    self.encoding = encoding
  }

  static var allValueStrings: [String] { ["utf-8", "gb18030", "utf-16"] }
}

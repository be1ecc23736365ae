import ArgumentParser
import Catalog
import Localization
import Reports

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: localized("显示一件事的全部内容，包括共享来的事项。", "One matter in full, with the items it shares from another."))

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, html }

  @OptionGroup var common: CommonOptions
  @OptionGroup var listFile: ListFileOptions

  @Argument(
    help: ArgumentHelp(
      localized(
        "编号（如 2-037），或名称、名称中不致混淆的一部分。", "The matter's id, such as 2-037, or its name or an unambiguous part of it."),
      valueName: localized("事项", "matter")))
  var id: String

  @Option(help: ArgumentHelp(localized("输出格式。", "The output format."), valueName: "text|json|html"))
  var format: Format = .text

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(localized("写入文件（默认标准输出）。", "Write to a file (default: standard output)."), valueName: "file"),
    completion: .file())
  var output: String?

  func run() throws {
    let catalog = try CatalogLoading.loadForUse(common.catalogPath, reading: listFile.reading)
    let matter = try CatalogLoading.matter(id, in: catalog)
    let style = output == nil || output == "-" ? Console.style : TextStyle()
    try Console.output(to: output) { writer in
      switch format {
      case .text:
        try MatterPage.writeText(matter, in: catalog, language: Console.language, style: style, to: writer)
      case .html: try MatterPage.writeHTML(matter, in: catalog, language: Console.language, to: writer)
      case .json:
        try MatterPage.writeJSON(matter, in: catalog, language: Console.language, to: writer)
      }
    }
  }
}

import ArgumentParser
import Catalog
import Localization
import Reports

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: say("显示一件事的全部内容，包括共享来的事项。", "One matter whole, with the items it shares from another."))

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @OptionGroup var common: CommonOptions

  @Argument(help: ArgumentHelp(say("编号，如 2-037。", "The matter's id, such as 2-037."), valueName: "id"))
  var id: String

  @Option(help: ArgumentHelp(say("输出格式。", "How it is printed."), valueName: "text|json"))
  var format: Format = .text

  func run() throws {
    let catalog = try CatalogLoading.loadForUse(common.catalogPath)
    guard let matter = catalog.matter(id: id) ?? catalog.matter(id: String(id.prefix { $0 != "." })) else {
      // One number is not nearer to another than a third: only the same id written otherwise is meant.
      let nearest = catalog.matterID(writtenAs: id)
      throw ValidationError(
        say(
          "目录中没有 \(id)。\(nearest.map { "是不是 \($0)？" } ?? "")用 onevisit list 查看全部编号。",
          "there is no matter \(id) in the catalog.\(nearest.map { " Did you mean \($0)?" } ?? "") `onevisit list` shows all ids."
        ))
    }
    try Console.output(to: nil) { writer in
      switch format {
      case .text:
        try MatterPage.writeText(
          matter, in: catalog, language: Console.language,
          style: TextStyle(hasColor: Console.takesColour(1), width: Console.width), to: writer)
      case .json:
        try MatterPage.writeJSON(matter, in: catalog, language: Console.language, to: writer)
      }
    }
  }
}

import ArgumentParser
import Catalog
import Files
import Validator
import Wording

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: say("检查目录。", "Check a catalog."))

  @OptionGroup var common: CommonOptions

  @Argument(help: ArgumentHelp(say("要检查的目录。", "The catalog to check."), valueName: "path"))
  var path: String?

  func run() throws {
    let catalog = CatalogLoading.load(path ?? common.catalogPath)
    let result = Validation(catalog, options: ValidationOptions(day: .today))
    for finding in result.findings { print(finding.rule, finding.message[Console.language]) }
  }
}

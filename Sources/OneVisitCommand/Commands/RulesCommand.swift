import ArgumentParser
import Catalog
import Localization
import Reports
import Validator

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: localized(
      "规则手册；或一条规则的原因、依据、示例和处理建议。", "The rule book; or one rule with its reason, source, fix and examples."))

  @OptionGroup var languageOption: LanguageOption

  @Argument(
    help: ArgumentHelp(localized("规则名，如 number-gap。", "A rule, such as number-gap."), valueName: "rule"),
    completion: .list(RuleBook.rules.map(\.id)))
  var rule: String?

  @OptionGroup var output: ListFormatOption

  func run() throws {
    guard let id = rule else {
      try output.write(RuleBookPages.listing())
      return
    }
    let rule = try RuleArguments.rule(id)
    if output.format == .table {
      try Console.output(to: nil) { writer in
        try RuleBookPages.writeText(
          rule, language: Console.language, style: Console.style, to: writer)
      }
    } else {
      try output.write(RuleBookPages.listing([rule]))
    }
  }
}

/// Rules named on the command line.
enum RuleArguments {
  /// - Throws: a usage error with the nearest rule if there is none of that name.
  static func rule(_ id: String) throws(UsageError) -> Rule {
    if let rule = RuleBook.rule(id) { return rule }
    let nearest = LocalizedText.suggestion(Nearness.nearest(to: id, among: RuleBook.rules.map(\.id)))
    throw UsageError(
      zh: "没有规则“\(id)”。\(nearest.zh)全部规则见 `onevisit rules`。",
      en: "there is no rule “\(id)”.\(nearest.en) `onevisit rules` lists all.")
  }

  /// The ids of options that may be repeated, each with one or several ids separated by commas.
  static func ids(_ arguments: [String]) throws(UsageError) -> Set<String> {
    var ids: Set<String> = []
    for argument in arguments {
      for id in argument.split(separator: ",") { ids.insert(try rule(String(id)).id) }
    }
    return ids
  }
}

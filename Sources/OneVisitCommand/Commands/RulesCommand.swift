import ArgumentParser
import Catalog
import Localization
import Reports
import Validator

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: say(
      "规则手册；或一条规则的原因、依据、示例和改法。", "The rule book; or one rule with its reason, source, examples and how to mend."))

  @Option(
    help: ArgumentHelp(
      say("信息的语言：zh 或 en（默认随系统）。", "Language of messages: zh or en (default: the locale's)."), valueName: "zh|en"))
  var language: CommonOptions.LanguageName?

  @Argument(
    help: ArgumentHelp(say("规则名，如 number-gap。", "A rule, such as number-gap."), valueName: "rule"),
    completion: .list(RuleBook.rules.map(\.id)))
  var rule: String?

  @OptionGroup var output: ListFormatOption

  func run() throws {
    guard let id = rule else {
      try output.write(RuleBookPages.listing())
      return
    }
    guard let rule = RuleBook.rule(id) else {
      let nearest = Nearness.nearest(to: id, among: RuleBook.rules.map(\.id))
      throw ValidationError(
        say(
          "没有规则“\(id)”。\(nearest.map { "是不是“\($0)”？" } ?? "")用 onevisit rules 查看全部规则。",
          "there is no rule “\(id)”.\(nearest.map { " Did you mean “\($0)”?" } ?? "") `onevisit rules` lists them all.")
      )
    }
    if output.format == .table {
      try Console.output(to: nil) { writer in
        try RuleBookPages.writeText(
          rule, language: Console.language,
          style: TextStyle(hasColor: Console.takesColour(1), width: Console.width), to: writer)
      }
    } else {
      try output.write(RuleBookPages.listing([rule]))
    }
  }
}

/// A rule: what it finds, why that matters, what to do, and for a rule of your own the check.
///
/// ```swift
/// let rule = Rule(
///   id: "short-name", severity: .warning,
///   title: LocalizedText(zh: "名称过短", en: "a very short name"),
///   reason: LocalizedText(zh: "过短的名称不易查找。", en: "A very short name is hard to search for."),
///   fix: LocalizedText(zh: "写出完整名称。", en: "Write out the name."),
///   check: .eachMatter { matter, context in
///     guard matter.name.count < 3 else { return }
///     context.report(
///       matter, at: .name,
///       LocalizedText(zh: "“\(matter.name)”过短", en: "“\(matter.name)” is very short"))
///   })
/// ```
public struct Rule: Sendable, Identifiable {
  /// How a rule of your own looks at a catalog. A check must not depend on anything but its arguments; checks of
  /// different rules may run on different threads.
  public enum Check: Sendable {
    /// Runs once for every matter.
    case eachMatter(@Sendable (Matter, RuleContext) -> Void)
    /// Runs once for every item.
    case eachItem(@Sendable (Item, RuleContext) -> Void)
    /// Runs once.
    case catalog(@Sendable (RuleContext) -> Void)

    var core: Core.Check {
      switch self {
      case .eachMatter(let check):
        .matter { check(Matter($0, in: $1.catalog), RuleContext($1)) }
      case .eachItem(let check):
        .item { check(Item($0, in: $1.catalog), RuleContext($1)) }
      case .catalog(let check):
        .catalog { check(RuleContext($0)) }
      }
    }
  }

  let core: Core.Rule

  init(_ core: Core.Rule) { self.core = core }

  /// Creates a rule of your own.
  ///
  /// - Parameters:
  ///   - id: small letters, digits and hyphens; waivers and settings name the rule by it.
  ///   - severity: how serious its findings are, unless the catalog's `datapackage.json` sets another severity.
  ///   - title: what it finds, in one line.
  ///   - reason: why that matters.
  ///   - source: the paragraph of the notice, or another source, that it follows.
  ///   - fix: what to do about a finding, unless the finding says it more precisely.
  ///   - check: the check.
  public init(
    id: String, severity: Severity, title: LocalizedText, reason: LocalizedText,
    source: LocalizedText = LocalizedText(zh: "", en: ""), fix: LocalizedText, check: Check
  ) {
    core = Core.Rule(
      id: id, group: .custom, severity: severity.core, title: title.core, reason: reason.core, source: source.core,
      fix: fix.core, triggers: [], passes: [], check: check.core)
  }

  /// The built-in rules, in the order of the rule book (`docs/rules.md`).
  public static let builtIn: [Rule] = Core.RuleBook.rules.map(Rule.init)

  /// The built-in rule of that id.
  public static func builtIn(_ id: String) -> Rule? { Core.RuleBook.rule(id).map(Rule.init) }

  /// The id, such as `number-gap`.
  public var id: String { core.id }
  /// How serious its findings are, unless the catalog sets another severity.
  public var severity: Severity { Severity(core.severity) }
  /// The part of the rule book that it belongs to.
  public var group: LocalizedText { LocalizedText(core.group.title) }
  /// What it finds, in one line.
  public var title: LocalizedText { LocalizedText(core.title) }
  /// Why that matters.
  public var reason: LocalizedText { LocalizedText(core.reason) }
  /// The paragraph that it follows; § cites 九府办字〔2022〕128号.
  public var source: LocalizedText { LocalizedText(core.source) }
  /// What to do about its findings.
  public var fix: LocalizedText { LocalizedText(core.fix) }
  /// Whether its findings depend on the day, so that they cannot be waived for good.
  public var dependsOnDay: Bool { core.dependsOnDay }
}

import Catalog

/// Stage 1 of a validation: which rules are run, with which severity and settings, and which waivers apply.
struct ValidationPlan {
  struct PlannedRule {
    var rule: Rule
    /// The catalog's severity for it, or its own.
    var severity: Severity
    var settings: Settings.RuleSettings

    /// Whether the rule runs after all others, because it judges the waivers that they used.
    var judgesWaivers: Bool {
      if case .waivers = rule.check { true } else { false }
    }
  }

  /// In the order of the rule book.
  var rules: [PlannedRule]
  var waivers: [Waiver]
  /// The ids of rules that are not in the rule book: a program's own.
  var customRules: Set<String>
  /// Nothing could be read as a catalog: only the rules about reading issues are run.
  var isUnreadable: Bool
  /// The findings are recorded as waivers.
  var recordsWaivers: Bool

  /// The rules that report the issues which are fatal (`ReadingIssue.isFatal`).
  static let reportingUnreadable: Set<String> = [
    "unreadable-catalog", "refused-doctype", "missing-header", "xml-syntax",
  ]

  init(_ catalog: Catalog, options: ValidationOptions, rules: [Rule]) {
    let isUnreadable = catalog.isUnreadable
    self.isUnreadable = isUnreadable
    recordsWaivers = options.recordsWaivers
    waivers = options.appliesWaivers && !isUnreadable ? catalog.waivers : []
    customRules = Set(rules.lazy.filter { $0.group == .custom }.map(\.id))
    self.rules = rules.compactMap { rule in
      // Why nothing could be read is always reported, whatever rules were asked for.
      if isUnreadable, ValidationPlan.reportingUnreadable.contains(rule.id) {
        return PlannedRule(rule: rule, severity: rule.severity, settings: Settings.RuleSettings())
      }
      if !options.only.isEmpty, !options.only.contains(rule.id) { return nil }
      if options.skip.contains(rule.id) { return nil }
      let settings = catalog.settings.rules[rule.id] ?? Settings.RuleSettings()
      if settings.isOff { return nil }
      if isUnreadable {
        guard case .issue = rule.check else { return nil }
      }
      return PlannedRule(
        rule: rule, severity: settings.severity.flatMap(Severity.init(rawValue:)) ?? rule.severity, settings: settings)
    }
  }

  /// Whether a rule asks for texts by their traits, so that the texts have to be scanned.
  var needsTexts: Bool {
    rules.contains { if case .text = $0.rule.check { true } else { false } }
  }
}

import Catalog
import Deadlines
import Localization

/// What a rule's check works with: the catalog, the date, the rule's settings, and where it reports its findings.
package final class RuleContext {
  package let catalog: Catalog
  /// The date that the catalog is checked for; no rule reads the clock.
  package let day: Day
  package let rule: Rule
  /// The rule's severity in this catalog.
  package let severity: Severity
  /// The ids of the rules that waivers and settings may name besides those of the rule book: a program's own.
  let customRules: Set<String>

  private let settings: Settings.RuleSettings
  private let waivers: WaiverIndex?
  private(set) var collector: FindingCollector
  /// The rule cannot judge this catalog, so that its waivers are not judged either.
  private(set) var isNotApplicable = false

  init(
    _ planned: ValidationPlan.PlannedRule, ordinal: Int, catalog: Catalog, day: Day, waivers: WaiverIndex?, cap: Int,
    customRules: Set<String> = []
  ) {
    self.customRules = customRules
    rule = planned.rule
    severity = planned.severity
    settings = planned.settings
    self.catalog = catalog
    self.day = day
    self.waivers = waivers
    collector = FindingCollector(rule: ordinal, cap: cap)
  }

  /// The value of one of this rule's settings: the catalog's, or the default.
  package subscript(setting: Rule.Setting) -> Int { setting.value(in: settings) }

  /// The value of a setting of another rule.
  package func value(of setting: Rule.Setting, in rule: Rule) -> Int {
    setting.value(in: catalog.settings.rules[rule.id] ?? Settings.RuleSettings())
  }

  /// Records that the rule cannot judge this catalog because something it needs is missing.
  package func markNotApplicable() { isNotApplicable = true }

  /// Reports a finding. Beyond the cap it is only counted: its message, fix and related positions are not made.
  ///
  /// - Parameters:
  ///   - subject: what the finding is about, and what a waiver names.
  ///   - position: where it is.
  ///   - related: other positions that belong to it.
  ///   - message: what is wrong, with the names and values concerned.
  ///   - fix: what to do; nil for the rule's own advice.
  package func report(
    _ subject: Subject, at position: SourcePosition,
    related: @autoclosure () -> [(subject: Subject, position: SourcePosition)] = [],
    _ message: @autoclosure () -> LocalizedText, fix: @autoclosure () -> LocalizedText? = nil
  ) {
    let waiver = waivers?.waiver(for: subject, in: catalog)
    guard collector.count(waiver) else { return }
    collector.keep(
      subject, at: position, message: message(), fix: fix(), related: related(), waiver: waiver?.first)
  }

  /// The result of the run; the context holds no drafts afterwards, so that they are never held twice.
  func takeOutcome(nanoseconds: UInt64) -> RuleOutcome {
    RuleOutcome(
      open: collector.open, waived: collector.waived, drafts: collector.takeDrafts(),
      usedWaivers: collector.usedWaivers, isNotApplicable: isNotApplicable, nanoseconds: nanoseconds)
  }
}

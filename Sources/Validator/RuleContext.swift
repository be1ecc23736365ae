import Catalog
import Deadlines
import Localization

/// A rule at work on a catalog: what it may ask, and where it reports what it finds.
package final class RuleContext {
  package let catalog: Catalog
  /// The day asked about: no rule looks at the clock.
  package let day: Day
  package let rule: Rule
  /// The rule's severity in this catalog.
  package let severity: Severity
  /// The ids of the rules that waivers and settings may name besides those of the rule book: a program's own.
  let customRules: Set<String>

  private let settings: Settings.RuleSettings
  private let waivers: WaiverIndex?
  private let cap: Int

  /// How many findings there were, waived ones apart; kept or not.
  private(set) var count = 0
  private(set) var waivedCount = 0
  private(set) var kept: [Draft] = []
  private var keptOpen = 0
  private var keptWaived = 0
  /// Which waivers were used.
  private(set) var usedWaivers: Set<Int> = []

  /// A finding whose position has not been looked up yet.
  struct Draft {
    var rule: Int
    var subject: Subject
    var position: SourcePosition
    var message: LocalizedText
    var fix: LocalizedText?
    var related: [(subject: Subject, position: SourcePosition)]
    var waiver: Int?
    var order: Int
  }

  init(
    rule: Rule, catalog: Catalog, day: Day, severity: Severity, settings: Settings.RuleSettings, waivers: WaiverIndex?,
    cap: Int, customRules: Set<String> = []
  ) {
    self.rule = rule
    self.catalog = catalog
    self.day = day
    self.severity = severity
    self.settings = settings
    self.waivers = waivers
    self.cap = cap
    self.customRules = customRules
  }

  /// A number that the catalog sets for this rule, or the rule's own (`Rule.settings`).
  package func setting(_ name: String) -> Int {
    settings.values[name] ?? rule.settings.first { $0.name == name }?.standard ?? 0
  }

  /// The rule could not judge this catalog, so that a waiver of it that covers nothing is not told as unused.
  private(set) var isNotApplicable = false

  /// Says that the rule cannot judge this catalog, for want of what it goes by.
  package func markNotApplicable() { isNotApplicable = true }

  /// Hands over what was kept, and keeps it no longer.
  func takeKept() -> [Draft] {
    defer { kept = [] }
    return kept
  }

  /// Tells a finding. Beyond the cap it is only counted: its message and what belongs to it are never made.
  ///
  /// - Parameters:
  ///   - subject: what it is about; a waiver names it.
  ///   - position: where it stands.
  ///   - related: other positions that belong to it.
  ///   - message: what is wrong, with the names and values at hand.
  ///   - fix: what to do, where the rule's own advice can be made plainer.
  package func report(
    _ subject: Subject, at position: SourcePosition,
    related: @autoclosure () -> [(subject: Subject, position: SourcePosition)] = [],
    _ message: @autoclosure () -> LocalizedText, fix: @autoclosure () -> LocalizedText? = nil
  ) {
    let waiver = waivers?.waiver(for: subject, in: catalog)
    if let waiver {
      usedWaivers.formUnion(waiver.all)
      waivedCount += 1
      guard keptWaived < cap else { return }
      keptWaived += 1
    } else {
      count += 1
      guard keptOpen < cap else { return }
      keptOpen += 1
    }
    kept.append(
      Draft(
        rule: 0, subject: subject, position: position, message: message(), fix: fix(), related: related(),
        waiver: waiver?.first, order: kept.count))
  }
}

import Catalog
import Wording

/// A rule at work on a catalog: what it may ask, and where it tells what it finds.
public final class Inspection {
  public let catalog: Catalog
  /// The day asked about: no rule looks at the clock.
  public let day: Day
  public let rule: Rule
  /// The rule's severity in this catalog.
  public let severity: Severity

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

  /// A finding whose place has not been looked up yet.
  struct Draft {
    var rule: Int
    var subject: Subject
    var place: Place
    var message: Bilingual
    var remedy: Bilingual?
    var related: [(subject: Subject, place: Place)]
    var waiver: Int?
    var order: Int
  }

  init(
    rule: Rule, catalog: Catalog, day: Day, severity: Severity, settings: Settings.RuleSettings, waivers: WaiverIndex?,
    cap: Int
  ) {
    self.rule = rule
    self.catalog = catalog
    self.day = day
    self.severity = severity
    self.settings = settings
    self.waivers = waivers
    self.cap = cap
  }

  /// A number that the catalog sets for this rule, or the rule's own (`Rule.settings`).
  public func setting(_ name: String) -> Int {
    settings.values[name] ?? rule.settings.first { $0.name == name }?.standard ?? 0
  }

  /// The rule could not judge this catalog, so that a waiver of it that covers nothing is not told as unused.
  private(set) var isPassedOver = false

  /// Says that the rule cannot judge this catalog, for want of what it goes by.
  public func passOver() { isPassedOver = true }

  /// Hands over what was kept, and keeps it no longer.
  func takeKept() -> [Draft] {
    defer { kept = [] }
    return kept
  }

  /// Tells a finding. Beyond the cap it is only counted: its message and what belongs to it are never made.
  ///
  /// - Parameters:
  ///   - subject: what it is about; a waiver names it.
  ///   - place: where it stands.
  ///   - related: other places that belong to it.
  ///   - message: what is wrong, with the names and values at hand.
  ///   - remedy: what to do, where the rule's own advice can be made plainer.
  public func report(
    _ subject: Subject, at place: Place, related: @autoclosure () -> [(subject: Subject, place: Place)] = [],
    _ message: @autoclosure () -> Bilingual, remedy: @autoclosure () -> Bilingual? = nil
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
        rule: 0, subject: subject, place: place, message: message(), remedy: remedy(), related: related(),
        waiver: waiver?.first, order: kept.count))
  }
}

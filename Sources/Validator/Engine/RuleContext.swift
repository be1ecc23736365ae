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
  private let analyses: SharedAnalyses

  private let settings: Settings.RuleSettings
  private let waivers: WaiverIndex?
  /// Which waivers cover a finding, kept or not; see `WaiverIndex`.
  private var waiverSlots: Set<Int> = []
  /// What the waivers cover that say how much they cover, by their index in `Catalog.waivers`.
  private var covered: [Int: Set<String>] = [:]
  private(set) var collector: FindingCollector
  /// The findings that an older edition has too; nil if none was given.
  private var knownCollector: FindingCollector?
  private var baseline: RuleBaseline?
  /// The identities of the findings, where they are asked for.
  private(set) var identities: RuleBaseline?
  /// The rule cannot judge this catalog, so that its waivers are not judged either.
  private(set) var isNotApplicable = false

  /// The number of the id that `matter(id:)` was asked for last.
  private var lastID = 0

  /// The first matter with an id; issues mostly name the matters in their order.
  func matter(id: String) -> Matter? { catalog.matter(id: id, after: &lastID) }

  /// The numbers of the matters in each list.
  var numbering: ListNumbering { analyses.numbering }
  /// What the rows and the distinct texts of the large tables show at a glance.
  var survey: RowSurvey { analyses.survey }
  var texts: TextSurvey { analyses.texts }
  /// The approvals that items assign to different departments.
  var conflicts: DepartmentConflicts { analyses.conflicts }
  var leadHandling: LeadHandling { analyses.leadHandling }

  /// The departments of the texts of a column.
  func departments(_ column: SharedAnalyses.DepartmentColumn) -> DepartmentsByText { analyses.departments(column) }

  /// A small table by columns; nil for matters and items.
  func smallTable(_ kind: TableKind) -> SmallTable? { analyses.smallTable(kind) }

  init(
    _ planned: ValidationPlan.PlannedRule, ordinal: Int, catalog: Catalog, _ analyses: SharedAnalyses, day: Day,
    waivers: WaiverIndex?, cap: Int, keepsWaived: Bool = true, customRules: Set<String> = [],
    baseline: Baseline? = nil, recordsIdentities: Bool = false
  ) {
    self.customRules = customRules
    self.analyses = analyses
    rule = planned.rule
    severity = planned.severity
    settings = planned.settings
    self.catalog = catalog
    self.day = day
    self.waivers = waivers
    collector = FindingCollector(
      rule: ordinal, cap: cap, keepsWaived: keepsWaived,
      keepsMatters: RuleDependencies.onOrder.contains(planned.rule.id))
    if let baseline {
      self.baseline = baseline.findings[planned.rule.id] ?? RuleBaseline()
      knownCollector = collector
    }
    if recordsIdentities { identities = RuleBaseline() }
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
  ///   - name: what findings with the same cause have in common, such as a name that no register has.
  ///   - related: other positions that belong to it.
  ///   - message: what is wrong, with the names and values concerned.
  ///   - fix: what to do; nil for the rule's own advice.
  ///   - corrected: the right text of the cell, where it is certain.
  package func report(
    _ subject: Subject, at position: SourcePosition, name: String? = nil,
    related: @autoclosure () -> [(subject: Subject, position: SourcePosition)] = [],
    _ message: @autoclosure () -> LocalizedText, fix: @autoclosure () -> LocalizedText? = nil,
    corrected: @autoclosure () -> String? = nil
  ) {
    let waiver = waivers?.waiver(for: subject, in: catalog, slots: &waiverSlots)
    let isKnown = isKnown(subject, at: position, isWaived: waiver != nil)
    // What an older edition has too is collected apart; a waived finding stays with the other waived ones.
    let isApart = isKnown && waiver == nil
    if let waiver {
      if waivers?.counted.contains(waiver) == true { covered[waiver, default: []].insert(subject.id(in: catalog)) }
    } else {
      if isApart {
        knownCollector?.group(subject, at: position, name: name)
      } else {
        collector.group(subject, at: position, name: name)
      }
    }
    let isKept =
      isApart ? knownCollector?.count(isWaived: false) == true : collector.count(isWaived: waiver != nil)
    guard isKept else {
      if rule.correction != nil, waiver == nil, !isApart,
        rule.isCorrectable(position, of: subject, in: catalog, corrected)
      {
        collector.countCorrectable()
      }
      return
    }
    var draft = FindingDraft(
      rule: collector.rule, order: 0, subject: subject, position: position, message: message(), fix: fix(),
      corrected: waiver == nil ? corrected() : nil, related: related(), waiver: waiver, name: name)
    draft.isKnown = isKnown
    if isApart { knownCollector?.keep(draft) } else { collector.keep(draft) }
  }

  /// Whether an older edition has the finding too.
  private func isKnown(_ subject: Subject, at position: SourcePosition, isWaived: Bool) -> Bool {
    guard baseline != nil || identities != nil else { return false }
    let identity = FindingIdentity(catalog).value(of: subject, at: position)
    identities?.add(identity, isWaived: isWaived)
    return baseline?.takes(identity, isWaived: isWaived) ?? false
  }

  /// What an older edition has too; nil if none was given.
  func takeKnownOutcome() -> RuleOutcome? {
    guard var known = knownCollector else { return nil }
    let outcome = RuleOutcome(
      open: known.open, waived: 0, drafts: known.takeDrafts(), columns: known.columns, names: known.names,
      matters: known.matters)
    knownCollector = known
    return outcome
  }

  /// The result of the run; the context holds no drafts afterwards, so that they are never held twice.
  func takeOutcome(nanoseconds: UInt64) -> RuleOutcome {
    RuleOutcome(
      open: collector.open, waived: collector.waived, drafts: collector.takeDrafts(),
      usedWaivers: waivers?.used(waiverSlots) ?? [], waiverCounts: covered.mapValues { $0.count },
      columns: collector.columns, names: collector.names,
      matters: collector.matters, correctable: collector.correctable, isNotApplicable: isNotApplicable,
      nanoseconds: nanoseconds)
  }
}

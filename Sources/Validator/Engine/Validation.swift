import AtomicFiles
import Catalog
import Deadlines

/// The options of a validation.
package struct ValidationOptions: Sendable {
  /// The date that the catalog is checked for.
  package var day: Day
  package var appliesWaivers = true
  /// Only these rules; empty for all.
  package var only: Set<String> = []
  /// Without these rules.
  package var skip: Set<String> = []
  /// How many findings of one rule are kept, open and waived counted separately; the others are only counted.
  package var cap = 1000
  /// Whether waived findings are kept; if not, they are only counted, which spares their messages.
  package var keepsWaived = true
  /// The findings are recorded as waivers: those that a missing table of waivers may have covered are open findings, and
  /// no consequences of the missing table.
  package var recordsWaivers = false
  /// Rules may run on two threads.
  package var isParallel = true

  /// Counts the rules that have run.
  package var progress: WorkProgress?

  /// The findings of an older edition: only what it does not have is a finding of this check.
  package var baseline: Baseline?

  package init(day: Day) { self.day = day }
}

/// The result of checking a catalog.
package struct Validation: Sendable {
  package struct Summary: Sendable, Hashable {
    package var matters = 0
    package var items = 0
    package var errors = 0
    package var warnings = 0
    package var notes = 0
    package var waived = 0
    /// Findings that follow from another one; they are in none of the other counts.
    package var consequences = 0
    /// How many of the errors, warnings and notes `validate --fix` corrects; none where it is refused.
    package var fixable = 0
  }

  /// The findings that an older edition has too; they are in none of the counts of the summary.
  package struct Known: Sendable {
    /// What the older edition was read from, as shown to people.
    package var edition: String
    /// Sorted as `findings` are, and capped likewise.
    package var findings: [Finding]
    package var count: Int
  }

  /// How many findings a rule has, and how many of them are in `findings`.
  package struct RuleCount: Sendable, Hashable {
    package var rule: String
    package var severity: Severity
    package var open: Int
    package var waived: Int
    package var kept: Int
    /// How many of the open ones are more severe, because something more severe follows from them.
    package var raised: [Severity: Int] = [:]

    package init(
      rule: String, severity: Severity, open: Int, waived: Int, kept: Int, raised: [Severity: Int] = [:]
    ) {
      self.rule = rule
      self.severity = severity
      self.open = open
      self.waived = waived
      self.kept = kept
      self.raised = raised
    }
  }

  /// What the catalog was read from, as shown to people.
  package var catalog: String
  package var day: Day
  /// Sorted by file, line, column and rule.
  package var findings: [Finding]
  /// The findings that follow from one of `findings`, sorted likewise. Not all are kept.
  package var consequences: [Finding] = []
  package var summary: Summary
  /// Nil if no older edition was given.
  package var known: Known?
  /// Rules with findings, in the order of the rule book.
  package var counts: [RuleCount]
  /// Nothing could be read as a catalog.
  package var isUnreadable: Bool
  /// Whether `validate --fix` takes what the catalog was read from.
  package var isFixable = true
  /// The time of each rule that was run, in nanoseconds, in the order of the rule book.
  package var timings: [(rule: String, nanoseconds: UInt64)]

  /// How many findings there are beyond those in `findings`.
  package var unshown: Int {
    counts.reduce(0) { $0 + $1.open + $1.waived - $1.kept }
  }
}

extension Validation {
  /// The findings as they are listed.
  package func shown(withConsequences: Bool) -> [Finding] {
    guard withConsequences, !consequences.isEmpty else { return findings }
    // Both are sorted; consequences come after the findings of their file.
    var rank: [String?: Int] = [:]
    for finding in findings + consequences where rank[finding.location?.file] == nil {
      rank[finding.location?.file] = rank.count
    }
    let all = (findings + consequences).enumerated()
    return all.sorted { a, b in
      let (first, second) = (rank[a.element.location?.file] ?? 0, rank[b.element.location?.file] ?? 0)
      return (first, a.offset) < (second, b.offset)
    }.map(\.element)
  }

  /// Checks a catalog: plans, runs the rules against the waivers, locates the findings and sums them up.
  package init(_ catalog: Catalog, options: ValidationOptions, rules: [Rule] = RuleBook.rules) {
    let plan = ValidationPlan(catalog, options: options, rules: rules)
    let run = RuleRunner(catalog: catalog, options: options).run(plan)
    var outcomes = run.outcomes
    counts = Validation.counts(plan, outcomes)
    summary = Summary(counts, matters: catalog.matters.count, items: catalog.items.count)
    summary.consequences = outcomes.reduce(0) { $0 + $1.consequences }
    timings = zip(plan.rules, outcomes).map { ($0.rule.id, $1.nanoseconds) }
    // Each list of drafts is taken out of its outcome: a million drafts are never in memory twice.
    var drafts: [FindingDraft] = []
    drafts.reserveCapacity(outcomes.reduce(0) { $0 + $1.drafts.count })
    for index in outcomes.indices { drafts += outcomes[index].takeDrafts() }
    let locator = FindingLocator(catalog: catalog, plan: plan, hasBaseline: options.baseline != nil)
    let located = locator.findings(drafts)
    findings = located.filter { $0.cause == nil }
    isFixable = catalog.origin.isFixable
    if isFixable {
      summary.fixable =
        outcomes.reduce(0) { $0 + $1.correctable } + findings.count { !$0.isWaived && $0.correction?.isSafe == true }
    }
    if let baseline = options.baseline {
      let kept = locator.findings(run.known.flatMap { $0.drafts.filter { $0.cause == nil } }.map(Validation.marked))
      known = Known(edition: baseline.name, findings: kept, count: run.known.reduce(0) { $0 + $1.open })
    }
    consequences = located.count == findings.count ? [] : located.filter { $0.cause != nil }
    self.catalog = catalog.origin.name
    day = options.day
    isUnreadable = plan.isUnreadable
  }

  /// A cause that an older edition has too, which the analysis of causes has made.
  private static func marked(_ draft: FindingDraft) -> FindingDraft {
    var draft = draft
    draft.isKnown = true
    return draft
  }

  /// Stage 5 of a validation: the counts of the rules that found something.
  static func counts(_ plan: ValidationPlan, _ outcomes: [RuleOutcome]) -> [RuleCount] {
    zip(plan.rules, outcomes).compactMap { planned, outcome in
      guard outcome.open + outcome.waived > 0 else { return nil }
      return RuleCount(
        rule: planned.rule.id, severity: planned.severity, open: outcome.open, waived: outcome.waived,
        kept: outcome.drafts.count { $0.cause == nil }, raised: outcome.raised)
    }
  }
}

extension Validation.Summary {
  /// Stage 5 of a validation: the totals.
  init(_ counts: [Validation.RuleCount], matters: Int, items: Int) {
    self.matters = matters
    self.items = items
    for count in counts {
      waived += count.waived
      add(count.open - count.raised.values.reduce(0, +), count.severity)
      for (severity, number) in count.raised { add(number, severity) }
    }
  }

  private mutating func add(_ count: Int, _ severity: Severity) {
    switch severity {
    case .error: errors += count
    case .warning: warnings += count
    case .note: notes += count
    }
  }
}

import AtomicFiles
import Catalog
import Platform

/// The result of one rule's run.
struct RuleOutcome {
  /// How many findings are not waived, and how many are; kept or not.
  var open = 0
  var waived = 0
  var drafts: [FindingDraft] = []
  /// Waivers that cover a finding of the rule, by their index in `Catalog.waivers`.
  var usedWaivers: Set<Int> = []
  /// How many subjects those of them cover that say how many they cover.
  var waiverCounts: [Int: Int] = [:]
  /// The open findings by column and by name.
  var columns: [FindingColumn: FindingGroup] = [:]
  var names = NamedFindings()
  /// The matters of the open findings, of rules that judge a matter by its neighbours or its items.
  var matters: [Int32] = []
  /// How many of the open ones that are not kept can be corrected.
  var correctable = 0
  /// How many of the open findings have the severity of what follows from them, by that severity.
  var raised: [Severity: Int] = [:]
  /// How many findings follow from another finding; they are not in `open`.
  var consequences = 0
  /// The rule could not judge this catalog.
  var isNotApplicable = false
  var nanoseconds: UInt64 = 0

  mutating func takeDrafts() -> [FindingDraft] {
    defer { drafts = [] }
    return drafts
  }
}

/// Stage 2 of a validation: runs the planned rules. Findings are matched with the waivers (stage 3, `WaiverIndex`) as
/// they are reported, so that a message is made only for a finding that is kept.
struct RuleRunner {
  let catalog: Catalog
  let options: ValidationOptions
  private let analyses: SharedAnalyses

  init(catalog: Catalog, options: ValidationOptions) {
    self.catalog = catalog
    self.options = options
    analyses = SharedAnalyses(catalog)
  }

  private func contexts(_ plan: ValidationPlan, recordsIdentities: Bool = false) -> [RuleContext] {
    // A few rules may not need what all together do.
    if isLarge, plan.rules.count > 10 { analyses.prepare() }
    let waivers = Dictionary(grouping: plan.waivers.indices) { plan.waivers[$0].rule }
    return plan.rules.enumerated().map { ordinal, planned in
      RuleContext(
        planned, ordinal: ordinal, catalog: catalog, analyses, day: options.day,
        waivers: waivers[planned.rule.id].flatMap { WaiverIndex($0, of: plan.waivers) }, cap: options.cap,
        keepsWaived: options.keepsWaived, customRules: plan.customRules, baseline: options.baseline,
        recordsIdentities: recordsIdentities)
    }
  }

  /// The identities of all findings of each planned rule, for a `Baseline`.
  func identities(_ plan: ValidationPlan) -> [RuleBaseline] {
    let contexts = contexts(plan, recordsIdentities: true)
    _ = run(plan, contexts)
    return contexts.map { $0.identities ?? RuleBaseline() }
  }

  /// - Returns: the outcomes, in the order of the plan; and those of findings that an older edition has too, empty if none
  ///   was given.
  func run(_ plan: ValidationPlan) -> (outcomes: [RuleOutcome], known: [RuleOutcome]) {
    run(plan, contexts(plan))
  }

  private func run(
    _ plan: ValidationPlan, _ contexts: [RuleContext]
  ) -> (outcomes: [RuleOutcome], known: [RuleOutcome]) {
    let texts = TextScan(catalog, analyses, isNeeded: plan.needsTexts)
    var outcomes = [RuleOutcome](repeating: RuleOutcome(), count: contexts.count)
    options.progress?.begin(.checking, total: contexts.count)
    defer { options.progress?.end() }

    forEach(order(plan), parallel: isLarge) { index in
      let start = Clock.now
      runCheck(contexts[index], texts)
      options.progress?.advance(by: 1)
      return Clock.now - start
    } store: { index, time in
      outcomes[index] = contexts[index].takeOutcome(nanoseconds: time)
    }

    var causes = CauseAnalysis(catalog, plan, outcomes)
    causes.run()
    outcomes = causes.outcomes
    // What an older edition has too is explained among itself: a cause is new if what follows from it is.
    var known = CauseAnalysis(catalog, plan, contexts.compactMap { $0.takeKnownOutcome() })
    let hasBaseline = !known.outcomes.isEmpty
    if hasBaseline { known.run() }
    var unjudged = causes.rulesWithUncertainFields()
    if hasBaseline { unjudged.formUnion(known.rulesWithUncertainFields()) }
    let use = WaiverUse(plan, outcomes, appliesWaivers: options.appliesWaivers, unjudged: unjudged)
    for (index, context) in contexts.enumerated() {
      guard case .waivers(let check) = context.rule.check else { continue }
      let start = Clock.now
      check(context, use)
      outcomes[index] = context.takeOutcome(nanoseconds: Clock.now - start)
      if hasBaseline, let outcome = context.takeKnownOutcome() { known.outcomes[index] = outcome }
    }
    causes.outcomes = outcomes
    causes.explainWaivers()
    if hasBaseline { known.explainWaivers() }
    return (causes.outcomes, known.outcomes)
  }

  /// Two threads are worth their start in a large catalog only.
  private var isLarge: Bool { options.isParallel && catalog.matters.count + catalog.items.count > 20_000 }

  /// The rules that take the longest in a large catalog: they begin first, so that neither thread is left with one of them.
  private static let longest: [String] = [
    Rule.shiftedRows.id, Rule.similarMatterName.id, Rule.misplacedID.id, Rule.similarName.id,
  ]

  /// The rules in the order in which they run; not those that judge the waivers.
  private func order(_ plan: ValidationPlan) -> [Int] {
    let indices = plan.rules.indices.filter { !plan.rules[$0].judgesWaivers }
    let first = RuleRunner.longest.compactMap { id in indices.first { plan.rules[$0].rule.id == id } }
    return first + indices.filter { !first.contains($0) }
  }

  private func runCheck(_ context: RuleContext, _ texts: TextScan) {
    switch context.rule.check {
    case .issue(let kinds, let check):
      catalog.issues.forEach(of: kinds) { check($0, context) }
    case .matter(let check):
      for matter in catalog.matters { check(matter, context) }
    case .item(let check):
      for item in catalog.items { check(item, context) }
    case .text(let traits, let check):
      texts.report(traits, check, to: context)
    case .catalog(let check):
      check(context)
    case .waivers:
      break
    }
  }

  /// Calls `body` with each index, on one thread or on two; `store` is called on this thread.
  private func forEach(
    _ indices: [Int], parallel: Bool, _ body: @escaping (Int) -> UInt64, store: (Int, UInt64) -> Void
  ) {
    guard parallel else {
      for index in indices { store(index, body(index)) }
      return
    }
    let queue = WorkQueue(indices)
    nonisolated(unsafe) var results: ([(Int, UInt64)], [(Int, UInt64)]) = ([], [])
    nonisolated(unsafe) let work = body
    Parallel.both(when: true) {
      while let index = queue.next() { results.0.append((index, work(index))) }
    } _: {
      while let index = queue.next() { results.1.append((index, work(index))) }
    }
    for (index, time) in results.0 + results.1 { store(index, time) }
  }
}

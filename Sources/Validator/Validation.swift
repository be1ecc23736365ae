import AtomicFiles
import Catalog
import Deadlines
import Localization

/// What is asked of a check.
package struct ValidationOptions: Sendable {
  /// The day asked about.
  package var day: Day
  /// Waivers are applied.
  package var appliesWaivers = true
  /// Only these rules; empty for all.
  package var only: Set<String> = []
  /// Not these rules.
  package var skip: Set<String> = []
  /// How many findings of one rule are kept, open and waived apart; the rest are counted.
  package var cap = 1000
  /// Rules may run on both cores.
  package var isParallel = true

  package init(day: Day) { self.day = day }
}

/// What a check has found.
package struct Validation: Sendable {
  package struct Summary: Sendable, Hashable {
    package var matters = 0
    package var items = 0
    package var errors = 0
    package var warnings = 0
    package var notes = 0
    package var waived = 0
  }

  /// How many findings of a rule there are, and how many of them are in `findings`.
  package struct RuleCount: Sendable, Hashable {
    package var rule: String
    package var severity: Severity
    package var open: Int
    package var waived: Int
    package var kept: Int
  }

  /// What the catalog was read from, as said to the person.
  package var catalog: String
  package var day: Day
  /// Sorted by file, line, column and rule.
  package var findings: [Finding]
  package var summary: Summary
  /// Rules that found something, in the order of the rule book.
  package var counts: [RuleCount]
  /// Nothing could be read as a catalog.
  package var isUnreadable: Bool
  /// Time spent in each rule that was run, in nanoseconds, in the order of the rule book.
  package var timings: [(rule: String, nanoseconds: UInt64)]

  /// How many findings there are beyond those in `findings`.
  package var unshown: Int {
    counts.reduce(0) { $0 + $1.open + $1.waived - $1.kept }
  }
}

extension Validation {
  /// Runs the rules over a catalog.
  package init(_ catalog: Catalog, options: ValidationOptions, rules: [Rule] = RuleBook.rules) {
    let isUnreadable = catalog.isUnreadable
    var planned: [(rule: Rule, severity: Severity)] = []
    for rule in rules {
      if !options.only.isEmpty, !options.only.contains(rule.id) { continue }
      if options.skip.contains(rule.id) { continue }
      let settings = catalog.settings.rules[rule.id] ?? Settings.RuleSettings()
      if settings.isOff { continue }
      if isUnreadable {
        guard case .issue = rule.check else { continue }
      }
      planned.append((rule, settings.severity.flatMap(Severity.init(rawValue:)) ?? rule.severity))
    }

    let waivers = options.appliesWaivers && !isUnreadable ? catalog.waivers : []
    let customRules = Set(rules.lazy.filter { $0.group == .custom }.map(\.id))
    let contexts = planned.map { plan in
      RuleContext(
        rule: plan.rule, catalog: catalog, day: options.day, severity: plan.severity,
        settings: catalog.settings.rules[plan.rule.id] ?? Settings.RuleSettings(),
        waivers: WaiverIndex(rule: plan.rule.id, waivers: waivers), cap: options.cap,
        customRules: customRules)
    }
    var times = [UInt64](repeating: 0, count: contexts.count)

    // Rules over the whole catalog are shared out between two threads; those about waivers come last.
    let isLarge = options.isParallel && catalog.matters.count + catalog.items.count > 20_000
    let texts = TextScan(catalog, isNeeded: contexts.contains { if case .text = $0.rule.check { true } else { false } })
    let first = contexts.indices.filter { if case .waivers = contexts[$0].rule.check { false } else { true } }
    LongWork.begin(.checking, total: contexts.count)
    defer { LongWork.end() }
    Validation.share(first, parallel: isLarge) { index in
      let start = Clock.now
      Validation.run(contexts[index], texts: texts)
      LongWork.advance(by: 1)
      return Clock.now - start
    } store: { index, time in
      times[index] = time
    }
    let use = WaiverUse(
      used: contexts.reduce(into: []) { $0.formUnion($1.usedWaivers) },
      rulesRun: options.appliesWaivers
        ? Set(contexts.lazy.filter { !$0.isNotApplicable }.map(\.rule.id)) : [])
    for index in contexts.indices {
      if case .waivers(let check) = contexts[index].rule.check {
        let start = Clock.now
        check(contexts[index], use)
        times[index] = Clock.now - start
      }
    }

    // One list, sorted by position; the order of files is that of the tables.
    let keptCounts = contexts.map(\.kept.count)
    var drafts: [RuleContext.Draft] = []
    drafts.reserveCapacity(keptCounts.reduce(0, +))
    for (number, context) in contexts.enumerated() {
      // Taken, not copied: of a million findings there must be no two lists.
      for var draft in context.takeKept() {
        draft.rule = number
        drafts.append(draft)
      }
    }
    let ranks = catalog.sources.map { source in Int(source.columns.keys.min()?.rawValue ?? UInt8.max) }
    func key(_ draft: RuleContext.Draft) -> (Int, Int, Int, Int, Int, Int) {
      let position = draft.position
      let source = position.source
      let rank = ranks.indices.contains(source) ? ranks[source] : -1
      // Within a row, the row as a whole comes before its cells.
      return (rank, source, position.offset, position.rank, draft.rule, draft.order)
    }
    drafts.sort { key($0) < key($1) }

    let locator = Locator(catalog)
    findings = drafts.map { draft in
      let rule = planned[draft.rule].rule
      return Finding(
        rule: rule.id, severity: planned[draft.rule].severity, subject: draft.subject.id(in: catalog),
        matter: draft.subject.matterID(in: catalog), item: draft.subject.itemID(in: catalog),
        location: locator.locate(draft.position), message: draft.message, fix: draft.fix ?? rule.fix,
        related: draft.related.map { related in
          Related(
            matter: related.subject.matterID(in: catalog), item: related.subject.itemID(in: catalog),
            location: locator.locate(related.position))
        },
        waiver: draft.waiver.map { waivers[$0].reason })
    }
    counts = contexts.enumerated().compactMap { number, context in
      guard context.count + context.waivedCount > 0 else { return nil }
      return RuleCount(
        rule: planned[number].rule.id, severity: planned[number].severity, open: context.count,
        waived: context.waivedCount, kept: keptCounts[number])
    }
    var summary = Summary()
    summary.matters = catalog.matters.count
    summary.items = catalog.items.count
    for count in counts {
      summary.waived += count.waived
      switch count.severity {
      case .error: summary.errors += count.open
      case .warning: summary.warnings += count.open
      case .note: summary.notes += count.open
      }
    }
    self.summary = summary
    self.catalog = catalog.origin.name
    self.day = options.day
    self.isUnreadable = isUnreadable
    timings = planned.indices.map { (planned[$0].rule.id, times[$0]) }
  }

  private static func run(_ context: RuleContext, texts: TextScan) {
    let catalog = context.catalog
    switch context.rule.check {
    case .issue(let check):
      for issue in catalog.issues { check(issue, context) }
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

  /// Works through `indices` on one thread or two; what is stored is stored by this one.
  private static func share(
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

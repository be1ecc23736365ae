import Catalog
import Files
import Wording

/// What is asked of a check.
public struct ValidationOptions: Sendable {
  /// The day asked about.
  public var day: Day
  /// Waivers are applied.
  public var appliesWaivers = true
  /// Only these rules; empty for all.
  public var only: Set<String> = []
  /// Not these rules.
  public var skip: Set<String> = []
  /// How many findings of one rule are kept, open and waived apart; the rest are counted.
  public var cap = 1000
  /// Rules may run on both cores.
  public var isParallel = true

  public init(day: Day) { self.day = day }
}

/// What a check has found.
public struct Validation: Sendable {
  public struct Summary: Sendable, Hashable {
    public var matters = 0
    public var items = 0
    public var errors = 0
    public var warnings = 0
    public var notes = 0
    public var waived = 0
  }

  /// How many findings of a rule there are, and how many of them are in `findings`.
  public struct RuleCount: Sendable, Hashable {
    public var rule: String
    public var severity: Severity
    public var open: Int
    public var waived: Int
    public var kept: Int
  }

  /// What the catalog was read from, as said to the person.
  public var catalog: String
  public var day: Day
  /// Sorted by file, line, column and rule.
  public var findings: [Finding]
  public var summary: Summary
  /// Rules that found something, in the order of the rule book.
  public var counts: [RuleCount]
  /// Nothing could be read as a catalog.
  public var isUnreadable: Bool
  /// Time spent in each rule that was run, in nanoseconds, in the order of the rule book.
  public var timings: [(rule: String, nanoseconds: UInt64)]

  /// How many findings there are beyond those in `findings`.
  public var unshown: Int {
    counts.reduce(0) { $0 + $1.open + $1.waived - $1.kept }
  }
}

extension Validation {
  /// Runs the rules over a catalog.
  public init(_ catalog: Catalog, options: ValidationOptions, rules: [Rule] = RuleBook.rules) {
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
    let inspections = planned.map { plan in
      Inspection(
        rule: plan.rule, catalog: catalog, day: options.day, severity: plan.severity,
        settings: catalog.settings.rules[plan.rule.id] ?? Settings.RuleSettings(),
        waivers: WaiverIndex(rule: plan.rule.id, waivers: waivers), cap: options.cap)
    }
    var times = [UInt64](repeating: 0, count: inspections.count)

    // Rules over the whole catalog are shared out between two threads; those about waivers come last.
    let isLarge = options.isParallel && catalog.matters.count + catalog.items.count > 20_000
    let texts = TextScan(catalog, isNeeded: inspections.contains { if case .text = $0.rule.check { true } else { false } })
    let first = inspections.indices.filter { if case .waivers = inspections[$0].rule.check { false } else { true } }
    LongWork.begin(.checking, total: inspections.count)
    defer { LongWork.end() }
    Validation.share(first, parallel: isLarge) { index in
      let start = Clock.now
      Validation.run(inspections[index], texts: texts)
      LongWork.advance(by: 1)
      return Clock.now - start
    } store: { index, time in
      times[index] = time
    }
    let use = WaiverUse(
      used: inspections.reduce(into: []) { $0.formUnion($1.usedWaivers) },
      rulesRun: options.appliesWaivers
        ? Set(inspections.lazy.filter { !$0.isPassedOver }.map(\.rule.id)) : [])
    for index in inspections.indices {
      if case .waivers(let check) = inspections[index].rule.check {
        let start = Clock.now
        check(inspections[index], use)
        times[index] = Clock.now - start
      }
    }

    // One list, sorted by place; the order of files is that of the tables.
    let keptCounts = inspections.map(\.kept.count)
    var drafts: [Inspection.Draft] = []
    drafts.reserveCapacity(keptCounts.reduce(0, +))
    for (number, inspection) in inspections.enumerated() {
      // Taken, not copied: of a million findings there must be no two lists.
      for var draft in inspection.takeKept() {
        draft.rule = number
        drafts.append(draft)
      }
    }
    let ranks = catalog.sources.map { source in Int(source.columns.keys.min()?.rawValue ?? UInt8.max) }
    func key(_ draft: Inspection.Draft) -> (Int, Int, Int, Int, Int, Int) {
      let place = draft.place
      let source = Int(place.source)
      let rank = ranks.indices.contains(source) ? ranks[source] : -1
      // Within a row, the row as a whole comes before its cells.
      return (rank, source, place.position, Int(place.column), draft.rule, draft.order)
    }
    drafts.sort { key($0) < key($1) }

    let locator = Locator(catalog)
    findings = drafts.map { draft in
      let rule = planned[draft.rule].rule
      return Finding(
        rule: rule.id, severity: planned[draft.rule].severity, subject: draft.subject.id(in: catalog),
        matter: draft.subject.matterID(in: catalog), item: draft.subject.itemID(in: catalog),
        location: locator.locate(draft.place), message: draft.message, remedy: draft.remedy ?? rule.remedy,
        related: draft.related.map { related in
          Related(
            matter: related.subject.matterID(in: catalog), item: related.subject.itemID(in: catalog),
            location: locator.locate(related.place))
        },
        waiver: draft.waiver.map { waivers[$0].reason })
    }
    counts = inspections.enumerated().compactMap { number, inspection in
      guard inspection.count + inspection.waivedCount > 0 else { return nil }
      return RuleCount(
        rule: planned[number].rule.id, severity: planned[number].severity, open: inspection.count,
        waived: inspection.waivedCount, kept: keptCounts[number])
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

  private static func run(_ inspection: Inspection, texts: TextScan) {
    let catalog = inspection.catalog
    switch inspection.rule.check {
    case .issue(let check):
      for issue in catalog.issues { check(issue, inspection) }
    case .matter(let check):
      for matter in catalog.matters { check(matter, inspection) }
    case .item(let check):
      for item in catalog.items { check(item, inspection) }
    case .text(let traits, let check):
      texts.report(traits, check, to: inspection)
    case .catalog(let check):
      check(inspection)
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

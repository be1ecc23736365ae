import Catalog
import Deadlines
import Localization
import Testing

@testable import Validator

/// Each stage of a validation by itself, on plain values.
@Suite struct ValidationStageTests {
  private static let message = LocalizedText(zh: "有误", en: "wrong")

  private static func rule(
    _ id: String, _ severity: Severity = .warning, settings: [Rule.Setting] = [], check: Check = .catalog { _ in }
  ) -> Rule {
    Rule(
      id: id, group: .wording, severity: severity, title: message, reason: message, source: message, fix: message,
      triggers: [], passes: [], settings: settings, check: check)
  }

  /// - Parameter settings: the `rules` of `datapackage.json`.
  private static func catalog(_ settings: String = "{}", waivers: [String] = []) throws -> Catalog {
    let files = [
      "datapackage.json": #"{"onevisit": {"rules": \#(settings)}}"#,
      "matters.csv": """
      id,list,number,audience,name,lead,deadline
      2-001,second,1,individual,灵活就业,市人社局,2022年12月底
      2-002,second,2,individual,失业,市人社局,2022年12月底
      2-003,second,3,individual,转学,市教育局,2022年12月底

      """,
      "waivers.csv": (["rule,subject,reason"] + waivers).joined(separator: "\n") + "\n",
    ]
    return try #require(Example(files: files).catalog)
  }

  private static func options(_ change: (inout ValidationOptions) -> Void = { _ in }) throws -> ValidationOptions {
    var options = ValidationOptions(day: try #require(Day(iso: Example.usualDay)))
    change(&options)
    return options
  }

  // MARK: Plan

  @Test func planSelectsRules() throws {
    let rules = [Self.rule("a"), Self.rule("b"), Self.rule("c", .note)]
    let catalog = try Self.catalog(#"{"b": "off", "c": "error"}"#, waivers: ["a,2-001,r"])
    let plan = ValidationPlan(catalog, options: try Self.options(), rules: rules)
    #expect(plan.rules.map(\.rule.id) == ["a", "c"])
    #expect(plan.rules.map(\.severity) == [.warning, .error])
    #expect(plan.waivers.map(\.subject) == ["2-001"])
    #expect(!plan.isUnreadable)
    let only = ValidationPlan(catalog, options: try Self.options { $0.only = ["c"] }, rules: rules)
    #expect(only.rules.map(\.rule.id) == ["c"])
    let without = ValidationPlan(
      catalog,
      options: try Self.options {
        $0.skip = ["a"]
        $0.appliesWaivers = false
      }, rules: rules)
    #expect(without.rules.map(\.rule.id) == ["c"])
    #expect(without.waivers.isEmpty)
  }

  /// If nothing could be read, only the rules about reading issues are run.
  @Test func planOfAnUnreadableCatalog() throws {
    let unreadable = try #require(Example(files: ["datapackage.json": "{"]).catalog)
    let rules = [Self.rule("a"), Self.rule("b", check: .issue(.all) { _, _ in })]
    let plan = ValidationPlan(unreadable, options: try Self.options(), rules: rules)
    #expect(plan.isUnreadable)
    #expect(plan.rules.map(\.rule.id) == ["b"])
    #expect(!plan.needsTexts)
  }

  // MARK: Collect

  /// Open and waived findings have a cap each; beyond it they are counted, and nothing is kept of them.
  @Test func collectorKeepsUpToItsCap() {
    var collector = FindingCollector(rule: 3, cap: 2)
    var kept: [Bool] = []
    for number in 0..<5 {
      kept.append(collector.count(isWaived: number == 1 || number == 2))
      if kept[number] {
        collector.keep(
          FindingDraft(
            rule: 3, order: 0, subject: .id("\(number)"), position: .none, message: Self.message, fix: nil, related: [],
            waiver: number == 1 ? 1 : nil))
      }
    }
    #expect(kept == [true, true, true, true, false])
    #expect(collector.open == 3)
    #expect(collector.waived == 2)
    #expect(collector.drafts.map(\.order) == [0, 1, 2, 3])
    #expect(collector.drafts.allSatisfy { $0.rule == 3 })
    #expect(collector.takeDrafts().count == 4)
    #expect(collector.drafts.isEmpty)
  }

  /// A message is made for a kept finding only.
  @Test func messagesBeyondTheCapAreNotMade() throws {
    let catalog = try Self.catalog()
    let plan = ValidationPlan(catalog, options: try Self.options(), rules: [Self.rule("a")])
    let context = RuleContext(
      plan.rules[0], ordinal: 0, catalog: catalog, SharedAnalyses(catalog),
      day: try #require(Day(iso: Example.usualDay)), waivers: nil, cap: 2)
    var made = 0
    for matter in catalog.matters {
      context.report(
        .matter(matter.index), at: .none,
        {
          made += 1
          return Self.message
        }())
    }
    #expect(made == 2)
    let outcome = context.takeOutcome(nanoseconds: 7)
    #expect(outcome.open == 3)
    #expect(outcome.drafts.count == 2)
    #expect(outcome.nanoseconds == 7)
  }

  // MARK: Run and waive

  @Test func runMatchesWaivers() throws {
    let catalog = try Self.catalog(waivers: ["a,2-001..2-002,印发如此", "b,2-001,印发如此"])
    let all = Check.matter { matter, context in
      context.report(.matter(matter.index), at: context.catalog.position(matter, .name), Self.message)
    }
    let rules = [
      Self.rule("a", check: all), Self.rule("b", check: .catalog { $0.markNotApplicable() }),
      Self.rule(
        "c",
        check: .waivers { context, use in
          #expect(use.used == [0])
          #expect(use.rulesRun == ["a", "c"])
          context.report(.id("x"), at: .none, Self.message)
        }),
    ]
    let options = try Self.options()
    let plan = ValidationPlan(catalog, options: options, rules: rules)
    let outcomes = RuleRunner(catalog: catalog, options: options).run(plan).outcomes
    #expect(outcomes.map(\.open) == [1, 0, 1])
    #expect(outcomes.map(\.waived) == [2, 0, 0])
    #expect(outcomes.map(\.isNotApplicable) == [false, true, false])
    #expect(outcomes[0].usedWaivers == [0])
    #expect(outcomes[0].drafts.map(\.waiver) == [0, 0, nil])
  }

  @Test func useOfWaiversThatAreNotApplied() throws {
    let catalog = try Self.catalog(waivers: ["a,2-001,印发如此"])
    let plan = ValidationPlan(
      catalog, options: try Self.options { $0.appliesWaivers = false }, rules: [Self.rule("a")])
    let use = WaiverUse(plan, [RuleOutcome()], appliesWaivers: false)
    #expect(use.used.isEmpty && use.rulesRun.isEmpty)
  }

  // MARK: Locate

  /// By table, position and rule; within a row the row comes before its cells.
  @Test func locatorSortsAndLocates() throws {
    let catalog = try Self.catalog(waivers: ["a,2-001,印发如此"])
    let plan = ValidationPlan(catalog, options: try Self.options(), rules: [Self.rule("a"), Self.rule("b", .error)])
    let first = catalog.matters[0]
    let second = catalog.matters[1]
    func draft(_ rule: Int, _ order: Int, _ matter: Matter, _ position: SourcePosition) -> FindingDraft {
      FindingDraft(
        rule: rule, order: order, subject: .matter(matter.index), position: position, message: Self.message,
        fix: rule == 1 ? LocalizedText(zh: "改正", en: "fix it") : nil,
        related: [(.matter(second.index), catalog.position(second, .lead))], waiver: rule == 0 && order == 0 ? 0 : nil)
    }
    let findings = FindingLocator(catalog: catalog, plan: plan).findings([
      draft(1, 0, second, catalog.position(second, .name)),
      draft(0, 1, second, catalog.position(second, .name)),
      draft(0, 0, first, catalog.position(first, .lead)),
      draft(1, 1, first, catalog.position(first)),
    ])
    #expect(findings.map(\.rule) == ["b", "a", "a", "b"])
    #expect(findings.map(\.matter) == ["2-001", "2-001", "2-002", "2-002"])
    #expect(findings.map(\.location?.line) == [2, 2, 3, 3])
    #expect(findings.map(\.location?.column) == [1, 32, 27, 27])
    #expect(findings.map(\.fix.en) == ["fix it", "wrong", "wrong", "fix it"])
    #expect(findings.map(\.waiver) == [nil, "印发如此", nil, nil])
    #expect(findings[0].related.first?.location?.column == 30)
  }

  // MARK: Summarise

  @Test func summaryCountsBySeverity() throws {
    let plan = ValidationPlan(
      try Self.catalog(), options: try Self.options(),
      rules: [Self.rule("a", .error), Self.rule("b", .note), Self.rule("c"), Self.rule("d")])
    let outcomes = [
      RuleOutcome(open: 3, waived: 2), RuleOutcome(open: 1), RuleOutcome(), RuleOutcome(open: 0, waived: 4),
    ]
    let counts = Validation.counts(plan, outcomes)
    #expect(counts.map(\.rule) == ["a", "b", "d"])
    #expect(counts.map(\.kept) == [0, 0, 0])
    let summary = Validation.Summary(counts, matters: 3, items: 5)
    #expect((summary.errors, summary.warnings, summary.notes, summary.waived) == (3, 0, 1, 6))
    #expect((summary.matters, summary.items) == (3, 5))
  }

  // MARK: Settings

  private static let limit = Rule.Setting("limit", default: 5, in: 1...9, meaning: message)

  @Test(arguments: [(nil, 5), (7, 7), (0, 1), (10, 9)] as [(Int?, Int)])
  func settingOfTheCatalog(_ written: Int?, _ expected: Int) throws {
    let catalog = try Self.catalog(written.map { #"{"a": {"limit": \#($0)}}"# } ?? "{}")
    let a = Self.rule("a", settings: [Self.limit])
    let b = Self.rule("b")
    let plan = ValidationPlan(catalog, options: try Self.options(), rules: [a, b])
    let contexts = plan.rules.indices.map { index in
      RuleContext(
        plan.rules[index], ordinal: index, catalog: catalog, SharedAnalyses(catalog), day: .earliest, waivers: nil,
        cap: 1)
    }
    #expect(contexts[0][Self.limit] == expected)
    #expect(contexts[1].value(of: Self.limit, in: a) == expected)
  }
}

/// Which waivers cover a finding: the input of the rules about waivers.
package struct WaiverUse: Sendable {
  /// Waivers that cover at least one finding, by their index in `Catalog.waivers`.
  package var used: Set<Int>
  /// How many subjects a waiver covers that says how many it covers, if it covers any.
  package var counts: [Int: Int]
  /// The rules that were run and could judge the catalog. A waiver of any other rule is not judged.
  package var rulesRun: Set<String>

  /// - Parameters:
  ///   - appliesWaivers: if false, no finding was matched with a waiver, and no waiver can be judged.
  ///   - unjudged: rules that other findings leave in doubt.
  init(_ plan: ValidationPlan, _ outcomes: [RuleOutcome], appliesWaivers: Bool, unjudged: Set<String> = []) {
    used = outcomes.reduce(into: []) { $0.formUnion($1.usedWaivers) }
    counts = outcomes.reduce(into: [:]) { counts, outcome in
      counts.merge(outcome.waiverCounts) { $0 + $1 }
    }
    rulesRun =
      appliesWaivers
      ? Set(zip(plan.rules, outcomes).lazy.filter { !$1.isNotApplicable }.map { $0.0.rule.id })
        .subtracting(unjudged) : []
  }
}

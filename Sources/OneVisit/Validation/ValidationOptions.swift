/// How a catalog is to be validated.
public struct ValidationOptions: Sendable {
  /// Whether findings that `waivers.csv` names are set aside.
  public var appliesWaivers = true
  /// The ids of the only rules to run; empty for all.
  public var only: Set<String> = []
  /// The ids of rules not to run.
  public var skip: Set<String> = []
  /// How many findings of each rule are kept, waived ones apart; the others are counted. Nil to keep all.
  public var maxFindingsPerRule: Int? = 1000
  /// Rules of your own, run together with the built-in ones. One with the id of a built-in rule replaces it.
  public var customRules: [Rule] = []

  /// Creates the default options: all built-in rules, waivers applied.
  public init() {}
}

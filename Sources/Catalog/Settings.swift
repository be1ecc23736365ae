/// How a catalog wants to be checked: the `onevisit` part of its `datapackage.json`.
public struct Settings: Sendable, Hashable {
  /// What is set for one rule.
  public struct RuleSettings: Sendable, Hashable {
    /// The rule is not run.
    public var isOff = false
    /// `error`, `warning` or `note` in place of the rule's own severity, as written.
    public var severity: String?
    /// The rule's own settings, numbers by name.
    public var values: [String: Int] = [:]

    public init(isOff: Bool = false, severity: String? = nil, values: [String: Int] = [:]) {
      self.isOff = isOff
      self.severity = severity
      self.values = values
    }
  }

  public var rules: [String: RuleSettings] = [:]
  /// The file that they stand in; nowhere if nothing is set.
  public var place = Place.nowhere

  public init(rules: [String: RuleSettings] = [:]) { self.rules = rules }
}

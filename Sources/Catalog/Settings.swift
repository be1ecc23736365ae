/// How a catalog wants to be checked: the `onevisit` part of its `datapackage.json`.
package struct Settings: Sendable, Hashable {
  /// What is set for one rule.
  package struct RuleSettings: Sendable, Hashable {
    /// The rule is not run.
    package var isOff = false
    /// `error`, `warning` or `note` in position of the rule's own severity, as written.
    package var severity: String?
    /// The rule's own settings, numbers by name.
    package var values: [String: Int] = [:]

    package init(isOff: Bool = false, severity: String? = nil, values: [String: Int] = [:]) {
      self.isOff = isOff
      self.severity = severity
      self.values = values
    }
  }

  package var rules: [String: RuleSettings] = [:]
  /// The file that they stand in; nowhere if nothing is set.
  package var position = SourcePosition.none

  package init(rules: [String: RuleSettings] = [:]) { self.rules = rules }
}

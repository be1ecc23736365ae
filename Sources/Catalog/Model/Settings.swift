/// The settings of a catalog for its validation: the key `onevisit` of its `datapackage.json`.
package struct Settings: Sendable, Hashable {
  /// The settings of one rule.
  package struct RuleSettings: Sendable, Hashable {
    /// The rule is not run.
    package var isOff = false
    /// The severity that replaces the rule's own, as written: `error`, `warning` or `note`.
    package var severity: String?
    /// The numbers that the rule defines, by name.
    package var values: [String: Int] = [:]

    package init(isOff: Bool = false, severity: String? = nil, values: [String: Int] = [:]) {
      self.isOff = isOff
      self.severity = severity
      self.values = values
    }
  }

  package var rules: [String: RuleSettings] = [:]
  /// The file that holds the settings; `none` if there are none.
  package var position = SourcePosition.none

  package init(rules: [String: RuleSettings] = [:]) { self.rules = rules }
}

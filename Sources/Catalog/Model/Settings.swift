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
    /// The line in the file that holds the settings; 0 if they are not from a file.
    package var line = 0

    package init(isOff: Bool = false, severity: String? = nil, values: [String: Int] = [:]) {
      self.isOff = isOff
      self.severity = severity
      self.values = values
    }
  }

  package var rules: [String: RuleSettings] = [:]
  /// The file that holds the settings; `none` if there are none.
  package var position = SourcePosition.none

  /// Where the settings of a rule are.
  package func position(of rule: String) -> SourcePosition {
    let line = rules[rule]?.line ?? 0
    return line > 0 ? .row(source: position.source, table: position.table, offset: line) : position
  }

  package init(rules: [String: RuleSettings] = [:]) { self.rules = rules }
}

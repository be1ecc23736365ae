/// The formats of a report.
public enum ReportFormat: String, Sendable, Hashable, CaseIterable {
  /// Text for people.
  case text
  /// JSON (`schemas/findings.schema.json`).
  case json
  /// SARIF 2.1.0, for code scanning.
  case sarif
  /// JUnit XML, for build servers.
  case junit
  /// Workflow commands of GitHub Actions.
  case github
}

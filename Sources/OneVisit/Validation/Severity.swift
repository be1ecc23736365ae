/// How serious a finding is.
public enum Severity: String, Sendable, Hashable, CaseIterable {
  /// The catalog cannot be relied on; the check fails.
  case error
  /// Contrary to the notice, or probably a mistake.
  case warning
  /// Worth knowing.
  case note

  /// The word in both languages.
  public var title: LocalizedText { LocalizedText(core.title) }

  init(_ core: Core.Severity) {
    switch core {
    case .error: self = .error
    case .warning: self = .warning
    case .note: self = .note
    }
  }

  var core: Core.Severity {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}

import Localization

/// The severity of a finding.
package enum Severity: String, Sendable, CaseIterable, Comparable {
  /// The catalog cannot be relied on.
  case error
  /// Against the notice, or probably a mistake.
  case warning
  /// For information.
  case note

  private var rank: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .note: 2
    }
  }

  /// The more severe first.
  package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

  package var title: LocalizedText {
    switch self {
    case .error: LocalizedText(zh: "错误", en: "error")
    case .warning: LocalizedText(zh: "警告", en: "warning")
    case .note: LocalizedText(zh: "提示", en: "note")
    }
  }
}

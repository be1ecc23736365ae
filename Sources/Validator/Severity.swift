import Wording

/// How grave a finding is.
public enum Severity: String, Sendable, CaseIterable, Comparable {
  /// The catalog cannot be relied on.
  case error
  /// Against the notice, or likely a slip.
  case warning
  /// Worth knowing.
  case note

  private var rank: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .note: 2
    }
  }

  /// The graver first.
  public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

  public var title: Bilingual {
    switch self {
    case .error: Bilingual(zh: "错误", en: "error")
    case .warning: Bilingual(zh: "警告", en: "warning")
    case .note: Bilingual(zh: "提示", en: "note")
    }
  }
}

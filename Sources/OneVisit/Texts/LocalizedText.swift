/// The two languages of messages, titles and explanations.
public enum Language: String, Sendable, Hashable, CaseIterable {
  /// Chinese.
  case zh
  /// English.
  case en

  var core: Core.Language {
    switch self {
    case .zh: .chinese
    case .en: .english
    }
  }
}

/// One text in Chinese and in English.
///
/// ```swift
/// print(finding.message[.en])
/// ```
public struct LocalizedText: Sendable, Hashable {
  /// The Chinese text.
  public var zh: String
  /// The English text.
  public var en: String

  /// Creates a text from its two languages.
  public init(zh: String, en: String) {
    self.zh = zh
    self.en = en
  }

  /// The text in one language.
  public subscript(language: Language) -> String {
    switch language {
    case .zh: zh
    case .en: en
    }
  }

  init(_ core: Core.LocalizedText) {
    self.init(zh: core.zh, en: core.en)
  }

  var core: Core.LocalizedText { Core.LocalizedText(zh: zh, en: en) }
}

/// The two languages that OneVisit speaks.
package enum Language: String, Sendable, CaseIterable {
  case chinese = "zh"
  case english = "en"

  /// The language of a POSIX locale name such as `zh_CN.UTF-8`; anything that is not Chinese is answered in English.
  package init(locale: String) {
    self = locale.lowercased().hasPrefix("zh") ? .chinese : .english
  }
}

/// One text in Chinese and in English. Every message, title and explanation is one of these; which of the two is shown
/// is decided where it is printed, never where it is made.
package struct LocalizedText: Sendable, Hashable {
  package var zh: String
  package var en: String

  package init(zh: String, en: String) {
    self.zh = zh
    self.en = en
  }

  package subscript(language: Language) -> String {
    switch language {
    case .chinese: zh
    case .english: en
    }
  }
}

/// An error that explains in both languages what is wrong and what to do about it.
package protocol LocalizedFailure: Error, Sendable {
  var explanation: LocalizedText { get }
}

extension String {
  /// The text to stand between Chinese quotation marks: its own become single ones (GB/T 15834-2011 §4.8.3.3).
  package var withInnerQuotes: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0 == "“" ? "‘" : $0 == "”" ? "’" : $0 }))
  }
}

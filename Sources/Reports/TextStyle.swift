import Validator

/// How text for people is drawn. Whether there is a terminal, and what it can do, is found out above.
package struct TextStyle: Sendable, Hashable {
  /// Escape sequences for colour are written.
  package var hasColor: Bool
  /// The columns of the terminal; nil where the width does not matter, as in a file.
  package var width: Int?

  package init(hasColor: Bool = false, width: Int? = nil) {
    self.hasColor = hasColor
    self.width = width
  }

  enum Paint: String {
    case bold = "1"
    case dim = "2"
    case red = "1;31"
    case yellow = "1;33"
    case cyan = "1;36"
    case green = "1;32"
  }

  func paint(_ paint: Paint, _ text: String) -> String {
    hasColor ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
  }

  func paint(_ severity: Severity, _ text: String) -> String {
    switch severity {
    case .error: paint(.red, text)
    case .warning: paint(.yellow, text)
    case .note: paint(.cyan, text)
    }
  }
}

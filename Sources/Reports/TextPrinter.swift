import AtomicFiles
import Localization
import Validator

/// A line of text for people, in parts that may be coloured.
///
/// The parts are plain text: whatever a catalog puts into them, `TextPrinter` writes out characters that a terminal would
/// interpret.
struct StyledText: ExpressibleByStringInterpolation {
  struct Part {
    var text: String
    var paint: TextStyle.Paint?
  }

  private(set) var parts: [Part]

  init(_ text: String, _ paint: TextStyle.Paint? = nil) { parts = [Part(text: text, paint: paint)] }

  init(stringLiteral text: String) { self.init(text) }

  static func bold(_ text: String) -> StyledText { StyledText(text, .bold) }
  static func dim(_ text: String) -> StyledText { StyledText(text, .dim) }

  /// In the colour of a severity.
  static func of(_ severity: Severity, _ text: String) -> StyledText {
    switch severity {
    case .error: StyledText(text, .red)
    case .warning: StyledText(text, .yellow)
    case .note: StyledText(text, .cyan)
    }
  }

  static func + (left: StyledText, right: StyledText) -> StyledText {
    var sum = left
    sum.parts += right.parts
    return sum
  }

  static func += (left: inout StyledText, right: StyledText) { left.parts += right.parts }
}

/// Writes text for people: the one place where reports, tables and pages become lines, and where control, bidi, format and
/// tag characters are written out.
struct TextPrinter {
  let writer: ByteWriter
  let language: Language
  let style: TextStyle

  init(to writer: ByteWriter, language: Language, style: TextStyle = TextStyle()) {
    self.writer = writer
    self.language = language
    self.style = style
  }

  /// One line. A line break within the text is written out like any control character.
  func line(_ text: StyledText = "") throws {
    for part in text.parts {
      let visible = VisibleText.line(part.text)
      try writer.append(part.paint.map { style.paint($0, visible) } ?? visible)
    }
    try writer.append(literal: "\n")
  }

  /// One line without colours.
  func line(_ text: String) throws {
    try writer.append(VisibleText.line(text))
    try writer.append(literal: "\n")
  }

  /// One of two texts, by the language of the output.
  func localized(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }
}

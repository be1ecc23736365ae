import Localization

/// Plain text in Markdown.
enum Markdown {
  /// Text on one line, with the characters of Markdown escaped.
  static func text(_ text: String) -> String {
    var out = ""
    for scalar in VisibleText.line(text).unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "<", ">", "[", "]", "|":
        out += "\\"
        out.unicodeScalars.append(scalar)
      default:
        out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// A code block, with a fence longer than any run of backquotes in it.
  static func block(_ text: String, language: String) -> String {
    var longest = 2
    var run = 0
    for scalar in text.unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let body = VisibleText.block(text)
    return fence + language + "\n" + body + (body.hasSuffix("\n") || body.isEmpty ? "" : "\n") + fence + "\n"
  }
}

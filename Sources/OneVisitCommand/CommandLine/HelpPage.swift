import Localization

/// The help of a command in both languages, in lines of a width by which a Chinese character counts as two columns.
///
/// Its content is what the argument parser generates; the headings, the layout and the parser's fixed words are made here.
struct HelpPage {
  private let path: CommandPath
  private let help: GeneratedHelp
  private let language: Language
  private let width: Int

  /// The column at which the text of an entry begins.
  private static let textColumn = 26

  init(_ path: CommandPath, language: Language, width: Int?) {
    self.path = path
    self.language = language
    self.width = min(max(width ?? 80, 40), 100)
    help = GeneratedHelp(path)
  }

  var optionNames: [String] { help.optionNames }

  /// The page, a line break after every line.
  var text: String {
    var lines: [String] = []
    for paragraph in help.overview { lines += wrapped(paragraph) }
    lines += [""] + usageLines(heading: localized("用法：", "USAGE: "))
    for (kind, entries) in help.sections where !entries.isEmpty {
      lines += ["", title(kind)]
      for entry in entries { lines += self.lines(entry) }
    }
    if path.hasSubcommands {
      let names = path.name.split(separator: " ")
      let command = (names.prefix(1) + ["help"] + names.dropFirst()).joined(separator: " ")
      lines +=
        [""] + wrapped(localized("某个子命令的说明：`\(command) <子命令>`", "Help on a subcommand: `\(command) <subcommand>`"))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The usage of the command, to follow an error message; a line break after every line.
  var usage: String {
    let advice = localized("详见 `\(path.name) --help`。", "See `\(path.name) --help`.")
    return (usageLines(heading: localized("用法：", "Usage: ")) + [advice]).map { $0 + "\n" }.joined()
  }

  private func localized(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

  private func title(_ section: GeneratedHelp.Section) -> String {
    switch section {
    case .arguments: localized("参数：", "ARGUMENTS:")
    case .options: localized("选项：", "OPTIONS:")
    case .subcommands: localized("子命令：", "SUBCOMMANDS:")
    }
  }

  // MARK: Layout

  /// A paragraph in lines; what is indented stays indented.
  private func wrapped(_ paragraph: String) -> [String] {
    LineWrapping.lines(paragraph, width: width, indent: paragraph.prefix { $0 == " " }.count)
  }

  /// The usage, broken between its options and never within one.
  private func usageLines(heading: String) -> [String] {
    let indent = DisplayWidth.of(heading)
    var lines: [String] = []
    var line = heading
    var isFirst = true
    for part in HelpPage.parts(Placeholders.localized(help.usage)[language]) {
      if !isFirst, DisplayWidth.of(line) + 1 + DisplayWidth.of(part) > width {
        lines.append(line)
        line = String(repeating: " ", count: indent) + part
      } else {
        line += (isFirst ? "" : " ") + part
      }
      isFirst = false
    }
    return lines + [line]
  }

  /// The parts of a usage: words, what is between brackets, and options with their values.
  private static func parts(_ usage: String) -> [String] {
    var words = [""]
    var depth = 0
    for character in usage {
      switch character {
      case "[", "<": depth += 1
      case "]", ">": depth -= 1
      case " " where depth == 0:
        words.append("")
        continue
      default: break
      }
      words[words.count - 1].append(character)
    }
    return words.reduce(into: []) { parts, word in
      if let option = parts.last, option.hasPrefix("-"), word.hasPrefix("<"), !option.contains(" ") {
        parts[parts.count - 1] = option + " " + word
      } else {
        parts.append(word)
      }
    }
  }

  private func lines(_ entry: GeneratedHelp.Entry) -> [String] {
    let label = "  " + Placeholders.localized(entry.label)[language]
    let text = description(entry)
    guard !text.isEmpty else { return [label] }
    let margin = String(repeating: " ", count: HelpPage.textColumn)
    let texts = LineWrapping.lines(text, width: width - HelpPage.textColumn)
    guard DisplayWidth.of(label) + 2 <= HelpPage.textColumn, let first = texts.first else {
      return [label] + texts.map { margin + $0 }
    }
    return [DisplayWidth.padded(label, to: HelpPage.textColumn) + first] + texts.dropFirst().map { margin + $0 }
  }

  /// The text of an entry; the parser's own words about values and defaults in the language.
  private func description(_ entry: GeneratedHelp.Entry) -> String {
    switch entry.text {
    case "Show the version.": return localized("显示版本号。", entry.text)
    case "Show help information.": return localized("显示本说明。", "Show this help.")
    default: break
    }
    guard entry.text.hasSuffix(")") else { return entry.text }
    for opening in ["(values: ", "(default: "] {
      guard let range = entry.text.ranges(of: opening).last else { continue }
      let content = entry.text[range.upperBound...].dropLast()
      var parts = content.split(separator: "; default: ", maxSplits: 1).map(String.init)
      let standard = opening == "(default: " ? String(content) : parts.count > 1 ? parts.removeLast() : nil
      var notes: [String] = []
      // A label such as <text|json> names the values already.
      if opening == "(values: ", !entry.label.contains("|") {
        let values = parts[0].split(separator: ", ").joined(separator: localized("、", ", "))
        notes.append(localized("可取 ", "values: ") + values)
      }
      if let standard { notes.append(localized("默认 ", "default: ") + standard) }
      let text = entry.text[..<range.lowerBound].trimmingBlanks
      guard !notes.isEmpty else { return text }
      switch language {
      case .chinese:
        let isSentence = text.hasSuffix("。")
        return (isSentence ? String(text.dropLast()) : text) + "（" + notes.joined(separator: "；") + "）"
          + (isSentence ? "。" : "")
      case .english: return text + " (" + notes.joined(separator: "; ") + ")"
      }
    }
    return entry.text
  }
}

extension Substring {
  /// Without blanks at the end.
  fileprivate var trimmingBlanks: String {
    var rest = self
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}

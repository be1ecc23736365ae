import Catalog
import Localization

/// What the argument parser reports, in both languages.
///
/// The parser's errors are not public types, and its messages are in English. They are matched here in the wording of
/// swift-argument-parser 1.8; ParserMessageTests provokes each. A message in another wording becomes a general sentence
/// with the arguments that it quotes.
enum ParserMessage {
  /// - Parameters:
  ///   - message: the parser's, without its usage.
  ///   - path: the command that was being parsed.
  ///   - options: the names of its options, for suggestions.
  ///   - words: the command line.
  static func usageError(
    _ message: String, of path: CommandPath, options: [String], words: [String] = []
  ) -> UsageError {
    if path.hasSubcommands, let name = unexpectedArguments(message)?.first {
      return Arguments.unknownCommand(name, of: path)
    }
    let text =
      unexpected(message) ?? unknownOption(message, options) ?? negative(message, words) ?? missing(message)
      ?? invalidValue(message)
      ?? flags(message) ?? completion(message) ?? general(message)
    return UsageError(text, usageOf: path)
  }

  // MARK: Kinds of messages

  /// `Unexpected argument 'a'`, `2 unexpected arguments: 'a', 'b'`
  private static func unexpectedArguments(_ message: String) -> [String]? {
    if let found = captures(message, "Unexpected argument '", "'") { return found }
    guard let found = captures(message, "", " unexpected arguments: '", "'"), Int(found[0]) != nil else { return nil }
    return split(found[1], at: "', '")
  }

  private static func unexpected(_ message: String) -> LocalizedText? {
    guard let arguments = unexpectedArguments(message) else { return nil }
    return LocalizedText(
      zh: "多余的参数：" + arguments.map { "“\($0)”" }.joined(separator: "、") + "。",
      en: (arguments.count == 1 ? "unexpected argument: " : "unexpected arguments: ")
        + arguments.map { "“\($0)”" }.joined(separator: ", ") + ".")
  }

  /// `Unknown option '--a'`, with or without `. Did you mean '--b'?`; a second line names the value that an option lacks.
  private static func unknownOption(_ message: String, _ options: [String]) -> LocalizedText? {
    let lines = split(message, at: "\n")
    guard let first = lines.first else { return nil }
    var name: String
    if let found = captures(first, "Unknown option '", "'. Did you mean '", "'?") {
      name = found[0]
    } else if let found = captures(first, "Unknown option '", "'") {
      name = found[0]
    } else {
      return nil
    }
    // `--option=value` is quoted without its value.
    if let equals = name.firstIndex(of: "=") { name = String(name[..<equals]) }
    if lines.count > 1, let found = captures(lines[1], "   or: Missing value for '", "' in '", "'") {
      let option = Placeholders.localized(found[0])
      return LocalizedText(
        zh: "没有选项“\(name)”；如果是指 \(option.zh)，请在选项和取值之间加一个空格。",
        en: "there is no option “\(name)”; for \(option.en), put a blank between the option and its value.")
    }
    let nearest = LocalizedText.suggestion(typed: Nearness.nearest(to: name, among: options))
    return LocalizedText(zh: "没有选项“\(name)”。\(nearest.zh)", en: "there is no option “\(name)”.\(nearest.en)")
  }

  /// `Missing value for '--a <n>'` where the next word is a negative number, which the parser takes for an option.
  private static func negative(_ message: String, _ words: [String]) -> LocalizedText? {
    guard let found = captures(message, "Missing value for '", "'"),
      let name = found[0].split(separator: " ").first.map(String.init), let index = words.firstIndex(of: name),
      words.indices.contains(index + 1), words[index + 1].hasPrefix("-"), Int(words[index + 1]) != nil
    else { return nil }
    let option = Placeholders.localized(found[0])
    return LocalizedText(
      zh: "\(option.zh) 不能取“\(words[index + 1])”：不能为负数。",
      en: "“\(words[index + 1])” is not a value of \(option.en): it must not be negative.")
  }

  /// `Missing value for '--a <b>'`, `Missing expected argument '<a>'`, `Missing one of: 'a', 'b'`
  private static func missing(_ message: String) -> LocalizedText? {
    if let found = captures(message, "Missing value for '", "'") {
      let option = Placeholders.localized(found[0])
      return LocalizedText(zh: "选项缺少取值：\(option.zh)。", en: "a value is missing: \(option.en).")
    }
    if let found = captures(message, "Missing expected argument '", "'") {
      let argument = Placeholders.localized(found[0])
      return LocalizedText(zh: "缺少参数：\(argument.zh)。", en: "an argument is missing: \(argument.en).")
    }
    if let found = captures(message, "Missing one of: '", "'") {
      let arguments = split(found[0], at: "', '").map(Placeholders.localized)
      return LocalizedText(
        zh: "缺少下列参数之一：" + arguments.map(\.zh).joined(separator: "、") + "。",
        en: "one of these is missing: " + arguments.map(\.en).joined(separator: ", ") + ".")
    }
    if message == "Missing required subcommand." {
      return LocalizedText(zh: "缺少子命令。", en: "a subcommand is missing.")
    }
    return nil
  }

  /// `The value 'v' is invalid for '--a <b>'`, followed by nothing, by `. Please provide one of 'c' or 'd'.` or by a list.
  private static func invalidValue(_ message: String) -> LocalizedText? {
    guard let found = captures(message, "The value '", "' is invalid for '", "'", allowsMore: true) else { return nil }
    let value = found[0]
    let option = Placeholders.localized(found[1])
    let allowed = allowedValues(found[2])
    guard !allowed.isEmpty else {
      return LocalizedText(zh: "\(option.zh) 不能取“\(value)”。", en: "“\(value)” is not a value of \(option.en).")
    }
    let nearest = LocalizedText.suggestion(typed: Nearness.nearest(to: value, among: allowed))
    return LocalizedText(
      zh: "\(option.zh) 不能取“\(value)”。\(nearest.zh)可以取：\(allowed.joined(separator: "、"))。",
      en: "“\(value)” is not a value of \(option.en).\(nearest.en) It takes: \(allowed.joined(separator: ", ")).")
  }

  private static func allowedValues(_ rest: String) -> [String] {
    if let list = captures(rest, ". Please provide one of the following:\n", "") {
      return split(list[0], at: "\n").compactMap { captures($0, "  - ", "")?[0] }
    }
    guard let list = captures(rest, ". Please provide one of ", "") else { return [] }
    // Every second piece is quoted.
    return split(list[0], at: "'").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
  }

  /// `The option '--a' does not take any value, but 'b' was specified.`, and a flag given twice.
  private static func flags(_ message: String) -> LocalizedText? {
    if let found = captures(message, "The option '", "' does not take any value, but '", "' was specified.") {
      return LocalizedText(
        zh: "选项 \(found[0]) 不带取值，却给了“\(found[1])”。", en: "\(found[0]) takes no value, but “\(found[1])” was given.")
    }
    if let found = captures(message, "Value to be set with flag '", "' had already been set with flag '", "'") {
      return LocalizedText(
        zh: "选项 \(found[0]) 与前面的 \(found[1]) 冲突。", en: "\(found[0]) contradicts \(found[1]), which came before it.")
    }
    return nil
  }

  private static func completion(_ message: String) -> LocalizedText? {
    guard let first = split(message, at: "\n").first else { return nil }
    if let found = captures(first, "Can't generate completion scripts for '", "'.") {
      return LocalizedText(
        zh: "不能为“\(found[0])”生成补全脚本，只支持 bash、zsh、fish。",
        en: "no completion script can be made for “\(found[0])”; choose bash, zsh or fish.")
    }
    guard first == "Can't autodetect a supported shell." else { return nil }
    return LocalizedText(
      zh: "不知道您用的是哪种 shell，请写明：--generate-completion-script bash、zsh 或 fish。",
      en: "your shell is not known; name it: --generate-completion-script bash, zsh or fish.")
  }

  /// A message in a wording that is not known: what it quotes is named.
  private static func general(_ message: String) -> LocalizedText {
    let quoted = split(message, at: "'").enumerated().filter { $0.offset % 2 == 1 }.map { "“\($0.element)”" }
    guard !quoted.isEmpty else {
      return LocalizedText(zh: "命令行参数有误。", en: "the command line cannot be understood: \(message)")
    }
    return LocalizedText(
      zh: "命令行参数有误：\(quoted.joined(separator: "、"))。", en: "the command line cannot be understood: \(message)")
  }

  // MARK: Matching

  /// The text between the parts of a message, if it consists of them: it begins with the first and ends with the last.
  /// - Parameter allowsMore: text after the last part is one more capture.
  private static func captures(_ message: String, _ parts: String..., allowsMore: Bool = false) -> [String]? {
    guard var last = parts.last, let first = parts.first, message.hasPrefix(first) else { return nil }
    if allowsMore { last = "" }
    guard message.hasSuffix(last), message.count >= first.count + last.count else { return nil }
    var rest = message.dropFirst(first.count).dropLast(last.count)
    var found: [String] = []
    for part in allowsMore ? parts.dropFirst() : parts.dropFirst().dropLast() {
      guard let range = rest.firstRange(of: part) else { return nil }
      found.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return found + [String(rest)]
  }

  private static func split(_ text: String, at separator: String) -> [String] {
    text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}

/// The names that stand for values in usage and help: `<path>`, `<路径>`.
enum Placeholders {
  private static let chinese = [
    "<path>": "<路径>", "<file>": "<文件>", "<folder>": "<文件夹>", "<id>": "<标识>", "<matter>": "<事项>", "<name>": "<名称>",
    "<text>": "<文字>", "<rule>": "<规则>", "<encoding>": "<编码>", "<audience>": "<类型>", "<n>": "<数>", "<count>": "<数>",
    "<old>": "<旧名>", "<new>": "<新名>", "<YYYY-MM-DD>": "<年-月-日>", "<subcommand>": "<子命令>", "<options>": "<选项>",
  ]

  /// A part of a usage line or a label in both languages.
  static func localized(_ text: String) -> LocalizedText {
    var zh = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      zh += rest[..<open]
      let name = String(rest[open...close])
      zh += chinese[name] ?? name
      rest = rest[rest.index(after: close)...]
    }
    return LocalizedText(zh: zh + rest, en: text)
  }
}

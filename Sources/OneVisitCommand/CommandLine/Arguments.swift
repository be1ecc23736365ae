import ArgumentParser
import Catalog
import Localization
import Platform

/// The arguments of the program, without its name and without `--language`, which is accepted anywhere.
struct Arguments {
  /// What the parser is given.
  private(set) var words: [String] = []

  /// - Throws: a usage error if `--language` has no value, an unknown one, or two different ones.
  init(_ arguments: some Sequence<String>) throws(UsageError) {
    var rest = Array(arguments)[...]
    // A wrapper may set the language that is asked for: the same value twice is no contradiction.
    var language: String?
    while let argument = rest.popFirst() {
      if argument == "--" {
        words.append(argument)
        words += rest
        return
      }
      if argument == "--language" {
        guard let value = rest.popFirst() else {
          throw UsageError(
            LocalizedText(zh: "--language 后面缺少取值（zh 或 en）。", en: "--language needs a value: zh or en."),
            usageOf: CommandPath(words))
        }
        try check(language: value, after: &language)
      } else if argument.hasPrefix("--language=") {
        try check(language: String(argument.dropFirst("--language=".count)), after: &language)
      } else {
        words.append(argument)
      }
    }
  }

  private func check(language: String, after first: inout String?) throws(UsageError) {
    guard Language(rawValue: language) == nil else {
      if let first, first != language { throw RepeatedOptions.usageError("--language", of: CommandPath(words)) }
      first = language
      return
    }
    throw UsageError(
      LocalizedText(
        zh: "--language 不能取“\(language)”，只能是 zh 或 en。", en: "“\(language)” is not a value of --language: zh or en."),
      usageOf: CommandPath(words))
  }

  /// The command whose help is asked for, by `help`, `-h` or `--help`; nil if none is.
  /// - Throws: a usage error if there is no such command.
  func commandToExplain() throws(UsageError) -> CommandPath? {
    var names = words[...]
    if names.first == "help" {
      names = names.drop { $0 == "help" }
      if let option = names.first(where: { $0.hasPrefix("-") && !Arguments.isHelpFlag($0) }) {
        throw UsageError(
          LocalizedText(zh: "help 没有选项“\(option)”。", en: "help has no option “\(option)”."), usageOf: CommandPath([]))
      }
    } else {
      guard names.prefix(while: { $0 != "--" }).contains(where: Arguments.isHelpFlag) else { return nil }
    }
    var unknown: String?
    let path = CommandPath(names, unknown: &unknown)
    if let unknown { throw Arguments.unknownCommand(unknown, of: path) }
    return path
  }

  static func isHelpFlag(_ word: String) -> Bool { ["-h", "--help", "-help", "--help-hidden"].contains(word) }

  /// The words of a command line that begin with one hyphen and have more than one letter after it, such as `-dash.csv`,
  /// which the parser takes apart into short options.
  static func shortOptions(in words: [String]) -> [String] {
    words.prefix { $0 != "--" }.filter { word in
      word.hasPrefix("-") && !word.hasPrefix("--") && word.count > 2 && !isHelpFlag(word)
    }
  }

  /// What is answered to such a word.
  static func unknownShortOptions(_ word: String, _ words: [String]) -> UsageError {
    UsageError(
      LocalizedText(
        zh: "没有选项“\(word)”；如果是文件名，请写作 ./\(word)。",
        en: "there is no option “\(word)”; a file of this name is written ./\(word)."),
      usageOf: CommandPath(words))
  }

  /// What is answered to a command that does not exist.
  static func unknownCommand(_ name: String, of path: CommandPath) -> UsageError {
    let nearest = LocalizedText.suggestion(typed: Nearness.nearest(to: name, among: path.subcommandNames + ["help"]))
    return UsageError(
      LocalizedText(zh: "没有命令“\(name)”。\(nearest.zh)", en: "there is no command “\(name)”.\(nearest.en)"),
      usageOf: path)
  }
}

// MARK: Arguments that are not UTF-8

extension Arguments {
  /// The arguments of this process without its name, as texts. A path need not be UTF-8; Swift would replace what it cannot
  /// decode by U+FFFD, and another file might be read or written than was named: see `PathText`.
  static var given: [String] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      CommandLine.unsafeArgv[index].map { argument in
        String(validatingCString: argument)
          ?? PathText.text(UnsafeRawBufferPointer(start: argument, count: strlen(argument)))
      }
    }
  }
}

import Localization

/// Options that are given twice. The argument parser takes the last value and says nothing, so that an export would have
/// another list than the one that was named first.
enum RepeatedOptions {
  /// The options that take several values; every other option with a value is given once. A test compares both sets with
  /// what the argument parser knows.
  static let repeatable: Set<String> = ["--only", "--skip"]
  /// Options that have two spellings.
  static let shortNames = ["-o": "--output"]

  /// - Parameter words: the command line, without what `Arguments` takes out of it.
  /// - Throws: a usage error that names the first option with a value that is given twice.
  static func refuse(_ words: [String]) throws(UsageError) {
    var given: Set<String> = []
    for word in words.prefix(while: { $0 != "--" }) where word.hasPrefix("-") && word != "-" {
      let spelling = String(word.prefix { $0 != "=" })
      let name = shortNames[spelling] ?? spelling
      if given.insert(name).inserted || repeatable.contains(name) { continue }
      // The help of a command is made only now: it takes as long as parsing the command line.
      let path = CommandPath(words)
      guard GeneratedHelp(path).namesOfOptionsWithValues.contains(name) else { continue }
      throw usageError(name, of: path)
    }
  }

  static func usageError(_ option: String, of path: CommandPath) -> UsageError {
    UsageError(
      LocalizedText(zh: "选项 \(option) 只能给一次。请留下一个。", en: "\(option) is given more than once. Leave one."),
      usageOf: path)
  }
}

import AtomicFiles

/// The command lines that need no argument parser: `--version`, and `validate` with at most a path. Describing the options
/// of a command to the parser and having it read them takes about 20 million instructions, as much as reading the built-in
/// catalog; these two are what scripts and hooks run most.
enum PlainCommandLine: Equatable {
  case version
  case validate(path: String?)

  /// - Parameter words: the arguments without `--language`.
  /// - Returns: nil for every other command line, which the parser reads.
  init?(_ words: [String]) {
    switch words.count {
    case 1 where words[0] == "--version": self = .version
    case 1 where words[0] == "validate": self = .validate(path: nil)
    case 2 where words[0] == "validate" && !words[1].hasPrefix("-"): self = .validate(path: words[1])
    default: return nil
    }
  }

  func run() throws {
    switch self {
    case .version: try Console.output(to: nil) { writer in try writer.append(RootCommand.version + "\n") }
    case .validate(let path):
      var check = CatalogCheck()
      check.path = path
      try check.run()
    }
  }
}

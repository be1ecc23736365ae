import AtomicFiles
import Deadlines

/// The command lines that need no argument parser: `--version`, and `validate` with a path, `--as-of`, `--format` and
/// `--strict` at most. Describing the options of a command to the parser and having it read them takes 10 to 20 million
/// instructions, as much as reading the built-in catalog; these are what scripts and hooks run most.
enum PlainCommandLine: Equatable {
  case version
  case validate(CatalogCheck)

  /// - Parameter words: the arguments without `--language`.
  /// - Returns: nil for every other command line, which the parser reads, and for one that it may not accept.
  init?(_ words: [String]) {
    if words == ["--version"] {
      self = .version
    } else if words.first == "validate", let check = PlainCommandLine.check(words.dropFirst()) {
      self = .validate(check)
    } else {
      return nil
    }
  }

  private static func check(_ words: ArraySlice<String>) -> CatalogCheck? {
    var check = CatalogCheck()
    var format: CatalogCheck.Format?
    var rest = words
    while let word = rest.popFirst() {
      switch word {
      case "--strict" where !check.strict: check.strict = true
      case "--as-of" where check.asOf == nil:
        guard let day = rest.popFirst().flatMap({ Day(iso: $0) }) else { return nil }
        check.asOf = day
      case "--format" where format == nil:
        guard let known = rest.popFirst().flatMap(CatalogCheck.Format.init) else { return nil }
        format = known
      default:
        guard check.path == nil, !word.hasPrefix("-") else { return nil }
        check.path = word
      }
    }
    if let format { check.format = format }
    return check
  }

  func run() throws {
    switch self {
    case .version: try Console.output(to: nil) { writer in try writer.append(RootCommand.version + "\n") }
    case .validate(let check): try check.run()
    }
  }
}

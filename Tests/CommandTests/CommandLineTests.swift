import TestSupport
import Testing

@testable import OneVisitCommand

/// The two ways around the parsing of the whole command line give what it gives.
@Suite("Command lines") struct CommandLineTests {
  /// Words that are options, values, commands or none of them.
  private static let words = [
    "validate", "list", "show", "help", "export", "xml", "csv", "rules", "catalog", "2-037", "", "-", "--", "-h", "-o",
    "x",
    "--version", "--strict", "--format", "json", "--format=json", "--as-of", "2023-01-15", "--only", "missing-value",
    "--catalog", "--department", "市公安局", "--max-findings", "3", "--no-waivers", "--color=never", "--timings", "--fix",
    "--generate-completion-script", "bash", "--into", "--dry-run", "---completion", "--experimental-dump-help",
  ]

  private static func line(
    _ seed: UInt64, startingWith first: [String], of words: [String] = CommandLineTests.words
  ) -> [String] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func next(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    return first + (0..<next(5)).map { _ in words[next(words.count)] }
  }

  @Test("A command that is parsed by itself has the values of one that is parsed from the root", arguments: 0..<40)
  func parsedAlone(_ block: Int) {
    let starts = [
      ["validate"], ["list"], ["show", "2-037"], ["export", "xml"], ["export", "csv"], ["export"], ["rules"],
      ["deadlines"],
      ["import", "x.csv", "--into", "y"], [],
    ]
    var accepted = 0
    for number in 0..<40 {
      let start = starts[number % starts.count]
      let words = CommandLineTests.line(UInt64(block * 40 + number + 1), startingWith: start)
      let alone = Result { String(describing: try Execution.parsed(words)) }
      let whole = Result { String(describing: try RootCommand.parseAsRoot(words)) }
      switch (alone, whole) {
      case (.success(let a), .success(let b)):
        #expect(a == b, "\(words)")
        accepted += 1
      case (.failure(let a), .failure(let b)):
        #expect(RootCommand.fullMessage(for: a) == RootCommand.fullMessage(for: b), "\(words)")
        #expect(RootCommand.exitCode(for: a) == RootCommand.exitCode(for: b), "\(words)")
      default: Issue.record("\(words): \(alone), from the root \(whole)")
      }
    }
    #expect(accepted > 0)
  }

  @Test("A plain command line has the values that the parser reads", arguments: 0..<40)
  func plain(_ block: Int) throws {
    var plain = 0
    for number in 0..<60 {
      let words = CommandLineTests.line(UInt64(block * 60 + number + 1), startingWith: ["validate"], of: plainWords)
      guard let line = PlainCommandLine(words) else { continue }
      plain += 1
      let command = try #require(try RootCommand.parseAsRoot(words) as? ValidateCommand, "\(words)")
      #expect(line == .validate(command.check), "\(words)")
    }
    #expect(plain > 0)
  }

  /// Words of plain command lines, and some that make a line none.
  private let plainWords = [
    "--strict", "--as-of", "2023-01-15", "2023-02-30", "--format", "json", "text", "xlsx", "xml", "catalog", "help", "",
    "--format=json", "-", "--", "-o", "--version",
  ]

  @Test func plainLines() throws {
    #expect(PlainCommandLine(["--version"]) == .version)
    #expect(PlainCommandLine(["validate"]) == .validate(CatalogCheck()))
    var check = CatalogCheck()
    check.path = "目录"
    check.strict = true
    check.format = .sarif
    check.asOf = .init(iso: "2023-01-15")
    #expect(
      PlainCommandLine(["validate", "--format", "sarif", "目录", "--as-of", "2023-01-15", "--strict"]) == .validate(check)
    )
    for words in [
      [], ["validate", "-h"], ["validate", "a", "b"], ["--version", "a"], ["list"], ["help"], ["validate", "--"],
      ["--help"], ["validat"], ["validate", "--version"], ["validate", "--format"], ["validate", "--format", "xml"],
      ["validate", "--as-of", "2023-02-30"], ["validate", "--as-of", "2023-01-15", "--as-of", "2023-01-15"],
      ["validate", "--strict", "--strict"], ["validate", "--timings"], ["validate", "--catalog", "a"],
    ] {
      #expect(PlainCommandLine(words) == nil, "\(words)")
    }
  }

  @Test("The version is printed wherever the language is written")
  func version() throws {
    for arguments in [["--version"], ["--language", "zh", "--version"], ["--version", "--language=en"]] {
      let result = try Program.run(Program.onevisit, arguments)
      #expect(result.status == 0 && result.errors.isEmpty && result.output == RootCommand.version + "\n")
    }
  }
}

import Foundation
import Testing

/// The code that README and the articles show is the code of `Tests/Support/LibraryArticle`, which is compiled and run.
@Suite struct ArticleTests {
  /// Pages and the passages that they show, in order.
  static let pages: [(page: String, passages: [String])] = [
    ("README.md", ["readme"]),
    ("README.zh-CN.md", ["readme"]),
    ("Sources/OneVisit/OneVisit.docc/OneVisit.md", ["readme"]),
    (
      "Sources/OneVisit/OneVisit.docc/CheckFromYourOwnProgram.md",
      ["read", "unreadable", "validate", "sarif", "look-up", "deadlines", "export", "import"]
    ),
    ("Sources/OneVisit/OneVisit.docc/CustomRules.md", ["custom-rule", "catalog-rule"]),
  ]

  @Test func pagesShowTheCompiledCode() throws {
    let code = try passages()
    for (page, names) in Self.pages {
      let shown = blocks(of: try Repository.text(page))
      #expect(shown == names.compactMap { code[$0] }, "\(page)")
      #expect(names.allSatisfy { code[$0] != nil }, "\(page)")
    }
    #expect(Set(Self.pages.flatMap(\.passages)) == Set(code.keys))
  }

  @Test func theCodeRuns() throws {
    let folder = try TemporaryFolder()
    try folder.copyCatalog()
    try Data("notes\n".utf8).write(to: folder.url.appending(path: "notes.txt"))
    let output = try run(in: folder)
    let results = output.split(separator: "\n").filter { $0.hasPrefix("result ") }.map { $0.dropFirst(7) }
    #expect(
      results == [
        "readme 0",
        "read 241 241 241",
        "validate 0 true",
        "sarif true",
        "look-up 1-007 2-008",
        "deadlines 1-007 2-008 2-016",
        "export true",
        "import true true 0",
        "custom-rule 3 catalog/matters.csv:12:35",
        "catalog-rule market-regulation catalog/departments.csv:2:1, "
          + "administrative-approval catalog/departments.csv:3:1",
      ])
    #expect(FileManager.default.fileExists(atPath: folder.path("catalog.xml")))
    #expect(output.contains("notes.txt"), "the error names the file")
  }

  // MARK: Reading pages and code

  /// The passages of the program by name, without their indentation.
  private func passages() throws -> [String: String] {
    var passages: [String: String] = [:]
    var name: String?
    var lines: [Substring] = []
    let code = try Repository.text("Tests/Support/LibraryArticle/ArticleCode.swift")
    for line in code.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("    // begin ") {
        name = String(line.dropFirst(13))
        lines = []
      } else if line == "    // end", let finished = name {
        passages[finished] = lines.joined(separator: "\n")
        name = nil
      } else {
        lines.append(line.hasPrefix("    ") ? line.dropFirst(4) : line)
      }
    }
    return passages
  }

  /// The Swift blocks of a page, without `import OneVisit`.
  private func blocks(of page: String) -> [String] {
    page.components(separatedBy: "```swift\n").dropFirst().map { block in
      let code = block.components(separatedBy: "\n```")[0]
      return code.hasPrefix("import OneVisit\n") ? String(code.dropFirst(16)) : code
    }
  }

  private func run(in folder: TemporaryFolder) throws -> String {
    let output = folder.url.appending(path: "output")
    try Data().write(to: output)
    let process = Process()
    process.executableURL = try Self.program()
    process.currentDirectoryURL = folder.url
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try String(contentsOf: output, encoding: .utf8)
  }

  /// The program stands beside the bundle of tests.
  private static func program() throws -> URL {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let candidates = ([own] + CommandLine.arguments).map {
      URL(filePath: $0).deletingLastPathComponent().appending(path: "LibraryArticle")
    }
    return try #require(candidates.first { FileManager.default.isExecutableFile(atPath: $0.path()) })
  }
}

import Foundation
import TestSupport
import Testing

/// Every `console` block of the pages shows what the commands in it really print.
///
/// A block is a session: a line `$ command` and below it what a terminal shows of it, standard output and standard error
/// as they come (`2>&1`). A line `…` stands for any number of lines. All blocks of a page run one after the other in one
/// folder that holds a copy of `catalog/`; the page's name says the language. `UPDATE_GOLDEN=1` rewrites the blocks: what
/// was elided stays elided, with as many lines before and after it.
@Suite struct ReadmeTests {
  static let pages = [
    "README.md", "README.zh-CN.md", "docs/pipelines.md", "docs/pipelines.zh-CN.md", "schemas/README.md",
  ].filter { FileManager.default.fileExists(atPath: Program.root.appending(path: $0).path()) }

  private static let elision = "…"

  @Test(arguments: pages) func consoleBlocksShowRealOutput(_ page: String) throws {
    let file = Program.root.appending(path: page)
    let text = try String(contentsOf: file, encoding: .utf8)
    let isUpdate = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"
    let session = try Session(isChinese: page.hasSuffix(".zh-CN.md"))
    var lines = text.components(separatedBy: "\n")[...]
    var rewritten: [String] = []
    while let line = lines.popFirst() {
      rewritten.append(line)
      guard line == "```console" else { continue }
      while let command = lines.first, command != "```" {
        let number = rewritten.count + 1
        lines.removeFirst()
        rewritten.append(command)
        guard command.hasPrefix("$ ") else {
          Issue.record("\(page):\(number): no command begins this block")
          break
        }
        var shown: [String] = []
        while let next = lines.first, next != "```", !next.hasPrefix("$ ") {
          shown.append(next)
          lines.removeFirst()
        }
        let printed = try session.run(String(command.dropFirst(2)))
        if Self.matches(shown, printed) {
          rewritten += shown
        } else if isUpdate {
          rewritten += Self.elided(printed, like: shown)
        } else {
          Issue.record(
            """
            \(page):\(number): \(command)
            does not print what stands there (UPDATE_GOLDEN=1 swift test rewrites it), but
            \(printed.prefix(40).joined(separator: "\n"))
            """)
          rewritten += shown
        }
      }
    }
    if isUpdate, rewritten.joined(separator: "\n") != text {
      try Data(rewritten.joined(separator: "\n").utf8).write(to: file)
    }
  }

  /// Whether `printed` is what is shown, with anything in the position of each elision.
  private static func matches(_ shown: [String], _ printed: [String]) -> Bool {
    let parts = shown.split(separator: elision, omittingEmptySubsequences: false).map(Array.init)
    guard parts.count > 1, let first = parts.first, let last = parts.last else { return shown == printed }
    guard printed.count >= first.count + last.count, printed.starts(with: first),
      printed.suffix(last.count) == last[...]
    else { return false }
    var rest = printed.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() {
      while rest.count >= part.count, !rest.starts(with: part) { rest.removeFirst() }
      guard rest.count >= part.count else { return false }
      rest.removeFirst(part.count)
    }
    return true
  }

  private static func elided(_ printed: [String], like shown: [String]) -> [String] {
    guard let first = shown.firstIndex(of: elision), let last = shown.lastIndex(of: elision) else { return printed }
    let (head, tail) = (first, shown.count - last - 1)
    guard printed.count > head + tail + 1 else { return printed }
    return printed.prefix(head) + [elision] + printed.suffix(tail)
  }

  /// One folder, in which commands run as in a terminal.
  private final class Session {
    private let catalog: CatalogFolder
    private let environment: [String: String]

    init(isChinese: Bool) throws {
      catalog = try CatalogFolder()
      let root = Program.root
      try FileManager.default.copyItem(
        at: root.appending(path: "schemas"), to: catalog.folder.appending(path: "schemas"))
      try FileManager.default.createDirectory(
        at: catalog.folder.appending(path: "docs"), withIntermediateDirectories: false)
      try FileManager.default.copyItem(
        at: root.appending(path: "docs/examples"), to: catalog.folder.appending(path: "docs/examples"))
      let program = URL(filePath: Program.onevisit).deletingLastPathComponent().path()
      environment = [
        "PATH": program + ":" + (Program.environment["PATH"] ?? ""), "HOME": catalog.folder.path(),
        "LC_ALL": isChinese ? "zh_CN.UTF-8" : "C.UTF-8", "LANGUAGE": "en", "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "init.defaultBranch", "GIT_CONFIG_VALUE_0": "main",
        "GIT_CONFIG_KEY_1": "core.quotePath", "GIT_CONFIG_VALUE_1": "false", "GIT_AUTHOR_NAME": "clerk",
        "GIT_AUTHOR_EMAIL": "clerk@example.org", "GIT_COMMITTER_NAME": "clerk",
        "GIT_COMMITTER_EMAIL": "clerk@example.org",
      ]
    }

    func run(_ command: String) throws -> [String] {
      let outcome = try Program.shell("exec 2>&1\n" + command, in: catalog.folder, environment: environment)
      var lines = outcome.output.components(separatedBy: "\n")
      if lines.last == "" { lines.removeLast() }
      return lines
    }
  }
}

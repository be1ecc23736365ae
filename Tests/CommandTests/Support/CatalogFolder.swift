import Foundation
import Testing

struct NoSuchText: Error, CustomStringConvertible { var description: String }

/// A copy of the shipped catalog, named `catalog` in a folder of its own, to edit as a clerk would.
final class CatalogFolder {
  private let ground: TemporaryFolder?
  /// The folder that holds it: where commands are run.
  let folder: URL
  let url: URL
  let name: String

  static let day = "2023-01-20"

  /// - Parameter position: Where it is made; a new folder, gone with it, if left out.
  init(named name: String = "catalog", in position: URL? = nil) throws {
    let ground = try position == nil ? TemporaryFolder() : nil
    self.ground = ground
    folder = try #require(position ?? ground?.url)
    self.name = name
    url = folder.appending(path: name, directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    let shipped = Program.root.appending(path: "catalog")
    for file in try FileManager.default.contentsOfDirectory(atPath: shipped.path()) where !file.hasSuffix(".md") {
      try FileManager.default.copyItem(at: shipped.appending(path: file), to: url.appending(path: file))
    }
  }

  // MARK: Running

  func run(_ arguments: String..., environment: [String: String] = [:], input: String? = nil) throws -> Outcome {
    try Program.run(Program.onevisit, arguments, in: folder, environment: environment, input: input)
  }

  /// Checks it, on a day that is always the same.
  func validate(_ arguments: String..., day: String = CatalogFolder.day) throws -> Report {
    try Report(
      Program.run(
        Program.onevisit,
        ["validate", name, "--as-of", day, "--format", "json", "--language", "en", "--max-findings", "0"] + arguments,
        in: folder))
  }

  /// What is told of the catalog as shipped.
  static let shipped: Result<Report, any Error> = Result { try CatalogFolder().validate() }

  // MARK: Editing

  func bytes(_ file: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: url.appending(path: file))) }

  func text(_ file: String) throws -> String { String(decoding: try bytes(file), as: UTF8.self) }

  func write(_ text: String, to file: String) throws { try write(Array(text.utf8), to: file) }

  func write(_ bytes: [UInt8], to file: String) throws { try Data(bytes).write(to: url.appending(path: file)) }

  func delete(_ file: String) throws { try FileManager.default.removeItem(at: url.appending(path: file)) }

  func exists(_ file: String) -> Bool { FileManager.default.fileExists(atPath: url.appending(path: file).path()) }

  /// The names of everything in it, hidden files included.
  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: url.path()).sorted() }

  /// Every file's bytes.
  func snapshot() throws -> [String: [UInt8]] {
    Dictionary(uniqueKeysWithValues: try names().map { ($0, try bytes($0)) })
  }

  func lines(_ file: String) throws -> [String] {
    var lines = try text(file).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  func edit(_ file: String, _ change: (inout [String]) throws -> Void) throws {
    var lines = try lines(file)
    try change(&lines)
    try write(lines.joined(separator: "\n") + "\n", to: file)
  }

  /// Replaces a text that must be there; with `row`, in the row alone that begins so.
  func replace(_ old: String, with new: String, in file: String, row: String? = nil) throws {
    guard let row else {
      let text = try text(file)
      guard text.contains(old) else { throw NoSuchText(description: "no “\(old)” in \(file)") }
      return try write(text.replacingOccurrences(of: old, with: new), to: file)
    }
    try edit(file) { lines in
      let index = try CatalogFolder.index(of: row, in: lines, file)
      guard let range = lines[index].range(of: old) else {
        throw NoSuchText(description: "no “\(old)” in the row \(row) of \(file)")
      }
      lines[index].replaceSubrange(range, with: new)
    }
  }

  func append(_ rows: String..., to file: String) throws { try edit(file) { $0 += rows } }

  func insert(_ rows: String..., after row: String, in file: String) throws {
    try edit(file) { $0.insert(contentsOf: rows, at: try CatalogFolder.index(of: row, in: $0, file) + 1) }
  }

  /// Drops the row that begins so.
  func delete(row: String, in file: String) throws {
    try edit(file) { _ = $0.remove(at: try CatalogFolder.index(of: row, in: $0, file)) }
  }

  /// Drops every row that begins so.
  func delete(rows prefix: String, in file: String) throws { try edit(file) { $0.removeAll { $0.hasPrefix(prefix) } } }

  /// Enters every matter as done the day after the notice.
  func recordEverything() throws {
    let done = Array(repeating: "2022-12-31", count: 7).joined(separator: ",")
    let ids = try lines("matters.csv").dropFirst().map { CatalogFolder.cells($0)[0] }
    try edit("progress.csv") { $0 += ids.map { "\($0),\(done)" } }
  }

  /// The `onevisit` part of the description.
  func configure(_ rules: String) throws {
    let text = try text("datapackage.json")
    let start = try #require(text.firstIndex(of: "{"))
    try write("{\n  \"onevisit\": {\"rules\": \(rules)}," + text[text.index(after: start)...], to: "datapackage.json")
  }

  /// Moves every column: `order` gives the new order by name.
  func reorder(_ file: String, _ order: [Int]) throws {
    try edit(file) { lines in
      lines = lines.map { line in
        let cells = CatalogFolder.cells(line)
        return order.map { cells[$0] }.joined(separator: ",")
      }
    }
  }

  /// The cells of a line as written, quotes included.
  static func cells(_ line: String) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" { isQuoted.toggle() }
      if character == ",", !isQuoted { cells.append("") } else { cells[cells.count - 1].append(character) }
    }
    return cells
  }

  private static func index(of row: String, in lines: [String], _ file: String) throws -> Int {
    guard let index = lines.firstIndex(where: { $0.hasPrefix(row) }) else {
      throw NoSuchText(description: "no row “\(row)” in \(file)")
    }
    return index
  }
}

/// Text as GB18030: what a Chinese spreadsheet program saves.
func gb18030(_ text: String) throws -> [UInt8] {
  let ground = try TemporaryFolder()
  let file = ground.url.appending(path: "text")
  try Data(text.utf8).write(to: file)
  let outcome = try Program.shell("iconv -f UTF-8 -t GB18030 '\(file.path())'")
  try #require(outcome.status == 0, "\(outcome.errors)")
  return outcome.bytes
}

import Foundation
import Testing

/// A text to edit that the catalog does not contain.
package struct NoSuchText: Error, CustomStringConvertible { package var description: String }

/// A copy of the shipped catalog, named `catalog` in a folder of its own, to edit.
package final class CatalogFolder {
  private let temporary: TemporaryFolder?
  /// The folder that holds it: where commands are run.
  package let folder: URL
  package let url: URL
  package let name: String

  package static let day = "2023-01-20"

  /// - Parameter position: the folder in which it is made; left out, a new folder that is removed with this value.
  package init(named name: String = "catalog", in position: URL? = nil) throws {
    let temporary = try position == nil ? TemporaryFolder() : nil
    self.temporary = temporary
    folder = try #require(position ?? temporary?.url)
    self.name = name
    url = folder.appending(path: name, directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    let shipped = Program.root.appending(path: "catalog")
    for file in try FileManager.default.contentsOfDirectory(atPath: shipped.path()) where !file.hasSuffix(".md") {
      try FileManager.default.copyItem(at: shipped.appending(path: file), to: url.appending(path: file))
    }
  }

  // MARK: Running

  package func run(_ arguments: String..., environment: [String: String] = [:], input: String? = nil) throws -> Outcome
  {
    try Program.run(Program.onevisit, arguments, in: folder, environment: environment, input: input)
  }

  /// Validates it as of a fixed day.
  package func validate(_ arguments: String..., day: String = CatalogFolder.day) throws -> Report {
    try Report(
      Program.run(
        Program.onevisit,
        ["validate", name, "--as-of", day, "--format", "json", "--language", "en", "--max-findings", "0"] + arguments,
        in: folder))
  }

  /// The report on the catalog as shipped.
  package static let shipped: Result<Report, any Error> = Result { try CatalogFolder().validate() }

  // MARK: Editing

  package func bytes(_ file: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: url.appending(path: file))) }

  package func text(_ file: String) throws -> String { String(decoding: try bytes(file), as: UTF8.self) }

  package func write(_ text: String, to file: String) throws { try write(Array(text.utf8), to: file) }

  package func write(_ bytes: [UInt8], to file: String) throws { try Data(bytes).write(to: url.appending(path: file)) }

  package func delete(_ file: String) throws { try FileManager.default.removeItem(at: url.appending(path: file)) }

  package func exists(_ file: String) -> Bool {
    FileManager.default.fileExists(atPath: url.appending(path: file).path())
  }

  /// The names of everything in it, hidden files included.
  package func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: url.path()).sorted() }

  /// Every file's bytes.
  package func snapshot() throws -> [String: [UInt8]] {
    Dictionary(uniqueKeysWithValues: try names().map { ($0, try bytes($0)) })
  }

  package func lines(_ file: String) throws -> [String] {
    var lines = try text(file).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  package func edit(_ file: String, _ change: (inout [String]) throws -> Void) throws {
    var lines = try lines(file)
    try change(&lines)
    try write(lines.joined(separator: "\n") + "\n", to: file)
  }

  /// Replaces a text that must be there; with `row`, only in the row that begins with it.
  package func replace(_ old: String, with new: String, in file: String, row: String? = nil) throws {
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

  /// Rows of items may leave out the optional columns `id`, `approval` and `core`.
  package func append(_ rows: String..., to file: String) throws {
    try edit(file) { $0 += rows.map { CatalogFolder.completed($0, in: file) } }
  }

  package func insert(_ rows: String..., after row: String, in file: String) throws {
    try edit(file) {
      $0.insert(
        contentsOf: rows.map { CatalogFolder.completed($0, in: file) },
        at: try CatalogFolder.index(of: row, in: $0, file) + 1)
    }
  }

  private static func completed(_ row: String, in file: String) -> String {
    let cells = row.contains("\"") ? 0 : row.count { $0 == "," } + 1
    return file == "items.csv" && cells == 5 ? row + ",,," : file == "waivers.csv" && cells == 3 ? row + "," : row
  }

  /// Deletes the row that begins with a text.
  package func delete(row: String, in file: String) throws {
    try edit(file) { _ = $0.remove(at: try CatalogFolder.index(of: row, in: $0, file)) }
  }

  /// Deletes every row that begins with a text.
  package func delete(rows prefix: String, in file: String) throws {
    try edit(file) { $0.removeAll { $0.hasPrefix(prefix) } }
  }

  /// Records every matter as done the day after the notice.
  package func recordEverything() throws {
    let done = Array(repeating: "2022-12-31", count: 9).joined(separator: ",")
    let ids = try lines("matters.csv").dropFirst().map { CatalogFolder.cells($0)[0] }
    try edit("progress.csv") { $0 += ids.map { "\($0),\(done),,,,," } }
  }

  /// The `onevisit` part of the description.
  package func configure(_ rules: String) throws {
    let text = try text("datapackage.json")
    let start = try #require(text.firstIndex(of: "{"))
    try write("{\n  \"onevisit\": {\"rules\": \(rules)}," + text[text.index(after: start)...], to: "datapackage.json")
  }

  /// Moves every column: `order` gives the new order by name.
  package func reorder(_ file: String, _ order: [Int]) throws {
    try edit(file) { lines in
      lines = lines.map { line in
        let cells = CatalogFolder.cells(line)
        return order.map { cells[$0] }.joined(separator: ",")
      }
    }
  }

  /// The cells of a line as written, quotes included.
  package static func cells(_ line: String) -> [String] {
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
package func gb18030(_ text: String) throws -> [UInt8] {
  let temporary = try TemporaryFolder()
  let file = temporary.url.appending(path: "text")
  try Data(text.utf8).write(to: file)
  let outcome = try Program.shell("iconv -f UTF-8 -t GB18030 '\(file.path())'")
  try #require(outcome.status == 0, "\(outcome.errors)")
  return outcome.bytes
}

import AtomicFiles
import CSVFormat
import Catalog
import Deadlines
import Localization
import Validator

/// The fixes of a catalog folder: cells whose right text is certain, and on request those for which a rule has a
/// suggestion. Only these cells change; every other byte of their tables stays.
package struct CatalogFixes {
  /// A cell that changes.
  package struct Change: Sendable, Hashable {
    package var file: String
    /// Its address in a spreadsheet, `C24`.
    package var cell: String
    package var before: String
    package var after: String
    /// The rules that ask for it.
    package var rules: [String]
    /// The id of the row, and the name of the column.
    package var subject: String
    package var column: String
    /// The meaning stays; otherwise one of the rules only suggests the text.
    package var isSafe: Bool
  }

  /// In the order of the tables.
  package private(set) var changes: [Change] = []
  /// The new bytes of each table that changes, by its file for messages.
  private var files: [String: [UInt8]] = [:]
  private let folder: String

  /// Rules find something to fix in what others have fixed, but not for ever.
  private static let rounds = 8

  /// Finds the fixes of a folder without writing anything.
  /// - Parameter isUnsafe: suggestions count as well.
  /// - Throws: `TableNotRewritable`.
  package init(of folder: String, options: ValidationOptions, isUnsafe: Bool = false) throws {
    self.folder = folder
    try find(options, isUnsafe: isUnsafe) { FolderReader.read(folder, replacing: $0) }
  }

  /// Finds the fixes of a folder in memory.
  init(named name: String, files: [String: [UInt8]], options: ValidationOptions, isUnsafe: Bool) throws {
    folder = name
    try find(options, isUnsafe: isUnsafe) { changed in
      var files = files
      for (file, bytes) in changed { files[FolderWriter.name(of: file, in: name)] = bytes }
      return FolderReader.read(named: name, files: files)
    }
    for (file, bytes) in self.files.map({ (FolderWriter.name(of: $0, in: name), $1) }) { fixedFiles[file] = bytes }
  }

  /// The changed tables of a folder in memory, by their names in it.
  private(set) var fixedFiles: [String: [UInt8]] = [:]

  private mutating func find(
    _ options: ValidationOptions, isUnsafe: Bool, _ read: ([String: [UInt8]]) -> Catalog
  ) throws {
    var options = options
    options.cap = .max
    options.baseline = nil
    let rules = RuleBook.rules.filter { rule in
      guard options.only.isEmpty || options.only.contains(rule.id) else { return false }
      return switch rule.correction {
      case nil: false
      case .text, .reported: true
      case .suggested: isUnsafe
      }
    }
    options.only = Set(rules.map(\.id)).subtracting(options.skip)
    if options.only.isEmpty { return }
    var orders: [Change.Key: Int] = [:]
    for _ in 0..<CatalogFixes.rounds {
      let catalog = read(files)
      let corrections = CatalogFixes.corrections(of: catalog, options)
      if corrections.isEmpty { return }
      for (source, cells) in corrections {
        guard let csv = catalog.sources[source].csv else { continue }
        if !csv.text.unreadable.isEmpty { throw TableNotRewritable(file: csv.file) }
        files[csv.file] = try csv.replacing(cells.mapValues(\.correction.after))
        for (_, cell) in cells.sorted(by: { $0.key < $1.key }) { note(cell, in: csv.file, &orders) }
      }
    }
  }

  /// One correction of a cell and the rule that asks for it.
  private struct Cell {
    var correction: CellCorrection
    var rule: String
    var subject: String
    var column: String
  }

  /// By source, then by the byte at which the cell begins. Of several corrections of one cell the others wait for the next
  /// round.
  private static func corrections(of catalog: Catalog, _ options: ValidationOptions) -> [Int: [Int: Cell]] {
    var found: [Int: [Int: Cell]] = [:]
    for finding in Validation(catalog, options: options).findings where !finding.isWaived {
      guard let correction = finding.correction,
        case .cell(let source, let table, let column, let row) = correction.position,
        let csv = catalog.sources[source].csv, let index = catalog.sources[source].columns[table]?[column]
      else { continue }
      let start = csv.cells(ofRowAt: row)[index].written
      if found[source]?[start] != nil { continue }
      found[source, default: [:]][start] = Cell(
        correction: correction, rule: finding.rule, subject: finding.subject, column: finding.location?.field ?? "")
    }
    return found
  }

  private mutating func note(_ cell: Cell, in file: String, _ orders: inout [Change.Key: Int]) {
    let key = Change.Key(file: file, cell: cell.correction.address)
    if let index = orders[key] {
      changes[index].after = cell.correction.after
      changes[index].isSafe = changes[index].isSafe && cell.correction.isSafe
      if !changes[index].rules.contains(cell.rule) { changes[index].rules.append(cell.rule) }
      return
    }
    orders[key] = changes.count
    changes.append(
      Change(
        file: file, cell: cell.correction.address, before: cell.correction.before, after: cell.correction.after,
        rules: [cell.rule], subject: cell.subject, column: cell.column, isSafe: cell.correction.isSafe))
  }

  /// Writes the changed tables into a folder that was locked before the fixes were found; the caller commits.
  /// - Throws: `TableIsLink`, `FileFailure`.
  package func write(into folder: FolderReplacement) throws {
    for (file, bytes) in files.sorted(by: { $0.key < $1.key }) {
      let name = FolderWriter.name(of: file, in: self.folder)
      if folder.isLink(name) { throw TableIsLink(file: file) }
      try folder.write(name) { try $0.append(bytes) }
    }
  }
}

extension CatalogFixes.Change {
  fileprivate struct Key: Hashable {
    var file: String
    var cell: String
  }
}

extension CSVTable {
  /// The table with some cells replaced, by the byte at which each begins. A cell in quotes stays in quotes.
  func replacing(_ texts: [Int: String]) throws -> [UInt8] {
    let writer = ByteWriter.memory(capacity: bytes.count + 256)
    if text.hasByteOrderMark, text.encoding != .utf16 { try writer.append([0xEF, 0xBB, 0xBF] as [UInt8]) }
    var copied = text.start
    var reader = rows()
    while reader.next() {
      for cell in reader.cells {
        guard let new = texts[cell.written] else { continue }
        try writer.append(copied..<cell.written, of: bytes)
        let isQuoted = cell.isQuoted
        if isQuoted {
          try writer.append("\"" + new.replacing("\"", with: "\"\"") + "\"")
        } else {
          try CSVWriter.append(new, to: writer, separator: separator)
        }
        copied = min(isQuoted ? cell.end + 1 : cell.end, bytes.count)
      }
    }
    try writer.append(copied..<bytes.count, of: bytes)
    guard let encoded = TextDecoding.encode(writer.bytes, as: text.encoding, isBigEndian: text.isBigEndian) else {
      throw CSVWriteFailure.unencodable(text.encoding)
    }
    return encoded
  }
}

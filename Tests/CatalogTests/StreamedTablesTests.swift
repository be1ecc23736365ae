import AtomicFiles
import CSVFormat
import Foundation
import Localization
import Platform
import TestSupport
import Testing

@testable import Catalog

/// A folder on the disk with the tables of a small catalog.
private struct DiskFolder {
  private let temporary: TemporaryFolder

  var path: String { temporary.url.path }

  init(_ tables: [String: [UInt8]]) throws {
    temporary = try TemporaryFolder()
    for (name, bytes) in tables { try write(bytes, to: name) }
  }

  /// Writes a file, in its place if there is one already.
  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: temporary.url.appending(path: name))
  }

  /// Reads the folder with its large tables in pieces; nil if a row is in doubt.
  func streamed(pieceSize: Int) throws -> Catalog? {
    let folder = try OpenFile.openFolder(in: nil, FilePath(text: path))
    let shown = path
    let reading = FolderReading(
      origin: .folder(path), display: path, schema: .standard, progress: nil,
      streaming: FolderReading.Streaming(
        open: { (name) throws(FileFailure) in
          try StreamedFile(FilePath(text: name), in: folder, shown: shown + "/" + name, minimum: 0)
        }, pieceSize: pieceSize)
    ) { (name) throws(FileFailure) in
      do throws(FileFailure) {
        return try Bytes.readRegular(FilePath(text: name), in: folder, shown: shown + "/" + name)
      } catch {
        if error.isMissing { return nil }
        throw error
      }
    }
    let catalog = reading.currentCatalog()
    #expect(reading.isInDoubt == (catalog == nil))
    return catalog
  }
}

/// All that was read: the cells of every row with their positions, and the issues.
private func content(_ catalog: Catalog) -> [String] {
  let locator = Locator(catalog)
  func described(_ position: SourcePosition) -> String {
    let location = locator.locate(position)
    return "\(location?.line ?? 0):\(location?.column ?? 0) \(location?.cell ?? "") \(location?.excerpt ?? "")"
  }
  var lines: [String] = []
  for matter in catalog.matters {
    let unknown = MatterColumn.allCases.map { matter.isUnknown($0) ? "?" : "." }.joined()
    lines.append(
      catalog.cells(of: matter).joined(separator: "|") + unknown + described(catalog.position(matter, .name)))
  }
  for item in catalog.items {
    let unknown = ItemColumn.allCases.map { item.isUnknown($0) ? "?" : "." }.joined()
    lines.append(catalog.cells(of: item).joined(separator: "|") + unknown + described(catalog.position(item, .name)))
  }
  for issue in catalog.issues {
    lines.append(
      "\(issue.kind) \(described(issue.position)) \(issue.matter ?? -1) \(issue.subject ?? "-") \(issue.text ?? "-")")
  }
  for column in TextColumn.allCases { lines.append("\(column) \(catalog.distinctCount(column))") }
  return lines
}

/// Writes tables as people and programs do: quotes, blank lines, line ends of every kind, missing and further cells.
private struct TableWriter {
  var generator: Xorshift
  /// The last line has no line end.
  let endsOpen: Bool
  let lineEnd: String
  let hasMark: Bool
  let separator: String
  /// How many rows in a hundred have a fault.
  let faults: Int

  init(seed: UInt64) {
    generator = Xorshift(seed: seed)
    endsOpen = generator.below(2) == 0
    lineEnd = generator.below(3) == 0 ? "\r\n" : "\n"
    hasMark = generator.below(3) == 0
    separator = [",", ",", "\t", ";"][generator.below(4)]
    faults = [0, 0, 0, 3][generator.below(4)]
  }

  mutating func cell(_ text: String) -> String {
    switch generator.below(12) {
    case 0: return "\"" + text + "\""
    case 1 where !text.isEmpty: return "\"" + text + "（“\"\"号\"\"”）\""
    case 2 where !text.isEmpty: return "\"" + text + "\n第二行" + separator + "\""
    case 3 where !text.isEmpty: return text + "(3 月)"
    case 4 where !text.isEmpty: return " " + text + " "
    default: return text
    }
  }

  mutating func table(_ header: [String], _ rows: [[String]]) -> [UInt8] {
    // Further empty cells at the end, as a spreadsheet leaves them.
    let further = generator.below(4) == 0 ? 2 : 0
    var text = hasMark ? "\u{FEFF}" : ""
    text += (header + [String](repeating: "", count: further)).joined(separator: separator) + lineEnd
    for (index, row) in rows.enumerated() {
      var cells = row
      for column in cells.indices where column != 2 { cells[column] = cell(cells[column]) }
      if generator.below(20) == 0 { text += lineEnd }
      if generator.below(30) == 0 {
        text += [String](repeating: "", count: header.count).joined(separator: separator) + lineEnd
      }
      cells += [String](repeating: "", count: generator.below(further + 1))
      if generator.below(100) < faults {
        switch generator.below(7) {
        case 0: cells.removeLast()
        case 1: cells.append("多")
        case 2: cells[0] = "\"" + cells[0]
        case 3: cells[1] += "\"引号"
        case 4: cells[1] += "\0"
        case 5: cells[0] = "<<<<<<< ours"
        default: cells[1] += "\u{301}" + String(repeating: "\u{302}", count: 200)
        }
      }
      text += cells.joined(separator: separator)
      if index < rows.count - 1 || !endsOpen { text += lineEnd }
    }
    var bytes = Array(text.utf8)
    if faults > 0, generator.below(3) == 0, bytes.count > 900 { bytes[800 + generator.below(bytes.count - 800)] = 0xFF }
    return bytes
  }
}

/// Numbers that are the same for the same seed (xorshift64*).
private struct Xorshift {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
  mutating func below(_ limit: Int) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % limit
  }
}

@Suite struct StreamedTablesTests {
  private func tables(seed: UInt64) -> [String: [UInt8]] {
    var writer = TableWriter(seed: seed)
    var tables: [String: [UInt8]] = [:]
    for name in ["notices.csv", "lists.csv", "departments.csv", "approvals.csv"] {
      tables[name] = FolderReader.builtInFile(name)
    }
    let count = 20 + writer.generator.below(60)
    let names = ["开餐馆", "企业职工退休", "新生儿出生", "开办便利店", "水电气报装"]
    let matters = (1...count).map { number -> [String] in
      let digits = String(number)
      let id = "2-" + String(repeating: "0", count: 3 - digits.count) + digits
      let audience = number % 3 == 0 ? "individual" : "enterprise"
      let name = names[writer.generator.below(names.count)] + (writer.generator.below(3) == 0 ? "" : digits)
      let deadline = "2022年\(1 + writer.generator.below(12))月底"
      return [id, "second", digits, audience, name, "市人社局", deadline, "", "", ""]
    }
    var items: [[String]] = []
    for matter in matters {
      for number in 0..<writer.generator.below(4) {
        items.append([matter[0], "开具证明\(writer.generator.below(5))", String(number + 1), "市公安局", ""])
      }
    }
    tables["matters.csv"] = writer.table(
      ["id", "list", "number", "audience", "name", "lead", "deadline", "remark", "includes", "placeholder"], matters)
    tables["items.csv"] = writer.table(["matter", "name", "number", "responsible", "shared"], items)
    return tables
  }

  @Test func piecesAreReadAsTheWholeIs() throws {
    var doubts = 0
    var plain = 0
    for seed in 1...UInt64(60) {
      let folder = try DiskFolder(tables(seed: seed))
      let whole = FolderReader.read(folder.path)
      let expected = content(whole)
      for pieceSize in [32, 777, 256 * 1024] {
        guard let streamed = try folder.streamed(pieceSize: pieceSize) else {
          doubts += 1
          // Nothing is doubted in a folder without a finding of the reader.
          #expect(!whole.issues.isEmpty, "seed \(seed), piece \(pieceSize)")
          continue
        }
        plain += 1
        #expect(content(streamed) == expected, "seed \(seed), piece \(pieceSize)")
      }
    }
    // Both ways are taken often.
    #expect(doubts > 8)
    #expect(plain > 80)
  }

  @Test func aRowThatIsLongerThanAPieceIsRead() throws {
    var tables = tables(seed: 4)
    let header = "id,list,number,audience,name,lead,deadline,remark,includes,placeholder\n"
    let long = String(repeating: "很长的备注，", count: 20_000)
    tables["matters.csv"] = Array((header + "2-001,second,1,individual,开餐馆,市人社局,2022年12月底,\"\(long)\",,\n").utf8)
    tables["items.csv"] = Array("matter,name,number,responsible,shared\n".utf8)
    let folder = try DiskFolder(tables)
    let streamed = try #require(try folder.streamed(pieceSize: 1000))
    #expect(content(streamed) == content(FolderReader.read(folder.path)))
  }

  @Test func aFileThatChangesMeanwhileIsNotShown() throws {
    let folder = try DiskFolder(tables(seed: 8))
    let catalog = try #require(try folder.streamed(pieceSize: 1000))
    let matter = try #require(catalog.matters.first)
    let cells = catalog.cells(of: matter)
    #expect(catalog.changedFile == nil)
    try folder.write(Array("id\n".utf8), to: "matters.csv")
    #expect(catalog.changedFile?.hasSuffix("/matters.csv") == true)
    let location = try #require(Locator(catalog).locate(catalog.position(matter, .name)))
    #expect(location.file.hasSuffix("/matters.csv"))
    #expect(location.line == nil && location.excerpt == nil)
    // Texts stay what was read.
    #expect(catalog.cells(of: matter) == cells)
  }

  @Test func smallTablesAreHeld() throws {
    let folder = try DiskFolder(tables(seed: 2))
    let opened = try OpenFile.openFolder(in: nil, FilePath(text: folder.path))
    #expect(
      try StreamedFile(
        FilePath(text: "matters.csv"), in: opened, shown: "matters.csv", minimum: FolderReading.Streaming.minimum)
        == nil)
    #expect(throws: FileFailure.self) {
      try StreamedFile(FilePath(text: "none.csv"), in: opened, shown: "none.csv", minimum: 0)
    }
  }
}

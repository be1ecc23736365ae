import AtomicFiles
import CSVFormat
import Catalog
import Deadlines
import Interchange
import Localization

enum FolderBody {
  /// Files one after the other, each after a line `=== name`; `=== day` holds the day asked about. Tables that the
  /// input does not have are those of a small catalog, or missing.
  static func run(_ input: [UInt8]) throws {
    let choices = Choices(input)
    var files = choices.bit(0) ? [:] : SmallCatalog.tables
    files.merge(split(choices.rest)) { $1 }
    let day = files.removeValue(forKey: "day").flatMap { Day(iso: $0.prefix(10)) }
    let catalog = FolderReader.read(named: "catalog", files: files)
    if let pieced = FolderReader.readInPieces(named: "catalog", files: files, pieceSize: 64 + choices.turn % 512) {
      try CatalogChecks.sameReading(catalog, pieced)
    }
    try CatalogChecks.checkReports(catalog, day: day ?? usualDay, choices)
    try CatalogChecks.checkExports(catalog, choices)
    guard !catalog.isUnreadable else { return }
    try CatalogChecks.checkComparisons(catalog, choices)
    if choices.turn >> 5 & 1 == 0 { try CatalogChecks.checkEdits(catalog, choices) }
  }

  static let usualDay = Day(iso: "2023-01-15") ?? .earliest

  static func split(_ bytes: ArraySlice<UInt8>) -> [String: [UInt8]] {
    let mark: [UInt8] = Array("=== ".utf8)
    var files: [String: [UInt8]] = [:]
    var name: String?
    var content: [UInt8] = []
    var rest = bytes
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.endIndex
      let line = rest[..<end]
      rest = rest[end...]
      if line.starts(with: mark) {
        if let name { files[name] = content }
        content = []
        name = String(decoding: line.dropFirst(mark.count).prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
      } else {
        content += line
      }
    }
    if let name { files[name] = content }
    return files
  }
}

enum ListBody {
  static func run(_ input: [UInt8]) throws {
    let choices = Choices(input)
    var options = CSVListOptions()
    if choices.bit(0) { options.list = "second" }
    options.isImport = choices.bit(1)
    options.encoding = choices.bit(2) ? .gb18030 : choices.bit(3) ? .utf16 : nil
    let catalog = CSVListReader.read(
      file: "list.csv", bytes: Bytes(choices.rest), base: SmallCatalog.catalog, options: options)
    try CatalogChecks.checkReports(catalog, day: FolderBody.usualDay, choices)
    try CatalogChecks.checkExports(catalog, choices)
    if !catalog.isUnreadable { try CatalogChecks.checkComparisons(catalog, choices) }
  }
}

enum XMLBody {
  static func run(_ input: [UInt8]) throws {
    let catalog = XMLCatalogReader.read(named: "catalog.xml", Bytes(input))
    let choices = Choices(input)
    try CatalogChecks.checkReports(catalog, day: FolderBody.usualDay, choices)
    try CatalogChecks.checkExports(catalog, choices)
    // The same through a file, as the command reads it.
    guard input.first == 0x3C, choices.turn & 0x380 == 0 else { return }
    let path = ScratchFolder.path + "/document.xml"
    try ScratchFolder.write(input, to: path)
    let file = CatalogReader.read(path)
    try expect(file.issues.count == catalog.issues.count, "other issues when read from a file")
    try CatalogChecks.same(try CatalogChecks.tables(catalog), try CatalogChecks.tables(file), "file")
  }
}

enum PlanBody {
  static func run(_ input: [UInt8]) throws {
    let choices = Choices(input)
    let path = ScratchFolder.path + "/catalog"
    ScratchFolder.remove(path)
    var tables = SmallCatalog.tables
    if !choices.bit(0) { try writeFolder(&tables, path, isOdd: choices.bit(1)) }
    let options = ImportOptions(replacing: choices.bit(2), addsUnknown: choices.bit(3))
    let bytes = Bytes(choices.rest)
    func read(_ base: Catalog) -> Catalog {
      choices.rest.first == 0x3C
        ? XMLCatalogReader.read(named: "new.xml", bytes)
        : CSVListReader.read(
          file: "new.csv", bytes: bytes, base: base,
          options: CSVListOptions(list: choices.bit(4) ? "second" : nil, isImport: true))
    }
    let expected: [String: [UInt8]]
    do {
      let work = try FolderImport(into: path)
      let plan = work.plan(read(work.folder), options: options)
      for language in Language.allCases { try expect(!plan.text(in: language).isEmpty, "a plan without text") }
      try CatalogChecks.checkReports(plan.result, day: FolderBody.usualDay, choices)
      expected = try CatalogChecks.tables(plan.result)
      guard plan.isPossible else {
        for obstacle in plan.obstacles { try expect(!obstacle.explanation.zh.isEmpty, "an obstacle without text") }
        try expect((try? work.write(plan)) == nil, "written despite \(plan.obstacles)")
        return
      }
      do {
        try work.write(plan)
      } catch is TableNotRewritable {
        return
      }
      if plan.isEmpty { return }
    }
    try CatalogChecks.same(expected, try CatalogChecks.tables(FolderReader.read(path)), "the folder after the import")
    // A second import of the same file changes nothing.
    let again = try FolderImport(into: path, isDry: true)
    let second = again.plan(read(again.folder), options: options)
    try expect(second.isEmpty, "the second import changes: \(second.text(in: .english))")
  }

  /// Writes the small catalog as a folder; if `isOdd`, as spreadsheet programs leave it: CRLF, another order of
  /// columns, an unrecognised column, GB 18030, a byte order mark, empty cells at the ends of rows.
  private static func writeFolder(_ tables: inout [String: [UInt8]], _ path: String, isOdd: Bool) throws {
    try ScratchFolder.create(path)
    for (name, bytes) in tables {
      guard isOdd, name == "matters.csv" || name == "items.csv" else {
        try ScratchFolder.write(bytes, to: path + "/" + name)
        continue
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let lines = text.split(separator: "\n" as Character).enumerated().map {
        (number: Int, line: Substring) -> String in
        if name == "items.csv" { return "\(line),," }
        return (number == 0 ? "note," : number % 3 == 0 ? "\"a \"\"b\"\"\"," : ",") + line
      }
      let odd = Array(lines.joined(separator: "\r\n").utf8)
      try ScratchFolder.write(
        name == "matters.csv" ? TextDecoding.encode(odd, as: .gb18030) ?? odd : [0xEF, 0xBB, 0xBF] + odd,
        to: path + "/" + name)
    }
  }
}

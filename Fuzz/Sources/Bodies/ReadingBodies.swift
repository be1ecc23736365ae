import AtomicFiles
import CSVFormat
import Catalog
import Deadlines
import Interchange
import Localization

enum FolderBody {
  /// Files one after the other, each after a line `=== name`; `=== day` holds the day asked about. Tables that the input
  /// does not have are those of a small catalog, or missing.
  static func run(_ input: [UInt8]) throws {
    let choices = Choices(input)
    var files = choices.bit(0) ? [:] : Ground.tables
    files.merge(split(choices.rest)) { $1 }
    let day = files.removeValue(forKey: "day").flatMap { Day(iso: $0.prefix(10)) }
    let catalog = FolderReader.read(named: "catalog", files: files)
    try Judging.judge(catalog, day: day ?? usualDay, choices)
    try Judging.written(catalog, choices)
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
    let catalog = CSVListReader.read(file: "list.csv", bytes: Bytes(choices.rest), base: Ground.base, options: options)
    try Judging.judge(catalog, day: FolderBody.usualDay, choices)
    try Judging.written(catalog, choices)
  }
}

enum XMLBody {
  static func run(_ input: [UInt8]) throws {
    let catalog = XMLCatalogReader.read(named: "catalog.xml", Bytes(input))
    let choices = Choices(input)
    try Judging.judge(catalog, day: FolderBody.usualDay, choices)
    try Judging.written(catalog, choices)
    // The same through a file, as the command reads it.
    guard input.first == 0x3C, choices.turn & 0x380 == 0 else { return }
    let path = Ground.folder + "/document.xml"
    try Ground.put(input, path)
    let file = CatalogReader.read(path)
    try expect(file.issues.count == catalog.issues.count, "read from a file it has other issues")
    try Judging.same(try Judging.tables(catalog), try Judging.tables(file), "file")
  }
}

enum PlanBody {
  static func run(_ input: [UInt8]) throws {
    let choices = Choices(input)
    let path = Ground.folder + "/catalog"
    Ground.remove(path)
    var tables = Ground.tables
    if !choices.bit(0) { try layFolder(&tables, path, isOdd: choices.bit(1)) }
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
      for language in Language.allCases { try expect(!plan.text(in: language).isEmpty, "a plan that says nothing") }
      try Judging.judge(plan.result, day: FolderBody.usualDay, choices)
      expected = try Judging.tables(plan.result)
      guard plan.isPossible else {
        for obstacle in plan.obstacles { try expect(!obstacle.explanation.zh.isEmpty, "an obstacle that says nothing") }
        try expect((try? work.write(plan)) == nil, "written in spite of \(plan.obstacles)")
        return
      }
      do {
        try work.write(plan)
      } catch is TableNotRewritable {
        return
      }
      if plan.isEmpty { return }
    }
    try Judging.same(expected, try Judging.tables(FolderReader.read(path)), "what was planned and what is there")
    // Once more, and there is nothing to do.
    let again = try FolderImport(into: path, isDry: true)
    let second = again.plan(read(again.folder), options: options)
    try expect(second.isEmpty, "imported twice: \(second.text(in: .english))")
  }

  /// The small catalog as a folder; as spreadsheets leave it, if it is to be odd: CRLF, other orders of columns, a column
  /// of the folder's own, GB 18030, a mark, blank cells at the ends of rows.
  private static func layFolder(_ tables: inout [String: [UInt8]], _ path: String, isOdd: Bool) throws {
    try expect(mkdirs(path), "cannot make \(path)")
    for (name, bytes) in tables {
      guard isOdd, name == "matters.csv" || name == "items.csv" else {
        try Ground.put(bytes, path + "/" + name)
        continue
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let lines = text.split(separator: "\n" as Character).enumerated().map {
        (number: Int, line: Substring) -> String in
        if name == "items.csv" { return "\(line),," }
        return (number == 0 ? "note," : number % 3 == 0 ? "\"a \"\"b\"\"\"," : ",") + line
      }
      let odd = Array(lines.joined(separator: "\r\n").utf8)
      try Ground.put(
        name == "matters.csv" ? TextDecoding.encode(odd, as: .gb18030) ?? odd : [0xEF, 0xBB, 0xBF] + odd,
        path + "/" + name)
    }
  }
}

import AtomicFiles
import Catalog
import Testing

@testable import Interchange

/// Deltas over random edits: what a delta gives is the new edition, byte for byte, and the delta the other way gives the
/// old one. A failure prints its seed.
@Suite struct DeltaTests {
  private static func xml(_ catalog: Catalog) throws -> [UInt8] {
    let writer = ByteWriter.memory(capacity: 1 << 16)
    try ExportRequest(catalog, as: .xml(isExpanded: false)).write(to: writer)
    return writer.bytes
  }

  private static func tables(_ catalog: Catalog) throws -> [TableKind: [UInt8]] {
    var tables: [TableKind: [UInt8]] = [:]
    for kind in TableKind.allCases {
      let writer = ByteWriter.memory(capacity: 1 << 14)
      try FolderWriter.writeTable(kind, of: catalog, to: writer)
      tables[kind] = writer.bytes
    }
    return tables
  }

  private static func delta(from old: Catalog, to new: Catalog) throws -> [UInt8] {
    let writer = ByteWriter.memory(capacity: 1 << 14)
    try DeltaRequest(from: old, to: new).write(to: writer)
    return writer.bytes
  }

  private static func apply(_ delta: [UInt8], to catalog: Catalog) -> DeltaReading {
    DeltaReader.read(named: "delta.xml", Bytes(delta), for: catalog)
  }

  @Test(arguments: 0..<10) func randomEdits(_ part: Int) throws {
    for seed in (part * 50)..<(part * 50 + 50) {
      var edits = RandomEdits(seed: UInt64(seed))
      let start = edits.catalog()
      let old = FolderReader.read(named: "old", files: start.files)
      let new = FolderReader.read(named: "new", files: edits.edited(start).files)
      for (from, to) in [(old, new), (new, old)] {
        let reading = Self.apply(try Self.delta(from: from, to: to), to: from)
        let found = reading.document.issues.map(\.kind)
        let result = try #require(reading.result, "seed \(seed) \(found)")
        #expect(try Self.xml(result) == Self.xml(to), "seed \(seed)")
        // A row that does not change keeps the spelling of its references.
        if seed % 2 == 0 { #expect(try Self.tables(result) == Self.tables(to), "seed \(seed)") }
        #expect(ContentHash.edition(result) == reading.delta.to, "seed \(seed)")
      }
    }
  }

  /// Through a folder in the standard form and one in another form.
  @Test(arguments: 0..<12) func folders(_ seed: Int) throws {
    var edits = RandomEdits(seed: UInt64(1000 + seed))
    let start = edits.catalog()
    let temporary = try TemporaryFolder()
    let old = FolderReader.read(named: "old", files: start.files)
    let new = FolderReader.read(named: "new", files: edits.edited(start).files)
    let folder = try FolderReplacement(at: temporary("c"))
    try FolderWriter.writeNew(old, into: folder)
    try folder.commit()
    if seed % 2 == 1 {
      for kind in TableKind.allCases {
        let bytes = try temporary.bytes("c/" + kind.fileName)
        try temporary.put(
          "c/" + kind.fileName, [0xEF, 0xBB, 0xBF] + bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] })
      }
    }
    let target = try FolderImport(into: temporary("c"))
    try temporary.put("delta.xml", Self.delta(from: old, to: new))
    let read = CatalogReader.readForImport(temporary("delta.xml"), base: target.folder, options: CSVListOptions())
    guard case .delta(let reading) = read else {
      Issue.record("not taken for a delta")
      return
    }
    let plan = target.plan(reading)
    #expect(plan.isPossible, "seed \(seed) \(plan.obstacles)")
    try target.write(plan)
    let back = FolderReader.read(temporary("c"))
    #expect(try Self.xml(back) == Self.xml(new), "seed \(seed)")
    if seed % 2 == 0 {
      for (kind, bytes) in try Self.tables(new) {
        #expect(try temporary.bytes("c/" + kind.fileName) == bytes, "seed \(seed) \(kind.name)")
      }
    }
  }

  /// A catalog does not differ from itself, and a delta of nothing changes nothing.
  @Test func nothing() throws {
    let bytes = try Self.delta(from: shippedCatalog, to: shippedCatalog)
    let reading = Self.apply(bytes, to: shippedCatalog)
    #expect(reading.delta.isEmpty && reading.delta.from == reading.delta.to)
    #expect(try Self.xml(#require(reading.result)) == Self.xml(shippedCatalog))
  }

  @Test func otherEdition() throws {
    var edits = RandomEdits(seed: 7)
    let start = edits.catalog()
    let old = FolderReader.read(named: "old", files: start.files)
    let new = FolderReader.read(named: "new", files: edits.edited(start, count: 20).files)
    let delta = try Self.delta(from: old, to: new)
    let other = Self.apply(delta, to: shippedCatalog)
    #expect(other.isForOtherEdition && other.result == nil && other.document.issues.isEmpty)
    #expect(Self.apply(delta, to: new).isApplied)
  }

  /// A spelling that a document does not keep does not count: a notice by its number or by its id.
  @Test func hashesAreOfContent() throws {
    var files: [String: [UInt8]] = [:]
    for kind in TableKind.allCases { files[kind.fileName] = FolderReader.builtInFile(kind.fileName) }
    let before = FolderReader.read(named: "a", files: files)
    let notice = try #require(before.notices.first { !$0.number.isEmpty })
    let lists = String(decoding: try #require(files["lists.csv"]), as: UTF8.self)
    let other = lists.replacing(",\(notice.id),", with: ",\(notice.number),")
    #expect(other != lists)
    files["lists.csv"] = Array(other.utf8)
    let after = FolderReader.read(named: "b", files: files)
    #expect(after.issues.isEmpty)
    #expect(ContentHash.edition(after) == ContentHash.edition(before))
    #expect(CatalogDelta(from: before, to: after).isEmpty)
  }

  /// Documents that no edition may come from. Each is refused with findings, and nothing crashes.
  @Test func hostile() throws {
    var edits = RandomEdits(seed: 3)
    let start = edits.catalog()
    let old = FolderReader.read(named: "old", files: start.files)
    let new = FolderReader.read(named: "new", files: edits.edited(start, count: 40).files)
    let good = String(decoding: try Self.delta(from: old, to: new), as: UTF8.self)
    let lines = good.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let entries = lines.indices.filter { lines[$0].contains(" table=\"") && lines[$0].contains("/>") }
    try #require(entries.count > 3)
    var bad: [[String]] = []
    for index in entries.prefix(6) {
      var twice = lines
      twice.insert(lines[index], at: index)
      bad.append(twice)
      var without = lines
      without.remove(at: index)
      bad.append(without)
      for (pattern, other) in [
        ("at=\"", "at=\"999"), ("was=\"", "was=\"999"), ("id=\"", "id=\"x"), ("table=\"", "table=\"x"),
      ] {
        guard lines[index].contains(" " + pattern) else { continue }
        var changed = lines
        changed[index] = lines[index].replacing(" " + pattern, with: " " + other)
        bad.append(changed)
      }
    }
    var swapped = lines
    swapped.swapAt(entries[0], entries[entries.count - 1])
    bad.append(swapped)
    for document in bad {
      let reading = Self.apply(Array(document.joined(separator: "\n").utf8), to: old)
      // What is not refused on reading gives another edition, which the hash shows; or the same, whatever the entry said.
      if let result = reading.result, ContentHash.edition(result) == reading.delta.to {
        #expect(try Self.xml(result) == Self.xml(new))
      }
      if reading.result == nil { #expect(!reading.document.issues.isEmpty) }
    }
    for count in stride(from: 0, to: good.utf8.count, by: 97) {
      let reading = Self.apply(Array(good.utf8.prefix(count)), to: old)
      #expect(reading.result == nil)
    }
  }

  @Test func recognised() {
    for text in [
      "<catalogDelta ", "<?xml version=\"1.0\"?>\n<!-- <x> -->\n<catalogDelta>",
      "\u{FEFF}<o:catalogDelta xmlns:o=\"\">",
    ] {
      #expect(DeltaReader.isDelta(Array(text.utf8)), "\(text)")
    }
    for text in ["", "<", "<serviceCatalog><catalogDelta/>", "<!-- <catalogDelta>", "<catalogDeltas>", "catalogDelta"] {
      #expect(!DeltaReader.isDelta(Array(text.utf8)), "\(text)")
    }
  }
}

/// Catalogs and edits of them, as rows of tables.
private struct RandomEdits {
  private var random: SeededGenerator
  /// Whether some references are written as names instead of ids.
  private let hasNames: Bool

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    hasNames = seed % 2 == 1
  }

  struct Tables {
    /// By table, the header and the rows.
    var rows: [TableKind: [[String]]] = [:]
    /// The tables have columns that `datapackage.json` adds.
    var hasFurther = false

    /// Fills the rows up to the width of the header, with a text in some cells of the added columns.
    mutating func complete(_ kind: TableKind, _ text: (String) -> String) {
      guard let header = rows[kind]?.first else { return }
      for index in rows[kind]?.indices.dropFirst() ?? 0..<0 {
        while let count = rows[kind]?[index].count, count < header.count {
          rows[kind]?[index].append(text(header[count]))
        }
      }
    }

    var files: [String: [UInt8]] {
      var files: [String: [UInt8]] = [:]
      for (kind, rows) in rows {
        let lines = rows.map { row in
          row.map { $0.contains { ",\"\n".contains($0) } ? "\"\($0.replacing("\"", with: "\"\""))\"" : $0 }
            .joined(separator: ",") + "\n"
        }
        files[kind.fileName] = Array(lines.joined().utf8)
      }
      if hasFurther { files[Descriptor.fileName] = Array(RandomEdits.description.utf8) }
      return files
    }
  }

  /// Columns of a large and of a small table that the program does not declare.
  private static let description = """
    {"resources": [
      {"name": "matters", "path": "matters.csv", "schema": {"fields": [{"name": "hotline", "title": "咨询电话"}]}},
      {"name": "items", "path": "items.csv", "schema": {"fields": [{"name": "fee"}]}},
      {"name": "approvals", "path": "approvals.csv", "schema": {"fields": [{"name": "form_no", "title": "表单编号"}]}}
    ]}
    """

  private static let words = ["开办", "熟食店", "药店", "注销", "登记", "&", "<b>", "\"", "一件事", "变更", "é", "𠀀"]

  private mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: values.indices, using: &random)] }
  private mutating func chance(_ value: Double) -> Bool { Double.random(in: 0..<1, using: &random) < value }
  private mutating func text() -> String {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in pick(RandomEdits.words) }.joined()
  }

  mutating func catalog() -> Tables {
    var tables = Tables()
    tables.rows[.notices] = [
      ["id", "number", "title", "issued"], ["n1", "〔2022〕1号", text(), "2022-06-01"],
      ["n2", "〔2022〕2号", text(), "2022-06-02"],
    ]
    tables.rows[.lists] = [
      ["id", "prefix", "notice", "title", "audiences", "deadline_heading"],
      ["first", "1", "n1", text(), "individual", "完成时限"],
      ["second", "2", hasNames ? "〔2022〕2号" : "n2", text(), "", "完成时限"],
    ]
    tables.hasFurther = chance(0.5)
    let isCoded = chance(0.7)
    tables.rows[.departments] = [["id", "short", "full", "aliases"] + (isCoded ? ["credit_code"] : [])]
    tables.rows[.approvals] = [
      ["id", "name", "aliases", "competent"]
        + (isCoded ? ["code", "task_code", "local_code", "version", "state", "effective", "ends"] : [])
        + (tables.hasFurther ? ["form_no"] : [])
    ]
    for index in 0..<6 {
      tables.rows[.departments]?.append(["d\(index)", "市\(index)局", "市第\(index)局", "\(index)部门"])
      tables.rows[.approvals]?.append([
        "a\(index)", "事项\(index)", "", chance(0.5) || !hasNames ? "d\(index)" : "市\(index)局",
      ])
    }
    tables.rows[.matters] = [
      [
        "id", "list", "number", "audience", "name", "lead", "deadline", "remark", "includes", "placeholder",
        "withdrawn",
        "withdrawal_basis",
      ] + (tables.hasFurther ? ["hotline"] : [])
    ]
    tables.rows[.items] = [
      ["matter", "number", "name", "responsible", "shared", "core"] + (tables.hasFurther ? ["fee"] : [])
    ]
    for number in 1...Int.random(in: 4...14, using: &random) { addMatter(&tables, number) }
    tables.rows[.targets] = [
      ["id", "notice", "count", "text", "deadline", "list"], ["t1", "n1", "5", text(), "2022年12月底", "first"],
    ]
    tables.rows[.progress] = [["matter", "plan"], ["2-001", "2022-10-01"]]
    tables.rows[.waivers] = [["rule", "subject", "reason"], ["overdue", "2-001", text()]]
    complete(&tables)
    return tables
  }

  private mutating func complete(_ tables: inout Tables) {
    for kind in [TableKind.departments, .approvals, .matters, .items] {
      let isCoded = chance(0.6)
      tables.complete(kind) { isCoded && self.chance(0.5) ? self.value(of: $0) : "" }
    }
  }

  /// A value of an optional column, or of one that `datapackage.json` adds.
  private mutating func value(of column: String) -> String {
    let digits = String(Int.random(in: 100_000_000_000..<1_000_000_000_000, using: &random))
    let credit = pick(["11000000MB1234567Q", "11000000MB7654321M", "12000000MB1111111F"])
    switch column {
    case "credit_code": return credit
    case "code": return digits
    case "task_code": return credit + "3" + digits
    case "state": return pick(["in-force", "suspended", "withdrawn"])
    case "effective", "ends": return "2023-0\(Int.random(in: 1...9, using: &random))-01"
    default: return text()
    }
  }

  private mutating func addMatter(_ tables: inout Tables, _ number: Int) {
    let digits = String(number)
    let id = "2-" + String(repeating: "0", count: 3 - digits.count) + digits
    tables.rows[.matters]?.append([
      id, "second", digits, "individual", text(), "市\(number % 6)局", "2022年12月底", chance(0.3) ? text() : "", "", "", "",
      "",
    ])
    for item in 0..<Int.random(in: 0...3, using: &random) {
      tables.rows[.items]?.append([
        id, String(item + 1), "事项\((number + item) % 6)", "市\(item)局", chance(0.2) ? "yes" : "",
        chance(0.2) ? "yes" : "",
      ])
    }
  }

  mutating func edited(_ tables: Tables, count: Int? = nil) -> Tables {
    var tables = tables
    for _ in 0..<(count ?? Int.random(in: 1...8, using: &random)) { edit(&tables) }
    complete(&tables)
    return tables
  }

  private mutating func edit(_ tables: inout Tables) {
    let kind = pick(TableKind.allCases)
    guard var rows = tables.rows[kind], rows.count > 1 else { return }
    let row = Int.random(in: 1..<rows.count, using: &random)
    switch Int.random(in: 0..<7, using: &random) {
    case 6:
      // An optional or an added column, filled, changed or emptied.
      let names = rows[0]
      let optional = names.indices.filter { names[$0] == "hotline" || names[$0] == "fee" || names[$0] == "form_no" }
      let codes = kind == .approvals || kind == .departments ? Array(names.indices.dropFirst(4)) : optional
      guard let column = codes.randomElement(using: &random), column < rows[row].count else { return }
      rows[row][column] = chance(0.3) ? "" : value(of: names[column])
    case 0:
      if kind == .matters {
        addMatter(&tables, 100 + Int.random(in: 0..<800, using: &random))
        if chance(0.5), let last = tables.rows[kind]?.popLast() { tables.rows[kind]?.insert(last, at: row) }
        return
      }
      if kind == .departments || kind == .approvals {
        var new = rows[row]
        let suffix = String(Int.random(in: 10..<10_000, using: &random))
        new[0] += "x" + suffix
        new[1] += suffix
        new[2] += new[2].isEmpty ? "" : suffix
        if kind == .departments { new[3] = "" }
        rows.insert(new, at: row)
      }
    case 1 where kind == .matters:
      let id = rows.remove(at: row)[0]
      tables.rows[.items]?.removeAll { $0[0] == id }
      for kind in [TableKind.progress, .waivers] { tables.rows[kind]?.removeAll { $0.contains(id) } }
    case 1 where kind == .items || kind == .waivers || kind == .progress || kind == .targets || kind == .approvals:
      rows.remove(at: row)
    case 2 where kind != .items:
      rows.insert(rows.remove(at: row), at: Int.random(in: 1...rows.count, using: &random))
    case 3 where kind == .matters:
      rows[row][10] = "2023-05-01"
      rows[row][11] = text()
    case 4 where kind == .matters:
      rows[row][pick([4, 7])] = text()
    case 4 where kind == .lists || kind == .notices || kind == .targets:
      rows[row][kind == .notices ? 2 : 3] = text()
    case 4 where kind == .items:
      rows[row][3] = "市\(Int.random(in: 0..<6, using: &random))局"
    case 5 where kind == .departments:
      rows[row][2] = chance(0.3) ? "" : rows[row][2] + "改"
    case 5 where kind == .matters:
      rows[row][pick([6, 7])] = ""
    default:
      if kind == .waivers { rows[row][2] = text() }
      if kind == .progress { rows[row][1] = chance(0.3) ? "" : "2022-11-0\(Int.random(in: 1...9, using: &random))" }
    }
    tables.rows[kind] = rows
  }
}

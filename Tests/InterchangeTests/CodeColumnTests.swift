import AtomicFiles
import CSVFormat
import Catalog
import Deadlines
import Testing
import Validator

@testable import Interchange

/// The columns that portals key on travel through every format, and tables in which no row has a value stay without them.
@Suite struct CodeColumnTests {
  /// The built-in catalog with random values in the optional columns of some rows.
  static func catalog(_ seed: UInt64) throws -> Catalog {
    var random = SeededGenerator(seed: seed)
    var files: [String: [UInt8]] = [:]
    for kind in TableKind.allCases { files[kind.fileName] = FolderReader.builtInFile(kind.fileName) }
    files[Descriptor.fileName] = FolderReader.builtInFile(Descriptor.fileName)
    for kind in [TableKind.departments, .approvals] {
      let text = String(decoding: try #require(files[kind.fileName]), as: UTF8.self)
      let columns = kind.columns.filter(\.isOmittedWhenEmpty)
      // One of them may have no value at all.
      let blank = columns.count > 1 ? columns.randomElement(using: &random)?.name : nil
      let lines = text.split(separator: "\n").enumerated().map { number, line in
        line + ","
          + columns.map { column in
            number == 0
              ? column.name
              : column.name == blank || Bool.random(using: &random) ? "" : value(of: column, number, &random)
          }.joined(separator: ",")
      }
      files[kind.fileName] = Array((lines.joined(separator: "\n") + "\n").utf8)
    }
    return FolderReader.read(named: "codes", files: files)
  }

  private static func value(of column: Column, _ number: Int, _ random: inout SeededGenerator) -> String {
    let digits = String(100_000 + number) + String(Int.random(in: 100_000..<1_000_000, using: &random))
    switch column.kind {
    case .catalogCode: return digits
    case .creditCode: return credit(String(digits.prefix(9)))
    case .taskCode: return credit(String(digits.suffix(9))) + "3" + digits
    case .state: return Approval.State.allCases.randomElement(using: &random)?.name ?? ""
    case .day: return "202\(Int.random(in: 0..<9, using: &random))-0\(Int.random(in: 1..<9, using: &random))-11"
    default: return ["V1.2", "沪-\(digits)", "\"3604;\(number)\"", "0\(number)"].randomElement(using: &random) ?? ""
    }
  }

  /// A credit code with these nine characters for its body.
  private static func credit(_ body: String) -> String {
    let first = "11000000" + body
    return first + (ServiceCode.checkDigit(of: first + "0").map(String.init) ?? "")
  }

  private static func tables(_ catalog: Catalog) throws -> [String: [UInt8]] {
    var tables: [String: [UInt8]] = [:]
    for kind in TableKind.allCases {
      tables[kind.fileName] = try bytes { try FolderWriter.writeTable(kind, of: catalog, to: $0) }
    }
    return tables
  }

  private static func write(_ catalog: Catalog, to path: String) throws {
    let folder = try FolderReplacement(at: path)
    try FolderWriter.writeNew(catalog, into: folder)
    try folder.commit()
  }

  @Test func tablesWithoutValuesAreWithoutTheColumns() throws {
    let tables = try Self.tables(shippedCatalog)
    for kind in [TableKind.departments, .approvals] {
      #expect(tables[kind.fileName] == FolderReader.builtInFile(kind.fileName), "\(kind)")
    }
    let empty = try TemporaryFolder()
    let folder = try FolderReplacement(at: empty("c"))
    try FolderWriter.writeEmpty(into: folder)
    try folder.commit()
    #expect(FolderReader.read(empty("c")).issues.isEmpty)
    #expect(try String(decoding: empty.bytes("c/approvals.csv"), as: UTF8.self) == "id,name,aliases,kind,competent\n")
  }

  /// Folder → XML or workbook → folder gives the same bytes, the description included.
  @Test(arguments: 0..<8) func roundTrips(_ seed: UInt64) throws {
    let catalog = try Self.catalog(seed)
    #expect(catalog.issues.isEmpty, "\(catalog.issues.map(\.kind))")
    let temporary = try TemporaryFolder()
    try Self.write(catalog, to: temporary("first"))
    let files = try temporary.files("first")
    let first = FolderReader.read(temporary("first"))
    #expect(first.issues.isEmpty, "seed \(seed) \(first.issues.map(\.kind))")
    for (name, format) in [("c.xml", ExportFormat.xml()), ("c.xlsx", .workbook)] {
      try temporary.put(name, try bytes { try ExportRequest(first, as: format).write(to: $0) })
      let target = try FolderImport(into: temporary("into-" + name))
      let read = CatalogReader.readForImport(temporary(name), base: target.folder, options: CSVListOptions())
      guard case .catalog(let file) = read else {
        Issue.record("\(name) is not read as a catalog")
        continue
      }
      #expect(file.issues.isEmpty, "\(name) \(file.issues.map(\.kind))")
      try target.write(target.plan(file))
      let back = try temporary.files("into-" + name)
      for (file, bytes) in files { #expect(back[file] == bytes, "seed \(seed) \(name) \(file)") }
    }
  }

  /// An import adds the columns to a folder that lacks them, and describes them; a second one changes nothing; one of a file
  /// without them keeps them; one that replaces leaves them out again.
  @Test(arguments: 0..<4) func imports(_ seed: UInt64) throws {
    let catalog = try Self.catalog(seed)
    let temporary = try TemporaryFolder()
    try Self.write(catalog, to: temporary("first"))
    try Self.write(shippedCatalog, to: temporary("c"))
    let shipped = try temporary.files("c")
    func importing(_ catalog: Catalog, _ name: String, replacing: Bool) throws -> ImportPlan {
      try temporary.put(name, try bytes { try ExportRequest(catalog, as: .xml()).write(to: $0) })
      let target = try FolderImport(into: temporary("c"))
      let plan = target.plan(CatalogReader.read(temporary(name)), options: ImportOptions(replacing: replacing))
      #expect(plan.isPossible, "\(plan.obstacles)")
      try target.write(plan)
      return plan
    }
    _ = try importing(catalog, "codes.xml", replacing: seed.isMultiple(of: 2))
    #expect(try temporary.files("c") == temporary.files("first"), "seed \(seed)")
    #expect(FolderReader.read(temporary("c")).issues.isEmpty)
    #expect(try importing(catalog, "codes.xml", replacing: false).isEmpty)
    let kept = try importing(shippedCatalog, "shipped.xml", replacing: false)
    #expect(kept.isEmpty, "\(kept.text(in: .english))")
    _ = try importing(shippedCatalog, "shipped.xml", replacing: true)
    #expect(try temporary.files("c") == shipped, "seed \(seed)")
  }

  /// A description that somebody has written stays as it is.
  /// A value that is taken away is one thing, a table that never had the column another.
  @Test func emptiedCellsAreTakenAway() throws {
    let name = TableKind.approvals.fileName
    func catalog(_ change: (String) -> String) throws -> Catalog {
      var files: [String: [UInt8]] = [:]
      for kind in TableKind.allCases { files[kind.fileName] = FolderReader.builtInFile(kind.fileName) }
      let lines = String(decoding: try #require(files[name]), as: UTF8.self).split(separator: "\n").map(String.init)
      files[name] = Array((lines.map(change).joined(separator: "\n") + "\n").utf8)
      return FolderReader.read(named: "codes", files: files)
    }
    func withCode(_ line: String, _ code: String) -> String {
      line + "," + (line.hasPrefix("id,") ? "code" : line.hasPrefix("business-licence,") ? code : "")
    }
    let temporary = try TemporaryFolder()
    try Self.write(try catalog { withCode($0, "000123456789") }, to: temporary("codes"))
    let folder = try FolderImport(into: temporary("codes"), isDry: true)
    for (file, isKept) in [(try catalog { withCode($0, "") }, false), (try catalog { $0 }, true)] {
      let plan = folder.plan(file)
      #expect(plan.result.approvals.contains { $0.code == "000123456789" } == isKept)
      #expect(plan.registers.isEmpty == isKept)
    }
  }

  @Test func ownDescriptionsStay() throws {
    let temporary = try TemporaryFolder()
    try Self.write(shippedCatalog, to: temporary("c"))
    let text = String(decoding: try temporary.bytes("c/datapackage.json"), as: UTF8.self)
    let own = Array(text.replacing("onevisit-jiujiang", with: "our-city").utf8)
    try temporary.put("c/datapackage.json", own)
    try temporary.put(
      "codes.xml", try bytes { try ExportRequest(try Self.catalog(1), as: .xml()).write(to: $0) })
    let target = try FolderImport(into: temporary("c"))
    try target.write(target.plan(CatalogReader.read(temporary("codes.xml"))))
    #expect(try temporary.bytes("c/datapackage.json") == own)
  }

  @Test(arguments: 0..<4) func comparisonAndHashes(_ seed: UInt64) throws {
    let catalog = try Self.catalog(seed)
    let comparison = CatalogComparison(from: shippedCatalog, to: catalog)
    for kind in [TableKind.departments, .approvals] {
      let columns = Set(kind.columns.filter(\.isOmittedWhenEmpty).map(\.name))
      let fields = comparison.rows[kind]?.flatMap(\.fields) ?? []
      #expect(!fields.isEmpty && fields.allSatisfy { columns.contains($0.column.name) && $0.before.isEmpty })
    }
    #expect(comparison.counts(.matters).differing == 0)
    #expect(ContentHash.edition(catalog) != ContentHash.edition(shippedCatalog))
    #expect(CatalogComparison(from: catalog, to: catalog).isEmpty)
    // The hash of what does not use the columns is the one that it had before there were any.
    let schema = CatalogSchema.shipped
    let before = FolderReader.read(
      named: "before",
      files: Dictionary(
        uniqueKeysWithValues: TableKind.allCases.map { ($0.fileName, FolderReader.builtInFile($0.fileName) ?? []) }),
      schema: schema)
    #expect(ContentHash.edition(before) == ContentHash.edition(shippedCatalog))
  }

  @Test func documentsOfTheirForms() throws {
    for (attribute, value) in [
      ("code", "00010100100"), ("taskCode", "11000000MB1234567Q3"), ("state", "stopped"), ("ends", "2023-1-1"),
    ] {
      let document = """
        <serviceCatalog xmlns="urn:onevisit:service-catalog:1" version="1.1"><approvals>
        <approval id="x" \(attribute)="\(value)"><name>甲</name></approval></approvals><matters/></serviceCatalog>
        """
      let issues = XMLCatalogReader.read(named: "x.xml", Bytes(Array(document.utf8))).issues
      #expect(issues.count == 1, "\(attribute) \(issues.map(\.kind))")
    }
  }

  // MARK: Edits and merges

  private func draft(_ rows: [String], _ edit: CatalogEdit) throws -> [String] {
    let header = "id,name,aliases,kind,competent,code,version,state,local_code"
    let files = [
      "approvals.csv": ([header] + rows).joined(separator: "\n") + "\n", "departments.csv": "id,short\n",
      "matters.csv": "id,list,number,audience,name,lead,deadline\n", "items.csv": "matter,number,name,responsible\n",
    ]
    let folder = FolderReader.read(named: "c", files: files.mapValues { Array($0.utf8) })
    let plan = try EditPlan(edit, of: folder)
    return plan.cells.filter { $0.row == "b" && $0.column.name != "aliases" }.map {
      "\($0.column.name) \($0.after ?? "")"
    }
  }

  @Test func mergedEntriesKeepTheirCodes() throws {
    let merge = CatalogEdit.merge(.approvals, ["a"], into: "b")
    #expect(
      try draft(["a,甲,,,,000101001000,2,suspended,", "b,乙,,,,,,,L-1"], merge)
        == ["code 000101001000", "version 2", "state suspended"])
    // The version and the state belong together.
    #expect(try draft(["a,甲,,,,000101001000,2,suspended,", "b,乙,,,,,1,,"], merge) == ["code 000101001000"])
    #expect(try draft(["a,甲,,,,000101001000,,,", "b,乙,,,,000101001000,,,"], merge).isEmpty)
    #expect(throws: EditRefusal.self) {
      try draft(["a,甲,,,,000101001000,,,", "b,乙,,,,000101001001,,,"], merge)
    }
  }

  /// One branch adds the column, the other changes a name in another row and in the same one.
  @Test func branchesMerge() throws {
    let base = "id,short,full\na,甲局,\nb,乙局,\n"
    let ours = "id,short,full,credit_code\na,甲局,,11000000MB1234567Q\nb,乙局,,\n"
    let theirs = "id,short,full\na,甲局,市甲局\nb,丙局,\n"
    for (one, other) in [(ours, theirs), (theirs, ours)] {
      let merge = try TableMerge(
        base: Bytes(Array(base.utf8)), ours: Bytes(Array(one.utf8)), theirs: Bytes(Array(other.utf8)),
        name: "departments.csv")
      #expect(merge.conflicts.isEmpty)
      #expect(
        String(decoding: merge.bytes, as: UTF8.self)
          == "id,short,full,credit_code\na,甲局,市甲局,11000000MB1234567Q\nb,丙局,,\n")
    }
  }
}

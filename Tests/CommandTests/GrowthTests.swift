import Foundation
import Synchronization
import TestSupport
import Testing

/// What must not grow faster than its input, by n log n at most: each is tried with n and with 4n of something. What is
/// compared is not time but the number of blocks of instructions that the command executes, as valgrind counts them, so
/// that the outcome is the same on a busy machine. What an unchanged catalog takes is subtracted; the rest may grow
/// sixfold. What is quadratic grows sixteenfold.
///
/// The program that is counted is the one that `scripts/test` has built with optimization, a tenth of the blocks; that of
/// the tests where there is none. Valgrind takes a second or two for each run however little the command does. Two cases are tried at a time, one of each
/// suite in here, and the numbers are no larger than needed to stand out against that.
@Suite(
  .enabled(if: Program.isInstalled("valgrind") && Program.isInstalled("strip"), "valgrind and strip count instructions")
)
struct GrowthTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var count: Int
    var command: [String] = Case.validate
    /// Edits the shipped catalog, or writes `list.csv` or `list.xml` beside it.
    var make: @Sendable (CatalogFolder, Int) throws -> Void

    var testDescription: String { name }

    static let validate = ["validate", "catalog", "--as-of", CatalogFolder.day, "--format", "json"]
    static let addUnknown = ["import", "list.csv", "--into", "catalog", "--dry-run", "--add-unknown"]
    static let validateList = ["validate", "list.csv", "--as-of", CatalogFolder.day]
    static let validateDocument = ["validate", "list.xml", "--as-of", CatalogFolder.day]

    init(
      _ name: String, _ count: Int, _ command: [String] = Case.validate,
      _ make: @escaping @Sendable (CatalogFolder, Int) throws -> Void
    ) {
      (self.name, self.count, self.command, self.make) = (name, count, command, make)
    }
  }

  @Suite(.serialized) struct Catalogs {
    @Test(arguments: registers + waivers + levels + commands) func growsWithItsInput(_ one: Case) throws {
      try GrowthTests.check(one)
    }
  }

  @Suite(.serialized) struct Documents {
    @Test(arguments: imports + reading + documents) func growsWithItsInput(_ one: Case) throws {
      try GrowthTests.check(one)
    }
  }

  /// So many blocks are noise.
  private static let least = Counter.isOptimized ? 20_000 : 200_000

  private static func check(_ one: Case) throws {
    var base = try Counter.base(of: one)
    let small = try Counter.count(one, one.count)
    // Some lists take less than the plain one; then the base is one of what grows.
    if small - base < least { base = try Counter.count(one, 1) }
    let large = try Counter.count(one, 4 * one.count)
    #expect(
      large - base < 6 * max(small - base, least),
      "\(one.name): \(one.count) took \(small - base) blocks, four times as many \(large - base)")
  }
}

// MARK: - Counting

/// Counts the blocks of instructions that a command executes.
private enum Counter {
  private static let optimized = ProcessInfo.processInfo.environment["ONEVISIT_OPTIMIZED"]
  static let isOptimized = optimized != nil

  /// The command without its debug information, which valgrind 3.19 cannot read.
  nonisolated(unsafe) private static let program = Result { () throws -> (TemporaryFolder, String) in
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "onevisit").path()
    let outcome = try Program.run("/usr/bin/env", ["strip", "-S", "-o", path, optimized ?? Program.onevisit])
    try #require(outcome.status == 0, "\(outcome.errors)")
    return (folder, path)
  }

  private static let bases = Mutex<[[String]: Int]>([:])

  /// What the command takes with next to nothing of what grows, measured once for each command.
  static func base(of one: GrowthTests.Case) throws -> Int {
    // What a document holds besides differs from case to case.
    let key = one.command.contains("list.xml") ? [one.name] : one.command
    if let known = bases.withLock({ $0[key] }) { return known }
    var plain = one
    if one.command.contains("list.csv") { plain.make = { catalog, _ in try GrowthTests.writeOneRow(catalog) } }
    let count = try count(plain, 1)
    bases.withLock { $0[key] = count }
    return count
  }

  static func count(_ one: GrowthTests.Case, _ count: Int) throws -> Int {
    let catalog = try CatalogFolder()
    try one.make(catalog, count)
    let outcome = try Program.run(
      "/usr/bin/env",
      ["valgrind", "--tool=none", "--stats=yes", "--log-file=counts", try program.get().1] + one.command,
      in: catalog.folder, environment: ["SWIFT_DETERMINISTIC_HASHING": "1"], limit: 1_200)
    #expect([0, 1, 2].contains(outcome.status), "\(one.name): \(outcome.status) \(outcome.errors.suffix(200))")
    let log = try String(contentsOf: catalog.folder.appending(path: "counts"), encoding: .utf8)
    let line = try #require(log.split(separator: "\n").first { $0.hasSuffix(" event checks.") }, "\(log)")
    // `--123-- scheduler: 4,567,890 event checks.`
    let words = line.split(separator: " ")
    return try #require(words.count == 5 ? Int(words[2].filter(\.isNumber)) : nil, "\(line)")
  }
}

// MARK: - What is tried

extension GrowthTests {
  private static func rows(_ count: Int, _ row: (Int) -> String) -> String {
    (0..<count).map { row($0) + "\n" }.joined()
  }

  private static func append(_ text: String, to file: String, of catalog: CatalogFolder) throws {
    try catalog.write(try catalog.text(file) + text, to: file)
  }

  /// A list in the notice's layout.
  private static func write(_ rows: String, _ catalog: CatalogFolder) throws {
    try write(rows, header: "序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,推进完成时限,备注", to: "list.csv", catalog)
  }

  private static func write(_ text: String, header: String, to file: String, _ catalog: CatalogFolder) throws {
    try Data((header + "\n" + text).utf8).write(to: catalog.folder.appending(path: file))
  }

  static func writeOneRow(_ catalog: CatalogFolder) throws { try write(firstRow, catalog) }

  private static let firstRow = "1,个人,我要办事情,甲办理,市人社局,人社部门,2022年12月底,\n"

  /// Three characters that differ for each number.
  private static func characters(_ number: Int) -> String {
    String(
      String.UnicodeScalarView(
        [number % 500, number / 500 % 500, 7].compactMap { Unicode.Scalar(UInt32(0x5200 + $0)) }))
  }

  private static func departments(_ count: Int, _ catalog: CatalogFolder) throws {
    try append(rows(count) { "d\($0),第\($0)局,第\($0)号局,,," }, to: "departments.csv", of: catalog)
  }

  private static let marks = "\u{301}\u{323}"

  /// Names and cells of a catalog.
  static let registers = [
    Case("two long approvals that differ in the last character", 1_000) { catalog, count in
      let name = (0..<count).map { characters($0).prefix(1) }.joined()
      try append("xa,\(name)甲,,licence,\nxb,\(name)丑,,licence,\n", to: "approvals.csv", of: catalog)
    },
    Case("two departments with aliases of one family", 100) { catalog, count in
      func aliases(_ first: Int) -> String {
        (0..<count).map { "市人民\(characters(2 * $0 + first).prefix(1))事务管理服务中心" }.joined(separator: ";")
      }
      try append("xa,市甲甲局,,,\(aliases(0)),\nxb,市乙乙局,,,\(aliases(1)),\n", to: "departments.csv", of: catalog)
    },
    Case("aliases in one cell", 500) { catalog, count in
      let aliases = (0..<count).map { "市人民\(characters($0))事务管理" }.joined(separator: ";")
      try append("xa,市甲甲局,,,\(aliases),\n", to: "departments.csv", of: catalog)
    },
    Case("combining marks in a name", 2_500) { catalog, count in
      try catalog.replace("公民婚育", with: "公民" + String(repeating: marks, count: count / 2), in: "matters.csv")
    },
    Case("combining marks in a register", 2_500) { catalog, count in
      try catalog.replace("市人社局", with: "市人社局" + String(repeating: marks, count: count / 2), in: "departments.csv")
    },
    Case("known departments in one cell", 150) { catalog, count in
      try departments(count, catalog)
      try catalog.replace(
        "人社部门", with: (0..<count).map { "第\($0)局" }.joined(separator: "、"), in: "items.csv", row: "2-001,")
    },
    Case("unknown departments in one cell", 150, ["deadlines", "--as-of", CatalogFolder.day]) { catalog, count in
      try catalog.replace("市民政局", with: (0..<count).map { "第\($0)局" }.joined(separator: "、"), in: "matters.csv")
    },
    Case("unknown departments in one cell, listed", 150, ["list"]) { catalog, count in
      try catalog.replace("市民政局", with: (0..<count).map { "第\($0)局" }.joined(separator: "、"), in: "matters.csv")
    },
    Case("departments of one approval", 200) { catalog, count in
      try departments(count, catalog)
      try append(
        rows(count) { "2-\(String(format: "%03d", $0 % 230 + 1)),\($0 + 100),就业登记,第\($0)局,,,," }, to: "items.csv",
        of: catalog)
    },
    Case("lists", 200) { catalog, count in
      try append(
        rows(count) { "l\($0),\($0 + 5),jiujiang-128-2022,附件\($0 + 3),清单\($0),,,,,P1M," }, to: "lists.csv", of: catalog)
      try append(
        rows(count) { "\($0 + 5)-002,l\($0),1,individual,事\($0),市人社局,2022年12月底,,,,,,," }, to: "matters.csv", of: catalog
      )
    },
  ]

  /// What is printed, and tables with mistakes.
  static let reading = [
    Case("invisible characters, shown", 5_000, ["show", "1-002"]) { catalog, count in
      try catalog.replace("公民婚育", with: "公民" + String(repeating: "\u{200B}", count: count), in: "matters.csv")
    },
    Case("invisible characters, listed", 5_000, ["list"]) { catalog, count in
      try catalog.replace("公民婚育", with: "公民" + String(repeating: "\u{200B}", count: count), in: "matters.csv")
    },
    Case("percent signs for GitHub", 10_000, ["validate", "catalog", "--format", "github"]) { catalog, count in
      try catalog.replace("公民婚育", with: "公民" + String(repeating: "%", count: count), in: "matters.csv")
    },
    Case("stray quotes in one row", 3_000) { catalog, count in
      try catalog.replace("公民婚育", with: "公民婚育" + String(repeating: ",a\"b", count: count), in: "matters.csv")
    },
    Case(
      "every stray quote reported", 400,
      ["validate", "catalog", "--as-of", CatalogFolder.day, "--format", "json", "--max-findings", "0"]
    ) { catalog, count in
      try catalog.replace("公民婚育", with: "公民婚育" + String(repeating: ",a\"b", count: count), in: "matters.csv")
    },
    Case("rows of one matter", 400, Case.validateList) { catalog, count in
      try write(firstRow + rows(count) { _ in ",,,就业登记,,人社部门,," }, catalog)
    },
    Case("numbered rows of one matter", 400, Case.validateList) { catalog, count in
      try write(rows(count) { "1,个人,我要办事情,就业登记\($0),市人社局,人社部门,2022年12月底," }, catalog)
    },
    Case("headers in one table", 20, Case.validateList) { catalog, count in
      let text = rows(count) {
        """
        序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,第\($0)完成时限,备注
        1,个人,事情\($0)号,就业登记,市人社局,人社部门,2022年12月底,
        """
      }
      try write(text, catalog)
    },
  ]

  static let imports = [
    Case("unknown approvals", 100, Case.addUnknown) { catalog, count in
      try write(firstRow + rows(count) { ",,,第\($0)登记办理,,人社部门,," }, catalog)
    },
    Case("unknown departments", 100, Case.addUnknown) { catalog, count in
      try write(firstRow + rows(count) { ",,,就业登记,,第\($0)局,," }, catalog)
    },
    Case("another city", 40, Case.addUnknown) { catalog, count in
      try write(
        rows(count) { "\($0 + 300),个人,我要办\(characters($0)),第\($0)登记办理,第\($0)局,第\($0)部门,2022年12月底," }, catalog)
    },
    Case("lines in one cell", 120, Case.addUnknown) { catalog, count in
      let items = (0..<count).map { "第\($0)登记办理" }.joined(separator: "\n")
      let departments = (0..<count).map { _ in "人社部门" }.joined(separator: "\n")
      try write("1,个人,我要办事情,\"\(items)\",市人社局,\"\(departments)\",2022年12月底,\n", catalog)
    },
    Case("slipped columns", 60, Case.addUnknown) { catalog, count in
      try write(rows(count) { "\($0 + 300),个人,我要办\(characters($0)),市人社局,就业登记\($0),2022年12月底,人社部门," }, catalog)
    },
    Case("two matters by turns", 60, Case.addUnknown) { catalog, count in
      try write(rows(count) { "\($0 % 2 + 301),个人,我要办事情\($0 % 2),第\($0)登记,市人社局,人社部门,2022年12月底," }, catalog)
    },
    Case("two matters by turns in a flat list", 100, Case.addUnknown) { catalog, count in
      try write(
        rows(count) {
          let id = "2-\($0 % 2 + 301)"
          return "\(id),second,\($0 % 2 + 301),individual,我要办事情\($0 % 2),市人社局,\(id).\($0),第\($0)登记,人社部门,2022年12月底,,,,,"
        },
        header: "matter,list,number,audience,name,lead,item,item_name,responsible,deadline,due,shared_from,remark",
        to: "list.csv", catalog)
    },
    Case("departments in one lead", 200, Case.addUnknown) { catalog, count in
      let leads = (0..<count).map { "第\($0)局" }.joined(separator: "、")
      try write("1,个人,我要办事情,甲办理,\(leads),人社部门,2022年12月底,\n", catalog)
    },
    Case("items of one matter that all change", 300, ["import", "list.csv", "--into", "catalog", "--dry-run"]) {
      catalog, count in
      try append(rows(count) { "2-037,\($0 + 100),某\($0)登记,人社部门,,,," }, to: "items.csv", of: catalog)
      let outcome = try catalog.run("export", "csv", "--catalog", "catalog")
      let text = outcome.output.replacingOccurrences(of: "登记,人社部门", with: "登录,人社部门")
      try Data(text.utf8).write(to: catalog.folder.appending(path: "list.csv"))
    },
    Case(
      "a known department with aliases under another id", 300,
      ["import", "list.xml", "--into", "catalog", "--dry-run"]
    ) { catalog, count in
      var text = try catalog.run("export", "xml").output
      for attribute in ["id", "ref", "competent"] {
        text = text.replacingOccurrences(of: "\(attribute)=\"market-regulation\"", with: "\(attribute)=\"other\"")
      }
      let aliases = (0..<count).map { "<alias>第\($0)号局</alias>" }.joined()
      let start = try #require(text.range(of: "<department id=\"other\""))
      let end = try #require(text.range(of: "</department>", range: start.upperBound..<text.endIndex))
      text.replaceSubrange(end, with: aliases + "</department>")
      try Data(text.utf8).write(to: catalog.folder.appending(path: "list.xml"))
    },
  ]

  static let waivers = [
    Case("waivers of what is not there", 150) { catalog, count in
      try append(rows(count) { "duplicate-matter-name,第\($0)个对象,原文如此" }, to: "waivers.csv", of: catalog)
    },
    Case("waivers of matters that are not there", 1_500) { catalog, count in
      try append(rows(count) { "duplicate-matter-name,2-\($0 + 2000),原文如此" }, to: "waivers.csv", of: catalog)
    },
    Case("waivers of items", 500) { catalog, count in
      try append(rows(count) { "duplicate-matter-name,2-037.\($0 + 100),原文如此" }, to: "waivers.csv", of: catalog)
      try append(rows(count) { "2-037,\($0 + 100),某\($0)登记,人社部门,,,," }, to: "items.csv", of: catalog)
    },
    Case("short runs of waivers", 300) { catalog, count in
      try append(
        rows(count) { "duplicate-matter-name,2-\(1000 + $0)..2-\(1003 + $0),原文如此" }, to: "waivers.csv", of: catalog)
      try append(same(count), to: "matters.csv", of: catalog)
    },
    Case("long runs of waivers over as many findings", 300) { catalog, count in
      try append(
        rows(count) { "duplicate-matter-name,2-1000..2-\(1000 + count + $0),原文如此" }, to: "waivers.csv", of: catalog)
      try append(same(count), to: "matters.csv", of: catalog)
    },
    Case("one waiver many times", 300) { catalog, count in
      try append(rows(count) { _ in "duplicate-matter-name,2-1001,原文如此" }, to: "waivers.csv", of: catalog)
      try append(
        rows(count) { "2-1001,second,\($0 + 1000),individual,放风筝,市人社局,2022年12月底,,,,,,," }, to: "matters.csv",
        of: catalog)
    },
    Case("combining marks in a waiver", 500) { catalog, count in
      let pile = String(repeating: marks, count: count / 2)
      try append("甲\(pile),乙\(pile),原文如此\n", to: "waivers.csv", of: catalog)
    },
  ]

  /// What catalogs of several levels have, and columns of their own.
  static let levels = [
    Case("a chain of regions", 100) { catalog, count in
      try append(rows(count) { "r\($0),第\($0)区,township,r\($0 + 1)" }, to: "regions.csv", of: catalog)
    },
    Case("a cycle of regions", 100) { catalog, count in
      try append(rows(count) { "r\($0),第\($0)区,township,r\(($0 + 1) % count)" }, to: "regions.csv", of: catalog)
    },
    Case("audiences in use", 100) { catalog, count in
      try append(rows(count) { "a\($0),\(characters($0))," }, to: "audiences.csv", of: catalog)
      try append(
        rows(count) { "2-\($0 + 1000),second,\($0 + 1000),a\($0),办\(characters($0)),市人社局,2022年12月底,,,,,,," },
        to: "matters.csv", of: catalog)
    },
    Case("unrecognised columns", 200) { catalog, count in
      try catalog.edit("matters.csv") { $0[0] += (0..<count).map { ",x\($0)" }.joined() }
    },
    Case("lists of one region", 100, ["compare-lists"]) { catalog, count in
      try append(
        rows(count) { "l\($0),\($0 + 5),jiujiang-128-2022,,清单\($0),,,,,,,,,,lianxi" }, to: "lists.csv", of: catalog)
      try append(
        rows(count) { "\($0 + 5)-002,l\($0),1,individual,事\($0),市人社局,2022年12月底,,,,,,," }, to: "matters.csv", of: catalog
      )
      try append("lianxi,濂溪区,county,jiujiang\n", to: "regions.csv", of: catalog)
    },
  ]

  /// The other commands that read a catalog, and the forms of the deadline board.
  static let commands = [
    Case("departments in one lead, by lead", 300, ["deadlines", "--as-of", CatalogFolder.day, "--by", "lead"]) {
      catalog, count in
      try catalog.replace("市民政局", with: (0..<count).map { "第\($0)局" }.joined(separator: "、"), in: "matters.csv")
    },
    Case("lists, by day", 300, ["deadlines", "--as-of", CatalogFolder.day, "--by", "day"]) { catalog, count in
      try append(
        rows(count) { "l\($0),\($0 + 5),jiujiang-128-2022,附件\($0 + 3),清单\($0),,,,,P1M," }, to: "lists.csv", of: catalog)
      try append(
        rows(count) { "\($0 + 5)-002,l\($0),1,individual,事\($0),市人社局,2022年12月底,,,,,,," }, to: "matters.csv", of: catalog
      )
    },
  ]

  private static func same(_ count: Int) -> String {
    rows(count) { "2-\($0 + 1000),second,\($0 + 1000),individual,放风筝,市人社局,2022年12月底,,,,," }
  }

  private static func document(_ content: String, _ catalog: CatalogFolder) throws {
    try write(
      content + "</serviceCatalog>",
      header: "<serviceCatalog xmlns=\"urn:onevisit:service-catalog:1\" version=\"1.0\">",
      to: "list.xml", catalog)
  }

  static let documents = [
    // libxml2's table of names is slow from a hundred thousand on, where the reading ends.
    Case("element names", 30_000, Case.validateDocument) { catalog, count in
      try document((0..<count).map { "<e\($0)/>" }.joined(), catalog)
    },
    Case("attributes of one tag", 4_000, Case.validateDocument) { catalog, count in
      try document("<notices \((0..<count).map { "e\($0)=\"\"" }.joined(separator: " "))/>", catalog)
    },
    Case("combining marks in a document", 1_000, Case.validateDocument) { catalog, count in
      let text = try catalog.run("export", "xml").output.replacingOccurrences(
        of: "公民婚育", with: "公民" + String(repeating: marks, count: count / 2))
      try Data(text.utf8).write(to: catalog.folder.appending(path: "list.xml"))
    },
  ]
}

import AtomicFiles
import Catalog
import Deadlines
import Interchange
import Testing
import Validator

/// Imports of documents into a folder that has a catalog.
@Suite("Import of XML into a folder") struct XMLMergeTests {
  private typealias Tables = [TableKind: [String]]

  /// The rows of the tables as shipped, their headers first.
  private static let shipped: Tables = Dictionary(
    uniqueKeysWithValues: TableKind.allCases.map { kind in
      let text = String(decoding: FolderReader.builtInFile(kind.fileName) ?? [], as: UTF8.self)
      return (kind, text.split(separator: "\n").map(String.init))
    })

  /// A folder of these tables.
  private func folder(_ name: String, _ tables: Tables = XMLMergeTests.shipped, in temporary: TemporaryFolder) throws
    -> String
  {
    let folder = try FolderReplacement(at: temporary(name))
    try FolderWriter.writeBuiltIn(into: folder)
    for (kind, rows) in tables {
      try folder.write(kind.fileName) { try $0.append(padded(rows).joined(separator: "\n") + "\n") }
    }
    try folder.commit()
    return temporary(name)
  }

  /// Rows that a test wrote, filled up to the width of the header.
  private func padded(_ rows: [String]) -> [String] {
    func commas(_ row: String) -> Int { row.count { $0 == "," } }
    let width = rows.first.map(commas) ?? 0
    return rows.map { $0 + String(repeating: ",", count: max(0, width - commas($0))) }
  }

  /// The catalog that is read from an export of these tables.
  private func document(_ tables: Tables, _ selection: Selection? = nil, in temporary: TemporaryFolder) throws
    -> Catalog
  {
    let source = FolderReader.read(try folder("source", tables, in: temporary))
    try #require(source.issues.isEmpty, "\(source.issues.map(\.kind))")
    return XMLCase.read(try XMLCase.export(source, selection: selection ?? .everything))
  }

  private func edited(_ change: (inout Tables) throws -> Void) rethrows -> Tables {
    var tables = XMLMergeTests.shipped
    try change(&tables)
    return tables
  }

  private func changed(_ plan: ImportPlan) -> [String] {
    plan.text(in: .english).split(separator: "\n").filter { !$0.hasPrefix("kept") }.map(String.init)
  }

  /// Imports, and imports again: the second time nothing changes, by plan and byte for byte.
  @discardableResult
  private func importDocument(
    _ file: Catalog, into path: String, _ options: ImportOptions = ImportOptions(), _ note: Comment = ""
  ) throws -> ImportPlan {
    let plan: ImportPlan
    do {
      let work = try FolderImport(into: path)
      plan = work.plan(file, options: options)
      try #require(plan.isPossible, "\(note) \(plan.obstacles)")
      try work.write(plan)
    }
    #expect(dump(FolderReader.read(path)) == dump(plan.result), note)
    let work = try FolderImport(into: path)
    let again = work.plan(file, options: options)
    #expect(again.isEmpty && again.registers.isEmpty, "\(note) \(again.text(in: .english))")
    #expect(again.count(.changed) == 0 && again.count(.added) == 0 && again.count(.removed) == 0, note)
    return plan
  }

  // MARK: Complete documents

  @Test("Importing the folder's own export changes nothing, with any options")
  func nothingChanges() throws {
    let temporary = try TemporaryFolder()
    let tables = edited {
      $0[.progress, default: []].append("2-001,2023-01-04,2023-01-05,,,,,,,")
      $0[.progress, default: []].append("2-230,,,,,,2023-01-05,2023-01-06,,")
    }
    let path = try folder("catalog", tables, in: temporary)
    let before = try temporary.files("catalog")
    let file = try document(tables, in: temporary)
    for options in [ImportOptions(), ImportOptions(replacing: true), ImportOptions(addsUnknown: true)] {
      let plan = try importDocument(file, into: path, options)
      #expect(plan.isEmpty && plan.registers.isEmpty && plan.count(.unchanged) == 241)
      #expect(changed(plan) == ["in all: 0 added, 0 changed, 241 unchanged, 0 not in the file and kept, 0 removed"])
    }
    #expect(try temporary.files("catalog") == before)
  }

  @Test("Changes of matters and items are listed, and no other row is rewritten")
  func changesAreListed() throws {
    let temporary = try TemporaryFolder()
    let tables = try edited { tables in
      func replace(_ kind: TableKind, _ row: String, _ old: String, _ new: String) throws {
        let position = try #require(tables[kind]?.firstIndex { $0.hasPrefix(row) })
        let text = try #require(tables[kind]?[position])
        try #require(text.contains(old), "\(text)")
        tables[kind]?[position] = text.replacing(old, with: new)
      }
      try replace(.matters, "2-001,", "灵活就业", "我要灵活就业")
      try replace(.matters, "2-002,", "2022年12月底", "2023年6月底")
      try replace(.items, "2-002,1,", "失业登记", "求职登记甲")
      try replace(.items, "2-002,2,", "求职登记", "失业登记")
      try replace(.items, "2-002,1,", "求职登记甲", "求职登记")
      tables[.items]?.removeAll { $0.hasPrefix("2-002,5,") }
      let last = try #require(tables[.items]?.lastIndex { $0.hasPrefix("2-002,") })
      tables[.items]?.insert("2-002,5,养犬登记,公安部门,", at: last + 1)
      try replace(.items, "2-002,5,", "养犬登记", "户籍信息查询")
      tables[.matters]?.append("2-231,second,231,individual,放风筝,市公安局,2023年12月底,新增,,,,")
      tables[.items]?.append("2-231,1,户籍信息查询,公安部门,")
      try replace(.departments, "public-security,", ",公安部门,", ",公安部门,公安机关;")
      tables[.waivers]?.append("single-department,2-231,试一试")
      tables[.progress]?.append("2-231,2023-01-04,,,,,,,,")
      try replace(.targets, String(try #require(tables[.targets]?[1].prefix { $0 != "," })) + ",", ",2022年", ",2023年")
    }
    let path = try folder("catalog", in: temporary)
    let before = try temporary.files("catalog")
    let plan = try importDocument(try document(tables, in: temporary), into: path)
    let target = try #require(XMLMergeTests.shipped[.targets]?[1].prefix { $0 != "," })
    #expect(
      changed(plan) == [
        "changed row in departments: public-security", "    aliases: — → 公安机关",
        "changed row in targets: \(target)", "    deadline: 2022年底前 → 2023年底前",
        "new row in progress: 2-231", "    matter: 2-231", "    plan: 2023-01-04",
        "new row in waivers: single-department", "    rule: single-department", "    subject: 2-231", "    reason: 试一试",
        "changed  2-001 我要灵活就业", "    name: 灵活就业 → 我要灵活就业",
        "changed  2-002 失业", "    deadline: 2022年12月底 → 2023年6月底", "    2-002.1 number: 2 → 1",
        "    2-002.2 number: 1 → 2",
        "    2-002.5 name: 代缴基本医疗保险费 → 户籍信息查询", "    2-002.5 responsible: 医保部门 → 公安部门",
        "added    2-231 放风筝 (1 item)",
        "in all: matters 1 added, 2 changed, 239 unchanged, 0 not in the file and kept, 0 removed; rows of other tables 2 added, 2 changed",
      ])
    // Only the rows of the changes above differ.
    let after = try temporary.files("catalog")
    func rows(_ files: [String: [UInt8]], _ name: String) -> Set<Substring> {
      Set(String(decoding: files[name] ?? [], as: UTF8.self).split(separator: "\n"))
    }
    #expect(rows(before, "matters.csv").subtracting(rows(after, "matters.csv")).count == 2)
    #expect(rows(before, "items.csv").subtracting(rows(after, "items.csv")).count == 3)
    #expect(rows(before, "departments.csv").subtracting(rows(after, "departments.csv")).count == 1)
    for name in ["waivers.csv", "progress.csv"] { #expect(rows(before, name).isSubset(of: rows(after, name))) }
    for name in ["approvals.csv", "notices.csv", "lists.csv", "datapackage.json", "README.md"] {
      #expect(after[name] == before[name], "\(name)")
    }
  }

  /// Importing an export of one catalog with `replacing` makes another catalog equal to it.
  @Test("Random edits are imported", arguments: 1...30)
  func random(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var tables = XMLMergeTests.shipped
    for _ in 0..<25 { XMLMergeTests.edit(&tables, &random) }
    let temporary = try TemporaryFolder()
    let path = try folder("catalog", in: temporary)
    let file = try document(tables, in: temporary)
    let plan = try importDocument(file, into: path, ImportOptions(replacing: true, addsUnknown: true), "seed \(seed)")
    // All rows have been imported, and the unregistered names have been added to the registers.
    let entered = plan.unknownNames.compactMap(\.newID).map { "[\"\($0)\", " }
    let found = dump(FolderReader.read(path)).filter { line in !entered.contains { line.hasPrefix($0) } }
    #expect(found == dump(FolderReader.read(temporary("source"))), "seed \(seed)")
    // The import in the other direction restores all but the new register rows, which imports do not remove.
    let back = XMLCase.read(try XMLCase.export(shippedCatalog))
    try importDocument(back, into: path, ImportOptions(replacing: true), "seed \(seed), back")
    #expect(try self.tables(FolderReader.read(path)) == self.tables(shippedCatalog), "seed \(seed), back")
  }

  private func tables(_ catalog: Catalog) throws -> String {
    try text { try FolderWriter.writeTable(.matters, of: catalog, to: $0) }
      + text { try FolderWriter.writeTable(.items, of: catalog, to: $0) }
  }

  private static func edit(_ tables: inout Tables, _ random: inout SeededGenerator) {
    func pick(_ kind: TableKind) -> Int { Int.random(in: 1..<(tables[kind]?.count ?? 2), using: &random) }
    func cells(_ kind: TableKind, _ row: Int) -> [String] {
      tables[kind]?[row].split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
    }
    func set(_ kind: TableKind, _ row: Int, _ column: Int, _ value: String) {
      var cells = cells(kind, row)
      // A row with a quoted cell, which may contain a comma, is not changed.
      guard cells.count == kind.columns.count else { return }
      cells[column] = value
      tables[kind]?[row] = cells.joined(separator: ",")
    }
    let number = Int.random(in: 231...999, using: &random)
    switch Int.random(in: 0..<16, using: &random) {
    case 0: set(.matters, pick(.matters), 4, "改名 \(number)")
    case 1: set(.matters, pick(.matters), 5, ["市公安局", "市民政局/市教育局", "公安部门、民政部门"].randomElement(using: &random) ?? "")
    case 2: set(.matters, pick(.matters), 6, ["2023年3月底", "2024年底"].randomElement(using: &random) ?? "")
    case 3: set(.matters, pick(.matters), 7, "备注 \(number)")
    case 4: set(.matters, pick(.matters), 3, "enterprise")
    case 5:
      let row = pick(.matters)
      guard let id = cells(.matters, row).first, id != "2-037", id != "2-137" else { return }
      for kind in [TableKind.matters, .items, .progress] { tables[kind]?.removeAll { $0.hasPrefix(id + ",") } }
    case 6:
      guard tables[.matters]?.contains(where: { $0.hasPrefix("2-\(number),") }) == false else { return }
      // In the order of the numbers, as an import inserts it.
      let position =
        tables[.matters]?.firstIndex { $0.hasPrefix("2-") && (Int(XMLMergeTests.cells($0)[2]) ?? 0) > number }
        ?? tables[.matters]?
        .count ?? 0
      tables[.matters]?.insert("2-\(number),second,\(number),individual,新事 \(number),市公安局,2024年底,,,,,", at: position)
      for item in 0..<Int.random(in: 0...3, using: &random) {
        tables[.items]?.append("2-\(number),\(item + 1),新项\(item),银行,")
      }
    case 7: set(.items, pick(.items), 2, "新项 \(number)")
    case 8: set(.items, pick(.items), 3, ["公安部门", "银行/税务部门"].randomElement(using: &random) ?? "")
    case 9:
      let row = pick(.items)
      set(.items, row, 4, cells(.items, row).last == "yes" ? "" : "yes")
    case 10:
      let row = pick(.items)
      tables[.items]?.remove(at: row)
    case 11:
      let row = pick(.items)
      guard row + 1 < tables[.items]?.count ?? 0, cells(.items, row)[0] == cells(.items, row + 1)[0] else { return }
      let (one, two) = (cells(.items, row)[1], cells(.items, row + 1)[1])
      tables[.items]?.swapAt(row, row + 1)
      set(.items, row, 1, one)
      set(.items, row + 1, 1, two)
    case 12: set(.departments, pick(.departments), 4, "别名\(number);又名\(number)")
    case 13: tables[.departments]?.append("new-\(number),新部门\(number),,新类\(number),,city-department")
    case 14: tables[.approvals]?.append("new-approval-\(number),新证\(number),新证照\(number),licence,public-security")
    default:
      tables[.waivers]?.append("general-lead,2-\(number),理由 \(number)")
      if tables[.progress]?.contains(where: { $0.hasPrefix("2-022,") }) == false {
        tables[.progress]?.append("2-022,2023-01-04,,,,,,,,")
      }
      set(.waivers, pick(.waivers), 2, "另一理由 \(number)")
    }
  }

  private static func cells(_ row: String) -> [String] {
    row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  // MARK: Partial documents

  @Test("A partial document changes its matters; other matters and the registers are kept")
  func parts() throws {
    let temporary = try TemporaryFolder()
    let police = try #require(shippedCatalog.departmentRegister.owner(of: "公安部门")?.index)
    let tables = edited {
      $0[.matters] = $0[.matters]?.map { $0.hasPrefix("2-008,") ? $0.replacing("养犬", with: "养一只犬") : $0 }
    }
    let path = try folder("catalog", in: temporary)
    let before = try temporary.files("catalog")
    let file = try document(tables, Selection(department: police), in: temporary)
    #expect(file.lists.contains(where: \.isPartial) && file.matters.count < 241)
    let plan = try importDocument(file, into: path)
    #expect(plan.count(.changed) == 1 && plan.count(.removed) == 0 && plan.count(.added) == 0)
    #expect(changed(plan).prefix(2) == ["changed  2-008 养一只犬", "    name: 养犬 → 养一只犬"])
    var after = try temporary.files("catalog")
    #expect(after["matters.csv"] != before["matters.csv"])
    after["matters.csv"] = before["matters.csv"]
    #expect(after == before)
    #expect(FolderReader.read(path).lists.allSatisfy { !$0.isPartial })
  }

  @Test("An expanded document is read as the same catalog")
  func expanded() throws {
    let temporary = try TemporaryFolder()
    let path = try folder("catalog", in: temporary)
    let before = try temporary.files("catalog")
    let plan = try importDocument(
      XMLCase.read(try XMLCase.export(shippedCatalog, expands: true)), into: path, ImportOptions(replacing: true))
    #expect(plan.isEmpty)
    #expect(try temporary.files("catalog") == before)
  }

  @Test("replacing removes matters that the document does not have, with their items")
  func replacing() throws {
    let temporary = try TemporaryFolder()
    let tables = edited {
      for kind in [TableKind.matters, .items] {
        $0[kind]?.removeAll { $0.hasPrefix("2-008,") || $0.hasPrefix("1-003,") }
      }
    }
    let path = try folder("catalog", in: temporary)
    let file = try document(tables, in: temporary)
    let kept = try importDocument(file, into: path)
    #expect(kept.isEmpty && kept.count(.kept) == 2)
    #expect(kept.text(in: .english).hasPrefix("kept     1-003 "))
    let plan = try importDocument(file, into: path, ImportOptions(replacing: true))
    #expect(plan.count(.removed) == 2)
    #expect(try temporary.bytes("catalog/matters.csv") == temporary.bytes("source/matters.csv"))
    #expect(try temporary.bytes("catalog/items.csv") == temporary.bytes("source/items.csv"))
  }

  // MARK: Registers

  private func document(registers: String, matter: String) -> Catalog {
    XMLCase.read(XMLCase.document(matter).replacing("<matters>", with: registers + "<matters>"))
  }

  private func matter(_ lead: String, _ item: String, _ responsible: String) -> String {
    """
    <matter id="2-231" list="second" number="231" audience="individual"><name>放风筝</name>\
    <lead choice="all"><department>\(lead)</department></lead><deadline>2024年底</deadline>\
    <item number="1"><name>\(item)</name><responsible choice="all"><department>\(responsible)</department></responsible></item></matter>
    """
  }

  /// Departments and approvals that another system has under its own ids are matched by name and not added again.
  @Test("Departments and approvals with ids of another system are matched by name")
  func foreignIDs() throws {
    let temporary = try TemporaryFolder()
    let path = try folder("catalog", in: temporary)
    let file = document(
      registers: """
        <lists><list id="second" prefix="2"><title>九江市第二批“一件事一次办”事项清单(230项)</title></list></lists>
        <departments><department id="d-01"><short>市公安局</short><alias>公安机关</alias></department>
        <department id="d-02" kind="other"><short>市风筝局</short></department></departments>
        <approvals><approval id="a-01" competent="d-01"><name>户籍信息查询</name><alias>查户籍</alias></approval>
        <approval id="a-02" competent="d-01"><name>放风筝许可</name></approval></approvals>
        """, matter: matter("公安机关", "查户籍", "市风筝局"))
    try #require(!file.isUnreadable)
    let work = try FolderImport(into: path)
    let plan = work.plan(file)
    #expect(plan.unknownNames.isEmpty)
    let changed = plan.registers.filter { $0.table == .departments || $0.table == .approvals }
    #expect(
      Set(changed.map { "\($0.table.fileName) \($0.id) \($0.isNew)" }) == [
        "departments.csv d-02 true", "approvals.csv a-02 true", "departments.csv public-security false",
        "approvals.csv \(try #require(shippedCatalog.approvals.first { $0.name == "户籍信息查询" }?.id)) false",
      ])
    #expect(plan.result.departmentRegister.conflicts.isEmpty && plan.result.approvalRegister.conflicts.isEmpty)
    #expect(
      plan.result.departmentRegister.owner(of: "公安机关").map { plan.result.departments[$0.index].id } == "public-security"
    )
    #expect(plan.result.approvals.first { $0.id == "a-02" }?.competent == "public-security")
  }

  @Test("Unregistered names are an obstacle, or are registered with addsUnknown")
  func unknownNames() throws {
    let temporary = try TemporaryFolder()
    let path = try folder("catalog", in: temporary)
    let before = try temporary.files("catalog")
    let file = XMLCase.read(XMLCase.document(matter("市风筝局", "放风筝许可", "公安部门")))
    do {
      let work = try FolderImport(into: path)
      let plan = work.plan(file)
      #expect(plan.obstacles == [.unknownNames(2)])
      #expect(throws: ImportRefused.self) { try work.write(plan) }
    }
    #expect(try temporary.files("catalog") == before)
    let plan = try importDocument(file, into: path, ImportOptions(addsUnknown: true))
    #expect(plan.unknownNames.map(\.name) == ["市风筝局", "放风筝许可"])
    #expect(FolderReader.read(path).departmentRegister.owner(of: "市风筝局") != nil)
  }

  /// A repeated id is an error to report; the row must not be lost, nor take the place of another.
  @Test("A file with a repeated row is refused", arguments: [true, false])
  func twice(_ isNew: Bool) throws {
    let temporary = try TemporaryFolder()
    let path = isNew ? temporary("new") : try folder("catalog", in: temporary)
    let registers = String(decoding: try XMLCase.export(shippedCatalog), as: UTF8.self)
      .replacing(
        "</departments>",
        with:
          "<department id=\"d\"><short>甲局</short></department><department id=\"d\"><short>乙局</short></department></departments>"
      )
    let work = try FolderImport(into: path)
    let plan = work.plan(XMLCase.read(registers))
    #expect(plan.result.departments.filter { $0.id == "d" }.map(\.short) == ["甲局", "乙局"])
    #expect(plan.result.departments.count == shippedCatalog.departments.count + 2)
    #expect(plan.result.departments.first?.id == shippedCatalog.departments.first?.id)
    #expect(plan.obstacles == [.unmatchedRows(1)])
    let finding = try #require(plan.unmatched?.findings.first)
    #expect(finding.rule == "duplicate-id" && finding.subject == "d" && finding.location?.line != nil)
    let before = isNew ? [:] : try temporary.files("catalog")
    #expect(throws: ImportRefused.self) { try work.write(plan) }
    #expect(try isNew ? TemporaryFolder.names(temporary.path).isEmpty : temporary.files("catalog") == before)
  }

  // MARK: Placeholders

  @Test("A row “/” is removed when its matter gets an item, and kept when nothing changes")
  func slashRows() throws {
    let temporary = try TemporaryFolder()
    let tables = edited {
      $0[.matters]?.append("2-231,second,231,individual,放风筝,市公安局,2024年底,,,,,")
      $0[.items]?.append("2-231,1,/,/,")
      $0[.matters]?.append("2-232,second,232,individual,放鸽子,市公安局,2024年底,,,,,")
      $0[.items]?.append("2-232,1,/,公安部门,")
    }
    let path = try folder("catalog", tables, in: temporary)
    let before = try temporary.files("catalog")
    let same = XMLCase.read(try XMLCase.export(FolderReader.read(path)))
    #expect(try importDocument(same, into: path).isEmpty)
    #expect(try temporary.files("catalog") == before)
    let more = String(decoding: try XMLCase.export(FolderReader.read(path)), as: UTF8.self)
    let changed = try ["2-231", "2-232"].reduce(more) { text, id in
      let start = try #require(text.firstRange(of: "<matter id=\"\(id)\"")).lowerBound
      let end = try #require(text[start...].firstRange(of: "</matter>")).lowerBound
      let item =
        "<item number=\"1\"><name>户籍信息查询</name><responsible choice=\"all\"><department ref=\"public-security\">公安部门</department></responsible></item>"
      var body = String(text[start..<end])
      if let from = body.firstRange(of: "<placeholder"), let to = body.firstRange(of: "</placeholder>") {
        body.removeSubrange(from.lowerBound..<to.upperBound)
      }
      return text[..<start] + body + item + text[end...]
    }
    let file = XMLCase.read(changed)
    try #require(file.issues.isEmpty, "\(file.issues.map(\.kind))")
    try importDocument(file, into: path)
    let items = String(decoding: try temporary.bytes("catalog/items.csv"), as: UTF8.self).split(separator: "\n")
    #expect(
      items.filter { $0.hasPrefix("2-23") && ($0.hasPrefix("2-231") || $0.hasPrefix("2-232")) } == [
        "2-231,1,户籍信息查询,公安部门,,,,", "2-232,1,户籍信息查询,公安部门,,,,",
      ])
  }
}

import AtomicFiles
import CSVFormat
import Catalog
import Interchange
import Testing
import Validator

@Suite("Import of lists into a folder")
struct ImportTests {
  private let head = "序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,推进完成时限,备注\n"

  private func temporary(_ change: ([String: String]) -> [String: String] = { $0 }) throws -> TemporaryFolder {
    let temporary = try TemporaryFolder()
    let folder = try FolderReplacement(at: temporary("catalog"))
    try FolderWriter.writeBuiltIn(into: folder)
    var files: [String: String] = [:]
    for kind in TableKind.allCases {
      files[kind.fileName] = String(decoding: FolderReader.builtInFile(kind.fileName) ?? [], as: UTF8.self)
    }
    for (name, text) in change(files) { try folder.write(name) { try $0.append(text) } }
    try folder.commit()
    return temporary
  }

  private func plan(
    _ work: FolderImport, _ list: String, _ options: ImportOptions = ImportOptions(), list id: String? = "second"
  ) -> ImportPlan {
    work.plan(read(list, base: work.folder, list: id, isImport: true), options: options)
  }

  @Test("Added, changed and kept matters are listed by field; only changed tables are written")
  func fieldByField() throws {
    let temporary = try temporary()
    let before = try temporary.files("catalog")
    let work = try FolderImport(into: temporary("catalog"))
    let plan = plan(
      work,
      head + """
        2,个人,失业,失业登记,市医保局,人社部门,2022年12月底,
        ,,,求职登记,,人社部门,,
        ,,,就业困难人员认定,,人社部门,,
        ,,,代缴基本医疗保险费,,税务部门,,
        ,,,银行开户,,银行,,
        57,企业,我要开办电动车专卖店,/,市场监管部门/行政审批部门,/,2022年12月底,
        231,企业,我要开新店,税务登记,市场监管部门,税务部门,2024年底,

        """)
    #expect(plan.obstacles.isEmpty)
    #expect(plan.count(.added) == 1 && plan.count(.changed) == 1 && plan.count(.kept) == 228)
    #expect(plan.count(.unchanged) == 12)
    let shown = plan.text(in: .english).split(separator: "\n").filter { !$0.hasPrefix("kept") }
    #expect(
      shown == [
        "changed  2-002 失业", "    lead: 市人社局 → 市医保局", "    2-002.3 number: 4 → 3", "    2-002.4 number: 5 → 4",
        "    2-002.4 responsible: 医保部门 → 税务部门", "    2-002.5 added: 银行开户 (银行)", "    2-002.3 removed: 失业保险金申领 (人社部门)",
        "added    2-231 我要开新店 (1 item)",
        "in all: 1 added, 1 changed, 12 unchanged, 228 not in the file and kept, 0 removed",
      ])
    try work.write(plan)
    let after = try temporary.files("catalog")
    #expect(Set(after.keys) == Set(before.keys))
    let differing = after.keys.filter { after[$0] != before[$0] }.sorted()
    #expect(differing == ["items.csv", "matters.csv"])
    let matters = String(decoding: after["matters.csv"] ?? [], as: UTF8.self).split(separator: "\n")
    #expect(matters.count == 243)
    #expect(matters[13] == "2-002,second,2,individual,失业,市医保局,2022年12月底,,,,,,,")
    #expect(matters[242] == "2-231,second,231,enterprise,我要开新店,市场监管部门,2024年底,,,,,,,")
    let items = String(decoding: after["items.csv"] ?? [], as: UTF8.self).split(separator: "\n")
    #expect(items.last == "2-231,1,税务登记,税务部门,,,,")
    #expect(items.filter { $0.hasPrefix("2-002,") }.count == 5)
    // The folder reads as the result of the plan.
    #expect(try tables(FolderReader.read(temporary("catalog"))) == tables(plan.result))
  }

  @Test("The note below a list is filled in")
  func note() throws {
    let temporary = try temporary { files in
      files.merging(["lists.csv": (files["lists.csv"] ?? "").replacing(/,"注:市级[^"]*"/, with: ",")]) { $1 }
    }
    let work = try FolderImport(into: temporary("catalog"))
    #expect(work.folder.lists.map(\.note.isEmpty) == [false, true])
    let list = head + "1,个人,灵活就业,就业登记,市人社局,人社部门,2022年12月底,\n注:各地组织实施。,,,,,,,\n"
    let plan = plan(work, list)
    #expect(
      plan.registers.flatMap(\.cells).map { [$0.column, $0.before, $0.after] } == [["note", "", "注:各地组织实施。"]])
    try work.write(plan)
    let after = try FolderImport(into: temporary("catalog"))
    #expect(after.folder.lists.map(\.note) == [work.folder.lists[0].note, "注:各地组织实施。"])
    #expect(self.plan(after, list).isEmpty)
  }

  @Test("Order of columns, further columns, line ends, byte order mark and encoding are kept")
  func formKept() throws {
    let matters =
      "备注,id,list,number,audience,name,lead,deadline,经办人,includes,placeholder\r\n"
      + "\"甲\",2-001,second,1,individual,灵活就业,市人社局,2022年12月底,\"张,三\",,\r\n"
      + "乙,2-002,second,2,individual,失业,市人社局,2022年12月底,李四,,"
    let items =
      "matter,number,name,responsible,shared,窗口\r\n" + "2-001,1,就业登记,人社部门,yes,一号\r\n" + "2-001,2,社会保险费申报,税务部门,,二号\r\n"
      + "2-002,1,失业登记,人社部门,,三号\r\n"
    let gb = try #require(TextDecoding.encode(Array(matters.utf8), as: .gb18030))
    let temporary = try temporary()
    let folder = try FolderReplacement(at: temporary("catalog"))
    try folder.write("matters.csv") { try $0.append(gb) }
    try folder.write("items.csv") { try $0.append("\u{FEFF}" + items) }
    try folder.write("notes.txt") { try $0.append("ours") }
    try folder.commit()
    let work = try FolderImport(into: temporary("catalog"))
    let plan = plan(
      work,
      head + """
        1,个人,灵活就业,社会保险费申报,市医保局,税务部门,2022年12月底,甲
        ,,,就业登记,,人社部门,,
        2,个人,失业,失业登记,市人社局,人社部门,2022年12月底,乙
        3,企业,开店,税务登记,市公安局,税务部门,2024年底,

        """)
    #expect(plan.obstacles.isEmpty, "\(unclear(plan.result))")
    try work.write(plan)
    let text = try temporary.bytes("catalog/matters.csv")
    let decoded = TextDecoding.decode(Bytes(text))
    #expect(decoded.encoding == .gb18030)
    #expect(
      decoded.bytes.text(0..<decoded.bytes.count)
        == matters.replacing("灵活就业,市人社局", with: "灵活就业,市医保局") + "\r\n,2-003,second,3,enterprise,开店,市公安局,2024年底,,,\r\n")
    #expect(
      String(decoding: try temporary.bytes("catalog/items.csv"), as: UTF8.self)
        == "\u{FEFF}matter,number,name,responsible,shared,窗口\r\n" + "2-001,1,社会保险费申报,税务部门,,二号\r\n"
        + "2-001,2,就业登记,人社部门,yes,一号\r\n" + "2-002,1,失业登记,人社部门,,三号\r\n" + "2-003,1,税务登记,税务部门,,\r\n")
    #expect(String(decoding: try temporary.bytes("catalog/notes.txt"), as: UTF8.self) == "ours")
  }

  @Test("Canonically equivalent texts are different: é replaces e with a combining accent", arguments: [false, true])
  func normalization(_ isFlat: Bool) throws {
    let temporary = try temporary { files in
      var files = files
      files["items.csv"] = files["items.csv"]?.replacing("失业登记", with: "cafe\u{301}")
      files["matters.csv"] = files["matters.csv"]?.replacing("失业", with: "cafe\u{301}")
      files["departments.csv"] = files["departments.csv"]?.replacing("银行,", with: "cafe\u{301}银行,")
      return files
    }
    let work = try FolderImport(into: temporary("catalog"))
    let csv = try text {
      if isFlat {
        try ExportRequest(work.folder, as: .flatCSV()).write(to: $0)
      } else {
        try ExportRequest(work.folder, Selection(list: 1), as: .officialCSV()).write(to: $0)
      }
    }
    let corrected = csv.replacing("cafe\u{301}", with: "caf\u{E9}")
    let plan = plan(work, corrected, ImportOptions(addsUnknown: true))
    #expect(plan.count(.changed) > 0)
    try work.write(plan)
    for name in ["matters.csv", "items.csv"] {
      let written = String(decoding: try temporary.bytes("catalog/" + name), as: UTF8.self)
      #expect(!written.unicodeScalars.contains("\u{301}") && written.unicodeScalars.contains("\u{E9}"))
    }
  }

  @Test("Unregistered names are an obstacle, unless addsUnknown registers them")
  func unknownNames() throws {
    let temporary = try temporary()
    let before = try temporary.files("catalog")
    let list = head + "231,企业,开店,太空执照,市太空局、市公安局,太空部门,2024年底,\n"
    do {
      let work = try FolderImport(into: temporary("catalog"))
      let plan = plan(work, list)
      #expect(plan.obstacles == [.unknownNames(3)])
      #expect(plan.unknownNames.map(\.name) == ["市太空局", "太空部门", "太空执照"])
      #expect(throws: ImportRefused.self) { try work.write(plan) }
    }
    #expect(try temporary.files("catalog") == before)
    let work = try FolderImport(into: temporary("catalog"))
    let plan = plan(work, list, ImportOptions(addsUnknown: true))
    #expect(plan.isPossible)
    #expect(plan.unknownNames.map(\.newID) == ["department-1", "department-1", "approval-1"])
    // Each row once, each name with its matter.
    let lines = plan.text(in: .english).split(separator: "\n").filter { !$0.hasPrefix("kept") }
    #expect(
      lines == [
        "new row in departments: department-1, to be completed", "    id: department-1", "    short: 市太空局 (2-231)",
        "    general: 太空部门 (2-231)", "new row in approvals: approval-1, to be completed", "    id: approval-1",
        "    name: 太空执照 (2-231)", "    competent: department-1", "added    2-231 开店 (1 item)",
        "in all: matters 1 added, 0 changed, 11 unchanged, 230 not in the file and kept, 0 removed; rows of other tables 2 added",
      ])
    #expect(plan.text(in: .chinese).hasPrefix("登记 新增部门 department-1，请补全其余各栏\n"))
    try work.write(plan)
    let after = FolderReader.read(temporary("catalog"))
    #expect(after.departmentRegister.owner(of: "太空部门").map { after.departments[$0.index].id } == "department-1")
    #expect(after.approvalRegister.owner(of: "太空执照") != nil)
    let departments = String(decoding: try temporary.bytes("catalog/departments.csv"), as: UTF8.self)
    #expect(departments.hasSuffix("department-1,市太空局,,太空部门,,,\n"))
    // Unregistered names that the folder has already are not an obstacle.
    let again = try FolderImport(into: temporary("catalog"))
    #expect(self.plan(again, list).isEmpty)
  }

  @Test("A file with ambiguous rows is not imported")
  func refused() throws {
    let temporary = try temporary()
    let before = try temporary.files("catalog")
    for list in [
      "", head + "甲,企业,开店,税务登记,市公安局,税务部门,2024年底,\n", head + "1,企业,开店,\"甲事项\n乙事项\",市公安局,银行,2024年底,\n",
      head + "1,企业,\"开店,税务登记,市公安局,税务部门,2024年底,\n",
    ] {
      let work = try FolderImport(into: temporary("catalog"))
      let plan = plan(work, list)
      #expect(!plan.isPossible, "\(list)")
      #expect(throws: ImportRefused.self) { try work.write(plan) }
    }
    #expect(try temporary.files("catalog") == before)
    #expect(TemporaryFolder.names(temporary.path) == ["catalog"])
  }

  @Test("replacing removes missing matters of the file's lists; those of other lists are kept")
  func replacing() throws {
    let temporary = try temporary()
    let work = try FolderImport(into: temporary("catalog"))
    let catalog = shippedCatalog
    let csv = try text { try ExportRequest(catalog, Selection(list: 1), as: .officialCSV()).write(to: $0) }
    let kept = csv.split(separator: "\r\n").filter { !$0.hasPrefix("81,") && !$0.hasPrefix("230,") }.joined(
      separator: "\r\n")
    let plan = plan(work, kept, ImportOptions(replacing: true))
    #expect(plan.count(.removed) == 2 && plan.count(.unchanged) == 239)
    try work.write(plan)
    let after = FolderReader.read(temporary("catalog"))
    #expect(after.matters.count == 239)
    #expect(after.matter(id: "2-081") == nil && after.matter(id: "2-230") == nil && after.matter(id: "1-001") != nil)
    #expect(after.issues.isEmpty)
    #expect(after.items.count == 409)
  }

  @Test("A new folder is created with the built-in registers; a dry run creates none")
  func newFolder() throws {
    let temporary = try TemporaryFolder()
    let list = head + "1,企业,开店,税务登记,市公安局,税务部门,2024年底,\n"
    do {
      let work = try FolderImport(into: temporary("new"), isDry: true)
      let plan = plan(work, list)
      #expect(plan.isNew && plan.isPossible && plan.count(.added) == 1)
    }
    #expect(TemporaryFolder.names(temporary.path).isEmpty)
    let work = try FolderImport(into: temporary("new"))
    try work.write(plan(work, list))
    let made = FolderReader.read(temporary("new"))
    #expect(made.issues.isEmpty)
    #expect(made.matters.count == 1 && made.departments.count == shippedCatalog.departments.count)
  }

  @Test("A table with undecodable bytes is not rewritten")
  func damagedTable() throws {
    let temporary = try temporary()
    let folder = try FolderReplacement(at: temporary("catalog"))
    var matters = FolderReader.builtInFile("matters.csv") ?? []
    matters[200] = 0xFF
    try folder.write("matters.csv") { try $0.append(matters) }
    try folder.commit()
    let before = try temporary.files("catalog")
    let work = try FolderImport(into: temporary("catalog"))
    let plan = plan(work, head + "1,个人,开店,税务登记,市公安局,税务部门,2024年底,\n")
    #expect(throws: TableNotRewritable.self) { try work.write(plan) }
    #expect(try temporary.files("catalog") == before)
  }

  @Test("After importing random changes, the folder reads as the plan's result", arguments: 1...25)
  func random(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let catalog = shippedCatalog
    var rows = try text { try ExportRequest(catalog, Selection(list: 1), as: .officialCSV()).write(to: $0) }
      .split(separator: "\r\n").map(String.init)
    for _ in 0..<20 {
      let position = Int.random(in: 1..<rows.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: if rows[position].hasPrefix(",,,") { rows.remove(at: position) }
      case 1: rows[position] = rows[position].replacing("部门,", with: "部门、公安部门,", maxReplacements: 1)
      case 2: rows.insert(",,,公章刻制备案,,公安部门,,", at: position + 1)
      default: rows[position] = rows[position].replacing("我要", with: "我想要")
      }
    }
    let temporary = try temporary()
    let work = try FolderImport(into: temporary("catalog"))
    let file = read(rows.joined(separator: "\r\n"), base: work.folder, isImport: true)
    let plan = work.plan(file, options: ImportOptions(addsUnknown: true))
    guard plan.isPossible else { return }
    try work.write(plan)
    #expect(try tables(FolderReader.read(temporary("catalog"))) == tables(plan.result), "seed \(seed)")
    let again = try FolderImport(into: temporary("catalog"))
    let second = again.plan(read(rows.joined(separator: "\r\n"), base: again.folder, isImport: true))
    #expect(second.isEmpty, "seed \(seed) \(second.text(in: .english))")
  }
}

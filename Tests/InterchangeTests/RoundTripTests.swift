import AtomicFiles
import CSVFormat
import Catalog
import Interchange
import Testing

@Suite("Round trips over the shipped catalog")
struct RoundTripTests {
  private static let ways = [
    CSVOptions(), CSVOptions(byteOrderMark: true), CSVOptions(encoding: .gb18030), CSVOptions(encoding: .utf16),
  ]

  private func shipped() -> [String: [UInt8]] {
    var out: [String: [UInt8]] = [:]
    for kind in TableKind.allCases { out[kind.fileName] = FolderReader.builtInFile(kind.fileName) }
    for name in ["datapackage.json", "README.md"] { out[name] = FolderReader.builtInFile(name) }
    return out
  }

  @Test("folder → flat → new folder, byte for byte", arguments: ways)
  func flat(_ way: CSVOptions) throws {
    let temporary = try TemporaryFolder()
    let catalog = shippedCatalog
    try temporary.put("list.csv", try bytes { try ExportRequest(catalog, as: .flatCSV(way)).write(to: $0) })
    let work = try FolderImport(into: temporary("catalog"))
    let file = CSVListReader.read(temporary("list.csv"), base: work.folder, options: CSVListOptions(isImport: true))
    #expect(file.issues.isEmpty)
    let plan = work.plan(file)
    #expect(plan.obstacles.isEmpty)
    #expect(plan.count(.added) == 241)
    try work.write(plan)
    var expected = shipped()
    // A list does not contain progress and targets.
    for kind in [TableKind.targets, .progress, .waivers] {
      expected[kind.fileName] = Array((kind.columns.map(\.name).joined(separator: ",") + "\n").utf8)
    }
    #expect(try temporary.files("catalog") == expected)
  }

  @Test("folder → official → the same folder with much of it changed, byte for byte", arguments: ways)
  func official(_ way: CSVOptions) throws {
    let temporary = try TemporaryFolder()
    let catalog = shippedCatalog
    do {
      let folder = try FolderReplacement(at: temporary("catalog"))
      try FolderWriter.writeBuiltIn(into: folder)
      // Changed names, leads, deadlines and remarks; removed and new items.
      var matters = String(decoding: FolderReader.builtInFile("matters.csv") ?? [], as: UTF8.self)
      matters = matters.replacing("我要开", with: "我想开").replacing("2022年12月底", with: "2024年底")
      matters = matters.replacing("市人社局", with: "市医保局").replacing("以下场景均包含此事项", with: "")
      matters = matters.replacing(",enterprise,", with: ",legal-person,")
      try folder.write("matters.csv") { try $0.append(matters) }
      var items = String(decoding: FolderReader.builtInFile("items.csv") ?? [], as: UTF8.self)
        .split(separator: "\n").filter { !$0.hasSuffix("《排污许可证》,生态环境部门,") && !$0.hasPrefix("2-005,3,") }
      items = items.map { $0.hasPrefix("2-02") ? Substring($0.replacing("公安部门", with: "银行")) : $0 }
      items.append("2-229,1,食品经营许可证,市场监管部门,")
      try folder.write("items.csv") { try $0.append(items.joined(separator: "\n") + "\n") }
      try folder.commit()
    }
    for list in ["first", "second"] {
      let selection = Selection(list: catalog.list(id: list))
      try temporary.put(
        "list.csv", try bytes { try ExportRequest(catalog, selection, as: .officialCSV(way)).write(to: $0) })
      let work = try FolderImport(into: temporary("catalog"))
      let file = CSVListReader.read(temporary("list.csv"), base: work.folder, options: CSVListOptions(isImport: true))
      #expect(file.issues.isEmpty, "\(unclear(file))")
      let plan = work.plan(file)
      #expect(plan.obstacles.isEmpty)
      #expect(plan.count(.changed) > (list == "first" ? 5 : 200))
      try work.write(plan)
      // A second import changes nothing.
      let again = try FolderImport(into: temporary("catalog"))
      let second = again.plan(
        CSVListReader.read(temporary("list.csv"), base: again.folder, options: CSVListOptions(isImport: true)))
      #expect(second.isEmpty, "\(second.text(in: .english))")
    }
    #expect(try temporary.files("catalog") == shipped())
  }

  @Test("A list in the official layout alone is read as in the catalog")
  func officialAlone() throws {
    let catalog = shippedCatalog
    for (index, list) in catalog.lists.enumerated() {
      let csv = try text { try ExportRequest(catalog, Selection(list: index), as: .officialCSV()).write(to: $0) }
      let back = read(csv, list: nil)
      #expect(back.issues.isEmpty)
      let expected = catalog.matters.filter { $0.list == index }.map { line($0, catalog) }
      #expect(back.matters.map { line($0, back) } == expected, "\(list.id)")
    }
  }

  @Test("The official layout has the columns of the notice")
  func officialHead() throws {
    let catalog = shippedCatalog
    let second = try text { try ExportRequest(catalog, Selection(list: 1), as: .officialCSV()).write(to: $0) }
    let lines = second.split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,推进完成时限,备注")
    #expect(lines[1] == "1,个人,灵活就业,就业登记,市人社局,人社部门,2022年12月底,")
    #expect(lines[2] == ",,,无雇佣个体工商户及灵活就业人员参加养老保险登记,,人社部门,,")
    #expect(lines.contains("57,企业,我要开办电动车专卖店,/,市场监管部门/行政审批部门,/,2022年12月底,"))
    #expect(lines.contains("81,企业,我要开办粮食收购站,/,市场监管部门/行政审批部门,市场监管部门,2022年12月底,"))
    #expect(lines.count == 1 + 451 + 1)
    let first = try text { try ExportRequest(catalog, Selection(list: 0), as: .officialCSV()).write(to: $0) }
    #expect(first.hasPrefix("序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,优化提升完成时限\r\n1,个人,新生儿出生,"))
    #expect(first.contains("\r\n9,法人,不动产抵押登记,"))
  }

  @Test("The flat layout has all known values")
  func flatHead() throws {
    let catalog = shippedCatalog
    let flat = try text { try ExportRequest(catalog, as: .flatCSV()).write(to: $0) }
    let lines = flat.split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(
      lines[0] == "matter,list,number,audience,name,lead,item,item_name,responsible,deadline,due,shared_from,remark,"
        + "withdrawn,withdrawal_basis,stage,theme,item_id,item_approval,item_core")
    #expect(
      lines.contains(
        "2-042,second,42,enterprise,我要开办熟食店,市场监管部门/行政审批部门,2-037.1,营业执照,市场监管部门/行政审批部门,2022年12月底,2022-12-31,2-037,,,,,,,,"
      ))
    #expect(
      lines.contains("2-081,second,81,enterprise,我要开办粮食收购站,市场监管部门/行政审批部门,,,市场监管部门,2022年12月底,2022-12-31,,,,,,,,,"))
    let whole = catalog.matters.reduce(0) { $0 + catalog.effectiveItems(of: $1).count }
    #expect(lines.count == 1 + whole + 1 + 1)
  }

  @Test("The official layout needs --list if there are several lists, and names them")
  func chooseList() throws {
    let catalog = shippedCatalog
    #expect(throws: ExportRefusal.chooseList(["first", "second"])) {
      try ExportRequest(catalog, as: .officialCSV()).write(to: ByteWriter.memory())
    }
    #expect(throws: ExportRefusal.markOutsideUTF8) {
      try ExportRequest(catalog, as: .flatCSV(CSVOptions(byteOrderMark: true, encoding: .gb18030)))
    }
  }
}

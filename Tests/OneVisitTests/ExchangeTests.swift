import Foundation
import OneVisit
import Testing

@Suite struct ExchangeTests {
  let catalog = Catalog.builtIn

  @Test func everyFormatIsWritten() throws {
    let xml = try catalog.exported(as: .xml)
    #expect(String(decoding: xml.prefix(200), as: UTF8.self).contains("urn:onevisit:service-catalog:1"))
    let expanded = try catalog.exported(as: .xml(expandsSharedItems: true))
    #expect(expanded.count > xml.count)
    let json = try JSONSerialization.jsonObject(with: Data(try catalog.exported(as: .json)))
    #expect(json is [String: Any])
    let flat = String(decoding: try catalog.exported(as: .csv), as: UTF8.self)
    #expect(flat.hasPrefix("matter,list,number,"))
    let official = try catalog.exported(as: .csv(layout: .official, byteOrderMark: true), Selection(list: "second"))
    #expect(official.starts(with: Array("\u{FEFF}序号,类型,".utf8)))
    let encoded = try catalog.exported(as: .csv(layout: .flat, encoding: .gb18030))
    #expect(try Catalog(csv: encoded, name: "list.csv").matters.count == 241)
  }

  @Test func xmlComesBackTheSame() throws {
    let copy = try Catalog(xml: try catalog.exported(as: .xml), name: "catalog.xml")
    #expect(Array(copy.matters) == Array(catalog.matters))
    #expect(copy.approvals == catalog.approvals)
    #expect(try copy.exported(as: .json) == catalog.exported(as: .json))
  }

  @Test func selectionIsExported() throws {
    let document = try catalog.exported(as: .xml, Selection(department: "公安部门", role: .lead))
    #expect(try Catalog(xml: document, name: "part.xml").matters.map(\.id) == ["1-007", "2-008", "2-016"])
    let byName = try catalog.exported(as: .xml, Selection(name: "养犬"))
    #expect(try Catalog(xml: byName, name: "part.xml").matters.map(\.id) == ["2-008"])
  }

  @Test func fileIsReplaced() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("catalog.xml")
    try catalog.export(.xml, to: path)
    #expect(try [UInt8](Data(contentsOf: URL(filePath: path))) == catalog.exported(as: .xml))
    let error = #expect(throws: OneVisitError.self) { try catalog.export(.xml, to: folder.path("no/such/file.xml")) }
    #expect(error?.kind == .fileSystem)
    #expect(error?.message.en.contains("no/such/file.xml") == true)
  }

  @Test func incompleteExportIsRefused() throws {
    let several = #expect(throws: OneVisitError.self) { try catalog.exported(as: .csv(layout: .official)) }
    #expect(several?.kind == .exportRefused)
    let damaged = try Catalog(
      tables: [
        "matters.csv": Array(
          "id,list,number,audience,name,lead,deadline\n2-001,second,x,individual,灵活就业,市人社局,2022年12月底\n".utf8),
        "items.csv": Array("matter,number,name,responsible\n2-001,1,就业登记,人社部门\n".utf8),
      ], name: "memory")
    for format in [ExportFormat.xml, .csv, .json] {
      let error = #expect(throws: OneVisitError.self) { try damaged.exported(as: format) }
      #expect(error?.kind == .exportRefused)
      #expect(error?.message.zh.contains("memory/matters.csv:2") == true)
    }
  }

  @Test func importIsPlannedAndApplied() throws {
    let folder = try TemporaryFolder()
    try folder.copyCatalog()
    let list = folder.url.appending(path: "list.csv")
    var text = String(
      decoding: try catalog.exported(as: .csv(layout: .official), Selection(list: "first")), as: UTF8.self)
    text = text.replacing("新车上牌", with: "新车登记上牌")
    try Data(text.utf8).write(to: list)
    var options = ImportOptions()
    options.list = "first"
    let plan = try ImportPlan(of: list.path(), into: folder.path("catalog"), options: options)
    #expect(plan.isPossible && !plan.isEmpty)
    #expect(plan.changed == ["1-007"])
    #expect(plan.added.isEmpty && plan.removed.isEmpty && plan.kept.isEmpty)
    #expect(plan.text.en.contains("新车登记上牌"))
    #expect(plan.result.matter("1-007")?.name == "新车登记上牌")
    #expect(try Catalog(at: folder.path("catalog")).matter("1-007")?.name == "新车上牌")
    try plan.apply()
    #expect(try Catalog(at: folder.path("catalog")).matter("1-007")?.name == "新车登记上牌")
  }

  @Test func planForAnotherStateIsNotApplied() throws {
    let folder = try TemporaryFolder()
    try folder.copyCatalog()
    let document = folder.path("catalog.xml")
    try catalog.export(.xml, to: document)
    let matters = folder.url.appending(path: "catalog/matters.csv")
    let plan = try ImportPlan(of: document, into: folder.path("catalog"))
    #expect(plan.isEmpty)
    let edited = try String(contentsOf: matters, encoding: .utf8).replacing("新车上牌", with: "新车登记上牌")
    try Data(edited.utf8).write(to: matters)
    let error = #expect(throws: OneVisitError.self) { try plan.apply() }
    #expect(error?.kind == .importRefused)
    #expect(try String(contentsOf: matters, encoding: .utf8) == edited)
  }

  @Test func obstaclesPreventAnImport() throws {
    let folder = try TemporaryFolder()
    let list = folder.url.appending(path: "list.csv")
    try Data(
      """
      matter,list,number,audience,name,lead,item,item_name,responsible,deadline,due,shared_from,remark
      2-001,second,1,individual,灵活就业,市不存在局,1,就业登记,人社部门,2022年12月底,2022-12-31,,
      """.utf8
    ).write(to: list)
    let plan = try ImportPlan(of: list.path(), into: folder.path("new"))
    #expect(!plan.isPossible)
    #expect(plan.obstacles.count == 1)
    #expect(plan.findings.contains { $0.rule == "unknown-department" })
    let error = #expect(throws: OneVisitError.self) { try plan.apply() }
    #expect(error?.kind == .importRefused)
    #expect(!FileManager.default.fileExists(atPath: folder.path("new")))

    var options = ImportOptions()
    options.addsUnknownNames = true
    let second = try ImportPlan(of: list.path(), into: folder.path("new"), options: options)
    #expect(second.added == ["2-001"])
    try second.apply()
    #expect(try Catalog(at: folder.path("new")).department("市不存在局") != nil)
  }
}

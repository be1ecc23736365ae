import AtomicFiles
import CSVFormat
import Catalog
import Deadlines
import Testing
import Validator

@testable import Interchange

/// Lists of other levels and places: without deadlines, without types, with stage, theme and columns of the catalog's own.
@Suite struct ForeignListTests {
  /// In the form of the national base list.
  private let national = """
    序号,生命周期阶段,服务对象,主题,一件事名称,涉及事项,牵头部门,责任部门
    1,企业准入退出,企业群众,准入,企业开办,税务登记,市市场监管局,税务部门
    ,,,,,公章刻制备案,,公安部门
    2,,,,企业注销,税务登记,市市场监管局,税务部门
    3,出生,自然人,,新生儿出生,出生登记(当年出生),市公安局,公安部门

    """

  private func importing(
    _ list: String, into path: String, list id: String? = "national", addsUnknown: Bool = true
  ) throws -> ImportPlan {
    let work = try FolderImport(into: path)
    let file = CSVListReader.read(
      file: "list.csv", bytes: Bytes(Array(list.utf8)), base: work.folder,
      options: CSVListOptions(list: id, isImport: true, registersAudiences: addsUnknown))
    let plan = work.plan(file, options: ImportOptions(addsUnknown: addsUnknown))
    if plan.isPossible { try work.write(plan) }
    return plan
  }

  /// The errors of the matters of the list.
  private func errors(_ catalog: Catalog) throws -> [String] {
    Validation(catalog, options: ValidationOptions(day: try #require(Day(iso: "2023-01-15")))).findings
      .filter { $0.severity == .error && $0.subject.hasPrefix("3-") }.map { "\($0.rule) \($0.subject)" }
  }

  private func extra(_ catalog: Catalog, _ name: String) -> [String] {
    let column = catalog.schema.extraMatterColumns.firstIndex { $0.name == name }
    return catalog.matters.map { matter in column.map { catalog.extra(matter, $0) } ?? "?" }
  }

  @Test func aListWithoutDeadlines() throws {
    let temporary = try TemporaryFolder()
    #expect(try importing(national, into: temporary("new")).obstacles == [])
    let catalog = FolderReader.read(temporary("new"))
    #expect(catalog.matters.map { catalog.text($0.name) } == ["企业开办", "企业注销", "新生儿出生"])
    #expect(extra(catalog, "stage") == ["企业准入退出", "企业准入退出", "出生"])
    #expect(extra(catalog, "theme") == ["准入", "准入", ""])
    #expect(catalog.matters.map { catalog.audience(of: $0)?.name } == ["企业群众", "企业群众", "个人"])
    #expect(try errors(catalog) == [])
    // As a document and back.
    let document = try bytes { try ExportRequest(catalog, as: .xml()).write(to: $0) }
    let back = XMLCatalogReader.read(named: "export.xml", Bytes(document))
    #expect(!back.issues.contains { if case .schema = $0.kind { true } else { false } }, "\(back.issues)")
    #expect(try tables(back) == tables(catalog))
  }

  /// As soon as one matter has a deadline, one without is incomplete.
  @Test func oneDeadlineMakesTheOthersMissing() throws {
    let head = "id,list,number,audience,name,lead,deadline\n"
    let row = ",second,1,individual,灵活就业,市人社局,"
    func missing(_ rows: String, heading: String) -> Int {
      let lists = "id,prefix,deadline_heading\nsecond,2,\(heading)\n"
      return FolderReader.read(
        named: "folder",
        files: ["lists.csv": Array(lists.utf8), "matters.csv": Array((head + rows).utf8)]
      ).issues.count { if case .missingValue = $0.kind { true } else { false } }
    }
    #expect(missing("2-001\(row)\n2-002\(row)\n", heading: "") == 0)
    #expect(missing("2-001\(row)\n2-002\(row)2022年12月底\n", heading: "") == 1)
    #expect(missing("2-001\(row)\n2-002\(row)\n", heading: "完成时限") == 2)
  }

  @Test func aListWithoutTypesIsCompletedAfterwards() throws {
    let temporary = try TemporaryFolder()
    let head = "序号,一件事名称,涉及事项,牵头部门,责任部门,完成时限\n"
    let plain = head + "1,开办书店,税务登记,市公安局,税务部门,2024年12月底\n2,开办诊所,税务登记,市公安局,税务部门,2024年12月底\n"
    #expect(try importing(plain, into: temporary("new"), list: "ours", addsUnknown: false).obstacles == [])
    #expect(
      try errors(FolderReader.read(temporary("new"))).filter { $0.hasPrefix("missing-value") } == [
        "missing-value 3-001", "missing-value 3-002",
      ])
    let typed = "类型," + head + "企业,1,开办书店,税务登记,市公安局,税务部门,2024年12月底\n,2,开办诊所,税务登记,市公安局,税务部门,2024年12月底\n"
    let plan = try importing(typed, into: temporary("new"), list: "ours", addsUnknown: false)
    #expect(plan.obstacles == [] && plan.count(.changed) == 2)
    let completed = FolderReader.read(temporary("new"))
    #expect(completed.matters.map { completed.audience(of: $0)?.id } == ["enterprise", "enterprise"])
    #expect(try errors(completed) == [])
    // The list without types does not take them away again.
    #expect(try importing(plain, into: temporary("new"), list: "ours", addsUnknown: false).isEmpty)
  }

  /// A department that only a county's list names is the county's, and what the list prints is looked up there first.
  @Test func newDepartmentsOfACountysList() throws {
    let temporary = try TemporaryFolder()
    let folder = try FolderReplacement(at: temporary("catalog"))
    try FolderWriter.writeBuiltIn(into: folder)
    for (file, row) in [
      ("regions.csv", "lianxi,濂溪区,county,jiujiang\n"), ("lists.csv", "county,3,,,,,,完成时限,,,,,,,lianxi\n"),
    ] {
      let text = String(decoding: FolderReader.builtInFile(file) ?? [], as: UTF8.self)
      try folder.write(file) { try $0.append(text + row) }
    }
    try folder.commit()
    let list = "序号,一件事名称,关联事项,牵头部门,责任部门,完成时限\n1,茶园托管,税务登记,濂溪区茶叶局,税务部门,2024年12月底\n"
    #expect(try importing(list, into: temporary("catalog"), list: "county").obstacles == [])
    let catalog = FolderReader.read(temporary("catalog"))
    let new = try #require(catalog.departments.last)
    #expect(new.short == "濂溪区茶叶局" && new.region == "lianxi")
    let matter = try #require(catalog.matter(id: "3-001"))
    #expect(catalog.printedDepartments(matter.lead).departments == [catalog.departments.count - 1])
  }

  // MARK: Columns of the catalog's own

  /// The built-in catalog's first matters, with columns that `datapackage.json` adds to several tables.
  private func folder() throws -> (TemporaryFolder, Catalog) {
    let temporary = try TemporaryFolder()
    let folder = try FolderReplacement(at: temporary("catalog"))
    try FolderWriter.writeBuiltIn(into: folder)
    func widened(_ name: String, _ title: String, _ values: [Int: String]) -> String {
      let lines = String(decoding: FolderReader.builtInFile(name) ?? [], as: UTF8.self).split(separator: "\n")
      let rows = lines.enumerated().map { number, line in "\(line),\(number == 0 ? title : values[number] ?? "")\n" }
      return rows.joined()
    }
    try folder.write("matters.csv") {
      try $0.append(widened("matters.csv", "local_code", [1: "JX-001", 13: "\"JX,012\""]))
    }
    try folder.write("items.csv") { try $0.append(widened("items.csv", "办理窗口", [1: "3号窗口"])) }
    try folder.write("departments.csv") { try $0.append(widened("departments.csv", "phone", [1: "0792-8581234"])) }
    var package = String(decoding: FolderReader.builtInFile("datapackage.json") ?? [], as: UTF8.self)
    for (column, field) in [
      ("placeholder", #"{"name": "local_code", "title": "本地编码"}"#),
      ("shared", #"{"name": "counter", "title": "办理窗口"}"#),
      ("general", #"{"name": "phone", "title": "联系电话"}"#),
    ] {
      package = package.replacing(
        "          {\n            \"name\": \"\(column)\"",
        with: "          \(field),\n          {\n            \"name\": \"\(column)\"")
    }
    try folder.write("datapackage.json") { try $0.append(package) }
    try folder.commit()
    return (temporary, FolderReader.read(temporary("catalog")))
  }

  private func texts(_ catalog: Catalog) -> [String] {
    let window = catalog.schema.extraItemColumns.firstIndex { $0.name == "counter" }
    return [
      extra(catalog, "local_code")[0], extra(catalog, "local_code")[12],
      window.map { catalog.extra(catalog.items[0], $0) } ?? "?", catalog.departments[0].extra["phone"],
    ]
  }

  private let expected = ["JX-001", "JX,012", "3号窗口", "0792-8581234"]

  @Test func declaredColumnsTravelAsADocument() throws {
    let (temporary, catalog) = try folder()
    #expect(catalog.issues.isEmpty, "\(catalog.issues)")
    #expect(texts(catalog) == expected)
    let document = try bytes { try ExportRequest(catalog, as: .xml()).write(to: $0) }
    let back = XMLCatalogReader.read(named: "export.xml", Bytes(document))
    #expect(back.issues.isEmpty, "\(back.issues)")
    #expect(texts(back) == expected)
    #expect(try bytes { try ExportRequest(back, as: .xml()).write(to: $0) } == document)
    // Into a new folder, whose description has them.
    let work = try FolderImport(into: temporary("new"))
    try work.write(work.plan(back))
    let new = FolderReader.read(temporary("new"))
    #expect(new.issues.isEmpty, "\(new.issues)")
    #expect(texts(new) == expected)
    #expect(try tables(new) == tables(catalog))
    // Into the folder it came from: nothing changes.
    #expect(try FolderImport(into: temporary("catalog")).plan(back).isEmpty)
  }

  @Test func declaredColumnsTravelInLists() throws {
    let (temporary, catalog) = try folder()
    let flat = try text { try ExportRequest(catalog, as: .flatCSV(CSVOptions())).write(to: $0) }
    #expect(
      flat.prefix { $0 != "\r\n" }.hasSuffix("stage,theme,local_code,item_id,item_approval,item_core,item_counter"))
    #expect(try importing(flat, into: temporary("catalog"), list: nil).isEmpty)
    #expect(
      try importing(flat.replacing("JX-001", with: "JX-002"), into: temporary("catalog"), list: nil).count(.changed)
        == 1)
    #expect(extra(FolderReader.read(temporary("catalog")), "local_code")[0] == "JX-002")
    // A printed list has them by their titles.
    let work = try FolderImport(into: temporary("catalog"), isDry: true)
    let printed = "序号,本地编码,一件事名称,关联事项,牵头部门,责任部门,优化提升完成时限\n"
    let row = "2,JX-9,公民婚育,结婚登记,市民政局,民政部门,2022年12月底\n"
    let plan = work.plan(
      CSVListReader.read(
        file: "list.csv", bytes: Bytes(Array((printed + row).utf8)), base: work.folder,
        options: CSVListOptions(list: "first", isImport: true)))
    let changes = plan.entries.first { $0.id == "1-002" }?.changes ?? []
    #expect(changes.contains { $0.after == "JX-9" })
    let json = try text { try ExportRequest(catalog, as: .json).write(to: $0) }
    #expect(
      json.contains(#""extra": {"phone": "0792-8581234"}"#) && json.contains(#""extra": {"local_code": "JX-001"}"#))
    #expect(json.contains(#""extra": {"counter": "3号窗口"}"#))
    #expect(json.ranges(of: #""extra""#).count == 4)
  }

  /// A folder that does not have the columns is not changed: their values would be lost.
  @Test func aFolderWithoutTheColumnsRefusesThem() throws {
    let (temporary, catalog) = try folder()
    let document = try bytes { try ExportRequest(catalog, as: .xml()).write(to: $0) }
    let plain = try FolderReplacement(at: temporary("plain"))
    try FolderWriter.writeBuiltIn(into: plain)
    try plain.commit()
    let plan = try FolderImport(into: temporary("plain")).plan(
      XMLCatalogReader.read(named: "export.xml", Bytes(document)))
    #expect(plan.obstacles == [.furtherColumns(["matters.local_code", "items.counter", "departments.phone"])])
  }

  /// A described column whose name a format uses for something else stays as it was: kept in the folder, read by nothing.
  @Test func reservedNamesAreNotDeclared() {
    var schema = CatalogSchema.standard
    schema.add([.further("due"), .further("标识"), .further("name"), .further("ok")], to: .matters)
    schema.add([.further("note")], to: .waivers)
    #expect(schema.extraMatterColumns.map(\.name).suffix(1) == ["ok"])
    #expect(schema.columns(.matters).count == CatalogSchema.standard.columns(.matters).count + 1)
    #expect(schema.columns(.waivers).count == CatalogSchema.standard.columns(.waivers).count)
  }
}

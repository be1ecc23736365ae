import Foundation
import FuzzBodies
import OneVisit
import Testing

/// Which list is read of a file that has several.
@Suite struct ListTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  // MARK: Files

  private static let header = ["序号", "类型", "“一件事一次办”名称", "关联事项", "牵头部门", "责任部门", "推进完成时限", "备注"]

  private static func row(_ number: Int, _ name: String) -> [String] {
    ["\(number)", "个人", name, "户口迁移", "市公安局", "公安部门", "2023年6月底", ""]
  }

  /// A Word document with tables and a paragraph before each; writes it and returns its path.
  private func document(_ tables: [[[String]]]) throws -> String {
    func paragraph(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }
    let body = tables.map { rows in
      let rows = rows.map { "<w:tr>" + $0.map { "<w:tc>\(paragraph($0))</w:tc>" }.joined() + "</w:tr>" }
      return paragraph("附件") + "<w:tbl>\(rows.joined())</w:tbl>"
    }
    let text = """
      <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>\(body.joined())</w:body></w:document>
      """
    let archive = StoredArchive.bytes(of: [("word/document.xml", Array(text.utf8))])
    try Data(archive).write(to: folder.url.appending(path: "notice.docx"))
    return folder.path("notice.docx")
  }

  /// A document with a table that is no list, a list of one matter and a list of two.
  private func twoLists() throws -> String {
    try document([
      [["姓名", "电话"], ["张三", "1"]],
      [Self.header, Self.row(901, "我要迁户口")],
      [Self.header, Self.row(902, "我要办面馆"), Self.row(903, "我要办书店")],
    ])
  }

  private func error(_ body: () throws -> Void) -> OneVisitError? {
    #expect(throws: OneVisitError.self) { try body() }
  }

  // MARK: Reading

  @Test func theTableOfADocumentIsRead() throws {
    let path = try twoLists()
    #expect(try Catalog(at: path, list: "second", table: 2).matters.map(\.name) == ["我要迁户口"])
    #expect(try Catalog(at: path, list: "second", table: 3).matters.map(\.name) == ["我要办面馆", "我要办书店"])
    let several = error { _ = try Catalog(at: path, list: "second") }
    #expect(several?.kind == .unreadableCatalog)
    #expect(several?.message.en.contains("the document has 2 lists") == true)
    for number in [1, 4, 0, -1, .min, .max] {
      let none = error { _ = try Catalog(at: path, list: "second", table: number) }
      #expect(none?.kind == .unreadableCatalog, "\(number)")
      #expect(none?.message.zh.contains("表\(number) 不是清单") == true, "\(number)")
    }
  }

  @Test func theSheetOfAWorkbookIsRead() throws {
    let path = folder.path("annex.xlsx")
    try Catalog.builtIn.export(.officialWorkbook, Selection(list: "second"), to: path)
    #expect(try Catalog(at: path, table: 1).matters.count == 230)
    for number in [2, 0, .min, .max] {
      let none = error { _ = try Catalog(at: path, table: number) }
      #expect(none?.kind == .unreadableCatalog, "\(number)")
      #expect(none?.message.en.contains("the workbook has 1 list") == true, "\(number)")
    }
  }

  /// A file that cannot hold several lists is not read as though it had been asked for in another way.
  @Test func otherFilesHaveNoTables() throws {
    try folder.copyCatalog()
    try Catalog.builtIn.export(.xml, to: folder.path("all.xml"))
    try Catalog.builtIn.export(.csv, to: folder.path("all.csv"))
    try Catalog.builtIn.export(.workbook, to: folder.path("all.xlsx"))
    let workbook = try Catalog(at: folder.path("all.xlsx"))
    for name in ["catalog", "all.xml", "all.csv", "all.xlsx"] {
      let path = folder.path(name)
      #expect(try Catalog(at: path, registers: workbook).matters.count == 241)
      let refused = error { _ = try Catalog(at: path, table: 1, registers: workbook) }
      #expect(refused?.kind == .invalidOptions, "\(name)")
      #expect(refused?.message.en.hasPrefix("\(path) is no workbook or Word document with a list") == true, "\(name)")
      #expect(refused?.message.zh.hasPrefix("\(path) 不是") == true, "\(name)")
    }
    // What cannot be read at all says so, not that it has no tables.
    let missing = error { _ = try Catalog(at: folder.path("none.docx"), table: 1) }
    #expect(missing?.kind == .unreadableCatalog)
  }

  // MARK: Importing

  @Test func theTableOfADocumentIsImported() throws {
    try folder.copyCatalog()
    let path = try twoLists()
    let target = folder.path("catalog")
    var options = ImportOptions()
    options.list = "second"
    #expect(error { _ = try ImportPlan(of: path, into: target, options: options) }?.kind == .unreadableCatalog)
    options.table = 3
    let plan = try ImportPlan(of: path, into: target, options: options)
    #expect(plan.isPossible && plan.added == ["2-902", "2-903"], "\(plan.text.en)")
    try plan.apply()
    #expect(try Catalog(at: target).matter("2-903")?.name == "我要办书店")
    try Catalog.builtIn.export(.xml, to: folder.path("all.xml"))
    let refused = error { _ = try ImportPlan(of: folder.path("all.xml"), into: target, options: options) }
    #expect(refused?.kind == .invalidOptions)
  }
}

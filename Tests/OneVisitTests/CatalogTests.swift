import Foundation
import OneVisit
import Testing

@Suite struct CatalogTests {
  let catalog = Catalog.builtIn

  @Test func builtInCatalogIsWhole() {
    #expect(catalog.name == "built-in")
    #expect(catalog.matters.count == 241)
    #expect(catalog.matters.reduce(0) { $0 + $1.items.count } == 410)
    #expect(catalog.lists.map(\.id) == ["first", "second"])
    #expect(catalog.lists.map(\.announced) == [11, 230])
    #expect(catalog.notice("九府办字〔2022〕128号")?.id == catalog.list("second")?.noticeID)
    #expect(catalog.approvals.allSatisfy { $0.competent.isEmpty || $0.competentID != nil })
  }

  @Test func matterHasItsValues() throws {
    let matter = try #require(catalog.matter("2-042"))
    #expect(matter.name == "我要开办熟食店")
    #expect(matter.list == "second")
    #expect(matter.number == 42)
    #expect(matter.audience == .enterprise)
    #expect(matter.lead.text == "市场监管部门/行政审批部门")
    #expect(matter.lead.names == ["市市场监管局", "市行政审批局"])
    #expect(matter.lead.departmentIDs == ["market-regulation", "administrative-approval"])
    #expect(matter.lead.choice == .any)
    #expect(matter.deadline.text == "2022年12月底")
    #expect(matter.deadline.kind == .monthEnd)
    #expect(matter.due == Day("2022-12-31"))
    #expect(matter.includes == "2-037")
    #expect(matter.sharedItems.allSatisfy { $0.matterID == "2-037" && $0.isShared })
    #expect(matter.allItems == matter.sharedItems + matter.items)
    #expect(matter.items.first?.id == "2-042.1")
    #expect(matter.items.first?.approvalIDs == ["food-business-licence", "small-food-business-registration"])
    #expect(catalog.reportWindow(of: matter)?.opens == Day("2022-11-30"))
    #expect(catalog.reportWindow(of: matter)?.isOpen(on: try #require(Day("2022-12-31"))) == true)
    #expect(catalog.reportWindow(of: matter)?.isOpen(on: try #require(Day("2023-01-01"))) == false)
  }

  @Test func namesAreLookedUp() {
    #expect(catalog.matter("我要开办熟食店")?.id == "2-042")
    // Two matters have this name.
    #expect(catalog.matter("我要开食品小作坊") == nil)
    for name in ["public-security", "市公安局", "公安部门"] { #expect(catalog.department(name)?.short == "市公安局") }
    #expect(catalog.department("市公安")?.short == "市公安局")
    // Several departments have this part.
    #expect(catalog.department("管理") == nil)
    #expect(catalog.approval("养犬登记证") == nil)
    #expect(catalog.approval("核发《养犬登记证》")?.id == "dog-registration-certificate")
    #expect(catalog.list("附件2")?.prefix == "2")
  }

  @Test func valuesAreEqualWhereverTheyStand() throws {
    let folder = try TemporaryFolder()
    try folder.copyCatalog()
    let copy = try Catalog(at: folder.path("catalog"))
    #expect(Array(copy.matters) == Array(catalog.matters))
    #expect(copy.departments == catalog.departments)
  }

  @Test func selectionsNarrow() throws {
    let police = Selection(department: "公安部门", role: .lead)
    #expect(try catalog.matters(police).map(\.id) == ["1-007", "2-008", "2-016"])
    var early = police
    early.dueBy = Day("2022-12-31")
    #expect(try catalog.matters(early).map(\.id) == ["1-007", "2-008"])
    #expect(try catalog.matters(Selection(list: "first")).count == 11)
    #expect(try catalog.matters(Selection(audience: .individual, name: "养犬")).map(\.id) == ["2-008"])
    #expect(try catalog.matters(Selection()).count == 241)
    let matter = try #require(catalog.matter("2-008"))
    #expect(try catalog.roles(of: "公安部门", in: matter) == [.lead, .responsible])
  }

  @Test func unknownNamesAreErrors() throws {
    let department = #expect(throws: OneVisitError.self) { try catalog.matters(Selection(department: "市公安据")) }
    #expect(department?.kind == .unknownName)
    #expect(department?.message.zh.contains("市公安局") == true)
    #expect(department?.message.en.contains("市公安局") == true)
    let list = #expect(throws: OneVisitError.self) { try catalog.matters(Selection(list: "third")) }
    #expect(list?.kind == .unknownName)
    #expect(list?.message.en.contains("first, second") == true)
    let role = #expect(throws: OneVisitError.self) { try catalog.matters(Selection(role: .lead)) }
    #expect(role?.kind == .invalidOptions)
  }

  @Test func unreadableInputIsAnError() throws {
    let missing = #expect(throws: OneVisitError.self) { try Catalog(at: "/no/such/catalog") }
    #expect(missing?.kind == .unreadableCatalog)
    #expect(missing?.message.en.contains("/no/such/catalog") == true)
    let broken = #expect(throws: OneVisitError.self) {
      try Catalog(xml: Array("<serviceCatalog\n<".utf8), name: "upload.xml")
    }
    #expect(broken?.findings.first?.rule == "xml-syntax")
    #expect(broken?.findings.first?.position.file == "upload.xml")
    #expect(broken?.findings.first?.position.line == 2)
  }

  @Test func deadlineBoardHasWindowsAndEvents() throws {
    let board = try catalog.deadlines(asOf: try #require(Day("2022-12-15")), department: "public-security")
    #expect(board.rows.map(\.matter.id) == ["1-007", "2-008", "2-016"])
    #expect(board.rows.allSatisfy { $0.recorded == nil && $0.isComplete == nil && $0.daysLate == nil })
    #expect(board.nextReportClosing?.matterIDs == ["2-008"])
    #expect(board.nextDue?.matterIDs == ["1-007", "2-008"])
    #expect(board.nextDue?.daysLeft == 16)
    #expect(board.nextReportOpening?.day == Day("2023-05-30"))
  }

  @Test func deadlineBoardHasRecords() throws {
    var tables = try tables()
    tables["progress.csv"] = Array("matter,plan,guide\n2-008,2022-12-01,2022-12-02\n".utf8)
    let catalog = try Catalog(tables: tables, name: "memory")
    let board = try catalog.deadlines(asOf: try #require(Day("2023-01-10")), department: "public-security")
    let row = try #require(board.rows.first { $0.matter.id == "2-008" })
    #expect(row.recorded?[.plan] == Day("2022-12-01"))
    #expect(row.recorded?[.app] == nil)
    #expect(row.isComplete == false)
    #expect(row.daysLate == 10)
  }

  private func tables() throws -> [String: [UInt8]] {
    var tables: [String: [UInt8]] = [:]
    for name in ["matters", "items", "departments", "approvals", "lists", "notices", "targets", "waivers"] {
      tables["\(name).csv"] = Array(try Repository.text("catalog/\(name).csv").utf8)
    }
    return tables
  }
}

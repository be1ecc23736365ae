import Catalog
import Testing
import Validator

@Suite struct WaiverTests {
  private func findings(_ rows: String..., change: (inout ValidationOptions) -> Void = { _ in }) throws -> [String] {
    var edited = EditedCatalog()
    edited.lines(of: "waivers.csv") { $0 += rows }
    let rules = Set(RuleBook.waivers.map(\.id))
    return try edited.validation(change).findings.filter { rules.contains($0.rule) }.map { "\($0.rule) \($0.subject)" }
  }

  @Test func validWaiversAreNotReported() throws {
    #expect(
      try findings(
        "duplicate-matter-name,2-183,原文如此", "conflicting-deadlines,2-183,原文如此",
        "audience-mismatch,1-009..1-011,附件1印为法人", "unused-department,government-services,128号文件提到") == [])
  }

  /// A table with the column `count` may have rows from before it.
  @Test func rowWithoutCountIsWhole() throws {
    var edited = EditedCatalog()
    edited["waivers.csv"] = "rule,subject,reason,count\nduplicate-matter-name,2-183,原文如此\n"
    #expect(try edited.validation().findings.filter { $0.location?.file == "edited/waivers.csv" }.isEmpty)
    edited["waivers.csv"] = "rule,subject,reason,count\nduplicate-matter-name,2-183\n"
    #expect(try edited.validation().findings.contains { $0.rule == "row-length" })
  }

  @Test func eachIsReportedOnce() throws {
    #expect(
      try findings("duplicate-matter-names,2-183,原文如此", "duplicate-matter-name,2-999,原文如此") == [
        "unknown-waiver duplicate-matter-names 2-183", "unknown-waiver duplicate-matter-name 2-999",
      ])
    #expect(try findings("duplicate-matter-name,2-001,原文如此") == ["unused-waiver duplicate-matter-name 2-001"])
    #expect(try findings("duplicate-matter-name,2-183,") == ["waiver-without-reason duplicate-matter-name 2-183"])
  }

  @Test func ruleThatWasNotRunIsNotJudged() throws {
    #expect(try findings("duplicate-matter-name,2-001,原文如此") { $0.skip = ["duplicate-matter-name"] } == [])
    #expect(try findings("duplicate-matter-name,2-001,原文如此") { $0.appliesWaivers = false } == [])
  }

  /// A row that cannot be read may be what the waiver is for.
  @Test func damageIsNoReasonToDropAWaiver() throws {
    var edited = EditedCatalog()
    edited.lines(of: "waivers.csv") {
      $0 += [
        "audience-mismatch,1-009..1-011,附件1印为法人", "audience-mismatch,1-010,附件1印为法人",
        "unused-department,government-services,128号文件提到",
      ]
    }
    for number in 9...11 {
      try edited.replace("first,\(number),legal-person", with: "first,\(number),legal,person", in: "matters.csv")
    }
    #expect(try edited.findings("unused-waiver").map(\.subject) == [])
    #expect(try edited.findings("row-length").count == 3)
  }

  @Test func nameInPlaceOfAnID() throws {
    var edited = EditedCatalog()
    edited.lines(of: "waivers.csv") { $0.append("unused-department,市数字经济发展中心,其他文件用到") }
    #expect(try edited.findings("unknown-waiver").first?.message.zh.contains("“digital-economy-centre”") == true)
  }
}

import TestSupport
import Testing

/// Without progress records the sheets to hand on say that the overdue status is unknown, and never that nothing is late.
@Suite struct UnknownOverdueTests {
  private func run(_ words: String..., day: String = "2024-02-10", language: String = "en") throws -> String {
    let catalog = try CatalogFolder()
    let outcome = try Program.run(
      Program.onevisit, ["deadlines", "--catalog", "catalog", "--as-of", day, "--language", language] + words,
      in: catalog.folder)
    #expect(outcome.status == 0, "\(words): \(outcome.errors)")
    return outcome.output
  }

  @Test func tables() throws {
    let leads = try run("--by", "lead")
    #expect(
      leads.contains("市行政审批局: 198 matters (196 shared), 198 due, 0 complete, 0 reported, overdue status unknown")
        || leads.contains("0 reported, overdue status unknown"), "\(leads.prefix(300))")
    #expect(!leads.contains("0 late"), "\(leads.prefix(300))")
    #expect(try run("--by", "lead", language: "zh").contains("已报送 0，逾期情况未知"))
    for by in ["matter", "day"] {
      let table = try run("--by", by)
      #expect(table.contains("overdue status unknown") && !table.contains("0 late"), "\(by): \(table.suffix(600))")
      #expect(table.split(separator: "\n").contains { $0.hasPrefix("2-008 ") && $0.hasSuffix("unknown") }, "\(by)")
    }
  }

  @Test func texts() throws {
    let work = try run("--department", "公安", "--format", "text", day: "2023-02-10", language: "zh")
    // 2-016 is not due yet.
    #expect(work.contains("【牵头】3 件，已完成 0 件，逾期 0 件，逾期情况未知 2 件"), "\(work)")
    #expect(try run("--department", "公安", "--format", "text", language: "zh").contains("【牵头】3 件，已完成 0 件，逾期情况未知"))
    for by in ["lead", "day"] {
      let text = try run("--by", by, "--format", "text")
      #expect(text.contains("overdue status unknown") && !text.contains(" 0 late"), "\(by): \(text.prefix(500))")
    }
  }

  @Test func pages() throws {
    for words in [["--by", "lead"], ["--by", "matter"], ["--by", "day"], ["--department", "public-security"]] {
      let catalog = try CatalogFolder()
      let page = try Program.run(
        Program.onevisit,
        ["deadlines", "--catalog", "catalog", "--as-of", "2024-02-10", "--language", "en", "--format", "html"] + words,
        in: catalog.folder
      ).output
      #expect(page.contains("overdue status unknown"), "\(words)")
      #expect(!page.contains("0 late") && !page.contains("<dt>late</dt>"), "\(words)")
    }
  }

  @Test("Before anything is due, nothing is late")
  func beforeTheFirstDay() throws {
    #expect(try run(day: "2022-12-15").contains("0 reported, 0 late,"))
  }

  @Test("JSON keeps its values, and counts the unknown")
  func values() throws {
    let leads = try JSON(run("--by", "lead", "--format", "json")).elements
    let first = try #require(leads.first)
    #expect(first["late"]?.int == 0)
    #expect(first["overdue_unknown"]?.int == first["matters"]?.int)
    let matters = try JSON(run("--format", "json")).elements
    #expect(matters.allSatisfy { $0["days_late"] == .null })
  }
}

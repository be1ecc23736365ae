import Foundation
import TestSupport
import Testing

/// `export xlsx`, and every command on what it wrote.
@Suite struct WorkbookCommandTests {
  private func exported(_ catalog: CatalogFolder) throws {
    let outcome = try catalog.run("export", "xlsx", "--catalog", "catalog", "-o", "catalog.xlsx")
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func folderToWorkbookToFolderChangesNoByte() throws {
    let catalog = try CatalogFolder()
    // A column that datapackage.json adds, texts with line breaks, quotes and blanks, settings of rules.
    try catalog.configure("{\"due-soon\": \"off\"}")
    try catalog.append("duplicate-matter-name,2-218,\"第一行\n第二行，“引号”与\"\"引号\"\"，_x000D_，=1+1\",", to: "waivers.csv")
    try exported(catalog)
    let outcome = try catalog.run("import", "catalog.xlsx", "--into", "new")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    for (file, bytes) in try catalog.snapshot() {
      #expect(try [UInt8](Data(contentsOf: catalog.folder.appending(path: "new/" + file))) == bytes, "\(file)")
    }
    let again = try catalog.run("import", "catalog.xlsx", "--into", "catalog", "--replace", "--language", "en")
    #expect(again.status == 0 && again.errors.contains("nothing changed"), "\(again.output)\(again.errors)")
  }

  @Test func theSameCatalogGivesTheSameBytes() throws {
    let catalog = try CatalogFolder()
    try exported(catalog)
    let first = try Data(contentsOf: catalog.folder.appending(path: "catalog.xlsx"))
    try exported(catalog)
    #expect(try Data(contentsOf: catalog.folder.appending(path: "catalog.xlsx")) == first)
    let piped = try catalog.run("export", "xlsx", "--catalog", "catalog")
    #expect(piped.bytes == [UInt8](first))
  }

  @Test func findingsNameSheetAndCell() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("市场监管部门/行政审批部门", with: "市公安局", in: "matters.csv", row: "2-042")
    let folder = try catalog.validate()
    try exported(catalog)
    let outcome = try catalog.run(
      "validate", "catalog.xlsx", "--format", "json", "--as-of", CatalogFolder.day, "--max-findings", "0")
    let findings = try #require(try outcome.json()["findings"]).elements
    #expect(findings.count == folder.findings.count)
    let finding = try #require(
      findings.first { $0["rule"]?.text == "lead-not-first" && $0["matter"]?.text == "2-042" })
    #expect(finding["file"]?.text == "catalog.xlsx")
    #expect(finding["sheet"]?.text == "事项")
    #expect(finding["cell"]?.text == "F54")
    #expect(finding["line"]?.int == nil)
    let text = try catalog.run("validate", "catalog.xlsx", "--as-of", CatalogFolder.day)
    #expect(text.output.contains("事项!F54"))
  }

  @Test func everyCommandReadsIt() throws {
    let catalog = try CatalogFolder()
    try exported(catalog)
    for arguments in [["list"], ["departments"], ["approvals"], ["deadlines"], ["export", "xml"]] {
      let folder = try Program.run(Program.onevisit, arguments + ["--catalog", "catalog"], in: catalog.folder)
      let workbook = try Program.run(Program.onevisit, arguments + ["--catalog", "catalog.xlsx"], in: catalog.folder)
      #expect(workbook.status == folder.status, "\(arguments)")
      #expect(workbook.output.replacing("catalog.xlsx", with: "catalog") == folder.output, "\(arguments)")
    }
    #expect(try catalog.run("diff", "catalog", "catalog.xlsx").status == 0)
    #expect(try catalog.run("show", "2-042", "--catalog", "catalog.xlsx").output.contains("catalog.xlsx 事项!A54"))
  }

  @Test func officialLayoutIsReadByItsHeadings() throws {
    let catalog = try CatalogFolder()
    let outcome = try catalog.run(
      "export", "xlsx", "--catalog", "catalog", "--layout", "official", "--list", "second", "-o", "annex.xlsx")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let before = try catalog.snapshot()
    let back = try catalog.run("import", "annex.xlsx", "--into", "catalog", "--list", "second", "--language", "en")
    #expect(back.status == 0, "\(back.output)\(back.errors)")
    #expect(back.errors.contains("merged cells in the sheet “附件2”: "))
    #expect(try catalog.snapshot() == before)
    let wrong = try catalog.run("import", "annex.xlsx", "--into", "catalog", "--table", "2")
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("1 附件2"))
  }

  @Test func aSelectionIsRefused() throws {
    let catalog = try CatalogFolder()
    let outcome = try catalog.run("export", "xlsx", "--catalog", "catalog", "--list", "first", "-o", "x.xlsx")
    #expect(outcome.status == 64)
    #expect(!FileManager.default.fileExists(atPath: catalog.folder.appending(path: "x.xlsx").path()))
  }

  @Test func aTextThatNoCellHoldsIsRefused() throws {
    let catalog = try CatalogFolder()
    try catalog.append("duplicate-matter-name,2-218,\(String(repeating: "长", count: 32_768))", to: "waivers.csv")
    let outcome = try catalog.run("export", "xlsx", "--catalog", "catalog", "-o", "x.xlsx", "--language", "en")
    #expect(outcome.status != 0)
    #expect(outcome.errors.contains("豁免!C"))
    #expect(!FileManager.default.fileExists(atPath: catalog.folder.appending(path: "x.xlsx").path()))
  }

  @Test func aTerminalGetsNoWorkbook() throws {
    let shown = try Program.onTerminal("export xlsx")
    #expect(!shown.contains("PK"))
    #expect(shown.contains("-o catalog.xlsx"))
  }

  /// The workbook as it was handed in stays; what a check has written may be checked in its place.
  @Test func theCheckedWorkbookReplacesOnlyItself() throws {
    let catalog = try CatalogFolder()
    try exported(catalog)
    let before = try Data(contentsOf: catalog.folder.appending(path: "catalog.xlsx"))
    let outcome = try catalog.run("validate", "catalog.xlsx", "--format", "xlsx", "-o", "./catalog.xlsx")
    #expect(outcome.status == 64)
    #expect(try Data(contentsOf: catalog.folder.appending(path: "catalog.xlsx")) == before)
    let words = ["--format", "xlsx", "--as-of", CatalogFolder.day, "-o", "checked.xlsx"]
    let checked = catalog.folder.appending(path: "checked.xlsx")
    #expect(try Program.run(Program.onevisit, ["validate", "catalog.xlsx"] + words, in: catalog.folder).status == 0)
    let first = try Data(contentsOf: checked)
    for _ in 0..<2 {
      let again = try Program.run(Program.onevisit, ["validate", "checked.xlsx"] + words, in: catalog.folder)
      #expect(again.status == 0 && !again.errors.contains("note:"), "\(again.errors)")
    }
    let third = try Data(contentsOf: checked)
    _ = try Program.run(Program.onevisit, ["validate", "checked.xlsx"] + words, in: catalog.folder)
    #expect(try Data(contentsOf: checked) == third)
    #expect(abs(third.count - first.count) < 2000)
    #expect(try catalog.run("diff", "catalog", "checked.xlsx").status == 0)
  }
}

import Foundation
import TestSupport
import Testing

/// Workbooks beside openpyxl, calamine and LibreOffice.
@Suite(.serialized) struct WorkbookTests {
  private func export(_ catalog: CatalogFolder, _ options: String...) throws -> String {
    let path = catalog.folder.appending(path: "catalog.xlsx").path()
    let outcome = try Program.run(
      Program.onevisit, ["export", "xlsx", "--catalog", "catalog", "-o", path] + options, in: catalog.folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return path
  }

  private func script(_ arguments: String...) throws -> Outcome {
    let path = Program.root.appending(path: "Tests/ToolTests/Scripts/workbook.py").path()
    let outcome = try Tool.openpyxl.run([path] + arguments)
    #expect(outcome.status == 0, "\(arguments): \(outcome.output)\(outcome.errors)")
    return outcome
  }

  @Test(.needs(.openpyxl, .calamine)) func readersAgreeCellByCell() throws {
    let catalog = try CatalogFolder()
    // Texts that a spreadsheet could take for something else.
    try catalog.append("duplicate-matter-name,2-218,\"=1+1 <&>\"\"，  0012，1e5，第一行\n第二行\"", to: "waivers.csv")
    _ = try script("agree", try export(catalog), catalog.url.path())
  }

  @Test(.needs(.openpyxl)) func oddWorkbooksAreTheSameCatalog() throws {
    let catalog = try CatalogFolder()
    let path = try export(catalog)
    let folder = try TemporaryFolder()
    _ = try script("odd", path, folder.url.path())
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).sorted()
    #expect(names.count == 8)
    for name in names {
      let outcome = try catalog.run("diff", "catalog", folder.url.appending(path: name).path(), "--language", "en")
      #expect(outcome.status == 0, "\(name): \(outcome.output)\(outcome.errors)")
      #expect(outcome.errors.contains("the sheet “事项” is hidden"), "\(name)")
      #expect(outcome.errors.contains("hidden rows in the sheet “事项”: 1;"), "\(name)")
    }
  }

  @Test(.needs(.openpyxl)) func hostileWorkbooksAreRefused() throws {
    let catalog = try CatalogFolder()
    let path = try export(catalog)
    let folder = try TemporaryFolder()
    _ = try script("hostile", path, folder.url.path())
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).sorted() {
      let file = folder.url.appending(path: name).path()
      let before = try catalog.snapshot()
      for arguments in [["validate", file], ["import", file, "--into", "catalog"]] {
        let outcome = try Program.run(Program.onevisit, arguments, in: catalog.folder, limit: 20)
        #expect(outcome.status == 2, "\(name): \(outcome.status) \(outcome.output)\(outcome.errors)")
      }
      #expect(try catalog.snapshot() == before, "\(name)")
    }
  }

  @Test(.needs(.openpyxl)) func aMillionSharedTextsAreRead() throws {
    let catalog = try CatalogFolder()
    let path = try export(catalog)
    let target = catalog.folder.appending(path: "strings.xlsx").path()
    _ = try script("strings", path, target)
    #expect(try catalog.run("diff", "catalog", target).status == 0)
  }

  /// Export, add three matters, change a lead, withdraw one, check, import: no table is touched by hand.
  @Test(.needs(.openpyxl)) func aMorningAtTheOffice() throws {
    let catalog = try CatalogFolder()
    let path = try export(catalog)
    let edited = catalog.folder.appending(path: "edited.xlsx").path()
    _ = try script("morning", path, edited)
    let check = try catalog.run(
      "validate", edited, "--as-of", "2023-01-20", "--format", "xlsx", "-o", "checked.xlsx", "--language", "zh")
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    #expect(!check.errors.contains("注意"), "\(check.errors)")
    let linked = try script("checked", catalog.folder.appending(path: "checked.xlsx").path())
    #expect((Int(linked.output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0) > 0)
    let outcome = try catalog.run("import", edited, "--into", "catalog", "--language", "en")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("3 added"))
    let report = try catalog.validate()
    #expect(report.count("errors") == 0)
    #expect(try catalog.text("matters.csv").contains("2023-01-10,九府办字〔2023〕1号"))
    // The checked workbook is a workbook of the same catalog.
    #expect(try catalog.run("diff", "catalog", "checked.xlsx").status == 0)
  }

  /// LibreOffice saves a workbook anew, with one cell changed in between.
  @Test(.needs(.libreOffice, .openpyxl)) func libreOfficeSavesTheWorkbook() throws {
    let catalog = try CatalogFolder()
    let path = try export(catalog)
    let edited = catalog.folder.appending(path: "edited.xlsx").path()
    _ = try script("morning", path, edited)
    let profile = try TemporaryFolder()
    let saved = try TemporaryFolder()
    for file in [path, edited] {
      let outcome = try Tool.libreOffice.run(
        [
          "-env:UserInstallation=\(profile.url.absoluteString)", "--headless", "--convert-to",
          "xlsx:Calc MS Excel 2007 XML",
          "--outdir", saved.url.path(), file,
        ], limit: 120)
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
    #expect(try catalog.run("diff", "catalog", saved.url.appending(path: "catalog.xlsx").path()).status == 0)
    let outcome = try catalog.run("diff", edited, saved.url.appending(path: "edited.xlsx").path())
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }
}

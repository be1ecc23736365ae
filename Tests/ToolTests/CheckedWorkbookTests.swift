import Foundation
import TestSupport
import Testing

/// A workbook that somebody has made their own, checked: beside openpyxl and LibreOffice.
@Suite(.serialized) struct CheckedWorkbookTests {
  private func script(_ arguments: String...) throws -> Outcome {
    let path = Program.root.appending(path: "Tests/ToolTests/Scripts/checked.py").path()
    let outcome = try Tool.openpyxl.run([path] + arguments)
    #expect(outcome.status == 0, "\(arguments): \(outcome.output)\(outcome.errors)")
    return outcome
  }

  private func path(_ catalog: CatalogFolder, _ name: String) -> String {
    catalog.folder.appending(path: name).path()
  }

  private func check(_ catalog: CatalogFolder, _ file: String, _ result: String, status: Int32 = 1) throws -> Outcome {
    let outcome = try catalog.run(
      "validate", file, "--format", "xlsx", "--as-of", CatalogFolder.day, "-o", result, "--language", "zh")
    #expect(outcome.status == status, "\(file): \(outcome.errors)")
    return outcome
  }

  /// The exported workbook with fonts, fills, widths, another sheet with a chart, comments and three mistakes.
  private func own(_ catalog: CatalogFolder) throws -> String {
    #expect(try catalog.run("export", "xlsx", "--catalog", "catalog", "-o", "catalog.xlsx").status == 0)
    _ = try script("make", path(catalog, "catalog.xlsx"), path(catalog, "own.xlsx"))
    return path(catalog, "own.xlsx")
  }

  @Test(.needs(.openpyxl)) func everythingElseIsKept() throws {
    let catalog = try CatalogFolder()
    let own = try own(catalog)
    let outcome = try check(catalog, "own.xlsx", "checked.xlsx")
    #expect(!outcome.errors.contains("注意"), "\(outcome.errors)")
    let checked = path(catalog, "checked.xlsx")
    let cells = try script("kept", own, checked)
    #expect((Int(cells.output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0) >= 3)
    _ = try script("parts", own, checked)
    // A second check replaces what the first one added, and so does one in place.
    _ = try check(catalog, "checked.xlsx", "again.xlsx")
    _ = try script("same", checked, path(catalog, "again.xlsx"))
    _ = try check(catalog, "again.xlsx", "again.xlsx")
    _ = try script("same", checked, path(catalog, "again.xlsx"))
  }

  @Test(.needs(.openpyxl)) func aCorrectedCellLooksAsBefore() throws {
    let catalog = try CatalogFolder()
    let own = try own(catalog)
    _ = try check(catalog, "own.xlsx", "checked.xlsx")
    let (checked, fixed) = (path(catalog, "checked.xlsx"), path(catalog, "fixed.xlsx"))
    _ = try script("fix", checked, path(catalog, "catalog.xlsx"), fixed)
    _ = try check(catalog, "fixed.xlsx", "second.xlsx")
    _ = try script("resaved", own, path(catalog, "second.xlsx"))
    _ = try script("kept", own, path(catalog, "second.xlsx"), "事项!F8", "事项!F9")
  }

  /// The list of findings was deleted or renamed by hand: a corrected cell looks as before all the same.
  @Test(.needs(.openpyxl), arguments: ["delete", "rename"])
  func theListOfFindingsIsGone(_ how: String) throws {
    let catalog = try CatalogFolder()
    let own = try own(catalog)
    _ = try check(catalog, "own.xlsx", "checked.xlsx")
    _ = try script("fix", path(catalog, "checked.xlsx"), path(catalog, "catalog.xlsx"), path(catalog, "fixed.xlsx"))
    _ = try script("forget", path(catalog, "fixed.xlsx"), path(catalog, "forgotten.xlsx"), how)
    // It is still known as a checked workbook, which may be written in its place.
    _ = try check(catalog, "forgotten.xlsx", "forgotten.xlsx")
    _ = try script("fills", own, path(catalog, "forgotten.xlsx"))
    _ = try check(catalog, "forgotten.xlsx", "third.xlsx")
    _ = try script("fills", own, path(catalog, "third.xlsx"))
  }

  /// Two matters with one id: each finding has the lead of its own row.
  @Test(.needs(.openpyxl)) func theLeadOfADoubledID() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("2-009,", with: "2-008,", in: "matters.csv", row: "2-009,")
    try catalog.edit("matters.csv") { rows in
      for (id, lead) in [("2-008,second,8,", "市教育局"), ("2-008,second,9,", "市民政局")] {
        let index = try #require(rows.firstIndex { $0.hasPrefix(id) })
        var cells = CatalogFolder.cells(rows[index])
        (cells[5], cells[6]) = (lead, "尽早")
        rows[index] = cells.joined(separator: ",")
      }
    }
    _ = try check(catalog, "catalog", "checked.xlsx")
    let leads = try script("leads", path(catalog, "checked.xlsx"), "unreadable-deadline").output
    #expect(leads == "事项!G20 市教育局\n事项!G21 市民政局\n", "\(leads)")
  }

  /// Prefixes, the strict namespace, cells without addresses, columns and rows with formats of their own.
  @Test(.needs(.openpyxl)) func otherWaysOfWriting() throws {
    let catalog = try CatalogFolder()
    _ = try own(catalog)
    let folder = try TemporaryFolder()
    _ = try script("odd", path(catalog, "own.xlsx"), folder.url.path())
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).sorted()
    #expect(names.count == 4)
    for name in names {
      let file = folder.url.appending(path: name).path()
      let outcome = try check(catalog, file, "checked.xlsx")
      #expect(!outcome.errors.contains("注意"), "\(name): \(outcome.errors)")
      // openpyxl does not read the elements of the strict namespace.
      _ = try script(name == "strict.xlsx" ? "parts" : "kept", file, path(catalog, "checked.xlsx"))
      _ = try check(catalog, "checked.xlsx", "again.xlsx")
      _ = try script("same", path(catalog, "checked.xlsx"), path(catalog, "again.xlsx"))
    }
  }

  @Test(.needs(.openpyxl)) func whatCannotBeKeptIsReported() throws {
    let catalog = try CatalogFolder()
    let own = try own(catalog)
    _ = try script("threaded", own, path(catalog, "threaded.xlsx"))
    let threaded = try check(catalog, "threaded.xlsx", "checked.xlsx")
    #expect(threaded.errors.contains("注意：事项!F8 已有会话式批注"), "\(threaded.errors)")
    _ = try script("utf16", own, path(catalog, "utf16.xlsx"))
    let other = try check(catalog, "utf16.xlsx", "checked.xlsx")
    #expect(other.errors.contains("不是 UTF-8 编码") && other.errors.contains("重新生成"), "\(other.errors)")
    let refused = try catalog.run("validate", "utf16.xlsx", "--format", "xlsx", "-o", "utf16.xlsx")
    #expect(refused.status == 64)
  }

  /// LibreOffice opens the checked workbook, changes a cell through its API and saves; the next check takes its marks back.
  @Test(.needs(.libreOffice, .openpyxl, .uno)) func libreOfficeEditsTheCheckedWorkbook() throws {
    let catalog = try CatalogFolder()
    let own = try own(catalog)
    _ = try check(catalog, "own.xlsx", "checked.xlsx")
    let office = Program.root.appending(path: "Tests/ToolTests/Scripts/office.py").path()
    let right = try #require(try catalog.text("matters.csv").split(separator: "\n").first { $0.hasPrefix("1-007") })
      .split(separator: ",", omittingEmptySubsequences: false)[5]
    let edited = try Tool.uno.run(
      [office, "edit", path(catalog, "checked.xlsx"), "事项", "F8", String(right), path(catalog, "edited.xlsx")],
      limit: 120)
    #expect(edited.status == 0, "\(edited.errors)")
    // The text, the comment and the fill as LibreOffice shows them.
    #expect(edited.output.hasPrefix("市公安所|原文如此"), "\(edited.output)")
    #expect(edited.output.contains("没有“市公安所”这个部门"))
    _ = try check(catalog, "edited.xlsx", "second.xlsx")
    _ = try script("corrected", path(catalog, "second.xlsx"), String(right))
    _ = own
  }

  @Test(.needs(.libreOffice, .openpyxl, .uno, .pdftoppm)) func theCheckedWorkbookPrints() throws {
    let catalog = try CatalogFolder()
    _ = try own(catalog)
    _ = try check(catalog, "own.xlsx", "checked.xlsx")
    let office = Program.root.appending(path: "Tests/ToolTests/Scripts/office.py").path()
    let printed = try Tool.uno.run(
      [office, "pdf", path(catalog, "checked.xlsx"), path(catalog, "checked.pdf"), "检查结果"], limit: 120)
    #expect(printed.status == 0, "\(printed.errors)")
    let picture = try Tool.pdftoppm.run(
      ["-r", "80", "-singlefile", path(catalog, "checked.pdf"), path(catalog, "page")])
    #expect(picture.status == 0, "\(picture.errors)")
    let colours = try script("picture", path(catalog, "page.ppm"))
    #expect(colours.status == 0)
  }
}

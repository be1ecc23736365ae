import Foundation
import TestSupport
import Testing

/// Word documents that python-docx and lxml write.
@Suite struct WordTests {
  /// The second list of the notice, as CSV, beside the catalog that it is from.
  private func list(_ catalog: CatalogFolder) throws -> String {
    let path = catalog.folder.appending(path: "second.csv").path()
    let outcome = try catalog.run(
      "export", "csv", "--catalog", "catalog", "--layout", "official", "--list", "second", "-o", path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return path
  }

  private func script(_ arguments: String...) throws {
    let outcome = try Tool.pythonDocx.run(
      [Program.root.appending(path: "Tests/ToolTests/Scripts/word.py").path()] + arguments)
    #expect(outcome.status == 0, "\(arguments): \(outcome.output)\(outcome.errors)")
  }

  /// The notice with every kind of merged cell, page headers, tracked changes and the rest is the catalog.
  @Test(.needs(.pythonDocx)) func everyDocumentOfTheNoticeIsTheCatalog() throws {
    let catalog = try CatalogFolder()
    let folder = try TemporaryFolder()
    try script("notices", try list(catalog), folder.url.path())
    let before = try catalog.snapshot()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).sorted()
    #expect(names.count == 18)
    for name in names {
      let outcome = try catalog.run(
        "import", folder.url.appending(path: name).path(), "--into", "catalog", "--list", "second", "--language", "en")
      #expect(outcome.status == 0, "\(name): \(outcome.output)\(outcome.errors)")
      #expect(outcome.errors.contains("nothing changed"), "\(name): \(outcome.output)\(outcome.errors)")
      #expect(try catalog.snapshot() == before, "\(name)")
      switch name {
      case "tracked.docx": #expect(outcome.errors.contains("the document has unaccepted changes: "))

      case "nested.docx": #expect(outcome.errors.contains("the first is in table 1 row 6 column 8"))
      case "runs.docx": #expect(outcome.errors.contains("note: pieces of hidden text in the document"))
      case "wide.docx": #expect(outcome.errors.contains("note: read table 2; other tables in the document: 2"))
      case "split.docx":
        #expect(outcome.errors.contains("split.docx table 1 row 5 column 4: joined with the row above: “"))
      default: #expect(!outcome.errors.contains("note:") && !outcome.errors.contains("check:"), "\(outcome.errors)")
      }
    }
  }

  @Test(.needs(.pythonDocx)) func hostileDocumentsAreRefused() throws {
    let catalog = try CatalogFolder()
    let folder = try TemporaryFolder()
    try script("hostile", try list(catalog), folder.url.path())
    let before = try catalog.snapshot()
    let reasons = [
      "broken.docx": "not well-formed XML", "bomb.docx": "too large", "cells.docx": "too large",
      "cut-50.docx": "damaged",
      "doctype.docx": "DOCTYPE", "flipped.docx": "damaged", "merges.docx": "too large",
      "no-headings.docx": "table 1 (rows: 452): 序号, 类型, 甲, 乙…", "no-table.docx": "the document has no table",
      "old.doc": "save it as “Word Document (*.docx)”", "old.wps": "save it as “Word Document (*.docx)”",
      "rich.doc": "Rich Text Format", "secret.docx": "clear the password", "text.odt": "OpenDocument text",
      "texts.docx": "too large", "wide.docx": "a column 2000",
    ]
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).sorted()
    #expect(Set(reasons.keys).isSubset(of: names))
    for name in names {
      let file = folder.url.appending(path: name).path()
      let outcome = try Program.run(
        Program.onevisit, ["import", file, "--into", "catalog", "--language", "en"], in: catalog.folder, limit: 20)
      #expect(outcome.status == 2, "\(name): \(outcome.status) \(outcome.output)\(outcome.errors)")
      if let reason = reasons[name] { #expect(outcome.errors.contains(reason), "\(name): \(outcome.errors)") }
      let chinese = try Program.run(
        Program.onevisit, ["validate", file, "--language", "zh"], in: catalog.folder, limit: 20)
      #expect(chinese.status == 2, "\(name): \(chinese.status) \(chinese.output)\(chinese.errors)")
    }
    #expect(try catalog.snapshot() == before)
  }

  @Test(.needs(.pythonDocx)) func severalListsInOneDocument() throws {
    let catalog = try CatalogFolder()
    let file = catalog.folder.appending(path: "two.docx").path()
    try script("tables", try list(catalog), file)
    func imported(_ options: [String]) throws -> Outcome {
      try Program.run(
        Program.onevisit,
        ["import", "two.docx", "--into", "catalog", "--list", "second", "--dry-run", "--language", "en"] + options,
        in: catalog.folder)
    }
    for options in [[], ["--table", "2"], ["--table", "4"]] {
      let refused = try imported(options)
      #expect(refused.status == 2)
      #expect(refused.errors.contains("table 2 (rows: 2): 姓名, 单位, 电话; table 3 (rows: 452): 序号, 类型, “一件事一次办”名称"))
      #expect(refused.errors.contains("`--table"))
    }
    for table in ["1", "3"] {
      let read = try imported(["--table", table])
      #expect(read.status == 0 && read.output.contains("0 changed, 241 unchanged"), "\(read.output)\(read.errors)")
    }
  }
}

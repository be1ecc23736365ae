import Foundation
import TestSupport
import Testing

/// Catalog folders and CSV exports, judged by frictionless; CSV, read by Python.
@Suite struct TableTests {
  private func fixture(_ name: String) -> URL { Program.root.appending(path: "Tests/ToolTests/Fixtures/\(name)") }

  @Test(.needs(.frictionless)) func frictionlessAcceptsTheBuiltInCatalog() throws {
    let outcome = try Tool.frictionless.run(
      "validate", "datapackage.json", in: Program.root.appending(path: "catalog"))
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test(.needs(.frictionless)) func frictionlessAcceptsANewFolder() throws {
    let folder = try TemporaryFolder()
    #expect(try onevisit("init", "made", in: folder.url).status == 0)
    let outcome = try Tool.frictionless.run(
      "validate", "datapackage.json", in: folder.url.appending(path: "made"))
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  /// A folder that an import made and one that an import changed.
  @Test(.needs(.frictionless)) func frictionlessAcceptsImportedFolders() throws {
    let folder = try TemporaryFolder()
    let exports = try Exports.shared.get()
    for (file, name) in [("full.xml", "xml"), ("official-second.csv", "official"), ("flat.csv", "flat")] {
      let made = try onevisit("import", exports.path(file), "--into", name, in: folder.url)
      #expect(made.status == 0, "\(file): \(made.errors)")
      let outcome = try Tool.frictionless.run(
        "validate", "datapackage.json", in: folder.url.appending(path: name))
      #expect(outcome.status == 0, "\(file): \(outcome.output)\(outcome.errors)")
    }
  }

  /// Another city's catalog: prefixes in letters, numbers of four digits, kinds of its own, a competent department under
  /// any of its names. What the checker takes, the description of the folder takes, and so does the schema.
  @Test(.needs(.frictionless), arguments: [true, false])
  func catalogOfAnotherCity(_ isEmpty: Bool) throws {
    let folder = try TemporaryFolder()
    #expect(
      try Program.run(Program.onevisit, ["init", "city"] + (isEmpty ? ["--empty"] : []), in: folder.url).status == 0)
    let city = folder.url.appending(path: "city")
    if isEmpty {
      let description = try String(contentsOf: city.appending(path: "datapackage.json"), encoding: .utf8)
      #expect(!description.contains("九江") && !description.contains("Jiujiang") && !description.contains("jiujiang"))
      #expect(try JSON(description)["name"]?.text == "onevisit-catalog")
      let outcome = try Tool.frictionless.run("validate", "datapackage.json", in: city)
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
    for (file, rows) in [
      ("notices.csv", "our-notice,某府办〔2023〕1号,,,2023-01-10\n"),
      ("lists.csv", "ours,2023A,某府办〔2023〕1号,,,2,个人；企业,,,P2M,,,,,\nopen,B,our-notice,,,,,,,,,,,,\n"),
      ("departments.csv", "our-police,某市公安局,,,,bureau-of-the-city,\nour-bank,某某银行,,,,,\n"),
      ("approvals.csv", "our-permit,放风筝许可,,permit,某市公安局\nour-notes,放风筝须知,,,\n"),
      (
        "matters.csv",
        "2023A-0001,ours,1,个人,放风筝,某市公安局、某某银行,2023年6月底,,,,,,,\n2023A-0002,ours,2,企业,卖风筝,某某银行/某市公安局,2023年6月底,,2023A-0001,,,,,\nB-12345,open,12345,企业,修风筝,某市公安局、某某银行,2023年6月底,,,,,,,\n"
      ),
      ("items.csv", "2023A-0001,1,放风筝许可,某市公安局,yes,,,\n2023A-0001,2,放风筝须知,某某银行,,,,\nB-12345,1,放风筝须知,某某银行、某市公安局,,,,\n"),
      ("targets.csv", "our-target,our-notice,ours,企业,1+1,,2023年底,\n"),
      ("progress.csv", "2023A-0001,2023-02-01,,,,,,,,,,,,,\n"),
      ("waivers.csv", "single-department,2023A-0002,,1\n"),
    ] {
      let table = city.appending(path: file)
      try (String(contentsOf: table, encoding: .utf8) + rows).write(to: table, atomically: true, encoding: .utf8)
    }
    let report = try Report(
      onevisit("validate", "city", "--as-of", "2023-03-01", "--format", "json", "--max-findings", "0", in: folder.url))
    let forms: Set = [
      "malformed-value", "missing-value", "unknown-notice", "unknown-list", "unknown-department", "unknown-approval",
      "misplaced-id",
    ]
    #expect(report.findings.filter { forms.contains($0.rule) }.map(\.description) == [])
    let outcome = try Tool.frictionless.run("validate", "datapackage.json", in: city)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    // Out as a document and in again: still what the description takes.
    #expect(try onevisit("export", "xml", "--catalog", "city", "-o", "city.xml", in: folder.url).status == 0)
    let made = try onevisit("import", "city.xml", "--into", "again", in: folder.url)
    #expect(made.status == 0, "\(made.errors)")
    let again = try Tool.frictionless.run("validate", "datapackage.json", in: folder.url.appending(path: "again"))
    #expect(again.status == 0, "\(again.output)\(again.errors)")
  }

  @Test(.needs(.frictionless)) func frictionlessRejectsABrokenFolder() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("2-042", with: "2-041", in: "matters.csv", row: "2-042")
    let outcome = try Tool.frictionless.run("validate", "datapackage.json", in: catalog.url)
    #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
  }

  /// Every CSV export as a table of its own: both layouts, with BOM, in GB18030.
  @Test(.needs(.frictionless)) func frictionlessAcceptsEveryTable() throws {
    _ = try Exports.shared.get()
    let folder = try TemporaryFolder()
    for file in Exports.tables.map(\.file) + Exports.gb18030.map(\.file) {
      try FileManager.default.copyItem(
        at: Exports.folder.appending(path: file), to: folder.url.appending(path: file))
    }
    for file in ["flat.schema.json", "official.schema.json"] {
      try FileManager.default.copyItem(at: fixture(file), to: folder.url.appending(path: file))
    }
    try FileManager.default.copyItem(
      at: fixture("tables.datapackage.json"), to: folder.url.appending(path: "datapackage.json"))
    let outcome = try Tool.frictionless.run("validate", "datapackage.json", in: folder.url)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  /// Python's reader finds the same cells whatever the encoding and whether or not there is a BOM.
  @Test(.needs(.csv)) func pythonReadsTheSameCells() throws {
    let exports = try Exports.shared.get()
    let pairs =
      Exports.gb18030.map { ($0.file, "gb18030", $0.counterpart) } + [
        ("flat-bom.csv", "utf-8-sig", "flat.csv"), ("official-bom.csv", "utf-8-sig", "official-second.csv"),
      ]
    for (file, encoding, counterpart) in pairs {
      let outcome = try Tool.csv.script(
        "cells.py", exports.path(file), encoding, exports.path(counterpart), "utf-8")
      #expect(outcome.status == 0, "\(file): \(outcome.output)\(outcome.errors)")
    }
  }
}

import Foundation
import Testing

/// Catalog folders and CSV exports, judged by frictionless; CSV, read by Python.
@Suite struct TableTests {
  private func fixture(_ name: String) -> URL { Program.root.appending(path: "Tests/ToolTests/Fixtures/\(name)") }

  @Test(.needs(.frictionless)) func frictionlessTakesTheShippedCatalog() throws {
    let outcome = try Tool.frictionless.run(
      "validate", "datapackage.json", in: Program.root.appending(path: "catalog"))
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test(.needs(.frictionless)) func frictionlessTakesANewFolder() throws {
    let folder = try TemporaryFolder()
    #expect(try onevisit("init", "made", in: folder.url).status == 0)
    let outcome = try Tool.frictionless.run(
      "validate", "datapackage.json", in: folder.url.appending(path: "made"))
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  /// A folder that an import made and one that an import changed.
  @Test(.needs(.frictionless)) func frictionlessTakesImportedFolders() throws {
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

  @Test(.needs(.frictionless)) func frictionlessSeesABrokenFolder() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("2-042", with: "2-041", in: "matters.csv", row: "2-042")
    let outcome = try Tool.frictionless.run("validate", "datapackage.json", in: catalog.url)
    #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
  }

  /// Every CSV export as a table of its own: both layouts, with BOM, in GB18030.
  @Test(.needs(.frictionless)) func frictionlessTakesEveryTable() throws {
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
      Exports.gb18030.map { ($0.file, "gb18030", $0.twin) } + [
        ("flat-bom.csv", "utf-8-sig", "flat.csv"), ("official-bom.csv", "utf-8-sig", "official-second.csv"),
      ]
    for (file, encoding, twin) in pairs {
      let outcome = try Tool.csv.script(
        "cells.py", exports.path(file), encoding, exports.path(twin), "utf-8")
      #expect(outcome.status == 0, "\(file): \(outcome.output)\(outcome.errors)")
    }
  }
}

import Foundation
import TestSupport
import Testing

/// Tables opened and saved by LibreOffice, as an office would.
@Suite(.serialized) struct SpreadsheetTests {
  /// The import options of LibreOffice for a CSV file: comma, quote, encoding (76: UTF-8, 85: GB18030), first line, no column
  /// formats, Chinese, whether to quote all text, no special numbers.
  private static func format(_ encoding: Int, quotes: Bool = false) -> String {
    "44,34,\(encoding),1,,2052,\(quotes),\(quotes)"
  }

  private func convert(
    _ files: [String], to type: String, from format: String? = nil, into folder: URL, profile: TemporaryFolder
  ) throws {
    let reading = format.map { ["--infilter=CSV:" + $0] } ?? []
    let outcome = try Tool.libreOffice.run(
      ["-env:UserInstallation=\(profile.url.absoluteString)", "--headless", "--convert-to", type] + reading
        + ["--outdir", folder.path()] + files,
      limit: 240)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  private static let csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"

  /// CSV → .xlsx or .ods → CSV: every cell is as it was.
  @Test(.needs(.libreOffice, .csv)) func exportsSurviveASpreadsheet() throws {
    let exports = try Exports.shared.get()
    let ground = try TemporaryFolder()
    let profile = try TemporaryFolder()
    let tables = ["flat.csv", "official-first.csv", "official-second.csv", "flat-bom.csv", "official-bom.csv"]
    let sheets = ground.url.appending(path: "sheets"), back = ground.url.appending(path: "back")
    try convert(exports.paths(tables), to: "xlsx", from: Self.format(76), into: sheets, profile: profile)
    let chinese = Exports.gb18030.map(\.file)
    try convert(exports.paths(chinese), to: "ods", from: Self.format(85), into: sheets, profile: profile)
    func stem(_ file: String) -> String { String(file.dropLast(4)) }
    try convert(
      tables.map { sheets.appending(path: stem($0) + ".xlsx").path() }
        + chinese.map { sheets.appending(path: stem($0) + ".ods").path() },
      to: Self.csv, into: back, profile: profile)
    for (file, encoding) in tables.map({ ($0, "utf-8-sig") }) + chinese.map({ ($0, "gb18030") }) {
      let outcome = try Tool.csv.script(
        "cells.py", exports.path(file), encoding, back.appending(path: file).path(), "utf-8-sig")
      #expect(outcome.status == 0, "\(file): \(outcome.output)\(outcome.errors)")
    }
    // What the spreadsheet saved is, for the command, the list that is there.
    for file in ["official-second.csv", "official-first.csv", "flat.csv"] {
      let catalog = try CatalogFolder()
      let before = try catalog.snapshot()
      let outcome = try catalog.run("import", back.appending(path: file).path(), "--into", "catalog")
      #expect(outcome.status == 0, "\(file): \(outcome.output)\(outcome.errors)")
      #expect(try catalog.snapshot() == before, "\(file)")
    }
  }

  private static let tables = [
    "approvals", "departments", "items", "lists", "matters", "notices", "progress", "targets", "waivers",
  ]

  /// Saves every table of a catalog anew from LibreOffice.
  private func save(_ catalog: CatalogFolder, encoding: Int, quotes: Bool, windows: Bool) throws {
    let profile = try TemporaryFolder()
    let saved = try TemporaryFolder()
    let files = Self.tables.map { catalog.url.appending(path: $0 + ".csv").path() }
    try convert(
      files, to: "csv:Text - txt - csv (StarCalc):44,34,\(encoding),1,,0,\(quotes),true,false",
      from: Self.format(76, quotes: quotes),
      into: saved.url, profile: profile)
    for table in Self.tables {
      var bytes = [UInt8](try Data(contentsOf: saved.url.appending(path: table + ".csv")))
      // As it does on Windows.
      if windows { bytes = bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] } }
      try catalog.write(bytes, to: table + ".csv")
    }
  }

  private func findings(_ catalog: CatalogFolder) throws -> [String] {
    try catalog.validate().findings.map { "\($0.identity) \($0.line ?? 0) \($0.isWaived)" }
  }

  /// All text quoted, CRLF: not one finding more or less, and no line moves.
  @Test(.needs(.libreOffice)) func savedCatalogIsUnchanged() throws {
    let catalog = try CatalogFolder()
    let before = try findings(catalog)
    try save(catalog, encoding: 76, quotes: true, windows: true)
    #expect(try catalog.text("matters.csv").hasPrefix("\"id\",\"list\""))
    #expect(try findings(catalog) == before)
  }

  /// A catalog in GB18030 is read; only its encoding is reported, for the tables that contain Chinese.
  @Test(.needs(.libreOffice)) func catalogSavedInGB18030IsRead() throws {
    let catalog = try CatalogFolder()
    let before = Set(try findings(catalog))
    try save(catalog, encoding: 85, quotes: false, windows: true)
    let reported = try catalog.validate().findings.map { "\($0.identity) \($0.line ?? 0) \($0.isWaived)" }
    #expect(Set(reported).isSuperset(of: before))
    let more = Set(reported).subtracting(before)
    #expect(more.allSatisfy { $0.hasPrefix("other-encoding ") }, "\(more)")
    #expect(!more.isEmpty)
  }
}

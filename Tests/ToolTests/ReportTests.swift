import Foundation
import TestSupport
import Testing

/// Reports and JSON exports, judged by their schemas and by their readers.
@Suite struct ReportTests {
  /// A report of the command to a file: on the shipped catalog, on one with errors, and on none.
  private func report(
    _ format: String, _ options: [String] = [], of catalog: CatalogFolder, path: String = "catalog", status: Int = 0
  ) throws -> URL {
    let file = catalog.folder.appending(path: "report-\(UUID().uuidString)")
    let outcome = try Program.run(
      Program.onevisit,
      ["validate", path, "--format", format, "--as-of", CatalogFolder.day, "-o", file.path()] + options,
      in: catalog.folder)
    #expect(outcome.status == status, "\(format) \(options) \(path): \(outcome.errors)")
    return file
  }

  private func reports(_ format: String) throws -> (catalog: CatalogFolder, files: [URL]) {
    let catalog = try CatalogFolder(), broken = try CatalogFolder(named: "坏 目录")
    try broken.replace("2-042", with: "2-041", in: "matters.csv", row: "2-042")
    try broken.append("2-999,1,x\"y,,", to: "items.csv")
    try FileManager.default.copyItem(at: broken.url, to: catalog.folder.appending(path: "坏 目录"))
    try catalog.run("export", "xml", "-o", "good.xml").expectStatus(0)
    let xml = try String(contentsOf: catalog.folder.appending(path: "good.xml"), encoding: .utf8)
    try Data(xml.replacingOccurrences(of: "<lead choice=\"all\">", with: "<lead>").utf8).write(
      to: catalog.folder.appending(path: "bad.xml"))
    try Data("<!DOCTYPE x><x/>".utf8).write(to: catalog.folder.appending(path: "doctype.xml"))
    var files: [URL] = []
    for language in ["zh", "en"] {
      let spoken = ["--language", language]
      files += [
        try report(format, spoken, of: catalog),
        try report(format, spoken + ["--no-waivers", "--max-findings", "0"], of: catalog),
        try report(format, spoken + ["--no-waivers", "--max-findings", "3"], of: catalog),
        try report(format, spoken + ["--no-waivers", "--new-since", "坏 目录"], of: catalog),
        try report(format, spoken, of: catalog, path: "坏 目录", status: 1),
        try report(format, spoken, of: catalog, path: "bad.xml", status: 1),
        try report(format, spoken, of: catalog, path: "doctype.xml", status: 2),
        try report(format, spoken, of: catalog, path: "missing", status: 2),
      ]
    }
    return (catalog, files)
  }

  private func judge(_ files: [String], by schema: URL) throws {
    let outcome = try Tool.jsonschema.run(
      [Program.root.appending(path: "Tests/ToolTests/Scripts/schema.py").path(), schema.path()] + files)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test(.needs(.jsonschema)) func findingsFitTheirSchema() throws {
    let (catalog, files) = try reports("json")
    try judge(files.map { $0.path() }, by: Program.root.appending(path: "schemas/findings.schema.json"))
    withExtendedLifetime(catalog) {}
  }

  @Test(.needs(.jsonschema)) func exportsFitTheirSchema() throws {
    try judge(
      Exports.shared.get().paths(Exports.json.map(\.file)),
      by: Program.root.appending(path: "schemas/catalog.schema.json"))
  }

  @Test(.needs(.jsonschema)) func comparisonsFitTheirSchema() throws {
    let catalog = try CatalogFolder(), edited = try CatalogFolder(named: "edited", in: catalog.folder)
    try edited.replace("养犬", with: "养犬登记", in: "matters.csv", row: "2-008")
    try edited.delete(rows: "2-230,", in: "matters.csv")
    try edited.delete(rows: "2-230,", in: "items.csv")
    try edited.delete(rows: "2-012,2,", in: "items.csv")
    try edited.replace("市公安局", with: "市公安总局", in: "departments.csv")
    try catalog.run("export", "xml", "-o", "a.xml").expectStatus(0)
    var files: [String] = []
    for (old, new) in [("catalog", "edited"), ("edited", "catalog"), ("catalog", "catalog"), ("a.xml", "edited")] {
      let file = catalog.folder.appending(path: "diff-\(files.count).json")
      _ = try catalog.run("diff", old, new, "--format", "json", "-o", file.path())
      files.append(file.path())
    }
    try judge(files, by: Program.root.appending(path: "schemas/comparison.schema.json"))
  }

  /// `sarif-written.schema.json` closes every object over what the standard names and the report uses. The schema of
  /// OASIS is nowhere to be installed from: put it into `.tools`, and it judges too.
  @Test(.needs(.jsonschema)) func sarifFitsItsSchema() throws {
    let (catalog, files) = try reports("sarif")
    try judge(
      files.map { $0.path() }, by: Program.root.appending(path: "Tests/ToolTests/Fixtures/sarif-written.schema.json"))
    let oasis = Program.root.appending(path: ".tools/sarif-schema-2.1.0.json")
    if FileManager.default.fileExists(atPath: oasis.path()) { try judge(files.map { $0.path() }, by: oasis) }
    withExtendedLifetime(catalog) {}
  }

  /// junitparser reads as many failures as the JSON report has errors and warnings that stand, and as many skipped tests
  /// as findings are waived.
  @Test(
    .needs(.junitparser),
    arguments: [[], ["--no-waivers"], ["--strict"], ["--only", "general-lead,duplicate-matter-name"]])
  func junitIsRead(_ options: [String]) throws {
    let catalog = try CatalogFolder()
    try catalog.replace("2-042", with: "2-041", in: "matters.csv", row: "2-042")
    let wrong = options.first == "--only" ? 0 : 1
    let options = options + ["--max-findings", "0"]
    let junit = try report("junit", options, of: catalog, status: wrong)
    let json = try JSON(
      String(contentsOf: try report("json", options, of: catalog, status: wrong), encoding: .utf8))
    func count(_ name: String) -> Int { json["summary"]?[name]?.int ?? -1 }
    let outcome = try Tool.junitparser.script("junit.py", junit.path())
    try #require(outcome.status == 0, "\(outcome.errors)")
    let (written, counted) = (outcome.lines[0].split(separator: " "), outcome.lines[1].split(separator: " "))
    #expect(written == counted)
    #expect(Int(written[1]) == count("errors") + count("warnings"))
    #expect(written[2] == "0")
    #expect(Int(written[3]) == count("waived"))
  }

  @Test(.needs(.junitparser)) func junitOfAnUnreadableCatalogIsRead() throws {
    let (catalog, files) = try reports("junit")
    for file in files {
      let outcome = try Tool.junitparser.script("junit.py", file.path())
      try #require(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.lines[0] == outcome.lines[1])
    }
    withExtendedLifetime(catalog) {}
  }
}

extension Outcome {
  func expectStatus(_ wanted: Int, at location: SourceLocation = #_sourceLocation) {
    #expect(status == wanted, "\(output)\(errors)", sourceLocation: location)
  }
}

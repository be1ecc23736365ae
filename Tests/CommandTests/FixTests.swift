import Foundation
import TestSupport
import Testing

/// `validate --fix` and `--diff`: cells whose right text is certain.
@Suite struct FixTests {
  /// A catalog with a value in another form, stray and invisible characters in several tables.
  private func untidy() throws -> CatalogFolder {
    let catalog = try CatalogFolder()
    try catalog.replace("individual", with: "自然人", in: "matters.csv", row: "2-001,")
    try catalog.replace("失业", with: "失 业\u{200B}", in: "matters.csv", row: "2-002,")
    try catalog.replace(",yes", with: ",TRUE", in: "items.csv", row: "2-037,1,")
    let row = try Self.progress("2-013", "2022/12/3", "2022年12月5日", "\"2022.12.6\"", in: catalog)
    try catalog.append(row, to: "progress.csv")
    return catalog
  }

  /// A row of the progress table with empty cells at its end.
  private static func progress(_ cells: String..., in catalog: CatalogFolder) throws -> String {
    let width = try catalog.lines("progress.csv")[0].split(separator: ",").count
    return (cells + Array(repeating: "", count: width - cells.count)).joined(separator: ",")
  }

  @Test("Only the cells concerned change, every other byte stays; a second run changes nothing")
  func fixes() throws {
    let catalog = try untidy()
    let before = try catalog.snapshot()
    let outcome = try catalog.run("validate", "catalog", "--fix", "--as-of", "2023-01-20", "--language", "en")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.errors.contains("Fixed 6 cells."), "\(outcome.errors)")
    let after = try catalog.snapshot()
    var expected = before
    func edit(_ file: String, _ pairs: (String, String)...) throws {
      var text = String(decoding: try #require(before[file]), as: UTF8.self)
      for (old, new) in pairs { text = text.replacing(old, with: new) }
      expected[file] = Array(text.utf8)
    }
    try edit("matters.csv", ("自然人", "individual"), ("失 业\u{200B}", "失业"))
    try edit("items.csv", (",TRUE", ",yes"))
    try edit(
      "progress.csv", ("2022/12/3", "2022-12-03"), ("2022年12月5日", "2022-12-05"), ("2022.12.6", "2022-12-06"))
    #expect(after.keys.sorted() == before.keys.sorted())
    for (file, bytes) in expected { #expect(after[file] == bytes, "\(file)") }
    let again = try catalog.run("validate", "catalog", "--fix", "--as-of", "2023-01-20", "--language", "en")
    #expect(again.errors.contains("No cell can be fixed automatically."))
    #expect(try catalog.snapshot() == after)
  }

  @Test("--diff lists the cells and writes nothing")
  func diff() throws {
    let catalog = try untidy()
    let before = try catalog.snapshot()
    let outcome = try catalog.run("validate", "catalog", "--diff", "--language", "en")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("--fix would change 6 cells."))
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 6)
    #expect(lines.contains("catalog/matters.csv D13: “自然人” → “individual”  [loose-form]"), "\(outcome.output)")
    #expect(lines.contains("catalog/progress.csv B2: “2022/12/3” → “2022-12-03”  [loose-form]"), "\(outcome.output)")
    #expect(lines.contains { $0.hasSuffix("→ “失业”  [stray-space, invisible-character]") }, "\(outcome.output)")
    #expect(try catalog.snapshot() == before)
  }

  @Test("Byte order mark, CRLF, quotes and a missing last line end stay")
  func bytesStay() throws {
    let catalog = try CatalogFolder()
    let row = try Self.progress("2-013", "2022/12/3", in: catalog)
    let other = try Self.progress("\"2-012\"", "\"2022-12-30\"", in: catalog)
    let header = try catalog.lines("progress.csv")[0]
    try catalog.write("\u{FEFF}\(header)\r\n\(other)\r\n\(row)", to: "progress.csv")
    #expect(try catalog.run("validate", "catalog", "--fix", "--as-of", "2023-01-20").status == 0)
    let text = "\u{FEFF}\(header)\r\n\(other)\r\n\(row.replacing("2022/12/3", with: "2022-12-03"))"
    #expect(try catalog.bytes("progress.csv") == Array(text.utf8))
  }

  @Test("What takes a decision is left alone")
  func decisionsStay() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("灵活就业", with: "灵活\u{FFFD}就业", in: "matters.csv", row: "2-001,")
    try catalog.append(try Self.progress("2-013", "2/10/2025", in: catalog), to: "progress.csv")
    let before = try catalog.snapshot()
    let outcome = try catalog.run("validate", "catalog", "--fix", "--as-of", "2023-01-20", "--language", "en")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("No cell can be fixed automatically."))
    #expect(try catalog.snapshot() == before)
  }

  @Test("JSON gives each safe fix with its cell")
  func json() throws {
    let catalog = try untidy()
    let outcome = try catalog.run("validate", "catalog", "--format", "json", "--only", "loose-form", "--language", "en")
    let report = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let findings = try #require(report["findings"] as? [[String: Any]])
    #expect(findings.count == 5)
    let fixes = findings.compactMap { ($0["fix"] as? [String: Any]) }
    #expect(fixes.count == 5 && fixes.allSatisfy { $0["safe"] as? Bool == true })
    let edits = try #require(fixes.first?["edits"] as? [[String: String]])
    #expect(
      edits == [["file": "catalog/matters.csv", "cell": "D13", "before": "自然人", "after": "individual"]], "\(edits)")
  }

  @Test("Only a folder can be fixed")
  func onlyFolders() throws {
    let catalog = try CatalogFolder()
    #expect(try catalog.run("export", "xml", "--catalog", "catalog", "-o", "a.xml").status == 0)
    for option in ["--fix", "--diff"] {
      let outcome = try catalog.run("validate", "a.xml", option, "--language", "en")
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("\(option) needs a catalog folder"), "\(outcome.errors)")
    }
  }
}

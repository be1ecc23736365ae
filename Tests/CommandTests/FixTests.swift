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

  @Test("Applied by hand, the replacements of SARIF are what --fix writes")
  func sarif() throws {
    let catalog = try untidy()
    try catalog.replace("人社部门", with: "\"人 社部门\"", in: "items.csv", row: "2-001,")
    let only = "loose-form,stray-space"
    let outcome = try catalog.run("validate", "catalog", "--format", "sarif", "--only", only)
    let results = try #require(try outcome.json()["runs"]?.elements.first?["results"]?.elements)
    #expect(results.count == 7)
    var lines: [String: [String]] = [:]
    for result in results.reversed() {
      let change = try #require(result["fixes"]?.elements.first?["artifactChanges"]?.elements.first)
      let replacement = try #require(change["replacements"]?.elements.first)
      let region = try #require(replacement["deletedRegion"])
      guard case .text(let uri)? = change["artifactLocation"]?["uri"],
        case .text(let new)? = replacement["insertedContent"]?["text"],
        let line = region["startLine"]?.int, let start = region["startColumn"]?.int, let end = region["endColumn"]?.int
      else {
        Issue.record("no replacement in \(change)")
        continue
      }
      #expect(region["endLine"]?.int == line)
      let file = String(uri.dropFirst("catalog/".count))
      var text = try lines[file] ?? catalog.lines(file)
      var scalars = Array(text[line - 1].unicodeScalars)
      scalars.replaceSubrange(start - 1..<end - 1, with: Array(new.unicodeScalars))
      text[line - 1] = scalars.reduce(into: "") { $0.unicodeScalars.append($1) }
      lines[file] = text
    }
    try catalog.run("validate", "catalog", "--fix", "--only", only).expectStatus(0)
    #expect(lines.keys.sorted() == ["items.csv", "matters.csv", "progress.csv"])
    for (file, text) in lines { #expect(try catalog.lines(file) == text, "\(file)") }
  }

  @Test("The summary counts what can be fixed, beyond the cap too")
  func fixableCount() throws {
    let catalog = try untidy()
    for cap in ["0", "1", "20"] {
      let outcome = try catalog.run(
        "validate", "catalog", "--as-of", "2023-01-20", "--max-findings", cap, "--format", "json")
      #expect(try outcome.json()["summary"]?["fixable"]?.int == 7, "two findings are in one cell: \(cap)")
    }
    let text = try catalog.run("validate", "catalog", "--as-of", "2023-01-20", "--language", "en")
    #expect(text.output.contains("; 7 can be fixed with --fix.\n"), "\(text.output.suffix(300))")
    try catalog.run("validate", "catalog", "--fix", "--as-of", "2023-01-20").expectStatus(0)
    let after = try catalog.run("validate", "catalog", "--as-of", "2023-01-20", "--language", "en")
    #expect(!after.output.contains("can be fixed"))
  }

  // MARK: Suggestions

  @Test("--unsafe-fixes follows suggestions, --fix does not")
  func unsafeFixes() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("公安部门", with: "公按部门", in: "items.csv", row: "1-001,2")
    try catalog.replace("市农业农村局、市公安局", with: "市农业农村局、市公按局", in: "matters.csv", row: "2-008")
    try catalog.replace("食品经营许可", with: "食品经营许克", in: "items.csv", row: "2-041,")
    try catalog.replace("city-department", with: "city-departmen", in: "departments.csv", row: "public-security")
    let before = try catalog.snapshot()
    let only = "unknown-department,unknown-approval,misspelt-kind"
    let safe = try catalog.run("validate", "catalog", "--fix", "--only", only, "--language", "en")
    #expect(safe.errors.contains("No cell can be fixed automatically."))
    #expect(try catalog.snapshot() == before)
    let listed = try catalog.run("validate", "catalog", "--diff", "--unsafe-fixes", "--only", only, "--language", "en")
    #expect(listed.output.contains("“公按部门” → “公安部门”  [unknown-department] (unsafe)\n"), "\(listed.output)")
    #expect(listed.output.contains("“市农业农村局、市公按局” → “市农业农村局、市公安局”"), "\(listed.output)")
    #expect(try catalog.snapshot() == before)
    let json = try catalog.run("validate", "catalog", "--format", "json", "--only", "unknown-department").json()
    #expect(json["findings"]?.elements.allSatisfy { $0["fix"]?["safe"] == .truth(false) } == true)
    let fixed = try catalog.run("validate", "catalog", "--unsafe-fixes", "--only", only, "--language", "en")
    #expect(fixed.status == 0 && fixed.errors.contains("Fixed 4 cells."), "\(fixed.errors)\(fixed.output)")
    let after = try catalog.snapshot()
    #expect(after["departments.csv"] == (try CatalogFolder().snapshot())["departments.csv"])
    #expect(after["matters.csv"] == (try CatalogFolder().snapshot())["matters.csv"])
    let again = try catalog.run("validate", "catalog", "--unsafe-fixes", "--only", only, "--language", "en")
    #expect(again.errors.contains("No cell can be fixed automatically."))
    #expect(try catalog.snapshot() == after)
    // Several departments are as near as each other.
    try catalog.replace("人社部门", with: "人设部门", in: "items.csv", row: "2-001,")
    let tied = try catalog.run("validate", "catalog", "--diff", "--unsafe-fixes", "--only", only)
    #expect(tied.output.isEmpty)
  }

  @Test("An alias becomes its registered name everywhere")
  func aliases() throws {
    let catalog = try CatalogFolder()
    try catalog.replace(",卫健部门,", with: ",卫健委部门,", in: "items.csv", row: "1-001,1")
    let outcome = try catalog.run(
      "validate", "catalog", "--unsafe-fixes", "--no-waivers", "--only", "name-variant", "--language", "en")
    #expect(outcome.status == 0)
    let rest = try catalog.run(
      "validate", "catalog", "--no-waivers", "--only", "name-variant", "--format", "json"
    ).json()
    #expect(rest["findings"]?.elements.isEmpty == true, "\(outcome.output)")
    #expect(try catalog.lines("items.csv")[1].hasPrefix("1-001,1,开具出生医学证明,卫健部门,"))
  }

  // MARK: Documents

  @Test("An XML document is fixed into a new file; a second run changes nothing")
  func documents() throws {
    let catalog = try untidy()
    try catalog.replace("养犬", with: "养 犬", in: "matters.csv", row: "2-008,")
    try catalog.run("export", "xml", "--catalog", "catalog", "-o", "a.xml").expectStatus(0)
    func text(_ name: String) throws -> String {
      try String(contentsOf: catalog.folder.appending(path: name), encoding: .utf8)
    }
    let before = try text("a.xml")
    let missing = try catalog.run("validate", "a.xml", "--fix", "--language", "en")
    #expect(missing.status == 64 && missing.errors.contains("add -o NEW.xml"))
    let listed = try catalog.run("validate", "a.xml", "--diff", "--language", "en")
    #expect(listed.output.contains("a.xml 2-008 name: “养 犬” → “养犬”  [stray-space]\n"), "\(listed.output)")
    let outcome = try catalog.run(
      "validate", "a.xml", "--fix", "-o", "b.xml", "--as-of", "2023-01-20", "--language", "en")
    #expect(outcome.status == 0 && outcome.errors.contains("Fixed 2 cells."), "\(outcome.errors)")
    #expect(outcome.output.contains("Checked b.xml"))
    #expect(try text("a.xml") == before)
    #expect(
      try text("b.xml") == before.replacing("养 犬", with: "养犬").replacing("失 业\u{200B}", with: "失业"))
    let again = try catalog.run(
      "validate", "b.xml", "--fix", "-o", "c.xml", "--as-of", "2023-01-20", "--language", "en")
    #expect(again.errors.contains("No cell can be fixed automatically."))
    #expect(try text("c.xml") == text("b.xml"))
    // In place only if asked.
    try catalog.run("validate", "a.xml", "--fix", "-o", "a.xml", "--as-of", "2023-01-20").expectStatus(0)
    #expect(try text("a.xml") == text("b.xml"))
  }

  @Test("A document with values that would be lost is not fixed")
  func unreadableValues() throws {
    let catalog = try CatalogFolder()
    try catalog.run("export", "xml", "--catalog", "catalog", "-o", "a.xml").expectStatus(0)
    let file = catalog.folder.appending(path: "a.xml")
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacing("issued=\"2022-12-30\"", with: "issued=\"someday\"").utf8).write(to: file)
    let outcome = try catalog.run("validate", "a.xml", "--fix", "-o", "b.xml")
    #expect(outcome.status == 2, "\(outcome.output)")
    #expect(!FileManager.default.fileExists(atPath: catalog.folder.appending(path: "b.xml").path()))
  }

  @Test("Only a folder or a document can be fixed")
  func noLists() throws {
    let catalog = try CatalogFolder()
    try catalog.run("export", "csv", "--catalog", "catalog", "-o", "a.csv").expectStatus(0)
    for option in ["--fix", "--unsafe-fixes", "--diff"] {
      let outcome = try catalog.run("validate", "a.csv", option, "--language", "en")
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("\(option) needs a catalog folder or an XML document"), "\(outcome.errors)")
    }
  }
}

import AtomicFiles
import Catalog
import Foundation
import Localization
import Reports
import Testing
import Validator

/// Reports on an edition beside an older one, and the fixes in them.
@Suite struct BaselineTests {
  private static let matters = [
    "id,list,number,audience,name,lead,deadline", "2-001,second,1,individual,灵活 就业,市卫健委,2022年12月底",
    "2-002,second,2,individual,\"失 业\",市卫健委,2022年12月底",
  ]

  private func catalog(_ matters: [String]) -> Catalog {
    FolderReader.read(
      named: "catalog",
      files: [
        "matters.csv": Array((matters.joined(separator: "\n") + "\n").utf8),
        "items.csv": Array("matter,number,name,responsible\n".utf8),
      ])
  }

  /// Findings of stray blanks: one was there before, one is new.
  private var validation: Validation {
    var options = ValidationOptions(day: Sample.day)
    options.only = ["stray-space"]
    let old = catalog([Self.matters[0], "", Self.matters[1], "2-002,second,2,individual,失业,市卫健委,2022年12月底"])
    options.baseline = Baseline(old, options: options)
    return Validation(catalog(Self.matters), options: options)
  }

  @Test func newAndKnown() throws {
    let validation = validation
    #expect(validation.findings.map(\.subject) == ["2-002"] && validation.findings.map(\.isKnown) == [false])
    let known = try #require(validation.known)
    #expect(known.findings.map(\.subject) == ["2-001"] && known.findings.map(\.isKnown) == [true])
    #expect(known.count == 1 && known.edition == "catalog")
    #expect(validation.summary.warnings == 1 && validation.summary.fixable == 1)
  }

  @Test(arguments: Language.allCases) func everyFormat(_ language: Language) throws {
    let words = language == .chinese ? "另有 1 处在 catalog 中已有" : "1 more was in catalog already"
    let text = try Golden.text { try FindingsText.write(validation, language: language, to: $0) }
    #expect(text.contains(words) && text.contains("2-002") && !text.contains("2-001"))
    let github = try Golden.text { try FindingsGitHub.write(validation, language: language, to: $0) }
    #expect(github.contains(words) && github.contains("stray-space 2-002") && !github.contains("stray-space 2-001"))
    let junit = try Golden.text { try FindingsJUnit.write(validation, language: language, to: $0) }
    #expect(junit.contains("failures=\"1\"") && !junit.contains("2-001"))
    let json = try Golden.text { try FindingsJSON.write(validation, language: language, to: $0) }
    #expect(
      json.contains("\"known\": 1") && json.contains("\"newSince\": \"catalog\"") && json.contains("\"fixable\": 1"))
  }

  @Test func sarif() throws {
    let bytes = try Golden.bytes { try FindingsSARIF.write(validation, language: .english, version: "1", to: $0) }
    let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let runs = try #require(object["runs"] as? [[String: Any]])
    let results = try #require(runs.first?["results"] as? [[String: Any]])
    #expect(results.compactMap { $0["baselineState"] as? String } == ["new", "unchanged"])
    let fixes = try #require(results.first?["fixes"] as? [[String: Any]])
    let changes = try #require(fixes.first?["artifactChanges"] as? [[String: Any]])
    let replacement = try #require((changes.first?["replacements"] as? [[String: Any]])?.first)
    // The cell is quoted, and its replacement is.
    #expect((replacement["insertedContent"] as? [String: String])?["text"] == "\"失业\"")
    #expect(
      replacement["deletedRegion"] as? [String: Int]
        == ["startLine": 3, "startColumn": 27, "endLine": 3, "endColumn": 32])
    if Tools.hasPackage("jsonschema"), Tools.isThere(Tools.sarifSchema) {
      try Tools.judge(bytes, script: Tools.schemaScript, Tools.sarifSchema.path())
    }
  }

  @Test("Each finding of an older edition accounts for one")
  func multiplicity() throws {
    var options = ValidationOptions(day: Sample.day)
    options.only = ["stray-space"]
    let twice = Self.matters + [Self.matters[1]]
    options.baseline = Baseline(catalog(Self.matters), options: options)
    #expect(Validation(catalog(twice), options: options).findings.count == 1)
    options.baseline = Baseline(catalog(twice), options: options)
    #expect(Validation(catalog(Self.matters), options: options).findings.isEmpty)
    // The cap hides nothing: what is beyond it is compared as well.
    options.cap = 0
    options.baseline = Baseline(catalog(Self.matters), options: options)
    #expect(Validation(catalog(twice), options: options).summary.warnings == 1)
  }
}

import Foundation
import TestSupport
import Testing

/// `validate`: its reports, its status, its waivers and its settings.
@Suite struct ValidateCommandTests {
  static let findingKeys = [
    "rule", "severity", "matter", "item", "file", "line", "column", "cell", "field", "message", "waived", "related",
  ]

  // MARK: Reports

  @Test func reportHasTheKeysOfTheContract() throws {
    let catalog = try CatalogFolder()
    let report = try catalog.validate("--no-waivers")
    #expect(report.outcome.status == 1 || report.count("errors") == 0)
    #expect(Array(report.json.keys.prefix(4)) == ["catalog", "asOf", "findings", "summary"])
    #expect(report.json["catalog"]?.text == "catalog")
    #expect(report.json["asOf"]?.text == CatalogFolder.day)
    #expect(
      report.json["summary"]?.keys.prefix(6) == ["matters", "items", "errors", "warnings", "notes", "waived"])
    for finding in report.json["findings"]?.elements ?? [] {
      #expect(Array(finding.keys.prefix(12)) == Self.findingKeys)
      #expect(["error", "warning", "note"].contains(finding["severity"]?.text ?? ""))
      #expect(finding["waived"] == .truth(false))
      for related in finding["related"]?.elements ?? [] {
        #expect(Array(related.keys.prefix(4)) == ["matter", "file", "line", "column"])
      }
    }
    let renamed = try #require(
      report.json["findings"]?.elements.first {
        $0["rule"]?.text == "duplicate-matter-name" && $0["matter"]?.text == "2-218"
      })
    #expect(
      renamed["severity"]?.text == "warning" && renamed["item"] == .null
        && renamed["file"]?.text == "catalog/matters.csv")
    #expect(renamed["line"]?.int == 230 && renamed["column"]?.int == 29)
    let other = try #require(renamed["related"]?.elements.first)
    #expect(
      other["matter"]?.text == "2-039" && other["line"]?.int == 51 && other["file"]?.text == "catalog/matters.csv")
    #expect(report.count("matters") == 241 && report.count("items") == 410 && report.count("waived") == 0)
    for (key, severity) in [("errors", "error"), ("warnings", "warning"), ("notes", "note")] {
      #expect(report.count(key) == report.findings.count { $0.severity == severity })
    }
    let lines = report.findings.filter { $0.file == "matters.csv" }.map { ($0.line ?? 0, $0.column ?? 0) }
    #expect(zip(lines, lines.dropFirst()).allSatisfy { $0 <= $1 }, "sorted by place")
  }

  @Test func builtInCatalogHasNoErrors() throws {
    let report = try CatalogFolder.shipped.get()
    #expect(report.outcome.status == 0)
    #expect(report.count("errors") == 0 && report.count("warnings") == 0)
    #expect(
      report.open.allSatisfy { ["due-soon", "unrecorded-progress"].contains($0.rule) },
      "\(report.open)")
    #expect(try CatalogFolder().validate("--strict").outcome.status == 0)
    #expect(try CatalogFolder().validate("--no-waivers", "--strict").outcome.status == 1)
  }

  @Test func reportIsWrittenWithEveryStatus() throws {
    let formats = ["text", "json", "sarif", "junit", "github"]
    let sound = try CatalogFolder()
    let broken = try CatalogFolder()
    try broken.replace("市卫健委", with: "市卫键委", in: "matters.csv", row: "1-001,")
    let unreadable = try CatalogFolder()
    try unreadable.write("{", to: "datapackage.json")
    for (catalog, status) in [(sound, 0), (broken, 1), (unreadable, 2)] {
      for format in formats {
        let arguments = ["validate", "catalog", "--as-of", CatalogFolder.day, "--format", format]
        let shown = try Program.run(Program.onevisit, arguments, in: catalog.folder)
        let kept = try Program.run(Program.onevisit, arguments + ["-o", "report"], in: catalog.folder)
        #expect(shown.status == status && kept.status == status, "\(format)")
        #expect(kept.bytes.isEmpty)
        let report = [UInt8](try Data(contentsOf: catalog.folder.appending(path: "report")))
        #expect(report == shown.bytes, "\(format) \(status)")
        switch format {
        case "json", "sarif": _ = try shown.json()
        case "junit": #expect(shown.output.hasPrefix("<?xml"))
        case "github": #expect(shown.lines.allSatisfy { $0.hasPrefix("::") } || status == 0)
        default: break
        }
        if status == 1 { #expect(shown.output.contains("unknown-department"), "\(format)") }
      }
    }
  }

  @Test func textReport() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("市卫健委", with: "市卫键委", in: "matters.csv", row: "1-001,")
    try catalog.replace(",公安部门,", with: "", in: "items.csv", row: "1-001,2,")
    try catalog.replace("2022年12月底", with: "2022年13月底", in: "matters.csv", row: "2-050,")
    for language in ["zh", "en"] {
      let outcome = try catalog.run(
        "validate", "--as-of", CatalogFolder.day, "--language", language, "--only",
        "unknown-department,row-length,unreadable-deadline")
      #expect(outcome.status == 1)
      try golden.check(outcome.bytes, "validate.\(language).txt")
    }
  }

  @Test func strictFailsOnWarnings() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("公民婚育", with: "新生儿出生", in: "matters.csv", row: "1-002,")
    #expect(try catalog.validate().outcome.status == 0)
    #expect(try catalog.validate("--strict").outcome.status == 1)
    #expect(try catalog.validate("--strict", "--skip", "duplicate-matter-name").outcome.status == 0)
    let notes = try CatalogFolder()
    try notes.replace("月底", with: "月", in: "matters.csv", row: "2-050,")
    #expect(try notes.validate("--strict").outcome.status == 0, "notes never fail")
  }

  @Test func onlyAndSkip() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("市卫健委", with: "市卫键委", in: "matters.csv", row: "1-001,")
    try catalog.replace("公民婚育", with: "新生儿出生", in: "matters.csv", row: "1-002,")
    #expect(try catalog.validate("--only", "duplicate-matter-name").open.map(\.rule) == ["duplicate-matter-name"])
    #expect(try catalog.validate("--only", "duplicate-matter-name").outcome.status == 0)
    #expect(try catalog.validate("--only", "unknown-department").outcome.status == 1)
    let two = ["duplicate-matter-name", "unknown-department"]
    #expect(try Set(catalog.validate("--only", two[0], "--only", two[1]).open.map(\.rule)) == Set(two))
    #expect(try Set(catalog.validate("--only", two.joined(separator: ",")).open.map(\.rule)) == Set(two))
    #expect(try catalog.validate("--only", two[0], "--skip", two[0]).findings.isEmpty)
    #expect(try catalog.validate("--skip", "unknown-department").outcome.status == 0)
    // What was not run is not judged: no waiver of it is called unused.
    #expect(try !catalog.validate("--skip", "single-department").open.contains { $0.rule == "unused-waiver" })
    #expect(try catalog.validate("--only", "unused-waiver").open.isEmpty)
  }

  @Test func findingsAreCapped() throws {
    let catalog = try CatalogFolder()
    let few = try Report(
      catalog.run("validate", "--as-of", CatalogFolder.day, "--format", "json", "--no-waivers", "--max-findings", "2"))
    let all = try catalog.validate("--no-waivers")
    #expect(few.json["summary"] == all.json["summary"], "the rest is counted")
    #expect(Dictionary(grouping: few.findings, by: \.rule).values.allSatisfy { $0.count <= 2 })
    #expect(few.outcome.status == all.outcome.status)
    let hidden = try #require(few.json["omitted"]?.elements).compactMap { $0["open"]?.int }.reduce(0, +)
    #expect(few.findings.count + hidden == all.findings.count)
  }

  @Test func timingsGoToStandardError() throws {
    let outcome = try onevisit("validate", "--as-of", "2023-01-20", "--timings", "--format", "json")
    _ = try outcome.json()
    #expect(outcome.errors.contains("number-gap\t"))
  }

  // MARK: Waivers

  @Test func waiversAreReportedAndCanBeIgnored() throws {
    let catalog = try CatalogFolder()
    let with = try catalog.validate()
    let without = try catalog.validate("--no-waivers")
    #expect(with.count("waived") == with.findings.count { $0.isWaived })
    #expect(with.count("waived") > 200 && without.count("waived") == 0)
    #expect(without.findings.count == with.findings.count)
    #expect(
      without.findings.allSatisfy { !["unused-waiver", "unknown-waiver", "waiver-without-reason"].contains($0.rule) })
    for finding in with.json["findings"]?.elements ?? [] where finding["waived"]?.bool == true {
      #expect(finding["reason"]?.text?.isEmpty == false)
    }
    let shown = try catalog.run("validate", "--as-of", CatalogFolder.day, "--show-waived", "--language", "en")
    #expect(shown.output.contains("Waived: "))
  }

  @Test func waiversAreWrittenOnce() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("公民婚育", with: "新生儿出生", in: "matters.csv", row: "1-002,")
    try catalog.replace("市卫健委", with: "市卫键委", in: "matters.csv", row: "1-001,")
    let rows = try catalog.lines("waivers.csv").count
    let before = try catalog.snapshot()
    _ = try catalog.validate("--write-waivers")
    let added = Array(try catalog.lines("waivers.csv").dropFirst(rows))
    #expect(added.contains("duplicate-matter-name,1-002,,1") && added.contains("unknown-department,1-001,,1"))
    let after = try catalog.validate()
    // What the day brings is not recorded.
    let left = after.open.filter { $0.rule != "due-soon" }
    #expect(left.allSatisfy { $0.rule == "waiver-without-reason" }, "\(left)")
    #expect(left.count == added.count)
    #expect(left.allSatisfy { $0.severity == "warning" })
    #expect(after.outcome.status == 0)
    let once = try catalog.bytes("waivers.csv")
    _ = try catalog.validate("--write-waivers")
    #expect(try catalog.bytes("waivers.csv") == once, "nothing is left to record")
    for (file, bytes) in before where file != "waivers.csv" { #expect(try catalog.bytes(file) == bytes, "\(file)") }
    #expect(try catalog.names() == before.keys.sorted(), "no litter")
  }

  @Test func waiversAreWrittenToANewTable() throws {
    let catalog = try CatalogFolder()
    try catalog.delete("waivers.csv")
    let reported = try catalog.validate("--write-waivers")
    #expect(catalog.exists("waivers.csv"))
    #expect(try catalog.lines("waivers.csv").first == "rule,subject,reason,count")
    #expect(reported.open.count > 50)
    let left = try catalog.validate().open.filter { $0.rule != "due-soon" }
    #expect(left.allSatisfy { $0.rule == "waiver-without-reason" }, "\(left.prefix(5))")
  }

  @Test func writtenWaiversKeepTheFormOfTheFile() throws {
    let catalog = try CatalogFolder()
    try catalog.write(
      "\u{FEFF}" + catalog.text("waivers.csv").replacingOccurrences(of: "\n", with: "\r\n"), to: "waivers.csv")
    try catalog.replace("公民婚育", with: "新生儿出生", in: "matters.csv", row: "1-002,")
    _ = try catalog.validate("--write-waivers", "--only", "duplicate-matter-name")
    let text = try catalog.text("waivers.csv")
    #expect(text.hasSuffix("\r\nduplicate-matter-name,1-002,,1\r\n"), "the file's own line breaks")
    #expect(text.hasPrefix("\u{FEFF}rule,"))
  }

  @Test func waiversOfAnUnreadableCatalogAreNotChanged() throws {
    let catalog = try CatalogFolder()
    let waivers = try catalog.bytes("waivers.csv")
    try catalog.write("{", to: "datapackage.json")
    #expect(try catalog.run("validate", "catalog", "--write-waivers").status == 2)
    #expect(try catalog.bytes("waivers.csv") == waivers)
  }

  // MARK: Settings

  @Test func ruleSwitchedOff() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("公民婚育", with: "新生儿出生", in: "matters.csv", row: "1-002,")
    try catalog.replace("公民身后", with: "转学", in: "matters.csv", row: "2-010,")
    try catalog.configure(#"{"duplicate-matter-name": "off", "conflicting-deadlines": {"severity": "off"}}"#)
    let report = try catalog.validate("--no-waivers")
    #expect(!report.findings.contains { $0.rule == "duplicate-matter-name" || $0.rule == "conflicting-deadlines" })
    #expect(try !catalog.validate().open.contains { $0.rule == "unused-waiver" }, "what is off is not judged")
  }

  @Test func severityOverridden() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("公民婚育", with: "新生儿出生", in: "matters.csv", row: "1-002,")
    try catalog.replace("市卫健委", with: "市卫键委", in: "matters.csv", row: "1-001,")
    try catalog.configure(#"{"duplicate-matter-name": "error", "unknown-department": {"severity": "note"}}"#)
    let report = try catalog.validate()
    #expect(report.outcome.status == 1)
    #expect(report.open.first { $0.rule == "duplicate-matter-name" }?.severity == "error")
    #expect(report.open.first { $0.rule == "unknown-department" }?.severity == "note")
    #expect(report.count("errors") == 1)
    try catalog.replace(#""duplicate-matter-name": "error", "#, with: "", in: "datapackage.json")
    #expect(try catalog.validate("--strict").outcome.status == 1, "the other is a warning again")
  }

  @Test func ruleSettingApplies() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("2022年12月底", with: "2023年6月底", in: "matters.csv", row: "1-005,")
    #expect(try !catalog.validate().open.contains { $0.rule == "isolated-deadline" })
    try catalog.configure(#"{"isolated-deadline": {"run": 3}}"#)
    #expect(try catalog.validate().open.contains { $0.description == "note isolated-deadline 1-005 matters.csv:6:37" })
    let recorded = try CatalogFolder()
    try recorded.recordEverything()
    try recorded.replace("2-012,2022-12-31", with: "2-012,", in: "progress.csv", row: "2-012,")
    func rules(_ day: String) throws -> [String] {
      try recorded.validate(day: day).open.filter { $0.matter == "2-012" }.map(\.rule)
    }
    #expect(try rules("2023-06-10") == ["due-soon"])
    try recorded.configure(#"{"report-overdue": {"days": 30}}"#)
    #expect(try rules("2023-06-10") == ["report-overdue"])
  }

  @Test(arguments: [
    (#"{"duplicate-mater-name": "off"}"#, "duplicate-mater-name"),
    (#"{"duplicate-matter-name": "fatal"}"#, "fatal"),
    (#"{"isolated-deadline": {"runs": 3}}"#, "runs"),
    (#"{"isolated-deadline": {"severity": "high"}}"#, "high"),
  ]) func invalidSettingIsReported(_ rules: String, _ word: String) throws {
    let catalog = try CatalogFolder()
    try catalog.configure(rules)
    let outcome = try catalog.run("validate", "--as-of", CatalogFolder.day)
    #expect(outcome.output.contains(word) && outcome.output.contains("unknown-setting"))
  }

  @Test func settingOfTheWrongTypeIsReported() throws {
    let catalog = try CatalogFolder()
    try catalog.configure(#"{"isolated-deadline": {"run": "three"}}"#)
    let outcome = try catalog.run("validate", "--as-of", CatalogFolder.day, "--language", "en")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("isolated-deadline.run"), "\(outcome.output)")
    #expect(outcome.errors.contains("241 matters"), "the catalog is read all the same")
  }

  // MARK: Every rule

  /// Rules that no edit of a folder can break: those about XML are broken by `badXMLIsTold`, and `unclear-list` and
  /// `unaccepted-changes` are about lists in the layout of a notice.
  static let ofOtherFormats: Set<String> = [
    "refused-doctype", "xml-syntax", "xml-schema", "contradictory-reference", "unclear-list",
    "unaccepted-changes",
  ]
  /// Rules whose find makes the whole unreadable: `aTableWithoutItsHeaderIs2` breaks them.
  static let ofTheUnreadable: Set<String> = ["unreadable-catalog", "missing-header"]

  @Test func everyRuleHasARejectedEdit() throws {
    let rules = Set(
      try onevisit("rules", "--format", "json").json().elements.compactMap { ($0["rule"] ?? $0["id"])?.text })
    let raised = Set(
      RejectedEditsTests.all.flatMap(\.raises).compactMap {
        $0.split(separator: " ").dropFirst().first.map(String.init)
      })
    let missing = rules.subtracting(raised).subtracting(Self.ofOtherFormats).subtracting(Self.ofTheUnreadable)
    #expect(missing.isEmpty, "no bad edit for \(missing.sorted())")
    #expect(raised.isSubset(of: rules))
  }
}

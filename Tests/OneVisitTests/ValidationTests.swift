import OneVisit
import Testing

@Suite struct ValidationTests {
  let catalog = Catalog.builtIn
  let day: Day

  init() throws { day = try #require(Day("2023-01-15")) }

  @Test func findingsAndWaiversAreApart() {
    let report = catalog.validate(asOf: day)
    #expect(report.passes(strict: true))
    #expect(report.summary.matters == 241)
    #expect(report.summary.items == 410)
    #expect(report.findings.allSatisfy { !$0.isWaived })
    #expect(report.waivedFindings.count == report.summary.waived)
    #expect(report.waivedFindings.allSatisfy { $0.waiver?.isEmpty == false })

    var options = ValidationOptions()
    options.appliesWaivers = false
    let all = catalog.validate(asOf: day, options: options)
    #expect(all.waivedFindings.isEmpty)
    #expect(all.summary.warnings > 0)
    #expect(all.passes())
    #expect(!all.passes(strict: true))
  }

  @Test func findingIsComplete() throws {
    var options = ValidationOptions()
    options.appliesWaivers = false
    options.only = ["duplicate-matter-name"]
    let findings = catalog.validate(asOf: day, options: options).findings
    let finding = try #require(findings.first { $0.matter == "2-218" })
    #expect(finding.rule == "duplicate-matter-name")
    #expect(finding.severity == .warning)
    #expect(finding.position.description == "built-in/matters.csv:230:29")
    #expect(finding.position.excerpt?.hasPrefix("2-218,second,218") == true)
    #expect(finding.message[.zh] == "2-218“我要开食品小作坊”与 2-039 同名")
    #expect(finding.message[.en].hasPrefix("2-218 “我要开食品小作坊”"))
    #expect(!finding.fix[.zh].isEmpty && !finding.fix[.en].isEmpty)
    #expect(finding.related.map(\.matter) == ["2-039"])
    #expect(finding.related.first?.position?.line == 51)
  }

  @Test func rulesAreChosenByID() {
    var options = ValidationOptions()
    options.appliesWaivers = false
    options.only = ["name-variant", "nmae-variant"]
    options.maxFindingsPerRule = 3
    let report = catalog.validate(asOf: day, options: options)
    #expect(Set(report.findings.map(\.rule)) == ["name-variant"])
    #expect(report.findings.count == 3)
    #expect(report.omitted == report.summary.notes - 3)
    #expect(report.unknownRules == ["nmae-variant"])
    options.maxFindingsPerRule = nil
    #expect(catalog.validate(asOf: day, options: options).omitted == 0)
    options.only = []
    options.skip = ["name-variant"]
    let rest = catalog.validate(asOf: day, options: options)
    #expect(rest.unknownRules.isEmpty)
    #expect(!rest.findings.contains { $0.rule == "name-variant" })
  }

  @Test func reportsAreFormatted() throws {
    let report = catalog.validate(asOf: day)
    #expect(try report.formatted(as: .json, in: .en).contains("\"asOf\": \"2023-01-15\""))
    #expect(try report.formatted(as: .sarif, in: .en).contains("\"2.1.0\""))
    #expect(try report.formatted(as: .junit, in: .zh).hasPrefix("<?xml"))
    #expect(try report.formatted(as: .text, in: .zh) != report.formatted(as: .text, in: .en))
  }

  @Test func ruleBookIsPublic() throws {
    #expect(Rule.builtIn.count > 60)
    #expect(Set(Rule.builtIn.map(\.id)).count == Rule.builtIn.count)
    let rule = try #require(Rule.builtIn("number-gap"))
    #expect(!rule.title[.zh].isEmpty && !rule.reason[.en].isEmpty && !rule.source[.en].isEmpty)
    #expect(Rule.builtIn("nmuber-gap") == nil)
  }

  @Test func versionIsTheCommands() throws {
    let command = try Repository.text("Sources/OneVisitCommand/RootCommand.swift")
    let version = try #require(command.firstMatch(of: /static let version = "(.+)"/)?.1)
    let sarif = try catalog.validate(asOf: day).formatted(as: .sarif, in: .en)
    #expect(sarif.contains("\"version\": \"\(version)\""))
  }
}

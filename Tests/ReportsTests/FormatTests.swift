import AtomicFiles
import Catalog
import Foundation
import Localization
import Reports
import TestSupport
import Testing
import Validator

/// Every format in both languages against its golden file.
@Suite struct FormatTests {
  @Test(arguments: Language.allCases)
  func text(_ language: Language) throws {
    try Golden.check("findings.\(language.rawValue).txt") {
      try FindingsText.write(Sample.validation, language: language, rules: Sample.rules, to: $0)
    }
    try Golden.check("findings-waived.\(language.rawValue).txt") {
      try FindingsText.write(
        Sample.validation, language: language, style: TextStyle(hasColor: true, width: 60), showsWaived: true,
        rules: Sample.rules, to: $0)
    }
    try Golden.check("findings-none.\(language.rawValue).txt") {
      try FindingsText.write(Sample.validation([]), language: language, to: $0)
    }
    try Golden.check("findings-unreadable.\(language.rawValue).txt") {
      try FindingsText.write(
        Sample.validation([Sample.findings[0]], isUnreadable: true), language: language, to: $0)
    }
  }

  @Test(arguments: Language.allCases)
  func json(_ language: Language) throws {
    try Golden.check("findings.\(language.rawValue).json") {
      try FindingsJSON.write(Sample.validation, language: language, to: $0)
    }
  }

  @Test(arguments: Language.allCases)
  func sarif(_ language: Language) throws {
    try Golden.check("findings.\(language.rawValue).sarif") {
      try FindingsSARIF.write(Sample.validation, language: language, version: "1.0.0", rules: Sample.rules, to: $0)
    }
  }

  @Test(arguments: Language.allCases)
  func junit(_ language: Language) throws {
    try Golden.check("findings.\(language.rawValue).junit.xml") {
      try FindingsJUnit.write(Sample.validation, language: language, rules: Sample.rules, to: $0)
    }
  }

  @Test(arguments: Language.allCases)
  func github(_ language: Language) throws {
    try Golden.check("findings.\(language.rawValue).github.txt") {
      try FindingsGitHub.write(Sample.validation, language: language, to: $0)
    }
  }

  static let listing = Listing(
    columns: [
      ListingColumn("id", LocalizedText(zh: "标识", en: "Id")),
      ListingColumn("number", LocalizedText(zh: "序号", en: "No."), isNumber: true),
      ListingColumn("audience", LocalizedText(zh: "类型", en: "Audience")),
      ListingColumn("name", LocalizedText(zh: "名称", en: "Name")),
      ListingColumn("lead", LocalizedText(zh: "牵头部门", en: "Lead")),
      ListingColumn("due", LocalizedText(zh: "到期", en: "Due")),
      ListingColumn("roles", LocalizedText(zh: "角色", en: "Roles")),
      ListingColumn("partial", LocalizedText(zh: "部分", en: "Partial"), isForPrograms: true),
    ],
    rows: [
      [
        .text("2-037"), .number(37), .term("enterprise", LocalizedText(zh: "企业", en: "enterprise")), .text("我要开饭店"),
        .texts(["市市场监管局"]), .text("2022-12-31"), .terms(["lead"], LocalizedText(zh: "牵头", en: "lead")), .truth(false),
      ],
      [
        .text("2-042"), .none, .none, .text("我要开“熟食店”,名称很长很长,还带有\"引号\"\n和换行\u{1B}[31m"),
        .texts(["市市场监管局", "市行政审批局"]), .text(nil), .texts([]), .truth(true),
      ],
    ] as [[ListingCell]])

  @Test(arguments: Language.allCases)
  func listing(_ language: Language) throws {
    try Golden.check("listing.\(language.rawValue).txt") { try Self.listing.writeTable(language: language, to: $0) }
    try Golden.check("listing-narrow.\(language.rawValue).txt") {
      try Self.listing.writeTable(language: language, style: TextStyle(width: 72), to: $0)
    }
    try Golden.check("listing.csv") { try Self.listing.writeCSV(to: $0) }
    try Golden.check("listing.json") { try Self.listing.writeJSON(to: $0) }
  }

  @Test func tablesFitTheirWidth() throws {
    for width in [66, 72, 80, 100, 200] {
      let text = try Golden.text {
        try Self.listing.writeTable(language: .chinese, style: TextStyle(width: width), to: $0)
      }
      for line in text.split(separator: "\n") { #expect(DisplayWidth.of(line) <= width, "\(width): \(line)") }
    }
  }

  @Test func emptyListingSaysSo() throws {
    let empty = Listing(columns: Self.listing.columns, rows: [[ListingCell]]())
    #expect(try Golden.text { try empty.writeTable(language: .english, to: $0) } == "Nothing matches.\n")
    #expect(try Golden.text { try empty.writeJSON(to: $0) } == "[]\n")
    #expect(
      try Golden.text { try empty.writeCSV(hasByteOrderMark: true, to: $0) }
        == "\u{FEFF}id,number,audience,name,lead,due,roles,partial\r\n")
  }

  @Test(arguments: Language.allCases)
  func matters(_ language: Language) throws {
    for matter in Sample.catalog.matters {
      let id = Sample.catalog.id(matter)
      try Golden.check("matter-\(id).\(language.rawValue).txt") {
        try MatterPage.writeText(matter, in: Sample.catalog, language: language, to: $0)
      }
    }
    let matter = try #require(Sample.catalog.matter(id: "2-042"))
    try Golden.check("matter-2-042.\(language.rawValue).json") {
      try MatterPage.writeJSON(matter, in: Sample.catalog, language: language, to: $0)
    }
  }

  @Test(arguments: Language.allCases)
  func ruleBook(_ language: Language) throws {
    try Golden.check("rules.\(language.rawValue).md") {
      try RuleBookPages.writeMarkdown(language: language, rules: Sample.rules, to: $0)
    }
    try Golden.check("rules.\(language.rawValue).txt") {
      try RuleBookPages.listing(Sample.rules).writeTable(language: language, to: $0)
    }
    for rule in Sample.rules {
      try Golden.check("rule-\(rule.id).\(language.rawValue).txt") {
        try RuleBookPages.writeText(rule, language: language, to: $0)
      }
    }
  }

  /// The pages in `docs/` say what the rules say now.
  @Test(arguments: [("docs/rules.md", Language.english), ("docs/rules.zh-CN.md", Language.chinese)])
  func documentedRuleBookIsUpToDate(_ path: String, _ language: Language) throws {
    let made = try Golden.bytes { try RuleBookPages.writeMarkdown(language: language, to: $0) }
    try GoldenFiles(".").check(made, path)
  }
}

/// Reports judged by others than ourselves.
@Suite struct JudgedTests {
  static let hostile: [Finding] = [
    "\u{0}\u{1}\u{8}\u{1B}]0;title\u{7}\u{9B}2J", "\"'<>&]]>", "% %0A\r\n::error::x", "\u{202E}txt\u{2066}",
    "\\\\\"\\u0000",
    "\u{FFFE}\u{FFFF}\u{10FFFF}", "| tab\t`code` *bold* ---", "\u{2028}\u{2029}\u{85}", "e\u{301}葛\u{E0100}😀", "",
  ].map { text in
    Finding(
      rule: "stray-space", severity: .error, subject: text, matter: text, item: text,
      location: Location(file: "dir/\(text).csv", line: 1, column: 2, length: 3, excerpt: text),
      message: LocalizedText(zh: text, en: text), fix: LocalizedText(zh: text, en: text),
      related: [
        Related(
          matter: text, item: text, location: Location(file: text, line: 1), message: LocalizedText(zh: text, en: text))
      ],
      waiver: nil)
  }

  static let validations = [Sample.validation, Sample.validation([]), Sample.validation(hostile)]

  @Test func jsonIsJSON() throws {
    for validation in Self.validations {
      for isPretty in [true, false] {
        let bytes = try Golden.bytes {
          try FindingsJSON.write(validation, language: .chinese, isPretty: isPretty, to: $0)
        }
        let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let findings = try #require(object["findings"] as? [[String: Any]])
        #expect(findings.count == validation.findings.count)
        for (written, finding) in zip(findings, validation.findings) {
          let message = try #require(written["message"] as? String)
          #expect(message.unicodeScalars.elementsEqual(finding.message.zh.unicodeScalars))
        }
        _ = try JSONSerialization.jsonObject(
          with: Data(
            Golden.bytes {
              try FindingsSARIF.write(
                validation, language: .english, version: "1", rules: Sample.rules, isPretty: isPretty, to: $0)
            }))
      }
    }
  }

  @Test func jsonKeysStandInTheOrderOfTheContract() throws {
    let text = try Golden.text {
      try FindingsJSON.write(Sample.validation, language: .chinese, isPretty: false, to: $0)
    }
    func isInOrder(_ keys: [String]) -> Bool {
      var rest = text[...]
      for key in keys {
        guard let range = rest.range(of: "\"\(key)\": ") else { return false }
        rest = rest[range.upperBound...]
      }
      return true
    }
    #expect(
      isInOrder([
        "catalog", "asOf", "findings", "rule", "severity", "matter", "item", "file", "line", "column", "message",
        "waived", "related",
      ]))
    #expect(isInOrder(["summary", "matters", "items", "errors", "warnings", "notes", "waived"]))
  }

  @Test(.enabled(if: Tools.hasPackage("jsonschema"), "needs jsonschema in .tools/venv"))
  func jsonFitsItsSchema() throws {
    let schema = Golden.root.appending(path: "schemas/findings.schema.json").path()
    for validation in [Sample.validation, Sample.validation([]), Sample.validation(Self.hostile)] {
      try Tools.judge(
        Golden.bytes { try FindingsJSON.write(validation, language: .english, to: $0) }, script: Tools.schemaScript,
        schema)
    }
  }

  /// What holds whether or not the schema is at hand.
  @Test func sarifHangsTogether() throws {
    for validation in Self.validations {
      let bytes = try Golden.bytes {
        try FindingsSARIF.write(validation, language: .english, version: "1.0.0", rules: Sample.rules, to: $0)
      }
      let log = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
      let run = try #require((log["runs"] as? [[String: Any]])?.first)
      let results = try #require(run["results"] as? [[String: Any]])
      let driver = try #require((run["tool"] as? [String: [String: Any]])?["driver"])
      let rules = try #require(driver["rules"] as? [[String: Any]])
      #expect(rules.count == Sample.rules.count)
      #expect(results.count == validation.findings.count)
      for (result, finding) in zip(results, validation.findings) {
        let index = try #require(result["ruleIndex"] as? Int)
        #expect(rules[index]["id"] as? String == finding.rule)
        #expect((result["suppressions"] as? [Any])?.isEmpty == !finding.isWaived)
        for location in result["locations"] as? [[String: Any]] ?? [] {
          guard let position = location["physicalLocation"] as? [String: [String: Any]] else { continue }
          let uri = try #require(position["artifactLocation"]?["uri"] as? String)
          #expect(uri.removingPercentEncoding == finding.location?.file)
          #expect(uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        }
      }
    }
  }

  /// The schema can be installed from nowhere, so that its absence is no skip: put it into `.tools`, and it judges.
  @Test(.enabled(if: Tools.hasPackage("jsonschema"), "needs jsonschema in .tools/venv"))
  func sarifFitsTheSchemaOfOASIS() throws {
    guard Tools.isThere(Tools.sarifSchema) else { return }
    for validation in Self.validations + [Sample.validation([Sample.findings[0]], isUnreadable: true)] {
      for language in Language.allCases {
        try Tools.judge(
          Golden.bytes {
            try FindingsSARIF.write(validation, language: language, version: "1.0.0", rules: Sample.rules, to: $0)
          }, script: Tools.schemaScript, Tools.sarifSchema.path())
      }
    }
  }

  @Test(.enabled(if: Tools.hasPackage("junitparser"), "needs junitparser in .tools/venv"))
  func junitIsReadByACommonReader() throws {
    let script = """
      import sys, junitparser
      report = junitparser.JUnitXml.fromfile(sys.argv[1])
      written = (report.tests, report.failures, report.skipped)
      report.update_statistics()
      print(written, (report.tests, report.failures, report.skipped), [suite.name for suite in report])
      assert written == (report.tests, report.failures, report.skipped)
      assert report.failures == int(sys.argv[2]) and report.skipped == int(sys.argv[3])
      """
    let expected = [("5", "3"), ("0", "0"), ("10", "0")]
    for (validation, (failures, skipped)) in zip(Self.validations, expected) {
      try Tools.judge(
        Golden.bytes { try FindingsJUnit.write(validation, language: .chinese, rules: Sample.rules, to: $0) },
        script: script, failures, skipped)
    }
  }

  /// Nothing that a terminal obeys comes out of a catalog.
  @Test func textObeysNobody() throws {
    for language in Language.allCases {
      let reports = try [
        Golden.text { try FindingsText.write(Sample.validation(Self.hostile), language: language, to: $0) },
        Golden.text { try FindingsGitHub.write(Sample.validation(Self.hostile), language: language, to: $0) },
        Golden.text { try FindingsJUnit.write(Sample.validation(Self.hostile), language: language, to: $0) },
        Golden.text { try FindingsJSON.write(Sample.validation(Self.hostile), language: language, to: $0) },
      ]
      for report in reports {
        for scalar in report.unicodeScalars where scalar != "\n" {
          let category = scalar.properties.generalCategory
          #expect(category != .control && scalar.value != 0x202E, "U+\(String(scalar.value, radix: 16))")
        }
      }
      for line in reports[1].split(separator: "\n") {
        #expect(line.hasPrefix("::error file=dir/") || line.hasPrefix("::notice title=OneVisit::"), "\(line)")
      }
    }
  }

  @Test func githubIsNeverFlooded() throws {
    let many = (0..<5000).map { number in
      Sample.finding(
        "name-variant", [.error, .warning, .note][number % 3], subject: "\(number)", zh: "第\(number)个",
        en: "number \(number)")
    }
    let lines = try Golden.text {
      try FindingsGitHub.write(Sample.validation(many), language: .english, to: $0)
    }.split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("::error ") }.count == 10)
    #expect(lines.filter { $0.hasPrefix("::warning ") }.count == 10)
    #expect(lines.filter { $0.hasPrefix("::notice ") }.count == 10)
    #expect(lines.last?.contains("4971 more are not listed") == true)
  }

  @Test func veryLongLinesAreShownAsAWindow() throws {
    let line = String(repeating: "长行\u{1B},", count: 2_500_000)
    let finding = Sample.finding(
      "stray-space", .error, subject: "x",
      at: Location(file: "a.csv", line: 1, column: 6_000_000, length: 9_000, excerpt: line),
      zh: line, en: line)
    let text = try Golden.text {
      try FindingsText.write(Sample.validation([finding]), language: .chinese, to: $0)
    }
    #expect(text.utf8.count < 5000)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("    |") }
    #expect(rows.count == 2)
    for row in rows { #expect(DisplayWidth.of(row) <= 100, "\(row)") }
  }

  @Test func fingerprintsStayWhenRowsMove() throws {
    func prints(_ findings: [Finding], _ language: Language) throws -> [String] {
      let text = try Golden.text {
        try FindingsSARIF.write(
          Sample.validation(findings), language: language, version: "1", rules: Sample.rules, to: $0)
      }
      return text.split(separator: "\n").filter { $0.contains("onevisitFinding/v1") }.map(String.init)
    }
    let moved = Sample.findings.map { finding in
      var finding = finding
      let line = finding.location?.line ?? 0
      finding.location?.line = line + 7
      return finding
    }
    let first = try prints(Sample.findings, .chinese)
    #expect(try prints(moved, .english) == first)
    #expect(Set(first).count == first.count)
  }
}

import AtomicFiles
import Catalog
import Deadlines
import Interchange
import Localization
import Testing

@testable import Reports
@testable import Validator

/// HTML pages: their structure against golden files, and texts that would be markup elsewhere.
@Suite struct PageTests {
  /// A page without its style sheet and its script, which golden files do not hold.
  private func structure(of page: [UInt8]) -> [UInt8] {
    var text = String(decoding: page, as: UTF8.self)
    for (start, end) in [("<style>", "</style>"), ("<script>", "</script>")] {
      guard let from = text.firstRange(of: start), let to = text.firstRange(of: end) else { continue }
      text.removeSubrange(from.upperBound..<to.lowerBound)
    }
    return Array(text.utf8)
  }

  private func check(_ name: String, _ language: Language, _ write: (ByteWriter) throws -> Void) throws {
    let page = structure(of: try Golden.bytes(write))
    try Golden.check("page-\(name).\(language.rawValue).html") { try $0.append(page) }
  }

  @Test(arguments: Language.allCases)
  func findings(_ language: Language) throws {
    try check("findings", language) {
      try FindingsPage(
        Sample.validation, of: Sample.catalog, language: language, showsWaived: true, rules: Sample.rules
      ).write(to: $0)
    }
    try check("findings-none", language) {
      try FindingsPage(Sample.validation([]), of: Sample.catalog, language: language).write(to: $0)
    }
  }

  @Test(arguments: Language.allCases)
  func matter(_ language: Language) throws {
    for id in ["2-042", "2-081"] {
      let matter = try #require(Sample.catalog.matter(id: id))
      try check("matter-\(id)", language) {
        try MatterPage.writeHTML(matter, in: Sample.catalog, language: language, to: $0)
      }
    }
  }

  @Test(arguments: Language.allCases)
  func deadlines(_ language: Language) throws {
    let board = DeadlineBoard(Sample.catalog, on: Sample.day)
    for (name, grouping) in [("matter", DeadlinesPage.Grouping.matter), ("lead", .lead), ("day", .day)] {
      try check("deadlines-\(name)", language) {
        try DeadlinesPage(board, of: Sample.catalog, language: language, to: $0).write(by: grouping)
      }
    }
    let work = try #require(DepartmentWork(Worklist(Sample.catalog, on: Sample.day, department: 0)))
    try check("worklist", language) { try WorklistPage(work, language: language, to: $0).write() }
  }

  @Test(arguments: Language.allCases)
  func comparison(_ language: Language) throws {
    let comparison = CatalogComparison(from: Sample.catalog, to: try changed(), limit: .max)
    try check("comparison", language) { try ComparisonPage.write(comparison, language: language, to: $0) }
  }

  /// The sample with a matter changed, one removed, and an item removed.
  private func changed() throws -> Catalog {
    func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
    return FolderReader.read(
      named: "edited",
      files: [
        "matters.csv": bytes(
          """
          id,list,number,audience,name,lead,deadline,remark,includes,placeholder
          1-001,first,1,individual,新生儿出生,市卫健委,2022年12月31日,,,
          2-037,second,37,enterprise,我要开<饭店>,市场监管部门,2023年12月底,以下场景均包含,,
          2-042,second,42,enterprise,我要开熟食店,市场监管部门/行政审批部门,2023年6月底,,2-037,

          """),
        "items.csv": bytes(
          """
          matter,number,name,responsible,shared
          1-001,1,开具出生医学证明,卫健部门,
          2-037,1,企业设立登记,市场监管部门、行政审批部门,yes
          2-042,1,食品经营许可证/小餐饮小食杂店食品经营登记,市场监管部门,

          """),
      ])
  }

  // MARK: The verdict

  @Test func verdictFollowsTheCounts() throws {
    func verdict(_ severities: [Severity], isUnreadable: Bool = false, failsOnWarnings: Bool = false) throws -> String {
      let findings = severities.enumerated().map { index, severity in
        Sample.finding("x", severity, subject: "\(index)", zh: "", en: "")
      }
      let page = try Golden.text {
        try FindingsPage(
          Sample.validation(findings, isUnreadable: isUnreadable), of: Sample.catalog, language: .english,
          failsOnWarnings: failsOnWarnings
        ).write(to: $0)
      }
      let start = try #require(page.firstRange(of: "<h2 id=\"verdict\">"))
      let end = try #require(page[start.upperBound...].firstRange(of: "</h2>"))
      return String(page[start.upperBound..<end.lowerBound])
    }
    #expect(try verdict([]) == "The check passes: nothing found")
    #expect(try verdict([.note, .note]) == "The check passes, with 2 notes")
    #expect(try verdict([.note, .warning]) == "The check passes, with 1 warning")
    #expect(
      try verdict([.note, .warning], failsOnWarnings: true)
        == "The check fails: 1 warning (warnings fail this check too)")
    #expect(try verdict([.note], failsOnWarnings: true) == "The check passes, with 1 note")
    #expect(try verdict([.warning, .error, .error], failsOnWarnings: true) == "The check fails: 2 errors")
    #expect(try verdict([.error], isUnreadable: true) == "This cannot be read as a catalog")
  }

  @Test func aLongReportListsSomeOfEachRule() throws {
    let findings = (0..<500).map { index in
      Sample.finding(
        index % 100 == 0 ? "rare" : index % 3 == 0 ? "more" : "most", .note, subject: "\(index)", zh: "", en: "")
    }
    let validation = Sample.validation(findings)
    func page(_ limit: Int) -> FindingsPage {
      FindingsPage(validation, of: Sample.catalog, language: .english, limit: limit)
    }
    let content = page(60).content
    #expect(content.count <= 60 && content.count > 50)
    #expect(content.listed["rare"] == 5 && content.omitted["rare"] == nil)
    #expect(content.listed["more"] == content.listed["most"])
    #expect(content.count + content.left == 500)
    #expect(page(500).content.left == 0 && page(.max).content.count == 500)
    let text = try Golden.text { try page(60).write(to: $0) }
    #expect(text.contains("\(content.left) more are only counted"))
    #expect(text.contains("--max-findings 0 lists all"))
  }

  @Test func filtersHaveAnEnd() throws {
    let findings = (0..<300).map { Sample.finding("rule-\($0)", .note, subject: "", zh: "", en: "") }
    let page = FindingsPage(Sample.validation(findings), of: Sample.catalog, language: .english)
    #expect(page.content.filters.values(.rule).count == 120 && page.content.filters.values(.severity).count == 1)
    #expect(page.content.count == 300)
  }

  // MARK: Texts

  @Test func textsAreNeverMarkup() throws {
    let texts = [
      "<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "]]>", "</style>", "&amp;", "<!--", "a\u{0}b",
      "\u{202E}abc", "𠮷😀", "x\u{FFFE}",
    ]
    for text in texts {
      let written = try Golden.text { writer in
        let html = HTMLWriter(to: writer, language: .english)
        try html.inline("p", ["title": text]) { try html.data(text) }
      }
      let inner = written.replacing("<p title=\"", with: "").replacing("\"><bdi lang=\"zh\">", with: "")
        .replacing("</bdi></p>", with: "")
      #expect(!inner.contains("<") && !inner.contains("\"") && !inner.contains(">"), "\(written)")
      #expect(!written.unicodeScalars.contains { VisibleText.isHidden($0) }, "\(written)")
    }
    #expect(
      try Golden.text { try HTMLWriter(to: $0, language: .chinese).inline("b", ["hidden": "", "id": nil], "a&b <𠮷>") }
        == "<b hidden>a&amp;b &lt;𠮷&gt;</b>")
  }

  /// Random texts of the characters that matter, in every text of a finding: the page has as many tags as without them.
  @Test func randomTextsLeaveTheStructure() throws {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("<>&\"'/!-]=` abscript\n\u{202E}\u{0}中𠮷")
    func page(_ text: String) throws -> Int {
      var finding = Sample.finding(
        "csv-syntax", .error, subject: text, matter: "2-042",
        at: Location(file: "f" + text, line: 1, column: 2, length: 2, excerpt: "x" + text), zh: "m" + text,
        en: "m" + text,
        related: [Related(matter: "r" + text)])
      finding.fix = LocalizedText(zh: "f" + text, en: "f" + text)
      let page = try Golden.bytes {
        try FindingsPage(Sample.validation([finding]), of: Sample.catalog, language: .chinese, rules: Sample.rules)
          .write(
            to: $0)
      }
      return structure(of: page).count { $0 == UInt8(ascii: "<") }
    }
    let plain = try page("abcd")
    for _ in 0..<100 {
      let text = String((0..<Int.random(in: 3...12)).compactMap { _ in alphabet.randomElement(using: &random) })
      #expect(try page(text) == plain, "\(text.debugDescription)")
    }
  }

  @Test func excerptsAreCutAroundTheMark() {
    let excerpt = MarkedExcerpt("2-001,second,名称", column: 7, length: 6)
    #expect(excerpt.before == "2-001," && excerpt.marked == "second" && excerpt.after == ",名称")
    #expect(MarkedExcerpt("abc", column: nil, length: nil).before == "abc")
    let end = MarkedExcerpt("abc", column: 4, length: 9)
    #expect(end.before == "abc" && end.marked.isEmpty && end.after.isEmpty)
    #expect(MarkedExcerpt("abc", column: 99, length: nil).before == "abc")
    let long = MarkedExcerpt(String(repeating: "长", count: 5000), column: 2500, length: 1000)
    #expect(long.before.hasPrefix("…") && long.marked.hasSuffix("…") && long.after.hasSuffix("…"))
    #expect([long.before, long.marked, long.after].allSatisfy { $0.count < 310 })
  }

  // MARK: Pictures

  @Test func periodsOfATimeScale() throws {
    func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }
    #expect(TimeScale([], today: try day("2023-01-01")) == nil)
    let months = try #require(TimeScale([try day("2022-12-31"), try day("2023-12-31")], today: try day("2023-01-15")))
    #expect(months.count == 13 && months.label(of: 0) == "2022-12" && months.label(of: 12) == "2023-12")
    #expect(months.period(of: try day("2023-06-30")) == 6)
    let position = try #require(months.positionOfToday)
    #expect(position > 1 && position < 2)
    let far = try #require(TimeScale([try day("2022-12-31"), try day("2023-12-31")], today: try day("2026-11-30")))
    #expect(far.count == 13 && far.positionOfToday == nil)
    let years = try #require(TimeScale([.earliest, .latest], today: try day("2023-01-01")))
    #expect(years.count <= 16 && years.period(of: .latest) < years.count && years.period(of: .earliest) == 0)
    let quarters = try #require(
      TimeScale([try day("2022-12-31"), try day("2025-03-01")], today: try day("2023-01-01")))
    #expect(quarters.label(of: 0) == "2022 Q4")
  }
}

import Catalog
import Testing
import Validator

@Suite struct IdentityTests {
  @Test func shippedCatalog() throws {
    #expect(try Shipped.subjects("duplicate-id") == [])
    #expect(try Shipped.subjects("misplaced-id") == [])
    #expect(try Shipped.subjects("number-gap") == [])
    #expect(try Shipped.subjects("count-mismatch") == [])
    #expect(try Shipped.subjects("audience-mismatch") == ["1-009", "1-010", "1-011"])
    #expect(try Shipped.subjects("duplicate-matter-name") == ["2-183", "2-218"])
    #expect(try Shipped.subjects("conflicting-deadlines") == ["2-183", "2-218"])
  }

  @Test func matterDroppedFromTheMiddleIsToldByItsNumber() throws {
    var edited = EditedCatalog()
    edited.lines(of: "matters.csv") { $0.removeAll { $0.hasPrefix("2-011,") } }
    edited.lines(of: "items.csv") { $0.removeAll { $0.hasPrefix("2-011,") } }
    let news = try edited.news().filter { !$0.hasPrefix("unused-") }
    #expect(news == ["number-gap 2-012"])
    #expect(try edited.findings("number-gap").first?.message.zh.contains("2-011") == true)
  }

  @Test func matterDroppedWithItsItemsLeftBehind() throws {
    var edited = EditedCatalog()
    edited.lines(of: "matters.csv") { $0.removeAll { $0.hasPrefix("2-003,") } }
    #expect(try edited.news() == ["number-gap 2-004", "orphan-item 2-003.1", "orphan-item 2-003.2"])
  }

  @Test func matterDroppedFromTheEndIsToldByTheCount() throws {
    var edited = EditedCatalog()
    edited.lines(of: "matters.csv") { $0.removeAll { $0.hasPrefix("2-230,") } }
    edited.lines(of: "items.csv") { $0.removeAll { $0.hasPrefix("2-230,") } }
    let news = try edited.news().filter { !$0.hasPrefix("unused-") }
    #expect(news == ["count-mismatch second"])
  }

  @Test func runOfMattersDropped() throws {
    var edited = EditedCatalog()
    edited.lines(of: "matters.csv") { $0.removeAll { $0 >= "2-100," && $0 < "2-106," } }
    edited.lines(of: "items.csv") { $0.removeAll { $0 >= "2-100," && $0 < "2-106," } }
    let findings = try edited.findings("number-gap")
    #expect(findings.map(\.subject) == ["2-106"])
    #expect(findings.first?.message.en.contains("2-100 to 2-105 (6 numbers)") == true)
    #expect(try edited.findings("count-mismatch").isEmpty)
  }

  @Test func matterAddedAtTheEnd() throws {
    var edited = EditedCatalog()
    edited.lines(of: "matters.csv") {
      $0.append("2-231,second,231,enterprise,我要开书吧,市场监管部门/行政审批部门,2023年12月底,,2-137,,,,,")
    }
    #expect(try edited.news().filter { !$0.hasPrefix("general-lead") } == ["count-mismatch second"])
  }

  @Test func numberDoubled() throws {
    // The number alone: the id still has it.
    var edited = EditedCatalog()
    try edited.replace("2-005,second,5,", with: "2-005,second,4,", in: "matters.csv")
    #expect(try edited.news() == ["misplaced-id 2-005"])

    // The id alone: the number still has it, and its items are not reported one by one.
    edited = EditedCatalog()
    try edited.replace("2-005,second,5,", with: "2-004,second,5,", in: "matters.csv")
    let news = try edited.news()
    #expect(news.first == "duplicate-id 2-004")
    #expect(!news.contains { $0.hasPrefix("orphan") || $0.hasPrefix("number-gap") || $0.hasPrefix("count") }, "\(news)")
    #expect(try edited.findings("duplicate-id").first?.message.en.contains("2-005") == true)

    // Of two, the one whose list and number contradict the id is wrong, even if it comes first.
    edited = EditedCatalog()
    try edited.replace("2-004,second,4,", with: "2-005,second,4,", in: "matters.csv")
    #expect(try edited.findings("duplicate-id").first?.location?.line == 16)

    // Both.
    edited = EditedCatalog()
    try edited.replace("2-005,second,5,", with: "2-004,second,4,", in: "matters.csv")
    #expect(
      try edited.news().filter { $0.hasPrefix("number-gap") || $0.hasPrefix("count") || $0.hasPrefix("orphan") } == [])
  }

  @Test func rowCopied() throws {
    var edited = EditedCatalog()
    edited.lines(of: "matters.csv") { $0.append($0[20]) }
    #expect(try edited.news() == ["duplicate-id 2-009"])
  }

  @Test func rowsSortedOtherwise() throws {
    var edited = EditedCatalog()
    for name in ["matters.csv", "items.csv"] {
      edited.lines(of: name) { $0 = [$0[0]] + $0.dropFirst().reversed() }
    }
    let own = Set((RuleBook.identity + RuleBook.references).map(\.id))
    #expect(try edited.news().filter { own.contains(String($0.prefix { $0 != " " })) } == [])
  }

  @Test func itemsOfAMatter() throws {
    var edited = EditedCatalog()
    edited.lines(of: "items.csv") { $0.removeAll { $0.hasPrefix("2-002,2,") } }
    #expect(try edited.news().filter { !$0.hasPrefix("unused-") } == ["number-gap 2-002.3"])

    edited = EditedCatalog()
    try edited.replace("2-002,3,", with: "2-002,2,", in: "items.csv")
    #expect(try edited.news() == ["duplicate-id 2-002.2"])

    edited = EditedCatalog()
    try edited.replace("2-002,3,", with: "2-002,x,", in: "items.csv")
    #expect(try edited.news() == ["malformed-value 2-002.?"])
  }

  @Test func emptyIDIsToldOnce() throws {
    var edited = EditedCatalog()
    try edited.replace("\n2-004,second,4,", with: "\n,second,4,", in: "matters.csv")
    let news = try edited.news()
    #expect(news.first == "missing-value matters")
    #expect(!news.contains { $0.hasPrefix("orphan") || $0.hasPrefix("number-gap") || $0.hasPrefix("count") }, "\(news)")
  }
}

import Catalog
import Platform
import Testing
import Validator

@Suite struct ReferencesTests {
  @Test func shippedCatalog() throws {
    for rule in RuleBook.references where rule.severity != .note {
      #expect(try Shipped.subjects(rule.id) == [], "\(rule.id)")
    }
    #expect(try Shipped.subjects("unused-department") == ["government-services", "digital-economy-centre"])
    #expect(try Shipped.subjects("unused-approval") == [])
  }

  @Test func renamedDepartmentNamesEveryRowThatStillHasTheOldOne() throws {
    var edited = EditedCatalog()
    try edited.replace("市卫健委,市卫生健康委员会", with: "市卫生健康委员会办公室,", in: "departments.csv")
    let news = try edited.news()
    #expect(news == ["unknown-department 1-001", "unknown-department 2-007"])

    // With the old name as an alias nothing is new.
    edited = EditedCatalog()
    try edited.replace("市卫健委,市卫生健康委员会,卫健部门,", with: "市卫生健康局,市卫生健康委员会,卫健部门,市卫健委;", in: "departments.csv")
    #expect(try edited.news().filter { $0.hasPrefix("unknown") } == [])
  }

  @Test func itemOfAMistypedMatterIsToldOnce() throws {
    var edited = EditedCatalog()
    try edited.replace("2-002,2,", with: "2-0002,2,", in: "items.csv")
    #expect(try edited.news() == ["orphan-item 2-0002.2"])
    #expect(try edited.findings("orphan-item").first?.message.zh.contains("“2-002”") == true)
  }

  @Test func mistypedOnlyMentionIsNoUnusedEntryToo() throws {
    var edited = EditedCatalog()
    try edited.replace("卫健部门、医院", with: "卫健部门、医员", in: "items.csv")
    try edited.replace("残疾评定", with: "残疾平定", in: "items.csv")
    #expect(try edited.news() == ["unknown-approval 1-005.1", "unknown-department 1-005.1"])
  }

  @Test func includes() throws {
    var edited = EditedCatalog()
    edited.lines(of: "matters.csv") { lines in
      lines = lines.map { line in
        var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        if cells[0] == "2-038" { cells[8] = "2-73" }
        if cells[0] == "2-037" { cells[8] = "2-040" }
        if cells[0] == "2-041" { cells[8] = "2-036" }
        return cells.joined(separator: ",")
      }
    }
    #expect(try edited.findings("sharing-cycle").map(\.subject) == ["2-037"])
    #expect(try edited.findings("sharing-cycle").first?.message.en.contains("2-037 → 2-040 → 2-037") == true)
    #expect(try edited.findings("nothing-shared").map(\.subject) == ["2-041"])
    // 2-73 is 2-073, which shares nothing either, but is not the id as it is written.
    #expect(try edited.findings("unknown-matter").map(\.subject) == ["2-038"])
    #expect(try edited.findings("unknown-matter").first?.message.en.contains("“2-073”") == true)
  }

  @Test func nearestNamesAmongMany() {
    var names = (0..<20_000).map { "事项第\($0)号登记" }
    names += ["食品经营许可证", "公共场所卫生许可", "市公安局"]
    let index = NearestName(names)
    #expect(index.nearest(to: "食品经营许可") == "食品经营许可证")
    #expect(index.nearest(to: "食品营经许可证") == "食品经营许可证")
    #expect(index.nearest(to: "公共场所卫生许可核发") == "公共场所卫生许可")
    #expect(index.nearest(to: "市公按局") == "市公安局")
    #expect(index.nearest(to: "（毫不相干）") == nil)
    #expect(index.nearest(to: "") == nil)
    // Processor time, in microseconds: other programs may hold this one up.
    let start = clock()
    for number in 0..<20_000 { _ = index.nearest(to: "事项第\(number)号登计") }
    #expect(clock() - start < 60_000_000)
  }

  @Test func nearestMatterIDs() {
    let catalog = Shipped.catalog
    #expect(catalog.nearestMatterID(to: "2-37") == "2-037")
    #expect(catalog.nearestMatterID(to: "２－０３７") == "2-037")
    #expect(catalog.nearestMatterID(to: "2_037") == "2-037")
    #expect(catalog.nearestMatterID(to: "20-37") == "2-037")
    #expect(catalog.nearestMatterID(to: "2-231") == "2-230")
    #expect(catalog.nearestMatterID(to: "x") == nil)
    #expect(catalog.nearestMatterID(to: "") == nil)
  }

  @Test func registerEntryThatIsThereTwiceIsToldByItsID() throws {
    var edited = EditedCatalog()
    edited.lines(of: "departments.csv") { $0.append($0[3]) }
    #expect(try edited.news().filter { !$0.hasPrefix("unused-") } == ["duplicate-id public-security"])
  }
}

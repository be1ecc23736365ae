import Foundation
import TestSupport
import Testing

/// `onevisit compare-lists`.
@Suite struct CompareListsCommandTests {
  /// The shipped catalog with a county's list of three matters, two of which the city has.
  private func catalog() throws -> CatalogFolder {
    let catalog = try CatalogFolder()
    try catalog.append("lianxi,濂溪区,county,jiujiang", to: "regions.csv")
    try catalog.append("county,3,jiujiang-128-2022,,濂溪区清单,3,,完成时限,,,,,,,lianxi", to: "lists.csv")
    try catalog.append(
      "3-001,county,1,individual,新生儿出生,市卫健委,2023年6月底,,,,,,,", "3-002,county,2,individual,茶园托管,市农业农村局,2023年6月底,,,,,,,",
      "3-003,county,3,individual,失业,市人社局,2023年6月底,,,,,,,", to: "matters.csv")
    return catalog
  }

  @Test func whatIsNotTakenUpAndWhatIsOwn() throws {
    let catalog = try catalog()
    let outcome = try catalog.run("compare-lists", "--format", "json")
    #expect(outcome.status == 0)
    let rows = try outcome.json().elements
    #expect(rows.filter { $0["status"]?.text == "not-taken-up" }.count == 239)
    let own = try #require(rows.first { $0["status"]?.text == "own" })
    #expect(own["region"]?.text == "濂溪区" && own["above"]?.text == "九江市")
    #expect(own["lower"]?.text == "3-002" && own["name"]?.text == "茶园托管" && own["lower_deadline"]?.text == "2023年6月底")
    #expect(!rows.contains { $0["status"]?.text == "taken-up" })
    let all = try catalog.run("compare-lists", "濂溪区", "--all", "--format", "csv", "--language", "zh")
    #expect(
      all.output.contains("濂溪区,九江市,taken-up,1-001,3-001,新生儿出生,2022年12月底,2023年6月底\r\n"), "\(all.output.prefix(300))")
    #expect(all.errors.contains("濂溪区：九江市的 241 件事已承接 2 件，未承接 239 件；另有自己提出的 1 件。"))
  }

  @Test func listsAndRegionsByName() throws {
    let catalog = try catalog()
    let lists = try catalog.run("compare-lists", "county", "first", "--language", "en")
    #expect(lists.errors.contains("county: of the 11 matters of first, 1 taken up and 10 not; 2 of its own."))
    #expect(try catalog.run("compare-lists", "county", "--language", "en").errors.contains("of the 241 matters of 九江市"))
    for wrong in [["nowhere"], ["county", "nowhere"], ["江西省"], ["九江市"]] {
      let outcome = try Program.run(Program.onevisit, ["compare-lists"] + wrong, in: catalog.folder)
      #expect(outcome.status == 64 && outcome.output.isEmpty && !outcome.errors.isEmpty, "\(wrong)")
    }
  }

  @Test func aNameThatIsNeitherListNorRegion() throws {
    let catalog = try catalog()
    let outcome = try catalog.run("compare-lists", "nowhere", "--language", "en")
    #expect(
      outcome.errors.contains("there is no region or list “nowhere”. Lists: first, second, county. Regions: "),
      "\(outcome.errors)")
    #expect(outcome.errors.contains("濂溪区"))
    let chinese = try catalog.run("compare-lists", "nowhere", "--language", "zh")
    #expect(chinese.errors.contains("没有叫“nowhere”的地区或清单。清单：first、second、county。地区："), "\(chinese.errors)")
  }

  /// A catalog of one level: nothing to compare, and nothing wrong.
  @Test func oneLevel() throws {
    let outcome = try CatalogFolder().run("compare-lists", "--format", "json", "--language", "zh")
    #expect(outcome.status == 0 && outcome.errors.contains("没有可对照的上下级清单"))
    #expect(try outcome.json().elements.isEmpty)
  }

  /// The county's matters and the city's are not compared by the rules: no duplicate name, no conflicting deadline.
  @Test func theRulesDoNotMixLevels() throws {
    let before = try CatalogFolder.shipped.get()
    let (raised, _) = try catalog().validate().change(since: before)
    #expect(!raised.contains { ["duplicate-matter-name", "conflicting-deadlines"].contains($0.rule) }, "\(raised)")
    #expect(!raised.contains { $0.severity == "error" }, "\(raised.map(\.description))")
  }
}

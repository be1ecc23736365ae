import Catalog
import Deadlines
import Testing
import Validator

/// The rules of the groups "responsibility" and "wording", one at a time.
enum Findings {
  static func of(_ rule: String, in catalog: Catalog) throws -> [Finding] {
    let day = try #require(Day(iso: Example.usualDay))
    var options = ValidationOptions(day: day)
    options.only = [rule]
    options.appliesWaivers = false
    return Validation(catalog, options: options).findings
  }

  static func subjects(_ rule: String, in catalog: Catalog) throws -> [String] {
    try of(rule, in: catalog).map(\.subject)
  }

  static func of(_ rule: String, _ example: Example) throws -> [Finding] {
    try of(rule, in: try #require(example.catalog))
  }
}

@Suite struct ResponsibilityTests {
  static let shipped = FolderReader.builtIn()

  /// What the print of the notice itself gives rise to.
  @Test(arguments: [
    (
      "single-department", ["2-020", "2-035", "2-131", "2-132", "2-134", "2-135", "2-136"]
    ),
    ("lead-without-item", ["1-006", "2-221"]),
    ("unnamed-department", ["2-026", "2-027", "2-028"]),
    ("department-conflict", ["2-029.5"]),
    ("competence-mismatch", ["2-034.5"]),
    ("missing-alternative", ["2-137.1"]),
    ("no-approval", []),
    ("placeholder-mismatch", ["2-081"]),
    ("repeated-item", []),
    ("isolated-lead", ["2-136"]),
  ])
  func shippedCatalog(_ rule: String, _ subjects: [String]) throws {
    #expect(try Findings.subjects(rule, in: Self.shipped) == subjects)
  }

  @Test func shippedGeneralLeads() throws {
    let subjects = try Findings.subjects("general-lead", in: Self.shipped)
    #expect(subjects == (26...230).map { $0 < 100 ? "2-0\($0)" : "2-\($0)" })
  }

  // MARK: No echoes

  /// An unknown department is reported as unknown, not as missing.
  @Test(arguments: ["single-department", "lead-without-item", "department-conflict", "competence-mismatch"])
  func unknownDepartments(_ rule: String) throws {
    let example = Example(
      matters: [
        "2-020,second,20,individual,生育保险报销,市医保局,2023年12月底", "2-021,second,21,individual,落户,市不存在局,2023年12月底",
        "2-022,second,22,individual,收养孩子,市民政局,2023年12月底",
      ],
      items: [
        "2-020,1,生产医疗费用报销,医保部们", "2-020,2,生育津贴报销,医保部门", "2-021,1,求职登记,人社部门", "2-021,2,收养登记,人社局们",
        "2-022,1,收养登记,民政部门",
      ])
    let found = try Findings.of(rule, example).map(\.subject)
    #expect(found == (rule == "single-department" ? ["2-022"] : []))
  }

  /// A matter that includes one that is not there, or shares nothing, may need more than is known.
  @Test(arguments: ["single-department", "lead-without-item", "no-approval"])
  func brokenSharing(_ rule: String) throws {
    let example = Example(
      matters: [
        "2-037,second,37,enterprise,我要开饭店,市场监管部门,2022年12月底,,,",
        "2-038,second,38,enterprise,我要开小餐饮,市场监管部门,2022年12月底,,2-037,",
        "2-039,second,39,enterprise,我要开食品小作坊,行政审批部门,2022年12月底,,2-999,",
        "2-040,second,40,enterprise,我要开茶楼,市场监管部门,2022年12月底,,2-999,",
      ],
      items: [
        "2-037,1,营业执照,市场监管部门,", "2-037,2,税务登记,税务部门,", "2-039,1,食品经营许可证,市场监管部门,",
      ])
    #expect(try Findings.of(rule, example).isEmpty)
  }

  /// The items of a matter whose id was changed are reported, and the matter is not.
  @Test func changedID() throws {
    let items = ["2-020,1,生产医疗费用报销,医保部门", "2-021,1,求职登记,人社部门", "2-022,1,收养登记,民政部门"]
    func matters(_ id: String) -> [String] {
      [
        "2-020,second,20,individual,生育保险报销,市医保局,2023年12月底", "\(id),second,21,individual,落户,市人社局,2023年12月底",
        "2-022,second,22,individual,收养孩子,市民政局,2023年12月底",
      ]
    }
    #expect(try Findings.of("no-approval", Example(matters: matters("2-0021"), items: items)).isEmpty)
    #expect(try Findings.of("no-approval", Example(matters: matters("2-021"), items: [items[0], items[2]])).count == 1)
  }

  @Test func missingItems() throws {
    let example = Example(files: [
      "matters.csv": "id,list,number,audience,name,lead,deadline\n2-020,second,20,individual,生育,市医保局,2023年12月底\n",
      "items.csv": "number,name,responsible\n1,生产医疗费用报销,医保部门\n",
    ])
    #expect(try Findings.of("no-approval", example).isEmpty)
  }

  /// A conflict in one approval is reported once, at the less frequent reading, with the other as related position.
  @Test func conflict() throws {
    let found = try Findings.of("department-conflict", in: Self.shipped)
    let fund = try #require(found.first { $0.subject == "2-029.5" })
    #expect(fund.related.map(\.item) == ["2-037.5"])
    #expect(fund.message.zh.contains("住建部门") && fund.message.zh.contains("公积金中心"))
  }

  @Test func unnamedOnce() throws {
    let found = try Findings.of("unnamed-department", in: Self.shipped)
    #expect(found.map(\.related.count) == [1, 4, 2])
    #expect(found.allSatisfy { $0.location?.file.hasSuffix("items.csv") == true })
  }

  /// A choice is one handler, and the one that every item has is enough.
  @Test(arguments: [
    (["市场监管部门/行政审批部门", "市场监管部门/行政审批部门"], true), (["市场监管部门/行政审批部门", "行政审批部门"], true),
    (["市场监管部门/行政审批部门", "公安部门/税务部门"], false), (["市场监管部门/行政审批部门", "公安部门"], false),
    (["市场监管部门/行政审批部门", "行政审批部门/公安部门", "公安部门/行政审批部门"], true), (["市场监管部门、行政审批部门"], false),
    (["市市场监管局", "市场监管部门"], true), (["市直相关部门"], false),
  ])
  func choices(_ departments: [String], _ isSingle: Bool) throws {
    let example = Example(
      matters: ["2-020,second,20,enterprise,某事,市场监管部门,2023年12月底"],
      items: departments.enumerated().map { "2-020,\($0.offset + 1),事项\($0.offset),\($0.element)" })
    #expect(try Findings.of("single-department", example).count == (isSingle ? 1 : 0))
  }
}

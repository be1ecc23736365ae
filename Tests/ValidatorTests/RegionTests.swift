import AtomicFiles
import Deadlines
import Testing
import Validator

@testable import Catalog

/// A city's list beside a county's list: names mean the departments of the list's own region, and the two are not compared
/// as if they were one list.
@Suite struct RegionTests {
  private static let tables: [TableKind: [String]] = [
    .regions: [
      "jiangxi,江西省,province,", "jiujiang,九江市,city,jiangxi", "county-a,甲县,county,jiujiang",
      "county-b,乙县,county,九江市",
    ],
    .lists: [
      "second,2,jiujiang-128-2022,附件2,市清单,2,,,,P1M,,,,,jiujiang", "a,3,jiujiang-128-2022,,甲县清单,2,,,,P1M,,,,,甲县",
    ],
    .departments: [
      "police,市公安局,,公安部门,,city-department,jiujiang", "health,市卫健委,,卫健部门,,city-department,jiujiang",
      "police-a,甲县公安局,,公安部门,,county-department,county-a", "police-b,乙县公安局,,公安部门,,county-department,county-b",
      "hospital,医院,,,,public-institution,",
    ],
    .approvals: ["household,户口登记,,registration,police", "birth,出生医学证明,,certificate,health"],
  ]

  private static func catalog(
    city: String = "2022年12月底", county: String = "2023年6月底", tables: [TableKind: [String]] = [:]
  ) throws -> Catalog {
    try #require(
      Example(
        matters: [
          "2-001,second,1,individual,新生儿出生,卫健部门,\(city)", "2-002,second,2,individual,养犬,公安部门,\(city)",
          "3-001,a,1,individual,新生儿出生,卫健部门,\(county)", "3-002,a,2,individual,户口登记,公安部门,\(county)",
        ],
        items: [
          "2-001,1,户口登记,公安部门", "2-001,2,出生医学证明,卫健部门、医院", "2-002,1,户口登记,公安部门", "3-001,1,户口登记,公安部门",
          "3-001,2,出生医学证明,卫健部门、医院", "3-002,1,户口登记,公安部门",
        ],
        tables: Self.tables.merging(tables) { $1 }
      ).catalog)
  }

  private static func rules(_ catalog: Catalog) throws -> [String] {
    var options = ValidationOptions(day: try #require(Day(iso: "2023-01-15")))
    options.skip = [
      "due-soon", "unrecorded-progress", "general-lead", "single-department", "short-notice", "lead-not-first",
    ]
    return Validation(catalog, options: options).findings.map { "\($0.rule) \($0.subject)" }
  }

  @Test func aNameMeansTheDepartmentOfTheListsRegion() throws {
    let catalog = try Self.catalog()
    #expect(catalog.issues.isEmpty)
    func leads(_ id: String) throws -> [String] {
      catalog.printedDepartments(try #require(catalog.matter(id: id)).lead).departments.map {
        catalog.departments[$0].id
      }
    }
    #expect(try leads("2-002") == ["police"])
    #expect(try leads("3-002") == ["police-a"])
    // The county has no health department of its own: the city's is meant.
    #expect(try leads("3-001") == ["health"])
    let items = catalog.items(of: try #require(catalog.matter(id: "3-001")))
    let responsible = items.map {
      catalog.printedDepartments($0.responsible).departments.map { catalog.departments[$0].id }
    }
    #expect(responsible == [["police-a"], ["health", "hospital"]])
    // Without a list, the uppermost department is meant; the others by names of their own.
    #expect(catalog.departmentRegister.owner(of: "公安部门").map { catalog.departments[$0.index].id } == "police")
    #expect(catalog.departmentRegister.owner(of: "乙县公安局").map { catalog.departments[$0.index].id } == "police-b")
  }

  @Test func levelsAreNotComparedWithEachOther() throws {
    let mixed = try Self.rules(try Self.catalog())
    #expect(mixed == ["unused-department police-b"])
    // Within the city the same rules hold as ever.
    let double = try #require(
      Example(
        matters: [
          "2-001,second,1,individual,新生儿出生,卫健部门,2022年12月底", "2-002,second,2,individual,新生儿出生,卫健部门,2023年12月底",
          "3-001,a,1,individual,新生儿出生,卫健部门,2023年6月底", "3-002,a,2,individual,户口登记,公安部门,2023年6月底",
        ],
        items: [
          "2-001,1,出生医学证明,卫健部门", "2-002,1,出生医学证明,公安部门", "2-002,2,出生医学证明,卫健部门",
          "3-001,1,出生医学证明,卫健部门", "3-002,1,户口登记,公安部门",
        ],
        tables: Self.tables
      ).catalog)
    let found = try Self.rules(double)
    #expect(found.contains("duplicate-matter-name 2-002"))
    #expect(found.contains("conflicting-deadlines 2-002"))
    #expect(found.contains("department-conflict 2-002.1"))
    #expect(!found.contains { $0.contains(" 3-") })
  }

  @Test func aNameIsAmbiguousWithinOneRegionOnly() throws {
    var departments = try #require(Self.tables[.departments])
    departments.append("police-office,市公安分局,,公安部门,,city-department,九江市")
    let catalog = try Self.catalog(tables: [.departments: departments])
    #expect(try Self.rules(catalog).filter { $0.hasPrefix("ambiguous-name") } == ["ambiguous-name police-office"])
  }

  @Test func anotherCountysGeneralNameIsNotKnown() throws {
    var departments = try #require(Self.tables[.departments]).filter { !$0.hasPrefix("police,") }
    departments = departments.filter { !$0.hasPrefix("police-a,") }
    let catalog = try Self.catalog(tables: [
      .departments: departments,
      .approvals: ["household,户口登记,,registration,", "birth,出生医学证明,,certificate,health"],
    ])
    let lead = try #require(catalog.matter(id: "3-002")).lead
    #expect(catalog.printedDepartments(lead).departments.isEmpty)
    // A register that lacks most of what is named is one finding.
    #expect(try Self.rules(catalog).contains("unknown-department departments"))
  }

  /// A text of both lists is two texts, each of its region, and is written as one.
  @Test func textsAreToldApartByRegion() throws {
    let catalog = try Self.catalog(county: "2022年12月底")
    let city = try #require(catalog.matter(id: "2-001"))
    let county = try #require(catalog.matter(id: "3-001"))
    #expect(city.name != county.name && catalog.text(city.name) == catalog.text(county.name))
    #expect(city.deadline != county.deadline && catalog.due(city) == catalog.due(county))
    #expect(catalog.region(of: city.name) == 1 && catalog.region(of: county.name) == 2)
    #expect(catalog.matter(id: "3-002")?.lead != catalog.matter(id: "2-002")?.lead)
  }
}

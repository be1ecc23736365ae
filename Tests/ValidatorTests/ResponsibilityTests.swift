import Catalog
import Testing
import Validator

/// What the rules of the groups "responsibility" and "wording" say of a catalog, one rule at a time.
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
    ("department-conflict", ["2-019.1", "2-019.3", "2-029.5"]),
    ("competence-mismatch", []),
    ("no-approval", []),
    ("placeholder-mismatch", ["2-081"]),
    ("repeated-item", []),
  ])
  func shippedCatalog(_ rule: String, _ subjects: [String]) throws {
    #expect(try Findings.subjects(rule, in: Self.shipped) == subjects)
  }

  @Test func shippedGeneralLeads() throws {
    let subjects = try Findings.subjects("general-lead", in: Self.shipped)
    #expect(subjects == (26...230).map { $0 < 100 ? "2-0\($0)" : "2-\($0)" })
  }
}

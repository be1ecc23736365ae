import Catalog
import Testing
import Validator

/// One cause is one finding, and what follows from it is counted.
@Suite struct CauseTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// The findings that are new.
    var news: [String]
    /// At least this many follow.
    var least: Int
    var change: @Sendable (inout EditedCatalog) throws -> Void

    init(
      _ name: String, _ news: [String], least: Int, _ change: @escaping @Sendable (inout EditedCatalog) throws -> Void
    ) {
      testDescription = name
      self.news = news
      self.least = least
      self.change = change
    }
  }

  static let cases: [Case] = [
    Case("the matters of items misspelt", ["missing-column items"], least: 186) {
      try $0.replace("matter,number", with: "mater,number", in: "items.csv")
    },
    Case("name and department of items exchanged", ["unknown-department items"], least: 800) {
      try $0.replace("name,responsible", with: "responsible,name", in: "items.csv")
    },
    Case("matter and number of items exchanged", ["malformed-value items"], least: 800) {
      try $0.replace("matter,number", with: "number,matter", in: "items.csv")
    },
    Case("the ids of departments misspelt", ["missing-column departments"], least: 200) {
      try $0.replace("id,short", with: "ids,short", in: "departments.csv")
    },
    Case("an optional column of departments lost", ["missing-column departments"], least: 700) { catalog in
      catalog.lines(of: "departments.csv") { lines in
        lines = lines.map { line in
          let cells = line.split(separator: ",", omittingEmptySubsequences: false)
          return (cells[..<3] + cells[4...]).joined(separator: ",")
        }
      }
    },
    Case("a department removed that hundreds of cells name", ["unknown-department departments"], least: 300) {
      catalog in
      catalog.lines(of: "departments.csv") { $0.removeAll { $0.hasPrefix("market-regulation,") } }
    },
    Case("a register cut", ["unknown-approval approvals"], least: 380) { catalog in
      catalog.lines(of: "approvals.csv") { $0 = Array($0.prefix(20)) }
    },
    Case("half a register cut", ["unknown-department departments"], least: 200) { catalog in
      catalog.lines(of: "departments.csv") { $0 = Array($0.prefix(11)) }
    },
    Case("the items cut", ["unused-approval items"], least: 300) { catalog in
      catalog.lines(of: "items.csv") { $0 = Array($0.prefix(31)) }
    },
    Case("the matters cut", ["orphan-item matters"], least: 250) { catalog in
      catalog.lines(of: "matters.csv") { $0 = Array($0.prefix(31)) }
    },
    Case("a register with its header only", ["empty-table departments"], least: 0) { catalog in
      catalog.lines(of: "departments.csv") { $0 = Array($0.prefix(1)) }
    },
    Case("a register overwritten by another", ["exchanged-table departments"], least: 0) {
      $0["departments.csv"] = $0["approvals.csv"]
    },
    Case("an audience of a list misspelt", ["unknown-audience second"], least: 0) {
      try $0.replace("individual;enterprise", with: "individaul;enterprise", in: "lists.csv")
    },
    Case("the prefix of a list changed", ["misplaced-id second"], least: 0) {
      try $0.replace("second,2,", with: "second,3,", in: "lists.csv")
    },
    Case("the date of a notice a year later", ["notice-year jiujiang-128-2022"], least: 0) {
      try $0.replace("2022-12-30", with: "2023-12-30", in: "notices.csv")
    },
  ]

  @Test(arguments: cases) func oneCauseIsOneFinding(_ one: Case) throws {
    var edited = EditedCatalog()
    try one.change(&edited)
    let news = try edited.news().filter { !$0.hasPrefix("unrecorded-progress") }
    #expect(news == one.news)
    let validation = try edited.validation { $0.cap = .max }
    #expect(validation.summary.consequences >= one.least)
    #expect(validation.consequences.count == validation.summary.consequences)
    #expect(validation.consequences.allSatisfy { $0.cause != nil })
  }

  /// What follows from moved rows is counted, however few findings are kept.
  @Test func movedRowsAreOneCause() throws {
    var edited = EditedCatalog()
    edited.lines(of: "matters.csv") { lines in
      let rows = lines[14...41].map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      for (index, row) in rows.enumerated() {
        lines[14 + index] = (row[..<4] + rows[(index + 1) % rows.count][4...]).joined(separator: ",")
      }
    }
    let all = try edited.validation { $0.cap = .max }
    let few = try edited.validation { $0.cap = 2 }
    #expect(all.summary == few.summary)
    let moved = try #require(all.findings.first { $0.rule == "shifted-rows" })
    #expect(moved.consequences.reduce(0) { $0 + $1.count } > 15)
    #expect(all.consequences.allSatisfy { $0.cause == "shifted-rows" })
  }

  /// What cannot be read brings no other verdict than before.
  @Test func theCauseIsAsSevereAsWhatFollows() throws {
    var edited = EditedCatalog()
    try edited.replace("short,full,general", with: "short,full,generl", in: "departments.csv")
    let validation = try edited.validation()
    let finding = try #require(validation.findings.first { $0.rule == "unknown-column" })
    #expect(finding.severity == .error)
    #expect(finding.consequences.contains { $0.rule == "unknown-department" && $0.count > 700 })
    #expect(validation.summary.errors == 1)
  }

  @Test func consequencesAreListedOnRequest() throws {
    var edited = EditedCatalog()
    try edited.replace("matter,number", with: "mater,number", in: "items.csv")
    let validation = try edited.validation { $0.cap = .max }
    let all = validation.shown(withConsequences: true)
    #expect(all.count == validation.findings.count + validation.summary.consequences)
    #expect(validation.shown(withConsequences: false) == validation.findings)
  }

  /// The names of rules and columns in the table of dependencies are those of the rule book and of the schema.
  @Test func dependenciesNameWhatExists() {
    for rule in RuleBook.rules {
      for (table, column) in RuleBook.dependencies(of: rule.id) {
        if let column { #expect(table.column(column) != nil, "\(rule.id): \(table.name).\(column)") }
      }
    }
    #expect(Set(RuleBook.dependentRules).isSubset(of: Set(RuleBook.rules.map(\.id))))
  }

  @Test(arguments: ["matters.csv", "items.csv", "departments.csv", "approvals.csv", "waivers.csv", "lists.csv"])
  func mergeConflictIsOneFinding(_ table: String) throws {
    var edited = EditedCatalog()
    let last = edited[table].split(separator: "\n").count
    edited.lines(of: table) { lines in
      let row = lines[lines.count - 1]
      lines.insert("<<<<<<< HEAD", at: lines.count - 1)
      lines += ["||||||| base", row, "=======", row, ">>>>>>> other"]
    }
    if last == 1 { return }
    let name = String(table.dropLast(4))
    #expect(try edited.news() == ["unresolved-merge-conflict \(name)"])
    let finding = try #require(edited.findings("unresolved-merge-conflict").first)
    #expect(finding.location?.line == last)
  }

  @Test func mergeConflictAroundTheHeader() throws {
    var edited = EditedCatalog()
    edited.lines(of: "matters.csv") { lines in
      lines = ["<<<<<<< HEAD", lines[0], "=======", lines[0], ">>>>>>> other"] + lines.dropFirst()
    }
    #expect(try edited.news() == ["unresolved-merge-conflict matters"])
  }
}

import Foundation
import TestSupport
import Testing

/// The columns `id`, `approval` and `core` of the items, from a table to the documents and back.
@Suite struct ItemMarksTests {
  /// The catalog with marks at two items.
  private func marked() throws -> CatalogFolder {
    let catalog = try CatalogFolder()
    try catalog.edit("items.csv") { rows in
      for index in rows.indices {
        if rows[index].hasPrefix("2-037,3,") { rows[index].replaceTrailing(",,,", with: ",step-c,,yes") }
        if rows[index].hasPrefix("2-037,4,") { rows[index].replaceTrailing(",,,", with: ",step-d,,") }
      }
    }
    return catalog
  }

  @Test(arguments: [["xml"], ["csv"]]) func comeBackFrom(_ format: [String]) throws {
    let catalog = try marked()
    #expect(try catalog.validate().count("errors") == 0)
    let file = "out." + format[0]
    try catalog.run("export", format[0], "--catalog", "catalog", "-o", file).expectStatus(0)
    try catalog.run("import", file, "--into", "copy").expectStatus(0)
    let copy = try String(contentsOf: catalog.folder.appending(path: "copy/items.csv"), encoding: .utf8)
    #expect(copy.contains(",step-c,,yes") && copy.contains(",step-d,,"))
  }

  /// Two approvals of one name, each handled by a department of its own.
  @Test func approvalsOfOneName() throws {
    let catalog = try CatalogFolder()
    try catalog.append(
      "social-registration,社会保险参保信息登记,参保信息登记,registration,human-resources",
      "medical-registration,医疗保险参保信息登记,参保信息登记,registration,medical-insurance", to: "approvals.csv")
    try catalog.append(
      "2-229,98,参保信息登记,人社部门,,,social-registration,", "2-230,98,参保信息登记,医保部门,,,medical-registration,",
      to: "items.csv")
    let report = try catalog.validate()
    let shipped = Set(try CatalogFolder.shipped.get().findings.map(\.description))
    let rules = Set(report.findings.filter { !shipped.contains($0.description) }.map(\.rule))
    #expect(rules.isDisjoint(with: ["ambiguous-name", "department-conflict", "unused-approval", "approval-mismatch"]))
    let page = try catalog.run("show", "2-230", "--format", "json")
    #expect(page.output.contains("medical-registration") && !page.output.contains("social-registration"))
    // Without the column, which is meant follows from the departments responsible.
    try catalog.replace(",social-registration,", with: ",,", in: "items.csv")
    try catalog.replace(",medical-registration,", with: ",,", in: "items.csv")
    #expect(try !catalog.validate().findings.contains { $0.rule == "ambiguous-name" })
    let derived = try catalog.run("show", "2-230", "--format", "json")
    #expect(derived.output.contains("medical-registration") && !derived.output.contains("social-registration"))
    // If the register does not say who is competent, the name belongs to both.
    try catalog.replace(
      ",registration,medical-insurance", with: ",registration,", in: "approvals.csv", row: "medical-registration,")
    #expect(try catalog.validate().findings.contains { $0.rule == "ambiguous-name" })
  }

  /// An item with an id is the same one after others have been inserted before it and its name has changed.
  @Test func anInsertionIsOneLine() throws {
    let catalog = try marked()
    try FileManager.default.copyItem(at: catalog.url, to: catalog.folder.appending(path: "old"))
    try catalog.edit("items.csv") { rows in
      let first = try #require(rows.firstIndex { $0.hasPrefix("2-037,3,") })
      for index in rows.indices.reversed() where index >= first && rows[index].hasPrefix("2-037,") {
        let cells = rows[index].split(separator: ",", omittingEmptySubsequences: false)
        let number = try #require(Int(cells[1]))
        rows[index] = (["2-037", "\(number + 1)"] + cells.dropFirst(2).map(String.init)).joined(separator: ",")
        if cells.contains("step-c") { rows[index] = rows[index].replacingOccurrences(of: cells[2], with: "换了名字的环节") }
      }
      rows.insert("2-037,3,营业执照变更,市场监管部门,,,,", at: first)
    }
    let outcome = try catalog.run("diff", "old", "catalog", "--format", "json")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("换了名字的环节"))
    #expect(outcome.output.components(separatedBy: "\"change\": \"removed\"").count == 1, "\(outcome.output)")
  }

  @Test func theCoreStepDecidesWhoLeads() throws {
    let catalog = try CatalogFolder()
    #expect(try catalog.validate().findings.filter { $0.rule == "lead-not-first" }.count == 9)
    // 2-016 is led by 市公安局, which handles the last step.
    try catalog.edit("items.csv") { rows in
      let last = try #require(rows.lastIndex { $0.hasPrefix("2-016,") })
      rows[last].replaceTrailing(",", with: ",yes")
    }
    #expect(try catalog.validate().findings.filter { $0.rule == "lead-not-first" }.count == 8)
    try catalog.edit("items.csv") { rows in
      let last = try #require(rows.lastIndex { $0.hasPrefix("2-016,") })
      let first = try #require(rows.firstIndex { $0.hasPrefix("2-016,") })
      rows[last].replaceTrailing(",yes", with: ",")
      rows[first].replaceTrailing(",", with: ",yes")
    }
    let finding = try #require(
      try catalog.validate().findings.first { $0.rule == "lead-without-item" && $0.matter == "2-016" })
    #expect(finding.message.contains("core step"))
  }
}

extension String {
  fileprivate mutating func replaceTrailing(_ old: String, with new: String) {
    guard hasSuffix(old) else { return }
    self = dropLast(old.count) + new
  }
}

import Foundation
import TestSupport
import Testing

/// `validate --new-since`: the findings that an older edition does not have.
@Suite struct NewSinceTests {
  /// `old` as it was, and `catalog` to edit. Both have findings.
  private func editions() throws -> CatalogFolder {
    let catalog = try CatalogFolder()
    try catalog.replace("养犬", with: "养 犬", in: "matters.csv", row: "2-008")
    try catalog.replace("人社部门", with: "人设部门", in: "items.csv", row: "2-001,")
    try FileManager.default.copyItem(at: catalog.url, to: catalog.folder.appending(path: "old"))
    return catalog
  }

  private func new(_ catalog: CatalogFolder, _ old: String = "old", _ arguments: String...) throws -> (
    subjects: [String], known: Int, status: Int
  ) {
    let outcome = try Program.run(
      Program.onevisit,
      [
        "validate", "catalog", "--as-of", "2023-01-20", "--format", "json", "--new-since", old, "--skip", "due-soon",
      ] + arguments, in: catalog.folder)
    let json = try outcome.json()
    let subjects = try #require(json["findings"]?.elements).filter { $0["waived"] == .truth(false) }.map { finding in
      guard case .text(let rule)? = finding["rule"], case .text(let subject)? = finding["subject"] else { return "" }
      return rule + " " + subject
    }
    return (subjects, json["summary"]?["known"]?.int ?? -1, outcome.status)
  }

  @Test("The same edition has nothing new, whatever its form")
  func nothingNew() throws {
    let catalog = try editions()
    let result = try new(catalog)
    #expect(result.subjects.isEmpty && result.status == 0)
    #expect(result.known >= 3)
    // Rows in another order, and a row before all others.
    try catalog.edit("items.csv") { rows in rows = [rows[0]] + rows.dropFirst().reversed() }
    #expect(try new(catalog, "old", "--only", "unknown-department,stray-space").subjects.isEmpty)
    try catalog.run("export", "xml", "--catalog", "old", "-o", "old.xml").expectStatus(0)
    #expect(try new(catalog, "old.xml", "--only", "unknown-department,stray-space").subjects.isEmpty)
  }

  @Test("Only what an edit adds is listed and fails the check")
  func added() throws {
    let catalog = try editions()
    try catalog.replace("失业", with: "失 业", in: "matters.csv", row: "2-002,")
    let warning = try new(catalog)
    #expect(warning.subjects == ["stray-space 2-002"] && warning.status == 0)
    #expect(try new(catalog, "old", "--strict").status == 1)
    try catalog.replace("卫健部门", with: "卫建部门", in: "items.csv", row: "1-001,1")
    let result = try new(catalog)
    #expect(result.subjects.contains("unknown-department 1-001.1") && result.status == 1)
    #expect(!result.subjects.contains("unknown-department 2-001.1"))
    // The other way round nothing is new.
    let back = try Program.run(
      Program.onevisit, ["validate", "old", "--as-of", "2023-01-20", "--new-since", "catalog", "--strict"],
      in: catalog.folder)
    #expect(back.status == 0, "\(back.output)")
  }

  @Test("A finding of the same rule and row that is about another text is new; an item is known by its name")
  func identity() throws {
    let catalog = try editions()
    try catalog.replace("人设部门", with: "人舍部门", in: "items.csv", row: "2-001,")
    #expect(try new(catalog).subjects.contains("unknown-department 2-001.1"))
    try catalog.replace("人舍部门", with: "人设部门", in: "items.csv", row: "2-001,")
    // An item before it changes its number.
    try catalog.edit("items.csv") { rows in
      var number = 1
      let first = try #require(rows.firstIndex { $0.hasPrefix("2-001,") })
      for index in rows.indices where rows[index].hasPrefix("2-001,") {
        number += 1
        rows[index] =
          "2-001,\(number)," + rows[index].split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)[2]
      }
      rows.insert("2-001,1,社会保障卡申领,人社部门,,,,", at: first)
    }
    #expect(try !new(catalog).subjects.contains { $0.hasPrefix("unknown-department") })
  }

  @Test("One more of many is new, though all have one cause; what loses a register is one new finding")
  func causes() throws {
    let catalog = try CatalogFolder()
    try catalog.edit("departments.csv") { $0.removeAll { $0.hasPrefix("taxation,") } }
    try FileManager.default.copyItem(at: catalog.url, to: catalog.folder.appending(path: "old"))
    let same = try new(catalog)
    #expect(same.subjects.isEmpty && same.known > 0)
    try catalog.replace("卫健部门", with: "税务部门", in: "items.csv", row: "1-001,1")
    #expect(try new(catalog).subjects.contains("unknown-department 1-001.1"))
    try catalog.delete("departments.csv")
    #expect(try new(catalog).subjects.contains { $0.hasPrefix("missing-table") })
  }

  @Test("Every format; the summary says how many were there before")
  func formats() throws {
    let catalog = try editions()
    try catalog.replace("失业", with: "失 业", in: "matters.csv", row: "2-002,")
    func run(_ format: String, _ language: String = "en") throws -> Outcome {
      try catalog.run(
        "validate", "catalog", "--as-of", "2023-01-20", "--new-since", "old", "--only",
        "stray-space,unknown-department", "--format", format, "--language", language)
    }
    let text = try run("text").output
    #expect(text.contains("2-002") && !text.contains("2-008"))
    #expect(text.contains("; 2 more were in old already; 1 can be fixed with --fix.\n"), "\(text)")
    #expect(try run("text", "zh").output.contains("；另有 2 处在 old 中已有；其中 1 处可用 --fix 改正。\n"))
    #expect(try run("github").output.contains("2 more were in old already"))
    #expect(try !run("junit").output.contains("2-008"))
    let sarif = try run("sarif").json()
    let results = try #require(sarif["runs"]?.elements.first?["results"]?.elements)
    #expect(results.filter { $0["baselineState"] == .text("new") }.count == 1)
    #expect(results.filter { $0["baselineState"] == .text("unchanged") }.count == 2)
    #expect(results.allSatisfy { $0["baselineState"] == .text("new") || $0["baselineState"] == .text("unchanged") })
    let plain = try catalog.run("validate", "catalog", "--format", "sarif")
    #expect(!plain.output.contains("baselineState"))
  }

  @Test("Revisions of git, of the folder that is checked; an edition that cannot be read is status 2")
  func revisions() throws {
    let repository = try GitRepository(setUp: false)
    let catalog = repository.catalog
    try catalog.replace("失业", with: "失 业", in: "matters.csv", row: "2-002,")
    for old in ["git:HEAD", "git:HEAD:catalog"] {
      let outcome = try catalog.run(
        "validate", "catalog", "--as-of", "2023-01-20", "--new-since", old, "--strict", "--format", "github")
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("stray-space 2-002"))
    }
    for old in ["nowhere", "git:nope", "git:HEAD:nope"] {
      let outcome = try catalog.run("validate", "catalog", "--new-since", old)
      #expect(outcome.status == 2 && outcome.output.isEmpty, "\(old)")
    }
  }

  @Test("A waiver that is taken away makes its findings new")
  func waivers() throws {
    let catalog = try editions()
    try catalog.delete(row: "lead-without-item,1-006", in: "waivers.csv")
    #expect(try new(catalog).subjects.contains("lead-without-item 1-006"))
  }
}

import Foundation
import TestSupport
import Testing

/// `onevisit diff` as it is run.
@Suite struct DiffCommandTests {
  /// Two editions: `old` as shipped, `catalog` with a changed deadline of many matters, a respelt lead, a renamed matter,
  /// an added item, and a changed entry of a register.
  private func editions() throws -> CatalogFolder {
    let catalog = try CatalogFolder()
    try FileManager.default.copyItem(at: catalog.url, to: catalog.folder.appending(path: "old"))
    try catalog.edit("matters.csv") { rows in
      for index in rows.indices where rows[index].hasPrefix("2-15") {
        rows[index] = rows[index].replacingOccurrences(of: "2023年12月底", with: "2024年6月底")
      }
    }
    try catalog.replace("市场监管部门", with: "市市场监管局", in: "matters.csv", row: "2-042")
    try catalog.replace("养犬", with: "养犬登记", in: "matters.csv", row: "2-008")
    try catalog.append("2-230,9,新增的事项,公安部门,", to: "items.csv")
    try catalog.replace("public-security,", with: "public-security2,", in: "departments.csv")
    return catalog
  }

  @Test(arguments: ["en", "zh"]) func text(_ language: String) throws {
    let outcome = try editions().run("diff", "old", "catalog", "--language", language)
    #expect(outcome.status == 1)
    try golden.check(outcome.bytes, "diff.\(language).txt")
    let markdown = try editions().run("diff", "old", "catalog", "--format", "markdown", "--language", language)
    #expect(markdown.status == 1)
    try golden.check(markdown.bytes, "diff.\(language).md")
  }

  @Test func sameEditions() throws {
    let catalog = try CatalogFolder()
    for format in ["text", "json", "markdown"] {
      let outcome = try catalog.run("diff", "catalog", "catalog", "--format", format)
      #expect(outcome.status == 0)
      #expect(!outcome.output.isEmpty)
    }
    try catalog.run("export", "xml", "-o", "a.xml").expectStatus(0)
    let outcome = try catalog.run("diff", "catalog", "a.xml")
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  @Test func trouble() throws {
    let catalog = try CatalogFolder()
    for arguments in [["nowhere", "catalog"], ["catalog", "nowhere"], ["git:HEAD", "catalog"], ["git:", "catalog"]] {
      let outcome = try catalog.run("diff", arguments[0], arguments[1])
      #expect(outcome.status == 2, "\(arguments)")
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.contains("error: "))
    }
    #expect(try catalog.run("diff", "catalog").status == 64)
    #expect(try catalog.run("diff", "catalog", "catalog", "--max-changes", "-1").status == 64)
    let full = try catalog.run("diff", "catalog", "catalog", "-o", "/nowhere/x")
    #expect(full.status == 2)
  }

  /// The number in an id may be the largest that there is.
  @Test func idsWithTheLargestNumbers() throws {
    let catalog = try CatalogFolder()
    let numbers = ["\(Int.max - 1)", "\(Int.max)", "231"]
    for number in numbers {
      try catalog.append("2-\(number),second,231,individual,名称\(number),市公安局,2022年12月底", to: "matters.csv")
    }
    try FileManager.default.copyItem(at: catalog.url, to: catalog.folder.appending(path: "old"))
    for number in numbers {
      try catalog.replace("2022年12月底", with: "2023年6月底", in: "matters.csv", row: "2-\(number),")
    }
    for format in ["text", "markdown", "html"] {
      let outcome = try catalog.run("diff", "old", "catalog", "--format", format, "--language", "en")
      #expect(outcome.status == 1, "\(format): \(outcome.errors)")
      #expect(outcome.output.contains("2-\(Int.max)"), "\(format): \(outcome.output.prefix(2000))")
    }
  }

  /// A matter that is withdrawn in the new edition alone is withdrawn, whatever else of it changed.
  @Test func withdrawals() throws {
    let catalog = try CatalogFolder()
    for id in ["2-003", "2-004", "2-005", "2-006"] {
      try catalog.run("edit", "withdraw", id, "--on", "2024-05-01", "--basis", "九府办字〔2024〕1号").expectStatus(0)
    }
    try FileManager.default.copyItem(at: catalog.url, to: catalog.folder.appending(path: "new"))
    // 2-006 is withdrawn in both editions.
    for id in ["2-003", "2-004", "2-005"] {
      try catalog.replace("2024-05-01,九府办字〔2024〕1号", with: ",", in: "matters.csv", row: id)
    }
    try catalog.replace("2022年12月底", with: "2023年6月底", in: "matters.csv", row: "2-004")
    try catalog.replace("2022年12月底", with: "2023年6月底", in: "matters.csv", row: "2-006")
    let json = try catalog.run("diff", "catalog", "new", "--format", "json").json()
    #expect(json["matters"]?.elements.map { $0["id"]?.text } == ["2-003", "2-004", "2-005", "2-006"])
    #expect(
      json["matters"]?.elements.map { $0["change"]?.text } == ["withdrawn", "withdrawn", "withdrawn", "changed"])
    #expect(json["matters"]?.elements[1]["fields"]?.elements.map { $0["field"]?.text }.contains("deadline") == true)
    #expect(json["summary"]?["withdrawn"]?.int == 3 && json["summary"]?["changed"]?.int == 1)
    #expect(json["summary"]?["unchanged"]?.int == 237)
    // An end of a withdrawal is a change.
    let back = try catalog.run("diff", "new", "catalog", "--format", "json").json()
    #expect(back["summary"]?["withdrawn"]?.int == 0 && back["summary"]?["changed"]?.int == 4)
    for (language, summary, note) in [("en", "3 withdrawn", " (withdrawn)"), ("zh", "撤回 3", "（已撤回）")] {
      let text = try catalog.run("diff", "catalog", "new", "--language", language).output
      #expect(text.contains(summary) && text.components(separatedBy: note).count == 4, "\(text)")
      #expect(text.contains("× 2-003"), "\(text)")
      let markdown = try catalog.run("diff", "catalog", "new", "--format", "markdown", "--language", language).output
      #expect(markdown.contains(summary) && markdown.components(separatedBy: note).count == 4, "\(markdown)")
      let html = try catalog.run("diff", "catalog", "new", "--format", "html", "--language", language).output
      let tag = language == "en" ? "withdrawn</span>" : "撤回</span>"
      #expect(html.components(separatedBy: tag).count == 4, "\(html.count)")
      for output in [text, markdown, html] { #expect(!output.contains("撤销 3") && !output.contains("已撤销")) }
    }
    // The delta says the same.
    let delta = try catalog.run("diff", "catalog", "new", "--format", "xml").output
    #expect(delta.components(separatedBy: "<withdrawn ").count == 4)
  }

  @Test func limitOfDetail() throws {
    let catalog = try editions()
    let outcome = try catalog.run("diff", "old", "catalog", "--max-changes", "2", "--format", "json")
    let json = try outcome.json()
    #expect(json["matters"]?.elements.count == 2)
    #expect(json["summary"]?["changed"]?.int == 13)
    let text = try catalog.run("diff", "old", "catalog", "--max-changes", "2")
    #expect(text.output.contains("… and 11 more; --max-changes 0 shows all"))
  }

  /// Revisions of a repository, by folder, by file and at its top.
  @Test func gitRevisions() throws {
    let catalog = try editions()
    func git(_ arguments: String...) throws {
      let identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
      try Program.run("/usr/bin/env", ["git"] + identity + arguments, in: catalog.folder).expectStatus(0)
    }
    try catalog.run("export", "xml", "--catalog", "old", "-o", "old.xml").expectStatus(0)
    let edited = try catalog.snapshot()
    for name in try catalog.names() {
      try Data(contentsOf: catalog.folder.appending(path: "old/\(name)")).write(to: catalog.url.appending(path: name))
    }
    try git("init", "-q")
    try git("add", "catalog", "old.xml")
    try git("commit", "-q", "-m", "old")
    for (name, bytes) in edited { try catalog.write(bytes, to: name) }
    try git("commit", "-q", "-a", "-m", "new")

    let expected = try catalog.run("diff", "old", "catalog").output
    for old in ["git:HEAD~1", "git:HEAD~1:catalog", "git:HEAD~1:./catalog", "git:HEAD:old.xml"] {
      let outcome = try catalog.run("diff", old, "catalog")
      #expect(outcome.status == 1, "\(old): \(outcome.errors)")
      #expect(outcome.output == expected, "\(old)")
    }
    #expect(try catalog.run("diff", "git:HEAD", "catalog").status == 0)
    for wrong in ["git:nope", "git:HEAD:nope", "git:--all", "git:HEAD:catalog/nope.csv"] {
      #expect(try catalog.run("diff", wrong, "catalog").status == 2, "\(wrong)")
    }
  }
}

extension Outcome {
  func expectStatus(_ expected: Int) throws {
    try #require(status == expected, "\(errors)")
  }
}

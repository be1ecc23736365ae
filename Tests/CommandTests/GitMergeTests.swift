import Foundation
import TestSupport
import Testing

/// The merge and diff drivers under real git.
@Suite("In git") struct GitMergeTests {
  /// Two edits that git alone cannot merge: of different fields of one row, and of rows side by side.
  private func edited() throws -> (repository: GitRepository, expected: [String: [UInt8]]) {
    let repository = try GitRepository()
    func county(_ catalog: CatalogFolder) throws {
      try catalog.replace("2022年12月底", with: "2023年6月底", in: "matters.csv", row: "2-042")
      try catalog.insert("2-002,3,新的第三项,人社部门,", after: "2-002,2", in: "items.csv")
    }
    func city(_ catalog: CatalogFolder) throws {
      try catalog.replace("我要开办熟食店", with: "我要开办熟食小店", in: "matters.csv", row: "2-042")
      try catalog.replace("我要开办早餐店", with: "我要开办早点店", in: "matters.csv", row: "2-043")
      try catalog.replace("市公安局", with: "市公安总局", in: "departments.csv", row: "public-security")
    }
    let both = try CatalogFolder()
    try county(both)
    try city(both)
    try repository.branch("county", county)
    try city(repository.catalog)
    try repository.commit("city")
    return (repository, try both.snapshot())
  }

  private func check(_ repository: GitRepository, _ expected: [String: [UInt8]]) throws {
    for (file, bytes) in try repository.catalog.snapshot() { #expect(bytes == expected[file], "\(file)") }
  }

  @Test func merge() throws {
    let (repository, expected) = try edited()
    try repository.git("merge", "--quiet", "--no-edit", "county")
    try check(repository, expected)
  }

  @Test func rebase() throws {
    let (repository, expected) = try edited()
    try repository.git("checkout", "--quiet", "county")
    try repository.git("rebase", "--quiet", "main")
    try check(repository, expected)
  }

  @Test func cherryPick() throws {
    let (repository, expected) = try edited()
    try repository.git("cherry-pick", "county")
    try check(repository, expected)
  }

  @Test("Without the driver git leaves conflicts in the same edits")
  func withoutDriver() throws {
    let repository = try GitRepository(setUp: false)
    try repository.branch("county") {
      try $0.replace("2022年12月底", with: "2023年6月底", in: "matters.csv", row: "2-042")
    }
    try repository.catalog.replace("我要开办熟食店", with: "我要开办熟食小店", in: "matters.csv", row: "2-042")
    try repository.commit("city")
    try repository.git("merge", "--quiet", "--no-edit", "county", status: 1)
  }

  @Test("A table that one side has renamed is merged by its header")
  func renamedTable() throws {
    let repository = try GitRepository()
    try repository.branch("county") { catalog in
      try catalog.replace("2022年12月底", with: "2023年6月底", in: "matters.csv", row: "2-042")
    }
    try repository.git("mv", "catalog/matters.csv", "catalog/事项.csv")
    try repository.catalog.replace("\"matters.csv\"", with: "\"事项.csv\"", in: "datapackage.json")
    try repository.catalog.replace("我要开办熟食店", with: "我要开办熟食小店", in: "事项.csv", row: "2-042")
    try repository.commit("rename")
    try repository.git("merge", "--quiet", "--no-edit", "county")
    #expect(
      try repository.catalog.lines("事项.csv").contains {
        $0.hasPrefix("2-042,second,42,enterprise,我要开办熟食小店,市场监管部门/行政审批部门,2023年6月底")
      })
    #expect(try repository.catalog.run("validate", "catalog", "--as-of", "2022-12-31").status == 0)
  }

  @Test("Both changing one field: git reports a conflict, and validate one finding with both values")
  func conflict() throws {
    let repository = try GitRepository()
    try repository.branch("county") { catalog in
      try catalog.replace("2022年12月底", with: "2023年6月底", in: "matters.csv", row: "2-042")
      try catalog.append("2-231,second,231,enterprise,我要开新店,市市场监管局,2023年12月底,,2-037,,,,,", to: "matters.csv")
    }
    try repository.catalog.replace("2022年12月底", with: "2023年9月底", in: "matters.csv", row: "2-042")
    try repository.catalog.append(
      "2-231,second,231,enterprise,我要开旧店,市市场监管局,2023年12月底,,2-037,,,,,", to: "matters.csv")
    try repository.commit("city")
    let merge = try repository.git("merge", "--no-edit", "county", status: 1)
    #expect(merge.output.contains("CONFLICT (content): Merge conflict in catalog/matters.csv"))
    #expect(
      merge.errors.contains("catalog/matters.csv: conflict in 2-042: deadline: “2023年9月底” here, “2023年6月底” there."))
    let report = try repository.catalog.validate("--only", "unresolved-merge-conflict").findings
    #expect(report.map(\.subject) == ["2-042", "2-231"])
    let json = try repository.catalog.run(
      "validate", "catalog", "--only", "unresolved-merge-conflict", "--format", "json", "--language", "en"
    ).json()
    let first = try #require(json["findings"]?.elements.first)
    #expect(
      first["message"]
        == .text(
          "2-042: an unresolved merge conflict in `deadline` (完成时限): “2023年9月底” or “2023年6月底”; the first was read"))
    #expect(first["cell"] == .text("G55"))
    #expect(first["related"]?.elements.first?["line"]?.int == 57)
    // Choosing one edition ends it.
    try repository.catalog.edit("matters.csv") { lines in
      var isOther = false
      lines = lines.filter { line in
        if line == "=======" { isOther = true }
        defer { if line == ">>>>>>> theirs" { isOther = false } }
        return !isOther && line != "<<<<<<< ours"
      }
    }
    try repository.git("add", "catalog")
    try repository.git("commit", "--quiet", "--no-edit")
    #expect(try repository.catalog.lines("matters.csv").count { $0.hasPrefix("2-042,") || $0.hasPrefix("2-231,") } == 2)
  }

  @Test("Histories that cross: the base that git merges itself has conflicts of its own")
  func crossedHistories() throws {
    let repository = try GitRepository()
    try repository.branch("county") {
      try $0.replace("2022年12月底", with: "2023年6月底", in: "matters.csv", row: "2-042")
    }
    try repository.catalog.replace("2022年12月底", with: "2023年9月底", in: "matters.csv", row: "2-042")
    try repository.commit("city")
    for (branch, other) in [("main", "county"), ("county", "main~1")] {
      if branch == "county" { try repository.git("checkout", "--quiet", "county") }
      let target = branch == "main" ? other : "city"
      if branch == "main" { try repository.git("branch", "city") }
      try repository.git("merge", "--no-edit", target, status: 1)
      try repository.git("checkout", "--ours", "catalog/matters.csv")
      try repository.git("commit", "--quiet", "--all", "--no-edit")
    }
    try repository.git("checkout", "--quiet", "main")
    try repository.git("merge", "--no-edit", "county", status: 1)
    #expect(try repository.catalog.validate("--only", "unresolved-merge-conflict").findings.map(\.subject) == ["2-042"])
  }

  @Test("git diff, git log -p and git show name the matter and the field, in either language")
  func wordsOfChanges() throws {
    let repository = try GitRepository()
    try repository.catalog.replace("2022年12月底", with: "2023年6月底", in: "matters.csv", row: "2-042")
    try repository.catalog.insert("2-002,1,新的第一项,人社部门,", after: "2-001,", in: "items.csv")
    let diff = try repository.git("diff").output
    #expect(diff.contains("\n-  2-042 deadline: 2022年12月底\n+  2-042 deadline: 2023年6月底\n"), "\(diff)")
    #expect(diff.contains("@@ 2-042  我要开办熟食店\n"), "\(diff)")
    #expect(diff.contains("\n+2-002 新的第一项\n+  2-002 新的第一项 responsible: 人社部门\n"), "\(diff)")
    try repository.commit("edits")
    for command in ["log", "show"] {
      let shown = try repository.git(command, "-p", "-1").output
      #expect(shown.contains("\n+  2-042 deadline: 2023年6月底\n"), "\(command): \(shown)")
    }
    let chinese = try Program.run(
      "/usr/bin/env", ["git", "show"], in: repository.url,
      environment: GitRepository.environment.merging(["LC_ALL": "zh_CN.UTF-8"]) { $1 })
    #expect(chinese.output.contains("+  2-042 完成时限：2023年6月底\n"), "\(chinese.output)")
  }

  @Test("Three people's morning: two branches, one merge, and the markdown of the pull request")
  func morning() throws {
    let repository = try GitRepository()
    let catalog = repository.catalog
    // One moves deadlines, one rewords a matter and adds an item; the third merges both.
    try repository.branch("deadlines") { catalog in
      try catalog.edit("matters.csv") { rows in
        for index in rows.indices where rows[index].hasPrefix("2-15") {
          rows[index] = rows[index].replacingOccurrences(of: "2023年12月底", with: "2024年6月底")
        }
      }
    }
    try repository.branch("wording") { catalog in
      try catalog.replace("我要开披萨店", with: "我要开比萨店", in: "matters.csv", row: "2-230")
      try catalog.replace("养犬", with: "养犬登记", in: "matters.csv", row: "2-008")
      try catalog.append("2-230,9,新增的事项,公安部门,", to: "items.csv")
    }
    try repository.git("merge", "--quiet", "--no-edit", "deadlines")
    try repository.git("merge", "--quiet", "--no-edit", "wording")
    #expect(try catalog.validate("--only", "unresolved-merge-conflict").findings.isEmpty)
    let report = try catalog.run("diff", "git:HEAD~2:catalog", "catalog", "--format", "markdown")
    #expect(report.status == 1)
    let all = try catalog.run("diff", "git:main@{2}:catalog", "catalog", "--format", "markdown")
    for line in ["- **2-008** 养犬登记", "2023年12月底 → 2024年6月底", "新增的事项 (added)"] {
      #expect(all.output.contains(line), "\(all.output)\(all.errors)")
    }
    // What the morning broke, and nothing that stood before.
    let new = try catalog.run(
      "validate", "catalog", "--new-since", "git:main@{2}", "--as-of", "2023-01-15", "--format", "json")
    let summary = try #require(try new.json()["summary"])
    #expect((summary["known"]?.int ?? 0) > 0)
    let rules = Set(try new.json()["findings"]?.elements.compactMap { $0["subject"] } ?? [])
    #expect(rules.contains(.text("2-230.9")), "\(new.output)")
    #expect(new.status == 1, "an approval that is not registered")

    // A delta of the morning, which a fresh folder takes: it is then the merged one, byte for byte.
    #expect(
      try catalog.run("diff", "git:main@{2}:catalog", "catalog", "--format", "xml", "-o", "delta.xml").status == 1)
    let fresh = try CatalogFolder(named: "fresh", in: catalog.folder)
    let applied = try catalog.run("import", "delta.xml", "--into", "fresh")
    #expect(applied.status == 0, "\(applied.errors)")
    #expect(applied.output.contains("changed  2-230"), "\(applied.output)")
    for (file, bytes) in try catalog.snapshot() {
      #expect(try fresh.bytes(file) == bytes, "\(file)")
    }
    #expect(try fresh.names() == catalog.names())
    #expect(try catalog.run("diff", "catalog", "fresh").status == 0)
  }

  @Test("What has unresolved conflicts is neither exported nor compared", arguments: ["en", "zh"])
  func conflictsRefuse(_ language: String) throws {
    let repository = try GitRepository()
    let catalog = repository.catalog
    try repository.branch("county") {
      try $0.replace("2022年12月底", with: "2023年6月底", in: "matters.csv", row: "2-042")
      try $0.replace("市公安局", with: "市公安总局", in: "departments.csv", row: "public-security")
    }
    try catalog.replace("2022年12月底", with: "2023年9月底", in: "matters.csv", row: "2-042")
    try catalog.replace("市公安局", with: "市公安大局", in: "departments.csv", row: "public-security")
    try repository.commit("city")
    try repository.git("merge", "--quiet", "--no-edit", "county", status: 1)
    let before = try catalog.snapshot()
    let words =
      language == "en"
      ? ["2 unresolved merge conflicts", "<<<<<<<", "(2-042)", "(public-security)"]
      : ["2 处没有解决的合并冲突", "<<<<<<<", "(2-042)", "(public-security)"]
    for arguments in [
      ["export", "xml", "-o", "out"], ["export", "csv", "-o", "out"], ["export", "json", "-o", "out"],
      ["export", "xlsx", "-o", "out"], ["diff", "git:HEAD", "catalog"], ["diff", "catalog", "git:HEAD", "-o", "out"],
      ["diff", "git:HEAD", "catalog", "--format", "xml", "-o", "out"],
    ] {
      let outcome = try Program.run(Program.onevisit, arguments + ["--language", language], in: catalog.folder)
      #expect(outcome.status == 2, "\(arguments)")
      #expect(outcome.output.isEmpty, "\(arguments)")
      // A list in CSV has no registers.
      for word in arguments[1] == "csv" ? Array(words[1...2]) : words {
        #expect(outcome.errors.contains(word), "\(arguments): \(outcome.errors)")
      }
      #expect(outcome.errors.contains(/matters\.csv:\d+/), "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: catalog.folder.appending(path: "out").path()), "\(arguments)")
    }
    #expect(try catalog.snapshot() == before)
    // A table that the format does not have is no obstacle.
    try repository.git("checkout", "--ours", "catalog/matters.csv", "catalog/departments.csv")
    #expect(try catalog.run("export", "xml", "-o", "out").status == 0)
  }
}

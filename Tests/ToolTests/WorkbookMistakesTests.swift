import Foundation
import TestSupport
import Testing

/// What people do to a workbook: each mistake has one message, which speaks of sheets, and one fix.
@Suite struct WorkbookMistakesTests {
  private func edited(_ kind: String, _ catalog: CatalogFolder) throws -> String {
    #expect(try catalog.run("export", "xlsx", "--catalog", "catalog", "-o", "catalog.xlsx").status == 0)
    let path = Program.root.appending(path: "Tests/ToolTests/Scripts/workbook.py").path()
    let files = ["catalog.xlsx", "edited.xlsx"].map { catalog.folder.appending(path: $0).path() }
    let outcome = try Tool.openpyxl.run([path, "mistake", kind] + files)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output
  }

  private func check(_ catalog: CatalogFolder, _ language: String) throws -> Outcome {
    try catalog.run("validate", "edited.xlsx", "--as-of", CatalogFolder.day, "--language", language)
  }

  private static let sheets: [(kind: String, status: Int32, zh: [String], en: [String])] = [
    (
      "renamed", 1, ["工作簿中没有工作表“事项”；有不认识的工作表“事项（2023）”", "把名称改回“事项”"],
      ["the workbook has no sheet “事项”; unrecognised: “事项（2023）”", "change its name back to “事项”"]
    ),
    (
      "deleted", 1, ["工作簿中没有工作表“关联事项”", "用 `onevisit export xlsx` 重新导出"],
      ["the workbook has no sheet “关联事项”", "Export the workbook anew"]
    ),
    (
      "both", 2, ["现有工作表：说明、一、二", "改回“事项”“关联事项”"],
      ["Its sheets: 说明, 一, 二", "back to 事项 and 关联事项"]
    ),
    (
      "titled", 2, ["工作表“事项”的第一行不是列名；至少要有这些列：标识、", "删去标题行"],
      ["the first row of the sheet “事项” has no column names", "Delete title rows above"]
    ),
    (
      "column", 1, ["工作表“事项”缺少列“牵头部门”", "把改了名的列改回来"],
      ["the sheet “事项” has no column", "change a renamed column back"]
    ),
  ]

  @Test(.needs(.openpyxl), arguments: sheets.indices) func aSheetIsNamedAsSuch(_ index: Int) throws {
    let (kind, status, zh, en) = Self.sheets[index]
    let catalog = try CatalogFolder()
    _ = try edited(kind, catalog)
    for (language, words) in [("zh", zh), ("en", en)] {
      let outcome = try check(catalog, language)
      let text = outcome.output + outcome.errors
      #expect(outcome.status == status, "\(text)")
      for word in words { #expect(text.contains(word), "\(kind): \(word): \(text.prefix(3000))") }
      for word in [".csv", "datapackage.json", "onevisit init", "permissions", "文件权限"] {
        #expect(!text.contains(word), "\(kind): \(word): \(text.prefix(3000))")
      }
    }
  }

  @Test(.needs(.openpyxl)) func aDamagedWorkbookHasOneFix() throws {
    let catalog = try CatalogFolder()
    _ = try edited("none", catalog)
    let file = catalog.folder.appending(path: "edited.xlsx")
    try Data(contentsOf: file).prefix(2000).write(to: file)
    for (language, fix) in [("zh", "请重新下载或复制"), ("en", "Copy it again, or open it in Excel")] {
      let outcome = try check(catalog, language)
      #expect(outcome.status == 2)
      let text = outcome.output + outcome.errors
      #expect(text.contains(fix) && !text.contains("onevisit init") && !text.contains("核对路径"), "\(text)")
    }
  }

  private func errors(_ catalog: CatalogFolder, _ words: String...) throws -> [JSON] {
    let outcome = try Program.run(
      Program.onevisit,
      ["validate", "edited.xlsx", "--as-of", CatalogFolder.day, "--format", "json", "--language", "en"] + words,
      in: catalog.folder)
    return try #require(try outcome.json()["findings"]).elements.filter { $0["severity"]?.text == "error" }
  }

  /// A register that is gone is one finding, as in a folder: no check is switched off in silence.
  @Test(.needs(.openpyxl)) func aMissingRegisterSheetIsReported() throws {
    let catalog = try CatalogFolder()
    _ = try edited("register", catalog)
    #expect(try check(catalog, "en").status == 1)
    let found = try errors(catalog)
    #expect(found.compactMap { $0["rule"]?.text } == ["missing-table"], "\(found)")
    #expect(found.first?["message"]?.text == "the workbook has no sheet “部门登记表”")
    #expect(found.first?["sheet"]?.text == "部门登记表")
    let zh = try check(catalog, "zh")
    #expect(zh.output.contains("工作簿中没有工作表“部门登记表”") && !zh.output.contains(".csv"), "\(zh.output)")
    let imported = try catalog.run("import", "edited.xlsx", "--into", "catalog", "--language", "en")
    #expect(imported.status == 1, "\(imported.output)\(imported.errors)")
  }

  /// The two main sheets that are renamed bring one finding each.
  @Test(.needs(.openpyxl)) func aRenamedSheetIsOneFinding() throws {
    let catalog = try CatalogFolder()
    _ = try edited("renamed", catalog)
    #expect(try errors(catalog).compactMap { $0["rule"]?.text } == ["missing-table"])
  }

  /// Merged cells are one finding that names the range; its comment is on the cell that can be selected.
  @Test(.needs(.openpyxl)) func mergedCellsAreOneFinding() throws {
    let catalog = try CatalogFolder()
    _ = try edited("merged", catalog)
    let found = try errors(catalog)
    #expect(found.count == 1, "\(found)")
    let finding = try #require(found.first)
    #expect(finding["rule"]?.text == "missing-value" && finding["cell"]?.text == "F53")
    #expect(finding["message"]?.text == "F53:F55 is merged: only its first row has `lead` (牵头部门), the others are empty")
    let text = try check(catalog, "zh")
    #expect(text.errors.contains("F53:F55") && text.output.contains("取消合并"), "\(text.output)\(text.errors)")
    let checked = try catalog.run(
      "validate", "edited.xlsx", "--as-of", CatalogFolder.day, "--format", "xlsx", "-o", "checked.xlsx")
    #expect(checked.status == 1, "\(checked.errors)")
    let path = Program.root.appending(path: "Tests/ToolTests/Scripts/workbook.py").path()
    let file = catalog.folder.appending(path: "checked.xlsx").path()
    let marks = try Tool.openpyxl.run([path, "checked", file])
    #expect(marks.status == 0, "\(marks.errors)")
  }

  @Test(.needs(.openpyxl)) func mergedDeadlinesOfAListNameTheRange() throws {
    let catalog = try CatalogFolder()
    try exportedList(catalog, "merged list")
    let found = try errors(catalog, "--list", "second").filter { $0["rule"]?.text == "unclear-list" }
    #expect(found.count == 1, "\(found)")
    let finding = try #require(found.first)
    #expect(
      finding["cell"]?.text == "G3" && finding["message"]?.text?.hasPrefix("G3:G12 is merged") == true, "\(finding)")
  }

  @Test(.needs(.openpyxl)) func theHeadingThatIsNotRecognisedIsNamed() throws {
    let catalog = try CatalogFolder()
    try exportedList(catalog, "heading")
    let outcome = try check(catalog, "en")
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("row 2 of the sheet “附件2” looks like the header of a list"), "\(outcome.output)")
  }

  private func exportedList(_ catalog: CatalogFolder, _ kind: String) throws {
    let exported = try catalog.run(
      "export", "xlsx", "--catalog", "catalog", "--layout", "official", "--list", "second", "-o", "list.xlsx")
    #expect(exported.status == 0, "\(exported.errors)")
    let path = Program.root.appending(path: "Tests/ToolTests/Scripts/workbook.py").path()
    let files = ["list.xlsx", "edited.xlsx"].map { catalog.folder.appending(path: $0).path() }
    let outcome = try Tool.openpyxl.run([path, "mistake", kind] + files)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  /// What is refused is not offered, and fixes speak of sheets and their headings.
  @Test(.needs(.openpyxl)) func wordsAreThoseOfAWorkbook() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("灵活就业,市人社局", with: "灵活就业 ,市人社局", in: "matters.csv", row: "2-001,")
    _ = try edited("none", catalog)
    let folder = try catalog.run("validate", "catalog", "--as-of", CatalogFolder.day, "--language", "en")
    #expect(folder.output.contains("can be fixed with --fix"), "\(folder.output)")
    let en = try check(catalog, "en")
    #expect(!en.output.contains("--fix"), "\(en.output)")
    let json = try catalog.run("validate", "edited.xlsx", "--format", "json")
    #expect(try json.json()["summary"]?["fixable"]?.int == 0)
    let zh = try check(catalog, "zh")
    #expect(zh.output.contains("在工作表“进展”") && !zh.output.contains("progress 表"), "\(zh.output)")
    #expect(en.output.contains("the sheet “进展”") && !en.output.contains("progress table"), "\(en.output)")
    #expect(!zh.output.contains(" 工作表“") && !zh.output.contains("--fix"), "\(zh.output)")
  }

  /// A formula without a value, an error, a picture: one finding each, with a fix that fits.
  @Test(.needs(.openpyxl)) func cellsWithoutATextHaveOneFindingEach() throws {
    let catalog = try CatalogFolder()
    _ = try edited("cells", catalog)
    let outcome = try catalog.run(
      "validate", "edited.xlsx", "--as-of", CatalogFolder.day, "--format", "json", "--language", "en")
    #expect(outcome.status == 1)
    let findings = try #require(try outcome.json()["findings"]).elements.filter { $0["severity"]?.text == "error" }
    let expected = [
      ("F8", "is a formula whose result is not in the file", "Open the file in Excel"),
      ("F9", "is the error #N/A of a formula", "Correct the formula"),
      ("E10", "holds a picture (DISPIMG)", "Enter a text"), ("H11", "is a formula whose", "Open the file in Excel"),
      ("C12", "is a formula whose", "Open the file in Excel"),
    ]
    #expect(findings.compactMap { $0["cell"]?.text }.sorted() == expected.map(\.0).sorted(), "\(outcome.output)")
    for (cell, message, fix) in expected {
      let finding = try #require(findings.first { $0["cell"]?.text == cell })
      #expect(finding["rule"]?.text == "malformed-value")
      #expect(finding["message"]?.text?.contains(message) == true, "\(finding)")
      #expect(finding["remedy"]?.text?.hasPrefix(fix) == true, "\(finding)")
    }
  }

  /// Rows that were deleted from small tables are kept, and said to be; names are judged by what the folder then has.
  @Test(.needs(.openpyxl)) func deletedRegisterRowsAreKeptAndListed() throws {
    let catalog = try CatalogFolder()
    let rows = try edited("registers", catalog).split(separator: "\n").map(String.init)
    #expect(rows.count == 3)
    let before = try catalog.snapshot()
    let outcome = try catalog.run("import", "edited.xlsx", "--into", "catalog", "--language", "en")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(!outcome.errors.contains("error"), "\(outcome.errors)")
    for (table, row) in zip(["departments", "targets", "waivers"], rows) {
      #expect(outcome.output.contains("kept row in \(table): \(row)"), "\(table): \(outcome.output)")
    }
    #expect(try catalog.snapshot() == before)
    // Replaced as a whole, the folder would lose the department that matters name.
    for words in [["--replace"], ["--replace", "--dry-run"]] {
      let replaced = try Program.run(
        Program.onevisit, ["import", "edited.xlsx", "--into", "catalog", "--language", "en"] + words,
        in: catalog.folder)
      #expect(replaced.status == 1, "\(replaced.output)\(replaced.errors)")
      #expect(replaced.errors.contains("--add-unknown"), "\(replaced.errors)")
      #expect(try catalog.snapshot() == before)
    }
    let new = try catalog.run("import", "edited.xlsx", "--into", "new", "--language", "en")
    #expect(new.status == 1 && new.errors.contains("unknown-department"), "\(new.output)\(new.errors)")
    #expect(!FileManager.default.fileExists(atPath: catalog.folder.appending(path: "new").path()))
    let added = try catalog.run("import", "edited.xlsx", "--into", "new", "--add-unknown", "--language", "en")
    #expect(added.status == 0, "\(added.output)\(added.errors)")
  }

  @Test(.needs(.openpyxl)) func anUnknownNameIsRefused() throws {
    let catalog = try CatalogFolder()
    _ = try edited("unknown", catalog)
    let before = try catalog.snapshot()
    let outcome = try catalog.run("import", "edited.xlsx", "--into", "catalog", "--language", "en")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("edited.xlsx") && outcome.errors.contains("F8"), "\(outcome.errors)")
    #expect(try catalog.snapshot() == before)
  }

  /// Rows that cannot be matched with those of the folder stop an import, whatever it imports into.
  @Test(
    .needs(.openpyxl),
    arguments: zip(["orphan", "misnumbered", "repeated"], ["orphan-item", "misplaced-id", "duplicate-id"]))
  func rowsThatCannotBeMatchedAreRefused(_ kind: String, _ rule: String) throws {
    let catalog = try CatalogFolder()
    let cell = try edited(kind, catalog).split(separator: "\n")[0]
    let before = try catalog.snapshot()
    for folder in ["catalog", "new"] {
      for options in [[], ["--dry-run"], ["--replace"]] {
        let outcome = try Program.run(
          Program.onevisit, ["import", "edited.xlsx", "--into", folder, "--language", "en"] + options,
          in: catalog.folder)
        #expect(outcome.status == 1 && outcome.output.isEmpty, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.errors.contains("edited.xlsx") && outcome.errors.contains("!\(cell) "), "\(outcome.errors)")
        #expect(outcome.errors.contains("[\(rule)]"), "\(outcome.errors)")
      }
    }
    #expect(try catalog.snapshot() == before)
    #expect(!FileManager.default.fileExists(atPath: catalog.folder.appending(path: "new").path()))
  }

  /// A workbook of an earlier revision, read from git.
  @Test(.needs(.openpyxl, .git)) func aWorkbookInGitIsCompared() throws {
    let catalog = try CatalogFolder()
    _ = try edited("none", catalog)
    func git(_ words: String...) throws {
      let outcome = try Tool.git.run(
        ["-c", "user.name=a", "-c", "user.email=a@example.org"] + words, in: catalog.folder)
      #expect(outcome.status == 0, "\(words): \(outcome.errors)")
    }
    try git("init", "-q")
    try git("add", "catalog.xlsx")
    try git("commit", "-qm", "one")
    let same = try catalog.run("diff", "git:HEAD:catalog.xlsx", "catalog.xlsx")
    #expect(same.status == 0, "\(same.output)\(same.errors)")
    _ = try edited("unknown", catalog)
    let outcome = try catalog.run("diff", "git:HEAD:catalog.xlsx", "edited.xlsx", "--language", "en")
    #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("1-007") && outcome.output.contains("市不存在局"), "\(outcome.output)")
    let other = try catalog.run("diff", "git:HEAD:catalog.xlsx", "catalog")
    #expect(other.status == 0, "\(other.output)\(other.errors)")
    let baseline = try catalog.run(
      "validate", "edited.xlsx", "--new-since", "git:HEAD:catalog.xlsx", "--as-of", CatalogFolder.day)
    #expect(baseline.status == 1 && baseline.output.contains("市不存在局"), "\(baseline.output)")
  }
}

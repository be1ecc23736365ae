import Foundation
import TestSupport
import Testing

/// Files with a list that are given to commands other than `import`: which list and which table, and what is no list.
@Suite struct ListFileTests {
  private func run(_ arguments: String..., in folder: TemporaryFolder, language: String = "en") throws -> Outcome {
    try Program.run(Program.onevisit, arguments + ["--language", language], in: folder.url)
  }

  private func file(_ name: String, _ folder: TemporaryFolder) -> URL { folder.url.appending(path: name) }

  private func count(_ text: String, in other: String) -> Int { other.components(separatedBy: text).count - 1 }

  // MARK: Which list

  /// Two lists of one document: each command that reads a catalog takes the number of the table.
  @Test func theTableOfADocument() throws {
    let folder = try TemporaryFolder()
    let tables = [[WordFile.row(1, "我要迁户口")], [WordFile.row(1, "我要办面馆"), WordFile.row(2, "我要办书店")]]
    try WordFile.write(
      tables.map { WordFile.table([WordFile.header] + $0) }.joined(separator: WordFile.paragraph("附件2")),
      to: file("a.docx", folder))
    let refused = try run("validate", "a.docx", in: folder)
    #expect(refused.status == 2 && refused.output.contains("Choose one with `--table N`"), "\(refused.output)")
    for (table, ids) in [("1", ["7-001"]), ("2", ["7-001", "7-002"])] {
      let list = ["--table", table, "--list", "third"]
      let checked = try Program.run(
        Program.onevisit, ["validate", "a.docx", "--format", "json"] + list, in: folder.url)
      #expect(try checked.json()["summary"]?["matters"]?.int == ids.count, "\(checked.output)\(checked.errors)")
      for command in [["list"], ["export", "csv"]] {
        let outcome = try Program.run(
          Program.onevisit,
          command + ["--catalog", "a.docx"] + list + (command == ["list"] ? ["--format", "csv"] : []),
          in: folder.url)
        #expect(outcome.status == 0, "\(command): \(outcome.errors)")
        #expect(
          outcome.output.split(whereSeparator: \.isNewline).count == ids.count + 1, "\(command): \(outcome.output)")
      }
      let board = try Program.run(
        Program.onevisit, ["deadlines", "--catalog", "a.docx", "--format", "csv", "--as-of", "2023-01-20"] + list,
        in: folder.url)
      #expect(
        board.status == 0 && board.output.split(whereSeparator: \.isNewline).count == ids.count + 1, "\(board.errors)")
    }
    for number in ["0", "-1", "\(Int.min)", "\(Int.max)"] {
      let outcome = try run("validate", "a.docx", "--table=\(number)", in: folder)
      #expect(outcome.status == 2 && outcome.output.contains("table \(number) is not a list"), "\(outcome.output)")
    }
    let shown = try run("show", "我要办书店", "--catalog", "a.docx", "--table", "2", "--list", "third", in: folder)
    #expect(shown.status == 0 && shown.output.contains("户口迁移"), "\(shown.errors)")
    let same = try run("diff", "a.docx", "a.docx", "--table", "2", "--list", "third", in: folder)
    #expect(same.status == 0 && same.output.contains("No differences: 2 matters."), "\(same.output)\(same.errors)")
  }

  /// A list that is judged by its headings is named; a notice of another number is refused, as by `import`.
  @Test func theListOfANotice() throws {
    let folder = try TemporaryFolder()
    let table = WordFile.table([WordFile.header, WordFile.row(900, "我要迁户口")])
    try WordFile.write(table, to: file("a.docx", folder))
    let assumed = try run("validate", "a.docx", in: folder)
    #expect(
      assumed.errors.contains("note: read as the list second (附件2) by its headings; if it is another, name it"),
      "\(assumed.errors)")
    let named = try run("validate", "a.docx", "--list", "second", in: folder)
    #expect(named.status != 2 && !named.errors.contains("by its headings"), "\(named.errors)")

    let example = Program.root.appending(path: "docs/examples/notice.docx").path()
    for command in [["validate", example], ["list", "--catalog", example], ["diff", example, example]] {
      let outcome = try Program.run(Program.onevisit, command + ["--language", "en"], in: folder.url)
      #expect(outcome.status == 2, "\(command): \(outcome.errors)")
      let message = outcome.output + outcome.errors
      #expect(message.contains("the document is 九府办字〔2023〕15号, but the list second is registered under"), "\(message)")
      #expect(message.contains("would be taken for those of this list") && message.contains("--list third"))
      #expect(!message.contains("importing"))
    }
    let listed = try run("list", "--catalog", example, "--list", "third", "--format", "json", in: folder)
    #expect(listed.status == 0, "\(listed.errors)")
    #expect(try listed.json().elements.count == 2)
    let checked = try run("validate", example, "--list", "third", in: folder)
    #expect(checked.status == 1 || checked.status == 0, "\(checked.output)")
  }

  @Test func optionsThatDoNotFit() throws {
    let catalog = try CatalogFolder()
    for option in [["--table", "1"], ["--list", "second"]] {
      for command in [
        ["validate", "catalog"], ["show", "2-001", "--catalog", "catalog"], ["diff", "catalog", "catalog"],
      ] {
        let outcome = try Program.run(Program.onevisit, command + option + ["--language", "en"], in: catalog.folder)
        #expect(outcome.status == 64, "\(command + option): \(outcome.errors)")
        #expect(outcome.errors.contains("--table and --list are for a file with a list"), "\(outcome.errors)")
      }
    }
    let export = try catalog.run(
      "export", "csv", "--catalog", "catalog", "--layout", "official", "--list", "second", "-o", "second.csv")
    #expect(export.status == 0)
    let csv = try catalog.run("validate", "second.csv", "--table", "1", "--language", "en")
    #expect(csv.status == 64 && csv.errors.contains("--table is for a workbook or a Word document"), "\(csv.errors)")
    let list = try catalog.run("validate", "second.csv", "--list", "第三批", "--language", "en")
    #expect(list.status == 64 && list.errors.contains("--list cannot be “第三批”"), "\(list.errors)")
  }

  /// English messages name the table of a document in English.
  @Test func tablesInEnglish() throws {
    let folder = try TemporaryFolder()
    let table = WordFile.table([WordFile.header, WordFile.row(900, "我要迁户口")])
    let changed = table.replacing(
      WordFile.paragraph("我要迁户口"), with: "<w:p><w:ins><w:r><w:t>我要迁户口</w:t></w:r></w:ins></w:p>")
    try WordFile.write(changed, to: file("a.docx", folder))
    for format in ["text", "github", "junit", "html"] {
      let outcome = try run("validate", "a.docx", "--list", "second", "--format", format, in: folder)
      #expect(outcome.output.contains("table 1 row 1"), "\(format): \(outcome.output)")
      #expect(!outcome.output.contains("表1"), "\(format)")
      let chinese = try run("validate", "a.docx", "--list", "second", "--format", format, in: folder, language: "zh")
      #expect(chinese.output.contains("表1 第1行"), "\(format): \(chinese.output)")
    }
  }

  // MARK: What is no list

  @Test func aMissingFileIsAdvisedOnOnce() throws {
    let folder = try TemporaryFolder()
    for format in ["text", "json"] {
      let outcome = try run("validate", "none.xml", "--format", format, in: folder)
      #expect(outcome.status == 2 && count("Check the path", in: outcome.output) == 1, "\(outcome.output)")
      let chinese = try run("validate", "none.xml", "--format", format, in: folder, language: "zh")
      #expect(count("核对路径", in: chinese.output) == 1, "\(chinese.output)")
    }
    let listed = try run("list", "--catalog", "none.xml", in: folder)
    #expect(listed.status == 2 && count("Check the path", in: listed.errors) == 1, "\(listed.errors)")
    try FileManager.default.createDirectory(at: file("empty", folder), withIntermediateDirectories: false)
    let empty = try run("validate", "empty", in: folder)
    #expect(empty.status == 2 && count("Check the path", in: empty.output) == 1, "\(empty.output)")
    #expect(count("onevisit init", in: empty.output) == 1)
  }

  /// The name of a file promises a document or a workbook, and the content is something else.
  @Test(arguments: ["docx", "xlsx"])
  func filesThatAreNotWhatTheyAreNamed(_ suffix: String) throws {
    let folder = try TemporaryFolder()
    let promised = suffix == "docx" ? "a Word document (.docx)" : "a workbook (.xlsx)"
    func message(_ bytes: [UInt8]) throws -> String {
      try Data(bytes).write(to: file("a.\(suffix)", folder))
      let outcome = try run("validate", "a.\(suffix)", in: folder)
      #expect(outcome.status == 2, "\(outcome.output)")
      return outcome.output.replacing("\n", with: " ")
    }
    // A linear congruential generator: neither text nor any known form.
    var state: UInt32 = 42
    let random = (0..<4096).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    let damaged = try message([0x80] + random)
    #expect(damaged.contains("by its name this is \(promised), but its content is not"), "\(damaged)")
    #expect(damaged.contains("if it does not open, it is damaged"))
    let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    let bare = try message(compound + [UInt8](repeating: 0, count: 504))
    #expect(
      bare.contains("by its name this is \(promised)") && bare.contains("an Office file of an old format"), "\(bare)")
    #expect(bare.contains("(*.\(suffix))"))
    func holding(_ stream: String) -> [UInt8] {
      compound + [UInt8](repeating: 0, count: 504) + stream.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }
    let old = try message(holding("WordDocument"))
    #expect(
      old.contains("by its name this is \(promised), but its content is not: this is a document of an old"), "\(old)")
    let workbook = try message(holding("Workbook"))
    #expect(workbook.contains("but its content is not: this is a workbook of an old format"), "\(workbook)")
    let secret = try message(holding("EncryptedPackage"))
    #expect(secret.contains("is encrypted.") && !secret.contains("by its name"), "\(secret)")
    let page = try message(Array("<html><table><tr><td>序号</td></tr></table></html>".utf8))
    #expect(page.contains("but it is a web page or an XML file"), "\(page)")
    let pdf = try message(Array("%PDF-1.7 and more".utf8))
    #expect(pdf.contains("but it is a PDF file"), "\(pdf)")
    let text = try message(Array("一些文字\n没有表头\n".utf8))
    #expect(text.contains("nor is it a list that is recognised"), "\(text)")
  }

  /// A list in CSV is read whatever it is named.
  @Test func aListInCSVWithAnotherName() throws {
    let catalog = try CatalogFolder()
    #expect(try catalog.run("export", "csv", "--catalog", "catalog", "-o", "all.csv").status == 0)
    let text = try Data(contentsOf: catalog.folder.appending(path: "all.csv"))
    try text.write(to: catalog.folder.appending(path: "all.xlsx"))
    #expect(try catalog.run("list", "--catalog", "all.xlsx").status == 0)
  }

  @Test func jsonIsForOthers() throws {
    let catalog = try CatalogFolder()
    #expect(try catalog.run("export", "json", "--catalog", "catalog", "-o", "k1.json").status == 0)
    let before = try catalog.snapshot()
    for arguments in [["import", "k1.json", "--into", "catalog"], ["list", "--catalog", "k1.json"]] {
      let outcome = try Program.run(Program.onevisit, arguments + ["--language", "en"], in: catalog.folder)
      #expect(outcome.status == 2, "\(outcome.errors)")
      #expect(
        outcome.errors.contains("this is JSON, to which catalogs are exported (`onevisit export json`)"),
        "\(outcome.errors)")
      #expect(outcome.errors.contains("`onevisit export xml` writes all there is"))
    }
    #expect(try catalog.snapshot() == before)
    let description = try catalog.run("validate", "catalog/datapackage.json", "--language", "en")
    #expect(
      description.status == 2 && description.output.contains("Give the folder: catalog."), "\(description.output)")
    // A title in brackets is no JSON.
    #expect(try catalog.run("export", "csv", "--catalog", "catalog", "-o", "all.csv").status == 0)
    let csv = "[附件],{}\n" + (try String(contentsOf: catalog.folder.appending(path: "all.csv"), encoding: .utf8))
    try Data(csv.utf8).write(to: catalog.folder.appending(path: "all.csv"))
    #expect(try catalog.run("list", "--catalog", "all.csv").status == 0)
  }

  // MARK: Imports

  /// A deadline that cannot be read is said with its cell, and imported as it is.
  @Test func anUnreadableDeadlineIsSaid() throws {
    let catalog = try CatalogFolder()
    let export = try catalog.run(
      "export", "csv", "--catalog", "catalog", "--layout", "official", "--list", "second", "-o", "second.csv")
    #expect(export.status == 0)
    let path = catalog.folder.appending(path: "second.csv")
    let lines = try String(contentsOf: path, encoding: .utf8).components(separatedBy: "\r\n")
    let changed = lines.map { $0.hasPrefix("8,") ? $0.replacing("2022年12月底", with: "尽早") : $0 }
    #expect(changed != lines)
    try Data(changed.joined(separator: "\r\n").utf8).write(to: path)
    let outcome = try catalog.run("import", "second.csv", "--into", "catalog", "--list", "second", "--language", "en")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("unreadable-deadline") && outcome.errors.contains("“尽早”"), "\(outcome.errors)")
    #expect(outcome.errors.contains("2-008"), "\(outcome.errors)")
    #expect(try catalog.text("matters.csv").contains("尽早"))
  }

  /// The last line of a plan says what changes, if it is registers alone.
  @Test func theTotalOfAnImportCountsRegisters() throws {
    let catalog = try CatalogFolder()
    #expect(try catalog.run("export", "xml", "--catalog", "catalog", "-o", "all.xml").status == 0)
    let path = catalog.folder.appending(path: "all.xml")
    let text = try String(contentsOf: path, encoding: .utf8)
    let changed = text.replacing("市市场监督管理局", with: "市市场监督管理总局")
    #expect(changed != text)
    try Data(changed.utf8).write(to: path)
    let plan = try catalog.run("import", "all.xml", "--into", "catalog", "--dry-run", "--language", "en")
    #expect(
      plan.output.hasSuffix(
        "in all: matters 0 added, 0 changed, 241 unchanged, 0 not in the file and kept, 0 removed; rows of other tables 1 changed\n"
      ),
      "\(plan.output)")
    let chinese = try catalog.run("import", "all.xml", "--into", "catalog", "--dry-run", "--language", "zh")
    #expect(chinese.output.hasSuffix("合计：事项新增 0，修改 0，不变 241，文件中没有而保留 0，删除 0；其他表修改 1 行\n"), "\(chinese.output)")
  }
}

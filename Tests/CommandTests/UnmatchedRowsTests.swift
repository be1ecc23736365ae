import Foundation
import TestSupport
import Testing

/// An import refuses a file with rows that it cannot match with those of the folder: it would lose them or take one for
/// another. Workbooks are in WorkbookMistakesTests.
@Suite("Rows that an import cannot match") struct UnmatchedRowsTests {
  /// What is imported, a change of it, the rule that reports the change, and what the message names.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var file: String
    var rule: String
    var words: [String]
    var change: @Sendable (CatalogFolder) throws -> Void
    var testDescription: String { name }

    init(
      _ name: String, file: String, rule: String, words: [String],
      _ change: @escaping @Sendable (CatalogFolder) throws -> Void
    ) {
      (self.name, self.file, self.rule, self.words, self.change) = (name, file, rule, words, change)
    }
  }

  /// The exports of the catalog as shipped, changed as text.
  private static func exported(
    _ file: String, _ arguments: String..., change: (String) -> String, in catalog: CatalogFolder
  ) throws {
    let outcome = try Program.run(
      Program.onevisit, ["export"] + arguments + ["--catalog", "catalog", "-o", file], in: catalog.folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let path = catalog.folder.appending(path: file)
    let text = try String(contentsOf: path, encoding: .utf8)
    let changed = change(text)
    #expect(changed != text)
    try Data(changed.utf8).write(to: path)
  }

  private static func source(_ catalog: CatalogFolder) throws -> CatalogFolder {
    try CatalogFolder(named: "src", in: catalog.folder)
  }

  static let cases = [
    Case("items of no matter", file: "src", rule: "orphan-item", words: ["src/items.csv", "A11", "1－003", "Fix:"]) {
      try source($0).replace("\n1-003,", with: "\n1－003,", in: "items.csv")
    },
    Case(
      "an id with a full-width digit", file: "src", rule: "misplaced-id", words: ["src/matters.csv", "A21", "２-009"]
    ) {
      try source($0).replace("\n2-009,", with: "\n２-009,", in: "matters.csv")
    },
    Case("an id of two digits", file: "src", rule: "misplaced-id", words: ["src/matters.csv", "2-08", "2-008"]) {
      try source($0).replace("\n2-008,", with: "\n2-08,", in: "matters.csv")
    },
    Case("an id twice", file: "src", rule: "duplicate-id", words: ["src/matters.csv", "2-009", "养犬", "扶残助困"]) {
      try source($0).replace("\n2-008,", with: "\n2-009,", in: "matters.csv")
    },
    Case("a number twice", file: "src", rule: "misplaced-id", words: ["src/matters.csv", "2-008", "number 9"]) {
      try source($0).replace("\n2-008,second,8,", with: "\n2-008,second,9,", in: "matters.csv")
    },
    Case(
      "a department with the id of another", file: "src", rule: "duplicate-id",
      words: ["departments.csv", "civil-affairs"]
    ) {
      try source($0).replace("\npublic-security,", with: "\ncivil-affairs,", in: "departments.csv")
    },
    Case("an official list", file: "s.csv", rule: "duplicate-id", words: ["s.csv", "2-009", "养犬"]) {
      try exported(
        "s.csv", "csv", "--layout", "official", "--list", "second",
        change: { $0.replacing("\r\n8,个人,养犬", with: "\r\n9,个人,养犬") }, in: $0)
    },
    Case("a document", file: "x.xml", rule: "duplicate-id", words: ["x.xml", "2-009"]) {
      try exported(
        "x.xml", "xml",
        change: {
          $0.replacing("id=\"2-008\" list=\"second\" number=\"8\"", with: "id=\"2-009\" list=\"second\" number=\"9\"")
        }, in: $0)
    },
    Case("a document with a number twice", file: "x.xml", rule: "misplaced-id", words: ["x.xml", "2-008"]) {
      try exported(
        "x.xml", "xml",
        change: {
          $0.replacing("id=\"2-008\" list=\"second\" number=\"8\"", with: "id=\"2-008\" list=\"second\" number=\"9\"")
        }, in: $0)
    },
    Case("a Word document", file: "a.docx", rule: "duplicate-id", words: ["a.docx", "2-900", "我要迁户口"]) {
      let rows = [WordFile.header, WordFile.row(900, "我要办面馆"), WordFile.row(900, "我要迁户口")]
      try WordFile.write(WordFile.table(rows), to: $0.folder.appending(path: "a.docx"))
    },
  ]

  @Test("Nothing is written, with and without --dry-run", arguments: cases)
  func refused(_ example: Case) throws {
    let catalog = try CatalogFolder()
    try example.change(catalog)
    let before = try catalog.snapshot()
    let list = example.file.hasSuffix("docx") ? ["--list", "second"] : []
    for folder in ["catalog", "new"] {
      for options in [[], ["--dry-run"], ["--add-unknown"]] {
        let outcome = try Program.run(
          Program.onevisit, ["import", example.file, "--into", folder, "--language", "en"] + options + list,
          in: catalog.folder)
        #expect(outcome.status == 1 && outcome.output.isEmpty, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.errors.contains("[\(example.rule)]"), "\(outcome.errors)")
        for word in example.words { #expect(outcome.errors.contains(word), "\(word): \(outcome.errors)") }
        #expect(outcome.errors.contains("error: nothing imported: the file has "), "\(outcome.errors)")
        #expect(outcome.errors.contains("`onevisit validate \(example.file)` checks everything"), "\(outcome.errors)")
      }
    }
    let chinese = try Program.run(
      Program.onevisit, ["import", example.file, "--into", "catalog", "--language", "zh"] + list, in: catalog.folder)
    #expect(chinese.status == 1 && chinese.errors.contains("编号对不上或重复"), "\(chinese.errors)")
    #expect(chinese.errors.contains("处理建议：") && chinese.errors.contains("[\(example.rule)]"), "\(chinese.errors)")
    #expect(try catalog.snapshot() == before)
    #expect(!FileManager.default.fileExists(atPath: catalog.folder.appending(path: "new").path()))
  }

  /// A notice that prints a number twice: what is waived is imported as it is, and a full export gives the same folder.
  @Test func aWaivedIDIsImported() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("\n2-008,second,8,", with: "\n2-008,second,9,", in: "matters.csv")
    try catalog.append("misplaced-id,2-008,印发的清单有两个序号 9", to: "waivers.csv")
    #expect(try catalog.validate().open.filter { $0.rule == "misplaced-id" }.isEmpty)
    #expect(try catalog.run("export", "xml", "--catalog", "catalog", "-o", "x.xml").status == 0)
    for folder in ["new", "catalog"] {
      let outcome = try catalog.run("import", "x.xml", "--into", folder, "--replace", "--language", "en")
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
    #expect(
      try [UInt8](Data(contentsOf: catalog.folder.appending(path: "new/matters.csv"))) == catalog.bytes("matters.csv"))
    // Items of no matter would be lost, whatever is waived.
    try catalog.replace("\n1-003,", with: "\n1-0003,", in: "items.csv")
    let lines = try catalog.lines("items.csv").filter { $0.hasPrefix("1-0003,") }
    for line in lines { try catalog.append("orphan-item,1-0003.\(CatalogFolder.cells(line)[1]),试", to: "waivers.csv") }
    let lost = try catalog.run("import", "catalog", "--into", "other", "--language", "en")
    #expect(lost.status == 1 && lost.errors.contains("orphan-item"), "\(lost.errors)")
    #expect(!FileManager.default.fileExists(atPath: catalog.folder.appending(path: "other").path()))
  }

  /// The names of items of one number distinguish them: all are imported, and `validate` reports the number.
  @Test func itemsOfOneNumberAreImported() throws {
    let catalog = try CatalogFolder()
    let source = try Self.source(catalog)
    try source.replace("\n2-002,2,", with: "\n2-002,1,", in: "items.csv")
    let outcome = try catalog.run("import", "src", "--into", "catalog", "--language", "en")
    #expect(outcome.status == 0 && outcome.errors.contains("Validation finds 1 error"), "\(outcome.errors)")
    #expect(try catalog.bytes("items.csv") == source.bytes("items.csv"))
  }

  /// A fault of the folder itself is no fault of a list that is imported into it.
  @Test func faultsOfTheFolderDoNotStopAList() throws {
    let catalog = try CatalogFolder()
    #expect(
      try catalog.run(
        "export", "csv", "--layout", "official", "--list", "second", "--catalog", "catalog", "-o", "s.csv"
      )
      .status == 0)
    try catalog.replace("\n1-003,", with: "\n1-0003,", in: "items.csv")
    let outcome = try catalog.run("import", "s.csv", "--into", "catalog", "--dry-run", "--language", "en")
    #expect(outcome.status == 0 && outcome.output.hasPrefix("in all: "), "\(outcome.output)\(outcome.errors)")
  }

  /// Only the first of many are listed; the others are counted.
  @Test func manyAreCounted() throws {
    let catalog = try CatalogFolder()
    let source = try Self.source(catalog)
    try source.edit("matters.csv") { rows in
      for index in rows.indices where rows[index].hasPrefix("2-1") {
        rows[index] = rows[index].replacingOccurrences(of: "2-1", with: "3-1", options: .anchored)
      }
    }
    let outcome = try catalog.run("import", "src", "--into", "catalog", "--language", "en")
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "[misplaced-id]").count == 21, "\(outcome.errors)")
    #expect(outcome.errors.contains("and 80 more of misplaced-id"), "\(outcome.errors.suffix(800))")
  }
}

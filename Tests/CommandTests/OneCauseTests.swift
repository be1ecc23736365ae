import Foundation
import TestSupport
import Testing

/// One cause has one finding, and a fix that fits it.
@Suite struct OneCauseTests {
  @Test("Undecodable bytes of a list are no unknown department")
  func undecodableBytes() throws {
    for layout in ["official", "flat"] {
      let catalog = try CatalogFolder()
      let exported = try catalog.run(
        "export", "csv", "--catalog", "catalog", "--layout", layout, "--list", "second", "-o", "list.csv")
      #expect(exported.status == 0)
      let file = catalog.folder.appending(path: "list.csv")
      var bytes = [UInt8](try Data(contentsOf: file))
      let name = Array("人社部门".utf8)
      let start = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
      bytes.replaceSubrange(start..<start + 3, with: [0xFF])
      try Data(bytes).write(to: file)
      let outcome = try catalog.run("validate", "list.csv", "--format", "json", "--as-of", CatalogFolder.day)
      let rules = try #require(try outcome.json()["findings"]).elements.compactMap { $0["rule"]?.text }
      #expect(rules.contains("text-encoding") && !rules.contains("unknown-department"), "\(layout): \(rules)")
    }
  }

  @Test("A missing table of regions explains the regions that are unknown")
  func missingRegions() throws {
    let catalog = try CatalogFolder()
    try catalog.delete("regions.csv")
    let rules = try catalog.validate().findings.map(\.rule)
    #expect(rules.contains("missing-table") && !rules.contains("unknown-region"), "\(rules)")
  }

  @Test("A register entry without an id is one finding")
  func entryWithoutID() throws {
    let catalog = try CatalogFolder()
    try catalog.append(",新事项,,,", to: "approvals.csv")
    let text = try catalog.run("validate", "catalog", "--as-of", CatalogFolder.day, "--language", "en")
    #expect(text.status == 1 && text.output.contains("missing-value"), "\(text.output)")
    #expect(!text.output.contains("provisional-entry") && !text.output.contains("unused-approval"), "\(text.output)")
    #expect(!text.output.contains("“新事项” ()"))
  }

  @Test("The fix for an empty table names its own columns")
  func emptyTable() throws {
    let catalog = try CatalogFolder()
    try catalog.write("", to: "items.csv")
    let text = try catalog.run("validate", "catalog", "--language", "en")
    #expect(text.status == 2)
    #expect(text.output.contains("in English or in Chinese: matter,number,name,responsible."), "\(text.output)")
    #expect(!text.output.contains("id,list,number"))
  }

  @Test("The fix for a NUL does not speak of quotes")
  func nul() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("灵活就业", with: "灵活\0就业", in: "matters.csv", row: "2-001,")
    let text = try catalog.run("validate", "catalog", "--only", "csv-syntax", "--language", "en")
    #expect(text.status == 1 && text.output.contains("Fix: Delete the NUL"), "\(text.output)")
    #expect(!text.output.contains("Close the quote"))
  }

  // MARK: What cannot be read

  @Test(
    "Why nothing could be read is shown whatever rules are asked for",
    arguments: [
      ["--only", "number-gap"], ["--skip", "unreadable-catalog,xml-syntax,missing-header,refused-doctype"],
    ])
  func unreadable(_ words: [String]) throws {
    let folder = try TemporaryFolder()
    try Data("<serviceCatalog xmlns=\"urn:onevisit:service-catalog:1\" version=\"1.0\"><notices".utf8).write(
      to: folder.url.appending(path: "cut.xml"))
    try Data("a,b\n1,2\n".utf8).write(to: folder.url.appending(path: "no-header.csv"))
    let inputs = ["nope": "unreadable-catalog", "cut.xml": "xml-syntax", "no-header.csv": "missing-header"]
    for (input, rule) in inputs {
      for format in ["text", "json", "sarif", "junit", "github", "html"] {
        let outcome = try Program.run(
          Program.onevisit, ["validate", input, "--format", format, "--language", "en"] + words, in: folder.url)
        #expect(outcome.status == 2)
        #expect(outcome.output.contains(rule), "\(input), \(format): \(outcome.output)")
      }
    }
  }

  private func errors(_ folder: TemporaryFolder, _ words: String...) throws -> String {
    let outcome = try Program.run(Program.onevisit, words + ["--language", "en"], in: folder.url)
    #expect(outcome.status == 2, "\(words): \(outcome.output)\(outcome.errors)")
    return outcome.errors
  }

  @Test("Nobody is given two fixes that contradict each other")
  func oneFix() throws {
    let folder = try TemporaryFolder()
    let delta = "<catalogDelta xmlns=\"urn:onevisit:service-catalog:1\" version=\"1.1\" from=\"a\" to=\"b\"/>"
    let later = "<serviceCatalog xmlns=\"urn:onevisit:service-catalog:1\" version=\"2.0\"/>"
    try Data(delta.utf8).write(to: folder.url.appending(path: "delta.xml"))
    try Data(later.utf8).write(to: folder.url.appending(path: "later.xml"))
    let ofDelta = try errors(folder, "list", "--catalog", "delta.xml")
    #expect(ofDelta.contains("Apply it to the edition that it starts from"), "\(ofDelta)")
    #expect(!ofDelta.contains("Correct the file"), "\(ofDelta)")
    let ofLater = try errors(folder, "list", "--catalog", "later.xml")
    #expect(ofLater.contains("or update this program.") && !ofLater.contains("Correct the file"), "\(ofLater)")
    let ofDevice = try errors(folder, "list", "--catalog", "/dev/null")
    #expect(ofDevice.contains("Use an ordinary file.") && !ofDevice.contains("When that is settled"), "\(ofDevice)")
    let missing = try errors(folder, "list", "--catalog", "nope")
    #expect(missing.hasPrefix("error: cannot read nope: no such file or folder. Check the path"), "\(missing)")
    let empty = try errors(folder, "list", "--catalog", "")
    #expect(empty.contains("the path is empty.") && !empty.contains("cannot read"), "\(empty)")
  }

  @Test("datapackage.json: what is wrong, and where")
  func descriptions() throws {
    let catalog = try CatalogFolder()
    let shipped = try catalog.text("datapackage.json")
    let twice = shipped.replacing("\"path\": \"items.csv\"", with: "\"path\": \"matters.csv\"")
    let outside = shipped.replacing("\"path\": \"items.csv\"", with: "\"path\": \"../items.csv\"")
    let cases = [
      ("[]", "is no object"), (String(repeating: "[", count: 100_000), "nests too many brackets"),
      ("{", "is not valid JSON from line 1 on"),
      (twice, "resources.matters.path and resources.items.path are both “matters.csv”"),
      (outside, "resources.items.path is “../items.csv”, but a table has to be a file inside the folder"),
    ]
    for (text, message) in cases {
      try catalog.write(text, to: "datapackage.json")
      let outcome = try catalog.run("validate", "catalog", "--language", "en")
      #expect(outcome.status == 2 && outcome.output.contains(message), "\(message): \(outcome.output)")
    }
  }

  @Test("A path that is no folder, or is in none")
  func folders() throws {
    let catalog = try CatalogFolder()
    try Data().write(to: catalog.folder.appending(path: "file"))
    func refused(_ words: String...) throws -> String {
      let outcome = try Program.run(Program.onevisit, words + ["--language", "en"], in: catalog.folder)
      #expect(outcome.status == 2, "\(words): \(outcome.output)\(outcome.errors)")
      return outcome.errors
    }
    let isFile = "cannot use file as a folder: this is a file, not a folder. Name a folder."
    #expect(try refused("init", "file").contains(isFile))
    #expect(try refused("import", "catalog", "--into", "file").contains(isFile))
    #expect(try refused("init", "none/a").contains("cannot create the folder none/a: the folder that it should be in"))
    let edit = try refused("edit", "withdraw", "2-003", "--on", "2024-01-01", "--basis", "a", "--in", "none")
    #expect(edit.contains("cannot read none: no such file or folder."), "\(edit)")
    let written = try catalog.run(
      "export", "xml", "--catalog", "catalog", "-o", "catalog/matters.csv", "--language", "en")
    #expect(
      written.errors.contains("catalog/matters.csv is being read; the result would replace it."), "\(written.errors)")
  }

  @Test("What is only empty was read")
  func emptyCells() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("second,1,individual", with: "second,1,", in: "matters.csv", row: "2-001,")
    let outcome = try catalog.run("list", "--catalog", "catalog", "--language", "en")
    #expect(outcome.errors.contains("note: reading found 1 problem; see onevisit validate."), "\(outcome.errors)")
  }

  // MARK: Characters

  @Test("No workbook has a character that XML does not allow", arguments: ["\u{FFFE}", "\u{FFFF}", "\u{1}"])
  func forbiddenCharacters(_ character: String) throws {
    let catalog = try CatalogFolder()
    try catalog.replace("灵活就业", with: "灵活\(character)就业", in: "matters.csv", row: "2-001,")
    let checked = try catalog.run(
      "validate", "catalog", "--format", "xlsx", "-o", "r.xlsx", "--as-of", CatalogFolder.day)
    #expect(checked.status != 2, "\(checked.errors)")
    let read = try catalog.run("validate", "r.xlsx", "--format", "json", "--as-of", CatalogFolder.day)
    #expect(read.status != 2, "\(read.output.prefix(2000))")
    let shown = character == "\u{1}" ? "灵活␁就业" : "灵活<U+\(character == "\u{FFFE}" ? "FFFE" : "FFFF")>就业"
    #expect(try catalog.run("show", "2-001", "--catalog", "r.xlsx").output.contains(shown))
    for words in [[], ["--layout", "official", "--list", "second"]] {
      let exported = try Program.run(
        Program.onevisit, ["export", "xlsx", "--catalog", "catalog", "-o", "x.xlsx", "--language", "en"] + words,
        in: catalog.folder)
      #expect(exported.status == 2, "\(words): \(exported.errors)")
      #expect(exported.errors.contains("2-001"), "\(exported.errors)")
      #expect(!FileManager.default.fileExists(atPath: catalog.folder.appending(path: "x.xlsx").path()))
    }
    let other = try catalog.run(
      "export", "xlsx", "--catalog", "catalog", "--layout", "official", "--list", "first", "-o", "first.xlsx")
    #expect(other.status == 0, "\(other.errors)")
  }
}

import Foundation
import TestSupport
import Testing

/// The XML that the command writes, judged by four engines for schemas: libxml2's, Xerces-C's, Xerces-J's and Python's.
@Suite struct XMLTests {
  static let schema = Program.root.appending(path: "schemas/service-catalog.xsd").path()
  static let example = Program.root.appending(path: "schemas/example.xml").path()
  static let stylesheet = Program.root.appending(path: "schemas/to-html.xsl").path()

  /// Every export and the example.
  private func documents() throws -> [String] {
    try Exports.shared.get().paths(Exports.xml.map(\.file)) + [Self.example]
  }

  /// Documents that no engine may take.
  private func bad(in folder: TemporaryFolder) throws -> [String] {
    let good = try Exports.shared.get().text("second.xml")
    let edits = [
      ("audience=\"individual\"", "audience=\"个人\""), ("due=\"2022-12-31\"", "due=\"2022-12-32\""),
      ("<lead choice=\"all\">", "<lead>"), ("<matters>", "<matters><matter/>"), ("id=\"2-042\"", "id=\"2 042\""),
      ("<matters>", "<matters colour=\"red\">"), ("<matters>", "<matters><date/>"),
    ]
    return try edits.enumerated().map { number, edit in
      let range = try #require(good.range(of: edit.0), "\(edit.0)")
      let file = folder.url.appending(path: "bad-\(number).xml")
      try Data(good.replacingCharacters(in: range, with: edit.1).utf8).write(to: file)
      return file.path()
    }
  }

  @Test(.needs(.xmllint)) func xmllintAcceptsEveryExport() throws {
    let outcome = try Tool.xmllint.run(["--noout", "--nonet", "--schema", Self.schema] + documents())
    #expect(outcome.status == 0, "\(outcome.errors)")
    let streamed = try Tool.xmllint.run(["--noout", "--stream", "--schema", Self.schema] + documents())
    #expect(streamed.status == 0, "\(streamed.errors)")
  }

  @Test(.needs(.xmllint)) func xmllintRejectsBrokenDocuments() throws {
    let folder = try TemporaryFolder()
    for file in try bad(in: folder) {
      #expect(try Tool.xmllint.run("--noout", "--schema", Self.schema, file).status != 0, "\(file)")
    }
  }

  @Test(.needs(.jing)) func jingAcceptsEveryExport() throws {
    let outcome = try Tool.jing.run([Self.schema] + documents())
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test(.needs(.jing)) func jingRejectsBrokenDocuments() throws {
    let folder = try TemporaryFolder()
    let files = try bad(in: folder)
    let outcome = try Tool.jing.run([Self.schema] + files)
    #expect(outcome.status != 0)
    for file in files { #expect(outcome.output.contains("\(file):"), "\(file)") }
  }

  /// Its sample programs know a schema only by what a document says of itself.
  private func judgeByXerces(_ file: String, in folder: TemporaryFolder) throws -> String {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let range = try #require(text.range(of: "<serviceCatalog "))
    let hint =
      "<serviceCatalog xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
      + " xsi:schemaLocation=\"urn:onevisit:service-catalog:1 \(Self.schema)\" "
    let copy = folder.url.appending(path: "hinted-\(UUID().uuidString).xml")
    try Data(text.replacingCharacters(in: range, with: hint).utf8).write(to: copy)
    // Namespaces and schemas are on by default; -n and -s switch them off.
    let outcome = try Tool.xerces.run("-v=always", "-f", copy.path())
    return outcome.output + outcome.errors
  }

  @Test(.needs(.xerces)) func xercesAcceptsEveryExport() throws {
    let folder = try TemporaryFolder()
    for file in try documents() {
      let reported = try judgeByXerces(file, in: folder)
      #expect(!reported.contains("rror"), "\(file): \(reported.prefix(500))")
      #expect(reported.contains(" elems"), "\(file): \(reported.prefix(500))")
    }
  }

  @Test(.needs(.xerces)) func xercesRejectsBrokenDocuments() throws {
    let folder = try TemporaryFolder()
    for file in try bad(in: folder) {
      #expect(try judgeByXerces(file, in: folder).contains("Error at file"), "\(file)")
    }
  }

  @Test(.needs(.xmlschema)) func xmlschemaAcceptsEveryExport() throws {
    let outcome = try Tool.xmlschema.run(
      [Program.root.appending(path: "Tests/ToolTests/Scripts/xsd.py").path(), Self.schema] + documents())
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test(.needs(.xmlschema)) func xmlschemaRejectsBrokenDocuments() throws {
    let folder = try TemporaryFolder()
    let files = try bad(in: folder)
    let outcome = try Tool.xmlschema.run(
      [Program.root.appending(path: "Tests/ToolTests/Scripts/xsd.py").path(), Self.schema] + files)
    #expect(outcome.status == 1, "\(outcome.errors)")
    for file in files { #expect(outcome.output.contains("\(file) "), "\(file)") }
  }

  /// The stylesheet's pages are HTML that a parser of HTML has nothing to say of, with every matter on them.
  @Test(.needs(.xsltproc, .xmllint)) func xsltprocTransformsAnExport() throws {
    let folder = try TemporaryFolder()
    for (file, matters) in [("full.xml", 241), ("expanded.xml", 241), ("first.xml", 11), ("nothing.xml", 0)] {
      let page = folder.url.appending(path: file + ".html")
      let made = try Tool.xsltproc.run(
        "--nonet", "-o", page.path(), Self.stylesheet, try Exports.shared.get().path(file))
      #expect(made.status == 0 && made.errors.isEmpty, "\(file): \(made.errors)")
      let read = try Tool.xmllint.run("--html", "--noout", page.path())
      #expect(read.status == 0 && read.errors.isEmpty, "\(file): \(read.errors)")
      let text = try String(contentsOf: page, encoding: .utf8)
      #expect(text.components(separatedBy: "<tr id=").count - 1 == matters, "\(file)")
    }
  }

  /// The command takes what libxml2 writes in other encodings, and finds in it what it finds in the original.
  @Test(.needs(.xmllint), arguments: ["UTF-16", "GB18030", "UTF-8"])
  func encodingsWrittenByXmllintAreRead(_ encoding: String) throws {
    let folder = try TemporaryFolder()
    let full = try Exports.shared.get().path("full.xml")
    let file = folder.url.appending(path: "encoded.xml").path()
    let made = try Tool.xmllint.run("--encode", encoding, "--output", file, full)
    #expect(made.status == 0, "\(made.errors)")
    func summary(_ path: String) throws -> JSON? {
      let outcome = try onevisit("validate", path, "--as-of", "2023-01-15", "--format", "json", "--no-waivers")
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try outcome.json()["summary"]
    }
    #expect(try summary(file) == summary(full))
  }
}

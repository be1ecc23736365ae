import Foundation
import TestSupport
import Testing

/// The deltas that the command writes, judged by other engines for schemas, and applied by the command.
@Suite struct DeltaToolTests {
  private func deltas() throws -> (catalog: CatalogFolder, files: [String]) {
    let catalog = try CatalogFolder(), edited = try CatalogFolder(named: "edited", in: catalog.folder)
    try edited.replace("养犬", with: "养犬登记", in: "matters.csv", row: "2-008")
    try edited.delete(rows: "2-230,", in: "matters.csv")
    try edited.delete(rows: "2-230,", in: "items.csv")
    try edited.delete(rows: "2-012,2,", in: "items.csv")
    try edited.replace("市公安局", with: "市公安总局", in: "departments.csv")
    var files: [String] = []
    for (old, new) in [("catalog", "edited"), ("edited", "catalog"), ("catalog", "catalog")] {
      let file = catalog.folder.appending(path: "delta-\(files.count).xml").path()
      let outcome = try catalog.run("diff", old, new, "--format", "xml", "-o", file)
      #expect(outcome.status == (old == new ? 0 : 1), "\(outcome.errors)")
      files.append(file)
    }
    return (catalog, files)
  }

  @Test(.needs(.xmllint)) func xmllintAcceptsDeltas() throws {
    let (catalog, files) = try deltas()
    let outcome = try Tool.xmllint.run(["--noout", "--nonet", "--stream", "--schema", XMLTests.schema] + files)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let text = try String(contentsOfFile: files[0], encoding: .utf8)
    for (old, new) in [(" to=\"", " to=\"x"), ("<changes>", "<changes><changes/>"), (" was=\"", " is=\"")] {
      let file = catalog.folder.appending(path: "bad.xml").path()
      try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: URL(filePath: file))
      #expect(try Tool.xmllint.run("--noout", "--schema", XMLTests.schema, file).status != 0, "\(old)")
    }
  }

  @Test(.needs(.xerces)) func xercesAcceptsDeltas() throws {
    let (catalog, files) = try deltas()
    for file in files {
      let hint =
        "<catalogDelta xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
        + " xsi:schemaLocation=\"urn:onevisit:service-catalog:1 \(XMLTests.schema)\" "
      let text = try String(contentsOfFile: file, encoding: .utf8)
      let copy = catalog.folder.appending(path: "hinted.xml")
      try Data(text.replacingOccurrences(of: "<catalogDelta ", with: hint).utf8).write(to: copy)
      let outcome = try Tool.xerces.run("-v=always", "-f", copy.path())
      #expect(!(outcome.output + outcome.errors).contains("rror"), "\(outcome.output.prefix(500))")
      #expect(outcome.output.contains(" elems"))
    }
  }
}

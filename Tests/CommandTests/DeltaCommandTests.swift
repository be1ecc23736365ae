import Foundation
import TestSupport
import Testing

/// `onevisit diff --format xml` and the import of what it writes, as they are run.
@Suite struct DeltaCommandTests {
  /// `catalog` as shipped and `new` with a changed deadline, a renamed matter, a
  /// removed matter, a moved row and a changed entry of a register.
  private func editions() throws -> CatalogFolder {
    let catalog = try CatalogFolder()
    let new = try CatalogFolder(named: "new", in: catalog.folder)
    try new.replace("2023年12月底", with: "2024年6月底", in: "matters.csv", row: "2-152")
    try new.replace("养犬", with: "养犬登记", in: "matters.csv", row: "2-008")
    try new.delete(rows: "2-230,", in: "matters.csv")
    try new.delete(rows: "2-230,", in: "items.csv")
    try new.append("2-229,9,新增的事项,公安部门,", to: "items.csv")
    try new.replace("市公安局", with: "市公安总局", in: "departments.csv")
    try new.edit("departments.csv") { rows in rows.swapAt(3, 7) }
    return catalog
  }

  private func export(_ folder: String, of catalog: CatalogFolder) throws -> [UInt8] {
    let outcome = try catalog.run("export", "xml", "--catalog", folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return Array(outcome.bytes)
  }

  @Test func appliedAndBack() throws {
    let catalog = try editions()
    let old = try export("catalog", of: catalog)
    let new = try export("new", of: catalog)
    #expect(old != new)
    #expect(try catalog.run("diff", "catalog", "new", "--format", "xml", "-o", "delta.xml").status == 1)
    #expect(try catalog.run("diff", "new", "catalog", "--format", "xml", "-o", "back.xml").status == 1)
    let dry = try catalog.run("import", "delta.xml", "--into", "catalog", "--dry-run")
    #expect(dry.status == 0 && !dry.output.isEmpty, "\(dry.errors)")
    // What is removed is named by the delta, and not merely missing from it.
    #expect(!dry.output.contains("not in the file"), "\(dry.output)")
    #expect(dry.output.contains("removed  2-230 我要开披萨店 (the delta removes it)"), "\(dry.output)")
    #expect(try export("catalog", of: catalog) == old)
    try catalog.run("import", "delta.xml", "--into", "catalog").expectStatus(0)
    #expect(try export("catalog", of: catalog) == new)
    #expect(try catalog.run("diff", "catalog", "new", "--format", "xml").status == 0)
    // A second time it changes nothing.
    let again = try catalog.run("import", "delta.xml", "--into", "catalog", "--language", "en")
    #expect(again.status == 0 && again.errors.contains("nothing changed"), "\(again.errors)")
    try catalog.run("import", "back.xml", "--into", "catalog").expectStatus(0)
    #expect(try export("catalog", of: catalog) == old)
  }

  @Test(arguments: ["en", "zh"]) func otherEdition(_ language: String) throws {
    let catalog = try editions()
    #expect(try catalog.run("diff", "catalog", "new", "--format", "xml", "-o", "delta.xml").status == 1)
    try catalog.replace("养犬", with: "养狗", in: "matters.csv", row: "2-008")
    let before = try export("catalog", of: catalog)
    let outcome = try catalog.run("import", "delta.xml", "--into", "catalog", "--language", language)
    #expect(outcome.status == 1)
    let delta = try String(contentsOf: catalog.folder.appending(path: "delta.xml"), encoding: .utf8)
    let named = delta.matches(of: /[0-9a-f]{64}/).prefix(2).map { String($0.output) }
    for hash in named { #expect(outcome.errors.contains(hash)) }
    #expect(Set(outcome.errors.matches(of: /[0-9a-f]{64}/).map { String($0.output) }).count == 3)
    #expect(outcome.errors.contains("--replace"))
    #expect(try export("catalog", of: catalog) == before)
    // There is no edition in a folder that is not there.
    let missing = try catalog.run("import", "delta.xml", "--into", "nowhere", "--language", language)
    #expect(missing.status == 1 && missing.errors.contains(named[0]), "\(missing.errors)")
    #expect(!FileManager.default.fileExists(atPath: catalog.folder.appending(path: "nowhere").path()))
  }

  @Test func trouble() throws {
    let catalog = try editions()
    #expect(try catalog.run("diff", "catalog", "new", "--format", "xml", "-o", "delta.xml").status == 1)
    let checked = try catalog.run("validate", "delta.xml", "--language", "en")
    #expect(checked.status == 2)
    #expect((checked.output + checked.errors).contains("delta between two editions"))
    #expect(try catalog.run("list", "--catalog", "delta.xml").status == 2)
    #expect(try catalog.run("diff", "delta.xml", "catalog").status == 2)
    #expect(try catalog.run("import", "delta.xml", "--into", "catalog", "--replace").status == 64)
    let text = try String(contentsOf: catalog.folder.appending(path: "delta.xml"), encoding: .utf8)
    let edits: [(String, String, Int32)] = [
      ("养犬登记", "养猫登记", 1), (" was=\"", " was=\"9", 1), ("<changes>", "<changes><added/>", 1),
      ("</catalogDelta>", "", 2), ("<catalogDelta ", "<!DOCTYPE a><catalogDelta ", 2),
    ]
    for (old, new, status) in edits {
      try Data(text.replacingOccurrences(of: old, with: new).utf8)
        .write(to: catalog.folder.appending(path: "bad.xml"))
      let before = try export("catalog", of: catalog)
      let outcome = try catalog.run("import", "bad.xml", "--into", "catalog")
      #expect(outcome.status == status, "\(old): \(outcome.errors)")
      #expect(try export("catalog", of: catalog) == before)
    }
  }

  @Test func hashes() throws {
    let catalog = try CatalogFolder()
    var found: [Set<String>] = []
    for format in ["xml", "csv", "json"] {
      let outcome = try catalog.run("export", format, "--hashes", "-o", "a.\(format)")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let text = try String(contentsOf: catalog.folder.appending(path: "a.\(format)"), encoding: .utf8)
      found.append(Set(text.matches(of: /[0-9a-f]{64}/).map { String($0.output) }))
    }
    #expect(found[0].count == 241)
    #expect(found[1] == found[0] && found[2] == found[0])
    #expect(try catalog.run("export", "csv", "--hashes", "--layout", "official", "--list", "first").status == 64)
    // What is read back is the same catalog.
    let outcome = try catalog.run("validate", "a.csv", "--language", "en")
    #expect(outcome.status == 0 && !outcome.output.contains("hash"), "\(outcome.output)")
    #expect(try catalog.run("diff", "catalog", "a.xml").status == 0)
  }
}

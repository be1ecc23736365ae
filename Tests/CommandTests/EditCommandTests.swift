import Foundation
import TestSupport
import Testing

/// `onevisit edit` as a process: what it prints, what it writes and how it ends.
@Suite struct EditCommandTests {
  @Test func dryRunListsEveryCellAndWritesNothing() throws {
    let catalog = try CatalogFolder()
    let before = try catalog.snapshot()
    // Without --in it is ./catalog.
    let outcome = try catalog.run(
      "edit", "withdraw", "2-003", "--on", "2024-05-01", "--basis", "依据", "--dry-run", "--language", "en")
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        catalog/matters.csv K15 2-003 withdrawn: — → 2024-05-01
        catalog/matters.csv L15 2-003 withdrawal_basis: — → 依据
        in all: 2 cells in 1 table

        """)
    #expect(try catalog.snapshot() == before)
    let chinese = try catalog.run(
      "edit", "withdraw", "2-003", "--on", "2024-05-01", "--basis", "依据", "--dry-run", "--language", "zh")
    #expect(chinese.output.hasPrefix("catalog/matters.csv K15 2-003 撤回日期：— → 2024-05-01\n"))
  }

  @Test func aWithdrawnMatterIsLeftOutOfListsAndShown() throws {
    let catalog = try CatalogFolder()
    let outcome = try catalog.run(
      "edit", "withdraw", "2-003", "--on", "2024-05-01", "--basis", "九府办字〔2024〕1号", "--in", "catalog")
    #expect(outcome.status == 0 && outcome.errors.contains("0 errors"))
    #expect(try catalog.validate().count("errors") == 0)
    let list = try catalog.run("list", "--list", "second", "--format", "json")
    #expect(!list.output.contains("\"2-003\"") && list.output.contains("\"2-004\""))
    let all = try catalog.run("list", "--list", "second", "--format", "json", "--withdrawn")
    #expect(all.output.contains("\"2-003\"") && all.output.contains("\"2024-05-01\""))
    let page = try catalog.run("show", "2-003", "--language", "en")
    #expect(page.output.contains("withdrawn on 2024-05-01, on the basis of: 九府办字〔2024〕1号"))
    let deadlines = try catalog.run("deadlines", "--format", "csv")
    #expect(!deadlines.output.contains("2-003") && deadlines.output.contains("2-004"))
  }

  @Test func mergedAndRenamedDepartmentsAreFoundByTheirOldNames() throws {
    let catalog = try CatalogFolder()
    func matters(_ name: String) throws -> Set<Substring> {
      let listed = try catalog.run("list", "--department", name, "--format", "csv")
      #expect(listed.status == 0)
      return Set(listed.output.split(whereSeparator: \.isNewline).dropFirst().map { $0.prefix(5) })
    }
    let old = try matters("市卫健委")
    #expect(try catalog.run("edit", "merge", "department", "市卫健委", "--into", "市医保局").status == 0)
    #expect(try catalog.run("edit", "rename", "department", "市医保局", "市健康医保局").status == 0)
    for name in ["市卫健委", "health", "市医保局", "市健康医保局"] {
      #expect(try matters(name).isSuperset(of: old), "\(name)")
    }
    #expect(try catalog.validate().count("errors") == 0)
  }

  @Test func refusalsHaveTheStatusOfTheContract() throws {
    let catalog = try CatalogFolder()
    let before = try catalog.snapshot()
    for (arguments, status): ([String], Int) in [
      (["withdraw", "2-999", "--on", "2024-05-01", "--basis", "x"], 64),
      (["withdraw", "2-003", "--on", "2024-5-1", "--basis", "x"], 64), (["withdraw", "2-003", "--basis", "x"], 64),
      (["merge", "department", "市太空局", "--into", "市医保局"], 64), (["rename", "department", "市公安局"], 64),
      (["rename", "department", "市公安局", "市民政局"], 1), (["move", "item", "2-037.1", "--to", "2-038"], 1),
      (["rename", "department", "市公安局", "市公安局、市交警"], 64), (["rename", "department", "市公安局", "市公安局，市交警"], 64),
      (["rename", "department", "市公安局", "市公安局/市交警"], 64), (["rename", "department", "市公安局", "市公安\u{1}局"], 64),
      (["withdraw", "2-003", "--on", "2024-05-01", "--basis", "九府办\n1号"], 64),
      (["withdraw", "2-003", "--on", "2024-05-01", "--basis", "九府办\u{1}1号"], 64),
      (["withdraw", "2-003", "--on", "2024-05-01", "--basis", "九府办\u{202E}1号"], 64),
      (["rename", "department", "局", "市局"], 64),
      (["move", "item", "2-002.1", "--to", "2-057", "--in", "nowhere"], 2),
    ] {
      let outcome = try Program.run(Program.onevisit, ["edit"] + arguments, in: catalog.folder)
      #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
      #expect(outcome.output.isEmpty && !outcome.errors.isEmpty, "\(arguments)")
    }
    #expect(try catalog.snapshot() == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: catalog.folder.path()) == ["catalog"])
  }

  /// The text of a name or a basis is what a cell may hold.
  @Test func whatDoesNotBelongInACellIsNamed() throws {
    let catalog = try CatalogFolder()
    let before = try catalog.snapshot()
    let bytes = try Program.shell(
      "\"$onevisit\" edit withdraw 2-003 --on 2024-01-01 --basis \"$(printf '\\377')\" --in catalog --language en",
      in: catalog.folder)
    #expect(bytes.status == 64 && bytes.errors.contains("--basis has a character") && bytes.errors.contains("\\xFF"))
    let joined = try catalog.run("edit", "rename", "department", "市公安局", "市公安局、市交警", "--language", "zh")
    #expect(joined.status == 64 && joined.errors.contains("“市公安局、市交警”不能作为部门名称"), "\(joined.errors)")
    #expect(try catalog.snapshot() == before)
    let bracketed = try catalog.run("edit", "rename", "department", "市公安局", "市公安局(治安、交警)")
    #expect(bracketed.status == 0, "\(bracketed.errors)")
  }

  /// An unambiguous part of a name is enough, as for lists; of several departments each is named.
  @Test func aDepartmentByAPartOfItsName() throws {
    let catalog = try CatalogFolder()
    let part = try catalog.run("edit", "rename", "department", "公安", "市公安总局", "--dry-run", "--language", "en")
    #expect(part.status == 0 && part.output.contains("市公安局 → 市公安总局"), "\(part.output)\(part.errors)")
    let several = try catalog.run("edit", "rename", "department", "市", "市局", "--language", "en")
    #expect(several.status == 64 && several.errors.contains("Give more of the name"), "\(several.errors)")
    let none = try catalog.run("edit", "rename", "department", "市公按局", "市局", "--language", "en")
    #expect(none.status == 64 && none.errors.contains("Did you mean “市公安局”?"), "\(none.errors)")
  }

  /// This month's export, imported with `--replace` into last month's folder, gives the folder that a fresh import gives.
  @Test func synchronisationConverges() throws {
    let catalog = try CatalogFolder()
    let last = try CatalogFolder(named: "last", in: catalog.folder)
    for edit in [
      ["merge", "department", "市卫健委", "--into", "市医保局"], ["move", "item", "2-002.4", "--to", "2-057"],
      ["withdraw", "2-003", "--on", "2024-05-01", "--basis", "依据"],
    ] {
      #expect(try Program.run(Program.onevisit, ["edit"] + edit, in: catalog.folder).status == 0)
    }
    #expect(try catalog.run("export", "xml", "-o", "month.xml").status == 0)
    #expect(try catalog.run("import", "month.xml", "--into", "last", "--replace").status == 0)
    #expect(try catalog.run("import", "month.xml", "--into", "fresh").status == 0)
    for name in try last.names() {
      let fresh = try Data(contentsOf: catalog.folder.appending(path: "fresh/\(name)"))
      #expect(try last.bytes(name) == [UInt8](fresh), "\(name)")
    }
    let again = try catalog.run("export", "xml", "--catalog", "last")
    #expect(
      again.output == String(decoding: try Data(contentsOf: catalog.folder.appending(path: "month.xml")), as: UTF8.self)
    )
    #expect(try last.validate().count("errors") == 0)
  }
}

import Foundation
import TestSupport
import Testing

/// Out and in again: XML and CSV, and imports that change what they should and nothing else.
@Suite struct ExchangeCommandTests {
  static let carried = ["approvals.csv", "departments.csv", "items.csv", "lists.csv", "matters.csv", "notices.csv"]

  /// What a folder of this name beside the catalog holds.
  private func files(_ name: String, beside catalog: CatalogFolder) throws -> [String: [UInt8]] {
    let url = catalog.folder.appending(path: name)
    return Dictionary(
      uniqueKeysWithValues: try FileManager.default.contentsOfDirectory(atPath: url.path()).map {
        ($0, [UInt8](try Data(contentsOf: url.appending(path: $0))))
      })
  }

  private func names(_ catalog: CatalogFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: catalog.folder.path()).sorted()
  }

  private func text(_ name: String, beside catalog: CatalogFolder) throws -> String {
    String(decoding: try Data(contentsOf: catalog.folder.appending(path: name)), as: UTF8.self)
  }

  // MARK: XML

  @Test func xmlHasTheFormOfTheContract() throws {
    let outcome = try onevisit("export", "xml")
    #expect(outcome.status == 0)
    let text = outcome.output
    #expect(
      text.hasPrefix(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<serviceCatalog xmlns=\"urn:onevisit:service-catalog:1\" version=\"1.1\">\n"
      ))
    #expect(text.hasSuffix("</serviceCatalog>\n"))
    let parts = ["<notices>", "<lists>", "<departments>", "<approvals>", "<matters>"].compactMap {
      text.range(of: $0)?.lowerBound
    }
    #expect(parts.count == 5 && parts == parts.sorted())
    #expect(text.components(separatedBy: "<matter ").count - 1 == 241)
    #expect(text.components(separatedBy: "<item ").count - 1 == 410)
    #expect(text.components(separatedBy: "<includes ").count - 1 == 186)
    for line in [
      #"<matter id="2-042" list="second" number="42" audience="enterprise">"#, #"<name>我要开办熟食店</name>"#,
      #"<lead choice="any"><department ref="market-regulation">市场监管部门</department><department ref="administrative-approval">行政审批部门</department></lead>"#,
      #"<deadline due="2022-12-31">2022年12月底</deadline>"#, #"<includes ref="2-037"/>"#,
      #"<approval ref="food-business-licence"/>"#,
    ] {
      #expect(
        text.contains(line)
          || text.filter { !$0.isNewline }.replacingOccurrences(of: ">  +<", with: "><", options: .regularExpression)
            .contains(line),
        "\(line)")
    }
    let expanded = try onevisit("export", "xml", "--expand").output
    #expect(expanded.components(separatedBy: "sharedFrom=\"2-037\"").count - 1 == 93 * 6)
    let part = try onevisit("export", "xml", "--list", "first").output
    #expect(part.components(separatedBy: "<matter ").count - 1 == 11)
  }

  @Test(.enabled(if: Program.isInstalled("xmllint"), "xmllint judges the XML"))
  func xmlIsValid() throws {
    let schema = Program.root.appending(path: "schemas/service-catalog.xsd").path()
    for arguments in [
      "", "--expand", "--list first", "--department 公安部门", "--audience individual",
      "--list second --department 市残联 --expand",
    ] {
      let outcome = try Program.shell("\"$onevisit\" export xml \(arguments) | xmllint --noout --schema '\(schema)' -")
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors.suffix(500))")
    }
  }

  @Test func xmlIsAcceptedByEveryCommand() throws {
    let catalog = try CatalogFolder()
    #expect(try catalog.run("export", "xml", "-o", "x.xml").status == 0)
    for command in [
      ["list", "--format", "json"], ["show", "2-042"], ["departments"], ["approvals"], ["export", "csv"],
      ["export", "xml"],
    ] {
      let fromFolder = try Program.run(Program.onevisit, command, in: catalog.folder)
      let fromXML = try Program.run(Program.onevisit, command + ["--catalog", "x.xml"], in: catalog.folder)
      #expect(fromXML.status == 0 && fromXML.errors.contains("x.xml"))
      if command != ["show", "2-042"] { #expect(fromXML.bytes == fromFolder.bytes, "\(command)") }
    }
    let report = try Report(catalog.run("validate", "x.xml", "--as-of", CatalogFolder.day, "--format", "json"))
    #expect(report.outcome.status == 0 && report.count("matters") == 241 && report.count("errors") == 0)
    #expect(report.findings.filter { $0.file != "" }.allSatisfy { $0.file == "x.xml" && $0.line != nil })
  }

  @Test func brokenXMLIsReported() throws {
    let catalog = try CatalogFolder()
    _ = try catalog.run("export", "xml", "-o", "x.xml")
    let text = try text("x.xml", beside: catalog)
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    let cases: [(String, String, Int)] = [
      (String(text.dropLast(40)), "xml-syntax", 2),
      (text + text, "xml-syntax", 2),
      (text.replacingFirst("<matters>", with: "<matters"), "xml-syntax", 2),
      (text.replacingFirst(head, with: head + "<!DOCTYPE serviceCatalog>\n"), "refused-doctype", 2),
      (
        text.replacingFirst(head, with: head + "<!DOCTYPE serviceCatalog [<!ENTITY a SYSTEM \"/etc/passwd\">]>\n"),
        "refused-doctype", 2
      ),
      (text.replacingFirst("number=\"42\"", with: "number=\"forty\""), "xml-schema", 1),
      (text.replacingFirst("<includes ref=\"2-037\"/>", with: "<contains ref=\"2-037\"/>"), "xml-schema", 1),
      (text.replacingFirst("due=\"2023-06-30\"", with: "due=\"2023-06-29\""), "contradictory-reference", 1),
      (text.replacingFirst("ref=\"public-security\"", with: "ref=\"education\""), "contradictory-reference", 1),
      (text.replacingFirst("service-catalog:1", with: "service-catalog:9"), "unreadable-catalog", 2),
    ]
    for (number, (document, rule, status)) in cases.enumerated() {
      try Data(document.utf8).write(to: catalog.folder.appending(path: "bad.xml"))
      let outcome = try catalog.run(
        "validate", "bad.xml", "--as-of", CatalogFolder.day, "--format", "json", "--max-findings", "0")
      let open = try Report(outcome).open
      let reported = open.filter { $0.rule == rule }
      #expect(outcome.status == status, "case \(number)")
      #expect(!reported.isEmpty && reported.allSatisfy { $0.line != nil }, "case \(number): \(open.prefix(3))")
      #expect(try catalog.run("list", "--catalog", "bad.xml").status == (status == 2 ? 2 : 0), "case \(number)")
    }
  }

  // MARK: Nothing is lost

  @Test func folderToXMLToFolder() throws {
    let catalog = try CatalogFolder()
    #expect(try catalog.run("export", "xml", "-o", "x.xml").status == 0)
    let made = try catalog.run("import", "x.xml", "--into", "new")
    #expect(made.status == 0, "\(made.errors)")
    let (old, new) = (try catalog.snapshot(), try files("new", beside: catalog))
    for file in Self.carried { #expect(new[file] == old[file], "\(file)") }
    #expect(try catalog.run("validate", "new", "--as-of", CatalogFolder.day, "--strict").status == 0)
    let again = try catalog.run("import", "x.xml", "--into", "catalog")
    #expect(again.status == 0)
    #expect(try catalog.snapshot() == old)
    #expect(try names(catalog) == ["catalog", "new", "x.xml"], "no litter")
  }

  @Test func folderToCSVToFolder() throws {
    let catalog = try CatalogFolder()
    let old = try catalog.snapshot()
    for list in ["first", "second"] {
      #expect(try catalog.run("export", "csv", "--layout", "official", "--list", list, "-o", "\(list).csv").status == 0)
    }
    #expect(try catalog.run("export", "csv", "-o", "flat.csv").status == 0)
    // Into the folder itself: nothing changes.
    for arguments in [["first.csv", "--list", "first"], ["second.csv", "--list", "second"], ["flat.csv"]] {
      let outcome = try Program.run(
        Program.onevisit, ["import"] + arguments + ["--into", "catalog"], in: catalog.folder)
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
      #expect(try catalog.snapshot() == old, "\(arguments)")
    }
    // Into one of which the matters were struck off, the registers kept.
    for files in [[["first.csv", "--list", "first"], ["second.csv", "--list", "second"]], [["flat.csv"]]] {
      let other = try CatalogFolder()
      try other.edit("matters.csv") { $0 = [$0[0]] }
      try other.edit("items.csv") { $0 = [$0[0]] }
      for var arguments in files {
        arguments[0] = catalog.folder.appending(path: arguments[0]).path()
        let outcome = try Program.run(
          Program.onevisit, ["import"] + arguments + ["--into", "catalog"], in: other.folder)
        #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
      }
      for (file, bytes) in old where files.count == 1 || !["matters.csv", "items.csv"].contains(file) {
        #expect(try other.bytes(file) == bytes, "\(file) from \(files)")
      }
      guard files.count == 2 else { continue }
      // The layout of the notice does not say what 37 and 137 share, nor which of them includes the other: only these
      // cells are lost.
      let matters = try catalog.lines("matters.csv").map {
        $0.replacingOccurrences(of: ",2-[01]37,", with: ",,", options: .regularExpression)
      }
      #expect(try other.lines("matters.csv") == matters)
      let items = try catalog.lines("items.csv")
      #expect(try other.lines("items.csv") == items.map { $0.replacingOccurrences(of: ",yes", with: ",") })
    }
  }

  // MARK: Import

  @Test func dryRunWritesNothing() throws {
    let catalog = try CatalogFolder()
    let old = try catalog.snapshot()
    _ = try catalog.run("export", "csv", "-o", "flat.csv")
    let edited = try text("flat.csv", beside: catalog).replacingOccurrences(
      of: "2-013,second,13,individual,义务教育入学,市教育局", with: "2-013,second,13,individual,义务教育入学,市民政局")
    try Data(edited.utf8).write(to: catalog.folder.appending(path: "flat.csv"))
    let dry = try catalog.run("import", "flat.csv", "--into", "catalog", "--dry-run")
    #expect(dry.status == 0, "\(dry.errors)")
    #expect(dry.output.contains("2-013") && !dry.output.contains("2-014"), "\(dry.output)")
    #expect(try catalog.snapshot() == old)
    let real = try catalog.run("import", "flat.csv", "--into", "catalog")
    #expect(real.output == dry.output, "the plan is the same")
    #expect(real.status == 0)
    for (file, bytes) in old where file != "matters.csv" { #expect(try catalog.bytes(file) == bytes, "\(file)") }
    let before = String(decoding: old["matters.csv"] ?? [], as: UTF8.self)
    #expect(try catalog.text("matters.csv") == before.replacingOccurrences(of: "义务教育入学,市教育局", with: "义务教育入学,市民政局"))
    let new = try catalog.run("import", "flat.csv", "--into", "new", "--dry-run")
    #expect(new.status == 0)
    #expect(try !names(catalog).contains("new"))
  }

  @Test func failedImportLeavesNothingBehind() throws {
    let catalog = try CatalogFolder()
    let old = try catalog.snapshot()
    _ = try catalog.run("export", "xml", "-o", "x.xml")
    let xml = try text("x.xml", beside: catalog)
    let bad: [(name: String, bytes: [UInt8])] = [
      ("empty.csv", []), ("empty.xml", []), ("cut.xml", Array(xml.dropLast(100).utf8)),
      ("doctype.xml", Array(xml.replacingFirst("<serviceCatalog", with: "<!DOCTYPE x>\n<serviceCatalog").utf8)),
      ("headless.csv", Array("1,个人,灵活就业,就业登记,市人社局,人社部门,2022年12月底,\n".utf8)), ("noise.csv", [0xFF, 0x00, 0x80]),
    ]
    for (name, bytes) in bad { try Data(bytes).write(to: catalog.folder.appending(path: name)) }
    let names = try names(catalog)
    for name in bad.map(\.name) + ["nowhere.csv", "nowhere.xml", "catalog/nothing"] {
      for folder in ["catalog", "new"] {
        let outcome = try catalog.run("import", name, "--into", folder)
        #expect(outcome.status == 2, "\(name) into \(folder): \(outcome.status) \(outcome.errors)")
        #expect(outcome.errors.contains("error: "), "\(name)")
        #expect(try catalog.snapshot() == old, "\(name)")
        #expect(try self.names(catalog) == names, "no litter: \(name)")
      }
    }
    #expect(try catalog.run("import", "x.xml").status == 64)
    #expect(try catalog.run("import", "--into", "catalog").status == 64)
    #expect(try catalog.run("import", "x.xml", "--into", "no/such/place").status == 2)
    #expect(try catalog.run("import", "x.xml", "--into", "x.xml").status == 2)
    #expect(try self.names(catalog) == names)
  }

  @Test func unknownNamesAreReportedOrAdded() throws {
    let catalog = try CatalogFolder()
    let old = try catalog.snapshot()
    let list = """
      序号,类型,“一件事一次办”名称,关联事项,牵头单位,责任单位,完成期限,备注
      231,个人,放风筝,放风筝许可,市风筝局,体育部门,2023年12月底,
      ,,,户籍信息查询,,公按部门,,
      """
    try Data(list.utf8).write(to: catalog.folder.appending(path: "list.csv"))
    let outcome = try catalog.run("import", "list.csv", "--into", "catalog", "--list", "second")
    #expect(outcome.status == 1, "\(outcome.errors)")
    for word in ["市风筝局", "放风筝许可", "公按部门", "公安部门", "list.csv", "unknown-department", "unknown-approval"] {
      #expect(outcome.errors.contains(word), "\(word)")
    }
    #expect(try catalog.snapshot() == old)
    let entered = try catalog.run("import", "list.csv", "--into", "catalog", "--list", "second", "--add-unknown")
    #expect(entered.status == 0, "\(entered.errors)")
    #expect(try catalog.text("departments.csv").contains("市风筝局"))
    #expect(try catalog.text("approvals.csv").contains("放风筝许可"))
    #expect(try catalog.lines("matters.csv").count == 243, "the others stay")
    #expect(
      try catalog.lines("matters.csv").contains { $0.hasPrefix("2-231,second,231,individual,放风筝,市风筝局,2023年12月底") })
    for file in ["waivers.csv", "progress.csv", "targets.csv", "notices.csv", "datapackage.json"] {
      #expect(try catalog.bytes(file) == old[file], "\(file)")
    }
  }

  @Test func dataMissingFromTheFileIsKept() throws {
    let catalog = try CatalogFolder()
    try catalog.recordEverything()
    let old = try catalog.snapshot()
    try Data("序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,推进完成时限,备注\n1,个人,灵活就业,就业登记,市人社局,人社部门,2022年12月底,\n".utf8)
      .write(to: catalog.folder.appending(path: "one.csv"))
    let outcome = try catalog.run("import", "one.csv", "--into", "catalog", "--list", "second")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try catalog.bytes("matters.csv") == old["matters.csv"])
    #expect(
      try catalog.lines("items.csv").count { $0.hasPrefix("2-001,") } == 1, "the items of a matter are the file's")
    #expect(try catalog.bytes("progress.csv") == old["progress.csv"])
    let replaced = try catalog.run("import", "one.csv", "--into", "catalog", "--list", "second", "--replace")
    #expect(replaced.status == 0, "\(replaced.errors)")
    #expect(try catalog.lines("matters.csv").count == 1 + 11 + 1, "the other list stays")
  }

  @Test func importReadsWhatSpreadsheetsSave() throws {
    let catalog = try CatalogFolder()
    let old = try catalog.snapshot()
    let plain = try catalog.run("export", "csv", "--layout", "official", "--list", "second").output
    let forms: [(String, [UInt8])] = [
      ("gb.csv", try gb18030(plain)), ("bom.csv", [0xEF, 0xBB, 0xBF] + Array(plain.utf8)),
      ("lf.csv", Array(plain.replacingOccurrences(of: "\r\n", with: "\n").utf8)),
      ("columns.csv", Array(plain.replacingOccurrences(of: "\r\n", with: ",,\r\n").utf8)),
      ("title.csv", Array(plain.replacingOccurrences(of: "牵头部门,责任部门,推进完成时限", with: "牵头单位,责任单位,完成期限").utf8)),
    ]
    for (name, bytes) in forms {
      try Data(bytes).write(to: catalog.folder.appending(path: name))
      let outcome = try catalog.run("import", name, "--into", "catalog", "--list", "second")
      #expect(outcome.status == 0, "\(name): \(outcome.errors)")
      for (file, bytes) in old where file != "lists.csv" {
        #expect(try catalog.bytes(file) == bytes, "\(name): \(file)")
      }
    }
  }
}

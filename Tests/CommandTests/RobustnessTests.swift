import Foundation
import TestSupport
import Testing

/// What goes wrong around the command: other writers, odd names, odd files, damaged cells.
@Suite struct RobustnessTests {
  private func bash(_ script: String, in folder: URL) throws -> Outcome {
    try Program.run("/bin/bash", ["-c", script], in: folder, environment: ["onevisit": Program.onevisit])
  }

  // MARK: Waivers

  @Test func concurrentWaiversAreAllKept() throws {
    let rules = [
      "short-notice", "name-variant", "unused-department", "general-lead", "single-department", "unrecorded-progress",
    ]
    let alone = try CatalogFolder()
    for rule in rules { _ = try alone.run("validate", "catalog", "--write-waivers", "--no-waivers", "--only", rule) }
    let wanted = try alone.lines("waivers.csv").sorted()
    let together = try CatalogFolder()
    let script =
      rules.map {
        "\"$onevisit\" validate catalog --write-waivers --no-waivers --only \($0) >/dev/null 2>&1 & pids=\"$pids $!\"\n"
      }.joined() + "for pid in $pids; do wait $pid || echo failed $?; done"
    for _ in 0..<4 {
      try together.write(CatalogFolder().bytes("waivers.csv"), to: "waivers.csv")
      // Of the shells one that waits by itself: whoever starts tests may have blocked the signal that another waits for.
      let outcome = try bash(script, in: together.folder)
      #expect(outcome.output == "")
      #expect(try together.lines("waivers.csv").sorted() == wanted)
    }
    #expect(try together.names() == alone.names(), "no litter")
  }

  @Test(.enabled(if: Program.isInstalled("flock"), "util-linux's flock holds the folder"))
  func writingWaiversWaitsForTheFolderLock() throws {
    let catalog = try CatalogFolder()
    let row = "number-gap,2-100,原文如此"
    // The other writer reads the table before and writes it after ours wants to.
    let outcome = try bash(
      """
      flock catalog sh -c 'cp catalog/waivers.csv old; touch held; sleep 2; echo "\(row)" >>old; cat old >catalog/waivers.csv' &
      until [ -e held ]; do sleep 0.05; done
      "$onevisit" validate catalog --write-waivers --no-waivers --only short-notice >/dev/null 2>&1
      echo $? $(grep -c number-gap,2-100 catalog/waivers.csv); wait
      """, in: catalog.folder)
    // When ours ends the other is done.
    #expect(outcome.output == "0 1\n")
    let lines = try catalog.lines("waivers.csv")
    #expect(lines.contains(row) && lines.contains { $0.hasPrefix("short-notice,") })
  }

  @Test func reportIsWrittenWhenWaiversCannotBe() throws {
    let catalog = try CatalogFolder()
    try catalog.write("rule,why\nnumber-gap,x\n", to: "waivers.csv")
    for format in ["text", "json", "sarif", "junit", "github"] {
      let outcome = try catalog.run("validate", "catalog", "--write-waivers", "--format", format, "-o", "report")
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("error: ") && outcome.errors.contains("waivers.csv"))
      let report = try String(contentsOf: catalog.folder.appending(path: "report"), encoding: .utf8)
      #expect(report.contains("missing-column"), "\(format)")
    }
    #expect(try catalog.text("waivers.csv") == "rule,why\nnumber-gap,x\n")
  }

  // MARK: Names of files

  @Test func nonUTF8ArgumentIsRefused() throws {
    let folder = try TemporaryFolder()
    // 九.csv in GBK.
    let name = "\"$(printf '\\276\\305.csv')\""
    for command in [
      "export csv -o \(name)", "validate -o \(name)", "validate \(name)", "import \(name) --into catalog",
    ] {
      for (language, words) in [("en", "argument"), ("zh", "个参数")] {
        let outcome = try Program.shell("\"$onevisit\" \(command) --language \(language)", in: folder.url)
        #expect(outcome.status == 64, "\(command)")
        #expect(outcome.bytes.isEmpty)
        #expect(outcome.errors.contains(words) && outcome.errors.contains("\\xBE\\xC5.csv"), "\(outcome.errors)")
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()).isEmpty, "nothing was written")
  }

  // MARK: Tables of other forms

  @Test func importKeepsTheByteOrder() throws {
    for (order, mark) in [("UTF-16BE", [0xFE, 0xFF]), ("UTF-16LE", [0xFF, 0xFE])] as [(String, [UInt8])] {
      let catalog = try CatalogFolder()
      let list = try catalog.run("export", "csv", "--catalog", "catalog").output
        .replacingOccurrences(of: "公民婚育", with: "公民结婚")
      try Data(list.utf8).write(to: catalog.folder.appending(path: "list.csv"))
      let outcome = try Program.shell(
        """
        cp -r catalog plain
        iconv -f UTF-8 -t \(order) plain/matters.csv >body
        { printf '\\\(String(mark[0], radix: 8))\\\(String(mark[1], radix: 8))'; cat body; } >catalog/matters.csv
        for folder in plain catalog; do "$onevisit" import list.csv --into $folder >/dev/null 2>&1 || echo failed; done
        """, in: catalog.folder)
      #expect(outcome.output == "")
      let bytes = try catalog.bytes("matters.csv")
      #expect(Array(bytes.prefix(2)) == mark, "\(order)")
      let text = String(
        data: Data(bytes.dropFirst(2)), encoding: order == "UTF-16BE" ? .utf16BigEndian : .utf16LittleEndian)
      let plain = try String(contentsOf: catalog.folder.appending(path: "plain/matters.csv"), encoding: .utf8)
      #expect(text == plain && plain.contains("公民结婚"), "\(order)")
    }
  }

  @Test func importDoesNotReplaceALink() throws {
    let catalog = try CatalogFolder()
    let list = try catalog.run("export", "csv", "--catalog", "catalog").output
      .replacingOccurrences(of: "公民婚育", with: "公民结婚")
    try Data(list.utf8).write(to: catalog.folder.appending(path: "list.csv"))
    _ = try Program.shell(
      "mv catalog/matters.csv shared.csv; ln -s ../shared.csv catalog/matters.csv", in: catalog.folder)
    let before = try catalog.bytes("matters.csv")
    let outcome = try catalog.run("import", "list.csv", "--into", "catalog")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("symbolic link"))
    #expect(try catalog.bytes("matters.csv") == before)
    let link = catalog.url.appending(path: "matters.csv").path()
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "../shared.csv")
    // A table that does not change may be one.
    try catalog.delete("matters.csv")
    _ = try Program.shell(
      "mv shared.csv catalog/matters.csv; mv catalog/items.csv .; ln -s ../items.csv catalog", in: catalog.folder)
    #expect(try catalog.run("import", "list.csv", "--into", "catalog").status == 0)
    #expect(try catalog.text("matters.csv").contains("公民结婚"))
    let other = catalog.url.appending(path: "items.csv").path()
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: other) == "../items.csv")
  }

  // MARK: Damaged cells

  @Test func placeholderFindingPointsToItsCell() throws {
    let catalog = try CatalogFolder()
    try catalog.delete(rows: "2-001,", in: "items.csv")
    try catalog.append("2-001,1,/,某\u{200B}单位,", to: "items.csv")
    let position = "items.csv:\(try catalog.lines("items.csv").count):11"
    let reported = try catalog.validate().open.filter { $0.matter == "2-001" && $0.file == "items.csv" }.map(
      \.description)
    #expect(
      Set(reported) == [
        "warning invisible-character 2-001 \(position)", "error unknown-department 2-001 \(position)",
        "warning placeholder-mismatch 2-001 \(position)",
      ])
  }

  @Test func nulIsReportedInEveryFormat() throws {
    let catalog = try CatalogFolder()
    func report() throws -> Report {
      try Report(
        catalog.run("validate", "list.csv", "--as-of", CatalogFolder.day, "--format", "json", "--max-findings", "0"))
    }
    for layout in [["--layout", "flat"], ["--layout", "official", "--list", "second"]] {
      let exported = try Program.run(
        Program.onevisit, ["export", "csv", "--catalog", "catalog"] + layout, in: catalog.folder)
      try Data(exported.bytes).write(to: catalog.folder.appending(path: "list.csv"))
      let whole = try report()
      for (cell, damaged) in [("失业保险金申领", "失业\u{0}申领"), (",失业,", ",失\u{0}业,")] {
        let list = exported.output.replacingOccurrences(of: cell, with: damaged)
        #expect(list != exported.output)
        try Data(list.utf8).write(to: catalog.folder.appending(path: "list.csv"))
        // What is not trusted is judged by no other rule, as in a folder.
        let raised = try report().change(since: whole).raised.map(\.rule)
        #expect(Set(raised) == ["csv-syntax"], "\(layout) \(cell): \(raised)")
        #expect(try catalog.run("import", "list.csv", "--into", "catalog").status == 1)
      }
    }
  }

  @Test func excessiveCombiningMarksAreReported() throws {
    let catalog = try CatalogFolder()
    func pile(_ count: Int) -> String { String(repeating: "\u{323}", count: count) }
    try catalog.replace("公民婚育", with: "公\(pile(128))民婚育", in: "matters.csv", row: "1-002,")
    #expect(try !catalog.validate().open.contains { $0.rule == "text-encoding" })
    for count in [129, 130, 200, 1000] {
      let name = try CatalogFolder()
      try name.replace("公民婚育", with: "公\(pile(count))民婚育", in: "matters.csv", row: "1-002,")
      let reported = try name.validate().open.filter { $0.severity != "note" }
      #expect(reported.map(\.rule) == ["text-encoding"], "\(count)")
      #expect(reported.first?.message.contains("combining marks") == true)
    }
  }

  @Test func unidentifiableRowStopsAnExport() throws {
    let catalog = try CatalogFolder()
    try catalog.append("我要开店,市场监管部门,2022年12月底", to: "matters.csv")
    let line = try catalog.lines("matters.csv").count
    #expect(
      try catalog.validate().open.contains { $0.severity == "error" && $0.file == "matters.csv" && $0.line == line })
    for command in [["csv"], ["csv", "--layout", "official", "--list", "second"], ["xml"]] {
      let outcome = try Program.run(
        Program.onevisit, ["export"] + command + ["--catalog", "catalog", "-o", "out"], in: catalog.folder)
      #expect(outcome.status == 2, "\(command)")
      #expect(outcome.errors.contains("catalog/matters.csv:\(line)"), "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: catalog.folder.appending(path: "out").path()))
    }
  }
}

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

  /// A name in GBK, as it comes out of an old archive: paths are bytes.
  @Test func namesThatAreNotUTF8() throws {
    let folder = try TemporaryFolder()
    // 九 in GBK.
    let start = "name=$(printf '\\276\\305'); "
    func run(_ script: String, _ status: Int = 0) throws -> Outcome {
      let outcome = try Program.shell(start + script, in: folder.url)
      #expect(outcome.status == status, "\(script): \(outcome.errors)")
      return outcome
    }
    #expect(try run("\"$onevisit\" init $name --language en").errors.contains("Created \\xBE\\xC5."))
    #expect(try run("\"$onevisit\" validate $name --as-of 2023-01-20").errors.contains("Loaded \\xBE\\xC5:"))
    _ = try run("\"$onevisit\" export xml --catalog $name -o $name.xml; test -s $name.xml")
    _ = try run("\"$onevisit\" export csv --catalog $name -o $name.csv; test -s $name.csv")
    for file in ["$name.xml", "$name.csv"] {
      #expect(try run("\"$onevisit\" import \(file) --into $name --language en").errors.contains("nothing changed"))
    }
    _ = try run("\"$onevisit\" import $name.xml --into new-$name; cmp new-$name/matters.csv $name/matters.csv")
    _ = try run("\"$onevisit\" validate $name --write-waivers --no-waivers --only short-notice -o $name.txt")
    _ = try run("printf 'x,y\\n' >>$name/matters.csv; \"$onevisit\" validate $name --format json -o report", 1)
    #expect(try run("cat report").output.contains(#""\\xBE\\xC5/matters.csv""#))
    _ = try run("\"$onevisit\" validate $name --format sarif -o report", 1)
    #expect(try run("cat report").output.contains("\"%BE%C5/matters.csv\""))
    // A folder with tables of such names, and what is not a path.
    #expect(try run("\"$onevisit\" list --department $name --language en", 64).errors.contains("“\\xBE\\xC5”"))
    let missing = try run("\"$onevisit\" validate no-$name --language en", 2)
    #expect(missing.output.contains("no-\\xBE\\xC5"))
  }

  // MARK: What may not end

  @Test func devicesAreRefused() throws {
    for path in ["/dev/urandom", "/dev/zero", "/dev/null"] {
      for command in [["validate", path], ["list", "--catalog", path], ["import", path, "--into", "new"]] {
        let outcome = try Program.run(Program.onevisit, command + ["--language", "en"], limit: 20)
        #expect(outcome.status == 2, "\(command)")
        #expect((outcome.output + outcome.errors).contains("this is a device or a socket"), "\(outcome.errors)")
      }
    }
    // A pipe may be read.
    let catalog = try CatalogFolder()
    let outcome = try bash(
      "\"$onevisit\" export csv --catalog catalog | \"$onevisit\" validate /dev/stdin", in: catalog.folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func aFolderIsNotReplacedUnderTheCommand() throws {
    let catalog = try CatalogFolder()
    #expect(try catalog.run("export", "xml", "-o", "x.xml").status == 0)
    try catalog.replace("公民婚育", with: "公民结婚", in: "matters.csv")
    let old = try catalog.snapshot()
    for (folder, into) in [(".", "."), (".", "../catalog"), ("inner", "..")] {
      let outcome = try bash(
        "mkdir -p catalog/inner; cd catalog/\(folder) && \"$onevisit\" import '\(catalog.folder.path())/x.xml' --into \(into)",
        in: catalog.folder)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("Go outside it first (cd ..) and name the folder “catalog”"), "\(outcome.errors)")
      try FileManager.default.removeItem(at: catalog.url.appending(path: "inner"))
      #expect(try catalog.snapshot() == old)
    }
    let dry = try bash("cd catalog && \"$onevisit\" import ../x.xml --into . --dry-run", in: catalog.folder)
    #expect(dry.status == 0 && dry.output.contains("公民婚育"), "\(dry.errors)")
  }

  /// A table in several files is legal in a Data Package, and is not read in part.
  @Test func aTableInSeveralFilesIsReported() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("\"path\": \"matters.csv\"", with: "\"path\": [\"matters.csv\"]", in: "datapackage.json")
    #expect(try catalog.run("validate", "catalog", "--as-of", CatalogFolder.day).status == 0)
    try catalog.replace("[\"matters.csv\"]", with: "[\"matters.csv\", \"more.csv\"]", in: "datapackage.json")
    let outcome = try catalog.run("validate", "catalog", "--as-of", CatalogFolder.day)
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("resources.matters.path has 2 files (matters.csv, more.csv)"), "\(outcome.output)")
  }

  /// Blanks around the cells of a register are not part of its values, and are lost in an export: they are reported.
  @Test func blanksAroundCellsOfSmallTables() throws {
    let catalog = try CatalogFolder()
    try catalog.replace(",市市场监督管理局,", with: ", 市市场监督管理局\u{3000},", in: "departments.csv")
    try catalog.replace("原文如此", with: " 原文如此", in: "waivers.csv")
    let reported = try catalog.validate().open.filter { $0.rule == "stray-space" }
    #expect(reported.map(\.file) == ["departments.csv", "waivers.csv"])
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

  /// A result never replaces what the command reads.
  @Test(arguments: [
    ["export", "csv", "--catalog", "catalog", "-o", "catalog/matters.csv"],
    ["export", "xlsx", "--catalog", "catalog", "-o", "catalog/datapackage.json"],
    ["validate", "catalog", "--format", "json", "-o", "catalog/items.csv"],
    ["diff", "catalog", "export.xml", "--format", "xml", "-o", "export.xml"],
    ["validate", "export.xml", "--format", "sarif", "-o", "./export.xml"],
    ["export", "json", "--catalog", "export.xml", "-o", "export.xml"],
    ["deadlines", "--catalog", "catalog", "-o", "catalog/lists.csv"],
  ])
  func inputsAreNotReplaced(_ arguments: [String]) throws {
    let catalog = try CatalogFolder()
    try catalog.replace("2-042,second,42,enterprise,", with: "2-042,second,42,enterprise, ", in: "matters.csv")
    _ = try catalog.run("export", "xml", "--catalog", "catalog", "-o", "export.xml")
    let before = try catalog.snapshot()
    let document = try Data(contentsOf: catalog.folder.appending(path: "export.xml"))
    let outcome = try Program.run(Program.onevisit, arguments, in: catalog.folder)
    #expect(outcome.status == 64, "\(arguments): \(outcome.errors)")
    #expect(try catalog.snapshot() == before)
    #expect(try Data(contentsOf: catalog.folder.appending(path: "export.xml")) == document)
  }
}

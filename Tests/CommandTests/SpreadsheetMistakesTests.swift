import Foundation
import TestSupport
import Testing

/// What happens in offices, and that the command says what to do about it.
@Suite struct SpreadsheetMistakesTests {
  private func report(_ catalog: CatalogFolder, _ words: String..., language: String = "en") throws -> Outcome {
    try Program.run(Program.onevisit, words + ["--language", language], in: catalog.folder)
  }

  // MARK: Export

  /// An export would pass for whole: what could not be read must not be left out in silence.
  @Test func unreadableCellStopsAnExport() throws {
    let changes: [(String, (CatalogFolder) throws -> Void)] = [
      ("a number", { try $0.replace("2-013,second,13,", with: "2-013,second,十三,", in: "matters.csv") }),
      (
        "an audience",
        { try $0.replace("2-013,second,13,individual", with: "2-013,second,13,people", in: "matters.csv") }
      ),
      ("a day", { try $0.append("2-013,1/2/23,,,,,,,,,,,,,", to: "progress.csv") }),
      (
        "a row",
        { try $0.replace("2-013,second,13,individual,", with: "2-013,second,13,individual,甲,", in: "matters.csv") }
      ),
      ("a column", { try $0.replace("deadline", with: "期限到", in: "matters.csv", row: "id,") }),
      ("a column of items", { try $0.replace("responsible", with: "何人", in: "items.csv", row: "matter,") }),
      ("a table", { try $0.delete("items.csv") }),
      ("the lists", { try $0.delete("lists.csv") }),
      ("a list", { try $0.replace("2-013,second,", with: "2-013,secnd,", in: "matters.csv") }),
    ]
    for (name, change) in changes {
      let catalog = try CatalogFolder()
      try change(catalog)
      try Data("before".utf8).write(to: catalog.folder.appending(path: "out"))
      // What is recorded stands in no CSV.
      let tables = name == "a day" ? [] : [["csv"], ["csv", "--layout", "official", "--list", "second"]]
      for words in [["xml"], ["json"]] + tables {
        let outcome = try Program.run(
          Program.onevisit, ["export"] + words + ["-o", "out", "--language", "en"], in: catalog.folder)
        #expect(outcome.status == 2, "\(name), \(words)")
        #expect(outcome.errors.contains("and would be missing from the file"), "\(name): \(outcome.errors)")
        #expect(
          outcome.errors.contains("`onevisit validate catalog`") && outcome.errors.contains("(the first is catalog/"))
        #expect(try String(contentsOf: catalog.folder.appending(path: "out"), encoding: .utf8) == "before")
      }
    }
    // What does not belong to the part asked for does not stop it; nor does what is merely empty or refers to nothing.
    let catalog = try CatalogFolder()
    try catalog.replace("2-013,second,13,", with: "2-013,second,十三,", in: "matters.csv")
    try catalog.replace("2-014,second,14,individual,", with: "2-014,second,14,,", in: "matters.csv")
    #expect(try report(catalog, "export", "csv", "--list", "first").status == 0)
    try catalog.replace("2-013,second,十三,", with: "2-013,second,13,", in: "matters.csv")
    #expect(try report(catalog, "export", "csv").status == 0)
  }

  /// An item whose matter is misspelt stands in no list: an export without it would pass for whole.
  @Test func rowsWithoutMatterStopAnExport() throws {
    let catalog = try CatalogFolder()
    try catalog.append("2-0013,9,放风筝登记,公安部门,", to: "items.csv")
    let line = try catalog.lines("items.csv").count
    for words in [
      ["xml"], ["csv"], ["csv", "--layout", "official", "--list", "second"], ["json"], ["csv", "--audience", "企业"],
    ] {
      let outcome = try Program.run(
        Program.onevisit, ["export"] + words + ["-o", "out", "--language", "en"], in: catalog.folder)
      #expect(outcome.status == 2, "\(words)")
      #expect(outcome.errors.contains("(the first, at catalog/items.csv:\(line), names “2-0013”)"), "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: catalog.folder.appending(path: "out").path()))
    }
    let chinese = try report(catalog, "export", "csv", language: "zh")
    #expect(chinese.errors.contains("第一行在 catalog/items.csv:\(line)，写的是“2-0013”"), "\(chinese.errors)")
    // A matter that includes one that is not there lacks items just as much.
    let other = try CatalogFolder()
    try other.replace(",2-037,", with: ",2-777,", in: "matters.csv", row: "2-042,")
    let line42 = try #require(other.lines("matters.csv").firstIndex { $0.hasPrefix("2-042,") }) + 1
    for words in [["xml", "--expand"], ["csv"], ["json"]] {
      let outcome = try Program.run(Program.onevisit, ["export"] + words + ["--language", "en"], in: other.folder)
      #expect(outcome.status == 2 && outcome.bytes.isEmpty, "\(words)")
      #expect(
        outcome.errors.contains("(the first, at catalog/matters.csv:\(line42), names “2-777”)"), "\(outcome.errors)")
    }
    #expect(try report(other, "export", "csv", "--audience", "个人").status == 0)
    // By its id it is no item of the other list.
    #expect(try report(catalog, "export", "csv", "--list", "first").status == 0)
    try catalog.replace("2-0013,9,", with: "2-013,9,", in: "items.csv")
    #expect(try report(catalog, "export", "csv").status == 0)
  }

  // MARK: Import

  @Test func emptyListIsNotImported() throws {
    let catalog = try CatalogFolder()
    let before = try catalog.snapshot()
    for (layout, words) in [("flat", []), ("official", ["--list", "second"])] as [(String, [String])] {
      let table = try Program.run(Program.onevisit, ["export", "csv", "--layout", layout] + words).output
      try Data(table.prefix { $0 != "\r\n" }.utf8).write(to: catalog.folder.appending(path: "list.csv"))
      for options in [[], ["--replace"], ["--dry-run"]] as [[String]] {
        for (folder, language, reported) in [
          ("catalog", "en", "the file has a header but no matters"), ("new", "zh", "文件只有表头，没有事项"),
        ] {
          let outcome = try Program.run(
            Program.onevisit, ["import", "list.csv", "--into", folder, "--language", language] + words + options,
            in: catalog.folder)
          #expect(outcome.status == 1 && outcome.errors.contains(reported), "\(outcome.errors)")
        }
      }
    }
    #expect(try catalog.snapshot() == before)
    #expect(!FileManager.default.fileExists(atPath: catalog.folder.appending(path: "new").path()))
  }

  /// UTF-16 as some programs save it, without its mark: reported with the way out, which reads it.
  @Test(arguments: ["UTF-16LE", "UTF-16BE"])
  func utf16WithoutByteOrderMarkIsRead(_ order: String) throws {
    let catalog = try CatalogFolder()
    for (layout, words) in [("flat", []), ("official", ["--list", "first"])] as [(String, [String])] {
      let table = try Program.run(Program.onevisit, ["export", "csv", "--layout", layout] + words).output
      let text = table.replacingOccurrences(of: "公民婚育", with: "公民结婚生育")
      let data = try #require(text.data(using: order == "UTF-16LE" ? .utf16LittleEndian : .utf16BigEndian))
      try data.write(to: catalog.folder.appending(path: "list.csv"))
      let reported = try report(catalog, "validate", "list.csv")
      #expect(
        reported.status == 2 && reported.output.contains("UTF-16 without its byte order mark"), "\(reported.output)")
      #expect(reported.output.contains("`--encoding utf-16`"))
      let outcome = try Program.run(
        Program.onevisit, ["import", "list.csv", "--into", "catalog", "--encoding", "utf-16", "--dry-run"] + words,
        in: catalog.folder)
      #expect(outcome.status == 0 && outcome.output.contains("公民结婚生育"), "\(outcome.errors)")
      #expect(outcome.output.contains(" 1 changed"), "\(outcome.output)")
    }
  }

  // MARK: Tables

  private enum Mistaken: String, CaseIterable { case workbook, oldWorkbook, little, big }

  private static func bytes(_ kind: Mistaken) -> [UInt8] {
    switch kind {
    case .workbook: return [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00]
    case .oldWorkbook: return [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]
    case .little:
      return Array("标识,清单,序号,类型".utf16).flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    case .big:
      return Array("id,list,number".utf16).flatMap { unit -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    }
  }

  @Test(arguments: [Mistaken.workbook, .oldWorkbook, .little, .big])
  private func fileThatIsNotCSVIsExplained(_ kind: Mistaken) throws {
    let bytes = Self.bytes(kind)
    let (words, chinese) =
      switch kind {
      case .workbook: ("a spreadsheet file (xlsx", "xlsx")
      case .oldWorkbook: ("an old spreadsheet file (xls)", "xls")
      case .little, .big: ("UTF-16 without its byte order mark", "UTF-16")
      }
    for file in ["matters.csv", "waivers.csv"] {
      let catalog = try CatalogFolder()
      try catalog.write(bytes, to: file)
      let outcome = try report(catalog, "validate", "catalog")
      #expect(outcome.status == 2)
      #expect(
        outcome.output.contains(words) && outcome.output.contains("CSV UTF-8") && outcome.output.contains(file),
        "\(outcome.output)")
      let translated = try report(catalog, "validate", "catalog", language: "zh").output
      #expect(translated.contains(chinese) && translated.contains("另存为"), "\(translated)")
      #expect(!translated.contains("。。"))
    }
  }

  @Test func singleTableOfAFolderIsExplained() throws {
    let catalog = try CatalogFolder()
    for (path, folder, position) in [
      ("catalog/matters.csv", "catalog", catalog.folder), ("catalog/items.csv", "catalog", catalog.folder),
      ("matters.csv", ".", catalog.url),
      (
        catalog.url.appending(path: "lists.csv").path(), catalog.folder.appending(path: "catalog").path(),
        catalog.folder
      ),
    ] {
      let outcome = try Program.run(Program.onevisit, ["validate", path, "--language", "en"], in: position)
      #expect(outcome.status == 2)
      #expect(outcome.output.contains("`onevisit validate \(folder)`"), "\(outcome.output)")
    }
  }

  /// One misspelt header is one finding, at its position, that names both.
  @Test func misspeltHeaderIsExplained() throws {
    let catalog = try CatalogFolder()
    try catalog.replace(",lead,", with: ",leed,", in: "matters.csv", row: "id,")
    let reported = try catalog.validate().open.filter { $0.rule.hasSuffix("-column") }
    #expect(reported.map(\.rule) == ["missing-column"])
    #expect(reported.first?.message.contains("`lead`") == true && reported.first?.message.contains("“leed”") == true)
    #expect(reported.first?.line == 1 && reported.first?.column == 30)
  }

  /// Dates as spreadsheets write them are read, and reported with the date as it should be.
  @Test(arguments: [
    ("2022/11/1", "2022-11-01"), ("2022.11.1", "2022-11-01"), ("2022-11-1", "2022-11-01"), ("2022年11月1日", "2022-11-01"),
    ("20221101", "2022-11-01"), ("2022/11/01 00:00:00", "2022-11-01"), ("２０２２／１１／１", "2022-11-01"),
  ])
  func datesAsSpreadsheetsWriteThem(_ written: String, _ form: String) throws {
    let catalog = try CatalogFolder()
    try catalog.append("2-013,\(written),,,,,,,,,,,,,", to: "progress.csv")
    let reported = try catalog.validate().open.filter { ["malformed-value", "loose-form"].contains($0.rule) }
    #expect(reported.map(\.rule) == ["loose-form"])
    #expect(reported.first?.message.contains("“\(form)”") == true, "\(reported.first?.message ?? "")")
  }

  /// What is no date, or may be several, is refused; a likely meaning is named.
  @Test(arguments: [
    ("2022/13/1", "such as 2023-01-31"), ("昨天", "such as 2023-01-31"),
    ("1/11/22", "it may mean 2001-11-22 or 2022-01-11 or 2022-11-01"),
    ("2/10/2025", "it may mean 2025-02-10 or 2025-10-02"), ("25-2-10", "it may mean 2025-02-10"),
    ("45698", "it may mean 2025-02-10"),
  ])
  func datesOfMoreThanOneMeaning(_ written: String, _ form: String) throws {
    let catalog = try CatalogFolder()
    try catalog.append("2-013,\(written),,,,,,,,,,,,,", to: "progress.csv")
    let reported = try catalog.validate().open.filter { $0.rule == "malformed-value" }
    #expect(reported.count == 1)
    #expect(reported.first?.message.hasSuffix(form) == true, "\(reported.first?.message ?? "")")
  }

  @Test func waiverWrittenTwice() throws {
    let catalog = try CatalogFolder()
    try catalog.append("single-department,2-020,理由", to: "waivers.csv")
    let reported = try catalog.validate().open.filter { $0.file == "waivers.csv" }
    #expect(reported.map(\.rule) == ["duplicate-id"])
    #expect(reported.first?.message.contains("twice") == true)
  }

  @Test func lineBreakBetweenDepartments() throws {
    let catalog = try CatalogFolder()
    try catalog.replace("市农业农村局、市公安局", with: "\"市农业农村局\n市公安局\"", in: "matters.csv")
    let outcome = try report(catalog, "validate", "catalog", "--only", "stray-space", language: "zh")
    #expect(outcome.output.contains("若上下是两个名称，中间应为“、”"), "\(outcome.output)")
  }

  // MARK: Words

  @Test func rolesInChinese() throws {
    for (chinese, english) in [
      ("牵头", "lead"), ("牵头部门", "lead"), ("责任部门", "responsible"), ("负责", "responsible"), ("共享", "shared"), ("任一", "any"),
    ] {
      let words = ["list", "--department", "市公安局", "--format", "json", "--role"]
      let outcome = try Program.run(Program.onevisit, words + [chinese])
      #expect(outcome.status == 0)
      #expect(try outcome.bytes == Program.run(Program.onevisit, words + [english]).bytes, "\(chinese)")
    }
    #expect(try onevisit("list", "--department", "市公安局", "--role", "领导").status == 64)
  }

  /// Any two numbers are near each other, so only another spelling of the same id is suggested.
  @Test func idIsSuggestedOnlyIfUnambiguous() throws {
    for (written, meant) in [("2-37", "2-037"), ("２－０３７", "2-037"), ("2-0037", "2-037"), ("2_037", "2-037")] {
      let outcome = try onevisit("show", written, "--language", "en")
      #expect(outcome.status == 64 && outcome.errors.contains("Did you mean “\(meant)”?"), "\(outcome.errors)")
    }
    for written in ["2-999", "2-270", "3-017", "天上人间"] {
      let outcome = try onevisit("show", written, "--language", "en")
      #expect(outcome.status == 64 && !outcome.errors.contains("Did you mean"), "\(outcome.errors)")
    }
  }

  @Test func messagesEndWithOneFullStop() throws {
    let catalog = try CatalogFolder()
    for language in ["zh", "en"] {
      for words in [
        ["list", "--catalog", "nowhere"], ["export", "xml", "--catalog", "nowhere"],
        ["import", "nowhere", "--into", "catalog"],
        ["list", "--catalog", "catalog/matters.csv"],
      ] {
        let outcome = try Program.run(Program.onevisit, words + ["--language", language], in: catalog.folder)
        #expect(outcome.status == 2)
        #expect(
          !outcome.errors.contains(".. ") && !outcome.errors.contains("。。") && !outcome.errors.contains("..\n"),
          "\(outcome.errors)")
      }
    }
    _ = try catalog.run("export", "xml", "-o", "x.xml")
    try catalog.replace(
      "2-013,second,13,individual,义务教育入学,市教育局", with: "2-013,second,13,individual,义务教育入学,市民政局", in: "matters.csv")
    for _ in 0..<2 {
      let outcome = try Program.run(
        Program.onevisit, ["import", "x.xml", "--into", "catalog", "--language", "en"], in: catalog.folder)
      #expect(
        outcome.status == 0 && !outcome.errors.contains(".. ") && !outcome.errors.contains("..\n"), "\(outcome.errors)")
    }
  }

  /// The notice's layout says that items are shared, not which: where a folder no longer knows, that is reported.
  @Test func officialLayoutLacksSharedItems() throws {
    let catalog = try CatalogFolder()
    _ = try catalog.run("export", "csv", "--layout", "official", "--list", "second", "-o", "second.csv")
    _ = try catalog.run("export", "csv", "-o", "flat.csv")
    let kept = try report(catalog, "import", "second.csv", "--into", "catalog", "--list", "second")
    #expect(kept.status == 0 && !kept.errors.contains("note:"), "\(kept.errors)")
    for file in ["matters.csv", "items.csv"] { try catalog.edit(file) { $0 = [$0[0]] } }
    for words in [["--dry-run"], []] {
      let outcome = try Program.run(
        Program.onevisit,
        ["import", "second.csv", "--into", "catalog", "--list", "second", "--language", "en"] + words,
        in: catalog.folder)
      #expect(
        outcome.status == 0
          && outcome.errors.contains("note: according to their remarks, 2-037, 2-137 are included by other matters"),
        "\(outcome.errors)")
    }
    for file in ["matters.csv", "items.csv"] { try catalog.edit(file) { $0 = [$0[0]] } }
    let flat = try report(catalog, "import", "flat.csv", "--into", "catalog")
    #expect(flat.status == 0 && !flat.errors.contains("note:"), "\(flat.errors)")
  }
}

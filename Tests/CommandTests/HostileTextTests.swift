import Foundation
import TestSupport
import Testing

/// Control, bidi, format and tag characters in a catalog and in arguments: whatever is printed for people contains none of
/// them, and no line that a cell forged.
@Suite("Hostile text") struct HostileTextTests {
  /// One of each kind: C0 and C1 controls, DEL, bidi controls, invisible and format characters, separators, tags.
  static let characters: [Unicode.Scalar] = [
    "\u{1B}", "\u{9B}", "\u{7}", "\r", "\u{8}", "\u{7F}", "\u{85}", "\u{90}", "\u{AD}", "\u{61C}", "\u{200B}",
    "\u{200E}",
    "\u{202E}", "\u{2067}", "\u{2069}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFF9}", "\u{E0041}", "\u{E007F}",
  ]
  static let forged = "FORGED LINE"

  /// All of them, and a line break before a line of its own.
  static let all = "x" + characters.map { "\($0)[2Jy" }.joined() + "\n\(forged)\nz"
  static let texts = [all, "\u{E0041}\u{200B}", "a\r\u{202E}\(forged)", "a\n\(forged)"]

  private func check(_ outcome: Outcome, _ arguments: [String]) {
    for (stream, text) in [("standard output", outcome.output), ("standard error", outcome.errors)] {
      let hidden = text.unicodeScalars.filter { scalar in
        switch scalar.properties.generalCategory {
        case .control: scalar != "\n"
        case .format, .lineSeparator, .paragraphSeparator, .privateUse: true
        default: false
        }
      }
      #expect(hidden.isEmpty, "\(stream) of \(arguments): \(hidden.map { String($0.value, radix: 16) }.prefix(5))")
      let lines = text.split(whereSeparator: \.isNewline)
      // In a cell of departments a line break separates two of them, and a heading of `--by lead` begins with one.
      let isByLead = arguments.starts(with: ["deadlines", "--by", "lead"])
      let forged = lines.filter {
        $0.hasPrefix(Self.forged) && !(isByLead && $0.contains(/(: \d+ matter|：\d+ 件事)/))
      }
      #expect(forged.isEmpty, "\(stream) of \(arguments): \(forged)")
    }
    #expect([0, 1, 2, 64].contains(outcome.status), "\(arguments): \(outcome.status)")
  }

  /// Puts a text into every column of every table, each in a row of its own.
  private func spoil(_ catalog: CatalogFolder, with text: String) throws {
    try addLevels(to: catalog)
    let cell = "\"" + text.replacingOccurrences(of: "\"", with: "\"\"")
    for file in try catalog.names() where file.hasSuffix(".csv") {
      try catalog.edit(file) { lines in
        let count = CatalogFolder.cells(lines[0]).count
        while lines.count <= count {
          // A short table gets further rows like its last; an empty one gets empty rows.
          lines.append(lines.count > 1 ? lines[lines.count - 1] : String(repeating: ",", count: count - 1))
        }
        for column in 0..<count {
          var cells = CatalogFolder.cells(lines[column + 1])
          let old = cells[column].filter { $0 != "\"" }
          cells[column] = cell + old + "\""
          lines[column + 1] = cells.joined(separator: ",")
        }
      }
    }
  }

  /// A county's list, an audience, marks of an item, and a column of the catalog's own, so that these are printed too.
  private func addLevels(to catalog: CatalogFolder) throws {
    // Of each table the row after the last column's stays as it is, so that the lists below are compared.
    try catalog.append("xunyang,浔阳区,county,jiujiang", "chaisang,柴桑区,county,jiujiang", to: "regions.csv")
    try catalog.append("lianxi,濂溪区,county,jiujiang", to: "regions.csv")
    try catalog.append("county,3,jiujiang-128-2022,,濂溪区清单,3,,完成时限,,,,,,,lianxi", to: "lists.csv")
    try catalog.append("farmer,农户,种养户", to: "audiences.csv")
    try catalog.append(
      "3-001,county,1,farmer,茶园托管,市农业农村局,2023年6月底,,,,,,,", "3-002,county,2,individual,失业,市人社局,2023年6月底,,,,,,,",
      to: "matters.csv")
    try catalog.edit("items.csv") { rows in
      for index in rows.indices where rows[index].hasPrefix("2-037,3,") && rows[index].hasSuffix(",,,") {
        rows[index] = rows[index].dropLast(3) + ",step-c,,yes"
      }
    }
    // A described column and one that is not.
    try catalog.edit("matters.csv") { rows in
      rows[0] += ",phone,\"odd\u{202E}\u{1B}[2J\n\(Self.forged)\""
      for index in rows.indices.dropFirst() { rows[index] += ",0792-\(index),x" }
    }
    let description = try catalog.text("datapackage.json")
    let start = try #require(description.range(of: "\"path\": \"matters.csv\""))
    let fields = try #require(description.range(of: "\"fields\": [", range: start.upperBound..<description.endIndex))
    let title = "电话\u{202E}\\u001B[2J\\n\(Self.forged)"
    try catalog.write(
      description.replacingCharacters(
        in: fields, with: "\"fields\": [{\"name\": \"phone\", \"title\": \"\(title)\"},"), to: "datapackage.json")
  }

  @Test("In every field of a catalog", arguments: texts.indices)
  func inEveryField(_ index: Int) throws {
    let catalog = try CatalogFolder()
    try spoil(catalog, with: Self.texts[index])
    let other = try CatalogFolder(named: "other", in: catalog.folder)
    // Differs from the spoiled one in the form of its columns.
    let levels = try CatalogFolder(named: "levels", in: catalog.folder)
    try addLevels(to: levels)
    for format in ["xml", "json"] { _ = try catalog.run("export", format, "-o", "catalog.\(format)") }
    _ = try catalog.run("export", "csv", "-o", "flat.csv")
    var commands = [
      ["validate"], ["validate", "--no-waivers", "--as-of", "2023-06-30"],
      ["validate", "--show-waived", "--as-of", "2022-12-30"],
      ["validate", "--format", "github"], ["list"], ["list", "--department", "公安部门"], ["list", "--list", "nosuch"],
      ["departments"], ["approvals"], ["deadlines", "--as-of", "2023-01-15"], ["export", "xml", "-o", "out.xml"],
      ["export", "csv", "--layout", "official", "-o", "out.csv"],
      ["export", "json", "--department", "x", "-o", "out.json"],
      ["import", "catalog.xml", "--into", "other", "--dry-run"],
      ["import", "flat.csv", "--into", "other", "--dry-run"],
      ["import", "catalog/matters.csv", "--into", "other", "--dry-run"],
      ["import", "flat.csv", "--into", "other", "--dry-run", "--add-unknown", "--replace"],
      ["validate", "catalog.xml"], ["validate", "flat.csv"],
      ["deadlines", "--by", "lead", "--as-of", "2023-01-15"], ["deadlines", "--by", "day", "--as-of", "2023-07-15"],
      ["diff", "other", "catalog"], ["diff", "catalog", "levels"],
      ["diff", "levels", "catalog", "--format", "markdown"],
      ["diff", "levels", "catalog.xml"], ["compare-lists"], ["compare-lists", "--all"],
      ["compare-lists", "--all", "--catalog", "levels"], ["compare-lists", "county", "second"],
      ["list", "--withdrawn"], ["validate", "catalog", "--fix", "--diff"], ["validate", "catalog", "--write-waivers"],
      ["validate", "catalog", "--fix"],
    ]
    for edit in [
      ["withdraw", "2-003", "--on", "2024-05-01", "--basis", Self.texts[index]],
      ["withdraw", "2-003", "--on", "2024-05-01", "--basis", "依据"],
      ["merge", "department", "市卫健委", "--into", "市医保局"], ["rename", "department", "市医保局", Self.texts[index]],
      ["rename", "department", "市医保局", "市健康医保局"], ["move", "item", "2-037.3", "--to", "2-040"],
      ["merge", "approval", "就业登记", "--into", "失业登记"],
    ] {
      for folder in ["catalog", "levels"] { commands.append(["edit"] + edit + ["--in", folder, "--dry-run"]) }
    }
    let ids = try catalog.lines("matters.csv").dropFirst().prefix(12).map { CatalogFolder.cells($0)[0] }
    for id in ids + ["1-005", "2-042", "2-037"] { commands.append(["show", id.filter { $0 != "\"" }]) }
    for command in commands {
      for language in ["en", "zh"] {
        check(try Program.run(Program.onevisit, command + ["--language", language], in: catalog.folder), command)
      }
    }
    // The spoiled cells are printed, and not left out.
    if index == 0 { #expect(try catalog.run("list").output.contains("␛[2Jy")) }
    #expect(!(try other.names().isEmpty))
  }

  @Test("In a document that is imported", arguments: texts.indices)
  func inAnImportedDocument(_ index: Int) throws {
    let text = Self.texts[index]
    let catalog = try CatalogFolder()
    for (format, file) in [("csv", "list.csv"), ("xml", "list.xml")] {
      #expect(try catalog.run("export", format, "-o", file).status == 0)
      let url = catalog.folder.appending(path: file)
      var content = String(decoding: try Data(contentsOf: url), as: UTF8.self)
      // XML cannot hold most C0 controls.
      let part =
        format == "csv"
        ? text : String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 || $0 == "\n" }))
      // A name, an approval, a department and a deadline.
      for word in ["灵活就业", "就业登记", "市公安局", "人社部门", "2023年6月底"] {
        let pattern = format == "csv" ? ",\(word)," : ">\(word)<"
        let spoiled = format == "csv" ? ",\"\(part)\(word)\"," : ">\(part)\(word)<"
        content = content.replacingOccurrences(of: pattern, with: spoiled)
      }
      try Data(content.utf8).write(to: url)
      for options in [[], ["--add-unknown"], ["--replace"]] {
        for language in ["en", "zh"] {
          let command = ["import", file, "--into", "catalog", "--dry-run", "--language", language] + options
          let outcome = try Program.run(Program.onevisit, command, in: catalog.folder)
          check(outcome, command)
          #expect(
            outcome.output.contains("2-001") || outcome.errors.contains("2-001"), "the plan is printed: \(command)")
        }
      }
      check(try catalog.run("validate", file), ["validate", file])
    }
  }

  @Test("In every argument", arguments: texts.indices)
  func inEveryArgument(_ index: Int) throws {
    let text = Self.texts[index]
    let catalog = try CatalogFolder()
    let commands = [
      [text], ["--" + text], ["-" + text], ["help", text], ["help", "--" + text], ["--language", text],
      ["validate", text],
      ["validate", "a", text], ["validate", "--as-of", text], ["validate", "--only", text],
      ["validate", "--skip", text],
      ["validate", "--format", text], ["validate", "--max-findings", text], ["validate", "--strict=" + text],
      ["validate", "-o", "no/" + text], ["list", "--catalog", text], ["list", "--department", text],
      ["list", "--role", text],
      ["list", "--list", text], ["list", "--audience", text], ["list", "--due-by", text], ["list", "--name", text],
      ["list", "--format", text], ["list", "--" + text, "x"], ["show", text], ["show", "2-037", "--format", text],
      ["deadlines", "--department", text], ["deadlines", "--as-of", text], ["rules", text], ["export", text],
      ["export", "csv", "--layout", text], ["export", "csv", "--encoding", text],
      ["export", "xml", "-o", "no/" + text],
      ["export", "xml", "--list", text], ["import", text, "--into", "catalog"],
      ["import", text + ".xml", "--into", "catalog"],
      ["import", "x", "--into", "no/" + text], ["import", "x", "--into", text, "--list", text], ["init", "no/" + text],
      ["--generate-completion-script", text],
      ["compare-lists", text], ["compare-lists", "second", text], ["compare-lists", "--catalog", text],
      ["diff", text, "catalog"], ["diff", "catalog", text], ["diff", "catalog", "catalog", "--format", text],
      ["diff", "catalog", "git:" + text], ["edit", text],
      ["edit", "withdraw", text, "--on", "2024-05-01", "--basis", "x"],
      ["edit", "withdraw", "2-003", "--on", text, "--basis", "x"],
      ["edit", "withdraw", "2-003", "--on", "2024-05-01", "--basis", text, "--dry-run"],
      ["edit", "withdraw", "2-003", "--on", "2024-05-01", "--basis", "x", "--in", text],
      ["edit", "merge", text], ["edit", "merge", "department", text, "--into", "市医保局"],
      ["edit", "merge", "approval", "就业登记", "--into", text], ["edit", "rename", "department", text, "x"],
      ["edit", "rename", "department", "市医保局", text, "--dry-run"], ["edit", "move", "item", text, "--to", "2-040"],
      ["edit", "move", "item", "2-037.3", "--to", text], ["deadlines", "--by", text],
    ]
    for command in commands {
      for language in ["C", "zh_CN.UTF-8"] {
        check(
          try Program.run(Program.onevisit, command, in: catalog.folder, environment: ["LC_ALL": language]), command)
      }
    }
  }

  @Test("In the name of a folder")
  func inAFolderName() throws {
    let name = "c\u{1B}[31m\u{202E}\n\(Self.forged)"
    let catalog = try CatalogFolder(named: name)
    for command in [
      ["validate", name], ["list", "--catalog", name], ["show", "2-037", "--catalog", name], ["init", name],
      ["export", "json", "--catalog", name, "-o", "out"], ["import", "out.xml", "--into", name],
    ] {
      check(try Program.run(Program.onevisit, command, in: catalog.folder), command)
    }
  }
}

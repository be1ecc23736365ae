import AtomicFiles
import CSVFormat
import Catalog
import Interchange
import Testing

/// Generated catalogs with special characters in their cells. A failure prints its seed.
private struct Generator {
  var random: SeededGenerator

  private static let pieces = [
    "\"", "\"\"", ",", "，", ";", "\n", "\r", "\r\n", " ", "\u{3000}", "\t", "=1+1", "+", "-", "@", "＝", "'", "/", "／",
    "、",
    "食品经营许可证", "公安部门", "市场监管部门/行政审批部门", "我要开店", "（一）", "(", "〔", "“一件事”", "👩‍👩‍👧", "𠀀", "é", "e\u{301}",
    "\u{FEFF}", "\u{200B}", "\u{A0}", "NULL", "1", "001", "2022年12月底", "个人", "序号", "备注", "注:", "\\", "|", "<b>",
    "&amp;",
  ]

  mutating func text(tame: Bool = false) -> String {
    while true {
      var out = ""
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        out += Generator.pieces.randomElement(using: &random) ?? ""
      }
      let word = out.trimmingBlanks
      // Blanks alone are not a name, and "/" means that there is no item.
      if word.isEmpty || word == "/" || word == "／" || word == "\u{FEFF}" { continue }
      if tame, out.unicodeScalars.contains(where: { $0.properties.isWhitespace || $0 == "/" || $0 == "／" }) { continue }
      return out
    }
  }

  mutating func maybe(_ chance: Double) -> Bool { Double.random(in: 0..<1, using: &random) < chance }

  /// The tables of a folder with the built-in registers.
  mutating func files(tame: Bool = false) -> [String: [UInt8]] {
    func cell(_ text: String) -> String {
      text.unicodeScalars.contains { [",", "\"", "\n", "\r"].contains($0) }
        ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
    var matters = "id,list,number,audience,name,lead,deadline,remark,includes,placeholder\n"
    var items = "matter,number,name,responsible,shared\n"
    var sharing: [String] = []
    for (list, prefix) in [("first", 1), ("second", 2)] {
      sharing = []
      var number = 0
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        number += Int.random(in: 1...(maybe(0.1) ? 900 : 2), using: &random)
        let digits = String(number)
        let id = "\(prefix)-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
        let includes = maybe(0.4) ? sharing.randomElement(using: &random) ?? "" : ""
        let count = maybe(0.3) ? 0 : Int.random(in: 1...5, using: &random)
        let placeholder = count == 0 && maybe(0.4) ? text(tame: tame) : ""
        let audience = Audience.builtIn.randomElement(using: &random)?.id ?? ""
        let remark = list == "second" && maybe(0.4) ? text(tame: tame) : ""
        matters +=
          [
            id, list, digits, audience, text(tame: tame), text(tame: tame), text(tame: tame), remark, includes,
            placeholder,
          ].map(cell).joined(separator: ",") + "\n"
        var shares = false
        for item in 0..<count {
          let isShared = maybe(0.4)
          shares = shares || isShared
          items +=
            [id, String(item + 1), text(tame: tame), text(tame: tame), isShared ? "yes" : ""]
            .map(cell).joined(separator: ",") + "\n"
        }
        if shares { sharing.append(id) }
      }
    }
    var files = ["matters.csv": Array(matters.utf8), "items.csv": Array(items.utf8)]
    for kind in [TableKind.notices, .lists, .departments, .approvals] {
      files[kind.fileName] = FolderReader.builtInFile(kind.fileName)
    }
    return files
  }
}

@Suite("Round trips over generated catalogs")
struct PropertyTests {
  private static let ways = [
    CSVOptions(), CSVOptions(byteOrderMark: true), CSVOptions(encoding: .gb18030), CSVOptions(encoding: .utf16),
  ]

  /// Fixed seeds, and some that are new in each run.
  static let seeds: [UInt64] = Array(1...60) + (0..<newSeeds(20)).map { _ in UInt64.random(in: 0...UInt64.max) }

  @Test("folder → flat → new folder", arguments: seeds)
  func flat(_ seed: UInt64) throws {
    var generator = Generator(random: SeededGenerator(seed: seed))
    let folder = FolderReader.read(named: "folder", files: generator.files())
    #expect(folder.issues.isEmpty, "seed \(seed)")
    let way = PropertyTests.ways[Int(seed % 4)]
    let csv = try bytes { try ExportRequest(folder, as: .flatCSV(way)).write(to: $0) }
    let back = CSVListReader.read(
      file: "list.csv", bytes: Bytes(csv), base: shippedCatalog, options: CSVListOptions(encoding: nil))
    // The folder keeps the marks of items that no matter shares.
    let used = Set(folder.matters.compactMap(\.includes))
    let unused = folder.items.contains { item in item.isShared && !(item.matter.map(used.contains) ?? false) }
    let expected = try tables(folder)
    let found = try tables(back)
    if !unused {
      #expect(found == expected && back.issues.isEmpty, "seed \(seed) \(unclear(back).prefix(3))")
    }
    // An import into the same folder changes nothing, including the marks.
    let same = CSVListReader.read(
      file: "list.csv", bytes: Bytes(csv), base: folder, options: CSVListOptions(isImport: true))
    #expect(try tables(same) == expected && same.issues.isEmpty, "seed \(seed) \(unclear(same).prefix(3))")
  }

  @Test("folder → official → folder", arguments: seeds)
  func official(_ seed: UInt64) throws {
    var generator = Generator(random: SeededGenerator(seed: seed))
    let folder = FolderReader.read(named: "folder", files: generator.files())
    for list in folder.lists.indices {
      let way = PropertyTests.ways[Int(seed % 4)]
      let csv = try bytes {
        try ExportRequest(folder, Selection(list: list), as: .officialCSV(way)).write(to: $0)
      }
      let back = CSVListReader.read(
        file: "list.csv", bytes: Bytes(csv), base: folder,
        options: CSVListOptions(list: folder.lists[list].id, isImport: true))
      let expected = folder.matters.filter { $0.list == list }.map { line($0, folder) }
      let found = back.matters.filter { $0.list == list }.map { line($0, back) }
      #expect(found == expected && back.issues.isEmpty, "seed \(seed) list \(list) \(unclear(back).prefix(3))")
    }
  }

  @Test("folder → official → a folder with other texts", arguments: seeds)
  func officialOverOthers(_ seed: UInt64) throws {
    var generator = Generator(random: SeededGenerator(seed: seed))
    let files = generator.files(tame: true)
    let folder = FolderReader.read(named: "folder", files: files)
    // The same matters with other names and leads: only the marks of shared items are kept.
    var changed = files
    changed["matters.csv"] = Array(
      String(decoding: files["matters.csv"] ?? [], as: UTF8.self).replacing("许可", with: "执照")
        .replacing("部门", with: "单位").utf8)
    let other = FolderReader.read(named: "other", files: changed)
    for list in folder.lists.indices {
      let csv = try bytes { try ExportRequest(folder, Selection(list: list), as: .officialCSV()).write(to: $0) }
      let back = CSVListReader.read(
        file: "list.csv", bytes: Bytes(csv), base: other,
        options: CSVListOptions(list: folder.lists[list].id, isImport: true))
      let expected = folder.matters.filter { $0.list == list }.map { line($0, folder) }
      let found = back.matters.filter { $0.list == list }.map { line($0, back) }
      let wrong = zip(found, expected).first { $0 != $1 }
      #expect(found == expected, "seed \(seed) list \(list) \(wrong.map { "\($0)\n\($1)" } ?? "")")
    }
  }
}

import AtomicFiles
import Catalog
import Interchange
import Testing
import Validator

@Suite struct XMLRoundTripTests {
  @Test func shippedCatalogIsReadBack() throws {
    let bytes = try XMLCase.export(XMLCase.shipped)
    let again = XMLCase.read(bytes)
    #expect(again.issues.isEmpty, "\(again.issues.map(\.kind))")
    #expect(dump(again) == dump(XMLCase.shipped))
    #expect(try XMLCase.export(again) == bytes)
  }

  @Test func expandedExportIsReadBackAsTheCatalog() throws {
    let flat = try XMLCase.export(XMLCase.shipped, expands: true)
    let again = XMLCase.read(flat)
    #expect(again.issues.isEmpty, "\(again.issues.map(\.kind))")
    #expect(dump(again) == dump(XMLCase.shipped))
    #expect(try XMLCase.export(again, expands: true) == flat)
    let text = String(decoding: flat, as: UTF8.self)
    #expect(text.contains("<item number=\"1\" sharedFrom=\"2-037\">"))
  }

  /// A document has the same findings as the folder.
  @Test func findingsAreThoseOfTheFolder() throws {
    func messages(_ catalog: Catalog) throws -> [String] {
      try XMLCase.findings(catalog).map { "\($0.rule) \($0.subject) \($0.message.zh)" }.sorted()
    }
    #expect(try messages(XMLCase.read(XMLCase.export(XMLCase.shipped))) == messages(XMLCase.shipped))
  }

  /// folder → XML → folder, byte for byte.
  @Test func tablesAreRestoredByteForByte() throws {
    let again = XMLCase.read(try XMLCase.export(XMLCase.shipped))
    for kind in TableKind.allCases {
      let writer = ByteWriter.memory()
      try FolderWriter.writeTable(kind, of: again, to: writer)
      #expect(
        String(decoding: writer.bytes, as: UTF8.self)
          == String(decoding: FolderReader.builtInFile(kind.fileName) ?? [], as: UTF8.self), "\(kind)")
    }
  }

  /// Generated catalogs with special characters are read back unchanged. The message has the seed.
  @Test func generatedCatalogsAreReadBack() throws {
    var seeds = SystemRandomNumberGenerator()
    for _ in 0..<newSeeds(150) {
      let seed: UInt64 = seeds.next()
      var random = SeededGenerator(seed: seed)
      let catalog = try Self.generated(&random)
      for expands in [false, true] {
        let bytes = try XMLCase.export(catalog, expands: expands)
        let again = XMLCase.read(bytes)
        let issues = again.issues.filter { if case .missingValue = $0.kind { false } else { true } }
        #expect(issues.isEmpty, "seed \(seed): \(issues.map(\.kind))")
        #expect(dump(again) == dump(catalog), "seed \(seed)")
        #expect(try XMLCase.export(again, expands: expands) == bytes, "seed \(seed)")
      }
      let part = try XMLCase.export(
        catalog, selection: Selection(audience: XMLCase.audience("individual")), expands: true)
      let issues = XMLCase.read(part).issues.filter { if case .missingValue = $0.kind { false } else { true } }
      #expect(issues.isEmpty, "seed \(seed), a part: \(issues.map(\.kind))")
    }
  }

  private static let pieces = [
    "、", ",", ",", "/", "／", " ", "\u{3000}", "\t", "\n", "\r\n", "\r", "\"", "'", "&", "<", ">", "]]>", "<!--", "-->",
    "&amp;",
    "&#10;", "<![CDATA[", "<?x", "%s", "\\", "=", "@", "(", ")", "（", "）", "〔", "〕", "市公安局", "公安部门", "市场监管部门", "营业执照",
    "食品经营许可证", "负责", "等部门按职责分工负责", "甲", "乙", "𠮷", "é", "e\u{301}", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{200B}",
    "\u{7F}",
    "\u{E000}", "\u{10FFFF}", "2022年12月底", "持续推进", ";", "；", "|", "0", "；",
  ]

  private static func text(_ random: inout SeededGenerator, _ length: ClosedRange<Int> = 1...5) -> String {
    (0..<Int.random(in: length, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }

  private static func cell(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  private static func generated(_ random: inout SeededGenerator) throws -> Catalog {
    var matters = "id,list,number,audience,name,lead,deadline,remark,includes,placeholder\n"
    var items = "matter,number,name,responsible,shared\n"
    let count = Int.random(in: 1...6, using: &random)
    for number in 1...count {
      let id = "2-00\(number)"
      func maybe() -> String { Bool.random(using: &random) ? text(&random) : "" }
      let includes =
        number > 1 && Bool.random(using: &random) ? "2-00\(Int.random(in: 1..<number, using: &random))" : ""
      let cells = [
        id, "second", "\(number)", ["individual", "enterprise", "legal-person"].randomElement(using: &random) ?? "",
        text(&random), maybe(), maybe(), maybe(), includes, maybe(),
      ]
      matters += cells.map(cell).joined(separator: ",") + "\n"
      for item in 0..<Int.random(in: 0...3, using: &random) {
        // "/" alone means that there is no item.
        let name = "甲" + text(&random)
        items +=
          [id, "\(item + 1)", name, maybe(), Bool.random(using: &random) ? "yes" : ""].map(cell).joined(separator: ",")
          + "\n"
      }
    }
    return try #require(Example(files: ["matters.csv": matters, "items.csv": items]).catalog)
  }
}

import AtomicFiles
import CSVFormat
import Catalog
import Interchange
import Testing

/// The cases of csv-spectrum and of spreadsheets, each as a list in the flat layout.
@Suite("CSV syntax of lists")
struct CSVSyntaxTests {
  private static let head =
    "matter,list,number,audience,name,lead,item,item_name,responsible,deadline,due,shared_from,remark"

  /// The name that is read for a name as written.
  static let cases: [(written: String, name: String)] = [
    ("\"逗号,在内\"", "逗号,在内"),
    ("\"引号\"\"在内\"\"\"", "引号\"在内\""),
    ("\"\"\"全在引号里\"\"\"", "\"全在引号里\""),
    ("\"换\n行\"", "换\n行"),
    ("\"换\r\n行\"", "换\r\n行"),
    ("\"换\r行\"", "换\r行"),
    ("\"换\n\n行\"", "换\n\n行"),
    ("\"\"\"\n\"\"\"", "\"\n\""),
    ("{\"\"type\"\": 1}".replacing("{", with: "\"{").replacing("}", with: "}\""), "{\"type\": 1}"),
    ("ʤ 𠀀 é", "ʤ 𠀀 é"),
    (" 前后空格 ", " 前后空格 "),
    ("\"=SUM(A1)\"", "=SUM(A1)"),
    ("'单引号'", "'单引号'"),
    ("a;b\tc", "a;b\tc"),
    ("\"\\\"\"\"", "\\\""),
  ]

  @Test("Names are read back with every line end", arguments: cases.indices)
  func names(_ index: Int) throws {
    let (written, name) = CSVSyntaxTests.cases[index]
    for end in ["\n", "\r\n", "\r"] {
      for tail in ["", end, end + end, end + ",,,,,,,,,,,," + end] {
        let row = "2-001,second,1,enterprise,\(written),市公安局,2-001.1,税务登记,税务部门,2024年底,2024-12-31,,\(written)"
        let catalog = read(CSVSyntaxTests.head + end + row + tail)
        let matter = try #require(catalog.matters.first)
        #expect(catalog.text(matter.name) == name)
        #expect(catalog.text(matter.remark) == name)
        #expect(catalog.matters.count == 1 && catalog.items.count == 1)
        #expect(catalog.issues.isEmpty)
      }
    }
  }

  @Test("Each problem has its line; quoted line breaks count")
  func problems() throws {
    let good = "2-001,second,1,enterprise,\"一\n二\",市公安局,2-001.1,税务登记,税务部门,2024年底,,,\r\n"
    let catalog = read(
      CSVSyntaxTests.head + "\r\n" + good + "2-002,second,2,enterprise,坏\"名,市公安局,2-002.1,税务登记,税务部门,2024年底,,,\r\n"
        + "2-003,second,三,enterprise,开店,市公安局,2-003.1,税务登记\r\n")
    let locator = Locator(catalog)
    let lines = catalog.issues.compactMap { locator.locate($0.position)?.line }.sorted()
    #expect(lines.first == 4)
    #expect(lines.contains(5))
    #expect(catalog.matters.count == 3)
  }

  @Test("GB18030 is recognised by its bytes, or by the option")
  func encodings() throws {
    let text = CSVSyntaxTests.head + "\r\n2-001,second,1,enterprise,开店,市公安局,2-001.1,税务登记,税务部门,2024年底,,,\r\n"
    let encoded = try #require(TextDecoding.encode(Array(text.utf8), as: .gb18030))
    for encoding in [nil, TextEncoding.gb18030] {
      let catalog = CSVListReader.read(
        file: "list.csv", bytes: Bytes(encoded), base: shippedCatalog, options: CSVListOptions(encoding: encoding))
      #expect(catalog.matters.first.map { catalog.text($0.name) } == "开店")
      #expect(catalog.issues.isEmpty)
    }
    let wrong = CSVListReader.read(
      file: "list.csv", bytes: Bytes(encoded), base: shippedCatalog, options: CSVListOptions(encoding: .utf8))
    #expect(wrong.issues.contains { if case .encoding = $0.kind { true } else { false } })
  }

  @Test("Reordered, unrecognised and missing columns")
  func columns() {
    let catalog = read(
      "item_name,matter,responsible,name,item,处室\n税务登记,2-001,税务部门,开店,2-001.1,一处\n", list: nil)
    #expect(catalog.matters.map { line($0, catalog) } == ["2-001|?|开店|||||" + "|1 税务登记 (税务部门)"])
    let missing = catalog.issues.filter { if case .missingColumn = $0.kind { true } else { false } }
    #expect(missing.count == 7)
    #expect(catalog.issues.contains { if case .unknownColumn("处室", _) = $0.kind { true } else { false } })
  }

  @Test("Contradictory rows of a matter and of shared items are reported")
  func disagreement() throws {
    let catalog = shippedCatalog
    let flat = try text { try ExportRequest(catalog, as: .flatCSV()).write(to: $0) }
    #expect(unclear(read(flat, list: nil)) == [])
    func reported(_ old: String, _ new: String) -> Int {
      let catalog = read(flat.replacing(old, with: new, maxReplacements: 1), list: nil)
      return catalog.issues.count { if case .contradiction = $0.kind { true } else { false } } + unclear(catalog).count
    }
    // A different deadline in the second row of a matter; a different department in one shared row; a missing shared row.
    #expect(reported("2-037.2,公章刻制备案,公安部门,2022年12月底", "2-037.2,公章刻制备案,公安部门,2023年12月底") > 0)
    #expect(reported("2-037.3,税务登记,税务部门,2022年12月底,2022-12-31,2-037", "2-037.3,税务登记,银行,2022年12月底,2022-12-31,2-037") == 1)
    // The matter's own row differs from all copies.
    #expect(reported("2-037.3,税务登记,税务部门,2022年12月底,2022-12-31,,", "2-037.3,税务登记,银行,2022年12月底,2022-12-31,,") == 1)
    let lines = flat.split(separator: "\r\n").map(String.init)
    let short = lines.filter { !($0.hasPrefix("2-050,") && $0.contains("2-037.4")) }
    #expect(unclear(read(short.joined(separator: "\r\n"), list: nil)).count == 1)
  }

  @Test("A selection contains the matters that its matters include")
  func selection() throws {
    let catalog = shippedCatalog
    let department = try #require(catalog.departmentRegister.owner(of: "民政部门")?.index)
    let selection = Selection(list: 1, department: department)
    let flat = try text { try ExportRequest(catalog, selection, as: .flatCSV()).write(to: $0) }
    let back = read(flat, list: nil)
    #expect(back.issues.isEmpty)
    let matter = try #require(back.matter(id: "2-045"))
    #expect(back.sharedItems(of: matter).count == 6)
    #expect(back.matter(id: "2-037") != nil)
    #expect(back.lists[1].isPartial)
    let selected = selection.applied(to: catalog)
    #expect(selected.closure.count == selected.matters.count + 1)
    #expect(selected.partialLists == [1])
  }
}

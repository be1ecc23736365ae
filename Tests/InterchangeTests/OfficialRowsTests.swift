import AtomicFiles
import Catalog
import Deadlines
import FuzzBodies
import Localization
import Testing
import Validator

@testable import Interchange

/// Rows and cells of a list that are no matters: titles of sections, totals, and notes to the right of the table, in the three
/// forms that offices use.
@Suite("Rows beside the matters of a list") struct OfficialRowsTests {
  /// The forms that a list is read from.
  enum Form: String, CaseIterable, Sendable {
    case csv, sheet, word

    /// The address of a row's first cell in messages.
    func address(_ row: Int, _ language: Language = .english) -> String {
      switch self {
      case .csv: "A\(row)"
      case .sheet: "清单!A\(row)"
      case .word: language == .english ? "table 1 row \(row)" : "表1 第\(row)行"
      }
    }
  }

  private static let header = ["序号", "类型", "“一件事一次办”名称", "关联事项", "牵头部门", "责任部门", "推进完成时限", "备注"]

  private static func matter(_ number: Int, _ name: String) -> [String] {
    ["\(number)", "个人", name, "就业登记", "市人社局", "人社部门", "2022年12月底", ""]
  }

  private static let item = ["", "", "", "社会保险费申报", "", "税务部门", "", ""]

  private static func read(_ rows: [[String]], _ form: Form, isImport: Bool = true) -> Catalog {
    let options = CSVListOptions(list: "second", isImport: isImport)
    switch form {
    case .csv:
      let text = rows.map { $0.map { $0.contains("\n") ? "\"\($0)\"" : $0 }.joined(separator: ",") + "\n" }.joined()
      return CSVListReader.read(
        file: "清单.csv", bytes: Bytes(Array(text.utf8)), base: shippedCatalog, options: options)
    case .sheet:
      return WorkbookCatalogReader.read(
        file: "清单.xlsx", bytes: SheetCase.workbook(rows), base: shippedCatalog, options: options, progress: nil)
    case .word:
      let cells = rows.map { row in
        "<w:tr>\(row.map { "<w:tc><w:p><w:r><w:t>\($0)</w:t></w:r></w:p></w:tc>" }.joined())</w:tr>"
      }
      return WorkbookCatalogReader.read(
        file: "通知.docx", bytes: WordCase.document("<w:tbl>\(cells.joined())</w:tbl>"), base: shippedCatalog,
        options: options, progress: nil)
    }
  }

  private static func read(below rows: [[String]], _ form: Form) -> Catalog { read([header] + rows, form) }

  /// What is listed for a person to check, with its position.
  private static func notices(_ catalog: Catalog, _ language: Language = .english) -> [String] {
    let locator = Locator(catalog)
    return catalog.doubtfulReadings.map { doubt in
      (locator.locate(doubt.position)?.address(in: language) ?? "?") + " " + doubt.message[language]
    }
  }

  private static func findings(_ catalog: Catalog, _ rule: String) throws -> [Finding] {
    Validation(catalog, options: ValidationOptions(day: try #require(Day(iso: "2023-01-15")))).findings
      .filter { $0.rule == rule }
  }

  private static func names(_ catalog: Catalog) -> [String] { catalog.matters.map { catalog.text($0.name) } }

  // MARK: Sections

  @Test("The title of a section is passed over and listed", arguments: Form.allCases)
  func sections(_ form: Form) throws {
    let alone = Self.header.map { _ in "" }
    for title in ["第一部分 个人事项", "第二部分", "一、企业开办", "十二、其他", "（三）变更", "第3章 注销", "第一批"] {
      for row in [[title] + alone.dropFirst(), Self.header.map { _ in title }] {
        let catalog = Self.read(below: [row, Self.matter(1, "失业"), Self.item, row, Self.matter(2, "养犬")], form)
        #expect(Self.names(catalog) == ["失业", "养犬"], "\(title)")
        #expect(catalog.items.count == 3 && catalog.issues.isEmpty, "\(title): \(catalog.issues)")
        #expect(
          Self.notices(catalog)
            == [2, 5].map {
              "\(form.address($0)) “\(title)” is the title of a section; the row was not read as a matter"
            })
      }
    }
  }

  /// What only resembles a title is read as before.
  @Test func rowsThatAreNoSections() throws {
    let alone = Self.header.map { _ in "" }
    // A number alone, a text that is not recognised, and a title beside other cells.
    for (text, isReported) in [("一、", false), ("个人事项", true), ("1、个人事项", true), ("第一", false)] {
      let catalog = Self.read(below: [Self.matter(9, "失业"), [text] + alone.dropFirst()], .csv)
      #expect(Self.notices(catalog) == [], "\(text)")
      #expect(unclear(catalog).contains { $0.contains("is not recognised") } == isReported, "\(text)")
    }
    let beside = ["一、个人"] + Self.matter(1, "失业").dropFirst()
    #expect(unclear(Self.read(below: [beside], .csv)).count == 1)
    // An item that is named like a part stays one.
    let item = alone.prefix(3) + ["一、就业登记"] + alone.dropFirst(4)
    #expect(Self.read(below: [Self.matter(1, "失业"), Array(item)], .csv).items.count == 2)
  }

  // MARK: Totals

  @Test("A total that agrees with the rows above is passed over and listed", arguments: Form.allCases)
  func totals(_ form: Form) throws {
    let rows = [Self.matter(1, "失业"), Self.item, Self.matter(2, "养犬")]
    for total in [
      ["合计", "", "2", "3", "", "", "", ""], ["合计：2件事、3个关联事项", "", "", "", "", "", "", ""],
      ["", "", "总 计", "3 项", "/", "", "", ""], ["小计", "", "", "3", "", "", "", ""],
      ["共计2件", "", "", "", "", "", "", ""],
      ["合计（3项）"] + Self.header.dropFirst().map { _ in "合计（3项）" }, ["合计", "", "二", "", "", "", "", ""],
    ] {
      let catalog = Self.read(below: rows + [total], form)
      #expect(Self.names(catalog) == ["失业", "养犬"], "\(total)")
      #expect(catalog.items.count == 3 && catalog.issues.isEmpty, "\(total): \(catalog.issues)")
      #expect(Self.notices(catalog).count == 1, "\(total)")
      #expect(Self.notices(catalog).first?.contains("agrees with the rows above") == true, "\(total)")
    }
    let silent = Self.read(below: rows + [["合计"] + Self.header.dropFirst().map { _ in "" }], form)
    #expect(
      Self.notices(silent, .chinese) == [
        (form == .word ? "表1 第5行 第1列" : form.address(5)) + " “合计”一行没有读作事项"
      ])
  }

  /// A subtotal counts what follows the last one or the title of the section; a total the section or the list.
  @Test func subtotals() {
    func row(_ text: String, _ number: String) -> [String] { [text, "", number, "", "", "", "", ""] }
    let section = ["二、企业"] + Self.header.dropFirst().map { _ in "" }
    let agreeing = [
      Self.matter(1, "失业"), Self.matter(2, "养犬"), row("小计", "2"), Self.matter(3, "开店"), row("小计", "1"), row("合计", "3"),
      section, Self.matter(4, "关店"), row("小计", "1"), row("合计", "1"), row("总计", "4"),
    ]
    let catalog = Self.read(below: agreeing, .csv)
    #expect(catalog.matters.count == 4 && catalog.issues.isEmpty, "\(catalog.issues)")
    #expect(Self.notices(catalog).count == 7)
    // The second subtotal does not count the first two matters again.
    let wrong = agreeing.enumerated().map { $0.offset == 4 ? row("小计", "3") : $0.element }
    #expect(unclear(Self.read(below: wrong, .csv)).map { $0.prefix(2) } == ["6:"])
  }

  @Test("A total that does not agree is a finding", arguments: Form.allCases)
  func wrongTotals(_ form: Form) throws {
    let rows = [Self.matter(1, "失业"), Self.item, ["合计", "", "5", "", "", "", "", ""]]
    let catalog = Self.read(below: rows, form)
    #expect(Self.names(catalog) == ["失业"] && Self.notices(catalog) == [])
    let found = try Self.findings(catalog, "unclear-list")
    #expect(found.count == 1 && found.first?.severity == .error)
    let message = try #require(found.first?.message)
    #expect(
      message.en
        == "the row “合计” says 5, but the rows above have 1 matter with 2 items; check whether rows are missing or repeated, or correct the number"
    )
    #expect(message.zh == "“合计”一行写的是 5，而上面有 1 件事、2 个关联事项；请核对是否缺行或重复，或改正这个数")
    let address = found.first?.location?.address(in: .english)
    #expect(address == (form == .csv ? "C4" : form == .sheet ? "清单!C4" : "table 1 row 4 column 3"))
  }

  /// A row with anything but numbers beside the word is read as before.
  @Test func rowsThatAreNoTotals() {
    let named = ["合计", "企业", "开店", "税务登记", "市公安局", "税务部门", "2024年底", ""]
    let catalog = Self.read(below: [Self.matter(1, "失业"), named], .csv)
    #expect(catalog.matters.count == 2 && unclear(catalog).count == 1 && Self.notices(catalog) == [])
    #expect(unclear(Self.read(below: [Self.matter(1, "失业"), ["合计若干"]], .csv)).count == 1)
  }

  // MARK: Cells to the right

  @Test("A note to the right of the table is reported in the words of the form", arguments: Form.allCases)
  func notesToTheRight(_ form: Form) throws {
    var noted = Self.matter(2, "养犬")
    noted += ["", "待核实"]
    let catalog = Self.read(below: [Self.matter(1, "失业"), noted], form)
    #expect(Self.names(catalog) == ["失业", "养犬"])
    let found = try Self.findings(catalog, "row-length")
    #expect(found.count == 1)
    let finding = try #require(found.first)
    #expect(finding.severity == .error && finding.subject == "2-002")
    #expect(
      finding.location?.address(in: .english)
        == (form == .csv ? "J3" : form == .sheet ? "清单!J3" : "table 1 row 3 column 10"))
    #expect(finding.message.zh == "2-002 的这一行在表格右边还有一格写着“待核实”，而这一列没有列名，没有读取")
    #expect(
      finding.message.en
        == "2-002: a cell to the right of the table has “待核实”, but its column has no heading; it was not read")
    #expect(finding.fix.zh.hasPrefix("把内容移到“备注”一列或表外，或者删去"))
    // Commas and quotes mean something in CSV alone.
    #expect(finding.fix.zh.contains("引号") == (form == .csv))
    #expect(finding.fix.en.contains("quotes") == (form == .csv))
  }

  // MARK: Any texts

  /// Whatever stands in the cells: nothing crashes, and every row is read, listed or reported.
  @Test(arguments: 0..<40) func anyRows(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let words = [
      "", "", "", "1", "2", "12", "一、", "一、企业", "第一部分", "合计", "小计 3", "合计：2件", "/", "个人", "失业", "就业登记", "市人社局",
      "人社部门", "2022年12月底", "注:甲", "第 1 页", "\u{3000}", "就业登记\n失业登记", "、、", "（", "第", "共",
    ]
    let rows = (0..<30).map { _ in
      (0..<Int.random(in: 1...10, using: &generator)).map { _ in words.randomElement(using: &generator) ?? "" }
    }
    for form in Form.allCases {
      let catalog = Self.read(below: rows, form)
      let again = Self.read(below: rows, form)
      #expect(catalog.matters.count <= rows.count && Self.names(catalog) == Self.names(again))
      #expect(Self.notices(catalog) == Self.notices(again))
      #expect(Self.notices(catalog).count <= 2 * rows.count)
    }
  }
}

/// Workbooks in memory.
enum SheetCase {
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// A workbook with the sheet 清单, all of whose cells are texts.
  static func workbook(_ rows: [[String]]) -> Bytes {
    let cells = rows.map { row in
      "<row>\(row.map { "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">\($0)</t></is></c>" }.joined())</row>"
    }
    let parts = [
      (
        "_rels/.rels",
        """
        <Relationships xmlns="\(package)"><Relationship Id="r" Type="\(office)/officeDocument" Target="xl/workbook.xml"/>\
        </Relationships>
        """
      ),
      (
        "xl/workbook.xml",
        """
        <workbook xmlns="\(main)" xmlns:r="\(office)"><sheets><sheet name="清单" sheetId="1" r:id="r1"/></sheets></workbook>
        """
      ),
      (
        "xl/_rels/workbook.xml.rels",
        """
        <Relationships xmlns="\(package)"><Relationship Id="r1" Type="\(office)/worksheet" \
        Target="worksheets/sheet1.xml"/></Relationships>
        """
      ),
      (
        "xl/worksheets/sheet1.xml",
        "<worksheet xmlns=\"\(main)\"><sheetData>\(cells.joined())</sheetData></worksheet>"
      ),
    ]
    return Bytes(StoredArchive.bytes(of: parts.map { ($0.0, Array($0.1.utf8)) }))
  }
}

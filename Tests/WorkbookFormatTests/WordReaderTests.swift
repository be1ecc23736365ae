import AtomicFiles
import FuzzBodies
import Testing

@testable import WorkbookFormat

/// Tables of Word documents from small parts written by hand (ECMA-376 part 1, 17).
@Suite("Tables of Word documents") struct WordReaderTests {
  private static let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  private static let mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"

  private func read(
    _ body: String, numbering: String? = nil, styles: String? = nil, part: String = "word/document.xml",
    prolog: String = "",
    main: String = WordReaderTests.main
  ) throws -> WordContent {
    var parts: [(key: String, value: [UInt8])] = [
      (
        "_rels/.rels",
        Array(
          """
          <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" \
          Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="\(part)"/>\
          </Relationships>
          """.utf8)
      ),
      (
        part,
        Array(
          """
          \(prolog)<w:document xmlns:w="\(main)" xmlns:mc="\(WordReaderTests.mc)"><w:body>\(body)</w:body></w:document>
          """.utf8)
      ),
    ]
    if let numbering {
      parts.append(("word/numbering.xml", Array("<w:numbering xmlns:w=\"\(main)\">\(numbering)</w:numbering>".utf8)))
    }
    if let styles {
      parts.append(("word/styles.xml", Array("<w:styles xmlns:w=\"\(main)\">\(styles)</w:styles>".utf8)))
    }
    return try WordReader.read(Bytes(StoredArchive.bytes(of: parts)))
  }

  private func run(_ text: String) -> String { "<w:r><w:t xml:space=\"preserve\">\(text)</w:t></w:r>" }

  /// A cell with a paragraph of these runs, or of a text.
  private func cell(_ content: String, _ properties: String = "") -> String {
    let runs = content.hasPrefix("<") ? content : content.isEmpty ? "" : run(content)
    let inner = runs.hasPrefix("<w:p>") || runs.hasPrefix("<w:tbl>") ? runs : "<w:p>\(runs)</w:p>"
    return "<w:tc><w:tcPr>\(properties)</w:tcPr>\(inner)</w:tc>"
  }

  private func row(_ cells: String..., properties: String = "") -> String {
    "<w:tr><w:trPr>\(properties)</w:trPr>\(cells.joined())</w:tr>"
  }

  private func table(_ rows: String..., grid: [Int] = []) -> String {
    "<w:tbl><w:tblGrid>\(grid.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined())</w:tblGrid>\(rows.joined())</w:tbl>"
  }

  /// The table as text, rows by line feeds.
  private func text(
    _ body: String, numbering: String? = nil, styles: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let content = try read(body, numbering: numbering, styles: styles)
    let table = try #require(content.tables.first, sourceLocation: sourceLocation)
    return String(decoding: table.table.array, as: UTF8.self)
  }

  /// The text of a cell with these runs.
  private func cellText(_ content: String) throws -> String {
    let text = try text(table(row(cell(content))))
    return text.hasPrefix("\"") ? String(text.dropFirst().dropLast(2)) : String(text.dropLast())
  }

  private let restart = "<w:vMerge w:val=\"restart\"/>"
  private let goesOn = "<w:vMerge/>"

  // MARK: Merged cells

  @Test func mergedCellsHaveTheirTextInEachRow() throws {
    let body = table(
      row(cell("a", restart), cell("1"), cell("x", restart)), row(cell("", goesOn), cell("2"), cell("y", restart)),
      row(cell("hidden", "<w:vMerge w:val=\"continue\"/>"), cell("3"), cell("", goesOn)),
      row(cell("b"), cell("4"), cell("z")))
    #expect(try text(body) == "a,1,x\na,2,y\na,3,y\nb,4,z\n")
    let continued = try read(body).tables[0].continued
    #expect(continued == [6: 0b001, 12: 0b101])
  }

  @Test func aRowOfContinuedCellsAloneIsEmpty() throws {
    let body = table(
      row(cell("a", restart), cell("1", restart)), row(cell("", goesOn), cell("", goesOn)), row(cell("b"), cell("2")))
    #expect(try text(body) == "a,1\n\nb,2\n")
  }

  @Test func aCellThatContinuesNothingHasItsOwnText() throws {
    #expect(try text(table(row(cell("a", goesOn), cell("1")), row(cell("", goesOn), cell("2")))) == "a,1\na,2\n")
    // The merge ends with a row that does not continue it.
    let body = table(row(cell("a", restart)), row(cell("b")), row(cell("c", goesOn)))
    #expect(try text(body) == "a\nb\nc\n")
  }

  @Test func doubledMergesAndTrackedMerges() throws {
    let body = table(
      row(cell("a", restart + restart), cell("1")), row(cell("", goesOn + goesOn), cell("2")),
      row(cell("", "<w:cellMerge w:vMerge=\"cont\"/>"), cell("3")))
    #expect(try text(body) == "a,1\na,2\na,3\n")
  }

  @Test func widthsAndGapsOfTheGrid() throws {
    let body = table(
      row(cell("a"), cell("b"), cell("c"), cell("d")),
      row(cell("ab", "<w:gridSpan w:val=\"2\"/>"), cell("c"), cell("d")),
      row(cell("c"), cell("d"), properties: "<w:gridBefore w:val=\"2\"/>"),
      row(cell("x", "<w:hMerge w:val=\"restart\"/>"), cell("y", "<w:hMerge/>"), cell("c")))
    #expect(try text(body) == "a,b,c,d\nab,,c,d\n,,c,d\nx,,c,\n")
  }

  @Test func edgesThatAreNearAreOne() throws {
    let (one, two, three) = ("<w:gridSpan w:val=\"1\"/>", "<w:gridSpan w:val=\"2\"/>", "<w:gridSpan w:val=\"3\"/>")
    let rows = [
      row(cell("a", two), cell("b", two)), row(cell("c", one), cell("d", three)), row(cell("e", three), cell("f", one)),
    ]
    let near = table(rows.joined(), grid: [1000, 60, 60, 1000])
    #expect(try text(near) == "a,b\nc,d\ne,f\n")
    let far = table(rows.joined(), grid: [1000, 300, 300, 1000])
    #expect(try text(far) == "a,,b\nc,d\ne,,,f\n")
    // A cell between the edges keeps them apart.
    let narrow = table(row(cell("a", two), cell("b")), row(cell("c"), cell("d"), cell("e")), grid: [1000, 60, 1000])
    #expect(try text(narrow) == "a,,b\nc,d,e\n")
  }

  // MARK: Texts

  @Test func linesOfACell() throws {
    #expect(try cellText("<w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:cr/><w:t>三</w:t></w:r>") == "一\n二\n三")
    #expect(try cellText("<w:p>\(run("一"))</w:p><w:p/><w:p>\(run(" "))</w:p><w:p>\(run("二"))</w:p>") == "一\n \n二")
    let mark = "<w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr>"
    #expect(try cellText("<w:p>\(mark)\(run("一"))</w:p><w:p>\(run("二"))</w:p>") == "一二")
    #expect(try cellText(run("\u{3000} \u{A0}一 二\u{A0}\u{3000}")) == "一 二")
  }

  @Test func blanksOfATextCountIfItSaysSo() throws {
    #expect(try cellText("<w:r><w:t> 一 </w:t></w:r><w:r><w:t>二</w:t></w:r>") == "一二")
    #expect(try cellText("\(run("一 "))\(run("二"))") == "一 二")
    #expect(try cellText("<w:r><w:t>一\n\t二</w:t></w:r>") == "一  二")
  }

  @Test func charactersThatAreElements() throws {
    #expect(
      try cellText("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>1</w:t><w:softHyphen/><w:tab/><w:t>B</w:t></w:r>")
        == "A-1 B")
    #expect(
      try cellText(
        "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/><w:sym w:font=\"Arial\" w:char=\"F041\"/>"
          + "<w:sym w:font=\"x\" w:char=\"4E00\"/><w:sym w:font=\"Wingdings\" w:char=\"F001\"/></w:r>") == "✓A一\u{FFFD}"
    )
    // The tab stops of a paragraph are none.
    #expect(try cellText("<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>\(run("一"))</w:p>") == "一")
  }

  @Test func hiddenTextFieldsAndRuby() throws {
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>h</w:t></w:r>"
    let shown = "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>二</w:t></w:r>"
    #expect(try cellText("\(run("一"))\(hidden)\(shown)") == "一二")
    #expect(try read(table(row(cell("\(run("一"))\(hidden)")))).hiddenTexts == 1)
    func field(_ type: String) -> String { "<w:r><w:fldChar w:fldCharType=\"\(type)\"/></w:r>" }
    let code = "<w:r><w:instrText>IF </w:instrText></w:r>"
    #expect(
      try cellText(
        field("begin") + code + field("begin") + run("inner code") + field("separate") + run("inner") + field("end")
          + field("separate") + run("结果") + field("end") + run("后")) == "结果后")
    // A field that is not closed ends with its cell.
    #expect(try text(table(row(cell(field("begin") + code), cell("二")))) == ",二\n")
    #expect(
      try cellText(
        "<w:r><w:ruby><w:rt>\(run("zhong"))</w:rt><w:rubyBase>\(run("中"))</w:rubyBase></w:ruby></w:r>") == "中")
  }

  @Test func oneAlternativeAndNoTextBox() throws {
    let content = """
      <w:r><mc:AlternateContent><mc:Choice Requires="x"><w:t>一</w:t></mc:Choice><mc:Choice Requires="y"><w:t>二</w:t>\
      </mc:Choice><mc:Fallback><w:t>三</w:t></mc:Fallback></mc:AlternateContent>\
      <mc:AlternateContent><mc:Fallback><w:t>四</w:t></mc:Fallback></mc:AlternateContent>\
      <w:pict><w:txbxContent><w:p>\(run("框"))</w:p></w:txbxContent></w:pict></w:r>
      """
    #expect(try cellText(content) == "一四")
    #expect(try read(table(row(cell(content)))).textBoxes == 1)
  }

  @Test func contentControls() throws {
    func control(_ content: String, _ properties: String = "") -> String {
      "<w:sdt><w:sdtPr><w:rPr><w:vanish/></w:rPr>\(properties)</w:sdtPr><w:sdtContent>\(content)</w:sdtContent></w:sdt>"
    }
    let body = table(
      control(row(cell("a"), cell("b"))), row(control(cell("c")), cell(control(run("d")))),
      row(cell("e"), control(cell("单击输入"), "<w:showingPlcHdr/>")), row(cell("g"), cell("h")))
    #expect(try text(body) == "a,b\nc,d\ne\ng,h\n")
  }

  // MARK: Changes

  @Test func trackedChanges() throws {
    #expect(
      try cellText(
        "<w:ins w:id=\"1\">\(run("一"))</w:ins><w:del w:id=\"2\"><w:r><w:delText>x</w:delText></w:r>\(run("y"))</w:del>"
          + "<w:moveFrom w:id=\"3\">\(run("z"))</w:moveFrom><w:moveTo w:id=\"4\">\(run("二"))</w:moveTo>") == "一二")
    let body = table(
      row(cell("a", restart), cell("1")), row(cell("x"), cell("y"), properties: "<w:del w:id=\"1\"/>"),
      row(cell("", goesOn), cell("gone", "<w:cellDel w:id=\"1\"/>"), cell("2")),
      row(cell("b", "<w:tcPrChange w:id=\"1\"><w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr></w:tcPrChange>"), cell("3")))
    #expect(try text(body) == "a,1\n\na,2\nb,3\n")
    #expect(try read(body).trackedChanges == 2)
    #expect(try read(body).firstChange == WordPosition(table: 1, row: 2, column: 1))
  }

  // MARK: Structure

  @Test func tablesWithinCellsAreMentioned() throws {
    let inner = table(row(cell("x"), cell("y")))
    let body = "<w:p>\(run("上"))</w:p>" + table(row(cell("a"), cell(inner + "<w:p>\(run("b"))</w:p>")), row(cell("c")))
    let content = try read(body + "<w:p>\(run("下"))</w:p>" + table(row(cell("d"))))
    #expect(content.tables.map { String(decoding: $0.table.array, as: UTF8.self) } == ["a,b\nc\n", "d\n"])
    #expect(content.tables.map(\.number) == [1, 2])
    #expect(content.tables.map(\.paragraphsAbove) == [1, 2])
    #expect(content.paragraphs == ["上", "下"])
    #expect(content.nestedTables == 1)
    #expect(content.nestedPositions == [WordPosition(table: 1, row: 1, column: 2)])
  }

  @Test func longParagraphsAreNotKept() throws {
    let content = try read(
      "<w:p>\(run(String(repeating: "长", count: 200)))</w:p><w:p>\(run("短"))</w:p><w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r></w:p>"
    )
    #expect(content.paragraphs == ["", "短", "一", "二"])
  }

  @Test func numbersThatWordCounts() throws {
    func number(_ list: Int, _ level: Int = 0) -> String {
      "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"\(level)\"/><w:numId w:val=\"\(list)\"/></w:numPr></w:pPr></w:p>"
    }
    let numbering = """
      <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/></w:lvl>\
      <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>\
      <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>\
      <w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>
      """
    let body = table(
      row(cell(number(1)), cell("a")), row(cell(number(1)), cell("b")), row(cell(number(2)), cell("c")),
      row(cell(number(1, 1)), cell("d")), row(cell(number(7)), cell("e")), row(cell(number(2)), cell("f")))
    #expect(try text(body, numbering: numbering) == "3,a\n4,b\n9,c\n,d\n,e\n10,f\n")
  }

  /// Numbers that a paragraph has by its style: by that alone, by the one that it is based on, at the level that belongs to
  /// the style, and taken away.
  @Test func numbersOfStyles() throws {
    func paragraph(_ style: String?, _ numbering: String = "") -> String {
      let named = style.map { "<w:pStyle w:val=\"\($0)\"/>" } ?? ""
      return "<w:p><w:pPr>\(named)\(numbering.isEmpty ? "" : "<w:numPr>\(numbering)</w:numPr>")</w:pPr></w:p>"
    }
    func style(_ id: String, base: String? = nil, _ numbering: String = "", type: String = "paragraph") -> String {
      "<w:style w:type=\"\(type)\" w:styleId=\"\(id)\">" + (base.map { "<w:basedOn w:val=\"\($0)\"/>" } ?? "")
        + "<w:pPr>\(numbering.isEmpty ? "" : "<w:numPr>\(numbering)</w:numPr>")</w:pPr></w:style>"
    }
    let one = "<w:numId w:val=\"1\"/>"
    let numbering = """
      <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="decimal"/>\
      <w:pStyle w:val="Number"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>\
      <w:pStyle w:val="Deep"/></w:lvl></w:abstractNum>\
      <w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Linked"/></w:abstractNum>\
      <w:abstractNum w:abstractNumId="2"><w:styleLink w:val="Linked"/><w:lvl w:ilvl="0"><w:start w:val="70"/>\
      <w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>\
      <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
      """
    // The level of `Deep` is the one that names it; a loop of styles, a style that is not there, and one of characters are none.
    let styles =
      style("Number", one) + style("Child", base: "Number")
      + style("Deep", base: "Number", "<w:ilvl w:val=\"0\"/>" + one)
      + style("Off", base: "Child", "<w:numId w:val=\"0\"/>") + style("A", base: "B") + style("B", base: "A")
      + style("Lost", base: "Nowhere") + style("Char", one, type: "character") + style("List", "<w:numId w:val=\"2\"/>")
      + style("Level", base: "Number", "<w:ilvl w:val=\"1\"/>")
    func body(_ paragraphs: [String]) -> String {
      "<w:tbl>" + paragraphs.map { row(cell($0), cell("x")) }.joined() + "</w:tbl>"
    }
    func numbers(_ paragraphs: String..., styles: String) throws -> [String] {
      try text(body(paragraphs), numbering: numbering, styles: styles).split(separator: "\n").map {
        String($0.prefix { $0 != "," })
      }
    }
    #expect(
      try numbers(
        paragraph("Number"), paragraph("Child"), paragraph("Deep"), paragraph("Deep"), paragraph("Off"), paragraph("A"),
        paragraph("Lost"), paragraph("Char"), paragraph("Unknown"), paragraph(nil), paragraph("Child"), styles: styles)
        == ["5", "6", "1", "2", "", "", "", "", "", "", "7"])
    // A paragraph's own list and level come before those of its style, each by itself.
    #expect(
      try numbers(
        paragraph("Number"), paragraph("Number", "<w:numId w:val=\"0\"/>"),
        paragraph("Number", "<w:ilvl w:val=\"1\"/>"),
        paragraph("Level"), paragraph("Off", "<w:ilvl w:val=\"0\"/>" + one), styles: styles)
        == ["5", "", "1", "2", "6"])
    #expect(try numbers(paragraph("List"), paragraph("List"), styles: styles) == ["70", "71"])
    // The default style is that of paragraphs that name none, as those of the second column.
    let usual = style("Normal", one).replacing("w:styleId", with: "w:default=\"1\" w:styleId")
    #expect(try numbers(paragraph(nil), "<w:p></w:p>", paragraph("Number"), styles: usual + styles) == ["5", "7", "9"])
    // What a style had before a tracked change counts no more.
    let tracked = """
      <w:style w:type="paragraph" w:styleId="Was"><w:pPr><w:pPrChange><w:pPr><w:numPr>\(one)</w:numPr></w:pPr></w:pPrChange>\
      </w:pPr></w:style>
      """
    #expect(try numbers(paragraph("Was"), styles: tracked) == [""])
  }

  @Test func brokenStylesAreRefused() throws {
    #expect(throws: WorkbookFailure.self) {
      try read(table(row(cell("a"))), numbering: "", styles: "<w:style w:styleId=\"x\"")
    }
    // Without lists nobody asks for them.
    #expect(try read(table(row(cell("a"))), styles: "<w:style w:styleId=\"x\"").tables.count == 1)
  }

  @Test func otherNamespacesAndNames() throws {
    let strict = try read(table(row(cell("a"), cell("b"))), main: "http://purl.oclc.org/ooxml/wordprocessingml/main")
    #expect(strict.tables.count == 1)
    #expect(try read(table(row(cell("a"))), part: "word/document2.xml").tables.count == 1)
  }

  @Test func whatIsNoTable() throws {
    let content = try read("<w:tc><w:tr></w:tr></w:tc><w:tbl><w:p><w:tc><w:p/></w:tc></w:p></w:tbl>")
    #expect(content.tables.map(\.rows) == [0])
  }

  @Test func refusals() throws {
    func failure(_ body: String, prolog: String = "") -> WorkbookFailure? {
      do {
        _ = try read(body, prolog: prolog)
        return nil
      } catch { return error as? WorkbookFailure }
    }
    let wide = failure(table(row(cell("a", "<w:gridSpan w:val=\"900\"/>"), cell("b", "<w:gridSpan w:val=\"900\"/>"))))
    #expect(wide?.kind == WorkbookFailure.suspicious(column: 1800))
    for failed in [
      wide, failure("<w:p>"), failure("", prolog: "<!DOCTYPE a>"),
      failure(table(row(cell(String(repeating: "A", count: 1_100_000))))),
    ] {
      #expect(failed?.isDocument == true)
      #expect(failed?.explanation.zh.contains("Word") == true && failed?.explanation.en.contains("Word") == true)
    }
  }
}

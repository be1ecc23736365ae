import Catalog
import Deadlines
import Localization
import Testing
import Validator

@Suite struct ReadingTests {
  @Test func shippedCatalogReadsClean() throws {
    for rule in RuleBook.reading { #expect(try Shipped.subjects(rule.id) == [], "\(rule.id)") }
  }

  @Test func forgottenQuoteIsToldOnceWithItsMatter() throws {
    var edited = EditedCatalog()
    try edited.replace("2-003,second,3,individual,", with: "2-003,second,3,individual,\"", in: "matters.csv")
    #expect(try edited.news() == ["csv-syntax 2-003"])
    let finding = try #require(edited.findings("csv-syntax").first)
    #expect(finding.matter == "2-003")
    #expect(finding.location?.line == 15)
    #expect(finding.location?.column == 27)
  }

  @Test func quoteForgottenBeforeACommaIsNoRowLengthToo() throws {
    var edited = EditedCatalog()
    try edited.replace("卫健部门、医院", with: "\"卫健部门,医院", in: "items.csv")
    #expect(try edited.news() == ["csv-syntax 1-005.1"])
  }

  @Test func strayQuoteSpoilsItsCellAlone() throws {
    var edited = EditedCatalog()
    try edited.replace("2-001,1,就业登记,人社部门", with: "2-001,1,就业登记,人社\"部门", in: "items.csv")
    #expect(try edited.news() == ["csv-syntax 2-001.1"])
    let finding = try #require(edited.findings("csv-syntax").first)
    #expect(finding.item == "2-001.1")
  }

  @Test func wrongBytesAreToldWithTheirItem() throws {
    var edited = EditedCatalog()
    var bytes = Array(edited["items.csv"].utf8)
    let name = Array("就业登记".utf8)
    let at = try #require(bytes.firstRange(of: name)?.lowerBound)
    bytes[at + 2] = 0xFF
    edited.setBytes("items.csv", bytes)
    #expect(try edited.news() == ["text-encoding 2-001.1"])
  }

  @Test func savedByAChineseSpreadsheet() throws {
    var edited = EditedCatalog()
    edited.setBytes(
      "matters.csv",
      // 灵活就业 in GB 18030.
      Array("id,list,number,audience,name,lead,deadline\n2-001,second,1,individual,".utf8)
        + [0xC1, 0xE9, 0xBB, 0xEE, 0xBE, 0xCD, 0xD2, 0xB5] + Array(",human-resources,2022-12\n".utf8))
    #expect(try edited.findings("other-encoding").map(\.subject) == ["matters"])
    #expect(edited.catalog.matter(id: "2-001").map { edited.catalog.text($0.name) } == "灵活就业")
  }

  @Test func byteOrderMarkAndLineEndsAreNoNews() throws {
    var edited = EditedCatalog()
    for kind in TableKind.allCases {
      let text = edited[kind.fileName].split(separator: "\n").joined(separator: "\r\n") + "\r\n"
      edited.setBytes(kind.fileName, [0xEF, 0xBB, 0xBF] + Array(text.utf8))
    }
    #expect(try edited.news() == [])
  }

  @Test func droppedCellIsToldOnce() throws {
    var edited = EditedCatalog()
    // The name of a matter, the department of an item.
    try edited.replace("2-002,second,2,individual,失业,", with: "2-002,second,2,individual,", in: "matters.csv")
    try edited.replace("2-001,1,就业登记,人社部门,", with: "2-001,1,就业登记,", in: "items.csv")
    #expect(try edited.news() == ["row-length 2-002", "row-length 2-001.1"])
  }

  @Test func rowCutShortKeepsWhatItHas() throws {
    var edited = EditedCatalog()
    edited.lines(of: "matters.csv") { lines in
      lines = lines.map { $0.hasPrefix("2-002,") ? String($0.prefix { $0 != "底" }) + "底" : $0 }
    }
    #expect(try edited.news() == ["row-length 2-002"])
    #expect(edited.catalog.matter(id: "2-002").map { edited.catalog.text($0.name) } == "失业")
  }

  @Test func commaOutsideQuotesIsToldOnce() throws {
    var edited = EditedCatalog()
    try edited.replace("2-002,second,2,individual,失业,", with: "2-002,second,2,individual,失,业,", in: "matters.csv")
    try edited.replace("2-001,1,就业登记,人社部门,", with: "2-001,1,就业登记,人社部门,税务部门,", in: "items.csv")
    #expect(try edited.news() == ["row-length 2-002", "row-length 2-001.1"])
  }

  @Test func firstCellDroppedLosesNoItems() throws {
    var edited = EditedCatalog()
    try edited.replace("2-002,second,2,individual,", with: "second,2,individual,", in: "matters.csv")
    let news = try edited.news()
    #expect(news.first?.hasPrefix("row-length") == true)
    #expect(news.count == 1, "\(news)")
  }

  @Test func columnsMayStandInAnyOrder() throws {
    var edited = EditedCatalog()
    edited.lines(of: "items.csv") { lines in
      lines = lines.map { line in
        let cells = line.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
        return "\(cells[1]),\(cells[0]),\(cells[2])"
      }
    }
    #expect(try edited.news() == [])
  }

  @Test func malformedValuesQuoteTheCell() throws {
    var edited = EditedCatalog()
    try edited.replace("2-003,second,3,", with: "2-003,second,三,", in: "matters.csv")
    #expect(try edited.news() == ["malformed-value 2-003"])
    let finding = try #require(edited.findings("malformed-value").first)
    #expect(finding.message.zh.contains("“三”") && finding.message.en.contains("“三”"))
    #expect(finding.matter == "2-003")
  }

  @Test func missingTableIsToldOnce() throws {
    for name in ["notices.csv", "lists.csv", "departments.csv", "approvals.csv", "matters.csv", "items.csv"] {
      var edited = EditedCatalog()
      edited.setBytes(name, nil)
      let news = try edited.news()
      let own = Set((RuleBook.reading + RuleBook.identity + RuleBook.references).map(\.id))
      let reported = news.filter { line in own.contains(String(line.prefix { $0 != " " })) }
      #expect(reported == ["missing-table \(name.dropLast(4))"])
    }
  }

  /// Issues that only a document or a list can have, as their readers hand them over.
  @Test func documentsAndLists() throws {
    let words = LocalizedText(zh: "第3行的标签没有结束", en: "the tag of line 3 is not closed")
    let kinds: [(ReadingIssue.Kind, String)] = [
      (.refusedDoctype, "refused-doctype"), (.malformedXML(words, detail: ""), "xml-syntax"),
      (.schema(words, detail: ""), "xml-schema"), (.unclear(words), "unclear-list"),
    ]
    for (kind, rule) in kinds {
      let builder = CatalogBuilder()
      let source = builder.add(Source(file: "a.xml"))
      builder.issues.append(
        ReadingIssue(
          kind, at: .row(source: source, table: .matters, offset: 3), subject: "2-001"))
      let day = try #require(Day(iso: Example.usualDay))
      let result = Validation(builder.finish(origin: .xml("a.xml")), options: ValidationOptions(day: day))
      let reported = result.findings.filter { $0.rule == rule }
      #expect(reported.count == 1)
      #expect(reported.first?.location?.line == 3)
    }
  }
}

@Suite struct CellAddressTests {
  @Test func aCellIsNamedAsInASpreadsheet() throws {
    var edited = EditedCatalog()
    try edited.replace("2-016,second,16,individual,", with: "2-016,second,16,indivdual,", in: "matters.csv")
    let location = try #require(try edited.findings("unknown-audience").first?.location)
    #expect((location.line, location.column) == (28, 17))
    #expect((location.cell, location.field) == ("D28", "audience"))
  }

  @Test func lineBreaksBeforeACellMakeNoRow() throws {
    var edited = EditedCatalog()
    try edited.replace("公民婚育", with: "\"公民\n婚育\"", in: "matters.csv")
    try edited.replace("2-016,second,16,individual,", with: "2-016,second,16,indivdual,", in: "matters.csv")
    let location = try #require(try edited.findings("unknown-audience").first?.location)
    #expect(location.line == 29)
    #expect(location.cell == "D28")
  }

  @Test func aRowIsNamedByItsFirstCellAndAColumnByItsHeader() throws {
    var edited = EditedCatalog()
    try edited.replace(",deadline,", with: ",deadlin,", in: "matters.csv")
    let header = try #require(try edited.findings("missing-column").first?.location)
    #expect((header.cell, header.field) == ("G1", nil))
    edited = EditedCatalog()
    edited.lines(of: "departments.csv") { $0.append("tea-board,市茶叶局,,茶叶部门,,city-department") }
    let row = try #require(try edited.findings("unused-department").first { $0.subject == "tea-board" }?.location)
    #expect((row.cell, row.field) == ("A43", nil))
  }
}

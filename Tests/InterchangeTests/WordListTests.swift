import AtomicFiles
import Catalog
import Deadlines
import FuzzBodies
import Localization
import Testing
import Validator

@testable import Interchange

/// Word documents in memory.
enum WordCase {
  /// - Parameter body: the content of `w:body`.
  static func document(_ body: String) -> Bytes {
    let text = """
      <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>\(body)</w:body></w:document>
      """
    return Bytes(StoredArchive.bytes(of: [("word/document.xml", Array(text.utf8))]))
  }
}

/// Lists in Word documents: what is joined and listed, positions, the choice of the table, the notice that is proposed.
@Suite("Lists in Word documents") struct WordListTests {
  private static let header = ["序号", "类型", "“一件事一次办”名称", "关联事项", "牵头部门", "责任部门", "推进完成时限", "备注"]

  private static func paragraph(_ text: String) -> String {
    "<w:p><w:r><w:t xml:space=\"preserve\">\(text)</w:t></w:r></w:p>"
  }

  /// A row of cells; `|` begins a paragraph, `^` marks a cell that is merged with the one above.
  private static func row(_ cells: [String]) -> String {
    let cells = cells.map { text -> String in
      let lines = text.split(separator: "|", omittingEmptySubsequences: false)
      let merge = text == "^" ? "<w:vMerge/>" : "<w:vMerge w:val=\"restart\"/>"
      return "<w:tc><w:tcPr>\(merge)</w:tcPr>"
        + (text == "^" ? "<w:p/>" : lines.map { paragraph(String($0)) }.joined()) + "</w:tc>"
    }
    return "<w:tr>\(cells.joined())</w:tr>"
  }

  private static func table(_ rows: [[String]]) -> String { "<w:tbl>\(rows.map { row($0) }.joined())</w:tbl>" }

  private func read(
    _ rows: [[String]], above: [String] = [], list: String? = "second", table: Int? = nil, isImport: Bool = true
  ) -> Catalog {
    let body = above.map { WordListTests.paragraph($0) }.joined() + WordListTests.table([WordListTests.header] + rows)
    return read(body, list: list, table: table, isImport: isImport)
  }

  private func read(
    _ body: String, list: String? = "second", table: Int? = nil, isImport: Bool = true
  ) -> Catalog {
    WorkbookCatalogReader.read(
      file: "通知.docx", bytes: WordCase.document(body), base: FolderReader.builtIn(),
      options: CSVListOptions(list: list, table: table, isImport: isImport), progress: nil)
  }

  private func items(_ catalog: Catalog) -> [String] {
    catalog.items.map { "\(catalog.text($0.name)): \(catalog.text($0.responsible))" }
  }

  /// What is listed for a person to check, with its position.
  private func doubts(_ catalog: Catalog, _ language: Language = .chinese) -> [String] {
    let locator = Locator(catalog)
    return catalog.doubtfulReadings.map { doubt in
      (locator.locate(doubt.position)?.address(in: language) ?? "?") + " " + doubt.message[language]
    }
  }

  private func refusal(_ catalog: Catalog) -> LocalizedText? {
    for issue in catalog.issues {
      if case .unreadable(let explanation, let fix) = issue.kind {
        return LocalizedText(zh: explanation.zh + (fix?.zh ?? ""), en: explanation.en + " " + (fix?.en ?? ""))
      }
    }
    return nil
  }

  // MARK: Lines

  /// A page of the list in a table of its own is not left out in silence.
  @Test func aSecondTableThatGoesOn() {
    let row = ["1", "企业", "我要开办面馆", "营业执照", "公安部门", "公安部门", "2022年12月底", ""]
    let first = WordListTests.table([WordListTests.header, row])
    func message(_ cells: [String], table: Int? = nil) -> String? {
      let body = first + WordListTests.paragraph("续表") + WordListTests.table([cells])
      return refusal(read(body, table: table))?.en
    }
    let next = ["2"] + row.dropFirst()
    #expect(message(next)?.hasPrefix("table 2 has as many columns as table 1 and no headings") == true)
    #expect(message([""] + row.dropFirst())?.contains("`--table 1`") == true)
    #expect(message(next, table: 1) == nil)
    #expect(message(["联系人"] + row.dropFirst()) == nil)
    #expect(message(["2", "企业"]) == nil)
  }

  /// Word keeps the text of each of the cells that it merges.
  @Test func theTextsOfMergedCellsCountOnce() {
    let catalog = read([
      ["1", "企业|企业", "我要开办面馆", "营业执照", "公安部门||公安部门", "公安部门", "2022年12月底|2022年12月底", ""]
    ])
    #expect(catalog.matters.map { catalog.text($0.lead) } == ["公安部门"])
    #expect(catalog.matters.map { catalog.text($0.deadline) } == ["2022年12月底"])
    #expect(catalog.matters.first?.audience != nil)
  }

  @Test func linesOfATextAreJoined() {
    let catalog = read([
      ["900", "企|业", "我要开|办面馆", "公章刻制|备案", "市场监管部门/|行政审批部门", "公安|部门", "2022年|12月底", "备|注"]
    ])
    let matter = catalog.matters[0]
    #expect(catalog.text(matter.name) == "我要开办面馆")
    #expect(catalog.text(matter.lead) == "市场监管部门/行政审批部门")
    #expect(catalog.text(matter.deadline) == "2022年12月底")
    #expect(catalog.text(matter.remark) == "备注")
    #expect(items(catalog) == ["公章刻制备案: 公安部门"])
    #expect(catalog.issues.isEmpty && doubts(catalog).isEmpty)
  }

  @Test func linesThatAreSeveralTexts() {
    let catalog = read([
      ["900", "企业", "我要开办面馆", "营业执照|公章刻制备案", "市场监管部门|公安部门", "市场监管部门|公安部门", "2022年12月底", ""]
    ])
    #expect(items(catalog) == ["营业执照: 市场监管部门", "公章刻制备案: 公安部门"])
    #expect(catalog.text(catalog.matters[0].lead) == "市场监管部门、公安部门")
    #expect(doubts(catalog) == ["表1 第2行 第5列 一格里有 2 行部门，读作共同负责：“市场监管部门、公安部门”"])
    #expect(catalog.issues.isEmpty)
  }

  @Test func anUnknownNameOfSeveralLinesIsJoinedAndListed() {
    let catalog = read([
      ["900", "企业", "我要开办面馆", "某种没有登|记的证", "公安部门", "公安部门", "2022年12月底", ""],
      ["", "", "", "营业执照", "", "市公安局|市民政局", "", ""], ["", "", "", "一种证|另一种证", "", "市公安局|市民政局", "", ""],
    ])
    #expect(
      items(catalog) == ["某种没有登记的证: 公安部门", "营业执照: 市公安局、市民政局", "一种证: 市公安局", "另一种证: 市民政局"])
    #expect(
      doubts(catalog, .english) == [
        "table 1 row 2 column 4 the 2 lines of the item are read as one name: “某种没有登记的证”",
        "table 1 row 3 column 6 the cell has 2 lines of departments, which are read as jointly responsible: “市公安局、市民政局”",
        "table 1 row 4 column 4 the cell has 2 lines, and that of departments as many: they are read as 2 items",
      ])
  }

  // MARK: Rows

  @Test func halvesInTwoRowsAreJoinedAndListed() {
    let catalog = read([
      ["900", "企业", "我要开办面馆", "公章刻", "市场监管部门/行政", "公安", "2022年", ""], ["", "", "", "制备案", "审批部门", "部门", "12月底", ""],
      ["", "", "", "营业执照", "", "市场监管部门", "", ""],
    ])
    #expect(items(catalog) == ["公章刻制备案: 公安部门", "营业执照: 市场监管部门"])
    #expect(catalog.text(catalog.matters[0].lead) == "市场监管部门/行政审批部门")
    #expect(catalog.text(catalog.matters[0].deadline) == "2022年12月底")
    #expect(
      Set(doubts(catalog)) == [
        "表1 第3行 第4列 与上一行的同一栏接成“公章刻制备案”", "表1 第3行 第6列 与上一行的同一栏接成“公安部门”",
        "表1 第3行 第5列 与上一行的同一栏接成“市场监管部门/行政审批部门”", "表1 第3行 第7列 与上一行的同一栏接成“2022年12月底”",
      ])
    #expect(catalog.issues.isEmpty, "\(catalog.issues)")
  }

  @Test func twoNamesInTwoRowsStayTwo() {
    let catalog = read([
      ["900", "企业", "我要开办面馆", "营业执照", "公安部门", "市场监管部门", "2022年12月底", ""], ["", "", "", "公章刻制备案", "", "公安部门", "", ""],
    ])
    #expect(items(catalog) == ["营业执照: 市场监管部门", "公章刻制备案: 公安部门"])
    #expect(doubts(catalog).isEmpty)
  }

  @Test func oneItemBesideRowsOfDepartments() {
    let catalog = read([
      ["900", "企业", "我要开办面馆", "公章刻制备案", "公安部门", "市公安局", "2022年12月底", ""], ["^", "^", "^", "^", "^", "市民政局", "^", "^"],
      ["^", "^", "^", "营业执照", "^", "^", "^", "^"], ["901", "^", "我要开办餐馆", "营业执照", "^", "市场监管部门", "^", ""],
    ])
    #expect(items(catalog) == ["公章刻制备案: 市公安局、市民政局", "营业执照: 市民政局", "营业执照: 市场监管部门"])
    #expect(doubts(catalog) == ["表1 第3行 第6列 与上一行的同一栏接成“市公安局、市民政局”"])
    // Merged cells belong to each matter beside them.
    #expect(catalog.matters.map { catalog.text($0.lead) } == ["公安部门", "公安部门"])
    #expect(catalog.matters.map { catalog.text($0.deadline) } == ["2022年12月底", "2022年12月底"])
    #expect(catalog.issues.isEmpty, "\(catalog.issues)")
  }

  @Test func findingsNameTableRowAndColumn() throws {
    let other = WordListTests.table([["姓名", "电话"]])
    let catalog = read(
      other
        + WordListTests.table([
          WordListTests.header, ["900", "企业", "我要开办面馆", "营业执照", "没有的部门", "市场监管部门", "2022年12月底", ""],
        ]))
    let findings = Validation(catalog, options: ValidationOptions(day: try #require(Day(iso: "2022-12-31")))).findings
    let finding = try #require(findings.first { $0.rule == "unknown-department" })
    #expect(finding.location?.address(in: .chinese) == "表2 第2行 第5列")
    #expect(finding.location?.address(in: .english) == "table 2 row 2 column 5")
    #expect(finding.location?.sheet == "表2" && finding.location?.cell == "E2" && finding.location?.line == nil)
  }

  // MARK: The table

  @Test func theTableIsChosen() {
    let list = WordListTests.table([
      WordListTests.header, ["900", "企业", "我要开办面馆", "营业执照", "公安部门", "公安部门", "2022年12月底", ""],
    ])
    let other = WordListTests.table([["姓名", "电话"], ["张三", "1"]])
    #expect(read(other + list).matters.count == 1)
    #expect(read(other + list, table: 2).matters.count == 1)
    #expect(refusal(read(other + list, table: 1))?.zh.contains("表1 不是清单") == true)
    let two = refusal(read(list + other + list))
    #expect(two?.zh.contains("文档中有 2 份清单。表1（2 行）：序号、类型、“一件事一次办”名称、关联事项…；表2（2 行）：姓名、电话；表3（2 行）") == true)
    #expect(two?.en.contains("the document has 2 lists. table 1 (rows: 2): 序号") == true)
    #expect(read(list + other + list, table: 3).matters.count == 1)
    #expect(refusal(read(other))?.en.contains("table 1 (rows: 2): 姓名, 电话.") == true)
    #expect(refusal(read(WordListTests.paragraph("无")))?.zh.contains("文档中没有表格") == true)
    let many = refusal(read(String(repeating: other, count: 30)))
    #expect(many?.en.contains("further tables: 18") == true)
  }

  @Test func aHeaderOfTwoRows() {
    let head = WordListTests.header
    let catalog = read(
      WordListTests.table([
        Array(head[0...3]) + ["部门", "", head[6], head[7]], ["^", "^", "^", "^", head[4], head[5], "^", "^"],
        ["900", "企业", "我要开办面馆", "公章刻制备案", "公安部门", "公安部门", "2022年12月底", ""],
      ]))
    #expect(items(catalog) == ["公章刻制备案: 公安部门"])
    #expect(catalog.issues.isEmpty)
  }

  // MARK: The notice

  @Test func theTitleOfANewList() {
    let row = ["1", "企业", "我要开办面馆", "营业执照", "公安部门", "公安部门", "2022年12月底", ""]
    let catalog = read(
      [row], above: ["请认真贯彻执行。", "附件 3", "某市第三批“一件事一次办”", "事项清单(1项)", "填报单位：某局"], list: "third")
    let list = catalog.lists.last
    #expect(list?.annex == "附件 3")
    #expect(list?.title == "某市第三批“一件事一次办”事项清单(1项)")
    #expect(read([row], above: ["一、总则", "清单如下"], list: "third").lists.last?.title == "清单如下")
    #expect(read([row], list: "third").lists.last?.title == "")
  }

  @Test func theNoticeIsProposed() {
    let row = ["1", "企业", "我要开办面馆", "营业执照", "公安部门", "公安部门", "2022年12月底", ""]
    let above = ["某市人民政府办公室文件", "某府办发〔2023〕５号", "某市人民政府办公室", "关于印发某方案的通知", "各县：", "二〇二三年三月一日", "附件"]
    let catalog = read([row], above: above, list: "third")
    #expect(
      catalog.proposals.map(\.zh) == [
        "清单 third 还没有写依据的文件，文档是 某府办发〔2023〕5号：请登记到 notices.csv（number = 某府办发〔2023〕5号；title = 某市人民政府办公室关于印发某方案的通知；issuer = 某市人民政府办公室；issued = 2023-03-01），并在 lists.csv 的 notice 栏写上它的标识"
      ])
    // A list that is registered under another notice, under this one, and a catalog that is only read.
    #expect(read([row], above: above).proposals.first?.en.contains("is registered under 九府办字〔2022〕128号") == true)
    #expect(read([row], above: ["九府办字[2022]128号"]).proposals.isEmpty)
    // Without `--list` it is no list of the catalog that is written over.
    #expect(
      refusal(read([row], above: above, list: nil))?.en
        == "the document is 某府办发〔2023〕5号, but the list second is registered under 九府办字〔2022〕128号: importing would write the matters of the document over this list. Name the list with --list: a new id for a new list, such as --list third; or --list second if it is a new edition of this one."
    )
    #expect(refusal(read([row], above: ["九府办字[2022]128号"], list: nil)) == nil)
    let judged = refusal(read([row], above: above, list: nil, isImport: false))?.en
    #expect(
      judged?.contains("the matters of the document would be taken for those of this list. Name the list") == true)
    #expect(
      read([row], above: ["九府办字[2022]128号"], list: "third").proposals.first?.zh.contains("写 jiujiang-128-2022") == true)
    #expect(read([row], above: above, list: "third", isImport: false).proposals.isEmpty)
  }

  @Test(
    arguments: [
      (["九府办字〔2022〕128号 2022年12月30日"], "九府办字〔2022〕128号", "2022-12-30"),
      (["赣府厅字（2022）117号", "2022 年 9 月 1 日"], "赣府厅字〔2022〕117号", "2022-09-01"),
      (["国办发﹝2022﹞第32号", "二○二二年十月十日"], "国办发〔2022〕32号", "2022-10-10"),
      (["根据国办发〔2022〕32号文件", "2022年1月1日"], nil, nil), (["九府办字〔22〕1号"], nil, nil), (["〔2022〕1号"], nil, nil),
      (["九府办字〔2022〕1号", "2022年13月1日"], "九府办字〔2022〕1号", nil),
    ] as [([String], String?, String?)])
  func numbersAndDays(_ lines: [String], _ number: String?, _ day: String?) {
    let notice = NoticeText(lines[...])
    #expect(notice?.number == number)
    #expect(notice?.issued.map { "\($0)" } == day)
  }
}

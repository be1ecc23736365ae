import AtomicFiles
import CSVFormat
import Catalog
import Interchange
import Testing

/// Variants of the official layout that occur in offices, each with all that is read from it.
@Suite("Official layout of a list")
struct OfficialLayoutTests {
  private func matters(_ catalog: Catalog) -> [String] { catalog.matters.map { line($0, catalog) } }

  private let head = "序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,推进完成时限,备注\n"

  @Test("Titles, synonymous headings, notes and page numbers")
  func foreignHeader() {
    let catalog = read(
      """
      附件2,,,,,,
      某市“一件事一次办”事项清单,,,,,,
      ,,,,,,
      编 号,主题名称,涉及事项,牵头单位,责任单位,完成期限,说明
      1.,开办书店,食品经营许可证,市市场监管局,市场监管部门,2024年12月底前,试点
      （2）,开办诊所,公章刻制备案,市卫健委,公安部门,2025年前,
      第 1 页 共 2 页,,,,,,
      某市“一件事一次办”事项清单,,,,,,
      编号,主题名称,涉及事项,牵头单位,责任单位,完成期限,说明
      三、,开办药店,药品零售经营许可,市市场监管局,市场监管部门,2025年前,
      注:以上事项由各牵头单位负责。,,,,,,

      """, list: "other")
    #expect(unclear(catalog) == [])
    #expect(
      matters(catalog) == [
        "3-001|?|开办书店|市市场监管局|2024年12月底前|试点|||1 食品经营许可证 (市场监管部门)",
        "3-002|?|开办诊所|市卫健委|2025年前||||1 公章刻制备案 (公安部门)",
        "3-003|?|开办药店|市市场监管局|2025年前||||1 药品零售经营许可 (市场监管部门)",
      ])
    #expect(catalog.lists.last?.id == "other")
    #expect(catalog.lists.last?.deadlineHeading == "完成期限")
    #expect(catalog.lists.last?.note == "注:以上事项由各牵头单位负责。")
  }

  @Test("A note goes to the list above it, once; one that differs in blanks alone changes nothing")
  func notes() throws {
    let printed = try #require(shippedCatalog.lists.first { $0.id == "second" }).note
    let spaced = printed.replacing("前1个月", with: "前 1 个月")
    let same = read(head + "1,个人,开店,税务登记,市公安局,税务部门,2024年底,\n\"\(spaced)\",,,,,,,\n")
    #expect(same.lists.first { $0.id == "second" }?.note == printed)
    let row = "1,个人,开店,税务登记,市公安局,税务部门,2024年底,\n"
    let other = read(head + row + "注:甲。,,,,,,,\n" + head + row.replacing("1,", with: "2,") + "注: 甲。\n说明:乙。\n")
    #expect(other.lists.first { $0.id == "second" }?.note == "注:甲。说明:乙。")
    #expect(other.lists.first { $0.id == "first" }?.note == shippedCatalog.lists.first { $0.id == "first" }?.note)
    // In the column of the remarks it is no note of the list.
    let remark = read(head + row + ",,,,,,,注:甲。\n")
    #expect(remark.lists.first { $0.id == "second" }?.note == printed)
  }

  @Test("事项名称 is the matter's name, or the item's beside 一件事名称")
  func plainNames() {
    let own = read("序号,事项名称,关联事项,牵头部门,责任部门,完成时限\n1,开店,税务登记,市公安局,税务部门,2024年底\n")
    #expect(matters(own) == ["2-001|?|开店|市公安局|2024年底||||1 税务登记 (税务部门)"])
    let other = read("序号,一件事名称,事项名称,牵头部门,配合部门,责任部门,时限\n1,开店,税务登记,市公安局,银行,税务部门,2024年底\n")
    #expect(matters(other) == ["2-001|?|开店|市公安局|2024年底||||1 税务登记 (税务部门)"])
    // The column of assisting departments is not read, which is reported.
    #expect(other.issues.contains { if case .unknownColumn("配合部门", _) = $0.kind { true } else { false } })
  }

  @Test("Merged cells, blank or repeated, and a matter on two pages")
  func merged() {
    let blank = read(
      head + """
        1,个人,失业,失业登记,市人社局,人社部门,2024年底,甲
        ,,,求职登记,,,,
        ,,,税务登记,,税务部门,,
        序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,推进完成时限,备注,
        1,,失业,银行开户,市人社局,银行,2024年底,
        2,,养犬,公章刻制备案,市公安局,公安部门,2024年底,
        3,企业,开店,/,市公安局,/,2024年底,

        """)
    let repeated = read(
      head + """
        1,个人,失业,失业登记,市人社局,人社部门,2024年底,甲
        1,个人,失业,求职登记,市人社局,人社部门,2024年底,甲
        1,个人,失业,税务登记,市人社局,税务部门,2024年底,甲
        1,个人,失业,银行开户,市人社局,银行,2024年底,甲
        2,个人,养犬,公章刻制备案,市公安局,公安部门,2024年底,
        3,企业,开店,/,市公安局,/,2024年底,

        """)
    let expected = [
      "2-001|individual|失业|市人社局|2024年底|甲|||1 失业登记 (人社部门); 2 求职登记 (人社部门); 3 税务登记 (税务部门); 4 银行开户 (银行)",
      "2-002|individual|养犬|市公安局|2024年底||||1 公章刻制备案 (公安部门)",
      "2-003|enterprise|开店|市公安局|2024年底||||",
    ]
    #expect(matters(blank) == expected)
    #expect(matters(repeated) == expected)
    #expect(unclear(blank) == [] && unclear(repeated) == [])
  }

  @Test("Lead, deadline and remark in the middle row of a merged cell")
  func centred() {
    let catalog = read(
      head + """
        1,个人,失业,失业登记,,人社部门,,
        ,,,求职登记,市人社局,人社部门,2024年底,甲
        ,,,税务登记,,税务部门,,

        """)
    #expect(
      matters(catalog) == [
        "2-001|individual|失业|市人社局|2024年底|甲|||1 失业登记 (人社部门); 2 求职登记 (人社部门); 3 税务登记 (税务部门)"
      ])
    #expect(unclear(catalog) == [])
  }

  @Test("A type in the middle of a merged cell: only rows between two equal types are certain")
  func types() {
    let rows = [
      "", "个人", "", "个人", "", "企业", "",
    ].enumerated().map { "\($0 + 1),\($1),甲\($0),税务登记,市公安局,税务部门,2024年底," }
    let catalog = read(head + rows.joined(separator: "\n"))
    #expect(
      catalog.matters.map { catalog.audience(of: $0)?.id ?? "?" } == [
        "?", "individual", "individual", "individual", "?", "enterprise", "enterprise",
      ])
    #expect(unclear(catalog).map { $0.prefix(3) } == ["2: ", "6: "])
  }

  @Test("Several items in one cell")
  func severalItems() {
    let catalog = read(
      head + """
        1,企业,甲,兽药经营许可证 动物诊疗许可证,市公安局,农业农村部门 市场监管部门,2024年底,
        2,企业,乙,"食品经营许可证
        公共场所卫生许可
        税务登记",市公安局,"市场监管部门
        卫健委
        税务部门",2024年底,
        3,企业,丙,"食品经营许可证
        公共场所卫生许可",市公安局,市场监管部门,2024年底,
        4,企业,丁,食品经营许可证 / 小餐饮小食杂店食品经营登记,市公安局,市场监管部门 / 行政审批部门,2024年底,
        5,企业,戊,"公众聚集场所投入使用、
        营业前消防安全检查",市公安局,消防救援部门,2024年底,
        6,企业,己,食品经营许可证,市公安局,公安部门 税务部门,2024年底,
        7,企业,庚,宅基地使用权（新增，试点）,市公安局,公安部门，税务部门,2024年底,

        """)
    #expect(unclear(catalog) == [])
    #expect(
      matters(catalog) == [
        "2-001|enterprise|甲|市公安局|2024年底||||1 兽药经营许可证 (农业农村部门); 2 动物诊疗许可证 (市场监管部门)",
        "2-002|enterprise|乙|市公安局|2024年底||||1 食品经营许可证 (市场监管部门); 2 公共场所卫生许可 (卫健委); 3 税务登记 (税务部门)",
        "2-003|enterprise|丙|市公安局|2024年底||||1 食品经营许可证 (市场监管部门); 2 公共场所卫生许可 (市场监管部门)",
        "2-004|enterprise|丁|市公安局|2024年底||||1 食品经营许可证 / 小餐饮小食杂店食品经营登记 (市场监管部门 / 行政审批部门)",
        "2-005|enterprise|戊|市公安局|2024年底||||1 公众聚集场所投入使用、营业前消防安全检查 (消防救援部门)",
        "2-006|enterprise|己|市公安局|2024年底||||1 食品经营许可证 (公安部门 税务部门)",
        "2-007|enterprise|庚|市公安局|2024年底||||1 宅基地使用权（新增，试点） (公安部门，税务部门)",
      ])
    #expect(catalog.printedDepartments(catalog.items[catalog.items.count - 1].responsible).departments.count == 2)
  }

  @Test("Ambiguous rows are reported with their position")
  func ambiguousRows() {
    func rows(_ text: String) -> [String] { unclear(read(head + text)) }
    #expect(rows(",,,税务登记,,税务部门,,\n").map { $0.prefix(2) } == ["2:"])
    #expect(rows("甲,企业,开店,税务登记,市公安局,税务部门,2024年底,\n").count == 1)
    #expect(rows("1,企业,开店,,市公安局,税务部门,2024年底,\n").count == 1)
    #expect(rows("1,企业,开店,税务登记,市公安局,税务部门,2024年底,\n,,别的店,银行开户,,银行,,\n").map { $0.prefix(2) } == ["3:"])
    #expect(rows("1,企业,开店,税务登记,市公安局,税务部门,2024年底,\n,,,银行开户,市人社局,银行,,\n").map { $0.prefix(2) } == ["3:"])
    #expect(rows("1,企业,开店,/,市公安局,/,2024年底,\n,,,银行开户,,银行,,\n").count == 1)
    #expect(rows("1,企业,开店,\"甲事项\n乙事项\",市公安局,银行,2024年底,\n").count == 1)
    #expect(rows("1,企业,开店,市公安局,税务登记,银行,2024年底,\n").count == 1)
    #expect(
      rows("1,企业,开店,税务登记,市公安局,税务部门,2024年底,\n2,企业,关店,税务登记,,税务部门,,\n").map { $0.prefix(2) } == ["3:", "3:"])
    // An unrecognised note, and a number alone.
    #expect(rows("1,企业,开店,税务登记,市公安局,税务部门,2024年底,\n本表由市局负责解释,,,,,,,\n").count == 1)
  }

  @Test("The list is chosen by --list, else by the headings, else it is a new one")
  func lists() {
    let row = "1,企业,开店,税务登记,市公安局,税务部门,2024年底,\n"
    #expect(read(head + row, list: nil).matters.first?.list == 1)
    #expect(
      read("序号,类型,“一件事一次办”名称,关联事项,牵头部门,责任部门,优化提升完成时限\n" + row, list: nil).matters.first?.list == 0)
    #expect(read(head + row, list: "附件1").matters.first?.list == 0)
    let other = read("序号,类型,一件事名称,关联事项,牵头部门,责任部门,时限,备注\n" + row, list: nil)
    #expect(other.lists.last?.id == "imported")
    #expect(other.lists.last?.prefix == "3")
    #expect(unclear(other).count == 1)
  }

  @Test("Both lists of a notice in one table")
  func twoLists() throws {
    let catalog = shippedCatalog
    let both = try [0, 1].map { list in
      try text { try ExportRequest(catalog, Selection(list: list), as: .officialCSV()).write(to: $0) }
    }
    let back = read("附件1\r\n" + both[0] + "附件2\r\n" + both[1], list: nil)
    #expect(unclear(back) == [])
    #expect(try tables(back) == tables(catalog))
  }

  @Test("A table without a header is not read as a list")
  func noHeader() {
    for text in ["", "\n\n", "1,2,3\n", "id,list,number\n2-001,second,1\n", "\u{FEFF}"] {
      let catalog = read(text)
      #expect(catalog.isUnreadable, "\(text)")
    }
  }

  @Test("Tabs and semicolons as separators, also below a title")
  func separators() {
    for separator in ["\t", ";"] {
      let text = ("事项清单\n" + head + "1,企业,开店,税务登记,市公安局,税务部门,2024年底,\n").replacing(",", with: separator)
      #expect(matters(read(text)) == ["2-001|enterprise|开店|市公安局|2024年底||||1 税务登记 (税务部门)"])
    }
  }
}

import Testing

/// What goes wrong of a morning, each told by the right rule at the right place, and nothing else told beside it.
@Suite struct BadEdits {
  @Test(arguments: rows) func row(_ edit: Edit) throws { try edit.check() }
  @Test(arguments: cells) func cell(_ edit: Edit) throws { try edit.check() }
  @Test(arguments: names) func name(_ edit: Edit) throws { try edit.check() }
  @Test(arguments: deadlines) func deadline(_ edit: Edit) throws { try edit.check() }
  @Test(arguments: duties) func duty(_ edit: Edit) throws { try edit.check() }
  @Test(arguments: registers) func register(_ edit: Edit) throws { try edit.check() }
  @Test(arguments: files) func file(_ edit: Edit) throws { try edit.check() }

  /// All of them.
  static let all = rows + cells + names + deadlines + duties + registers + files

  // MARK: Rows

  static let rows: [Edit] = [
    Edit("a matter dropped, its items left") {
      try $0.delete(row: "2-100,", in: "matters.csv")
    },
    Edit("a matter dropped with its items") {
      try $0.delete(row: "2-100,", in: "matters.csv")
      try $0.delete(rows: "2-100,", in: "items.csv")
    },
    Edit("the last matter dropped with its items") {
      try $0.delete(row: "2-230,", in: "matters.csv")
      try $0.delete(rows: "2-230,", in: "items.csv")
    },
    Edit("the matter that others include dropped with its items") {
      try $0.delete(row: "2-137,", in: "matters.csv")
      try $0.delete(rows: "2-137,", in: "items.csv")
    },
    Edit("a row doubled") {
      try $0.insert("2-050,second,50,enterprise,我要开商场超市,市场监管部门/行政审批部门,2022年12月底,,2-037,", after: "2-050,", in: "matters.csv")
    },
    Edit("another matter under an id that is taken") {
      try $0.insert("2-050,second,50,enterprise,我要开面包店,市场监管部门/行政审批部门,2022年12月底,,2-037,", after: "2-050,", in: "matters.csv")
    },
    Edit("two matters' numbers exchanged") {
      try $0.replace(",50,", with: ",51,", in: "matters.csv", row: "2-050,")
      try $0.replace(",51,", with: ",50,", in: "matters.csv", row: "2-051,")
    },
    Edit("a number doubled") {
      try $0.replace(",38,", with: ",37,", in: "matters.csv", row: "2-038,")
    },
    Edit("an id doubled") {
      try $0.replace("2-038,", with: "2-037,", in: "matters.csv", row: "2-038,")
    },
    Edit("an id changed") {
      try $0.replace("2-100,", with: "2-500,", in: "matters.csv", row: "2-100,")
    },
    Edit("the id changed that others include") {
      try $0.replace("2-037,", with: "2-307,", in: "matters.csv", row: "2-037,")
    },
    Edit("an id that is none") {
      try $0.replace("2-100,", with: "No. 100,", in: "matters.csv", row: "2-100,")
    },
    Edit("a matter moved to the other list, its id kept") {
      try $0.replace("second", with: "first", in: "matters.csv", row: "2-100,")
    },
    Edit("a row cut short") {
      try $0.replace(",市场监管部门/行政审批部门,2022年12月底,,2-037,", with: "", in: "matters.csv", row: "2-100,")
    },
    Edit("a row of the items cut short") {
      try $0.replace(",公安部门,", with: "", in: "items.csv", row: "1-001,2,")
    },
    Edit("a comma within a lead") {
      try $0.replace("、", with: ",", in: "matters.csv", row: "1-011,")
    },
    Edit("a comma within a matter's name") {
      try $0.replace("、", with: ",", in: "matters.csv", row: "2-040,")
    },
    Edit("a comma within an item's name") {
      try $0.replace("、", with: ",", in: "items.csv", row: "1-006,2,")
    },
    Edit("a comma within an item's departments") {
      try $0.replace("、", with: ",", in: "items.csv", row: "1-005,1,")
    },
    Edit("a comma within a reason") {
      try $0.replace("附件2原文如此:全部", with: "附件2,全部", in: "waivers.csv", row: "single-department,2-020,")
    },
    Edit("a row with two cells too many") {
      try $0.replace("2022年12月底", with: "2022年12月底,x,y", in: "matters.csv", row: "1-011,")
    },
    Edit("an item moved to a matter that is not there") {
      try $0.replace("2-220,", with: "2-320,", in: "items.csv", row: "2-220,2,")
    },
    Edit("an item doubled, its number too") {
      try $0.insert("1-002,1,结婚登记,民政部门,", after: "1-002,1,", in: "items.csv")
    },
    Edit("an item doubled under a new number") {
      try $0.insert("1-002,5,结婚登记,民政部门,", after: "1-002,4,", in: "items.csv")
    },
    Edit("an item dropped from the middle") {
      try $0.delete(row: "1-001,3,", in: "items.csv")
    },
    Edit("an item's number doubled") {
      try $0.replace(",3,", with: ",2,", in: "items.csv", row: "1-001,3,")
    },
    Edit("the items of a matter dropped") {
      try $0.delete(rows: "1-007,", in: "items.csv")
    },
    Edit("a matter too many") {
      try $0.append("2-231,second,231,enterprise,我要开风筝店,市场监管部门/行政审批部门,2023年12月底,,2-137,", to: "matters.csv")
    },
    Edit("a matter of a list that is not there") {
      try $0.replace("second", with: "secnd", in: "matters.csv", row: "2-100,")
    },
  ]

  // MARK: Cells

  static let cells: [Edit] = [
    Edit("no lead") { try $0.replace("市民政局", with: "", in: "matters.csv", row: "1-002,") },
    Edit("no name") { try $0.replace("公民婚育", with: "", in: "matters.csv", row: "1-002,") },
    Edit("no deadline") { try $0.replace("2023年6月底", with: "", in: "matters.csv", row: "2-016,") },
    Edit("no id") { try $0.replace("2-100,", with: ",", in: "matters.csv", row: "2-100,") },
    Edit("no number") { try $0.replace(",100,", with: ",,", in: "matters.csv", row: "2-100,") },
    Edit("no audience") { try $0.replace("enterprise", with: "", in: "matters.csv", row: "2-100,") },
    Edit("no list") { try $0.replace("second", with: "", in: "matters.csv", row: "2-100,") },
    Edit("an item without a matter") { try $0.replace("1-001,", with: ",", in: "items.csv", row: "1-001,2,") },
    Edit("an item without a name") { try $0.replace("户口迁移(新增事项)", with: "", in: "items.csv", row: "1-002,3,") },
    Edit("an item without a department") { try $0.replace("公安部门", with: "", in: "items.csv", row: "1-001,2,") },
    Edit("an item without a number") { try $0.replace(",2,", with: ",,", in: "items.csv", row: "1-001,2,") },
    Edit("a number in words") { try $0.replace(",100,", with: ",一百,", in: "matters.csv", row: "2-100,") },
    Edit("a number made a date by a spreadsheet") {
      try $0.replace(",10,", with: ",10月1日,", in: "matters.csv", row: "2-010,")
    },
    Edit("a number in full-width digits") { try $0.replace(",100,", with: ",\u{FF11}\u{FF10}\u{FF10},", in: "matters.csv", row: "2-100,") },
    Edit("an id in full-width digits") {
      try $0.replace("2-100,", with: "2-\u{FF11}\u{FF10}\u{FF10},", in: "matters.csv", row: "2-100,")
    },
    Edit("an audience that is none") { try $0.replace("enterprise", with: "shop", in: "matters.csv", row: "2-100,") },
    Edit("an audience that the notice does not announce") {
      try $0.replace("enterprise", with: "legal-person", in: "matters.csv", row: "2-100,")
    },
    Edit("a truth that is none") { try $0.replace(",yes", with: ",perhaps", in: "items.csv", row: "2-037,1,") },
    Edit("an include of nothing") { try $0.replace("2-037", with: "2-337", in: "matters.csv", row: "2-100,") },
    Edit("an include of itself") { try $0.replace("2-037", with: "2-100", in: "matters.csv", row: "2-100,") },
    Edit("two that include each other") {
      try $0.replace("2022年12月底,", with: "2022年12月底,2-100,", in: "matters.csv", row: "2-101,")
      try $0.replace("2-037", with: "2-101", in: "matters.csv", row: "2-100,")
      try $0.replace(",2-100,,2-037,", with: ",,2-100,", in: "matters.csv", row: "2-101,")
    },
    Edit("an include of a matter that shares nothing") {
      try $0.replace("2-037", with: "2-099", in: "matters.csv", row: "2-100,")
    },
    Edit("nothing shared any more") { try $0.replace(",yes", with: ",", in: "items.csv") },
  ]

  // MARK: Names

  static let names: [Edit] = [
    Edit("a lead misspelt by a character") { try $0.replace("市卫健委", with: "市卫键委", in: "matters.csv", row: "1-001,") },
    Edit("one of two leads misspelt") { try $0.replace("市医保局", with: "市医宝局", in: "matters.csv", row: "1-011,") },
    Edit("a responsible department misspelt") {
      try $0.replace("公安部门", with: "公按部门", in: "items.csv", row: "1-001,2,")
    },
    Edit("an approval misspelt") { try $0.replace("结婚登记", with: "结昏登记", in: "items.csv", row: "1-002,1,") },
    Edit("one of two approvals misspelt") {
      try $0.replace("小餐饮小食杂店", with: "小餐饮小食杂点", in: "items.csv", row: "2-042,1,")
    },
    Edit("a matter called as another") {
      try $0.replace("公民婚育", with: "新生儿出生", in: "matters.csv", row: "1-002,")
    },
    Edit("a matter called as another that is due later") {
      try $0.replace("公民身后", with: "转学", in: "matters.csv", row: "2-010,")
    },
    Edit("a full-width bracket that a half-width one opened") {
      try $0.replace(")", with: "\u{FF09}", in: "matters.csv", row: "2-040,")
    },
    Edit("a bracket left open") { try $0.replace(")", with: "", in: "matters.csv", row: "2-040,") },
    Edit("a blank in a name") { try $0.replace("公民婚育", with: "公民 婚育", in: "matters.csv", row: "1-002,") },
    Edit("a blank behind a name") { try $0.replace("公民婚育", with: "公民婚育 ", in: "matters.csv", row: "1-002,") },
    Edit("a blank behind a lead") { try $0.replace("市民政局", with: "市民政局 ", in: "matters.csv", row: "1-002,") },
    Edit("a blank at the end of a line") { try $0.replace(",,,", with: ",,, ", in: "matters.csv", row: "2-020,") },
    Edit("a line break in a name") {
      try $0.replace("公民婚育", with: "\"公民\n婚育\"", in: "matters.csv", row: "1-002,")
    },
    Edit("a zero-width space") { try $0.replace("公民婚育", with: "公民\u{200B}婚育", in: "matters.csv", row: "1-002,") },
    Edit("a replacement character") { try $0.replace("公民婚育", with: "公民\u{FFFD}育", in: "matters.csv", row: "1-002,") },
    Edit("a private character") { try $0.replace("公民婚育", with: "公民\u{E123}育", in: "matters.csv", row: "1-002,") },
    Edit("a compatibility ideograph") { try $0.replace("公民婚育", with: "公民婚\u{F967}育", in: "matters.csv", row: "1-002,") },
    Edit("letters taken apart") { try $0.replace("公民婚育", with: "公民e\u{301}", in: "matters.csv", row: "1-002,") },
    Edit("a formula") { try $0.replace("公民婚育", with: "=1+1", in: "matters.csv", row: "1-002,") },
    Edit("a full-width formula") {
      try $0.replace(",,,", with: ",\u{FF1D}HYPERLINK,,", in: "matters.csv", row: "1-002,")
    },
    Edit("a separator too many") { try $0.replace("、", with: "、、", in: "matters.csv", row: "1-011,") },
    Edit("a separator at the end") { try $0.replace("市医保局", with: "市医保局、", in: "matters.csv", row: "1-011,") },
  ]

  // MARK: Deadlines

  static let deadlines: [Edit] = [
    Edit("a thirteenth month") {
      try $0.replace("2022年12月底", with: "2022年13月底", in: "matters.csv", row: "2-050,")
    },
    Edit("a deadline in words") { try $0.replace("2022年12月底", with: "尽快", in: "matters.csv", row: "2-050,") },
    Edit("a deadline in full-width digits") {
      try $0.replace("2022年12月底", with: "\u{FF12}\u{FF10}\u{FF12}\u{FF12}年\u{FF11}\u{FF12}月底", in: "matters.csv", row: "2-050,")
    },
    Edit("a deadline before the notice") {
      try $0.replace("2022年12月底", with: "2021年12月底", in: "matters.csv", row: "2-050,")
    },
    Edit("a deadline alone among others") {
      try $0.replace("2022年12月底", with: "2023年6月底", in: "matters.csv", row: "2-060,")
    },
    Edit("a deadline in another form") { try $0.replace("月底", with: "月", in: "matters.csv", row: "2-050,") },
    Edit("a notice issued later than what it asks for") {
      try $0.replace("2022-12-30", with: "2023-01-30", in: "notices.csv")
    },
    Edit("recorded before the notice", on: .recorded) {
      try $0.replace("2022-12-31", with: "2022-01-05", in: "progress.csv", row: "2-012,")
    },
    Edit("recorded in the future", on: .recorded) {
      try $0.replace("2022-12-31", with: "2023-02-05", in: "progress.csv", row: "2-012,")
    },
    Edit("due and not complete", on: .recorded) {
      try $0.replace("2022-12-31,2022-12-31,2022-12-31,2022-12-31,2022-12-31,2022-12-31,2022-12-31", with: "2022-12-31,2022-12-31,2022-12-31,2022-12-31,2022-12-31,2022-12-31,", in: "progress.csv", row: "2-001,")
    },
    Edit("online without a form", on: .recorded) {
      try $0.replace("2022-12-31,2022-12-31,2022-12-31", with: "2022-12-31,2022-12-31,", in: "progress.csv", row: "2-012,")
    },
    Edit("no plan in time", day: "2023-07-10", on: .recorded) {
      try $0.replace("2-012,2022-12-31", with: "2-012,", in: "progress.csv", row: "2-012,")
    },
    Edit("a window open without a plan", day: "2023-06-05", on: .recorded) {
      try $0.replace("2-012,2022-12-31", with: "2-012,", in: "progress.csv", row: "2-012,")
    },
    Edit("of a matter that is not there", on: .recorded) {
      try $0.append("2-999,2023-01-10,,,,,,", to: "progress.csv")
    },
    Edit("a date that is none", on: .recorded) {
      try $0.replace("2022-12-31", with: "2023-02-30", in: "progress.csv", row: "2-012,")
    },
    Edit("two rows of one matter", on: .recorded) {
      try $0.insert("2-012,2023-01-10,,,,,,", after: "2-012,", in: "progress.csv")
    },
    Edit("no row for a matter that is due", on: .recorded) {
      try $0.delete(row: "2-001,", in: "progress.csv")
    },
    Edit("a date as a spreadsheet writes it", on: .recorded) {
      try $0.replace("2022-12-31", with: "2022/12/31", in: "progress.csv", row: "2-012,")
    },
    Edit("a target beyond the catalog") {
      try $0.replace(",individual,10,", with: ",individual,100,", in: "targets.csv")
    },
    Edit("a target by no day") { try $0.replace(",40,,2022年底前,", with: ",40,,年底前,", in: "targets.csv") },
    Edit("a target of no list") { try $0.replace("second,enterprise", with: "secnd,enterprise", in: "targets.csv") },
    Edit("a target of no number") { try $0.replace(",40,", with: ",许多,", in: "targets.csv") },
    Edit("a target of no notice") {
      try $0.replace("enterprise,jiujiang-99-2022", with: "enterprise,jiujiang-98-2022", in: "targets.csv")
    },
  ]

  // MARK: Duties

  static let duties: [Edit] = [
    Edit("all items at one department") {
      try $0.replace("税务部门", with: "公安部门", in: "items.csv", row: "1-007,2,")
      try $0.replace("保险公司", with: "公安部门", in: "items.csv", row: "1-007,3,")
    },
    Edit("all items but one department's dropped") {
      try $0.delete(rows: "1-007,2,", in: "items.csv")
      try $0.delete(rows: "1-007,3,", in: "items.csv")
    },
    Edit("another lead, which handles nothing") {
      try $0.replace("市公安局", with: "市教育局", in: "matters.csv", row: "1-007,")
    },
    Edit("a department that is not named") {
      try $0.replace("税务部门", with: "市直相关部门", in: "items.csv", row: "1-007,2,")
    },
    Edit("a general lead") { try $0.replace("市公安局", with: "公安部门", in: "matters.csv", row: "1-007,") },
    Edit("an approval at another department than elsewhere") {
      try $0.replace("生态环境部门", with: "林业部门", in: "items.csv", row: "2-228,2,")
    },
    Edit("an approval at another department than the register's") {
      try $0.replace("公安部门", with: "教育部门", in: "items.csv", row: "1-007,1,")
    },
    Edit("an item beside “/”") { try $0.append("2-229,1,/,市场监管部门,", to: "items.csv") },
    Edit("“/” beside an item") { try $0.replace("市场监管部门", with: "/", in: "items.csv", row: "2-230,1,") },
    Edit("a department where there is no item") {
      try $0.replace(",2-037,", with: ",2-037,市场监管部门", in: "matters.csv", row: "2-082,")
    },
    Edit("an item that is shared already") { try $0.append("2-230,2,税务登记,税务部门,", to: "items.csv") },
  ]

  // MARK: Registers

  static let registers: [Edit] = [
    Edit("a department renamed") { try $0.replace("市教育局", with: "市教育体育局", in: "departments.csv") },
    Edit("a department dropped") { try $0.delete(row: "emergency-management,", in: "departments.csv") },
    Edit("a department that nothing names") {
      try $0.append("tea-board,市茶叶局,,茶叶部门,,city-department", to: "departments.csv")
    },
    Edit("a department's id doubled") {
      try $0.replace("sports,", with: "finance,", in: "departments.csv", row: "sports,")
    },
    Edit("a department's id that is none") {
      try $0.replace("sports,", with: "市体育局,", in: "departments.csv", row: "sports,")
    },
    Edit("an alias of two departments") {
      try $0.replace("体育部门,,", with: "体育部门,市应急局,", in: "departments.csv", row: "sports,")
    },
    Edit("a department without a name") { try $0.replace(",市体育局,", with: ",,", in: "departments.csv", row: "sports,") },
    Edit("an approval renamed") { try $0.replace(",结婚登记,", with: ",婚姻登记,", in: "approvals.csv") },
    Edit("an approval dropped") { try $0.delete(row: "birth-registration,", in: "approvals.csv") },
    Edit("an approval that nothing names") {
      try $0.append("kite-licence,放风筝许可证,,licence,sports", to: "approvals.csv")
    },
    Edit("an alias of two approvals") {
      try $0.replace(",开具出生医学证明,,", with: ",开具出生医学证明,结婚登记,", in: "approvals.csv")
    },
    Edit("an approval of a department that is not there") {
      try $0.replace(",public-security", with: ",public-securty", in: "approvals.csv", row: "birth-registration,")
    },
    Edit("a list announced with another count") { try $0.replace(",230,", with: ",231,", in: "lists.csv") },
    Edit("a list announced with no count") { try $0.replace(",230,", with: ",多,", in: "lists.csv") },
    Edit("a list of a notice that is not there") {
      try $0.replace("second,2,jiujiang-128-2022", with: "second,2,jiujiang-128-2023", in: "lists.csv")
    },
    Edit("a report window that is none") { try $0.replace("P1M", with: "一个月", in: "lists.csv") },
    Edit("a list dropped") { try $0.delete(row: "first,", in: "lists.csv") },
    Edit("a notice without its day") { try $0.replace(",2022-12-30", with: ",", in: "notices.csv") },
    Edit("a waiver of no rule") { try $0.append("single-departement,2-020,理由", to: "waivers.csv") },
    Edit("a waiver of nothing there") { try $0.append("single-department,2-999,理由", to: "waivers.csv") },
    Edit("a waiver that waives nothing") { try $0.append("single-department,2-001,理由", to: "waivers.csv") },
    Edit("a waiver without a reason") { try $0.replace("附件2原文如此:全部关联事项由一个部门办理。", with: "", in: "waivers.csv", row: "single-department,2-020,") },
    Edit("a waiver twice") { try $0.append("single-department,2-020,理由", to: "waivers.csv") },
    Edit("a waiver dropped") { try $0.delete(row: "single-department,2-020,", in: "waivers.csv") },
    Edit("what a waiver was for mended") {
      try $0.replace("2022年12月,", with: "2022年12月底,", in: "matters.csv", row: "2-026,")
    },
  ]

  // MARK: Files

  static let files: [Edit] = [
    Edit("a table saved as GB18030") { try $0.write(try gb18030($0.text("matters.csv")), to: "matters.csv") },
    Edit("a table saved as UTF-16") {
      try $0.write([0xFF, 0xFE] + $0.text("items.csv").utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, to: "items.csv")
    },
    Edit("a quote forgotten in the middle") {
      try $0.replace("我要开", with: "\"我要开", in: "matters.csv", row: "2-100,")
    },
    Edit("a quote forgotten at the end") {
      try $0.replace(",我要开披萨店", with: ",\"我要开披萨店", in: "matters.csv", row: "2-230,")
    },
    Edit("a closing quote forgotten") {
      try $0.replace("办理。\"", with: "办理。", in: "waivers.csv", row: "lead-without-item,1-006,")
    },
    Edit("a quote within a name") { try $0.replace("公民婚育", with: "公民\"婚育\"", in: "matters.csv", row: "1-002,") },
    Edit("a NUL") { try $0.replace("公民婚育", with: "公民\0婚育", in: "matters.csv", row: "1-002,") },
    Edit("bytes of no encoding") { folder in
      let text = try folder.text("matters.csv")
      let cut = try #require(text.range(of: "公民婚育"))
      try folder.write(
        Array(text[..<cut.lowerBound].utf8) + [0xE5, 0xB0, 0xFF] + Array(text[cut.upperBound...].utf8), to: "matters.csv")
    },
    Edit("a header misspelt") { try $0.replace(",deadline,", with: ",deadlin,", in: "matters.csv", row: "id,") },
    Edit("the header of a column that may be left out misspelt") {
      try $0.replace(",remark,", with: ",remarks,", in: "matters.csv", row: "id,")
    },
    Edit("the header of what others include misspelt") {
      try $0.replace(",includes,", with: ",include,", in: "matters.csv", row: "id,")
    },
    Edit("a column that nobody describes") {
      try $0.edit("items.csv") { $0 = $0.enumerated().map { $1 + ($0 == 0 ? ",phone" : ",") } }
    },
    Edit("a column twice") {
      try $0.edit("items.csv") { $0 = $0.enumerated().map { $1 + ($0 == 0 ? ",name" : ",") } }
    },
    Edit("a column dropped") {
      try $0.reorder("items.csv", [0, 1, 2, 4])
    },
    Edit("a table deleted that the description names") { try $0.delete("targets.csv") },
    Edit("the items deleted") { try $0.delete("items.csv") },
    Edit("the departments deleted") { try $0.delete("departments.csv") },
    Edit("the lists deleted") { try $0.delete("lists.csv") },
  ]
}

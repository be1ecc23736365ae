import TestSupport
import Testing

/// Mistakes of an ordinary day, each reported by the right rule at the right position, and nothing else with it.
@Suite struct RejectedEditsTests {
  @Test(arguments: rows) func row(_ edit: Edit) throws { try edit.check() }
  @Test(arguments: cells) func cell(_ edit: Edit) throws { try edit.check() }
  @Test(arguments: names) func name(_ edit: Edit) throws { try edit.check() }
  @Test(arguments: deadlines) func deadline(_ edit: Edit) throws { try edit.check() }
  @Test(arguments: duties) func duty(_ edit: Edit) throws { try edit.check() }
  @Test(arguments: registers) func register(_ edit: Edit) throws { try edit.check() }
  @Test(arguments: codes) func code(_ edit: Edit) throws { try edit.check() }
  @Test(arguments: files) func file(_ edit: Edit) throws { try edit.check() }
  @Test(arguments: regions) func region(_ edit: Edit) throws { try edit.check() }
  @Test(arguments: tables) func table(_ edit: Edit) throws { try edit.check() }

  /// All of them.
  static let all = rows + cells + names + deadlines + duties + registers + codes + files + regions + tables

  // MARK: Rows

  static let rows: [Edit] = [
    Edit(
      "a matter dropped, its items left",
      raises: [
        "error number-gap 2-101 matters.csv:112:14",
        "error orphan-item 2-100.1 items.csv:261:1",
        "error orphan-item 2-100.2 items.csv:262:1",
        "error orphan-item 2-100.3 items.csv:263:1",
        "error orphan-item 2-100.4 items.csv:264:1",
      ]
    ) {
      try $0.delete(row: "2-100,", in: "matters.csv")
    },
    Edit(
      "a matter dropped with its items",
      raises: [
        "error number-gap 2-101 matters.csv:112:14",
        "note unused-approval cinema-approval approvals.csv:202:1",
      ]
    ) {
      try $0.delete(row: "2-100,", in: "matters.csv")
      try $0.delete(rows: "2-100,", in: "items.csv")
    },
    Edit("the last matter dropped with its items", raises: ["error count-mismatch second lists.csv:3:57"]) {
      try $0.delete(row: "2-230,", in: "matters.csv")
      try $0.delete(rows: "2-230,", in: "items.csv")
    },
    Edit("a row doubled", raises: ["error duplicate-id 2-050 matters.csv:63:1"]) {
      try $0.insert(
        "2-050,second,50,enterprise,我要开商场超市,市场监管部门/行政审批部门,2022年12月底,,2-037,,,,,", after: "2-050,", in: "matters.csv")
    },
    Edit("another matter under an id that is taken", raises: ["error duplicate-id 2-050 matters.csv:63:1"]) {
      try $0.insert(
        "2-050,second,50,enterprise,我要开面包店,市场监管部门/行政审批部门,2022年12月底,,2-037,,,,,", after: "2-050,", in: "matters.csv")
    },
    Edit(
      "two matters' numbers exchanged",
      raises: [
        "error misplaced-id 2-050 matters.csv:62:14",
        "error misplaced-id 2-051 matters.csv:63:14",
      ]
    ) {
      try $0.replace(",50,", with: ",51,", in: "matters.csv", row: "2-050,")
      try $0.replace(",51,", with: ",50,", in: "matters.csv", row: "2-051,")
    },
    Edit("a number doubled", raises: ["error misplaced-id 2-038 matters.csv:50:14"]) {
      try $0.replace(",38,", with: ",37,", in: "matters.csv", row: "2-038,")
    },
    Edit("an id doubled", raises: ["error duplicate-id 2-037 matters.csv:50:1"]) {
      try $0.replace("2-038,", with: "2-037,", in: "matters.csv", row: "2-038,")
    },
    Edit("an id changed", raises: ["error misplaced-id 2-500 matters.csv:112:1"]) {
      try $0.replace("2-100,", with: "2-500,", in: "matters.csv", row: "2-100,")
    },
    Edit(
      "the id changed that others include", raises: ["error misplaced-id 2-307 matters.csv:49:1"]
    ) {
      try $0.replace("2-037,", with: "2-307,", in: "matters.csv", row: "2-037,")
    },
    Edit("an id that is none", raises: ["error malformed-value No. 100 matters.csv:112:1"]) {
      try $0.replace("2-100,", with: "No. 100,", in: "matters.csv", row: "2-100,")
    },
    Edit(
      "a matter moved to the other list, its id kept", raises: ["error misplaced-id 2-100 matters.csv:112:1"]
    ) {
      try $0.replace("second", with: "first", in: "matters.csv", row: "2-100,")
    },
    Edit("a row cut short", raises: ["error row-length 2-100 matters.csv:112:1"]) {
      try $0.replace(",市场监管部门/行政审批部门,2022年12月底,,2-037,", with: "", in: "matters.csv", row: "2-100,")
    },
    Edit("a row of the items cut short", raises: ["error row-length 1-001.2 items.csv:3:1"]) {
      try $0.replace(",公安部门,", with: "", in: "items.csv", row: "1-001,2,")
    },
    Edit("a comma within a lead", raises: ["error row-length 1-011 matters.csv:12:1"]) {
      try $0.replace("、", with: ",", in: "matters.csv", row: "1-011,")
    },
    Edit("a comma within a matter's name", raises: ["error row-length 2-040 matters.csv:52:1"]) {
      try $0.replace("、", with: ",", in: "matters.csv", row: "2-040,")
    },
    Edit("a comma within an item's name", raises: ["error row-length 1-006.2 items.csv:22:1"]) {
      try $0.replace("、", with: ",", in: "items.csv", row: "1-006,2,")
    },
    Edit(
      "a comma within an item's departments", raises: ["error row-length 1-005.1 items.csv:19:1"]
    ) {
      try $0.replace("、", with: ",", in: "items.csv", row: "1-005,1,")
    },
    Edit("a comma within a reason", raises: ["error row-length single-department waivers.csv:7:1"]) {
      try $0.replace("附件2原文如此：全部", with: "附件2,全部", in: "waivers.csv", row: "single-department,2-020,")
    },
    Edit(
      "a row with two cells too many", raises: ["error row-length 1-011 matters.csv:12:1"]
    ) {
      try $0.replace("2022年12月底", with: "2022年12月底,x,y", in: "matters.csv", row: "1-011,")
    },
    Edit(
      "a row of the register of departments with one blank cell",
      raises: ["error row-length departments departments.csv:43:1"]
    ) {
      try $0.append(" ", to: "departments.csv")
    },
    Edit(
      "an item moved to a matter that is not there", raises: ["error orphan-item 2-320.2 items.csv:396:1"]
    ) {
      try $0.replace("2-220,", with: "2-320,", in: "items.csv", row: "2-220,2,")
    },
    Edit("an item doubled, its number too", raises: ["error duplicate-id 1-002.1 items.csv:8:7"]) {
      try $0.insert("1-002,1,结婚登记,民政部门,", after: "1-002,1,", in: "items.csv")
    },
    Edit("an item doubled under a new number", raises: ["warning repeated-item 1-002.5 items.csv:11:9"]) {
      try $0.insert("1-002,5,结婚登记,民政部门,", after: "1-002,4,", in: "items.csv")
    },
    Edit(
      "an item dropped from the middle",
      raises: [
        "error number-gap 1-001.4 items.csv:4:7",
        "note unused-approval newborn-medical-insurance-registration approvals.csv:4:1",
      ]
    ) {
      try $0.delete(row: "1-001,3,", in: "items.csv")
    },
    Edit("an item's number doubled", raises: ["error duplicate-id 1-001.2 items.csv:4:7"]) {
      try $0.replace(",3,", with: ",2,", in: "items.csv", row: "1-001,3,")
    },
    Edit(
      "the items of a matter dropped",
      raises: [
        "warning no-approval 1-007 matters.csv:8:26",
        "note unused-approval motor-vehicle-registration approvals.csv:23:1",
        "note unused-approval vehicle-purchase-tax approvals.csv:24:1",
        "note unused-approval vehicle-insurance-premium approvals.csv:25:1",
      ]
    ) {
      try $0.delete(rows: "1-007,", in: "items.csv")
    },
    Edit(
      "a matter too many",
      raises: [
        "note general-lead 2-231 matters.csv:243:36",
        "error count-mismatch second lists.csv:3:57",
      ]
    ) {
      try $0.append("2-231,second,231,enterprise,我要开风筝店,市场监管部门/行政审批部门,2023年12月底,,2-137,,,,,", to: "matters.csv")
    },
    Edit(
      "names and leads pasted one row up, beside the items of others",
      raises: [
        "error shifted-rows 2-003 matters.csv:15:27"
      ]
    ) {
      try $0.edit("matters.csv") { lines in
        let rows = lines[14...41].map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        for (index, row) in rows.enumerated() {
          let pasted = rows[(index + 1) % rows.count]
          lines[14 + index] = (row[..<4] + pasted[4...]).joined(separator: ",")
        }
      }
    },
    Edit("a matter withdrawn without a basis", raises: ["error incomplete-withdrawal 2-003 matters.csv:15:69"]) {
      try $0.replace(",,,,,", with: ",,,,2024-05-01,", in: "matters.csv", row: "2-003,")
    },
    Edit("a matter withdrawn without a day", raises: ["error incomplete-withdrawal 2-003 matters.csv:15:58"]) {
      try $0.replace(",,,,,", with: ",,,,,九府办字〔2024〕1号", in: "matters.csv", row: "2-003,")
    },
    Edit("a matter withdrawn that others include", raises: ["warning includes-withdrawn 2-038 matters.csv:50:65"]) {
      try $0.replace("此事项,,,,", with: "此事项,,,2024-05-01,九府办字〔2024〕1号", in: "matters.csv", row: "2-037,")
    },
    Edit("a matter of a list that is not there", raises: ["error unknown-list 2-100 matters.csv:112:7"]) {
      try $0.replace("second", with: "secnd", in: "matters.csv", row: "2-100,")
    },
  ]

  // MARK: Cells

  static let cells: [Edit] = [
    Edit("a lead that a formula failed to give", raises: ["error unknown-department 1-002 matters.csv:3:31"]) {
      try $0.replace("市民政局", with: "#N/A", in: "matters.csv", row: "1-002,")
    },
    Edit(
      "a “/” among the items",
      raises: [
        "warning placeholder-mismatch 1-002 items.csv:8:11",
        "note unused-approval household-register-change approvals.csv:8:1",
      ]
    ) {
      try $0.replace("户口登记项目变更(新增事项)", with: "/", in: "items.csv", row: "1-002,2,")
    },
    Edit("no lead", raises: ["error missing-value 1-002 matters.csv:3:31"]) {
      try $0.replace("市民政局", with: "", in: "matters.csv", row: "1-002,")
    },
    Edit("a name with a character doubled", raises: ["note similar-matter-name 2-061 matters.csv:73:28"]) {
      try $0.edit("matters.csv") { lines in
        var cells = CatalogFolder.cells(lines[72])
        cells[4] = CatalogFolder.cells(lines[71])[4].replacingFirst("开", with: "开开")
        lines[72] = cells.joined(separator: ",")
      }
    },
    Edit("no name", raises: ["error missing-value 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "", in: "matters.csv", row: "1-002,")
    },
    Edit("no deadline", raises: ["error missing-value 2-016 matters.csv:28:39"]) {
      try $0.replace("2023年6月底", with: "", in: "matters.csv", row: "2-016,")
    },
    Edit("no id", raises: ["error missing-value matters matters.csv:112:1"]) {
      try $0.replace("2-100,", with: ",", in: "matters.csv", row: "2-100,")
    },
    Edit("no number", raises: ["error missing-value 2-100 matters.csv:112:14"]) {
      try $0.replace(",100,", with: ",,", in: "matters.csv", row: "2-100,")
    },
    Edit("no audience", raises: ["error missing-value 2-100 matters.csv:112:18"]) {
      try $0.replace("enterprise", with: "", in: "matters.csv", row: "2-100,")
    },
    Edit("no list", raises: ["error missing-value 2-100 matters.csv:112:7"]) {
      try $0.replace("second", with: "", in: "matters.csv", row: "2-100,")
    },
    Edit("an item without a matter", raises: ["error missing-value items items.csv:3:1"]) {
      try $0.replace("1-001,", with: ",", in: "items.csv", row: "1-001,2,")
    },
    Edit(
      "an item without a name", raises: ["error missing-value 1-002.3 items.csv:9:9"]
    ) { try $0.replace("户口迁移(新增事项)", with: "", in: "items.csv", row: "1-002,3,") },
    Edit("an item without a department", raises: ["error missing-value 1-001.2 items.csv:3:20"]) {
      try $0.replace("公安部门", with: "", in: "items.csv", row: "1-001,2,")
    },
    Edit("an item without a number", raises: ["error missing-value 1-001.? items.csv:3:7"]) {
      try $0.replace(",2,", with: ",,", in: "items.csv", row: "1-001,2,")
    },
    Edit("a number in words", raises: ["error malformed-value 2-100 matters.csv:112:14"]) {
      try $0.replace(",100,", with: ",一百,", in: "matters.csv", row: "2-100,")
    },
    Edit("a number made a date by a spreadsheet", raises: ["error malformed-value 2-010 matters.csv:22:14"]) {
      try $0.replace(",10,", with: ",10月1日,", in: "matters.csv", row: "2-010,")
    },
    Edit("a number in full-width digits", raises: ["warning loose-form 2-100 matters.csv:112:14"]) {
      try $0.replace(",100,", with: ",\u{FF11}\u{FF10}\u{FF10},", in: "matters.csv", row: "2-100,")
    },
    Edit("an id in full-width digits", raises: ["error malformed-value 2-１００ matters.csv:112:1"]) {
      try $0.replace("2-100,", with: "2-\u{FF11}\u{FF10}\u{FF10},", in: "matters.csv", row: "2-100,")
    },
    Edit("an audience as other lists say it", raises: ["warning loose-form 2-001 matters.csv:13:16"]) {
      try $0.replace("individual", with: "自然人", in: "matters.csv", row: "2-001,")
    },
    Edit("a truth as a spreadsheet writes it", raises: ["warning loose-form 2-037.1 items.csv:195:28"]) {
      try $0.replace(",yes", with: ",TRUE", in: "items.csv", row: "2-037,1,")
    },
    Edit("an audience that is none", raises: ["error unknown-audience 2-100 matters.csv:112:18"]) {
      try $0.replace("enterprise", with: "shop", in: "matters.csv", row: "2-100,")
    },
    Edit(
      "an audience that the notice does not announce", raises: ["warning audience-mismatch 2-100 matters.csv:112:18"]
    ) {
      try $0.replace("enterprise", with: "legal-person", in: "matters.csv", row: "2-100,")
    },
    Edit("a truth that is none", raises: ["error malformed-value 2-037.1 items.csv:195:28"]) {
      try $0.replace(",yes", with: ",perhaps", in: "items.csv", row: "2-037,1,")
    },
    Edit("an audience unlike those around it", raises: ["note isolated-value 2-100 matters.csv:112:18"]) {
      try $0.replace("enterprise", with: "individual", in: "matters.csv", row: "2-100,")
    },
    Edit("the include of another scene", raises: ["note isolated-value 2-100 matters.csv:112:61"]) {
      try $0.replace(",2-037,", with: ",2-137,", in: "matters.csv", row: "2-100,")
    },
    Edit(
      "the include of a scene lost",
      raises: ["note lead-not-first 2-100 matters.csv:112:36", "note isolated-value 2-100 matters.csv:112:61"]
    ) {
      try $0.replace(",2-037,", with: ",,", in: "matters.csv", row: "2-100,")
    },
    Edit("an include of nothing", raises: ["error unknown-matter 2-100 matters.csv:112:61"]) {
      try $0.replace("2-037", with: "2-337", in: "matters.csv", row: "2-100,")
    },
    Edit("an include of itself", raises: ["error sharing-cycle 2-100 matters.csv:112:61"]) {
      try $0.replace("2-037", with: "2-100", in: "matters.csv", row: "2-100,")
    },
    Edit("two that include each other", raises: ["error sharing-cycle 2-100 matters.csv:112:61"]) {
      try $0.replace("2022年12月底,", with: "2022年12月底,2-100,", in: "matters.csv", row: "2-101,")
      try $0.replace("2-037", with: "2-101", in: "matters.csv", row: "2-100,")
      try $0.replace(",2-100,,2-037,", with: ",,2-100,", in: "matters.csv", row: "2-101,")
    },
    Edit("an include of a matter that shares nothing", raises: ["error nothing-shared 2-100 matters.csv:112:61"]) {
      try $0.replace("2-037", with: "2-099", in: "matters.csv", row: "2-100,")
    },
  ]

  // MARK: Names

  static let names: [Edit] = [
    Edit("a lead misspelt by a character", raises: ["error unknown-department 1-001 matters.csv:2:32"]) {
      try $0.replace("市卫健委", with: "市卫键委", in: "matters.csv", row: "1-001,")
    },
    Edit(
      "one of two leads misspelt", raises: ["error unknown-department 1-011 matters.csv:12:35"]
    ) {
      try $0.replace("市医保局", with: "市医宝局", in: "matters.csv", row: "1-011,")
    },
    Edit("a responsible department misspelt", raises: ["error unknown-department 1-001.2 items.csv:3:20"]) {
      try $0.replace("公安部门", with: "公按部门", in: "items.csv", row: "1-001,2,")
    },
    Edit("an approval misspelt", raises: ["error unknown-approval 1-002.1 items.csv:7:9"]) {
      try $0.replace("结婚登记", with: "结昏登记", in: "items.csv", row: "1-002,1,")
    },
    Edit(
      "an item that names the approval of another", raises: ["warning approval-mismatch 1-002.1 items.csv:7:21"]
    ) {
      try $0.replace("民政部门,,,,", with: "民政部门,,,birth-registration,", in: "items.csv", row: "1-002,1,")
    },
    Edit("a later step made the first", raises: ["note lead-not-first 1-003 matters.csv:4:33"]) {
      try $0.edit("items.csv") { lines in
        guard let first = lines.firstIndex(where: { $0.hasPrefix("1-003,1,") }) else { return }
        let rest = [lines[first], lines[first + 3]].map { $0.split(separator: ",", maxSplits: 2)[2] }
        lines[first] = "1-003,1,\(rest[1])"
        lines[first + 3] = "1-003,4,\(rest[0])"
      }
    },
    Edit("one of two approvals misspelt", raises: ["error unknown-approval 2-042.1 items.csv:207:9"]) {
      try $0.replace("小餐饮小食杂店", with: "小餐饮小食杂点", in: "items.csv", row: "2-042,1,")
    },
    Edit("a name that the encoding lost", raises: ["error garbled-text 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "????", in: "matters.csv", row: "1-002,")
    },
    Edit("a name in UTF-8 read as Latin-1", raises: ["error garbled-text 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "å…¬æ°‘å©šè‚²", in: "matters.csv", row: "1-002,")
    },
    Edit("a name in UTF-8 read as GBK", raises: ["error garbled-text 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "鍏皯濠氳偛", in: "matters.csv", row: "1-002,")
    },
    Edit("an error of a formula for a name", raises: ["error garbled-text 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "#REF!", in: "matters.csv", row: "1-002,")
    },
    Edit("a name pasted twice", raises: ["warning doubled-text 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "公民婚育公民婚育", in: "matters.csv", row: "1-002,")
    },
    Edit("a lead in the column of the names", raises: ["error misplaced-value 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "市民政局", in: "matters.csv", row: "1-002,")
    },
    Edit("a date for a name", raises: ["error misplaced-value 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "2022年12月底", in: "matters.csv", row: "1-002,")
    },
    Edit("a traditional character in a name", raises: ["warning traditional-character 1-001 matters.csv:2:26"]) {
      try $0.replace("新生儿", with: "新生兒", in: "matters.csv", row: "1-001,")
    },
    Edit("a matter called as another", raises: ["warning duplicate-matter-name 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "新生儿出生", in: "matters.csv", row: "1-002,")
    },
    Edit(
      "a matter called as another that is due later",
      raises: [
        "warning duplicate-matter-name 2-014 matters.csv:26:28",
        "warning conflicting-deadlines 2-014 matters.csv:26:36",
      ]
    ) {
      try $0.replace("公民身后", with: "转学", in: "matters.csv", row: "2-010,")
    },
    Edit("an item by another of its names", raises: ["note name-variant 1-001.4 items.csv:5:9"]) {
      try $0.replace("社会保障卡申领", with: "社保卡申领", in: "items.csv", row: "1-001,4,")
      try $0.replace(",社会保障卡申领,,", with: ",社会保障卡申领,社保卡申领,", in: "approvals.csv")
    },
    Edit("two approvals a slip apart", raises: ["warning similar-name retirement-slip approvals.csv:239:17"]) {
      try $0.append("retirement-slip,职工提前退体(职)申请,,benefit,human-resources", to: "approvals.csv")
      try $0.append("2-229,1,职工提前退体(职)申请,人社部门,", to: "items.csv")
    },
    Edit("two names run into one", raises: ["note joined-names 2-229.1 items.csv:412:9"]) {
      try $0.append("double-check,消防监督环保监督,,examination,fire-rescue", to: "approvals.csv")
      try $0.append("2-229,1,消防监督环保监督,消防救援部门,", to: "items.csv")
    },
    Edit("a licence that is a filing", raises: ["warning licence-and-filing 2-229.1 items.csv:412:9"]) {
      try $0.append("kite-licence,放风筝许可备案,,licence,sports", to: "approvals.csv")
      try $0.append("2-229,1,放风筝许可备案,体育部门,", to: "items.csv")
    },
    Edit("brackets around what a name says", raises: ["warning bracketed-name 2-230 matters.csv:242:29"]) {
      try $0.replace("我要开披萨店", with: "我要开(披萨店)", in: "matters.csv", row: "2-230,")
    },
    Edit(
      "a full-width bracket that a half-width one opened", raises: ["warning mixed-brackets 2-040 matters.csv:52:28"]
    ) {
      try $0.replace(")", with: "\u{FF09}", in: "matters.csv", row: "2-040,")
    },
    Edit("a bracket left open", raises: ["warning unbalanced-brackets 2-040 matters.csv:52:28"]) {
      try $0.replace(")", with: "", in: "matters.csv", row: "2-040,")
    },
    Edit("a blank in a name", raises: ["warning stray-space 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "公民 婚育", in: "matters.csv", row: "1-002,")
    },
    Edit("a blank behind a name", raises: ["warning stray-space 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "公民婚育 ", in: "matters.csv", row: "1-002,")
    },
    Edit("a blank behind a lead", raises: ["warning stray-space 1-002 matters.csv:3:31"]) {
      try $0.replace("市民政局", with: "市民政局 ", in: "matters.csv", row: "1-002,")
    },
    Edit(
      "a blank at the end of a name", raises: ["warning stray-space 2-020 matters.csv:32:28"]
    ) { try $0.replace("生育保险报销", with: "生育保险报销 ", in: "matters.csv", row: "2-020,") },
    Edit("a line break in a name", raises: ["warning stray-space 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "\"公民\n婚育\"", in: "matters.csv", row: "1-002,")
    },
    Edit("a zero-width space", raises: ["warning invisible-character 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "公民\u{200B}婚育", in: "matters.csv", row: "1-002,")
    },
    Edit("a control character", raises: ["error unexportable-text 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "公民\u{07}婚育", in: "matters.csv", row: "1-002,")
    },
    Edit("a replacement character", raises: ["warning invisible-character 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "公民\u{FFFD}育", in: "matters.csv", row: "1-002,")
    },
    Edit("a private character", raises: ["warning invisible-character 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "公民\u{E123}育", in: "matters.csv", row: "1-002,")
    },
    Edit("a compatibility ideograph", raises: ["warning not-nfc 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "公民婚\u{F967}育", in: "matters.csv", row: "1-002,")
    },
    Edit("letters taken apart", raises: ["warning not-nfc 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "公民e\u{301}", in: "matters.csv", row: "1-002,")
    },
    Edit("a formula", raises: ["warning formula-prefix 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "=1+1", in: "matters.csv", row: "1-002,")
    },
    Edit("a full-width formula", raises: ["warning formula-prefix 1-002 matters.csv:3:46"]) {
      try $0.replace(",,,", with: ",\u{FF1D}HYPERLINK,,", in: "matters.csv", row: "1-002,")
    },
    Edit("a separator too many", raises: ["warning loose-separator 1-011 matters.csv:12:35"]) {
      try $0.replace("、", with: "、、", in: "matters.csv", row: "1-011,")
    },
    Edit("a separator at the end", raises: ["warning loose-separator 1-011 matters.csv:12:35"]) {
      try $0.replace("市医保局", with: "市医保局、", in: "matters.csv", row: "1-011,")
    },
  ]

  // MARK: Deadlines

  static let deadlines: [Edit] = [
    Edit("a deadline dragged down", raises: ["warning deadline-series 2-102 matters.csv:114:50"]) {
      for (row, year) in [("2-102,", 2023), ("2-103,", 2024), ("2-104,", 2025)] {
        try $0.replace("2022年12月底", with: "\(year)年12月底", in: "matters.csv", row: row)
      }
    },
    Edit("three deadlines of another block", raises: ["note isolated-deadline 2-102 matters.csv:114:50"]) {
      for row in ["2-102,", "2-103,", "2-104,"] {
        try $0.replace("2022年12月底", with: "2023年6月底", in: "matters.csv", row: row)
      }
    },
    Edit("a deadline with a full stop", raises: ["warning deadline-characters 1-002 matters.csv:3:36"]) {
      try $0.replace("2022年12月底", with: "2022年12月底。", in: "matters.csv", row: "1-002,")
    },
    Edit("a thirteenth month", raises: ["error unreadable-deadline 2-050 matters.csv:62:50"]) {
      try $0.replace("2022年12月底", with: "2022年13月底", in: "matters.csv", row: "2-050,")
    },
    Edit("a deadline in words", raises: ["error unreadable-deadline 2-050 matters.csv:62:50"]) {
      try $0.replace("2022年12月底", with: "尽快", in: "matters.csv", row: "2-050,")
    },
    Edit("a deadline in full-width digits", raises: ["warning deadline-characters 2-050 matters.csv:62:50"]) {
      try $0.replace(
        "2022年12月底", with: "\u{FF12}\u{FF10}\u{FF12}\u{FF12}年\u{FF11}\u{FF12}月底", in: "matters.csv", row: "2-050,")
    },
    Edit(
      "a deadline before the notice", raises: ["error deadline-before-notice 2-050 matters.csv:62:50"]
    ) {
      try $0.replace("2022年12月底", with: "2021年12月底", in: "matters.csv", row: "2-050,")
    },
    Edit("a deadline alone among others", raises: ["note isolated-deadline 2-060 matters.csv:72:54"]) {
      try $0.replace("2022年12月底", with: "2023年6月底", in: "matters.csv", row: "2-060,")
    },
    Edit("a deadline in another form", raises: ["note deadline-style 2-050 matters.csv:62:50"]) {
      try $0.replace("月底", with: "月", in: "matters.csv", row: "2-050,")
    },
    Edit("recorded before the notice", raises: ["note recorded-before-notice 2-012 progress.csv:24:7"], on: .recorded) {
      try $0.replace("2022-12-31", with: "2022-01-05", in: "progress.csv", row: "2-012,")
    },
    Edit("recorded in the future", raises: ["error recorded-out-of-order 2-012 progress.csv:24:7"], on: .recorded) {
      try $0.replace("2022-12-31", with: "2023-02-05", in: "progress.csv", row: "2-012,")
    },
    Edit("due and not complete", raises: ["error overdue 2-001 progress.csv:13:73"], on: .recorded) {
      try $0.replace(
        "2022-12-31,2022-12-31,2022-12-31,2022-12-31,2022-12-31,2022-12-31,2022-12-31",
        with: "2022-12-31,2022-12-31,2022-12-31,2022-12-31,2022-12-31,2022-12-31,", in: "progress.csv", row: "2-001,")
    },
    Edit("online without a form", raises: ["warning incomplete-deliverables 2-012 progress.csv:24:29"], on: .recorded) {
      try $0.replace(
        "2022-12-31,2022-12-31,2022-12-31", with: "2022-12-31,2022-12-31,", in: "progress.csv", row: "2-012,")
    },
    Edit(
      "no plan in time", raises: ["warning report-overdue 2-012 progress.csv:24:7"], day: "2023-07-10", on: .recorded
    ) {
      try $0.replace("2-012,2022-12-31", with: "2-012,", in: "progress.csv", row: "2-012,")
    },
    Edit(
      "a window open without a plan", raises: ["note due-soon 2-012 matters.csv:24:44"], day: "2023-06-05",
      on: .recorded
    ) {
      try $0.replace("2-012,2022-12-31", with: "2-012,", in: "progress.csv", row: "2-012,")
    },
    Edit("of a matter that is not there", raises: ["error unknown-matter 2-999 progress.csv:243:1"], on: .recorded) {
      try $0.append("2-999,2023-01-10,,,,,,,,,,,,,", to: "progress.csv")
    },
    Edit("a date that is none", raises: ["error malformed-value 2-012 progress.csv:24:7"], on: .recorded) {
      try $0.replace("2022-12-31", with: "2023-02-30", in: "progress.csv", row: "2-012,")
    },
    Edit("a region twice", raises: ["error duplicate-id jiujiang regions.csv:4:1"]) {
      try $0.append("jiujiang,九江市本级,city,jiangxi", to: "regions.csv")
    },
    Edit("an audience twice", raises: ["error duplicate-id individual audiences.csv:5:1"]) {
      try $0.append("individual,自然人,", to: "audiences.csv")
    },
    Edit("two rows of one matter", raises: ["error duplicate-id 2-012 progress.csv:25:1"], on: .recorded) {
      try $0.insert("2-012,2023-01-10,,,,,,,,,,,,,", after: "2-012,", in: "progress.csv")
    },
    Edit(
      "the record of a list struck out",
      raises: [
        "note due-soon 1-001 matters.csv:2:37",
        "note due-soon 1-002 matters.csv:3:36",
        "note due-soon 1-003 matters.csv:4:38",
        "note due-soon 1-004 matters.csv:5:36",
        "note due-soon 1-005 matters.csv:6:37",
        "note due-soon 1-006 matters.csv:7:41",
        "note due-soon 1-007 matters.csv:8:36",
        "note due-soon 1-008 matters.csv:9:49",
        "note due-soon 1-009 matters.csv:10:43",
        "note due-soon 1-010 matters.csv:11:40",
        "note due-soon 1-011 matters.csv:12:45",
        "note unrecorded-progress first progress.csv:1:1",
      ], on: .recorded
    ) {
      try $0.delete(rows: "1-", in: "progress.csv")
    },
    Edit("no row for a matter that is due", raises: ["warning report-overdue 2-001 matters.csv:13:37"], on: .recorded) {
      try $0.delete(row: "2-001,", in: "progress.csv")
    },
    Edit("a date as a spreadsheet writes it", raises: ["warning loose-form 2-012 progress.csv:24:7"], on: .recorded) {
      try $0.replace("2022-12-31", with: "2022/12/31", in: "progress.csv", row: "2-012,")
    },
    Edit("a date of two meanings", raises: ["error malformed-value 2-012 progress.csv:24:7"], on: .recorded) {
      try $0.replace("2022-12-31", with: "12/11/2022", in: "progress.csv", row: "2-012,")
    },
    Edit("a target beyond the catalog", raises: ["warning target-missed jiujiang-99-2022-individual targets.csv:2:64"])
    {
      try $0.replace(",individual,10,", with: ",individual,100,", in: "targets.csv")
      try $0.replace("高频10项", with: "高频100项", in: "targets.csv", row: "jiujiang-99-2022-individual,")
    },
    Edit(
      "a target copied with a digit too many",
      raises: ["warning target-clause jiujiang-99-2022-individual targets.csv:2:64"]
    ) {
      try $0.replace(",individual,10,", with: ",individual,100,", in: "targets.csv")
    },
    Edit(
      "a target's deadline of another year",
      raises: ["warning target-clause jiujiang-99-2022-enterprise targets.csv:3:68"]
    ) {
      try $0.replace(",40,,2022年底前,", with: ",40,,2023年底前,", in: "targets.csv")
    },
    Edit("a target by no day", raises: ["error unreadable-target jiujiang-99-2022-enterprise targets.csv:3:68"]) {
      try $0.replace(",40,,2022年底前,", with: ",40,,年底前,", in: "targets.csv")
    },
    Edit("the targets struck out", raises: ["warning empty-targets targets targets.csv:1:1"]) {
      try $0.delete(rows: "jiujiang-99-2022-", in: "targets.csv")
    },
    Edit("a target of no list", raises: ["error unknown-list jiujiang-99-2022-enterprise targets.csv:3:46"]) {
      try $0.replace("second,enterprise", with: "secnd,enterprise", in: "targets.csv")
    },
    Edit("a target of no number", raises: ["error malformed-value jiujiang-99-2022-enterprise targets.csv:3:64"]) {
      try $0.replace(",40,", with: ",许多,", in: "targets.csv")
    },
    Edit("a target of no notice", raises: ["error unknown-notice jiujiang-99-2022-enterprise targets.csv:3:29"]) {
      try $0.replace("enterprise,jiujiang-99-2022", with: "enterprise,jiujiang-98-2022", in: "targets.csv")
    },
  ]

  // MARK: Duties

  static let duties: [Edit] = [
    Edit(
      "all items at one department",
      raises: [
        "warning single-department 1-007 matters.csv:8:26",
        "warning competence-mismatch 1-007.2 items.csv:24:17",
        "warning competence-mismatch 1-007.3 items.csv:25:17",
      ]
    ) {
      try $0.replace("税务部门", with: "公安部门", in: "items.csv", row: "1-007,2,")
      try $0.replace("保险公司", with: "公安部门", in: "items.csv", row: "1-007,3,")
    },
    Edit(
      "all items but one department's dropped",
      raises: [
        "warning single-department 1-007 matters.csv:8:26",
        "note unused-approval vehicle-purchase-tax approvals.csv:24:1",
        "note unused-approval vehicle-insurance-premium approvals.csv:25:1",
      ]
    ) {
      try $0.delete(rows: "1-007,2,", in: "items.csv")
      try $0.delete(rows: "1-007,3,", in: "items.csv")
    },
    Edit("another lead, which handles nothing", raises: ["warning lead-without-item 1-007 matters.csv:8:31"]) {
      try $0.replace("市公安局", with: "市教育局", in: "matters.csv", row: "1-007,")
    },
    Edit("one of two leads left out", raises: ["note isolated-lead 2-050 matters.csv:62:36"]) {
      try $0.replace("市场监管部门/行政审批部门", with: "市场监管部门", in: "matters.csv", row: "2-050,")
    },
    Edit("one of two departments left out", raises: ["note missing-alternative 2-033.2 items.csv:183:16"]) {
      try $0.replace("市场监管部门/行政审批部门", with: "市场监管部门", in: "items.csv", row: "2-033,2,")
    },
    Edit("a department that is not named", raises: ["warning unnamed-department 1-007 items.csv:24:17"]) {
      try $0.replace("税务部门", with: "市直相关部门", in: "items.csv", row: "1-007,2,")
    },
    Edit("a general lead", raises: ["note general-lead 1-007 matters.csv:8:31"]) {
      try $0.replace("市公安局", with: "公安部门", in: "matters.csv", row: "1-007,")
    },
    Edit(
      "an approval at another department than elsewhere",
      raises: ["warning department-conflict 2-228.2 items.csv:410:17"]
    ) {
      try $0.replace("生态环境部门", with: "林业部门", in: "items.csv", row: "2-228,2,")
    },
    Edit(
      "an approval at another department than the register's",
      raises: [
        "warning lead-without-item 1-007 matters.csv:8:31",
        "warning competence-mismatch 1-007.1 items.csv:23:17",
      ]
    ) {
      try $0.replace("公安部门", with: "教育部门", in: "items.csv", row: "1-007,1,")
    },
    Edit("an item beside “/”", raises: ["warning placeholder-mismatch 2-229 items.csv:412:11"]) {
      try $0.append("2-229,1,/,市场监管部门,", to: "items.csv")
    },
    Edit("“/” beside an item", raises: ["warning placeholder-mismatch 2-230.1 items.csv:411:17"]) {
      try $0.replace("市场监管部门", with: "/", in: "items.csv", row: "2-230,1,")
    },
    Edit("a department where there is no item", raises: ["warning placeholder-mismatch 2-082 matters.csv:94:66"]) {
      try $0.replace(",2-037,", with: ",2-037,市场监管部门", in: "matters.csv", row: "2-082,")
    },
    Edit("an item that is shared already", raises: ["warning repeated-item 2-230.2 items.csv:412:9"]) {
      try $0.append("2-230,2,税务登记,税务部门,", to: "items.csv")
    },
  ]

  // MARK: Codes

  /// Adds columns to a table, with cells in some of its rows.
  private static func add(
    _ columns: [String], _ cells: [String: [String]], to file: String, of catalog: CatalogFolder
  ) throws {
    try catalog.edit(file) { lines in
      for index in lines.indices where !lines[index].isEmpty {
        let id = String(lines[index].prefix { $0 != "," })
        let row = index == 0 ? columns : cells[id] ?? columns.map { _ in "" }
        lines[index] += "," + row.joined(separator: ",")
      }
    }
  }

  static let codes: [Edit] = [
    Edit(
      "a credit code with two figures exchanged",
      raises: ["error wrong-check-digit public-security departments.csv:4:46"]
    ) {
      try add(["credit_code"], ["public-security": ["11000000MB1243567Q"]], to: "departments.csv", of: $0)
    },
    Edit("a credit code in small letters", raises: ["warning loose-form public-security departments.csv:4:46"]) {
      try add(["credit_code"], ["public-security": ["11000000mb1234567q"]], to: "departments.csv", of: $0)
    },
    Edit("a credit code with a letter O", raises: ["error malformed-value public-security departments.csv:4:46"]) {
      try add(["credit_code"], ["public-security": ["11OOOOOOMB1234567Q"]], to: "departments.csv", of: $0)
    },
    Edit(
      "one credit code for two departments", raises: ["error duplicate-code civil-affairs departments.csv:8:44"]
    ) {
      try add(
        ["credit_code"], ["public-security": ["11000000MB1234567Q"], "civil-affairs": ["11000000MB1234567Q"]],
        to: "departments.csv", of: $0)
    },
    Edit("a code that a spreadsheet has rounded", raises: ["error rounded-code birth-registration approvals.csv:3:61"])
    {
      try add(["code"], ["birth-registration": ["1.01001E+11"]], to: "approvals.csv", of: $0)
    },
    Edit("a code without its zeros", raises: ["error malformed-value birth-registration approvals.csv:3:61"]) {
      try add(["code"], ["birth-registration": ["101001000"]], to: "approvals.csv", of: $0)
    },
    Edit(
      "a task code of another service", raises: ["warning code-mismatch birth-registration approvals.csv:3:74"]
    ) {
      try add(
        ["code", "task_code"], ["birth-registration": ["000101001000", "11000000MB1234567Q3000101001001"]],
        to: "approvals.csv", of: $0)
    },
    Edit(
      "a task code of a body that is not registered",
      raises: ["warning code-mismatch birth-registration approvals.csv:3:61"]
    ) {
      try add(["credit_code"], ["public-security": ["11000000MB1234567Q"]], to: "departments.csv", of: $0)
      try add(["task_code"], ["birth-registration": ["11000000MB7654321M3000101001000"]], to: "approvals.csv", of: $0)
    },
    Edit(
      "a withdrawn approval that matters require",
      raises: ["warning approval-not-in-force birth-registration approvals.csv:3:61"]
    ) {
      try add(["state"], ["birth-registration": ["withdrawn"]], to: "approvals.csv", of: $0)
    },
    Edit(
      "an approval that has ended", raises: ["warning approval-not-in-force birth-registration approvals.csv:3:61"]
    ) {
      try add(["ends"], ["birth-registration": ["2023-01-19"]], to: "approvals.csv", of: $0)
    },
    Edit(
      "an approval that ends before it begins",
      raises: ["error end-before-effective birth-registration approvals.csv:3:72"]
    ) {
      try add(
        ["effective", "ends"], ["birth-registration": ["2024-01-01", "2023-12-31"]], to: "approvals.csv", of: $0)
    },
  ]

  // MARK: Registers

  static let registers: [Edit] = [
    Edit(
      "a department renamed",
      raises: [
        "error unknown-department 2-013 matters.csv:25:35",
        "error unknown-department 2-014 matters.csv:26:31",
      ]
    ) { try $0.replace("市教育局", with: "市教育体育局", in: "departments.csv") },
    Edit(
      "a department dropped",
      raises: [
        "error unknown-department 2-075.1 items.csv:233:24",
        "error unknown-department hazardous-chemicals-licence approvals.csv:195:53",
      ]
    ) { try $0.delete(row: "emergency-management,", in: "departments.csv") },
    Edit("a department that nothing names", raises: ["note unused-department tea-board departments.csv:43:1"]) {
      try $0.append("tea-board,市茶叶局,,茶叶部门,,city-department,jiujiang", to: "departments.csv")
    },
    Edit(
      "a department's id doubled",
      raises: [
        "error duplicate-id finance departments.csv:20:1",
        "error unknown-department high-risk-sports-licence approvals.csv:199:50",
      ]
    ) {
      try $0.replace("sports,", with: "finance,", in: "departments.csv", row: "sports,")
    },
    Edit(
      "a department's id that is none",
      raises: [
        "error malformed-value 市体育局 departments.csv:19:1",
        "error unknown-department high-risk-sports-licence approvals.csv:199:50",
      ]
    ) {
      try $0.replace("sports,", with: "市体育局,", in: "departments.csv", row: "sports,")
    },
    Edit("an alias of two departments", raises: ["error ambiguous-name emergency-management departments.csv:23:37"]) {
      try $0.replace("体育部门,,", with: "体育部门,市应急局,", in: "departments.csv", row: "sports,")
    },
    Edit("a department without a name", raises: ["error missing-value sports departments.csv:19:8"]) {
      try $0.replace(",市体育局,", with: ",,", in: "departments.csv", row: "sports,")
    },
    Edit("an approval renamed", raises: ["error unknown-approval 1-002.1 items.csv:7:9"]) {
      try $0.replace(",结婚登记,", with: ",婚姻登记,", in: "approvals.csv")
    },
    Edit("an approval dropped", raises: ["error unknown-approval 1-001.2 items.csv:3:9"]) {
      try $0.delete(row: "birth-registration,", in: "approvals.csv")
    },
    Edit("an approval that nothing names", raises: ["note unused-approval kite-licence approvals.csv:239:1"]) {
      try $0.append("kite-licence,放风筝许可证,,licence,sports", to: "approvals.csv")
    },
    Edit(
      "an alias of two approvals", raises: ["error ambiguous-name marriage-registration approvals.csv:7:23"]
    ) {
      try $0.replace(",开具出生医学证明,,", with: ",开具出生医学证明,结婚登记,", in: "approvals.csv")
    },
    Edit(
      "an approval of a department that is not there",
      raises: ["error unknown-department birth-registration approvals.csv:3:45"]
    ) {
      try $0.replace(",public-security", with: ",public-securty", in: "approvals.csv", row: "birth-registration,")
    },
    Edit("a list announced with another count", raises: ["error count-mismatch second lists.csv:3:57"]) {
      try $0.replace(",230,", with: ",231,", in: "lists.csv")
    },
    Edit("a list announced with no count", raises: ["error malformed-value second lists.csv:3:57"]) {
      try $0.replace(",230,", with: ",多,", in: "lists.csv")
    },
    Edit("a list of a notice that is not there", raises: ["error unknown-notice second lists.csv:3:10"]) {
      try $0.replace("second,2,jiujiang-128-2022", with: "second,2,jiujiang-128-2023", in: "lists.csv")
    },
    Edit("no count of a list", raises: ["error count-mismatch second lists.csv:3:57"]) {
      try $0.replace("(230项),230,", with: "(230项),,", in: "lists.csv")
      try $0.replace("(230项)", with: "(231项)", in: "lists.csv")
    },
    Edit("two lists of one annex", raises: ["error ambiguous-name second lists.csv:3:28"]) {
      try $0.replace(",附件2,", with: ",附件1,", in: "lists.csv")
    },
    Edit("a kind cut off", raises: ["warning misspelt-kind sports departments.csv:19:20"]) {
      try $0.replace("city-department", with: "city-depart", in: "departments.csv", row: "sports,")
    },
    Edit("two notices of one number", raises: ["error ambiguous-name jiujiang-99-2022 notices.csv:3:18"]) {
      try $0.replace("〔2022〕99号,", with: "〔2022〕128号,", in: "notices.csv")
    },
    Edit("a report window other than the note's", raises: ["warning report-terms-mismatch second lists.csv:3:93"]) {
      try $0.replace("P1M", with: "P2M", in: "lists.csv")
    },
    Edit("a report window in words", raises: ["warning loose-form second lists.csv:3:93"]) {
      try $0.replace("P1M", with: "一个月", in: "lists.csv")
    },
    Edit("a report window that is none", raises: ["error malformed-value second lists.csv:3:93"]) {
      try $0.replace("P1M", with: "30天", in: "lists.csv")
    },
    Edit(
      "a list dropped",
      raises: ["error unknown-list lists lists.csv"],
      ends: [
        "note due-soon 1-001 matters.csv:2:37",
        "note due-soon 1-002 matters.csv:3:36",
        "note due-soon 1-003 matters.csv:4:38",
        "note due-soon 1-004 matters.csv:5:36",
        "note due-soon 1-005 matters.csv:6:37",
        "note due-soon 1-006 matters.csv:7:41",
        "note due-soon 1-007 matters.csv:8:36",
        "note due-soon 1-008 matters.csv:9:49",
        "note due-soon 1-009 matters.csv:10:43",
        "note due-soon 1-010 matters.csv:11:40",
        "note due-soon 1-011 matters.csv:12:45",
        "note unrecorded-progress first progress.csv:1:1",
      ]
    ) { try $0.delete(row: "first,", in: "lists.csv") },
    Edit("a notice without its day", raises: ["error missing-value jiujiang-128-2022 notices.csv:2:87"]) {
      try $0.replace(",2022-12-30", with: ",", in: "notices.csv")
    },
    Edit("a notice of another year", raises: ["error notice-year jiujiang-128-2022 notices.csv:2:87"]) {
      try $0.replace(",2022-12-30", with: ",2023-12-30", in: "notices.csv")
    },
    Edit("a notice's number of another year", raises: ["error notice-year jiujiang-99-2022 notices.csv:3:82"]) {
      try $0.replace("〔2022〕99号,", with: "〔2021〕99号,", in: "notices.csv")
    },
    Edit("a waiver of no rule", raises: ["warning unknown-waiver single-departement 2-020 waivers.csv:last:1"]) {
      try $0.append("single-departement,2-020,理由", to: "waivers.csv")
    },
    Edit("a waiver of nothing there", raises: ["warning unknown-waiver single-department 2-999 waivers.csv:last:19"]) {
      try $0.append("single-department,2-999,理由", to: "waivers.csv")
    },
    Edit("a waiver that waives nothing", raises: ["warning unused-waiver single-department 2-001 waivers.csv:last:1"]) {
      try $0.append("single-department,2-001,理由", to: "waivers.csv")
    },
    Edit(
      "a waiver without a reason", raises: ["warning waiver-without-reason single-department 2-020 waivers.csv:7:25"]
    ) { try $0.replace("附件2原文如此：全部关联事项由一个部门办理。", with: "", in: "waivers.csv", row: "single-department,2-020,") },
    Edit(
      "one finding more than a waiver says",
      raises: ["warning waiver-count general-lead 2-026..2-230 waivers.csv:32:67"]
    ) { try $0.replace("”。,205", with: "”。,204", in: "waivers.csv", row: "general-lead,") },
    Edit("a waiver twice", raises: ["error duplicate-id single-department 2-020 waivers.csv:last:1"]) {
      try $0.append("single-department,2-020,理由", to: "waivers.csv")
    },
    Edit("a waiver dropped", raises: ["warning single-department 2-020 matters.csv:32:28"]) {
      try $0.delete(row: "single-department,2-020,", in: "waivers.csv")
    },
    Edit("the waiver of a list dropped", raises: ["note short-notice second matters.csv:13:37"]) {
      try $0.delete(row: "short-notice,second,", in: "waivers.csv")
    },
    Edit("a setting of no rule", raises: ["warning unknown-setting duplicate-mater-name datapackage.json:2"]) {
      try $0.configure(#"{"duplicate-mater-name": "off"}"#)
    },
    Edit(
      "a setting that is a number",
      raises: ["error malformed-description onevisit.rules.overdue datapackage.json:2"]
    ) {
      try $0.configure(#"{"overdue": 3}"#)
    },
    Edit(
      "a list of tables that is none",
      raises: ["error malformed-description resources datapackage.json:12"]
    ) {
      try $0.replace("\"resources\": [", with: "\"resources\": 5, \"tables\": [", in: "datapackage.json")
    },
    Edit("what a waiver was for mended", raises: ["warning unused-waiver deadline-style 2-026 waivers.csv:14:1"]) {
      try $0.replace("2022年12月,", with: "2022年12月底,", in: "matters.csv", row: "2-026,")
    },
  ]

  // MARK: Files

  static let files: [Edit] = [
    Edit("a table saved as GB18030", raises: ["warning other-encoding matters matters.csv:1:1"]) {
      try $0.write(try gb18030($0.text("matters.csv")), to: "matters.csv")
    },
    Edit("a table saved as UTF-16", raises: ["warning other-encoding items items.csv:1:1"]) {
      try $0.write(
        [0xFF, 0xFE] + $0.text("items.csv").utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, to: "items.csv")
    },
    Edit("a quote forgotten in the middle", raises: ["error csv-syntax 2-100 matters.csv:112:29"]) {
      try $0.replace("我要开", with: "\"我要开", in: "matters.csv", row: "2-100,")
    },
    Edit("a quote forgotten at the end", raises: ["error csv-syntax 2-230 matters.csv:242:29"]) {
      try $0.replace(",我要开披萨店", with: ",\"我要开披萨店", in: "matters.csv", row: "2-230,")
    },
    Edit("a closing quote forgotten", raises: ["error csv-syntax jiujiang-99-2022-individual targets.csv:2:76"]) {
      try $0.replace("服务。\"", with: "服务。", in: "targets.csv", row: "jiujiang-99-2022-individual,")
    },
    Edit("a department without a kind", raises: ["warning provisional-entry bank departments.csv:36:12"]) {
      try $0.replace(",financial", with: ",", in: "departments.csv", row: "bank,")
    },
    Edit("a quote within a name", raises: ["error csv-syntax 1-002 matters.csv:3:28"]) {
      try $0.replace("公民婚育", with: "公民\"婚育\"", in: "matters.csv", row: "1-002,")
    },
    Edit("a NUL", raises: ["error csv-syntax 1-002 matters.csv:3:28"]) {
      try $0.replace("公民婚育", with: "公民\0婚育", in: "matters.csv", row: "1-002,")
    },
    Edit("bytes of no encoding", raises: ["error text-encoding 1-002 matters.csv:3:26"]) { folder in
      let text = try folder.text("matters.csv")
      let cut = try #require(text.range(of: "公民婚育"))
      try folder.write(
        Array(text[..<cut.lowerBound].utf8) + [0xE5, 0xB0, 0xFF] + Array(text[cut.upperBound...].utf8),
        to: "matters.csv")
    },
    Edit(
      "a header misspelt",
      raises: [
        "error missing-column matters matters.csv:1:35"
      ],
      ends: [
        "note unrecorded-progress first progress.csv:1:1",
        "note unrecorded-progress second progress.csv:1:1",
      ]
    ) { try $0.replace(",deadline,", with: ",deadlin,", in: "matters.csv", row: "id,") },
    Edit(
      "the header of a column that may be left out misspelt",
      raises: ["warning unknown-column matters matters.csv:1:44"]
    ) {
      try $0.replace(",remark,", with: ",remarks,", in: "matters.csv", row: "id,")
    },
    Edit(
      "the header of what others include misspelt", raises: ["warning unknown-column matters matters.csv:1:51"]
    ) {
      try $0.replace(",includes,", with: ",include,", in: "matters.csv", row: "id,")
    },
    Edit("a column that nobody describes", raises: ["warning unknown-column items items.csv:1:56"]) {
      try $0.edit("items.csv") { $0 = $0.enumerated().map { $1 + ($0 == 0 ? ",phone" : ",") } }
    },
    Edit("a column twice", raises: ["error repeated-column items items.csv:1:56"]) {
      try $0.edit("items.csv") { $0 = $0.enumerated().map { $1 + ($0 == 0 ? ",name" : ",") } }
    },
    Edit(
      "a column dropped", raises: ["error missing-column items items.csv:1:1"]
    ) {
      try $0.reorder("items.csv", [0, 1, 2, 4, 5, 6, 7])
    },
    Edit(
      "a register saved with nothing but its header", raises: ["error empty-table departments departments.csv:1:1"]
    ) {
      try $0.edit("departments.csv") { $0 = Array($0.prefix(1)) }
    },
    Edit("a register saved under another's name", raises: ["error exchanged-table approvals approvals.csv"]) {
      try $0.write($0.text("departments.csv"), to: "approvals.csv")
    },
    Edit("a merge that git could not make", raises: ["error unresolved-merge-conflict 2-100 matters.csv:113:50"]) {
      try $0.edit("matters.csv") { lines in
        let row = lines[111]
        lines[111...111] = [
          "<<<<<<< HEAD", row, "=======", row.replacingOccurrences(of: "2022年12月底", with: "2023年6月底"), ">>>>>>> county",
        ]
      }
    },
    Edit("a table deleted that the description names", raises: ["error missing-table targets targets.csv"]) {
      try $0.delete("targets.csv")
    },
    Edit(
      "the items deleted", raises: ["error missing-table items items.csv"]
    ) { try $0.delete("items.csv") },
    Edit(
      "the departments deleted", raises: ["error missing-table departments departments.csv"]
    ) {
      try $0.delete("departments.csv")
    },
    Edit(
      "the lists deleted", raises: ["error missing-table lists lists.csv"],
      ends: [
        "note due-soon 1-001 matters.csv:2:37",
        "note due-soon 1-002 matters.csv:3:36",
        "note due-soon 1-003 matters.csv:4:38",
        "note due-soon 1-004 matters.csv:5:36",
        "note due-soon 1-005 matters.csv:6:37",
        "note due-soon 1-006 matters.csv:7:41",
        "note due-soon 1-007 matters.csv:8:36",
        "note due-soon 1-008 matters.csv:9:49",
        "note due-soon 1-009 matters.csv:10:43",
        "note due-soon 1-010 matters.csv:11:40",
        "note due-soon 1-011 matters.csv:12:45",
        "note unrecorded-progress first progress.csv:1:1",
        "note unrecorded-progress second progress.csv:1:1",
      ]
    ) { try $0.delete("lists.csv") },
  ]

  // MARK: Regions and audiences

  static let regions: [Edit] = [
    Edit("a list of a region that is not there", raises: ["error unknown-region second lists.csv:3:419"]) {
      try $0.edit("lists.csv") { $0 = $0.map { $0.hasPrefix("second,") ? $0.dropLast(8) + "jiujang" : $0 } }
    },
    Edit("regions that belong to each other", raises: ["error region-cycle jiangxi regions.csv:2:22"]) {
      try $0.replace("province,", with: "province,jiujiang", in: "regions.csv", row: "jiangxi,")
    },
    Edit("a city above its province", raises: ["error region-level jiujiang regions.csv:3:14"]) {
      try $0.replace("city", with: "national", in: "regions.csv", row: "jiujiang,")
    },
    Edit("an audience of a list misspelt", raises: ["error unknown-audience second lists.csv:3:61"]) {
      try $0.replace("individual;enterprise", with: "individaul;enterprise", in: "lists.csv")
    },
  ]

  // MARK: Whole tables and texts

  static let tables: [Edit] = [
    Edit("a table overwritten by another", raises: ["error exchanged-table departments departments.csv"]) {
      try $0.write($0.text("approvals.csv"), to: "departments.csv")
    },
    Edit("the last items lost", raises: ["error truncated-table items items.csv:199:1"]) {
      try $0.edit("items.csv") { $0 = Array($0.prefix(199)) }
    },
    Edit("the last approvals lost", raises: ["error unknown-approval approvals approvals.csv"]) {
      try $0.edit("approvals.csv") { $0 = Array($0.prefix(215)) }
    },
    Edit("the last departments lost", raises: ["error unknown-department departments departments.csv"]) {
      try $0.edit("departments.csv") { $0 = Array($0.prefix(37)) }
    },
    Edit(
      "half of the matters lost", raises: ["error orphan-item matters matters.csv"],
      ends: [
        "note unrecorded-progress first progress.csv:1:1",
        "note unrecorded-progress second progress.csv:1:1",
      ]
    ) {
      try $0.edit("matters.csv") { $0 = Array($0.prefix(99)) }
    },
    Edit("a table with its header only", raises: ["error empty-table departments departments.csv:1:1"]) {
      try $0.edit("departments.csv") { $0 = [$0[0]] }
    },
    Edit("a merge left unfinished", raises: ["error unresolved-merge-conflict 1-002 matters.csv:4:36"]) {
      try $0.edit("matters.csv") { rows in
        let other = rows[2].replacingFirst("2022年12月底", with: "2023年12月底")
        rows.replaceSubrange(2...2, with: ["<<<<<<< HEAD", rows[2], "=======", other, ">>>>>>> county"])
      }
    },
    Edit("the names of a stretch moved down by a row", raises: ["error shifted-rows 2-003 matters.csv:15:27"]) {
      try $0.edit("matters.csv") { rows in
        let names = (13...28).map { CatalogFolder.cells(rows[$0])[4] }
        for (row, name) in zip(13...28, names.suffix(1) + names.dropLast()) {
          var cells = CatalogFolder.cells(rows[row])
          cells[4] = name
          rows[row] = cells.joined(separator: ",")
        }
      }
    },
    Edit("the date of a notice a year later", raises: ["error notice-year jiujiang-128-2022 notices.csv:2:87"]) {
      try $0.replace("2022-12-30", with: "2023-12-30", in: "notices.csv")
    },
    Edit("a name in traditional characters", raises: ["warning traditional-character 2-100 matters.csv:112:29"]) {
      try $0.replace("我要开", with: "我要開", in: "matters.csv", row: "2-100,")
    },
    Edit("a name lost to question marks", raises: ["error garbled-text 1-002 matters.csv:3:26"]) {
      try $0.replace("公民婚育", with: "????", in: "matters.csv", row: "1-002,")
    },
    Edit(
      "the waiver of one department of a choice dropped", raises: ["note missing-alternative 2-137.1 items.csv:316:14"]
    ) {
      try $0.delete(row: "missing-alternative,2-137.1,", in: "waivers.csv")
    },
    Edit("a scene withdrawn that others include", raises: ["warning includes-withdrawn 2-038 matters.csv:50:65"]) {
      try $0.replace("场景均包含此事项,,,,,,", with: "场景均包含此事项,,,2024-05-01,某通知,,", in: "matters.csv", row: "2-037,")
    },
    Edit("a withdrawal without its basis", raises: ["error incomplete-withdrawal 2-100 matters.csv:112:79"]) {
      try $0.replace(",2-037,,,,,", with: ",2-037,,2024-05-01,,,", in: "matters.csv", row: "2-100,")
    },
  ]
}

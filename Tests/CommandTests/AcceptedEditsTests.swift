import Foundation
import TestSupport
import Testing

/// Edits that are right: no new finding is reported.
@Suite struct AcceptedEditsTests {
  @Test(arguments: content) func ofContent(_ edit: Edit) throws { try edit.check() }
  @Test(arguments: form) func ofForm(_ edit: Edit) throws { try edit.check() }

  static let content: [Edit] = [
    Edit("nothing at all") { _ in },
    Edit("a new matter, its items appended and the list's count raised") {
      try $0.append("2-231,second,231,enterprise,我要开风筝作坊,市市场监管局,2023年12月底,,2-137,,,,,", to: "matters.csv")
      try $0.append("2-231,1,排污许可证,生态环境部门,", to: "items.csv")
      try $0.replace(",230,", with: ",231,", in: "lists.csv")
    },
    Edit("a new matter between others, in the order of its number elsewhere in the file") {
      try $0.insert("2-231,second,231,individual,领养老人,市民政局,2023年12月底,,,,,,,", after: "1-011,", in: "matters.csv")
      try $0.insert("2-231,1,结婚登记,民政部门,", "2-231,2,户籍信息查询,公安部门,", after: "1-011,4,", in: "items.csv")
      try $0.replace(",230,", with: ",231,", in: "lists.csv")
    },
    Edit("a new list, of the next city", on: .recorded) {
      try $0.append(
        "jingdezhen-4-2022,景府办发〔2022〕4号,景德镇市人民政府办公室关于印发十七条措施的通知,景德镇市人民政府办公室,2022-03-01",
        to: "notices.csv")
      try $0.append("third,3,jingdezhen-4-2022,附件,景德镇市“一件事一次办”事项清单(2项),2,individual,完成时限,,P1M,,,,,", to: "lists.csv")
      try $0.append(
        "3-001,third,1,individual,新生儿落户,市公安局,2022年12月底,,,,,,,",
        "3-002,third,2,individual,新婚登记,市民政局,2022年12月底,,,,,,,",
        to: "matters.csv")
      try $0.append(
        "3-001,1,出生登记(当年出生),公安部门,", "3-001,2,新生儿医保参保登记,医保部门,", "3-002,1,结婚登记,民政部门,",
        "3-002,2,户口登记项目变更,公安部门,", to: "items.csv")
      let done = Array(repeating: "2022-12-01", count: 7).joined(separator: ",")
      try $0.append("3-001,\(done),,,,,,,", "3-002,\(done),,,,,,,", to: "progress.csv")
    },
    Edit("a portal's versions and local codes, which may be numbers or days") {
      try $0.edit("approvals.csv") { lines in
        for index in lines.indices {
          let cells = ["local_code,version", "0123,2", "3604-1,2023-01-01", "2023-02-01,V1.2"]
          lines[index] += "," + (index < cells.count ? cells[index] : ",")
        }
      }
    },
    Edit("a department renamed, its old name an alias") {
      try $0.replace(",市教育局,,教育部门,,", with: ",市教育体育局,,教育部门,市教育局,", in: "departments.csv")
    },
    Edit("a department given its full name and an alias") {
      try $0.replace(",市民政局,,民政部门,,", with: ",市民政局,九江市民政局,民政部门,民政局;民政,", in: "departments.csv")
    },
    Edit("a department renamed in the register and everywhere") {
      for file in ["departments.csv", "matters.csv"] {
        try $0.replace("市农业农村局", with: "市农业局", in: file)
      }
    },
    Edit("a department's id changed with what refers to it") {
      try $0.replace("sports", with: "sport", in: "departments.csv")
      try $0.replace("sports", with: "sport", in: "approvals.csv")
    },
    Edit("a deadline moved, at the edge of a run") {
      try $0.replace("2023年6月底", with: "2023年12月底", in: "matters.csv", row: "2-019,")
    },
    Edit("a deadline moved to a day") {
      try $0.replace("2023年6月底", with: "2023年5月底", in: "matters.csv", row: "2-013,")
    },
    Edit("the deadlines of the last matters moved") {
      for number in 221...230 {
        try $0.replace("2023年12月底", with: "2024年6月底", in: "matters.csv", row: "2-\(number),")
      }
    },
    Edit("an item added to a matter without any") { try $0.append("2-229,1,排污许可证,生态环境部门,", to: "items.csv") },
    Edit("an item added to a matter") {
      try $0.insert("1-007,4,居住证信息(适用于外来就业人员),公安部门,", after: "1-007,3,", in: "items.csv")
    },
    Edit("a new approval, registered and named") {
      try $0.append("kite-licence,放风筝许可证,放风筝许可,licence,sports", to: "approvals.csv")
      try $0.append("2-229,1,放风筝许可证,体育部门,", to: "items.csv")
    },
    Edit("a new department, registered and named") {
      try $0.append("tea-board,市茶叶局,,茶叶部门,,city-department,jiujiang", to: "departments.csv")
      try $0.append("tea-licence,茶叶经营许可证,,licence,tea-board", to: "approvals.csv")
      try $0.append("2-229,1,茶叶经营许可证,茶叶部门,", to: "items.csv")
    },
    Edit("a second lead") { try $0.replace("市公安局", with: "市公安局、市税务局", in: "matters.csv", row: "1-007,") },
    Edit("a lead by its id") { try $0.replace("市公安局", with: "public-security", in: "matters.csv", row: "1-007,") },
    Edit("a lead by its full name") {
      try $0.replace("市卫健委", with: "市卫生健康委员会", in: "matters.csv", row: "1-001,")
    },
    Edit("a remark") { try $0.replace("2022年12月底,", with: "2022年12月底,已在浔阳区试点", in: "matters.csv", row: "1-001,") },
    Edit("a remark of several lines with commas and quotes") {
      try $0.replace("2022年12月底,", with: "2022年12月底,\"甲,乙\r\n“丙”,\"\"丁\"\"\"", in: "matters.csv", row: "1-001,")
    },
    Edit(
      "progress recorded, complete and in time",
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
    ) { try $0.recordEverything() },
    Edit("a matter begun, not yet due", on: .recorded) {
      try $0.replace(
        "2022-12-31,2022-12-31,2022-12-31,2022-12-31,2022-12-31,2022-12-31,2022-12-31",
        with: "2023-01-03,2023-01-09,,,,,",
        in: "progress.csv", row: "2-012,")
    },
    Edit("a target that is met") {
      try $0.append("more,jiujiang-99-2022,second,individual,10+1,,2022年底前,再上线10+1项", to: "targets.csv")
    },
    Edit("a find and its waiver") {
      try $0.replace("公民婚育", with: "新生儿出生", in: "matters.csv", row: "1-002,")
      try $0.append("duplicate-matter-name,1-002,原文如此。", to: "waivers.csv")
    },
    Edit("waivers of a run in one row") {
      for id in ["2-134", "2-135", "2-136"] { try $0.delete(row: "single-department,\(id),", in: "waivers.csv") }
      try $0.append("single-department,2-134..2-136,原文如此。", to: "waivers.csv")
    },
    Edit("a waiver of an item's find by its matter") {
      try $0.replace("department-conflict,2-029.5", with: "department-conflict,2-029", in: "waivers.csv")
    },
    Edit("a matter struck off and the rest of the list renumbered", ends: ["note due-soon 1-011 matters.csv:12:45"]) {
      try $0.delete(row: "1-001,", in: "matters.csv")
      try $0.delete(rows: "1-001,", in: "items.csv")
      try $0.edit("waivers.csv") { $0.removeAll { $0.contains(",1-001") } }
      try $0.edit("approvals.csv") {
        $0.removeAll { row in
          [
            "birth-medical-certificate,", "birth-registration,", "newborn-medical-insurance-registration,",
            "vaccination-certificate,",
          ].contains { row.hasPrefix($0) }
        }
      }
      for number in 2...11 {
        let (old, new) = (String(format: "1-%03d,", number), String(format: "1-%03d,", number - 1))
        try $0.edit("matters.csv") {
          $0 = $0.map {
            $0.hasPrefix(old) ? $0.replacingFirst("\(old)first,\(number),", with: "\(new)first,\(number - 1),") : $0
          }
        }
        try $0.edit("items.csv") { $0 = $0.map { $0.hasPrefix(old) ? $0.replacingFirst(old, with: new) : $0 } }
        let (was, now) = (String(old.dropLast()), String(new.dropLast()))
        try $0.edit("waivers.csv") { rows in
          rows = rows.map { row in
            [",", "."].reduce(row) { $0.replacingFirst(",\(was)\($1)", with: ",\(now)\($1)") }
          }
        }
      }
      try $0.replace(",11,individual", with: ",10,individual", in: "lists.csv")
    },
  ]

  // MARK: Form

  static let tables = [
    "approvals.csv", "audiences.csv", "departments.csv", "items.csv", "lists.csv", "matters.csv", "notices.csv",
    "progress.csv", "regions.csv", "targets.csv", "waivers.csv",
  ]

  static let form: [Edit] = [
    Edit("CRLF for LF in every table") {
      for table in tables { try $0.write($0.text(table).replacingOccurrences(of: "\n", with: "\r\n"), to: table) }
    },
    Edit("a byte order mark before every table") {
      for table in tables { try $0.write([0xEF, 0xBB, 0xBF] + $0.bytes(table), to: table) }
    },
    Edit("both, as a spreadsheet program saves") {
      for table in tables {
        try $0.write("\u{FEFF}" + $0.text(table).replacingOccurrences(of: "\n", with: "\r\n"), to: table)
      }
    },
    Edit("no line break at the end") {
      for table in tables { try $0.write(String($0.text(table).dropLast()), to: table) }
    },
    Edit("empty lines at the end") { for table in tables { try $0.write($0.text(table) + "\n\n", to: table) } },
    Edit("every cell in quotes") {
      for table in ["matters.csv", "items.csv", "departments.csv"] {
        try $0.edit(table) {
          $0 = $0.map { CatalogFolder.cells($0).map { $0.hasPrefix("\"") ? $0 : "\"\($0)\"" }.joined(separator: ",") }
        }
      }
    },
    Edit("rows sorted backwards") {
      for table in tables { try $0.edit(table) { $0 = [$0[0]] + $0.dropFirst().reversed() } }
    },
    Edit("rows sorted by what they are called") {
      try $0.edit("matters.csv") {
        $0 = [$0[0]] + $0.dropFirst().sorted { CatalogFolder.cells($0)[4] < CatalogFolder.cells($1)[4] }
      }
      try $0.edit("items.csv") {
        $0 = [$0[0]] + $0.dropFirst().sorted { CatalogFolder.cells($0)[2] < CatalogFolder.cells($1)[2] }
      }
      try $0.edit("approvals.csv") { $0 = [$0[0]] + $0.dropFirst().sorted() }
      try $0.edit("departments.csv") { $0 = [$0[0]] + $0.dropFirst().sorted() }
    },
    Edit("columns in another order") {
      for table in tables {
        let count = CatalogFolder.cells(try $0.lines(table)[0]).count
        try $0.reorder(table, (0..<count).reversed())
      }
    },
    Edit("one column moved to the front") {
      try $0.reorder("matters.csv", [4, 0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13])
    },
    Edit("headers in Chinese") {
      try $0.replace(
        "id,list,number,audience,name,lead,deadline,remark,includes,placeholder",
        with: "标识,清单,序号,类型,“一件事一次办”名称,牵头部门,完成时限,备注,包含,空项责任部门", in: "matters.csv")
      try $0.replace("matter,number,name,responsible,shared", with: "事项,次序,关联事项,责任部门,共享", in: "items.csv")
    },
    Edit("empty columns at the end, header and rows") {
      for table in ["matters.csv", "items.csv"] { try $0.edit(table) { $0 = $0.map { $0 + ",," } } }
    },
    Edit("a column added to the table and to its description") {
      try $0.edit("matters.csv") { $0 = $0.enumerated().map { $1 + ($0 == 0 ? ",phone" : ",0792-8581234") } }
      try $0.replace(
        #"            "name": "placeholder","#,
        with: #"            "name": "phone", "title": "联系电话", "type": "string"}, {"name": "placeholder","#,
        in: "datapackage.json")
    },
    Edit("a column for notes, described by its title") {
      try $0.edit("items.csv") { $0 = $0.enumerated().map { $1 + ($0 == 0 ? ",办理备注" : ",已核") } }
      try $0.replace(
        #"            "name": "shared","#,
        with: #"            "name": "note", "title": "办理备注", "type": "string"}, {"name": "shared","#,
        in: "datapackage.json")
    },
    Edit("another title and description of the package") {
      try $0.replace(
        #""name": "onevisit-jiujiang""#, with: #""version": "2.0", "name": "onevisit-jiujiang-2023""#,
        in: "datapackage.json")
    },
    Edit("a table in a file of another name") {
      try $0.write(try $0.text("matters.csv"), to: "事项.csv")
      try $0.delete("matters.csv")
      try $0.replace(#""path": "matters.csv""#, with: #""path": "事项.csv""#, in: "datapackage.json")
    },
    Edit("other files in the folder") {
      try $0.write("# 说明\n", to: "README.md")
      try $0.write("a,b\n1\n", to: "旧表.csv")
      try $0.write("x", to: ".DS_Store")
      try $0.write("x", to: "~$matters.xlsx")
    },
    Edit("no description") { try $0.delete("datapackage.json") },
    Edit("audiences and lists as they are printed") {
      try $0.replace(",individual,", with: ",个人,", in: "matters.csv")
      try $0.replace(",enterprise,", with: ",企业,", in: "matters.csv")
      try $0.replace(",legal-person,", with: ",法人,", in: "matters.csv")
    },
  ]
}

extension String {
  /// With the first of a text replaced, if it is there.
  func replacingFirst(_ old: String, with new: String) -> String {
    guard let range = range(of: old) else { return self }
    return replacingCharacters(in: range, with: new)
  }
}

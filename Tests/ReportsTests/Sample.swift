import AtomicFiles
import Catalog
import Deadlines
import Localization

@testable import Validator

/// A check made by hand, so that the golden files change with the reports alone, never with the rules.
enum Sample {
  static let rules: [Rule] = [
    rule(
      "csv-syntax", .reading, .error, "引号未闭合、多余的引号或空字符", "an unclosed or stray quote, or a NUL",
      triggers: Example(files: ["matters.csv": "id,list,name\n2-001,second,\"灵活就业\n"]),
      passes: Example(files: ["matters.csv": "id,list,name\n2-001,second,\"所谓\"\"灵活\"\"就业\"\n"])),
    rule(
      "text-encoding", .reading, .error, "既不是 UTF-8 也不是 GB18030 的字节", "bytes that are neither UTF-8 nor GB18030",
      triggers: Example(bytes: ["items.csv": Array("matter,name\n2-001,".utf8) + [0xFF, 0x41, 0x0A]]),
      passes: Example(list: "序号,类型\n1,个人\n")),
    rule(
      "duplicate-matter-name", .identity, .warning, "两个“一件事”同名", "two matters of one name",
      triggers: Example(
        matters: ["2-039,second,39,enterprise,我要开食品小作坊", "2-218,second,218,enterprise,我要开食品小作坊"],
        asOf: "2024-02-29"),
      passes: Example(document: "<serviceCatalog version=\"1.0\">\n  <!-- ``` -->\n</serviceCatalog>\n")),
    rule(
      "name-variant", .wording, .note, "名称与登记的不一致 | a*b", "a name that is not the register's own | a*b",
      triggers: Example(items: ["2-001,1,食品经营许可证,市场监管部门"]), passes: Example(items: ["2-001,1,食品经营许可,市场监管部门"])),
    rule(
      "stray-space", .wording, .warning, "名称中有空格", "blanks inside a name",
      triggers: Example(items: ["2-001,1,↓食品 经营许可,市场监管部门"]), passes: Example(items: ["2-001,1,食品经营许可,市场监管部门"])),
  ]

  static func rule(
    _ id: String, _ group: Rule.Group, _ severity: Severity, _ zh: String, _ en: String, triggers: Example,
    passes: Example
  ) -> Rule {
    Rule(
      id: id, group: group, severity: severity, title: LocalizedText(zh: zh, en: en),
      reason: LocalizedText(zh: "办事人会看到错误的内容。", en: "People would be told something wrong."),
      source: LocalizedText(zh: "§二(二)“一件事”", en: "§二(二)"), fix: fix(id), triggers: [triggers], passes: [passes],
      check: .catalog { _ in })
  }

  static func fix(_ id: String) -> LocalizedText {
    LocalizedText(zh: "按规则 \(id) 的说明修改该单元格。", en: "Correct the cell as the rule \(id) describes.")
  }

  static func finding(
    _ rule: String, _ severity: Severity, subject: String, matter: String? = nil, item: String? = nil,
    at location: Location? = nil, zh: String, en: String, related: [Related] = [], waiver: String? = nil
  ) -> Finding {
    Finding(
      rule: rule, severity: severity, subject: subject, matter: matter, item: item, location: location,
      message: LocalizedText(zh: zh, en: en), fix: fix(rule), related: related, waiver: waiver)
  }

  static let row218 = "2-218,second,218,enterprise,我要开食品小作坊,市场监管部门/行政审批部门,2023年12月底,,,"
  static let row39 = "2-039,second,39,enterprise,我要开食品小作坊,市场监管部门/行政审批部门,2022年12月底,,,"

  static let findings: [Finding] = [
    finding(
      "csv-syntax", .error, subject: "matters", at: Location(file: "datapackage.json"), zh: "没有说明 matters 表",
      en: "does not describe the table matters"),
    finding(
      "csv-syntax", .error, subject: "2-010", matter: "2-010",
      at: Location(
        file: "catalog/matters.csv", line: 11, column: 28, length: 400,
        excerpt: "2-010,second,10,individual,\"我要办“退休”,市人社局"),
      zh: "2-010 这里开始的引号没有闭合", en: "the quote that opens here is never closed"),
    finding(
      "duplicate-matter-name", .warning, subject: "2-218", matter: "2-218",
      at: Location(file: "catalog/matters.csv", line: 230, column: 29, length: 8, excerpt: row218),
      zh: "2-218“我要开食品小作坊”与 2-039 同名", en: "2-218 “我要开食品小作坊” has the same name as 2-039",
      related: [
        Related(
          matter: "2-039",
          location: Location(file: "catalog/matters.csv", line: 51, column: 28, length: 8, excerpt: row39)),
        Related(
          matter: "2-040", item: "2-040.1", message: LocalizedText(zh: "名称也相近", en: "is called much the same")),
      ]),
    finding(
      "duplicate-matter-name", .warning, subject: "2-183", matter: "2-183",
      at: Location(
        file: "catalog/matters.csv", line: 195, column: 31, length: 3,
        excerpt: "2-183,second,183,legal-person,甲乙丙"),
      zh: "“甲乙丙”重复", en: "“甲乙丙” is repeated"),
    finding(
      "duplicate-matter-name", .warning, subject: "2-096", matter: "2-096",
      at: Location(file: "catalog/matters.csv", line: 108, column: 2), zh: "同名", en: "the same name",
      waiver: "原文如此,\"照录\" <保留>"),
    finding(
      "stray-space", .warning, subject: "2-001.3", matter: "2-001", item: "2-001.3",
      at: Location(
        file: "catalog/items,v2%:一.csv", line: 4, column: 9, length: 14,
        excerpt: "2-001,3,\t\u{1B}[31m社会\u{3000}保障\u{202E}卡,人社部门"),
      zh: "名称中有不可见字符:\u{1B}[31m社会\u{202E}\n::error::注入",
      en: "hidden characters: \u{1B}[31m100%\u{202E}\n::error::x"),
    finding(
      "name-variant", .note, subject: "food-business-licence",
      at: Location(
        file: "catalog/items,v2%:一.csv", line: 9, column: 121, length: 7,
        excerpt: String(repeating: "很长的一行,", count: 20) + "《排污许可证》" + String(repeating: ",后面还有", count: 40)),
      zh: "写作“食品经营许可证”,登记名称是“食品经营许可”", en: "“食品经营许可证” is registered as “食品经营许可”"),
    finding("name-variant", .note, subject: "2-300", matter: "2-300", zh: "没有位置的结果", en: "a finding without a place"),
    finding(
      "name-variant", .note, subject: "2-301", matter: "2-301", zh: "没有理由的豁免", en: "waived without a reason",
      waiver: ""),
  ]

  static let validation: Validation = {
    var summary = Validation.Summary()
    summary.matters = 241
    summary.items = 410
    summary.errors = 2
    summary.warnings = 3
    summary.notes = 187
    summary.waived = 14
    return Validation(
      catalog: "catalog", day: day, findings: findings, summary: summary,
      counts: [
        Validation.RuleCount(rule: "csv-syntax", severity: .error, open: 2, waived: 0, kept: 2),
        Validation.RuleCount(rule: "duplicate-matter-name", severity: .warning, open: 2, waived: 13, kept: 3),
        Validation.RuleCount(rule: "name-variant", severity: .note, open: 187, waived: 1, kept: 3),
        Validation.RuleCount(rule: "stray-space", severity: .warning, open: 1, waived: 0, kept: 1),
      ],
      isUnreadable: false, timings: Sample.rules.map { ($0.id, 0) })
  }()

  static let day = Day(iso: "2023-01-15") ?? .latest

  /// A check that found these, with nothing left out.
  static func validation(_ findings: [Finding], isUnreadable: Bool = false) -> Validation {
    var summary = Validation.Summary()
    summary.matters = 1
    summary.items = 1
    var counts: [Validation.RuleCount] = []
    for finding in findings {
      if finding.isWaived {
        summary.waived += 1
      } else {
        switch finding.severity {
        case .error: summary.errors += 1
        case .warning: summary.warnings += 1
        case .note: summary.notes += 1
        }
      }
      let position =
        counts.firstIndex { $0.rule == finding.rule }
        ?? {
          counts.append(
            Validation.RuleCount(rule: finding.rule, severity: finding.severity, open: 0, waived: 0, kept: 0))
          return counts.count - 1
        }()
      counts[position].kept += 1
      if finding.isWaived { counts[position].waived += 1 } else { counts[position].open += 1 }
    }
    return Validation(
      catalog: "built-in", day: day, findings: findings, summary: summary, counts: counts, isUnreadable: isUnreadable,
      timings: rules.map { ($0.id, 0) })
  }

  /// A small catalog, all of its tables given.
  static let catalog: Catalog = {
    func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
    return FolderReader.read(
      named: "catalog",
      files: [
        "notices.csv": bytes("id,number,title,issuer,issued\n128,九府办字〔2022〕128号,关于“一件事一次办”的通知,市政府办公室,2022-12-01\n"),
        "lists.csv": bytes(
          """
          id,prefix,notice,annex,title,matters,audiences,deadline_heading,remark_heading,report_window,report_by
          first,1,128,附件1,第一批清单,1,individual,优化提升完成时限,,,2023-01-31
          second,2,128,附件2,第二批清单,3,,推进完成时限,备注,P1M,

          """),
        "departments.csv": bytes(
          """
          id,short,full,general,aliases,kind
          market-regulation,市市场监管局,,市场监管部门,,city-department
          administrative-approval,市行政审批局,,行政审批部门,,city-department
          health,市卫健委,,卫健部门,,city-department

          """),
        "approvals.csv": bytes(
          """
          id,name,aliases,kind,competent
          food-business-licence,食品经营许可,食品经营许可证,licence,market-regulation
          small-food-business-registration,小餐饮小食杂店食品经营登记,,registration,market-regulation
          company-registration,企业设立登记,,registration,market-regulation

          """),
        "matters.csv": bytes(
          """
          id,list,number,audience,name,lead,deadline,remark,includes,placeholder
          1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底,,,
          2-037,second,37,enterprise,我要开饭店,市场监管部门,2022年12月底,以下场景均包含,,
          2-042,second,42,enterprise,我要开熟食店,市场监管部门/行政审批部门,2023年6月底,,2-037,
          2-081,second,81,,没有事项的事,不明部门,尽快,,,人社部门

          """),
        "items.csv": bytes(
          """
          matter,number,name,responsible,shared
          1-001,1,开具出生医学证明,卫健部门,
          2-037,1,企业设立登记,市场监管部门、行政审批部门,yes
          2-037,2,食品经营许可,市场监管部门,
          2-042,1,食品经营许可证/小餐饮小食杂店食品经营登记,市场监管部门,

          """),
        "progress.csv": bytes("matter,plan,guide\n2-042,2022-12-20,2023-01-02\n"),
      ])
  }()
}

import Catalog
import Localization

extension Rule {
  static let looseForm = Rule(
    id: "loose-form", group: .reading, severity: .warning,
    title: LocalizedText(
      zh: "读得懂、但写法不规范的日期、时长、数字、类型",
      en: "a date, period, number or audience that is read, but not in its written form"),
    reason: LocalizedText(
      zh: "2025/2/10、三个月、自然人都只有一个意思，程序照此读取，其他检查照常进行；但按 datapackage.json 读取这张表的其他工具会拒绝，按文字排序、比对也会出错。",
      en:
        "2025/2/10, 三个月 and 自然人 have one meaning only: the value is read and checked as usual. Other tools that go by datapackage.json refuse it, and sorting or comparing the texts goes wrong."
    ),
    source: LocalizedText(
      zh: "§二（五）：“开展政务类数据统一规范梳理和结构化处理”；Table Schema：date、integer、boolean 的写法",
      en: "§二(五): data are uniform and structured (统一规范); Table Schema: the forms of date, integer and boolean"),
    fix: LocalizedText(
      zh: "改成提示的写法。",
      en: "Write it in the form that the message gives."),
    triggers: [
      Example(
        matters: ["2-001,second,1,↓自然人,灵活就业,市人社局,2022年12月底", "2-002,second,↓２,individual,失业,市人社局,2022年12月底"],
        tables: [.progress: ["2-001,↓2022/12/3,↓2022年12月5日,↓2022.12.6,↓20221207,↓２０２２-１２-８"]]),
      Example(
        matters: ["1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底"],
        tables: [.lists: ["first,1,jiujiang-128-2022,附件1,清单(1项),↓１,↓自然人、企业,优化提升完成时限,,↓1个月,↓2023年1月31日,"]]),
      Example(
        matters: ["2-037,second,37,enterprise,我要开饭店,市场监管部门,2022年12月底"],
        items: ["2-037,1,营业执照,市场监管部门,↓TRUE"],
        tables: [.targets: ["t,jiujiang-99-2022,second,individual,↓40项,,2022年底前,原文"]]),
      Example(tables: [
        .departments: ["public-security,市公安局,,公安部门,,city-department,,↓11000000mb1234567q"],
        .approvals: ["x-1,甲许可,,licence,,↓０００１０１ 001000,,,,↓Withdrawn"],
      ]),
    ],
    passes: [
      // The written forms of codes.
      Example(tables: [
        .departments: ["public-security,市公安局,,公安部门,,city-department,,11000000MB1234567Q"],
        .approvals: ["x-1,甲许可,,licence,,000101001000,,x 1,,在用"],
      ]),
      // The words that datapackage.json declares.
      Example(
        matters: ["2-037,second,37,企业,我要开饭店,市场监管部门,2022年12月底"], items: ["2-037,1,营业执照,市场监管部门,是"],
        tables: [
          .progress: ["2-037,2022-12-03"],
          .targets: ["t,jiujiang-99-2022,second,individual,50+1,,2022年底前,原文"],
        ]),
      // What may mean two days is a malformed value.
      Example(
        matters: ["2-037,second,37,企业,我要开饭店,市场监管部门,2022年12月底"], tables: [.progress: ["2-037,3/12/2022"]]),
    ],
    correction: .reported,
    check: .issue(.looseForm) { issue, context in
      guard case .looseForm(_, let normal) = issue.kind else { return }
      context.report(
        context.subject(of: issue), at: issue.position,
        {
          let owner = context.owner(of: issue)
          let column = Phrase.column(issue.position, in: context.catalog)
          let text = issue.text.map { Phrase.quoted($0) } ?? ""
          return LocalizedText(
            zh: "\(owner.zh)\(column.zh)写作“\(text)”，规范写法是“\(normal)”",
            en: "\(owner.en)\(column.en) is written “\(text)”; the normal form is “\(normal)”")
        }(), fix: LocalizedText(zh: "改写为“\(normal)”。", en: "Write “\(normal)”."), corrected: normal)
    })
}

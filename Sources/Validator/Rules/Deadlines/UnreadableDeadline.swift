import Catalog
import Deadlines
import Localization

extension Rule {
  static let unreadableDeadline = Rule(
    id: "unreadable-deadline", group: .deadlines, severity: .error,
    title: LocalizedText(
      zh: "完成时限不能识别",
      en: "a deadline in no known form"),
    reason: LocalizedText(
      zh: "读不出到期日，就无法推算报送期，也无法判断是否逾期。",
      en: "Without a due date there is no report window, and a delay cannot be noticed."),
    source: LocalizedText(
      zh: "§三（三）：“在规定时限节点前1个月内”报送完成情况；附件1“优化提升完成时限”、附件2“推进完成时限”一栏",
      en: "§三(三): reports are due before the set date (规定时限节点前); the deadline columns of both annexes"),
    fix: LocalizedText(
      zh: "写成“2022年12月底”“2023年6月30日前”这样有四位数年份的时限；没有期限的写“常态化工作”“持续推进”。",
      en:
        "Write a deadline with a four-digit year, such as 2022年12月底 or 2023年6月30日前; for one without an end, 常态化工作 or 持续推进."
    ),
    triggers: [
      Example(matters: ["2-012,second,12,individual,社会保险关系转移接续,市人社局,↓2023年16月底"]),
      Example(matters: ["2-012,second,12,individual,社会保险关系转移接续,市人社局,↓6月底前"]),
      Example(matters: ["2-012,second,12,individual,社会保险关系转移接续,市人社局,↓尽早"]),
      // In a document, at the line of its element.
      Example(
        document: """
          <serviceCatalog xmlns="urn:onevisit:service-catalog:1" version="1.0">
            <matters>
              <matter id="2-012" list="second" number="12" audience="individual">
                <name>社会保险关系转移接续</name>
                <lead choice="all"><department>市人社局</department></lead>
                ↓<deadline>尽早</deadline>
              </matter>
            </matters>
          </serviceCatalog>
          """),
    ],
    passes: [
      Example(matters: [
        "2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底前",
        "2-013,second,13,individual,义务教育入学,市教育局,2023 年 6 月底",
        "2-014,second,14,individual,转学,市教育局,每年5月底前",
        "2-015,second,15,individual,农民建房,市农业农村局,持续推进",
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let problems = catalog.names(.deadline).map { name -> Deadline.Problem? in
        let deadline = catalog.deadline(name)
        return deadline.kind == .unreadable ? deadline.problem ?? .unknownForm : nil
      }
      guard problems.contains(where: { $0 != nil }) else { return }
      for matter in catalog.matters {
        guard let problem = problems[matter.deadline.index], !matter.isUnknown(.deadline) else { continue }
        var label: LocalizedText { catalog.label(matter) }
        let text = catalog.text(matter.deadline)
        context.report(
          .matter(matter.index), at: catalog.position(matter, .deadline),
          LocalizedText(
            zh: "\(label.zh)的完成时限“\(text)”不能识别：\(problem.explanation.zh)",
            en: "the deadline “\(text)” of \(label.en) cannot be read: \(problem.explanation.en)"))
      }
    })
}

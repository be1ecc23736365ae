import Catalog
import Localization

extension Rule.Setting {
  /// Of `report-overdue`; `due-soon` ends where it begins.
  static let reminderDays = Rule.Setting(
    "days", default: 7,
    meaning: LocalizedText(
      zh: "报送截止前多少天起提示", en: "how many days before the window closes the rule begins to report"))
}

extension Rule {
  /// Applies to lists with recorded progress. Once the window has closed, `overdue` reports a matter whose row shows it
  /// incomplete, and the missing report with it.
  static let reportOverdue = Rule(
    id: "report-overdue", group: .deadlines, severity: .warning,
    title: LocalizedText(
      zh: "报送期已过或即将结束，实施方案尚无记录",
      en: "a report window that has closed or is closing, without a recorded plan"),
    reason: LocalizedText(
      zh: "报送期结束前不报送实施方案和完成情况，市政务服务管理办公室就无法统筹调度。",
      en: "Without the plan and the status in time, the city's service office cannot coordinate the work."),
    source: LocalizedText(
      zh: "§三（三）：第一批于2023年1月底前报送总结材料；第二批在规定时限节点前1个月内报送具体实施方案及完成情况",
      en:
        "§三(三): the first list reports by the end of January 2023, the second within the month before each due date (规定时限节点前1个月内)"
    ),
    fix: LocalizedText(
      zh: "已报送的，在 progress 表 plan 一栏补记日期；未报送的，请牵头部门尽快报送。提前几天提醒可在 datapackage.json 中用本规则的 days 设定（默认7）。",
      en:
        "Enter the date under `plan` in the progress table if it was sent; otherwise ask the lead to send it. The setting `days` of this rule in datapackage.json is the number of days before the end of the window from which it is reported (default 7)."
    ),
    triggers: [
      // The window has closed for a matter without a row.
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "2-002,second,2,individual,失业,市人社局,↓2022年12月底",
        ],
        tables: [.progress: ["2-001,2022-12-30,2022-12-30,2022-12-30,2022-12-31,2022-12-31,2022-12-31,2022-12-31"]]),
      Example(
        matters: ["2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底"],
        tables: [.progress: ["2-012,↓,2023-05-30,,,,,"]], asOf: "2023-06-23"),
      Example(
        matters: ["1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底"],
        tables: [.progress: ["1-001,↓,2022-12-30,2022-12-30,2022-12-31,2022-12-31,2022-12-31,2022-12-31"]],
        asOf: "2023-02-01"),
    ],
    passes: [
      // Eight days left; a recorded plan; a recurring deadline without a window.
      Example(
        matters: [
          "2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底",
          "2-013,second,13,individual,义务教育入学,市教育局,2023年6月22日前",
          "2-014,second,14,individual,转学,市教育局,每年6月底前",
        ],
        tables: [
          .progress: [
            "2-012,,2023-05-30,,,,,", "2-013,2023-06-10,,,,,,",
          ]
        ], asOf: "2023-06-22"),
      // The list has no recorded progress.
      Example(matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"]),
      // `overdue` reports it.
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.progress: ["2-001,,2022-12-30,,,,,"]]),
    ],
    settings: [.reminderDays],
    dependsOnDay: true,
    check: .catalog { context in
      let catalog = context.catalog
      let record = ProgressRecord(catalog)
      if record.isEmpty { return }
      let day = context.day
      let soon = day.adding(days: context[.reminderDays])
      for matter in catalog.matters {
        guard let list = matter.list, record.isRecorded(list: list),
          let closes = catalog.lists[list].reportBy ?? catalog.due(matter), closes <= soon,
          let window = catalog.reportWindow(of: matter), (window.opens ?? day) <= day
        else { continue }
        let entry = record.entry(ofMatter: matter.index)
        if let entry {
          guard entry.isMissing(.plan) else { continue }
          if closes < day, entry.isMissingAny, record.daysLate(matter, due: catalog.due(matter), on: day) != nil {
            continue
          }
        }
        var label: LocalizedText { catalog.label(matter) }
        let position = entry.map { catalog.progress[$0.row].position(of: .plan) }
        let message =
          switch window.state(on: day) {
          case .closed(let late):
            LocalizedText(
              zh: "\(label.zh)的报送期已于\(window.closes.chinese)结束，过去 \(late) 天，尚无报送记录",
              en: "the report on \(label.en) was due by \(window.closes), \(Phrase.count(late, "day")) ago, "
                + "and none is recorded")
          case .open(0):
            LocalizedText(
              zh: "\(label.zh)的报送期今日（\(window.closes.chinese)）结束，尚无报送记录",
              en: "the report on \(label.en) is due today, \(window.closes), and none is recorded")
          case .open(let left), .notYet(let left):
            LocalizedText(
              zh: "\(label.zh)的报送期\(window.closes.chinese)结束，只剩 \(left) 天，尚无报送记录",
              en: "the report on \(label.en) is due by \(window.closes), in \(Phrase.count(left, "day")), and "
                + "none is recorded")
          }
        context.report(.matter(matter.index), at: position ?? catalog.position(matter, .deadline), message)
      }
    })
}

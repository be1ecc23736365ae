import Catalog
import Deadlines
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
  /// incomplete, and the missing report with it. The report is the one that the list owes: the plan or the summary.
  ///
  /// Where many matters whose report was due on one day have no row, or all of them, recording has not reached them: they are
  /// reported together, as `short-notice` does.
  static let reportOverdue = Rule(
    id: "report-overdue", group: .deadlines, severity: .warning,
    title: LocalizedText(
      zh: "报送期已过或即将结束，应报送的材料尚无记录",
      en: "a report window that has closed or is closing, without a recorded report"),
    reason: LocalizedText(
      zh: "报送期结束前不报送实施方案（第一批为总结材料）和完成情况，市政务服务管理办公室就无法统筹调度。",
      en:
        "Without the plan (of the first list, the summary) and the status in time, the city's service office cannot coordinate the work."
    ),
    source: LocalizedText(
      zh: "§三（三）：第一批“于2023年1月底前报送总结材料”；第二批“在规定时限节点前1个月内将具体实施方案……等完成情况报市政务服务管理办公室”",
      en:
        "§三(三): the first list sends its summary (总结材料) by the end of January 2023, the second its plan (实施方案) within the month before each due date (规定时限节点前1个月内)"
    ),
    fix: LocalizedText(
      zh: "已报送的，在 progress 表 plan 一栏（第一批为 summary）补记日期；未报送的，请牵头部门尽快报送。提前几天提醒可在 datapackage.json 中用本规则的 days 设定（默认7）。",
      en:
        "Enter the date under `plan` in the progress table (of the first list, under `summary`) if it was sent; otherwise ask the lead to send it. The setting `days` of this rule in datapackage.json is the number of days before the end of the window from which it is reported (default 7)."
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
        tables: [.progress: ["1-001,2023-01-10,,,,,,,↓,2022-12-31"]], asOf: "2023-02-01"),
      // The first record is of another day: one finding for those without a row.
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,↓2022年12月底",
          "2-002,second,2,individual,失业,市人社局,2022年12月底",
          "2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底",
        ],
        tables: [.progress: ["2-012,2023-01-10,,,,,,"]]),
      // The first record of its day: one finding for the others.
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,↓2022年12月底",
          "2-002,second,2,individual,失业,市人社局,2022年12月底",
          "2-003,second,3,individual,转学,市教育局,2022年12月底",
          "2-004,second,4,individual,入学,市教育局,2022年12月底",
          "2-005,second,5,individual,退休,市人社局,2022年12月底",
        ],
        tables: [.progress: ["2-005,2022-12-30,2022-12-30,2022-12-30,2022-12-31,2022-12-31,2022-12-31,2022-12-31"]]),
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
      // The first list owes a summary, and no plan.
      Example(
        matters: ["1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底"],
        tables: [.progress: ["1-001,,,,,,,,2023-01-12,2022-12-31"]], asOf: "2023-02-01"),
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
      var unrecorded = UnrecordedReports(catalog, record)
      for matter in catalog.matters where !matter.isWithdrawn {
        guard let list = matter.list, record.isRecorded(list: list), let report = record.owed(list: list).reports.first,
          let closes = catalog.lists[list].reportBy ?? catalog.due(matter), closes <= soon,
          let window = catalog.reportWindow(of: matter), (window.opens ?? day) <= day
        else { continue }
        guard let entry = record.entry(ofMatter: matter.index) else {
          unrecorded.add(matter, UnrecordedReports.Key(list: list, day: closes))
          continue
        }
        guard !entry.missingReports.isEmpty else { continue }
        if closes < day, entry.isMissingAny, record.daysLate(matter, due: catalog.due(matter), on: day) != nil {
          continue
        }
        let position = catalog.progress[entry.row].position(of: entry.missingReports.first ?? report)
        context.report(.matter(matter.index), at: position, message(matter, window, on: day, in: catalog))
      }
      unrecorded.report(context) { matter in
        catalog.reportWindow(of: matter).map { message(matter, $0, on: day, in: catalog) }
      }
    })

  private static func message(_ matter: Matter, _ window: ReportWindow, on day: Day, in catalog: Catalog)
    -> LocalizedText
  {
    let label = catalog.label(matter)
    switch window.state(on: day) {
    case .closed(let late):
      return LocalizedText(
        zh: "\(label.zh)的报送期已于\(window.closes.chinese)结束，过去 \(late) 天，尚无报送记录",
        en:
          "the report on \(label.en) was due by \(window.closes), \(Phrase.count(late, "day")) ago, and none is recorded"
      )
    case .open(0):
      return LocalizedText(
        zh: "\(label.zh)的报送期今日（\(window.closes.chinese)）结束，尚无报送记录",
        en: "the report on \(label.en) is due today, \(window.closes), and none is recorded")
    case .open(let left), .notYet(let left):
      return LocalizedText(
        zh: "\(label.zh)的报送期\(window.closes.chinese)结束，只剩 \(left) 天，尚无报送记录",
        en:
          "the report on \(label.en) is due by \(window.closes), in \(Phrase.count(left, "day")), and none is recorded")
    }
  }
}

/// Reports on matters of which the progress table has no row, by the day on which they were due.
private struct UnrecordedReports {
  struct Key: Hashable, Comparable {
    var list: Int
    var day: Day

    static func < (a: Key, b: Key) -> Bool { (a.list, a.day) < (b.list, b.day) }
  }

  /// Up to this number of matters, beside others of their day that have a row, are named each by itself.
  private static let fewest = 3

  private struct Group {
    var count = 0
    var first: [Matter] = []
  }

  /// The days of which the table has a row.
  private var recorded: Set<Key> = []
  private var groups: [Key: Group] = [:]

  init(_ catalog: Catalog, _ record: ProgressRecord) {
    var last: Key?
    for (index, _) in record.entries {
      let matter = catalog.matters[index]
      guard let list = matter.list, let day = catalog.lists[list].reportBy ?? catalog.due(matter) else { continue }
      let key = Key(list: list, day: day)
      // Neighbours have the same day as a rule.
      if key != last { recorded.insert(key) }
      last = key
    }
  }

  mutating func add(_ matter: Matter, _ key: Key) {
    groups[key, default: Group()].count += 1
    if groups[key, default: Group()].first.count < UnrecordedReports.fewest { groups[key]?.first.append(matter) }
  }

  func report(_ context: RuleContext, message: (Matter) -> LocalizedText?) {
    let catalog = context.catalog
    for (key, group) in groups.sorted(by: { $0.key < $1.key }) {
      if recorded.contains(key), group.count <= UnrecordedReports.fewest {
        for matter in group.first {
          guard let message = message(matter) else { continue }
          context.report(.matter(matter.index), at: catalog.position(matter, .deadline), message)
        }
        continue
      }
      guard let first = group.first.first else { continue }
      let list = catalog.lists[key.list].id
      let id = catalog.id(first)
      let isOne = group.count == 1
      let left = context.day.days(until: key.day)
      let whenZh = left < 0 ? "已于\(key.day.chinese)结束，过去 \(-left) 天" : "\(key.day.chinese)结束，只剩 \(left) 天"
      let whenEn = left < 0 ? "\(Phrase.count(-left, "day")) ago" : "in \(Phrase.count(left, "day"))"
      let verb = left < 0 ? (isOne ? "was" : "were") : isOne ? "is" : "are"
      context.report(
        .list(key.list), at: catalog.position(first, .deadline),
        LocalizedText(
          zh: "清单 \(list) 有 \(group.count) 项（\(isOne ? "" : "首项 ")\(id)）的报送期\(whenZh)，在 progress 表中还没有记录",
          en: "\(Phrase.count(group.count, "report")) of the list \(list) (\(isOne ? "on" : "the first is on") \(id)) "
            + "\(verb) due by \(key.day), \(whenEn), and the progress table has no row of \(isOne ? "it" : "them")"))
    }
  }
}

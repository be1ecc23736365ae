import Catalog
import Deadlines
import Localization

extension Rule {
  /// Applies to lists without recorded progress too: it announces a date and reports no delay. In a list with recorded
  /// progress, `report-overdue` reports the last days. A window without a first day counts as open for its last month.
  static let dueSoon = Rule(
    id: "due-soon", group: .deadlines, severity: .note,
    title: LocalizedText(
      zh: "正在报送期内，尚未报送",
      en: "the report window is open and no report is recorded"),
    reason: LocalizedText(
      zh: "报送期只有一个月，提醒牵头部门及时安排。",
      en: "The window is one month long: the lead should know that it is open."),
    source: LocalizedText(
      zh: "§三（三）：第一批“于2023年1月底前报送总结材料”；第二批“在规定时限节点前1个月内将具体实施方案……等完成情况报市政务服务管理办公室”",
      en:
        "§三(三): the first list sends its summary (总结材料) by the end of January 2023, the second its plan (实施方案) within the month before each due date (规定时限节点前1个月内)"
    ),
    fix: LocalizedText(
      zh: "在报送期内报送实施方案和完成情况，并在 progress 表 plan 一栏记下日期；第一批报送总结材料，记在 summary 一栏。",
      en:
        "Send the plan and the status within the window, and enter the date under `plan` in the progress table; of the first list, send the summary and enter it under `summary`."
    ),
    triggers: [
      Example(
        matters: ["2-012,second,12,individual,社会保险关系转移接续,市人社局,↓2023年6月底"], asOf: "2023-05-30"),
      Example(matters: ["1-001,first,1,individual,新生儿出生,市卫健委,↓2022年12月底"]),
      // A plan is not the report that the first list owes.
      Example(
        matters: ["1-001,first,1,individual,新生儿出生,市卫健委,↓2022年12月底"],
        tables: [.progress: ["1-001,2023-01-10,,,,,,,,2022-12-31"]]),
    ],
    passes: [
      Example(
        matters: ["2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底"], asOf: "2023-05-29"),
      Example(
        matters: ["2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底"],
        tables: [.progress: ["2-012,2023-06-01,,,,,,"]], asOf: "2023-06-02"),
      Example(
        matters: ["1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底"],
        tables: [.progress: ["1-001,,,,,,,,2023-01-12,2022-12-31"]]),
      // The window has closed; and its last days in a list with recorded progress.
      Example(matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"]),
      Example(
        matters: ["2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底"],
        tables: [.progress: ["2-012,,2023-05-30,,,,,"]], asOf: "2023-06-25"),
    ],
    dependsOnDay: true,
    check: .catalog { context in
      let catalog = context.catalog
      let record = ProgressRecord(catalog)
      let day = context.day
      // From here on `report-overdue` reports.
      let reminder = day.adding(days: context.value(of: .reminderDays, in: .reportOverdue))
      /// The last day of the window of a matter that is due on a day, if the window is open.
      func openWindow(list: Int, due: Day?) -> (window: ReportWindow, closes: Day)? {
        guard !record.owed(list: list).reports.isEmpty,
          let closes = catalog.lists[list].reportBy ?? due, closes >= day,
          let window = catalog.reportWindow(in: catalog.lists[list], due: due),
          (window.opens ?? window.closes.adding(months: -1)) <= day
        else { return nil }
        return (window, closes)
      }
      // On most days no window is open.
      let mayBeOpen =
        context.survey.dueDays.entries.contains { openWindow(list: $0.list, due: $0.day) != nil }
        || catalog.lists.indices.contains { catalog.lists[$0].reportBy != nil && openWindow(list: $0, due: nil) != nil }
      guard mayBeOpen else { return }
      for matter in catalog.matters where !matter.isWithdrawn {
        guard let list = matter.list, let (window, closes) = openWindow(list: list, due: catalog.due(matter))
        else { continue }
        if record.isRecorded(list: list), closes <= reminder { continue }
        if let entry = record.entry(ofMatter: matter.index), entry.missingReports.isEmpty { continue }
        if catalog.isListDoubtful(matter) { continue }
        var label: LocalizedText { catalog.label(matter) }
        let left = day.days(until: closes)
        // A column that is missing is reported by itself.
        let lead =
          matter.lead.isEmpty
          ? LocalizedText(zh: "牵头部门", en: "the lead department")
          : LocalizedText(zh: catalog.text(matter.lead), en: catalog.text(matter.lead))
        context.report(
          .matter(matter.index), at: catalog.position(matter, .deadline),
          LocalizedText(
            zh: "\(label.zh)正在报送期内，请\(lead.zh)最迟\(closes.chinese)报送（\(left == 0 ? "今日截止" : "还有 \(left) 天")）",
            en: "the report on \(label.en) can be sent now by \(lead.en), until \(closes) "
              + "(\(left == 0 ? "today is the last day" : "\(Phrase.count(left, "day")) left"))"))
      }
    })
}

import Catalog
import Deadlines
import Localization

extension Rule {
  /// A note, because a guide or a counter may have been in use before the notice asked for it.
  ///
  /// What was done inside the report window is in time, though the window of the first due dates opened before the notice was
  /// issued. A list that does not owe being online (the first) has been online before, and has no first day.
  static let recordedBeforeNotice = Rule(
    id: "recorded-before-notice", group: .deadlines, severity: .note,
    title: LocalizedText(
      zh: "记录的日期早于文件印发和报送期",
      en: "a recorded date before the notice and the report window"),
    reason: LocalizedText(
      zh: "记录的应是按文件完成的日期；早于文件印发和报送期开始的，可能是此前已在用，也可能是年份录错，请核对。",
      en:
        "What is recorded should have been done under the notice. An earlier date is of something that was in use before, or its year is wrong."
    ),
    source: LocalizedText(
      zh:
        "§三（三）：“在规定时限节点前1个月内将具体实施方案……等完成情况报市政务服务管理办公室”（文件2022年12月30日印发，2022年12月底到期的，报送期从2022年11月30日开始）；附件1注：“已于2022年上半年在全市铺开落地实施”",
      en:
        "§三(三): the leads report what is done (完成情况) within the month before the due date (规定时限节点前1个月内); the notice was issued on 2022-12-30, and the window of what is due on 2022-12-31 opened on 2022-11-30; note to annex 1: the first list has been in use since the first half of 2022 (已于2022年上半年在全市铺开落地实施)"
    ),
    fix: LocalizedText(
      zh: "年份录错的改正；此前已在用的，可记按文件要求确认或优化完成的日期，或登记豁免并说明理由。",
      en:
        "Correct the year if it is wrong; for what was in use before, enter the day on which it was confirmed or improved under the notice, or add a waiver with a reason."
    ),
    triggers: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.progress: ["2-001,2022-12-30,↓2022-01-05,2022-12-30,2022-12-31,2022-12-31,2022-12-31,2022-12-31"]]),
      // Its window opens after the notice: the notice is the first day.
      Example(
        matters: ["2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底"],
        tables: [.progress: ["2-012,↓2022-12-29,,,,,,"]]),
      // The day before the window opens.
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.progress: ["2-001,↓2022-11-29,,,,,,"]]),
    ],
    passes: [
      // Before the notice, inside the window, which opened on 2022-11-30.
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.progress: ["2-001,2022-12-10,2022-11-30,,,,,"]]),
      // After the notice, before the window opens.
      Example(
        matters: ["2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底"],
        tables: [.progress: ["2-012,2023-01-10,2022-12-30,,,,,"]]),
      // The first list was online in the first half of 2022, and improved before the notice.
      Example(
        matters: ["1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底"],
        tables: [.progress: ["1-001,,,,,,2022-05-10,2022-05-10,2023-01-12,2022-12-20"]]),
      // In the future, though the check is for a day before the notice: `recorded-out-of-order` reports it.
      Example(
        matters: ["2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底"],
        tables: [.progress: ["2-012,2022-12-29,,,,,,"]], asOf: "2022-12-28"),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let day = context.day
      let issuedOf = catalog.lists.map { catalog.issued($0) }
      for (index, row) in catalog.progress.enumerated() {
        guard let matter = row.matterIndex.map({ catalog.matters[$0] }), let listIndex = matter.list,
          let issued = issuedOf[listIndex]
        else { continue }
        // Most rows end here.
        if row.dates.allSatisfy({ $0.map { $0 >= issued } ?? true }) { continue }
        let list = catalog.lists[listIndex]
        guard let notice = list.noticeIndex, let start = catalog.recordStart(of: matter, in: list, issued: issued)
        else { continue }
        let earlier = row.dated { $0 < start && $0 <= day }
        guard let first = earlier.first else { continue }
        let label = catalog.label(matter)
        let what = Phrase.dated(earlier)
        context.report(
          .progress(index), at: row.position(of: first.0),
          related: [(.notice(notice), catalog.notices[notice].position(of: \.issued))],
          start == issued
            ? LocalizedText(
              zh: "\(label.zh)记录的日期早于文件印发日期\(issued.chinese)：\(what.zh)",
              en: "\(label.en) has recorded dates before its notice was issued on \(issued): \(what.en)")
            : LocalizedText(
              zh: "\(label.zh)记录的日期早于报送期开始的\(start.chinese)：\(what.zh)",
              en: "\(label.en) has recorded dates before its report window opened on \(start): \(what.en)"))
      }
    })
}

extension Catalog {
  /// The first day on which something can have been done for a matter under the notice: the day the notice was issued, or the
  /// first day of the report window if that is earlier. Nil for a list whose matters were online before.
  fileprivate func recordStart(of matter: Matter, in list: MatterList, issued: Day) -> Day? {
    guard !list.owed.platforms.isEmpty else { return nil }
    return reportWindow(of: matter)?.opens.map { min($0, issued) } ?? issued
  }
}

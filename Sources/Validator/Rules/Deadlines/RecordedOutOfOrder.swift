import Catalog
import Deadlines
import Localization

extension Rule {
  /// The order among the deliverables is not checked: the notice sets none, and a guide may be revised after the portal
  /// went online. `recorded-before-notice` reports early dates.
  static let recordedOutOfOrder = Rule(
    id: "recorded-out-of-order", group: .deadlines, severity: .error,
    title: LocalizedText(
      zh: "记录的日期晚于检查日期",
      en: "a recorded date in the future"),
    reason: LocalizedText(
      zh: "记录的是已经完成的日期，不可能在将来；多半是年份录错或提前填报。",
      en:
        "What is recorded has been done, so it cannot be in the future: the year is probably wrong, or the date was entered in advance."
    ),
    source: LocalizedText(
      zh: "§三（三）：“将具体实施方案……等完成情况报市政务服务管理办公室”",
      en: "§三(三): the leads report what is done (完成情况)"),
    fix: LocalizedText(
      zh: "改正日期；尚未完成的留空。", en: "Correct the date; leave unfinished work empty."),
    triggers: [
      Example(
        matters: ["2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底"],
        tables: [.progress: ["2-012,↓2023-01-16,,,,,,"]]),
      Example(
        matters: ["1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底"],
        tables: [.progress: ["1-001,,,,,,2022-05-10,2022-05-10,↓2023-01-16,2022-12-20"]]),
    ],
    passes: [
      // The date of the notice and the date of the check are both valid.
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.progress: ["2-001,2022-12-30,2022-12-30,2022-12-30,2022-12-31,2023-01-15,2023-01-15,2023-01-15"]]),
      // Before the notice: `recorded-before-notice` reports it.
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.progress: ["2-001,,2022-01-05,,,,,"]]),
    ],
    dependsOnDay: true,
    check: .catalog { context in
      let catalog = context.catalog
      let day = context.day
      for (index, row) in catalog.progress.enumerated() {
        let later = row.dated { $0 > day }
        guard let first = later.first else { continue }
        // `unknown-matter` reports a row of an unknown matter; its dates can be in the future all the same.
        let matter = row.matterIndex.map { catalog.matters[$0] }
        let label = matter.map(catalog.label) ?? LocalizedText(zh: row.matter, en: row.matter)
        let what = Phrase.dated(later)
        context.report(
          .progress(index), at: row.position(of: first.0),
          LocalizedText(
            zh: "\(label.zh)记录的日期晚于检查日期\(day.chinese)：\(what.zh)",
            en: "\(label.en) has recorded dates after the date of the check, \(day): \(what.en)"))
      }
    })
}

extension Progress {
  /// The recorded days that fulfil a condition, with what was done on them.
  func dated(_ condition: (Day) -> Bool) -> [(Deliverable, Day)] {
    // Most rows end here.
    guard dates.contains(where: { $0.map(condition) ?? false }) else { return [] }
    return Deliverable.allCases.compactMap { deliverable in
      guard let date = self[deliverable], condition(date) else { return nil }
      return (deliverable, date)
    }
  }
}

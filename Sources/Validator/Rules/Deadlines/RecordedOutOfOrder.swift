import Catalog
import Localization

extension Rule {
  /// The order among the deliverables is not checked: the notice sets none, and a guide may be revised after the portal
  /// went online.
  static let recordedOutOfOrder = Rule(
    id: "recorded-out-of-order", group: .deadlines, severity: .error,
    title: LocalizedText(
      zh: "记录的日期早于文件印发，或晚于检查日期",
      en: "a recorded date before the notice or in the future"),
    reason: LocalizedText(
      zh: "记录的是按文件完成的日期，不可能早于文件，也不可能在将来；多半是年份录错或提前填报。",
      en:
        "What is recorded was done under the notice, so it cannot be before the notice or in the future: the year is probably wrong, or the date was entered in advance."
    ),
    source: LocalizedText(
      zh: "§三（三）：将具体实施方案及完成情况报市政务服务管理办公室；文件2022年12月30日印发",
      en: "§三(三): the leads report what is done (完成情况); the notice was issued on 2022-12-30"),
    fix: LocalizedText(
      zh: "改正日期；尚未完成的留空；文件印发前已在用的，记按文件要求确认或优化完成的日期。",
      en:
        "Correct the date; leave unfinished work empty; for what was in use before the notice, enter the day on which it was confirmed or improved under the notice."
    ),
    triggers: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.progress: ["2-001,2022-12-30,↓2022-01-05,2022-12-30,2022-12-31,2022-12-31,2022-12-31,2022-12-31"]]),
      Example(
        matters: ["2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底"],
        tables: [.progress: ["2-012,↓2023-01-16,,,,,,"]]),
    ],
    passes: [
      // The date of the notice and the date of the check are both valid.
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.progress: ["2-001,2022-12-30,2022-12-30,2022-12-30,2022-12-31,2023-01-15,2023-01-15,2023-01-15"]])
    ],
    dependsOnDay: true,
    check: .catalog { context in
      let catalog = context.catalog
      let day = context.day
      let issuedOf = catalog.lists.map { catalog.issued($0) }
      for (index, row) in catalog.progress.enumerated() {
        let listIndex = row.matterIndex.flatMap { catalog.matters[$0].list }
        let issued = listIndex.flatMap { issuedOf[$0] }
        // Most rows end here.
        let isInOrder = row.dates.allSatisfy { date in
          guard let date else { return true }
          return date <= day && date >= issued ?? date
        }
        if isInOrder { continue }
        let matter = row.matterIndex.map { catalog.matters[$0] }
        let list = listIndex.map { catalog.lists[$0] }
        let dated = Progress.Deliverable.allCases.compactMap { deliverable in
          row[deliverable].map { (deliverable: deliverable, date: $0) }
        }
        // `unknown-matter` reports a row of an unknown matter; its dates can be in the future all the same.
        let label = matter.map(catalog.label) ?? LocalizedText(zh: row.matter, en: row.matter)
        // If the date of the check is before the notice, a date can be both: it is then reported as in the future.
        let later = dated.filter { $0.date > day }
        if let first = later.first {
          let what = Phrase.dated(later.map { ($0.deliverable, $0.date) })
          context.report(
            .progress(index), at: row.position(of: first.deliverable),
            LocalizedText(
              zh: "\(label.zh)记录的日期晚于检查日期\(day.chinese)：\(what.zh)",
              en: "\(label.en) has recorded dates after the date of the check, \(day): \(what.en)"))
        }
        guard let issued, let noticeIndex = list?.noticeIndex else { continue }
        let earlier = dated.filter { $0.date < issued && $0.date <= day }
        if let first = earlier.first {
          let what = Phrase.dated(earlier.map { ($0.deliverable, $0.date) })
          context.report(
            .progress(index), at: row.position(of: first.deliverable),
            related: [(.notice(noticeIndex), catalog.notices[noticeIndex].position(of: \.issued))],
            LocalizedText(
              zh: "\(label.zh)记录的日期早于文件印发日期\(issued.chinese)：\(what.zh)",
              en: "\(label.en) has recorded dates before its notice was issued on \(issued): \(what.en)"))
        }
      }
    })
}

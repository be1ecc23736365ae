import Catalog
import Localization

extension Rule {
  /// If more than half of the matters of a list (five or more) are due before its notice, the date of the notice is probably wrong; it is
  /// reported once.
  static let deadlineBeforeNotice = Rule(
    id: "deadline-before-notice", group: .deadlines, severity: .error,
    title: LocalizedText(
      zh: "完成时限早于文件印发日期",
      en: "a deadline before the notice was issued"),
    reason: LocalizedText(
      zh: "文件不可能要求在印发之前完成，不是时限的年月有误，就是印发日期有误。",
      en: "A notice cannot set a deadline before its own date: the deadline or the date of issue is wrong."),
    source: LocalizedText(
      zh: "§三（三）：“在规定时限节点前1个月内将具体实施方案……报市政务服务管理办公室”；文件印发日期为2022年12月30日",
      en: "§三(三): reports are due before the set date (规定时限节点前); the notice was issued on 2022-12-30"),
    fix: LocalizedText(
      zh: "对照原文核对完成时限的年、月，以及 notices 表中的成文日期。",
      en: "Compare with the notice: the year and month of the deadline, and the date of issue in the notices table."),
    triggers: [
      Example(matters: ["2-001,second,1,individual,灵活就业,市人社局,↓2021年12月底"]),
      Example(
        matters: (1...5).map { "2-00\($0),second,\($0),individual,事项\($0),市人社局,2023年6月底" },
        tables: [
          .notices: ["jiujiang-128-2022,九府办字〔2032〕128号,工作方案,九江市人民政府办公室,↓2032-12-30"]
        ]),
    ],
    passes: [
      // Due the day after the notice, and on the day itself.
      Example(matters: [
        "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
        "2-002,second,2,individual,失业,市人社局,2022年12月30日前",
        "2-003,second,3,individual,城乡居民基本养老保险补缴,市人社局,每年5月底前",
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let issued = catalog.lists.map { catalog.issued($0)?.number ?? Int32.min }
      let due = catalog.names(.deadline).map { catalog.deadline($0).due?.number ?? Int32.max }
      let matters = catalog.matters
      var early = [Int](repeating: 0, count: issued.count)
      var dated = [Int](repeating: 0, count: issued.count)
      for entry in context.survey.dueDays.entries {
        dated[entry.list] += entry.count
        if entry.day.number < issued[entry.list] { early[entry.list] += entry.count }
      }
      guard early.contains(where: { $0 > 0 }) else { return }

      // `notice-year` reports a date that the number of the notice contradicts.
      let isDoubtful = catalog.lists.map { list in
        list.noticeIndex.map { catalog.notices[$0] }.map { notice in
          notice.yearOfNumber.map { $0 != notice.issued?.year } ?? false
        } ?? false
      }
      let isWhole = catalog.lists.indices.map {
        isDoubtful[$0] || early[$0] >= 5 && early[$0] * 2 > dated[$0]
      }
      var reported: Set<Int> = []
      for (index, list) in catalog.lists.enumerated() where isWhole[index] {
        guard let noticeIndex = list.noticeIndex, let day = catalog.notices[noticeIndex].issued else { continue }
        let notice = catalog.notices[noticeIndex]
        // Of several lists of one notice, one is enough.
        if isDoubtful[index] || !reported.insert(noticeIndex).inserted { continue }
        context.report(
          .list(index), at: notice.position(of: \.issued),
          LocalizedText(
            zh: "清单 \(list.id) 有 \(early[index]) 项（共 \(dated[index]) 项）完成时限早于文件 \(notice.number) 的成文日期\(day.chinese)",
            en: "\(early[index]) of \(dated[index]) due dates of the list \(list.id) are before the date of its notice "
              + "\(notice.number), \(day)"),
          fix: LocalizedText(
            zh: "核对 notices 表中的成文日期；若无误，再核对清单所附的文件。",
            en: "Check the date of issue in the notices table; if it is right, check which notice the list belongs to.")
        )
      }
      for matter in matters where !matter.isWithdrawn {
        guard let list = matter.list, due[matter.deadline.index] < issued[list], !isWhole[list],
          let day = catalog.due(matter), let issue = catalog.issued(catalog.lists[list])
        else { continue }
        var label: LocalizedText { catalog.label(matter) }
        let text = catalog.text(matter.deadline)
        context.report(
          .matter(matter.index), at: catalog.position(matter, .deadline),
          LocalizedText(
            zh: "\(label.zh)的完成时限“\(text)”（\(day.chinese)）早于文件印发日期\(issue.chinese)",
            en: "\(label.en) is due “\(text)” (\(day)), before its notice was issued on \(issue)"))
      }
    })
}

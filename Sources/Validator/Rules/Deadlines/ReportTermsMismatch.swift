import Catalog
import Deadlines
import Localization

extension Rule {
  /// What the note below a list's table says about reports, compared with the columns that reports are checked by.
  static let reportTermsMismatch = Rule(
    id: "report-terms-mismatch", group: .deadlines, severity: .warning,
    title: LocalizedText(zh: "报送要求与清单的注不符", en: "report terms other than in the note of the list"),
    reason: LocalizedText(
      zh: "报送的期限按 report_window 或 report_by 计算；与注不符，或两栏都空，该报未报的就算错、查不出来。",
      en:
        "Reports are judged by `report_window` or `report_by`: if these differ from the note, or are empty, reports that are owed are judged wrongly or not at all."
    ),
    source: LocalizedText(
      zh: "附件1注：“并于2023年1月底前报送总结材料”；附件2注：“市级牵头部门应于时间节点前1个月内”",
      en:
        "the notes below the annexes: by the end of January 2023 (于2023年1月底前报送总结材料), within a month before the due date (时间节点前1个月内)"
    ),
    fix: LocalizedText(
      zh: "对照附件的注改正 report_window（如 P1M）、report_by（如 2023-01-31）、deliverables 或注。",
      en:
        "Compare with the note below the annex, and correct `report_window` (such as P1M), `report_by`, `deliverables` or `note`."
    ),
    triggers: [
      Example(tables: [
        .lists: [
          "first,1,jiujiang-128-2022,附件1,第一批清单,11,individual,,,,↓,summary,注:请于2023年1月底前报送总结材料。,",
          "second,2,jiujiang-128-2022,附件2,第二批清单,230,individual;enterprise,,,↓P2M,,,注:市级牵头部门应于时间节点前1个月内将完成情况报市政务服务管理办公室。,",
        ]
      ]),
      Example(tables: [
        .lists: [
          "first,1,jiujiang-128-2022,附件1,第一批清单,11,individual,,,,2023-01-31,↓plan;guide,注:请于2023年1月底前报送总结材料。,"
        ]
      ]),
    ],
    passes: [
      Example(tables: [
        .lists: [
          "first,1,jiujiang-128-2022,附件1,第一批清单,11,individual,,,,2023-01-31,summary,注:请于2023年1月底前报送总结材料。,",
          "second,2,jiujiang-128-2022,附件2,第二批清单,230,individual;enterprise,,,P1M,,,注:市级牵头部门应于时间节点前1个月内将完成情况报市政务服务管理办公室。,",
          "third,3,jiujiang-128-2022,附件3,第三批清单,1,individual,,,,,,注:请按时报送。,",
        ]
      ])
    ],
    check: .catalog { context in
      for (index, list) in context.catalog.lists.enumerated() where !list.note.isEmpty {
        if let day = list.reportDayOfNote, list.reportBy != day, !list.isUnreadable(\.reportBy) {
          context.report(
            .list(index), at: list.position(of: \.reportBy),
            LocalizedText(
              zh: "清单 \(list.id) 的注要求\(day.chinese)前报送，报送日期"
                + (list.reportBy.map { "却是\($0.chinese)" } ?? "一栏却是空的"),
              en: "the note of the list \(list.id) asks for reports by \(day), but `report_by` "
                + (list.reportBy.map { "is \($0)" } ?? "is empty")))
        }
        if list.note.containsWord("报送总结"), !list.deliverables.contains(.summary), !list.isUnreadable(\.deliverables) {
          context.report(
            .list(index), at: list.position(of: \.deliverables),
            LocalizedText(
              zh: "清单 \(list.id) 的注要求报送总结材料，应完成项一栏却没有总结材料（summary）",
              en: "the note of the list \(list.id) asks for a summary, but `deliverables` does not have `summary`"))
        }
        if let months = list.reportMonthsOfNote, list.reportMonths != months, !list.isUnreadable(\.reportMonths) {
          context.report(
            .list(index), at: list.position(of: \.reportMonths),
            LocalizedText(
              zh: "清单 \(list.id) 的注要求时间节点前 \(months) 个月内报送，报送期"
                + (list.reportMonths.map { "却是 P\($0)M" } ?? "一栏却是空的"),
              en:
                "the note of the list \(list.id) asks for reports within \(Phrase.count(months, "month")) before the due "
                + "date, but `report_window` " + (list.reportMonths.map { "is P\($0)M" } ?? "is empty")))
        }
      }
    })
}

extension MatterList {
  /// Whether the cell could not be read, which `malformed-value` reports.
  fileprivate func isUnreadable(_ path: PartialKeyPath<MatterList>) -> Bool {
    position(of: path).column.map(unreadable.contains) ?? false
  }

  /// The day of 于2023年1月底前报送.
  fileprivate var reportDayOfNote: Day? {
    guard let end = note.firstRange(ofWord: "前报送") ?? note.firstRange(ofWord: "前报"), note.containsWord("报送") else {
      return nil
    }
    // The text of the deadline: 2023年1月底.
    let before = note[..<end.lowerBound]
    guard let start = before.lastIndex(of: "于") else { return nil }
    return Deadline(printed: String(before[before.index(after: start)...])).due
  }

  /// The months of 时间节点前1个月内.
  fileprivate var reportMonthsOfNote: Int? {
    guard let end = note.firstRange(ofWord: "个月内"), note[end.upperBound...].containsWord("报") else { return nil }
    let before = note[..<end.lowerBound]
    guard let start = before.lastIndex(of: "前") else { return nil }
    return Int(before[before.index(after: start)...])
  }
}

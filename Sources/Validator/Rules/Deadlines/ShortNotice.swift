import Catalog
import Deadlines
import Localization

extension Rule {
  /// Reported once for each list and due date, because the cause is the date of the notice and not a matter. A list with
  /// one fixed reporting day has no window that opens.
  static let shortNotice = Rule(
    id: "short-notice", group: .deadlines, severity: .note,
    title: LocalizedText(zh: "报送期在文件印发之前已经开始", en: "a report window that opened before the notice was issued"),
    reason: LocalizedText(
      zh: "牵头部门收到文件时，报送的一个月已过去一部分，可用时间比文件规定的短。",
      en:
        "When the leads received the notice, part of the month for the report had passed: they have less time than the notice grants."
    ),
    source: LocalizedText(
      zh: "§三（三）：市级牵头部门“在规定时限节点前1个月内”报送；文件2022年12月30日印发，2022年12月底到期的事项报送期自11月30日起",
      en:
        "§三(三): the report is sent within the month before the due date (规定时限节点前1个月内); the notice was issued on 2022-12-30, and the window for what is due at the end of 2022 opened on 11-30"
    ),
    fix: LocalizedText(
      zh: "先安排这些事项；确有困难的，商请顺延报送。核对无误的，可登记豁免并说明理由。",
      en:
        "Start with these matters, or ask for more time to report. If the dates are right, add a waiver with a reason."),
    triggers: [
      Example(matters: [
        "2-001,second,1,individual,灵活就业,市人社局,↓2022年12月底",
        "2-002,second,2,individual,失业,市人社局,2022年12月底",
      ]),
      Example(matters: ["2-001,second,1,individual,灵活就业,市人社局,↓2023年1月29日前"]),
    ],
    passes: [
      // The window opens on the date of issue; and a list with a fixed reporting day.
      Example(matters: [
        "1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底",
        "2-001,second,1,individual,灵活就业,市人社局,2023年1月30日前",
        "2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底",
      ]),
      // Due before the notice: `deadline-before-notice` reports it.
      Example(matters: ["2-001,second,1,individual,灵活就业,市人社局,2021年12月底"]),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      // For each list the due dates concerned: from the date of issue to the last one whose window opens before it.
      let days = catalog.lists.map { list -> ClosedRange<Int32>? in
        guard list.reportBy == nil, let months = list.reportMonths, let issued = catalog.issued(list)
        else { return nil }
        var low = issued
        var high = issued.adding(days: months * 31 + 31)
        guard opens(low, months) < issued else { return nil }
        // A later due date never opens its window earlier.
        while low.days(until: high) > 1 {
          let middle = low.adding(days: low.days(until: high) / 2)
          if opens(middle, months) < issued { low = middle } else { high = middle }
        }
        return issued.number...low.number
      }
      guard days.contains(where: { $0 != nil }) else { return }
      var counts = days.map { [Int](repeating: 0, count: $0?.count ?? 0) }
      var first = days.map { [Int](repeating: -1, count: $0?.count ?? 0) }
      for entry in context.survey.dueDays.entries {
        guard let range = days[entry.list], range.contains(entry.day.number) else { continue }
        let slot = Int(entry.day.number - range.lowerBound)
        counts[entry.list][slot] = entry.count
        first[entry.list][slot] = entry.first
      }
      for (index, list) in catalog.lists.enumerated() {
        guard let issued = catalog.issued(list), let noticeIndex = list.noticeIndex else { continue }
        let notice = catalog.notices[noticeIndex]
        for slot in counts[index].indices where counts[index][slot] > 0 {
          let matter = catalog.matters[first[index][slot]]
          guard let day = catalog.due(matter), let opening = catalog.reportWindow(in: list, due: day)?.opens
          else { continue }
          let count = counts[index][slot]
          let id = catalog.id(matter)
          context.report(
            .list(index), at: catalog.position(matter, .deadline),
            related: [(.notice(noticeIndex), notice.position(of: \.issued))],
            LocalizedText(
              zh: "清单 \(list.id) 有 \(count) 项（\(count > 1 ? "首项 " : "")\(id)）\(day.chinese)到期，"
                + "报送期自\(opening.chinese)起，早于文件印发日期\(issued.chinese)",
              en: "\(count) \(count == 1 ? "matter" : "matters") of the list \(list.id) "
                + "(\(count > 1 ? "the first is " : "")\(id)) \(count == 1 ? "is" : "are") due on \(day): the report "
                + "window opened on \(opening), before the notice was issued on \(issued)"))
        }
      }
    })

  private static func opens(_ due: Day, _ months: Int) -> Day {
    ReportWindow(due: due, monthsBefore: months).opens ?? due
  }
}

import Catalog
import Deadlines
import Localization

extension Rule {
  /// A spreadsheet counts up a number when a cell is dragged down: each year, month or day is the one before plus one.
  /// Three rows a year apart are a series, four a month or a day apart.
  static let deadlineSeries = Rule(
    id: "deadline-series", group: .deadlines, severity: .warning,
    title: LocalizedText(
      zh: "完成时限逐行递增，像是下拉填充", en: "deadlines that count up row by row, as when a cell is dragged down"),
    reason: LocalizedText(
      zh: "电子表格下拉填充会把“2022年12月底”逐行变成2023年、2024年……时限因此越推越远，逾期也看不出来。",
      en:
        "Dragging 2022年12月底 down a column makes it 2023年12月底, 2024年12月底 and so on: deadlines move further and further away, and no delay is noticed."
    ),
    source: LocalizedText(
      zh: "附件2的推进完成时限一栏：相邻各项多为同一时限，如“2022年12月底”",
      en: "the deadlines of annex 2: neighbouring matters mostly have one deadline, such as 2022年12月底"),
    fix: LocalizedText(
      zh: "对照附件改回原来的时限；填充时选“复制单元格”。原文如此的登记豁免并说明理由。",
      en:
        "Restore the deadlines from the annex; choose “copy cells” when filling a column. Add a waiver with a reason if the notice says so."
    ),
    triggers: [
      Example(matters: [
        "2-040,second,40,enterprise,我要开水果店,市场监管部门,2022年12月底",
        "2-041,second,41,enterprise,我要开干洗店,市场监管部门,2022年12月底",
        "2-042,second,42,enterprise,我要开熟食店,市场监管部门,↓2023年12月底",
        "2-043,second,43,enterprise,我要开面包店,市场监管部门,2024年12月底",
        "2-044,second,44,enterprise,我要开糕点店,市场监管部门,2025年12月底",
        "2-045,second,45,enterprise,我要开咖啡店,市场监管部门,2022年12月底",
      ]),
      Example(matters: [
        "2-040,second,40,enterprise,我要开水果店,市场监管部门,↓2022年9月底",
        "2-041,second,41,enterprise,我要开干洗店,市场监管部门,2022年10月底",
        "2-042,second,42,enterprise,我要开熟食店,市场监管部门,2022年11月底",
        "2-043,second,43,enterprise,我要开面包店,市场监管部门,2022年12月底",
      ]),
    ],
    passes: [
      Example(matters: [
        "2-040,second,40,enterprise,我要开水果店,市场监管部门,2022年12月底",
        "2-041,second,41,enterprise,我要开干洗店,市场监管部门,2023年6月底",
        "2-042,second,42,enterprise,我要开熟食店,市场监管部门,2023年12月底",
        "2-043,second,43,enterprise,我要开面包店,市场监管部门,2023年12月底",
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let due = catalog.names(.deadline).map { catalog.deadline($0).due }
      guard Set(due.compactMap { $0 }).count > 2 else { return }
      // A series has a row with another due date than those before and after it.
      let lists = context.survey.dueDays.mayHaveShortRuns
      for order in catalog.mattersByNumber(of: lists, where: { !$0.isWithdrawn && due[$0.deadline.index] != nil }) {
        let days = order.compactMap { due[catalog.matters[Int($0)].deadline.index] }
        var start = 0
        while start + 2 < days.count {
          guard days[start] != days[start + 1], let step = DeadlineStep(from: days[start], to: days[start + 1]) else {
            start += 1
            continue
          }
          var end = start + 1
          while end + 1 < days.count, DeadlineStep(from: days[end], to: days[end + 1]) == step { end += 1 }
          if end - start + 1 >= step.leastRows {
            // The cell that was dragged is right if the one before it has the same date.
            let isCopied = start > 0 && days[start - 1] == days[start]
            report(order[(isCopied ? start + 1 : start)...end], context)
          }
          start = end
        }
      }
    })

  private static func report(_ run: ArraySlice<Int32>, _ context: RuleContext) {
    let catalog = context.catalog
    guard let first = run.first, let last = run.last else { return }
    let (start, end) = (catalog.matters[Int(first)], catalog.matters[Int(last)])
    let texts = run.prefix(3).map { catalog.text(catalog.matters[Int($0)].deadline) }
    context.report(
      .matter(start.index), at: catalog.position(start, .deadline),
      related: [(.matter(end.index), catalog.position(end, .deadline))],
      LocalizedText(
        zh: "\(catalog.id(start)) 至 \(catalog.id(end)) 共 \(run.count) 项的完成时限逐行递增：“\(texts.joined(separator: "”“"))”……",
        en:
          "the deadlines of \(Phrase.count(run.count, "matter")), \(catalog.id(start)) to \(catalog.id(end)), count up row "
          + "by row: “\(texts.joined(separator: "”, “"))” …"))
  }
}

/// By how much a spreadsheet counts up a date in the next row.
private enum DeadlineStep {
  case year, month, day

  init?(from one: Day, to other: Day) {
    if one.adding(days: 1) == other {
      self = .day
    } else if one.adding(months: 12) == other || one == one.monthEnd && one.adding(months: 12).monthEnd == other {
      self = .year
    } else if one.adding(months: 1) == other || one == one.monthEnd && one.adding(months: 1).monthEnd == other {
      self = .month
    } else {
      return nil
    }
  }

  /// How many rows make a series.
  var leastRows: Int { self == .year ? 3 : 4 }
}

extension Catalog {
  /// The matters of some lists that satisfy `isWanted`, as indices in `Catalog.matters`, by number.
  ///
  /// - Parameter isListWanted: by list.
  func mattersByNumber(of isListWanted: [Bool], where isWanted: (Matter) -> Bool) -> [[Int32]] {
    guard isListWanted.contains(true) else { return [] }
    var orders = [[Int32]](repeating: [], count: lists.count)
    var last = [Int](repeating: -1, count: lists.count)
    var isSorted = [Bool](repeating: true, count: lists.count)
    for matter in matters {
      guard let list = matter.list, isListWanted[list], let number = matter.number, isWanted(matter) else { continue }
      if number < last[list] { isSorted[list] = false }
      last[list] = number
      orders[list].append(Int32(matter.index))
    }
    for list in orders.indices where !isSorted[list] {
      orders[list].sort { (matters[Int($0)].number ?? 0, $0) < (matters[Int($1)].number ?? 0, $1) }
    }
    return orders
  }
}

import Catalog
import Deadlines
import Localization

extension Rule {
  /// A list's own form is the one that more than half of its due dates have. Only a deadline that this form could say
  /// as well is told: a day among months' ends says something else, and so does a span.
  static let deadlineStyle = Rule(
    id: "deadline-style", group: .deadlines, severity: .note,
    title: LocalizedText(zh: "完成时限的写法与本清单不一致", en: "a deadline in another form than the list's own"),
    reason: LocalizedText(
      zh: "同一清单写法不一，读者会以为“12月”与“12月底”不同，筛选和统计也会漏项。",
      en: "Where one list mixes forms, readers take “12月” and “12月底” for two deadlines, and filters miss some."),
    source: LocalizedText(
      zh: "附件2 26、27、28：“2022年12月”“2023年6月”，其余各项为“2022年12月底”等",
      en: "26, 27 and 28 in annex 2: 2022年12月 and 2023年6月 among 2022年12月底 and the like"),
    fix: LocalizedText(
      zh: "意思相同的，改成本清单的写法；原文如此的，可登记豁免并说明理由。",
      en: "Write it in the list's own form if it means the same, or waive it with a reason if the notice says so."),
    triggers: [
      Example(matters: [
        "2-025,second,25,individual,网约车驾驶员从业,市交通运输局,2023年12月底",
        "2-026,second,26,enterprise,工程建设项目竣工验收,住建部门,↓2022年12月",
        "2-029,second,29,enterprise,企业开办,市场监管部门/行政审批部门,2022年12月底",
      ]),
      Example(matters: [
        "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
        "2-002,second,2,individual,失业,市人社局,↓2022年底",
        "2-003,second,3,individual,城乡居民基本养老保险补缴,市人社局,2022年12月底",
      ]),
    ],
    passes: [
      Example(matters: [
        "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
        "2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底",
        "2-013,second,13,individual,义务教育入学,市教育局,2023年5月8日前",
        "2-014,second,14,individual,转学,市教育局,每年5月底前",
        "2-020,second,20,individual,生育保险报销,市医保局,2023年12月底",
      ]),
      // Another list has its own form.
      Example(matters: [
        "1-001,first,1,individual,新生儿出生,市卫健委,2022年12月",
        "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
        "2-002,second,2,individual,失业,市人社局,2022年12月底",
        "2-003,second,3,individual,城乡居民基本养老保险补缴,市人社局,2022年12月底",
      ]),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      // The style of each distinct deadline by number; -1 where there is no due date to compare.
      var styles: [Deadline.Style: Int32] = [:]
      let styleOf = catalog.names(.deadline).map { name -> Int32 in
        let deadline = catalog.deadline(name)
        guard deadline.due != nil, let style = deadline.style else { return -1 }
        if let known = styles[style] { return known }
        styles[style] = Int32(styles.count)
        return Int32(styles.count - 1)
      }
      guard styles.count > 1 else { return }

      // The majority of each list by Boyer and Moore's vote: no table of lists by styles is needed.
      let matters = catalog.matters
      var favourite = [Int32](repeating: -1, count: catalog.lists.count)
      var example = [TextID?](repeating: nil, count: catalog.lists.count)
      var lead = [Int](repeating: 0, count: catalog.lists.count)
      for matter in matters {
        guard let list = matter.list else { continue }
        let style = styleOf[matter.deadline.index]
        if style < 0 { continue }
        if lead[list] == 0 {
          favourite[list] = style
          example[list] = matter.deadline
          lead[list] = 1
        } else {
          lead[list] += style == favourite[list] ? 1 : -1
        }
      }
      var votes = [Int](repeating: 0, count: catalog.lists.count)
      var total = [Int](repeating: 0, count: catalog.lists.count)
      for matter in matters {
        guard let list = matter.list else { continue }
        let style = styleOf[matter.deadline.index]
        if style < 0 { continue }
        total[list] += 1
        if style == favourite[list] { votes[list] += 1 }
      }

      for matter in matters {
        guard let list = matter.list, votes[list] * 2 > total[list], votes[list] < total[list],
          let own = example[list]
        else { continue }
        let style = styleOf[matter.deadline.index]
        if style < 0 || style == favourite[list] { continue }
        let deadline = catalog.deadline(matter.deadline)
        let form = catalog.deadline(own)
        guard let due = deadline.due, deadline.start == nil, form.kind.canSay(due) else { continue }
        var label: LocalizedText { catalog.label(matter) }
        let text = catalog.text(matter.deadline)
        let usual = catalog.text(own)
        let better = form.wording(for: due)
        context.report(
          .matter(matter.index), at: catalog.position(matter, .deadline),
          LocalizedText(
            zh: "\(label.zh)的完成时限“\(text)”与本清单的写法（如“\(usual)”）不一致",
            en: "the deadline “\(text)” of \(label.en) is not in the form of its list, such as “\(usual)”"),
          fix: better.map {
            LocalizedText(
              zh: "意思相同的，写成“\($0)”；原文如此的，可登记豁免并说明理由。",
              en: "Write it as “\($0)” if it means the same, or waive it with a reason if the notice says so.")
          })
      }
    })
}

extension Deadline.Kind {
  /// Whether a deadline of this kind can fall due on that day.
  fileprivate func canSay(_ due: Day) -> Bool {
    let (_, month, day) = due.parts
    let endsMonth = due == due.monthEnd
    switch self {
    case .day: return true
    case .tenDays: return day == 10 || day == 20 || endsMonth
    case .monthEnd, .beforeMonth: return endsMonth
    case .quarterEnd: return endsMonth && month % 3 == 0
    case .halfYearEnd: return endsMonth && month % 6 == 0
    case .yearEnd, .beforeYear: return endsMonth && month == 12
    case .span, .fiveYearPlan, .empty, .recurring, .open, .unreadable: return false
    }
  }
}

extension Deadline {
  /// The text that says another day in the form of this one, if its numbers are a year, a month and a day in that order
  /// and the text is then read back as just that.
  fileprivate func wording(for due: Day) -> String? {
    guard let style else { return nil }
    let (year, month, day) = due.parts
    var numbers = [year, month, day][...]
    var text = ""
    for character in style.pattern {
      if character == "N" {
        guard let number = numbers.popFirst() else { return nil }
        text += String(number)
      } else {
        text.append(character)
      }
    }
    let read = Deadline(printed: text)
    return read.due == due && read.style == style ? text : nil
  }
}

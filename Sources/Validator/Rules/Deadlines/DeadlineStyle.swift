import Catalog
import Deadlines
import Localization

extension Rule {
  /// The style of a list is that of more than half of its due dates. A deadline is reported only if that style can
  /// express its due date: a day within a month or a span means something else.
  static let deadlineStyle = Rule(
    id: "deadline-style", group: .deadlines, severity: .note,
    title: LocalizedText(
      zh: "完成时限的写法与本清单不一致",
      en: "a deadline in another style than its list"),
    reason: LocalizedText(
      zh: "同一清单写法不一，读者会以为“12月”与“12月底”不同，筛选和统计也会漏项。",
      en: "If a list mixes styles, readers take “12月” and “12月底” for different deadlines, and filters miss some."),
    source: LocalizedText(
      zh: "附件2 26、27、28：“2022年12月”“2023年6月”，其余各项为“2022年12月底”等",
      en: "26, 27 and 28 in annex 2: 2022年12月 and 2023年6月 among 2022年12月底 and the like"),
    fix: LocalizedText(
      zh: "意思相同的，改成本清单的写法；原文如此的，可登记豁免并说明理由。",
      en: "Write it in the style of the list if it means the same, or add a waiver with a reason if the notice says so."
    ),
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
      // Another list has another style.
      Example(matters: [
        "1-001,first,1,individual,新生儿出生,市卫健委,2022年12月",
        "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
        "2-002,second,2,individual,失业,市人社局,2022年12月底",
        "2-003,second,3,individual,城乡居民基本养老保险补缴,市人社局,2022年12月底",
      ]),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      guard let styles = MajorityStyles(catalog) else { return }
      for matter in catalog.matters {
        guard let usual = styles.otherStyle(of: matter) else { continue }
        let deadline = catalog.deadline(matter.deadline)
        let style = catalog.deadline(usual)
        guard let due = deadline.due, deadline.start == nil, style.kind.canExpress(due) else { continue }
        var label: LocalizedText { catalog.label(matter) }
        context.report(
          .matter(matter.index), at: catalog.position(matter, .deadline),
          LocalizedText(
            zh: "\(label.zh)的完成时限“\(catalog.text(matter.deadline))”与本清单的写法（如“\(catalog.text(usual))”）不一致",
            en:
              "the deadline “\(catalog.text(matter.deadline))” of \(label.en) is not in the style of its list, such as "
              + "“\(catalog.text(usual))”"),
          fix: style.wording(for: due).map {
            LocalizedText(
              zh: "意思相同的，写成“\($0)”；原文如此的，可登记豁免并说明理由。",
              en: "Write it as “\($0)” if it means the same, or add a waiver with a reason if the notice says so.")
          })
      }
    })
}

extension Deadline.Kind {
  /// Whether a deadline of this kind can fall due on that day.
  fileprivate func canExpress(_ due: Day) -> Bool {
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
  /// Another due date written in the style of this deadline; nil unless the style's numbers are year, month and day in
  /// this order, and the text reads back as that date.
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

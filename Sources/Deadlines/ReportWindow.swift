import Localization

/// The period in which the report on a matter is due, as 九府办字〔2022〕128号 §三(三) sets it.
///
/// - Second list: “在规定时限节点前1个月内” the lead hands in the plan and what is done. Read: the window opens on the
///   corresponding day one month before the due date, and closes on the due date; both days belong to it. Due
///   2022-12-31 it opens 2022-11-30, for November has no 31st and its last day is taken, as 民法典 §202 counts months;
///   due 2023-06-30 it opens 2023-05-30, not the 31st.
/// - First list: “于2023年1月底前” the summary is handed in: a day by which, and none from which.
package struct ReportWindow: Hashable, Sendable {
  /// The first day of the window; nil where the notice names only the last one.
  package let opens: Day?

  /// The last day of the window, itself in time.
  package let closes: Day

  /// The window of so many months before a due date, up to that date. A negative number of months counts as none: the
  /// window is then the due date alone.
  package init(due: Day, monthsBefore: Int) {
    opens = due.adding(months: -min(max(0, monthsBefore), 120_000))
    closes = due
  }

  /// The window that is open until a fixed day.
  package init(by day: Day) {
    opens = nil
    closes = day
  }

  /// The position of a day relative to a window.
  package enum State: Hashable, Sendable {
    /// The window opens in so many days, one or more.
    case notYet(daysToOpen: Int)
    /// The window is open; so many days are left until the last one, none on that day itself.
    case open(daysLeft: Int)
    /// The window closed so many days ago, one or more.
    case closed(daysLate: Int)
  }

  /// The position of a day relative to this window.
  package func state(on day: Day) -> State {
    if let opens, day < opens { return .notYet(daysToOpen: day.days(until: opens)) }
    if day <= closes { return .open(daysLeft: day.days(until: closes)) }
    return .closed(daysLate: closes.days(until: day))
  }

  /// The window in words.
  package var meaning: LocalizedText {
    guard let opens else {
      return LocalizedText(zh: "最迟\(closes.chinese)报送", en: "report by \(closes)")
    }
    return LocalizedText(zh: "\(opens.chinese)至\(closes.chinese)报送", en: "report between \(opens) and \(closes)")
  }
}

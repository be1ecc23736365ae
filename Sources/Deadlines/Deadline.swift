import Localization

/// A deadline as printed in a notice, parsed: its kind, the day it falls due, and its style of wording.
///
/// Every text gives a deadline; one of no known form is `unreadable`, with the reason in `problem`. Nothing is guessed:
/// a text with two readings is unreadable too. The forms are those of `Deadline.forms`, documented in
/// `docs/deadlines.md`.
package struct Deadline: Hashable, Sendable {
  /// The kinds of deadline.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// No text at all.
    case empty
    /// One day: 2023年5月8日前. The day itself is in time.
    case day
    /// The end of ten days of a month: 2023年6月上旬 (the 10th), 中旬 (the 20th), 下旬 (the month's last).
    case tenDays
    /// The end of a month: 2022年12月, 2022年12月底, 2022年12月底前.
    case monthEnd
    /// The end of a quarter: 2023年一季度.
    case quarterEnd
    /// The end of a half year: 2023年上半年.
    case halfYearEnd
    /// The end of a year: 2022年, 2022年底, 2022年内.
    case yearEnd
    /// From one day to another: 2023—2025年. `start` is its first day.
    case span
    /// Before a month begins: 2022年4月前 is due on 2022-03-31.
    case beforeMonth
    /// Before a year begins: 2025年前 is due on 2024-12-31.
    case beforeYear
    /// The years of a five-year plan: “十四五”期间 is 2021 to 2025. `start` is their first day.
    case fiveYearPlan
    /// Again and again: 每年5月底前, 每月5日前, 每季度前10日内. `next(from:)` gives the days.
    case recurring
    /// Without an end, or with one that another authority will set: 常态化工作, 持续推进, 按省级…部署时间.
    case open
    /// No known form; `problem` has the reason.
    case unreadable
  }

  /// Its kind.
  package let kind: Kind

  /// The first day of a span or of a five-year plan; nil for any other kind.
  package let start: Day?

  /// The last day that is still in time; nil where there is no one such day (empty, recurring, open, unreadable).
  package let due: Day?

  /// The recurrence of a recurring deadline; nil for any other kind.
  package let recurrence: Recurrence?

  /// The form of wording; nil for an empty or unreadable text.
  package let style: Style?

  /// Why the text cannot be read; nil for any other kind.
  package let problem: Problem?

  /// Parses a deadline as printed. Takes time linear in the text, and constant memory.
  package init(printed text: String) {
    var reader = DeadlineReader()
    self = reader.read(text)
  }

  init(
    kind: Kind, start: Day? = nil, due: Day? = nil, recurrence: Recurrence? = nil, style: Style? = nil,
    problem: Problem? = nil
  ) {
    self.kind = kind
    self.start = start
    self.due = due
    self.recurrence = recurrence
    self.style = style
    self.problem = problem
  }

  /// The first day on or after `day` on which it falls due: for a recurring deadline the next of its days, for any
  /// other its due date while that has not passed. Nil when there is none.
  package func next(from day: Day) -> Day? {
    if let recurrence { return recurrence.next(from: day) }
    guard let due, due >= day else { return nil }
    return due
  }
}

extension Deadline {
  /// The form in which a deadline is worded, whatever its date: two deadlines have one style when their texts differ
  /// in numbers alone. "2022年12月底" and "2023年6月底" share `N年N月底`; "2022年12月" is `N年N月`, "2022年12月底前" is
  /// `N年N月底前`. Blanks, full-width forms, brackets around the whole and the sort of dash are typesetting, not style;
  /// numbers in Chinese numerals are style (`〇年〇月底`).
  package struct Style: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The text with `N` for each number in digits and `〇` for each in Chinese numerals.
    package let pattern: String

    package var description: String { pattern }

    package static func < (left: Style, right: Style) -> Bool {
      left.pattern.unicodeScalars.lexicographicallyPrecedes(right.pattern.unicodeScalars)
    }
  }

  /// When a recurring deadline falls due.
  package enum Recurrence: Hashable, Sendable {
    /// At the end of the same part of each year: 每年5月底前.
    case yearly(YearPart)
    /// Before the same month of each year begins: 每年6月前.
    case beforeMonth(Int)
    /// On the nth day of each cycle; where a month has no such day, on its last: 每月5日前, 每季度前10日内.
    case ordinal(day: Int, of: Cycle)
    /// On the last day of each cycle: 每月底前, 每季度末.
    case end(of: Cycle)

    /// The first of its days on or after a day; nil past the end of the calendar.
    package func next(from day: Day) -> Day? {
      let (year, month, _) = day.parts
      switch self {
      case .yearly(let part):
        for candidate in year...(year + 1) where candidate <= 9999 {
          let due = part.last(in: candidate)
          if due >= day { return due }
        }
      case .beforeMonth(let limit):
        // 每年1月前 falls due in the year before.
        for candidate in year...(year + 2) where candidate <= 9999 {
          let due = YearPart.month(limit).first(in: candidate).adding(days: -1)
          if due >= day { return due }
        }
      case .ordinal(let ordinal, let cycle):
        guard
          var first = Day(year: year, month: (month - 1) / cycle.rawValue * cycle.rawValue + 1, day: 1)
        else { return nil }
        for _ in 0..<2 {
          let last = first.adding(months: cycle.rawValue - 1).monthEnd
          let due = min(first.adding(days: ordinal - 1), last)
          if due >= day { return due }
          guard last < Day.latest else { return nil }
          first = last.adding(days: 1)
        }
      case .end(let cycle):
        guard let first = Day(year: year, month: (month - 1) / cycle.rawValue * cycle.rawValue + 1, day: 1)
        else { return nil }
        return first.adding(months: cycle.rawValue - 1).monthEnd
      }
      return nil
    }
  }

  /// A stretch of months after which a recurring deadline comes again; the raw value is how many months.
  package enum Cycle: Int, Hashable, Sendable, CaseIterable {
    case month = 1
    case quarter = 3
    case halfYear = 6
    case year = 12
  }

  /// A part of a year that a text names, without the year.
  package enum YearPart: Hashable, Sendable {
    /// The whole year.
    case year
    /// A half, 1 or 2.
    case half(Int)
    /// A quarter, 1...4.
    case quarter(Int)
    /// A month, 1...12.
    case month(Int)
    /// The first, second or third (1...3) ten days of a month; the third lasts until the month's end.
    case tenDays(month: Int, part: Int)
    /// A day of a month.
    case day(month: Int, day: Int)

    /// Its first day in a year, 1...9999.
    package func first(in year: Int) -> Day {
      switch self {
      case .year: Day(validYear: year, month: 1, day: 1)
      case .half(let half): Day(validYear: year, month: half * 6 - 5, day: 1)
      case .quarter(let quarter): Day(validYear: year, month: quarter * 3 - 2, day: 1)
      case .month(let month): Day(validYear: year, month: month, day: 1)
      case .tenDays(let month, let part): Day(validYear: year, month: month, day: part * 10 - 9)
      case .day(let month, let day): Day(validYear: year, month: month, day: day)
      }
    }

    /// Its last day in a year, 1...9999.
    package func last(in year: Int) -> Day {
      switch self {
      case .year: Day(validYear: year, month: 12, day: 31)
      case .half(let half): Day(validYear: year, month: half * 6, day: 1).monthEnd
      case .quarter(let quarter): Day(validYear: year, month: quarter * 3, day: 1).monthEnd
      case .month(let month): Day(validYear: year, month: month, day: 1).monthEnd
      case .tenDays(let month, 3): Day(validYear: year, month: month, day: 1).monthEnd
      case .tenDays(let month, let part): Day(validYear: year, month: month, day: part * 10)
      case .day: first(in: year)
      }
    }
  }

  /// Why a text cannot be read as a deadline.
  package enum Problem: LocalizedFailure, Hashable {
    /// No known form begins so.
    case unknownForm
    /// A known deadline followed by words that are not a known ending; the words, shortened for the message.
    case trailing(String)
    /// A month, a quarter or a day, but no full year: 12月底, 22年底, 年底前.
    case noYear
    /// A year that is not 1900...2199.
    case impossibleYear(Int)
    /// A month that is not 1...12.
    case impossibleMonth(Int)
    /// A quarter that is not 1...4.
    case impossibleQuarter(Int)
    /// A day that its month does not have; the year is nil for a recurring deadline, which needs the day every year.
    case impossibleDay(year: Int?, month: Int, day: Int)
    /// A count of days that no such cycle has: 每月前40日内.
    case impossibleOrdinal(Int)
    /// A span whose end precedes its start.
    case reversed(start: Day, end: Day)
    /// 前 or 以前 after a month, a quarter or a year, where it is unclear whether the period itself counts.
    case ambiguousBefore
    /// A bare 2022.1, which is January, or October after a spreadsheet dropped the last zero of 2022.10.
    case lostZero
    /// A blank between two digits: one number or two.
    case blankInNumber
    /// 起, 开始: a first day, and no last one.
    case beginningOnly
    /// 左右, 初, 中: not one day.
    case vague
    /// 今年, 明年, 次月: depends on when it was written.
    case relative
    /// 工作日: depends on a calendar of holidays.
    case workingDays
    /// Longer than any deadline.
    case tooLong

    /// What is wrong and, where possible, what to write instead.
    package var explanation: LocalizedText {
      switch self {
      case .unknownForm:
        LocalizedText(zh: "不是已知的时限写法", en: "no known form of deadline")
      case .trailing(let rest):
        LocalizedText(zh: "时限之后另有文字“\(rest)”", en: "the deadline is followed by other words, “\(rest)”")
      case .noYear:
        LocalizedText(zh: "没有写明四位数的年份", en: "it names no year in four digits")
      case .impossibleYear(let year):
        LocalizedText(zh: "年份\(year)不在1900年至2199年之间", en: "the year \(year) is not between 1900 and 2199")
      case .impossibleMonth(let month):
        LocalizedText(zh: "没有\(month)月这个月份", en: "there is no month \(month)")
      case .impossibleQuarter(let quarter):
        LocalizedText(zh: "没有第\(quarter)季度", en: "there is no quarter \(quarter)")
      case .impossibleDay(.some(let year), let month, let day):
        LocalizedText(zh: "\(year)年\(month)月没有\(day)日", en: "month \(month) of \(year) has no day \(day)")
      case .impossibleDay(.none, let month, let day):
        LocalizedText(zh: "并非每年\(month)月都有\(day)日", en: "month \(month) does not have a day \(day) every year")
      case .impossibleOrdinal(let ordinal):
        LocalizedText(zh: "没有第\(ordinal)日", en: "there is no day \(ordinal) in it")
      case .reversed(let start, let end):
        LocalizedText(
          zh: "终止日期\(end.chinese)早于起始日期\(start.chinese)", en: "it ends on \(end), before it begins on \(start)")
      case .ambiguousBefore:
        LocalizedText(
          zh: "“前”或“以前”是否包括该期间本身不明确；请写“底前”或写明日期",
          en: "“前” may or may not include the period it follows; write “底前”, or a day")
      case .lostZero:
        LocalizedText(
          zh: "既可能是1月，也可能是电子表格去掉末尾0的10月；请写“年”“月”",
          en: "this is January, or October after a spreadsheet dropped its last zero; write 年 and 月")
      case .blankInNumber:
        LocalizedText(zh: "数字中间有空格，不能确定是一个数还是两个数", en: "a blank between two digits: this may be one number or two")
      case .beginningOnly:
        LocalizedText(zh: "只写明起始时间，没有完成时间", en: "it says from when, not by when")
      case .vague:
        LocalizedText(zh: "时间不确切，不能确定到某一天", en: "it is too vague to fall on a day")
      case .relative:
        LocalizedText(zh: "相对于行文时间，不能单独确定；请写明年份", en: "it depends on when it was written; name the year")
      case .workingDays:
        LocalizedText(zh: "以工作日计算，须有节假日安排才能确定", en: "it counts working days, which depend on a calendar of holidays")
      case .tooLong:
        LocalizedText(zh: "文字过长，不是时限", en: "too long for a deadline")
      }
    }
  }
}

extension Deadline {
  /// The deadline in words, with its day.
  package var meaning: LocalizedText {
    switch (kind, due) {
    case (.empty, _):
      return LocalizedText(zh: "未写时限", en: "no deadline")
    case (.open, _):
      return LocalizedText(zh: "没有固定期限", en: "no fixed deadline")
    case (.recurring, _):
      return recurrence?.meaning ?? LocalizedText(zh: "定期", en: "recurring")
    case (_, .some(let due)):
      let (year, month, _) = due.parts
      switch kind {
      case .day:
        return LocalizedText(zh: "最迟\(due.chinese)（当日在内）", en: "by \(due), that day included")
      case .tenDays, .monthEnd:
        return LocalizedText(zh: "最迟\(due.chinese)", en: "by \(due)")
      case .quarterEnd:
        return LocalizedText(
          zh: "最迟\(due.chinese)（第\(month / 3)季度末）", en: "by \(due), the end of quarter \(month / 3)")
      case .halfYearEnd:
        return LocalizedText(
          zh: "最迟\(due.chinese)(\(month == 6 ? "上" : "下")半年末)",
          en: "by \(due), the end of the \(month == 6 ? "first" : "second") half year")
      case .yearEnd:
        return LocalizedText(zh: "最迟\(due.chinese)（年底）", en: "by \(due), the end of the year")
      case .beforeMonth:
        let limit = due.adding(days: 1).parts
        return LocalizedText(
          zh: "\(limit.year)年\(limit.month)月开始之前，即最迟\(due.chinese)",
          en: "before \(Deadline.yearAndMonth(limit.year, limit.month)) begins: by \(due)")
      case .beforeYear:
        return LocalizedText(
          zh: "\(year + 1)年开始之前，即最迟\(due.chinese)", en: "before \(year + 1) begins: by \(due)")
      case .span, .fiveYearPlan, .empty, .recurring, .open, .unreadable:
        guard let start else { return LocalizedText(zh: "最迟\(due.chinese)", en: "by \(due)") }
        return LocalizedText(zh: "\(start.chinese)至\(due.chinese)", en: "from \(start) to \(due)")
      }
    case (_, .none):
      let reason = (problem ?? .unknownForm).explanation
      return LocalizedText(zh: "不能识别：\(reason.zh)", en: "unreadable: \(reason.en)")
    }
  }

  /// `2022-04`.
  fileprivate static func yearAndMonth(_ year: Int, _ month: Int) -> String {
    "\(year)-\(month < 10 ? "0" : "")\(month)"
  }
}

extension Deadline.Recurrence {
  /// The days it falls due, in words.
  package var meaning: LocalizedText {
    switch self {
    case .yearly(.day(let month, let day)):
      return LocalizedText(
        zh: "每年最迟\(month)月\(day)日（当日在内）", en: "every year by day \(day) of month \(month), that day included")
    case .yearly(.month(2)), .yearly(.tenDays(month: 2, part: 3)):
      return LocalizedText(zh: "每年最迟2月最后一日", en: "every year by the last day of month 2")
    case .yearly(let part):
      // The end of every other part falls on the same day in each year; 2001 is any year.
      let (_, month, day) = part.last(in: 2001).parts
      return LocalizedText(zh: "每年最迟\(month)月\(day)日", en: "every year by day \(day) of month \(month)")
    case .beforeMonth(let month):
      return LocalizedText(zh: "每年\(month)月开始之前", en: "every year before month \(month) begins")
    case .ordinal(let day, let cycle):
      return LocalizedText(zh: "每\(cycle.name.zh)最迟第\(day)日", en: "every \(cycle.name.en) by its day \(day)")
    case .end(let cycle):
      return LocalizedText(zh: "每\(cycle.name.zh)最迟最后一日", en: "every \(cycle.name.en) by its last day")
    }
  }
}

extension Deadline.Cycle {
  /// The name of the cycle.
  package var name: LocalizedText {
    switch self {
    case .month: LocalizedText(zh: "月", en: "month")
    case .quarter: LocalizedText(zh: "季度", en: "quarter")
    case .halfYear: LocalizedText(zh: "半年", en: "half year")
    case .year: LocalizedText(zh: "年", en: "year")
    }
  }
}

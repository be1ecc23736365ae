/// A deadline (完成时限) as a notice words it, and what it means.
///
/// `Deadline("2022年12月底")` is due on 2022-12-31. The supported forms are listed in `docs/deadlines.md`; a text of no
/// supported form is of kind `unreadable`, and is not guessed at.
public struct Deadline: Sendable, Hashable {
  /// The kinds of deadlines.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// No text.
    case empty
    /// One day, itself in time: 2023年5月8日前.
    case day
    /// The end of ten days of a month: 2023年6月上旬.
    case tenDays
    /// The end of a month: 2022年12月底.
    case monthEnd
    /// The end of a quarter: 2023年一季度.
    case quarterEnd
    /// The end of a half year: 2023年上半年.
    case halfYearEnd
    /// The end of a year: 2022年底.
    case yearEnd
    /// From one day to another: 2023—2025年.
    case span
    /// Before a month begins: 2022年4月前 is due on 2022-03-31.
    case beforeMonth
    /// Before a year begins: 2025年前 is due on 2024-12-31.
    case beforeYear
    /// The years of a five-year plan: “十四五”期间.
    case fiveYearPlan
    /// Recurring: 每年5月底前.
    case recurring
    /// Without a date: 常态化工作, 持续推进.
    case open
    /// A text of no supported form.
    case unreadable
  }

  /// The text as printed.
  public let text: String
  private let core: Core.Deadline

  /// Reads a deadline from its text.
  public init(_ text: String) {
    self.init(text, Core.Deadline(printed: text))
  }

  init(_ text: String, _ core: Core.Deadline) {
    self.text = text
    self.core = core
  }

  /// The kind of deadline.
  public var kind: Kind {
    switch core.kind {
    case .empty: .empty
    case .day: .day
    case .tenDays: .tenDays
    case .monthEnd: .monthEnd
    case .quarterEnd: .quarterEnd
    case .halfYearEnd: .halfYearEnd
    case .yearEnd: .yearEnd
    case .span: .span
    case .beforeMonth: .beforeMonth
    case .beforeYear: .beforeYear
    case .fiveYearPlan: .fiveYearPlan
    case .recurring: .recurring
    case .open: .open
    case .unreadable: .unreadable
    }
  }

  /// The first day of a span or a five-year plan; nil for every other kind.
  public var start: Day? { core.start.map(Day.init) }

  /// The last day that is in time; nil for kinds without one such day (empty, recurring, open, unreadable).
  public var due: Day? { core.due.map(Day.init) }

  /// What the deadline asks for, in words; for an unreadable one the reason.
  public var meaning: LocalizedText { LocalizedText(core.meaning) }

  /// The first day on or after `day` on which it is due: for a recurring deadline the next of its days. Nil if there is
  /// none.
  public func next(from day: Day) -> Day? { core.next(from: day.core).map(Day.init) }
}

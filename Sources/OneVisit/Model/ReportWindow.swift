/// The days between which the report on a matter is to be handed in (九府办字〔2022〕128号 §三(三)): for the second list the
/// month before the due date, for the first list up to one fixed day.
public struct ReportWindow: Sendable, Hashable {
  /// The first day; nil where the notice sets only the last one.
  public let opens: Day?
  /// The last day, itself in time.
  public let closes: Day

  init(_ core: Core.ReportWindow) {
    opens = core.opens.map(Day.init)
    closes = Day(core.closes)
  }

  /// Whether a report can be handed in on this day.
  public func isOpen(on day: Day) -> Bool { day <= closes && (opens.map { $0 <= day } ?? true) }
}

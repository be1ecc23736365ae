import Deadlines
import Localization

/// The dates that the notice sets for the matters of a list (§三(三)).
extension Catalog {
  /// The day the list's notice was issued; nil if it is unknown.
  package func issued(_ list: MatterList) -> Day? { list.noticeIndex.flatMap { notices[$0].issued } }

  /// The period in which the report on a matter is to be handed in: the months before its due date, or the fixed day of
  /// its list. Nil if the list sets neither, or the matter has no due date.
  package func reportWindow(of matter: Matter) -> ReportWindow? {
    guard let list = list(of: matter) else { return nil }
    return reportWindow(in: list, due: due(matter))
  }

  /// The report window of a matter of this list with this due date.
  package func reportWindow(in list: MatterList, due: Day?) -> ReportWindow? {
    // A fixed day applies to the whole list, whatever the deadlines are.
    if let day = list.reportBy { return ReportWindow(by: day) }
    guard let months = list.reportMonths, let due else { return nil }
    return ReportWindow(due: due, monthsBefore: months)
  }

  /// Whether a matter is due on this day or before it (`list --due-by`). A recurring or open deadline has no single due
  /// date; the result is then false.
  package func isDue(_ matter: Matter, by day: Day) -> Bool { due(matter).map { $0 <= day } ?? false }
}

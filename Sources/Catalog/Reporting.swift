import Deadlines
import Localization

/// What the notice sets for a list (§三(三)), asked of its matters.
extension Catalog {
  /// The day the list's notice was issued, where that is known.
  package func issued(_ list: MatterList) -> Day? { list.noticeIndex.flatMap { notices[$0].issued } }

  /// When the report on a matter is to be handed in: the months before its due date, or the one day that its list sets.
  /// Nil where the list sets neither, or the matter has no due date to count from.
  package func reportWindow(of matter: Matter) -> ReportWindow? {
    guard let list = list(of: matter) else { return nil }
    return reportWindow(in: list, due: due(matter))
  }

  /// The window of a matter of that list which is due on that day.
  package func reportWindow(in list: MatterList, due: Day?) -> ReportWindow? {
    // A fixed day holds for the whole list, whatever its deadlines say.
    if let day = list.reportBy { return ReportWindow(by: day) }
    guard let months = list.reportMonths, let due else { return nil }
    return ReportWindow(due: due, monthsBefore: months)
  }

  /// Whether a matter falls due on that day or before it: what `list --due-by` asks. A recurring or an open deadline
  /// has no one due date, and never does.
  package func isDue(_ matter: Matter, by day: Day) -> Bool { due(matter).map { $0 <= day } ?? false }
}

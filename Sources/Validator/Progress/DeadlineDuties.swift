import Catalog
import Deadlines

extension DeadlineBoard {
  /// What is due on one day for one matter: its service, its report, or both.
  package struct Duty: Sendable, Hashable {
    /// The index of the matter in `rows`.
    package var row: Int
    /// What its list owes by that day.
    package var deliverables: [Progress.Deliverable]
    /// What of it is not recorded as done.
    package var missing: [Progress.Deliverable]
    /// The delay in days, by the record.
    package var daysLate: Int?
    /// Its day has passed, and without a record it is unknown whether it is late.
    package var isOverdueUnknown = false
  }

  /// What is due on one day.
  package struct DayDuties: Sendable, Hashable {
    /// Nil for matters of which nothing is due on a certain day.
    package var day: Day?
    /// In the order of `rows`.
    package var duties: [Duty]
  }

  /// What is due on each day, by day; what is due on no certain day comes last. The service of a matter is due on its due
  /// date, its report on the last day of the report window: a matter with two such days is in both. Days after `dueBy` are
  /// left out.
  package var byDay: [DayDuties] {
    var duties: [Day?: [Duty]] = [:]
    for (index, row) in rows.enumerated() {
      for (day, duty) in self.duties(of: row, at: index) where isShown(day) { duties[day, default: []].append(duty) }
    }
    return duties.map { DayDuties(day: $0.key, duties: $0.value) }
      .sorted { ($0.day?.number ?? Int32.max) < ($1.day?.number ?? Int32.max) }
  }

  private func isShown(_ day: Day?) -> Bool {
    guard let dueBy else { return true }
    return day.map { $0 <= dueBy } ?? false
  }

  private func duties(of row: Row, at index: Int) -> [(Day?, Duty)] {
    let due = row.due ?? row.nextDue
    // Without a day of its own the report is due with the service.
    let reportDue = row.window?.closes ?? due
    func duty(on date: Day?, _ isDue: (Progress.Deliverable) -> Bool, _ late: [Int?]) -> Duty {
      let late = late.compactMap(\.self).max()
      return Duty(
        row: index, deliverables: row.owed.filter(isDue), missing: row.missing.filter(isDue), daysLate: late,
        isOverdueUnknown: late == nil && row.recorded.isComplete == nil && (date.map { $0 < day } ?? false))
    }
    if due == reportDue || row.owed.allSatisfy(\.isReport) {
      return [(reportDue, duty(on: reportDue, { _ in true }, [row.serviceDaysLate, row.reportDaysLate]))]
    }
    var all = [(due, duty(on: due, { !$0.isReport }, [row.serviceDaysLate]))]
    if row.owed.contains(where: \.isReport) {
      all.append((reportDue, duty(on: reportDue, \.isReport, [row.reportDaysLate])))
    }
    return all
  }
}

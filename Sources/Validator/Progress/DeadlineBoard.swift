import Catalog
import Deadlines
import Localization

/// The deadlines of a catalog on a day, as `onevisit deadlines` shows them: when each matter and its report are due, what
/// is recorded, and which dates come next. `Reports` prints it as a table, CSV and JSON.
package struct DeadlineBoard: Sendable {
  /// One matter.
  package struct Row: Sendable, Hashable {
    /// Its index in `Catalog.matters`.
    package var matter: Int
    package var id: String
    /// The id of its list; empty if the list is unknown.
    package var list: String
    package var number: Int?
    package var audience: Audience?
    package var name: String
    /// Short names from the register; a department that is not in it keeps the printed name.
    package var lead: [String]
    /// Whether the departments of `lead` lead jointly, or one of them does.
    package var leadChoice: PrintedDepartments.Choice

    /// The deadline as printed.
    package var deadline: String
    package var kind: Deadline.Kind
    /// Its meaning in words.
    package var meaning: LocalizedText
    /// The due date; nil for a recurring, an open or an unreadable deadline.
    package var due: Day?
    /// The next due date on or after the day of the board, of a recurring deadline too.
    package var nextDue: Day?

    /// When its report is to be sent; nil if its list has no report window, or it has no due date.
    package var window: ReportWindow?
    /// Whether the window is open on the day of the board.
    package var windowState: ReportWindow.State?

    package var recorded: Recorded
    /// What its list owes; empty if the list is unknown.
    package var owed: [Progress.Deliverable]
    /// What of it is not recorded as done on the day of the board; without a record, all of it. A cell that cannot be read
    /// is not missing.
    package var missing: [Progress.Deliverable]
    /// How many cases were handled, as recorded.
    package var cases: Int?
    /// The delay of the service in days: the due date has passed, and the record shows it incomplete. Nil if it is in time,
    /// or if it has no record and its overdue status is unknown.
    package var serviceDaysLate: Int?
    /// The delay of the report in days: the window has closed, and the record of its list has no report on the matter.
    package var reportDaysLate: Int?

    /// The delay of the service or of the report, whichever is longer.
    package var daysLate: Int? { [serviceDaysLate, reportDaysLate].compactMap(\.self).max() }
    /// Whether its due date or its report window has passed without a record that would say whether it is late.
    package func isOverdueUnknown(on day: Day) -> Bool {
      guard recorded.isComplete == nil, daysLate == nil else { return false }
      return isPastDue(on: day) || (window.map { $0.closes < day } ?? false)
    }
    /// Whether several departments lead it.
    package var isShared: Bool { lead.count > 1 }

    /// Whether all reports that its list owes are recorded by that day. False if it owes none.
    package func isReported(on day: Day) -> Bool {
      let reports = owed.filter(\.isReport)
      return !reports.isEmpty && reports.allSatisfy { recorded[$0].map { $0 <= day } ?? false }
    }

    /// Whether it was due before that day, whatever is recorded.
    package func isPastDue(on day: Day) -> Bool { due.map { $0 < day } ?? false }
  }

  /// The record of a matter in the progress table.
  package enum Recorded: Sendable, Hashable {
    /// No matter of its list has a record of what the list owes.
    case nothingOfList
    /// Other matters of its list have a record.
    case nothing
    /// Dates by `Progress.Deliverable.rawValue`. A date after the day of the board is shown, but not counted as done.
    case dates([Day?], isComplete: Bool)

    package subscript(deliverable: Progress.Deliverable) -> Day? {
      if case .dates(let dates, _) = self { dates[deliverable.rawValue] } else { nil }
    }

    /// Whether the service that its list owes is complete. Nil without a record.
    package var isComplete: Bool? {
      if case .dates(_, let isComplete) = self { isComplete } else { nil }
    }
  }

  /// Counts of the matters of one due date, or of one lead.
  package struct Tally: Sendable, Hashable {
    package var matters = 0
    package var complete = 0
    /// With a record, and not complete.
    package var incomplete = 0
    /// Without a record.
    package var unrecorded = 0
    /// Late by the record, with the service or with the report.
    package var late = 0
    /// Of those without a record: a day has passed, and whether they are late is unknown (`Row.isOverdueUnknown`).
    package var unknown = 0
    /// Due on the day of the board or before it, done or not.
    package var due = 0
    /// Led by several departments.
    package var shared = 0
    /// With a report window that is open on the day of the board.
    package var windowOpen = 0
    /// With a recorded report: the plan or the summary, as its list owes.
    package var reported = 0
  }

  /// The matters of one due date; nil for those without one.
  package struct DueSummary: Sendable, Hashable {
    package var due: Day?
    package var tally: Tally
  }

  /// The matters that one department leads, alone or with others: a matter with two leads is in both summaries.
  package struct LeadSummary: Sendable, Hashable {
    /// Its index in `Catalog.departments`; nil for a department that is not in the register.
    package var department: Int?
    /// Its short name, or the name as printed.
    package var name: String
    package var tally: Tally
    /// The next due date on or after the day of the board.
    package var nextDue: Day?
    /// Indices in `rows`.
    package var rows: [Int]
  }

  /// A coming date, with its matters.
  package struct Event: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
      /// A report window opens.
      case opens
      /// A report window closes: the last day to send a report.
      case closes
      /// A due date.
      case due
    }

    package var kind: Kind
    package var day: Day
    /// Counted from the day of the board; 0 on that day.
    package var daysLeft: Int
    /// Indices in `rows`.
    package var rows: [Int]
  }

  /// The matters of a board. Each row is made when it is asked for: a million of them would take more memory than the
  /// catalog itself.
  package struct Rows: RandomAccessCollection, Sendable {
    let matters: BoardMatters
    /// Indices in `Catalog.matters`.
    let order: [Int]

    package var startIndex: Int { 0 }
    package var endIndex: Int { order.count }
    package subscript(index: Int) -> Row { matters.row(order[index]).0 }

    /// The id of the matter of a row.
    package func id(at index: Int) -> String { matters.id(order[index]) }
  }

  /// The day of the board.
  package var day: Day
  /// The lead that the board is restricted to, as an index in `Catalog.departments`; nil for all.
  package var department: Int?
  /// The last day that the board is restricted to; nil for all.
  package var dueBy: Day?
  /// By due date, list and number; matters without a due date come last.
  package var rows: Rows
  /// By due date, matters without one last.
  package var byDue: [DueSummary]
  /// By number of matters, most first, then in the order of the register; departments that are not in it come last.
  package var byLead: [LeadSummary]
  /// The next event of each kind on or after the day of the board, by day; kinds without one are left out.
  package var next: [Event]
  /// The counts over all rows.
  package var tally: Tally

  /// The next due date.
  package var nextDue: Event? { next.first { $0.kind == .due } }
  /// The next opening or closing of a report window.
  package var nextWindow: Event? { next.first { $0.kind != .due } }

  /// - Parameters:
  ///   - day: the day of the board.
  ///   - department: restricts the board to the matters that this department leads; an index in `Catalog.departments`.
  ///   - dueBy: restricts it to the matters that are due, or whose report is due, on this day or before it.
  package init(_ catalog: Catalog, on day: Day, department: Int? = nil, dueBy: Day? = nil) {
    self.init(BoardMatters(catalog, on: day), on: day, department: department, dueBy: dueBy) { matters, matter in
      department.map { matters.leads(matter, $0) } ?? true
    }
  }

  /// The board of the matters that are chosen.
  init(
    _ matters: BoardMatters, on day: Day, department: Int?, dueBy: Day?,
    where isChosen: (BoardMatters, Matter) -> Bool
  ) {
    let order = matters.order(dueBy: dueBy) { isChosen(matters, $0) }
    var summaries = BoardSummaries(day: day, department: department)
    for (ordinal, index) in order.enumerated() {
      let (row, lead) = matters.row(index)
      summaries.add(row, at: ordinal, lead: lead)
    }
    self.day = day
    self.department = department
    self.dueBy = dueBy
    rows = Rows(matters: matters, order: order)
    byDue = summaries.byDue
    byLead = summaries.sortedLeads
    next = summaries.nextEvents
    tally = summaries.tally
  }
}

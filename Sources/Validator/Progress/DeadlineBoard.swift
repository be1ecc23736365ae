import Catalog
import Deadlines
import Localization

/// What `onevisit deadlines` shows: for a catalog and a day, when each matter is due and to be reported, what is
/// recorded of it, and what comes next. Values only: a table, CSV and JSON are printed from them.
package struct DeadlineBoard: Sendable {
  /// One matter.
  package struct Row: Sendable, Hashable {
    /// Its ordinal in `Catalog.matters`.
    package var matter: Int
    package var id: String
    /// The list's id as the catalog knows it; empty if it is not known.
    package var list: String
    package var number: Int?
    package var audience: Audience?
    package var name: String
    /// Canonical short names; one that no register answers to stands as printed.
    package var lead: [String]
    /// Whether all of `lead` lead it jointly, or any of them.
    package var leadChoice: Parties.Choice

    /// The deadline as printed.
    package var deadline: String
    package var kind: Deadline.Kind
    /// What it asks, in words.
    package var meaning: LocalizedText
    /// The last day in time; nil for a recurring, an open or an unreadable deadline.
    package var due: Day?
    /// The next day it falls due, from the day asked about on: of a recurring deadline too.
    package var nextDue: Day?

    /// When its report is to be sent; nil where its list does not say, or nothing is due.
    package var window: ReportWindow?
    /// Where the day asked about stands to that window.
    package var windowState: ReportWindow.State?

    package var recorded: Recorded
    /// By how many days it is late: the due date has passed, and the record shows that it is not complete. Nil where it
    /// is in time, and where nothing is recorded: such a date is shown, not judged.
    package var daysLate: Int?

    /// Due before the day asked about, whatever is recorded.
    package func isPastDue(on day: Day) -> Bool { due.map { $0 < day } ?? false }
  }

  /// What the progress table says of a matter on the day asked about.
  package enum Recorded: Sendable, Hashable {
    /// Nothing, nor of any other matter of its list.
    case nothingOfList
    /// Nothing, though there is a record of its list.
    case nothing
    /// Dates by `Progress.Deliverable.rawValue`; a date after the day asked about is shown, and is not done on that
    /// day.
    case dates([Day?], isComplete: Bool)

    package subscript(deliverable: Progress.Deliverable) -> Day? {
      if case .dates(let dates, _) = self { dates[deliverable.rawValue] } else { nil }
    }

    /// Whether the service is complete: guide, form, materials, single submission, portal and app. Nil where nothing is
    /// recorded.
    package var isComplete: Bool? {
      if case .dates(_, let isComplete) = self { isComplete } else { nil }
    }
  }

  /// How the matters of one due date, or of one lead, stand.
  package struct Tally: Sendable, Hashable {
    package var matters = 0
    package var complete = 0
    /// Recorded, and not complete.
    package var incomplete = 0
    /// Of which nothing is recorded.
    package var unrecorded = 0
    /// Those that the record shows to be late.
    package var late = 0
    /// Those whose report can be sent on the day asked about.
    package var windowOpen = 0
    /// Those with a plan on record.
    package var reported = 0
  }

  /// The matters of one due date; nil for those that fall due on no one day.
  package struct DueSummary: Sendable, Hashable {
    package var due: Day?
    package var tally: Tally
  }

  /// The matters that one department leads, alone or with others: a matter with two leads stands under each.
  package struct LeadSummary: Sendable, Hashable {
    /// Its ordinal in `Catalog.departments`; nil for a name that no register answers to.
    package var department: Int?
    /// Its canonical short name, or the name as printed.
    package var name: String
    package var tally: Tally
    /// The next day one of them falls due, from the day asked about on.
    package var nextDue: Day?
  }

  /// Something that comes, with the matters it comes for.
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
    /// From the day asked about: none on that day itself.
    package var daysLeft: Int
    /// Places in `rows`.
    package var rows: [Int]
  }

  /// The day asked about.
  package var day: Day
  /// The lead asked about, by its ordinal in `Catalog.departments`; nil for all.
  package var department: Int?
  /// By due date, then list and number; what falls due on no one day comes last.
  package var rows: [Row]
  /// By date, undated last.
  package var byDue: [DueSummary]
  /// By due matters, most first, then in the order of the register; names that no register knows last.
  package var byLead: [LeadSummary]
  /// The next of each kind, on the day asked about or after it, by day; a kind that does not come again is left out.
  package var next: [Event]
  /// All rows together.
  package var tally: Tally

  /// The next due date.
  package var nextDue: Event? { next.first { $0.kind == .due } }
  /// The next opening or closing of a report window.
  package var nextWindow: Event? { next.first { $0.kind != .due } }

  /// - Parameters:
  ///   - department: only the matters it leads, by its ordinal in `Catalog.departments`.
  package init(_ catalog: Catalog, on day: Day, department: Int? = nil) {
    self.day = day
    self.department = department
    let record = ProgressRecord(catalog)
    // What a text means is worked out once for each text.
    let leads = catalog.names(.lead).map { Lead(catalog.parties($0), in: catalog) }
    let deadlines = catalog.names(.deadline).map { Reading(catalog.deadline($0), catalog.text($0), on: day) }

    let matters = catalog.matters
    let chosen = matters.indices.filter { index in
      department.map { leads[matters[index].lead.index].departments.contains($0) } ?? true
    }
    let dueNumber = deadlines.map { $0.due?.number ?? Int32.max }
    let order = chosen.sorted { a, b in
      let first = matters[a]
      let second = matters[b]
      // A day, list or number that is not known comes last.
      let due = (dueNumber[first.deadline.index], dueNumber[second.deadline.index])
      if due.0 != due.1 { return due.0 < due.1 }
      let list = (first.list ?? Int.max, second.list ?? Int.max)
      if list.0 != list.1 { return list.0 < list.1 }
      let number = (first.number ?? Int.max, second.number ?? Int.max)
      return number.0 != number.1 ? number.0 < number.1 : a < b
    }

    var rows: [Row] = []
    rows.reserveCapacity(order.count)
    var total = Tally()
    var byDue: [DueSummary] = []
    var byLead: [Lead.Party: LeadSummary] = [:]
    var coming: [Event.Kind: Event] = [:]
    for index in order {
      let matter = matters[index]
      let lead = leads[matter.lead.index]
      let deadline = deadlines[matter.deadline.index]
      let window = catalog.reportWindow(of: matter)
      let state = window?.state(on: day)
      let recorded: Recorded
      if let list = matter.list, record.isRecorded(list: list) {
        recorded =
          record.entry(ofMatter: index).map { .dates($0.dates, isComplete: $0.isComplete(on: day)) } ?? .nothing
      } else {
        recorded = .nothingOfList
      }
      let row = Row(
        matter: index, id: catalog.id(matter), list: matter.list.map { catalog.lists[$0].id } ?? "",
        number: matter.number, audience: matter.audience, name: catalog.text(matter.name),
        lead: lead.parties.map(\.name), leadChoice: lead.choice, deadline: deadline.text, kind: deadline.kind,
        meaning: deadline.meaning, due: deadline.due, nextDue: deadline.next, window: window, windowState: state,
        recorded: recorded, daysLate: record.daysLate(matter, due: deadline.due, on: day))
      let ordinal = rows.count
      rows.append(row)

      total.add(row, on: day)
      if byDue.isEmpty || byDue[byDue.count - 1].due != row.due {
        byDue.append(DueSummary(due: row.due, tally: Tally()))
      }
      byDue[byDue.count - 1].tally.add(row, on: day)
      // Asked for one department, the others that lead with it are not summed up.
      for party in lead.parties where department == nil || party.department == department {
        var summary =
          byLead[party] ?? LeadSummary(department: party.department, name: party.name, tally: Tally(), nextDue: nil)
        summary.tally.add(row, on: day)
        if let next = row.nextDue { summary.nextDue = min(summary.nextDue ?? next, next) }
        byLead[party] = summary
      }
      for (kind, date) in [(Event.Kind.opens, window?.opens), (.closes, window?.closes), (.due, row.nextDue)] {
        guard let date, date >= day else { continue }
        if var event = coming[kind], event.day <= date {
          if event.day == date {
            // Taken out first, so that the list of rows is not copied each time.
            coming[kind] = nil
            event.rows.append(ordinal)
            coming[kind] = event
          }
        } else {
          coming[kind] = Event(kind: kind, day: date, daysLeft: day.days(until: date), rows: [ordinal])
        }
      }
    }
    self.rows = rows
    self.byDue = byDue
    self.byLead = byLead.values.sorted { a, b in
      if (a.department == nil) != (b.department == nil) { return a.department != nil }
      if a.tally.matters != b.tally.matters { return a.tally.matters > b.tally.matters }
      return (a.department ?? 0, a.name) < (b.department ?? 0, b.name)
    }
    next = Event.Kind.allCases.compactMap { coming[$0] }.sorted { $0.day < $1.day }
    tally = total
  }

  /// A deadline, read for the day asked about.
  private struct Reading {
    var text: String
    var kind: Deadline.Kind
    var meaning: LocalizedText
    var due: Day?
    var next: Day?

    init(_ deadline: Deadline, _ text: String, on day: Day) {
      self.text = text
      kind = deadline.kind
      meaning = deadline.meaning
      due = deadline.due
      next = deadline.next(from: day)
    }
  }

  /// A lead, with canonical names.
  private struct Lead {
    struct Party: Hashable {
      var department: Int?
      var name: String
    }

    var parties: [Party]
    var choice: Parties.Choice
    var departments: [Int]

    init(_ cell: Parties, in catalog: Catalog) {
      var parties: [Party] = []
      for party in cell.parties {
        let found = Party(
          department: party.department, name: party.department.map { catalog.departments[$0].short } ?? party.name)
        if !parties.contains(found) { parties.append(found) }
      }
      self.parties = parties
      choice = cell.choice
      departments = cell.departments
    }
  }
}

extension DeadlineBoard.Tally {
  fileprivate mutating func add(_ row: DeadlineBoard.Row, on day: Day) {
    matters += 1
    switch row.recorded {
    case .dates(_, isComplete: true): complete += 1
    case .dates(_, isComplete: false): incomplete += 1
    case .nothing, .nothingOfList: unrecorded += 1
    }
    if row.daysLate != nil { late += 1 }
    if case .open = row.windowState { windowOpen += 1 }
    if let plan = row.recorded[.plan], plan <= day { reported += 1 }
  }
}

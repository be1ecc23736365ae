import Catalog
import Deadlines
import Localization

/// The matters of a catalog as rows of a deadline board.
struct BoardMatters: Sendable {
  private let catalog: Catalog
  private let day: Day
  private let record: ProgressRecord
  /// By the index of the text in its column, so that each distinct text is read once.
  private let leads: [BoardLead]
  private let deadlines: [BoardDeadline]

  init(_ catalog: Catalog, on day: Day) {
    self.catalog = catalog
    self.day = day
    record = ProgressRecord(catalog)
    leads = catalog.names(.lead).map { BoardLead(catalog.printedDepartments($0), in: catalog) }
    deadlines = catalog.names(.deadline).map { BoardDeadline(catalog.deadline($0), catalog.text($0), on: day) }
  }

  /// Whether a department leads a matter, alone or with others.
  func leads(_ matter: Matter, _ department: Int) -> Bool { leads[matter.lead.index].departments.contains(department) }

  /// The indices of the matters that are not withdrawn and that are chosen, due or to be reported by a day if one is given,
  /// by due date, list and number; those with an unknown value last.
  func order(dueBy: Day?, where isChosen: (Matter) -> Bool) -> [Int] {
    let matters = catalog.matters
    let dueNumber = deadlines.map { $0.due?.number ?? Int32.max }
    let chosen = matters.indices.filter { index in
      guard !matters[index].isWithdrawn, isChosen(matters[index]) else { return false }
      guard let dueBy else { return true }
      if let due = deadlines[matters[index].deadline.index].due, due <= dueBy { return true }
      return catalog.reportWindow(of: matters[index]).map { $0.closes <= dueBy } ?? false
    }
    return chosen.sorted { a, b in
      let first = matters[a]
      let second = matters[b]
      let due = (dueNumber[first.deadline.index], dueNumber[second.deadline.index])
      if due.0 != due.1 { return due.0 < due.1 }
      let list = (first.list ?? Int.max, second.list ?? Int.max)
      if list.0 != list.1 { return list.0 < list.1 }
      let number = (first.number ?? Int.max, second.number ?? Int.max)
      return number.0 != number.1 ? number.0 < number.1 : a < b
    }
  }

  func id(_ index: Int) -> String { catalog.id(catalog.matters[index]) }

  func row(_ index: Int) -> (DeadlineBoard.Row, BoardLead) {
    let matter = catalog.matters[index]
    let lead = leads[matter.lead.index]
    let deadline = deadlines[matter.deadline.index]
    let window = catalog.reportWindow(of: matter)
    let row = DeadlineBoard.Row(
      matter: matter.index, id: catalog.id(matter), list: matter.list.map { catalog.lists[$0].id } ?? "",
      number: matter.number, audience: catalog.audience(of: matter), name: catalog.text(matter.name),
      lead: lead.names, leadChoice: lead.choice, deadline: deadline.text, kind: deadline.kind,
      meaning: deadline.meaning, due: deadline.due, nextDue: deadline.next, window: window,
      windowState: window?.state(on: day), recorded: recorded(matter),
      owed: matter.list.map { record.owed(list: $0).all } ?? [], missing: record.missing(matter, on: day),
      cases: record.entry(ofMatter: matter.index)?.cases,
      serviceDaysLate: record.daysLate(matter, due: deadline.due, on: day),
      reportDaysLate: record.reportDaysLate(matter, closes: window?.closes, on: day))
    return (row, lead)
  }

  private func recorded(_ matter: Matter) -> DeadlineBoard.Recorded {
    let entry = record.entry(ofMatter: matter.index)
    guard let list = matter.list, record.isRecorded(list: list) || entry?.hasDates == true else {
      return .nothingOfList
    }
    guard let entry else { return .nothing }
    return .dates(entry.dates, isComplete: entry.isComplete(on: day))
  }
}

/// A deadline text on the day of the board.
private struct BoardDeadline: Sendable {
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

/// The departments of a lead cell, by the names of the register.
struct BoardLead: Sendable {
  struct Entry: Hashable, Sendable {
    var department: Int?
    var name: String
  }

  var entries: [Entry]
  /// Of the entries.
  var names: [String]
  var choice: PrintedDepartments.Choice
  var departments: [Int]

  init(_ cell: PrintedDepartments, in catalog: Catalog) {
    var entries: [Entry] = []
    var seen: Set<Entry> = []
    for printed in cell.entries {
      let entry = Entry(
        department: printed.department,
        name: printed.department.map { catalog.departments[$0].short } ?? printed.name)
      if seen.insert(entry).inserted { entries.append(entry) }
    }
    self.entries = entries
    names = entries.map(\.name)
    choice = cell.choice
    departments = cell.departments
  }
}

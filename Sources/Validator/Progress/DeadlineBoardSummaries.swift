import Deadlines

/// The counts and coming dates of a deadline board, collected row by row in the order of the board.
struct BoardSummaries {
  let day: Day
  /// Only this lead is summed up; nil for all.
  let department: Int?
  private(set) var tally = DeadlineBoard.Tally()
  private(set) var byDue: [DeadlineBoard.DueSummary] = []
  private var byLead: [BoardLead.Entry: DeadlineBoard.LeadSummary] = [:]
  private var coming: [DeadlineBoard.Event.Kind: DeadlineBoard.Event] = [:]

  init(day: Day, department: Int?) {
    self.day = day
    self.department = department
  }

  mutating func add(_ row: DeadlineBoard.Row, at index: Int, lead: BoardLead) {
    tally.add(row, on: day)
    if byDue.isEmpty || byDue[byDue.count - 1].due != row.due {
      byDue.append(DeadlineBoard.DueSummary(due: row.due, tally: DeadlineBoard.Tally()))
    }
    byDue[byDue.count - 1].tally.add(row, on: day)
    for entry in lead.entries where department == nil || entry.department == department {
      add(row, at: index, to: entry)
    }
    if let opens = row.window?.opens { add(.opens, on: opens, index) }
    if let closes = row.window?.closes { add(.closes, on: closes, index) }
    if let due = row.nextDue { add(.due, on: due, index) }
  }

  private mutating func add(_ row: DeadlineBoard.Row, at index: Int, to entry: BoardLead.Entry) {
    // Removed first, so that the array of rows is not copied.
    var summary =
      byLead.removeValue(forKey: entry)
      ?? DeadlineBoard.LeadSummary(
        department: entry.department, name: entry.name, tally: DeadlineBoard.Tally(), nextDue: nil, rows: [])
    summary.tally.add(row, on: day)
    summary.rows.append(index)
    if let next = row.nextDue { summary.nextDue = min(summary.nextDue ?? next, next) }
    byLead[entry] = summary
  }

  /// Keeps the earliest event of each kind.
  private mutating func add(_ kind: DeadlineBoard.Event.Kind, on date: Day, _ index: Int) {
    guard date >= day else { return }
    guard var event = coming[kind], event.day <= date else {
      coming[kind] = DeadlineBoard.Event(kind: kind, day: date, daysLeft: day.days(until: date), rows: [index])
      return
    }
    guard event.day == date else { return }
    // Removed first, so that the array of rows is not copied.
    coming[kind] = nil
    event.rows.append(index)
    coming[kind] = event
  }

  var sortedLeads: [DeadlineBoard.LeadSummary] {
    byLead.values.sorted { a, b in
      if (a.department == nil) != (b.department == nil) { return a.department != nil }
      if a.tally.matters != b.tally.matters { return a.tally.matters > b.tally.matters }
      return (a.department ?? 0, a.name) < (b.department ?? 0, b.name)
    }
  }

  var nextEvents: [DeadlineBoard.Event] {
    DeadlineBoard.Event.Kind.allCases.compactMap { coming[$0] }.sorted { $0.day < $1.day }
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
    if row.isOverdueUnknown(on: day) { unknown += 1 }
    if let date = row.due, date <= day { due += 1 }
    if row.isShared { shared += 1 }
    if case .open = row.windowState { windowOpen += 1 }
    if row.isReported(on: day) { reported += 1 }
  }
}

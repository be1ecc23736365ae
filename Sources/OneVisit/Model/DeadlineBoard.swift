/// The matters of a catalog by due date, as seen on one day: report windows, what is recorded as done, and what comes
/// next. Made by ``Catalog/deadlines(asOf:department:dueBy:)``.
public struct DeadlineBoard: Sendable {
  /// One matter.
  public struct Row: Sendable, Hashable {
    /// The matter.
    public let matter: Matter
    /// The next day on which it is due, from the board's day on, also of a recurring deadline; nil if there is none.
    public let nextDue: Day?
    /// When its report is to be handed in; nil if its list does not say, or nothing is due.
    public let reportWindow: ReportWindow?
    /// The recorded days; nil if the progress table has no record of the matter.
    public let recorded: [Deliverable: Day]?
    /// Whether everything that its list owes, except the report, is recorded as done by the board's day; nil without a
    /// record.
    public let isComplete: Bool?
    /// What its list owes and the record does not show as done; without a record, all that the list owes.
    public let missing: [Deliverable]
    /// How many cases were handled (办件量), as recorded.
    public let cases: Int?
    /// How many days it is late, with the service or with its report; nil if it is in time, and if its list has no record, so
    /// that it cannot be judged.
    public let daysLate: Int?
  }

  /// Something that comes, with the matters concerned.
  public struct Event: Sendable, Hashable {
    /// The day.
    public let day: Day
    /// The number of days from the board's day; 0 on that day itself.
    public let daysLeft: Int
    /// The ids of the matters concerned.
    public let matterIDs: [String]
  }

  /// The day for which the board was made.
  public let day: Day
  /// By due day, then list and number; matters without one due day come last.
  public let rows: [Row]
  /// The next due day.
  public let nextDue: Event?
  /// The next day on which a report window opens.
  public let nextReportOpening: Event?
  /// The next day on which a report window closes.
  public let nextReportClosing: Event?

  init(_ board: Core.DeadlineBoard, in catalog: Core.Catalog) {
    day = Day(board.day)
    rows = board.rows.map { Row($0, in: catalog) }
    func next(_ kind: Core.DeadlineBoard.Event.Kind) -> Event? {
      board.next.first { $0.kind == kind }.map { event in
        Event(day: Day(event.day), daysLeft: event.daysLeft, matterIDs: event.rows.map { board.rows.id(at: $0) })
      }
    }
    nextDue = next(.due)
    nextReportOpening = next(.opens)
    nextReportClosing = next(.closes)
  }
}

extension DeadlineBoard.Row {
  init(_ row: Core.DeadlineBoard.Row, in catalog: Core.Catalog) {
    matter = Matter(catalog.matters[row.matter], in: catalog)
    nextDue = row.nextDue.map(Day.init)
    reportWindow = row.window.map(ReportWindow.init)
    isComplete = row.recorded.isComplete
    missing = Deliverable.allCases.filter { row.missing.contains($0.core) }
    cases = row.cases
    daysLate = row.daysLate
    guard case .dates = row.recorded else {
      recorded = nil
      return
    }
    var days: [Deliverable: Day] = [:]
    for deliverable in Deliverable.allCases {
      days[deliverable] = row.recorded[deliverable.core].map(Day.init)
    }
    recorded = days
  }
}

extension Catalog {
  /// The matters by due date, with report windows and recorded progress.
  ///
  /// - Parameters:
  ///   - day: the day for which the board is made.
  ///   - department: only matters that this department leads, by any of its names; all matters if nil.
  ///   - dueBy: only matters that are due, or whose report is due, on this day or before it; all matters if nil.
  /// - Throws: `OneVisitError` of kind `unknownName`.
  public func deadlines(
    asOf day: Day, department: String? = nil, dueBy: Day? = nil
  ) throws(OneVisitError) -> DeadlineBoard {
    var index: Int?
    if let department { index = try requiredDepartment(department) }
    return DeadlineBoard(
      Core.DeadlineBoard(core, on: day.core, department: index, dueBy: dueBy?.core), in: core)
  }
}

import Catalog
import Deadlines

/// The matters that targets for one list and audience count, by due date and, for targets that speak of it, by the day on
/// which they went online.
struct TargetTally {
  struct Scope: Hashable {
    var list: Int?
    var audience: Int?
    var isOnline: Bool
  }

  struct Result {
    /// What counts: due, or recorded as online, by the day.
    var counted = 0
    /// Not recorded as online, and due by the day: its day has not come, or its list has no record.
    var planned = 0
    /// What might count, because something of it could not be read.
    var possible = 0
  }

  /// How many are certainly of the scope, and how many might be.
  private struct Count {
    var certain = 0
    var unsure = 0

    mutating func add(isSure: Bool) {
      if isSure { certain += 1 } else { unsure += 1 }
    }
  }

  private let scope: Scope
  /// The matters that are certainly of the scope.
  private(set) var matters = 0
  /// Matters without a deadline, or with an unreadable record.
  private var unknown = 0
  /// By deadline: all matters; of targets that speak of being online, those of lists without a record of it.
  private var due: [Count]
  /// By deadline, matters that are not online.
  private var offline: [Count]
  private var online: [Day: Count] = [:]
  /// Whether the record has a row of a matter of the scope. Without one it is unknown what is online.
  private var hasRow = false

  init(_ catalog: Catalog, _ scope: Scope, online record: OnlineRecord?) {
    self.scope = scope
    due = [Count](repeating: Count(), count: catalog.distinctCount(.deadline))
    offline = scope.isOnline ? due : []
    for matter in catalog.matters where !matter.isWithdrawn {
      var isSure = true
      if let list = scope.list {
        if let own = matter.list { if own != list { continue } } else { isSure = false }
      }
      if let audience = scope.audience {
        if let own = matter.audience { if own != audience { continue } } else { isSure = false }
      }
      if isSure { matters += 1 }
      let status = scope.isOnline ? record?.status(of: matter) ?? .unknown : .unknown
      if scope.isOnline, !hasRow { hasRow = record?.hasRow(matter) ?? false }
      switch status {
      case .online(let day): online[day, default: Count()].add(isSure: isSure)
      case .unreadable: unknown += 1
      case .offline, .unknown:
        if matter.isUnknown(.deadline) {
          unknown += 1
        } else if case .offline = status {
          offline[matter.deadline.index].add(isSure: isSure)
        } else {
          due[matter.deadline.index].add(isSure: isSure)
        }
      }
    }
  }

  /// - Parameters:
  ///   - by: the day of the target.
  ///   - after: only what is later than this day counts.
  ///   - day: the date of the check.
  func result(by: Day, after: Day?, on day: Day, in catalog: Catalog) -> Result {
    var result = Result()
    result.possible = unknown
    func isCounted(_ date: Day) -> Bool { date <= by && after.map { date > $0 } ?? true }
    for (date, count) in online where isCounted(date) {
      // `recorded-out-of-order` reports a date in the future.
      if date <= day { result.counted += count.certain } else { result.possible += count.certain }
      result.possible += count.unsure
    }
    for name in catalog.names(.deadline) {
      var count = due[name.index]
      // Until the day of the target, what is not online yet may go online in time.
      if scope.isOnline, day <= by || !hasRow {
        count.certain += offline[name.index].certain
        count.unsure += offline[name.index].unsure
      }
      guard count.certain + count.unsure > 0 else { continue }
      let deadline = catalog.deadline(name)
      if deadline.kind == .unreadable || deadline.kind == .empty {
        result.possible += count.certain + count.unsure
      } else if let date = deadline.due, isCounted(date) {
        if scope.isOnline { result.planned += count.certain } else { result.counted += count.certain }
        result.possible += count.unsure
      }
    }
    return result
  }
}

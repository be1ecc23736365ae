import Catalog
import Deadlines

/// How many matters of each list are due on each day, and the lists in which a short run of matters has another due date than
/// the matters around it. Withdrawn matters are not counted.
struct DueDays: Sendable {
  struct Entry: Sendable {
    var list: Int
    var day: Day
    var count: Int
    /// The first of the matters.
    var first: Int
  }

  private(set) var entries: [Entry] = []
  /// By list: the rows are not in the order of their numbers, or a run of up to `shortRun` matters has another due date than
  /// the one before it and the one after it.
  private(set) var mayHaveShortRuns: [Bool]

  static let shortRun = 4

  private let days: [Day]
  /// By text of a deadline, its day in `days`; -1 if it sets none.
  private let dayOf: [Int32]
  /// By list and day, the entry and one more; 0 for none. Empty if that would be many times the matters.
  private var dense: [Int32]
  private var sparse: [Int: Int32] = [:]
  private var runs: [Run]

  /// The last matters of a list.
  private struct Run {
    var day: Int32 = -1
    var number: Int32 = -1
    /// How many have the day, and how many runs have ended before.
    var length: Int32 = 0
    var before: Int32 = 0
  }

  init(_ catalog: Catalog) {
    var numbers: [Day: Int32] = [:]
    var days: [Day] = []
    dayOf = catalog.names(.deadline).map { name in
      guard let due = catalog.deadline(name).due else { return -1 }
      if let known = numbers[due] { return known }
      numbers[due] = Int32(days.count)
      days.append(due)
      return Int32(days.count - 1)
    }
    self.days = days
    let lists = catalog.lists.count
    let cells = lists.multipliedReportingOverflow(by: days.count)
    dense = !cells.overflow && cells.partialValue <= 1 << 20 ? [Int32](repeating: 0, count: cells.partialValue) : []
    mayHaveShortRuns = [Bool](repeating: false, count: lists)
    runs = [Run](repeating: Run(), count: lists)
  }

  mutating func take(_ block: Range<Int>, _ rows: RowSurvey.Rows) {
    // Those of the matter before.
    var (lastList, lastDay, entry) = (-1, Int32(-1), 0)
    for index in block {
      let matter = rows.matters[index]
      let day = dayOf[matter.deadline.index]
      guard day >= 0, let list = matter.list, !matter.isWithdrawn else { continue }
      if list != lastList || day != lastDay {
        (lastList, lastDay, entry) = (list, day, self.entry(list, day, index))
      }
      entries[entry].count += 1
      if let number = matter.number { take(list, day, number) }
    }
  }

  private mutating func entry(_ list: Int, _ day: Int32, _ index: Int) -> Int {
    let cell = list * days.count + Int(day)
    let known = dense.isEmpty ? sparse[cell] ?? 0 : dense[cell]
    if known > 0 { return Int(known) - 1 }
    entries.append(Entry(list: list, day: days[Int(day)], count: 0, first: index))
    if dense.isEmpty { sparse[cell] = Int32(entries.count) } else { dense[cell] = Int32(entries.count) }
    return entries.count - 1
  }

  @inline(__always)
  private mutating func take(_ list: Int, _ day: Int32, _ number: Int) {
    let number = Int32(truncatingIfNeeded: number)
    if number < runs[list].number { mayHaveShortRuns[list] = true }
    runs[list].number = number
    if runs[list].day == day {
      runs[list].length += 1
      return
    }
    // Neither the first run of a list nor its last one is between others.
    if runs[list].before >= 2, runs[list].length <= DueDays.shortRun { mayHaveShortRuns[list] = true }
    runs[list].before += 1
    (runs[list].day, runs[list].length) = (day, 1)
  }
}

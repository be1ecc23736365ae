import Catalog
import Deadlines
import Localization

/// The progress table by matter: what is recorded as done, and which lists have records.
///
/// - The rows of one matter are combined.
/// - Each matter is judged by what its list owes (`OwedDeliverables`); days of other deliverables are kept and shown.
/// - A list has a record if a row of one of its matters has a filled cell of something that the list owes. A table with every
///   id and no date records nothing, and makes nothing overdue.
package struct ProgressRecord: Sendable {
  /// The record of one matter.
  package struct Entry: Sendable {
    /// Its first row in `Catalog.progress`.
    package var row: Int
    /// By `Progress.Deliverable.rawValue`.
    package var dates: [Day?]
    /// The cases handled, if they are recorded.
    package var cases: Int?
    /// Cells with something other than a date.
    package var unreadable: Set<Progress.Deliverable>
    /// What the matter's list owes.
    package var owed: OwedDeliverables

    /// Whether it is recorded on that day or before it.
    package func isDone(_ deliverable: Progress.Deliverable, on day: Day) -> Bool {
      dates[deliverable.rawValue].map { $0 <= day } ?? false
    }

    /// Whether its cell is empty. A cell that cannot be read and a future date are not missing; other rules report
    /// them.
    package func isMissing(_ deliverable: Progress.Deliverable) -> Bool {
      dates[deliverable.rawValue] == nil && !unreadable.contains(deliverable)
    }

    /// Whether it was not done on that day: its cell is empty, or has a later date. A cell that cannot be read is unknown.
    package func lacks(_ deliverable: Progress.Deliverable, on day: Day) -> Bool {
      !isDone(deliverable, on: day) && !unreadable.contains(deliverable)
    }

    /// The missing deliverables of the service.
    package var missing: [Progress.Deliverable] { owed.service.filter(isMissing) }

    /// Whether a deliverable of the service is missing.
    package var isMissingAny: Bool { owed.service.contains(where: isMissing) }

    /// The missing reports.
    package var missingReports: [Progress.Deliverable] { owed.reports.filter(isMissing) }

    /// Whether all deliverables of the service are recorded on that day or before it. If the list owes nothing but reports,
    /// they are what makes the matter complete.
    package func isComplete(on day: Day) -> Bool {
      (owed.service.isEmpty ? owed.reports : owed.service).allSatisfy { isDone($0, on: day) }
    }

    /// Whether a day is recorded, owed or not.
    package var hasDates: Bool { dates.contains { $0 != nil } }
  }

  /// For each matter the index in `entries`, -1 if it has none; empty if the table has no rows.
  private var entryOfMatter: [Int32] = []
  /// One for each matter with a row, in the order of the rows.
  package private(set) var entries: [(matter: Int, entry: Entry)] = []
  /// By list.
  private var recordedLists: [Bool]
  /// What each list owes.
  private let owedByList: [OwedDeliverables]

  package init(_ catalog: Catalog) {
    recordedLists = [Bool](repeating: false, count: catalog.lists.count)
    owedByList = catalog.lists.map(\.owed)
    let usual = OwedDeliverables([])
    guard !catalog.progress.isEmpty else { return }
    entryOfMatter = [Int32](repeating: -1, count: catalog.matters.count)
    for (row, progress) in catalog.progress.enumerated() {
      // A withdrawn matter owes nothing any more.
      guard let matter = progress.matterIndex, !catalog.matters[matter].isWithdrawn else { continue }
      let list = catalog.matters[matter].list
      let owed = list.map { owedByList[$0] } ?? usual
      let unreadable = progress.unreadableDates
      if let list, !recordedLists[list], owed.all.contains(where: { progress[$0] != nil || unreadable.contains($0) }) {
        recordedLists[list] = true
      }
      let ordinal = Int(entryOfMatter[matter])
      if ordinal < 0 {
        entryOfMatter[matter] = Int32(entries.count)
        entries.append(
          (
            matter,
            Entry(row: row, dates: progress.dates, cases: progress.cases, unreadable: unreadable, owed: owed)
          ))
      } else {
        for (number, date) in progress.dates.enumerated() where entries[ordinal].entry.dates[number] == nil {
          entries[ordinal].entry.dates[number] = date
        }
        entries[ordinal].entry.cases = entries[ordinal].entry.cases ?? progress.cases
        entries[ordinal].entry.unreadable.formUnion(unreadable)
      }
    }
  }

  /// The record of a matter; nil if it has no row.
  package func entry(ofMatter matter: Int) -> Entry? {
    guard entryOfMatter.indices.contains(matter), entryOfMatter[matter] >= 0 else { return nil }
    return entries[Int(entryOfMatter[matter])].entry
  }

  /// What a list owes.
  package func owed(list: Int) -> OwedDeliverables { owedByList[list] }

  /// Whether a matter of the list has a record of something that the list owes.
  package func isRecorded(list: Int) -> Bool { recordedLists[list] }

  /// Whether no list has a record.
  package var isEmpty: Bool { !recordedLists.contains(true) }

  /// The delay in days of a matter that was due on `due`: its due date has passed, and its row shows it incomplete. Nil if
  /// it is in time, or if it has no record. Its report is not meant: see `reportDaysLate`.
  package func daysLate(_ matter: Matter, due: Day?, on day: Day) -> Int? {
    guard let due, due < day, let list = matter.list, isRecorded(list: list),
      let entry = entry(ofMatter: matter.index), entry.owed.service.contains(where: { entry.lacks($0, on: day) })
    else { return nil }
    return due.days(until: day)
  }

  /// The delay in days of a matter's report: the window closed on `closes`, and a report that its list owes is not recorded.
  /// In a list with records, a matter without a row has not reported. Nil in a list without any record: its status is unknown.
  package func reportDaysLate(_ matter: Matter, closes: Day?, on day: Day) -> Int? {
    guard let closes, closes < day, let list = matter.list, isRecorded(list: list) else { return nil }
    let entry = entry(ofMatter: matter.index)
    guard owedByList[list].reports.contains(where: { entry?.lacks($0, on: day) ?? true }) else { return nil }
    return closes.days(until: day)
  }

  /// What a matter's list owes for it and the record does not show as done on that day. A cell that cannot be read is not
  /// missing.
  package func missing(_ matter: Matter, on day: Day) -> [Progress.Deliverable] {
    guard let list = matter.list else { return [] }
    let owed = owedByList[list].all
    guard let entry = entry(ofMatter: matter.index) else { return owed }
    return owed.filter { entry.lacks($0, on: day) }
  }
}

import Catalog
import Deadlines
import Localization

/// The progress table by matter: what is recorded as done, and which lists have records.
///
/// - The rows of one matter are combined.
/// - A list has a record if a row of one of its matters has a filled cell. A table with every id and no date records nothing,
///   and makes nothing overdue.
package struct ProgressRecord: Sendable {
  /// The record of one matter.
  package struct Entry: Sendable {
    /// Its first row in `Catalog.progress`.
    package var row: Int
    /// By `Progress.Deliverable.rawValue`.
    package var dates: [Day?]
    /// Cells with something other than a date.
    package var unreadable: Set<Progress.Deliverable>

    /// Whether it is recorded on that day or before it.
    package func isDone(_ deliverable: Progress.Deliverable, on day: Day) -> Bool {
      dates[deliverable.rawValue].map { $0 <= day } ?? false
    }

    /// Whether its cell is empty. A cell that cannot be read and a future date are not missing; other rules report
    /// them.
    package func isMissing(_ deliverable: Progress.Deliverable) -> Bool {
      dates[deliverable.rawValue] == nil && !unreadable.contains(deliverable)
    }

    /// The missing deliverables of the service.
    package var missing: [Progress.Deliverable] { Progress.Deliverable.service.filter(isMissing) }

    /// Whether a deliverable of the service is missing.
    package var isMissingAny: Bool { Progress.Deliverable.service.contains(where: isMissing) }

    /// Whether all deliverables of the service are recorded on that day or before it.
    package func isComplete(on day: Day) -> Bool { Progress.Deliverable.service.allSatisfy { isDone($0, on: day) } }
  }

  /// For each matter the index in `entries`, -1 if it has none; empty if the table has no rows.
  private var entryOfMatter: [Int32] = []
  /// One for each matter with a row, in the order of the rows.
  package private(set) var entries: [(matter: Int, entry: Entry)] = []
  /// By list.
  private var recordedLists: [Bool]

  package init(_ catalog: Catalog) {
    recordedLists = [Bool](repeating: false, count: catalog.lists.count)
    guard !catalog.progress.isEmpty else { return }
    entryOfMatter = [Int32](repeating: -1, count: catalog.matters.count)
    for (row, progress) in catalog.progress.enumerated() {
      guard let matter = progress.matterIndex else { continue }
      if !progress.unreadableDates.isEmpty || progress.dates.contains(where: { $0 != nil }),
        let list = catalog.matters[matter].list
      {
        recordedLists[list] = true
      }
      let ordinal = Int(entryOfMatter[matter])
      if ordinal < 0 {
        entryOfMatter[matter] = Int32(entries.count)
        entries.append((matter, Entry(row: row, dates: progress.dates, unreadable: progress.unreadableDates)))
      } else {
        for (number, date) in progress.dates.enumerated() where entries[ordinal].entry.dates[number] == nil {
          entries[ordinal].entry.dates[number] = date
        }
        entries[ordinal].entry.unreadable.formUnion(progress.unreadableDates)
      }
    }
  }

  /// The record of a matter; nil if it has no row.
  package func entry(ofMatter matter: Int) -> Entry? {
    guard entryOfMatter.indices.contains(matter), entryOfMatter[matter] >= 0 else { return nil }
    return entries[Int(entryOfMatter[matter])].entry
  }

  /// Whether a matter of the list has a record.
  package func isRecorded(list: Int) -> Bool { recordedLists[list] }

  /// Whether no list has a record.
  package var isEmpty: Bool { !recordedLists.contains(true) }

  /// The delay in days of a matter that was due on `due`: its due date has passed, and its row shows it incomplete. Nil if
  /// it is in time, or if it has no record.
  package func daysLate(_ matter: Matter, due: Day?, on day: Day) -> Int? {
    guard let due, due < day, let list = matter.list, isRecorded(list: list),
      let entry = entry(ofMatter: matter.index), !entry.isComplete(on: day)
    else { return nil }
    return due.days(until: day)
  }
}

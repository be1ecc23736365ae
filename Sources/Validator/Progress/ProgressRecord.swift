import Catalog
import Deadlines
import Localization

/// The progress table, found by matter: what is recorded as done, and of which lists nothing is.
///
/// - Rows of one matter are read together: what any of them records is recorded.
/// - A list is recorded once a row of one of its matters holds something. A form that was laid out with every id and no
///   date yet records nothing, and makes nothing overdue.
package struct ProgressRecord: Sendable {
  /// What is recorded of one matter.
  package struct Entry: Sendable {
    /// Its first row in `Catalog.progress`.
    package var row: Int
    /// By `Progress.Deliverable.rawValue`.
    package var dates: [Day?]
    /// Cells that hold something that is no date.
    package var unreadable: Set<Progress.Deliverable>

    /// Dated, on that day or before it.
    package func isDone(_ deliverable: Progress.Deliverable, on day: Day) -> Bool {
      dates[deliverable.rawValue].map { $0 <= day } ?? false
    }

    /// Nothing stands in its cell. A cell that cannot be read, and a date yet to come, are told by rules of their own
    /// and are not missing.
    package func isMissing(_ deliverable: Progress.Deliverable) -> Bool {
      dates[deliverable.rawValue] == nil && !unreadable.contains(deliverable)
    }

    /// What is missing of the service itself.
    package var missing: [Progress.Deliverable] { Progress.Deliverable.service.filter(isMissing) }

    /// Whether anything is missing of the service.
    package var isMissingAny: Bool { Progress.Deliverable.service.contains(where: isMissing) }

    /// All of the service is dated, on that day or before it.
    package func isComplete(on day: Day) -> Bool { Progress.Deliverable.service.allSatisfy { isDone($0, on: day) } }
  }

  /// By matter, the ordinal in `entries`, -1 where there is none; empty if nothing is recorded at all.
  private var entryOfMatter: [Int32] = []
  /// One for each matter that has a row, in the order of the rows.
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

  /// What is recorded of a matter; nil if it has no row.
  package func entry(ofMatter matter: Int) -> Entry? {
    guard entryOfMatter.indices.contains(matter), entryOfMatter[matter] >= 0 else { return nil }
    return entries[Int(entryOfMatter[matter])].entry
  }

  /// Whether anything is recorded of any matter of a list.
  package func isRecorded(list: Int) -> Bool { recordedLists[list] }

  /// Whether anything is recorded of any list.
  package var isEmpty: Bool { !recordedLists.contains(true) }

  /// By how many days a matter that was due on `due` is late: the due date has passed, and its row shows that it is not
  /// complete. Nil where it is in time, and where the record says nothing of it.
  package func daysLate(_ matter: Matter, due: Day?, on day: Day) -> Int? {
    guard let due, due < day, let list = matter.list, isRecorded(list: list),
      let entry = entry(ofMatter: matter.index), !entry.isComplete(on: day)
    else { return nil }
    return due.days(until: day)
  }
}

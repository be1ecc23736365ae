import Catalog
import Localization

/// Works out what an import does to a folder.
///
/// A matter of the file is the matter of the folder that has its id. What the file does not know of it (a cell that it
/// has no column for, or could not read) stays as the folder has it.
struct ImportMerge {
  let folder: Catalog
  let file: Catalog
  let isNew: Bool
  let options: ImportOptions

  /// The columns of the result: those of the folder, or for a new one those of the file.
  var schema: CatalogSchema { isNew ? file.schema : folder.schema }

  /// The file's sources stand behind the folder's in the result.
  var shift: Int { folder.sources.count }

  func plan() -> ImportPlan {
    if folder.isUnreadable || file.isUnreadable {
      return ImportPlan(
        folder: folder, isNew: isNew, result: folder.isUnreadable ? folder : file, entries: [], registers: [],
        unknownNames: [], obstacles: [file.isUnreadable ? .unreadable : .unreadableFolder], changes: [:])
    }
    let pairs = paired()
    var work = Work(merge: self, pairs: pairs)
    work.mergeRegisters()
    var result = work.result(departments: [], approvals: [])
    var unknown = unknownNames(in: result, pairs)
    if options.addsUnknown, !unknown.isEmpty {
      let (departments, approvals) = enter(&unknown, work)
      result = work.result(departments: departments, approvals: approvals)
    }
    work.planRows(result)

    var obstacles: [ImportPlan.Obstacle] = []
    let wrong = file.issues.lazy.filter { issue in
      switch issue.kind {
      case .unknownColumn, .unknownNotice, .unknownMatter, .unknownDepartment: false
      default: true
      }
    }.count
    if wrong == 0, file.matters.isEmpty, case .csv = file.origin { obstacles.append(.noMatters) }
    if wrong > 0 { obstacles.append(.readingErrors(wrong)) }
    if !unknown.isEmpty, !options.addsUnknown { obstacles.append(.unknownNames(unknown.count)) }
    return ImportPlan(
      folder: folder, isNew: isNew, result: result, entries: work.entries, registers: work.registers,
      unknownNames: unknown, obstacles: obstacles, changes: work.changes.filter { !$0.value.isEmpty })
  }

  /// A matter of the folder and what the file says of it.
  struct Pair {
    var old: Matter?
    var new: Matter?
    var changes: [ImportPlan.Change] = []
    var itemsChange = false
    var status: ImportPlan.Entry.Status
    /// For each item of the file, the item of the folder that it is.
    var matches: [Int?] = []
  }

  /// What a matter or a row is known by: the n-th of an id is the n-th of that id on the other side.
  struct Key: Hashable {
    var id: String
    var turn: Int
  }

  /// Counts how often each id has come.
  struct OccurrenceCounter {
    private var counts: [String: Int] = [:]

    mutating func key(_ id: String) -> Key {
      defer { counts[id, default: 0] += 1 }
      return Key(id: id, turn: counts[id, default: 0])
    }
  }
}

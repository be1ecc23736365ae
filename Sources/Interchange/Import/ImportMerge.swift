import Catalog
import Localization

/// Computes the plan of an import into a folder.
///
/// Matters of the file and of the folder correspond by id. A cell that the file does not have or that could not be read keeps
/// the folder's value.
struct ImportMerge {
  let folder: Catalog
  let file: Catalog
  let isNew: Bool
  let options: ImportOptions
  /// With `ImportOptions.replacing`, the tables of the folder that are in the standard form.
  let standardTables: Set<TableKind>

  /// Items of the folder have ids of their own.
  let hasItemIDs: Bool

  init(folder: Catalog, file: Catalog, isNew: Bool, options: ImportOptions) {
    self.folder = folder
    self.file = file
    self.isNew = isNew
    self.options = options
    hasItemIDs = folder.hasMarks(ItemMarks.idColumn)
    let isComparable = options.replacing && !isNew && !folder.isUnreadable
    standardTables = isComparable ? ImportMerge.standardTables(of: folder) : []
  }

  /// The file is a complete export and replaces what the folder holds: the result is that of an import into a new folder.
  var isMirror: Bool {
    options.replacing && !isNew && file.isWholeExport && !file.lists.contains(where: \.isPartial)
  }

  /// The columns of the result: those of the folder; for a new folder, those of the file.
  var schema: CatalogSchema { isNew ? file.schema : folder.schema }

  /// The index of the file's first source in the result: its sources follow the folder's.
  var firstFileSource: Int { folder.sources.count }

  func plan() -> ImportPlan {
    if folder.isUnreadable || file.isUnreadable {
      return ImportPlan(
        folder: folder, isNew: isNew, result: folder.isUnreadable ? folder : file, entries: [], registers: [],
        unknownNames: [], obstacles: [file.isUnreadable ? .unreadable : .unreadableFolder], changes: [:])
    }
    let pairs = paired()
    var builder = PlanBuilder(merge: self, pairs: pairs)
    builder.mergeRegisters()
    var result = builder.result(departments: [], approvals: [])
    var unknown = unknownNames(in: result, pairs)
    if options.addsUnknown, !unknown.isEmpty {
      let (departments, approvals) = newEntries(for: &unknown, in: result, builder.tables)
      result = builder.result(departments: departments, approvals: approvals)
    }
    builder.planRows(result)
    if followsFile(pairs) { builder.planRewrites(result) }

    let unmatched = UnmatchedRows(in: file, into: folder, settings: isNew ? file.settings : folder.settings)
    return ImportPlan(
      folder: folder, isNew: isNew, result: result, entries: builder.entries, registers: collapsed(builder.registers),
      keptRows: builder.keptRows, unknownNames: unknown,
      obstacles: obstacles(unmatched: unmatched.count, unknownNames: unknown.count),
      unmatched: unmatched.count > 0 ? unmatched : nil, changes: builder.changes.filter { !$0.value.isEmpty })
  }

  /// Without the rows that are removed and registered again under the same id and name, as `addsUnknown` does with those that
  /// it added before.
  private func collapsed(_ registers: [ImportPlan.RegisterChange]) -> [ImportPlan.RegisterChange] {
    struct Key: Hashable {
      var table: TableKind
      var texts: [String]
    }
    func key(_ change: ImportPlan.RegisterChange) -> Key {
      Key(table: change.table, texts: change.cells.map { change.isRemoved ? $0.before : $0.after })
    }
    let removed = Set(registers.filter(\.isRemoved).map(key))
    if removed.isEmpty { return registers }
    let both = removed.intersection(registers.filter(\.isNew).map(key))
    return registers.filter { !($0.isNew || $0.isRemoved) || !both.contains(key($0)) }
  }

  private func obstacles(unmatched: Int, unknownNames: Int) -> [ImportPlan.Obstacle] {
    var obstacles: [ImportPlan.Obstacle] = []
    let problems = file.issues.lazy.filter { issue in
      switch issue.kind {
      case .unknownColumn, .unknownNotice, .unknownMatter, .unknownDepartment, .looseForm, .unacceptedChanges: false
      default: true
      }
    }.count
    if problems == 0, file.matters.isEmpty, case .csv = file.origin { obstacles.append(.noMatters) }
    if problems > 0 { obstacles.append(.readingErrors(problems)) }
    if unmatched > 0 { obstacles.append(.unmatchedRows(unmatched)) }
    if !isNew {
      let further = TableKind.allCases.flatMap { kind -> [String] in
        let known = Set(folder.schema.columns(kind).map(\.name))
        return file.schema.columns(kind).filter { $0.xml == .further && !known.contains($0.name) }
          .map { "\(kind.name).\($0.name)" }
      }
      if !further.isEmpty { obstacles.append(.furtherColumns(further)) }
    }
    if unknownNames > 0, !options.addsUnknown { obstacles.append(.unknownNames(unknownNames)) }
    return obstacles
  }

  /// A matter of the folder and the corresponding matter of the file; one of the two may be missing.
  struct MatterPair {
    /// The matter of the folder.
    var old: Matter?
    /// The matter of the file.
    var new: Matter?
    var status: ImportPlan.Entry.Status
    var changes: [ImportPlan.Change] = []
    var hasItemChanges = false
    /// For each item of the file's matter, the index in the folder's `items` of the corresponding item.
    var itemMatches: [Int?] = []
  }

  /// Identifies a matter or a row if ids are repeated: the n-th row with an id corresponds to the n-th with that id on the
  /// other side.
  struct OccurrenceKey: Hashable {
    var id: String
    var occurrence: Int
  }

  /// Counts the occurrences of each id.
  struct OccurrenceCounter {
    private var counts: [String: Int] = [:]

    /// The key of the next row with this id.
    mutating func nextKey(_ id: String) -> OccurrenceKey {
      defer { counts[id, default: 0] += 1 }
      return OccurrenceKey(id: id, occurrence: counts[id, default: 0])
    }
  }
}

import AtomicFiles
import Deadlines
import Localization

/// A catalog as it was read: its matters and items, its registers, and the source position of every cell.
///
/// `matters` and `items` are arrays of plain values. Texts are `TextID`s, which `text(_:)` resolves. The meaning of a text
/// (departments, approvals, due date) is computed once for each distinct text.
package struct Catalog: Sendable {
  /// What the catalog was read from.
  package enum Origin: Sendable, Hashable {
    case builtIn
    case folder(String)
    case xml(String)
    case csv(String)
    /// A workbook with a sheet for each table.
    case workbook(String)

    /// The name for messages: the path, or `built-in`.
    package var name: String {
      switch self {
      case .builtIn: "built-in"
      case .folder(let path), .xml(let path), .csv(let path), .workbook(let path): path
      }
    }

    /// Whether `validate --fix` corrects cells of it: of a folder in place, of an XML document in a new file.
    package var isFixable: Bool {
      switch self {
      case .folder, .xml: true
      case .builtIn, .csv, .workbook: false
      }
    }
  }

  package internal(set) var origin: Origin
  package internal(set) var sources: [Source]
  package internal(set) var settings: Settings

  /// The columns of its tables.
  package let schema: CatalogSchema
  /// The rows of its small tables.
  package internal(set) var tables: CatalogTables
  package internal(set) var matters: [Matter]
  /// Sorted by matter, those of one matter in printed order; items whose matter does not exist come last.
  package internal(set) var items: [Item]

  package internal(set) var departmentRegister: Register
  package internal(set) var approvalRegister: Register
  package internal(set) var audienceRegister: AudienceRegister
  package internal(set) var regionTree: RegionTree
  /// The problems found while reading.
  package internal(set) var issues: ReadingIssues

  /// By `TextColumn.rawValue`.
  let interners: [TextInterner]
  /// By `TextColumn.rawValue`, then by text; empty for columns that do not list departments.
  let departmentsByColumn: [[PrintedDepartments]]
  /// By text of `TextColumn.itemName`.
  let approvalsByName: [PrintedApprovals]
  /// By text of `TextColumn.deadline`.
  let deadlinesByText: [Deadline]
  let regionalTexts: RegionalTexts
  /// By text of `TextColumn.matterID`, the index of the first matter with this id; -1 if there is none.
  let matterOfID: [Int32]
  /// By matter, the cell of the items table that holds the department beside "/".
  var placeholderPositions: [Int: SourcePosition] = [:]
  /// By matter, the row "/" of the items table, if the matter has items as well.
  var slashRows: [Int: SourcePosition] = [:]

  /// It was read from a complete export: a document of version 1.1 with every section, even those that are empty. What such
  /// a document does not have, its catalog does not have.
  package internal(set) var isWholeExport = false
  /// The bytes of its `datapackage.json`; nil if it has none.
  package internal(set) var description: Bytes?
  /// The bytes of the workbook that it was read from; nil if it was read from something else.
  package var workbook: Bytes?
  /// What was noticed while the input was read and is no problem of a cell, such as hidden rows.
  package var readingNotes: [LocalizedText] = []
  /// Readings that are likely but not certain, such as a cell whose halves were joined: for a person to check.
  package var doubtfulReadings: [DoubtfulReading] = []
  /// What an import proposes to enter that its tables have no column for, such as the notice of a list.
  package var proposals: [LocalizedText] = []
  /// The cells of small tables with blanks around their text, as written: the values have none.
  package internal(set) var paddedCells: [SourcePosition: String] = [:]

  /// The texts of extra columns, by `Matter.index` and `Item.index`.
  let matterExtras: ExtraTexts
  let itemExtras: ExtraTexts

  /// For a run that writes a table: that its file does not exist is no problem then.
  package mutating func expectNewTable(_ kind: TableKind) {
    guard issues.contains(.missingTable, in: [kind]) else { return }
    issues.removeAll { issue in
      if case .missingTable = issue.kind { issue.position.table == kind } else { false }
    }
  }

  /// For a catalog that is put together from others: the problems of their rows are among the issues of those.
  package mutating func dropIssues() { issues = [] }

  /// The catalog with further problems of its source.
  package func with(additional problems: [ReadingIssue]) -> Catalog {
    var catalog = self
    catalog.issues += problems
    return catalog
  }

  /// The catalog with other settings and waivers, to be checked by them.
  package func with(settings: Settings, waivers: [Waiver]) -> Catalog {
    var catalog = self
    catalog.settings = settings
    catalog.tables.waivers = waivers
    return catalog
  }

  package var notices: [Notice] { tables.notices }
  package var regions: [Region] { tables.regions }
  /// Those of the table, then the built-in ones that it lacks.
  package var audiences: [Audience] { audienceRegister.entries }
  package var lists: [MatterList] { tables.lists }
  package var departments: [Department] { tables.departments }
  package var approvals: [Approval] { tables.approvals }
  package var targets: [Target] { tables.targets }
  package var progress: [Progress] { tables.progress }
  package var waivers: [Waiver] { tables.waivers }

  /// The text of a matter in one of the schema's extra columns.
  package func extra(_ matter: Matter, _ column: Int) -> String {
    matterExtras.text(row: matter.index, column: column) ?? ""
  }
  /// The text of an item in one of the schema's extra columns.
  package func extra(_ item: Item, _ column: Int) -> String {
    itemExtras.text(row: item.index, column: column) ?? ""
  }

  /// Whether the extra columns of a matter or an item are all empty, as they mostly are.
  package func hasBlankExtras(_ matter: Matter) -> Bool { matterExtras.isBlank(row: matter.index) }
  package func hasBlankExtras(_ item: Item) -> Bool { itemExtras.isBlank(row: item.index) }

  /// Nothing could be read; `issues` holds the reason.
  package var isUnreadable: Bool { issues.contains(.fatal) }

  /// Whether it was read from a list in a workbook or a Word document, which may hold several lists.
  package var isListOfDocument: Bool {
    guard case .csv(let path) = origin else { return false }
    return sources.contains { $0.file == path && $0.sheet != nil }
  }

  /// Whether a required table is missing. References to it are then not checked.
  package func isMissing(_ table: TableKind) -> Bool {
    issues.contains([.missingTable, .exchangedTable, .emptyTable], in: [table])
  }

  // MARK: Texts and their meaning

  /// The path of a table that another program has written to since it was read, and whose text is not held: its positions
  /// are not known any more. Nil if there is none.
  package var changedFile: String? { sources.first { $0.csv?.text.hasChanged == true }?.file }

  package func text(_ name: TextID) -> String { interners[name.kindIndex].text(name.index) }

  /// Calls `body` with the bytes of a text, without a copy. They are valid during the call only.
  @inline(__always)
  package func withBytes<R>(_ name: TextID, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
    try body(interners[name.kindIndex].bytes(name.index))
  }

  /// The texts of a column by their index, for loops over many: `withBytes` is a call and counts a reference for each.
  package func texts(_ kind: TextColumn) -> ByteInterner { interners[Int(kind.rawValue)].texts }

  /// How many distinct texts a column has, the empty text included.
  package func distinctCount(_ kind: TextColumn) -> Int { interners[Int(kind.rawValue)].count }

  /// The distinct texts of a column, the empty text first.
  package func names(_ kind: TextColumn) -> some RandomAccessCollection<TextID> {
    (0..<interners[Int(kind.rawValue)].count).lazy.map { TextID(column: kind, index: UInt32($0)) }
  }

  /// The region of the lists that have this text, an index in `regions`; nil if they are of none. A text that lists of
  /// several regions have is a text of its own in each, because its departments may be others there.
  package func region(of name: TextID) -> Int? { regionalTexts.region(ofText: name.index, of: name.kind) }

  /// The department that lists of a region have in place of this one: the one that its general name means there.
  package func counterpart(of department: Int, in region: Int?) -> Int {
    guard let region, departmentRegister.isRegional else { return department }
    let (general, short) = (departments[department].general, departments[department].short)
    return departmentRegister.owner(of: general.isEmpty ? short : general, in: region)?.index ?? department
  }

  /// The departments that a cell lists: a lead, the responsible departments, or the department beside "/".
  package func printedDepartments(_ name: TextID) -> PrintedDepartments {
    let table = departmentsByColumn[name.kindIndex]
    return name.index < table.count
      ? table[name.index] : PrintedDepartments(choice: .all, entries: [], isPlaceholder: false)
  }

  /// The approvals that an item's name stands for.
  package func printedApprovals(_ item: Item) -> PrintedApprovals { approvalsByName[item.name.index] }
  package func printedApprovals(_ name: TextID) -> PrintedApprovals { approvalsByName[name.index] }

  /// A matter's deadline.
  package func deadline(_ matter: Matter) -> Deadline { deadlinesByText[matter.deadline.index] }
  package func deadline(_ name: TextID) -> Deadline { deadlinesByText[name.index] }

  // MARK: Matters and items

  /// The first matter with this id.
  package func matter(id: String) -> Matter? {
    var id = id
    return id.withUTF8 { matter(id: $0) }
  }

  /// As `matter(id:)`, for ids that are mostly asked for in the order of the matters.
  ///
  /// - Parameter last: the number of the id that was asked for last, by which the next one is found at once; 0 at first.
  package func matter(id: String, after last: inout Int) -> Matter? {
    var id = id
    return id.withUTF8 { bytes in
      guard let base = bytes.baseAddress, bytes.count > 0 else { return nil }
      let ids = interners[Int(TextColumn.matterID.rawValue)]
      // Usually the same matter is asked for again, or the next one, or the one after a matter without items.
      for near in last...last + 2 where ids.holds(near, base, bytes.count) {
        last = near
        return firstMatter(withID: TextID(column: .matterID, index: UInt32(near)))
      }
      guard let found = ids.lookUp(base, bytes.count) else { return nil }
      last = found.index
      return firstMatter(withID: found)
    }
  }

  /// The first matter with this id, given in UTF-8.
  package func matter(id: UnsafeBufferPointer<UInt8>) -> Matter? {
    guard let base = id.baseAddress,
      let name = interners[Int(TextColumn.matterID.rawValue)].lookUp(base, id.count)
    else { return nil }
    return firstMatter(withID: name)
  }

  /// The first matter with this id; further matters with the same id are duplicates.
  package func firstMatter(withID id: TextID) -> Matter? {
    guard matterOfID.indices.contains(id.index), matterOfID[id.index] >= 0 else { return nil }
    return matters[Int(matterOfID[id.index])]
  }

  package func id(_ matter: Matter) -> String { text(matter.id) }

  /// An item's id: its matter and its number, `2-037.8`.
  package func id(_ item: Item) -> String {
    "\(text(item.matterID)).\(item.number.map(String.init) ?? "?")"
  }

  /// A matter's own items, in printed order.
  package func items(of matter: Matter) -> ArraySlice<Item> { items[matter.items] }

  /// The shared items of the matter that this matter includes.
  package func sharedItems(of matter: Matter) -> [Item] {
    guard let other = matter.includes, other != matter.index else { return [] }
    return items[matters[other].items].filter(\.isShared)
  }

  /// All items of a matter: the shared ones first, then its own.
  package func effectiveItems(of matter: Matter) -> [Item] {
    sharedItems(of: matter) + items(of: matter)
  }

  package func audience(of matter: Matter) -> Audience? { matter.audience.map { audiences[$0] } }

  package func list(of matter: Matter) -> MatterList? { matter.list.map { lists[$0] } }

  /// The due date of a matter; nil if its deadline does not set one.
  package func due(_ matter: Matter) -> Day? { deadline(matter).due }

  /// The index in `lists` of the list with this id.
  package func list(id: String) -> Int? { lists.firstIndex { $0.id == id } }

  // MARK: Source positions

  package func position(_ matter: Matter, _ column: MatterColumn) -> SourcePosition {
    .cell(source: Int(matter.source), table: .matters, column: column.rawValue, row: matter.row)
  }

  /// The cell that holds the department beside "/": in the matters table, or in a row of the items table.
  package func placeholderPosition(_ matter: Matter) -> SourcePosition {
    placeholderPositions[matter.index] ?? position(matter, .placeholder)
  }

  /// The rows "/" of the items table whose matters have items nevertheless, in the order of the matters.
  package var contradictedSlashes: [(matter: Matter, position: SourcePosition)] {
    slashRows.keys.sorted().compactMap { index in slashRows[index].map { (matters[index], $0) } }
  }

  package func hasContradictedSlash(_ matter: Matter) -> Bool { slashRows[matter.index] != nil }

  package func position(_ matter: Matter) -> SourcePosition {
    .row(source: Int(matter.source), table: .matters, offset: matter.row)
  }

  package func position(_ item: Item, _ column: ItemColumn) -> SourcePosition {
    .cell(source: Int(item.source), table: .items, column: column.rawValue, row: item.row)
  }
}

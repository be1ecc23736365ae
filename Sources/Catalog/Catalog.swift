import AtomicFiles
import CSVFormat
import Deadlines

/// A catalog as it was read: its matters and items, its registers, and where every cell stands.
///
/// Plain values: `matters` and `items` are arrays, texts are `TextID`s that `text(_:)` gives back, and what a text means
/// (which departments, which approvals, which day) is worked out once for each distinct text.
package struct Catalog: Sendable {
  /// What the catalog was read from.
  package enum Origin: Sendable, Hashable {
    case builtIn
    case folder(String)
    case xml(String)
    case csv(String)

    /// As it is said to the person.
    package var name: String {
      switch self {
      case .builtIn: "built-in"
      case .folder(let path), .xml(let path), .csv(let path): path
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
  /// By matter, each matter's in printed order; items of no known matter come last.
  package internal(set) var items: [Item]

  package internal(set) var departmentRegister: Register
  package internal(set) var approvalRegister: Register
  /// What could not be read.
  package internal(set) var issues: [ReadingIssue]

  let pools: [TextInterner]
  /// By `TextColumn`; empty for columns that hold no departments.
  let partiesByKind: [[Parties]]
  let choicesByName: [Choices]
  let deadlinesByName: [Deadline]
  /// From the index of a matter id to the first matter that has it.
  let matterOfID: [Int32]
  /// Where what is printed beside "/" stands in the table of items, by matter.
  var placeholderPositions: [Int: SourcePosition] = [:]
  /// Rows "/" of the items table whose matters have items besides.
  var slashRows: [Int: SourcePosition] = [:]

  /// The texts of extra columns, by `Matter.index` and `Item.index`.
  let matterExtras: ExtraTexts
  let itemExtras: ExtraTexts

  package var notices: [Notice] { tables.notices }
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

  /// Nothing was read: only `issues` has something to say.
  package var isUnreadable: Bool { issues.contains { $0.isFatal } }

  /// Whether a table that should be there is not: what refers to it is then not judged.
  package func isMissing(_ table: TableKind) -> Bool {
    issues.contains { if case .missingTable = $0.kind { $0.position.table == table } else { false } }
  }

  // MARK: Texts and what they mean

  package func text(_ name: TextID) -> String { pools[Int(name.kind.rawValue)].text(name.index) }

  /// The bytes of a text, without a copy, for as long as `body` runs.
  @inline(__always)
  package func withBytes<R>(_ name: TextID, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
    try body(pools[Int(name.kind.rawValue)].bytes(name.index))
  }

  /// How many distinct texts a column has, the empty one counted.
  package func distinctCount(_ kind: TextColumn) -> Int { pools[Int(kind.rawValue)].count }

  /// Every distinct text of a column, the empty one first.
  package func names(_ kind: TextColumn) -> some RandomAccessCollection<TextID> {
    (0..<pools[Int(kind.rawValue)].count).lazy.map { TextID(pool: kind, index: UInt32($0)) }
  }

  /// Who stands in a cell of departments: a lead, responsible departments, or what is printed beside "/".
  package func parties(_ name: TextID) -> Parties {
    let table = partiesByKind[Int(name.kind.rawValue)]
    return name.index < table.count ? table[name.index] : Parties(choice: .all, parties: [], isPlaceholder: false)
  }

  /// Which approvals an item's name stands for.
  package func choices(_ item: Item) -> Choices { choicesByName[item.name.index] }
  package func choices(_ name: TextID) -> Choices { choicesByName[name.index] }

  /// What a matter's deadline means.
  package func deadline(_ matter: Matter) -> Deadline { deadlinesByName[matter.deadline.index] }
  package func deadline(_ name: TextID) -> Deadline { deadlinesByName[name.index] }

  // MARK: Matters and items

  /// The matter of that id: the first, if two have it.
  package func matter(id: String) -> Matter? {
    var id = id
    let name = id.withUTF8 { bytes -> TextID? in
      guard let base = bytes.baseAddress else { return nil }
      return pools[Int(TextColumn.matterID.rawValue)].lookUp(base, bytes.count)
    }
    guard let name else { return nil }
    return firstMatter(withID: name)
  }

  /// The first matter that has this id; another matter with the same id is a repetition.
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

  /// The items that a matter shares from the matter it includes.
  package func sharedItems(of matter: Matter) -> [Item] {
    guard let other = matter.includes, other != matter.index else { return [] }
    return items[matters[other].items].filter(\.isShared)
  }

  /// All that a matter needs: shared items first, as its scene presupposes them, then its own.
  package func effectiveItems(of matter: Matter) -> [Item] {
    sharedItems(of: matter) + items(of: matter)
  }

  package func list(of matter: Matter) -> MatterList? { matter.list.map { lists[$0] } }

  /// The day a matter is due, where its deadline names one.
  package func due(_ matter: Matter) -> Day? { deadline(matter).due }

  /// The position of a list by its id.
  package func list(id: String) -> Int? { lists.firstIndex { $0.id == id } }

  // MARK: Places

  package func position(_ matter: Matter, _ column: MatterColumn) -> SourcePosition {
    .cell(source: Int(matter.source), table: .matters, column: column.rawValue, row: matter.row)
  }

  /// Where what is printed beside "/" stands: among the matters, or in a row of the items.
  package func placeholderPosition(_ matter: Matter) -> SourcePosition {
    placeholderPositions[matter.index] ?? position(matter, .placeholder)
  }

  /// Rows "/" of the items table that contradict the items of their matters, in the order of the matters.
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

/// A file that a catalog was read from.
package struct Source: Sendable {
  /// The path as the person gave it, for messages.
  package var file: String
  /// Its table, if it is one.
  package var csv: CSVTable?
  /// For each table that stands in it, which cell of a row holds each column; -1 where there is none.
  package var columns: [TableKind: [Int]]
  /// The document's bytes, for the text of a line; nil where they are not kept.
  package var document: Bytes?

  package init(file: String, csv: CSVTable? = nil, columns: [TableKind: [Int]] = [:], document: Bytes? = nil) {
    self.file = file
    self.csv = csv
    self.columns = columns
    self.document = document
  }
}

import Files
import Tables

/// A catalog as it was read: its matters and items, its registers, and where every cell stands.
///
/// Plain values: `matters` and `items` are arrays, texts are `Name`s that `text(_:)` gives back, and what a text means
/// (which departments, which approvals, which day) is worked out once for each distinct text.
public struct Catalog: Sendable {
  /// What the catalog was read from.
  public enum Origin: Sendable, Hashable {
    case builtIn
    case folder(String)
    case xml(String)
    case csv(String)

    /// As it is said to the person.
    public var name: String {
      switch self {
      case .builtIn: "built-in"
      case .folder(let path), .xml(let path), .csv(let path): path
      }
    }
  }

  public internal(set) var origin: Origin
  public internal(set) var sources: [Source]
  public internal(set) var settings: Settings

  public internal(set) var notices: [Notice]
  public internal(set) var lists: [MatterList]
  public internal(set) var departments: [Department]
  public internal(set) var approvals: [Approval]
  public internal(set) var targets: [Target]
  public internal(set) var progress: [Progress]
  public internal(set) var waivers: [Waiver]
  public internal(set) var matters: [Matter]
  /// By matter, each matter's in printed order; items of no known matter come last.
  public internal(set) var items: [Item]

  public internal(set) var departmentRegister: Register
  public internal(set) var approvalRegister: Register
  /// What could not be read.
  public internal(set) var issues: [ReadingIssue]

  let pools: [NamePool]
  /// By `NameKind`; empty for columns that hold no departments.
  let partiesByKind: [[Parties]]
  let choicesByName: [Choices]
  let deadlinesByName: [Deadline]
  /// From the index of a matter id to the first matter that has it.
  let matterOfID: [Int32]
  /// Where what is printed beside "/" stands in the table of items, by matter.
  var placeholderPlaces: [Int: Place] = [:]
  /// Rows "/" of the items table whose matters have items besides.
  var slashRows: [Int: Place] = [:]

  /// Nothing was read: only `issues` has something to say.
  public var isUnreadable: Bool { issues.contains { $0.isFatal } }

  /// Whether a table that should be there is not: what refers to it is then not judged.
  public func isMissing(_ table: TableKind) -> Bool {
    issues.contains { if case .missingTable = $0.kind { $0.place.table == table } else { false } }
  }

  // MARK: Texts and what they mean

  public func text(_ name: Name) -> String { pools[Int(name.kind.rawValue)].text(name.index) }

  /// The bytes of a text, without a copy, for as long as `body` runs.
  @inline(__always)
  public func withBytes<R>(_ name: Name, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
    try body(pools[Int(name.kind.rawValue)].bytes(name.index))
  }

  /// How many distinct texts a column has, the empty one counted.
  public func distinctCount(_ kind: NameKind) -> Int { pools[Int(kind.rawValue)].count }

  /// Every distinct text of a column, the empty one first.
  public func names(_ kind: NameKind) -> some RandomAccessCollection<Name> {
    (0..<pools[Int(kind.rawValue)].count).lazy.map { Name(pool: kind, index: UInt32($0)) }
  }

  /// Who stands in a cell of departments: a lead, responsible departments, or what is printed beside "/".
  public func parties(_ name: Name) -> Parties {
    let table = partiesByKind[Int(name.kind.rawValue)]
    return name.index < table.count ? table[name.index] : Parties(choice: .all, parties: [], isPlaceholder: false)
  }

  /// Which approvals an item's name stands for.
  public func choices(_ item: Item) -> Choices { choicesByName[item.name.index] }
  public func choices(_ name: Name) -> Choices { choicesByName[name.index] }

  /// What a matter's deadline means.
  public func deadline(_ matter: Matter) -> Deadline { deadlinesByName[matter.deadline.index] }
  public func deadline(_ name: Name) -> Deadline { deadlinesByName[name.index] }

  // MARK: Matters and items

  /// The matter of that id: the first, if two have it.
  public func matter(id: String) -> Matter? {
    var id = id
    let name = id.withUTF8 { bytes -> Name? in
      guard let base = bytes.baseAddress else { return nil }
      return pools[Int(NameKind.matterID.rawValue)].lookUp(base, bytes.count)
    }
    guard let name else { return nil }
    return firstMatter(withID: name)
  }

  /// The first matter that has this id; another matter with the same id is a repetition.
  public func firstMatter(withID id: Name) -> Matter? {
    guard matterOfID.indices.contains(id.index), matterOfID[id.index] >= 0 else { return nil }
    return matters[Int(matterOfID[id.index])]
  }

  public func id(_ matter: Matter) -> String { text(matter.id) }

  /// An item's id: its matter and its number, `2-037.8`.
  public func id(_ item: Item) -> String {
    "\(text(item.matterID)).\(item.number.map(String.init) ?? "?")"
  }

  /// A matter's own items, in printed order.
  public func items(of matter: Matter) -> ArraySlice<Item> { items[matter.items] }

  /// The items that a matter shares from the matter it includes.
  public func sharedItems(of matter: Matter) -> [Item] {
    guard let other = matter.includes, other != matter.index else { return [] }
    return items[matters[other].items].filter(\.isShared)
  }

  /// All that a matter needs: shared items first, as its scene presupposes them, then its own.
  public func effectiveItems(of matter: Matter) -> [Item] {
    sharedItems(of: matter) + items(of: matter)
  }

  public func list(of matter: Matter) -> MatterList? { matter.list.map { lists[$0] } }

  /// The day a matter is due, where its deadline names one.
  public func due(_ matter: Matter) -> Day? { deadline(matter).due }

  /// The place of a list by its id.
  public func list(id: String) -> Int? { lists.firstIndex { $0.id == id } }

  // MARK: Places

  public func place(_ matter: Matter, _ column: MatterColumn) -> Place {
    Place(source: Int(matter.source), table: .matters, column: Int16(column.rawValue), position: matter.row)
  }

  /// Where what is printed beside "/" stands: among the matters, or in a row of the items.
  public func placeholderPlace(_ matter: Matter) -> Place {
    placeholderPlaces[matter.index] ?? place(matter, .placeholder)
  }

  /// Rows "/" of the items table that contradict the items of their matters, in the order of the matters.
  public var contradictedSlashes: [(matter: Matter, place: Place)] {
    slashRows.keys.sorted().compactMap { index in slashRows[index].map { (matters[index], $0) } }
  }

  public func hasContradictedSlash(_ matter: Matter) -> Bool { slashRows[matter.index] != nil }

  public func place(_ matter: Matter) -> Place {
    Place(source: Int(matter.source), table: .matters, column: Place.row, position: matter.row)
  }

  public func place(_ item: Item, _ column: ItemColumn) -> Place {
    Place(source: Int(item.source), table: .items, column: Int16(column.rawValue), position: item.row)
  }
}

/// A file that a catalog was read from.
public struct Source: Sendable {
  /// The path as the person gave it, for messages.
  public var file: String
  /// Its table, if it is one.
  public var sheet: Sheet?
  /// For each table that stands in it, which cell of a row holds each column; -1 where there is none.
  public var columns: [TableKind: [Int]]
  /// The document's bytes, for the text of a line; nil where they are not kept.
  public var document: Bytes?

  public init(file: String, sheet: Sheet? = nil, columns: [TableKind: [Int]] = [:], document: Bytes? = nil) {
    self.file = file
    self.sheet = sheet
    self.columns = columns
    self.document = document
  }
}

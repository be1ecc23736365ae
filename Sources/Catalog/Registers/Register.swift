/// An index of the names of departments or approvals: finds the entry that has a name.
package struct Register: Sendable {
  /// Which of the entry's names it is.
  package enum Match: UInt8, Sendable, Comparable {
    case id, short, full, general, alias
    /// One of the names after normalisation (see `normalizedKey`).
    case loose

    package static func < (a: Match, b: Match) -> Bool { a.rawValue < b.rawValue }
  }

  /// The entry that has a name.
  package struct Owner: Sendable, Hashable {
    /// Its index in `Catalog.departments` or `Catalog.approvals`.
    package var index: Int
    package var match: Match
  }

  /// A name that two entries have.
  package struct Conflict: Sendable, Hashable {
    package var name: String
    /// The indices of the two entries in order, and which of the second entry's names it is.
    package var first: Int
    package var second: Int
    package var match: Match
  }

  private var owners: [String: Owner] = [:]
  /// The indices of entries by normalised name, unless that is itself the name of an entry.
  private var loose: [String: Int] = [:]
  private var plainNames = PlainNames()
  /// Names that two entries have.
  package private(set) var conflicts: [Conflict] = []
  /// Names that two approvals have and that their competent departments distinguish (see `SharedApprovalNames`).
  package private(set) var shared: [Conflict] = []
  /// By region, the departments of it alone; by -1 those of no region. Empty if no department has a region.
  private var regional: [Int: Register] = [:]
  /// By region, itself and the regions above it.
  private var lines: [[Int]] = []

  package init() {}

  /// A name may belong to several departments if each is of another region. Where no region is given, it then means the
  /// department of no region, else of the uppermost one.
  package init(departments: [Department], _ tree: RegionTree = RegionTree([])) {
    let regions = departments.map { tree.index(of: $0.region) ?? -1 }
    guard regions.contains(where: { $0 >= 0 }) else {
      for (index, department) in departments.enumerated() { add(department, index) }
      return
    }
    lines = tree.lines
    let members = Dictionary(grouping: departments.indices) { regions[$0] }
    for region in [-1] + tree.fromTop {
      guard let indices = members[region] else { continue }
      var own = Register()
      for index in indices {
        own.add(departments[index], index)
        add(departments[index], index)
      }
      regional[region] = own
    }
    conflicts = regional.values.flatMap(\.conflicts).sorted { ($0.second, $0.name) < ($1.second, $1.name) }
  }

  private mutating func add(_ department: Department, _ index: Int) {
    add(department.id, index, .id)
    add(department.short, index, .short)
    add(department.full, index, .full)
    add(department.general, index, .general)
    for alias in department.aliases { add(alias, index, .alias) }
  }

  package init(approvals: [Approval]) {
    // An id and a name each; growing step by step hashes every name several times.
    owners.reserveCapacity(2 * approvals.count)
    plainNames.reserveCapacity(2 * approvals.count)
    for (index, approval) in approvals.enumerated() {
      add(approval.id, index, .id)
      add(approval.name, index, .short)
      for alias in approval.aliases { add(alias, index, .alias) }
    }
  }

  /// Names that competence distinguishes are no conflicts.
  mutating func settle(_ names: SharedApprovalNames) {
    if names.isEmpty { return }
    shared = conflicts.filter { names.contains($0.name) }
    conflicts.removeAll { names.contains($0.name) }
  }

  private mutating func add(_ name: String, _ index: Int, _ match: Match) {
    guard !name.isEmpty else { return }
    let isNew = plainNames.insert(name)
    if !isNew, let owner = owners[name] {
      // The rule `duplicate-id` reports a repeated id.
      if owner.index != index, !(match == .id && owner.match == .id) {
        conflicts.append(Conflict(name: name, first: owner.index, second: index, match: match))
      }
    } else {
      owners[name] = Owner(index: index, match: match)
    }
    let key = Register.normalizedKey(name)
    if key == name { return }
    plainNames.insert(key)
    if loose[key] == nil, owners[key] == nil { loose[key] = index }
  }

  /// Whether it is certain that no entry has this name, given in UTF-8: a cheap test before it is looked up.
  package func lacks(_ name: UnsafeBufferPointer<UInt8>) -> Bool { plainNames.lacks(name) }

  /// The entry that has this name; nil if there is none.
  package func owner(of name: String) -> Owner? {
    if plainNames.lacks(name) { return nil }
    if let owner = owners[name] { return owner }
    let key = Register.normalizedKey(name)
    return (loose[key] ?? owners[key]?.index).map { Owner(index: $0, match: .loose) }
  }

  /// The department that a list of a region means by this name: the region's own, else that of the regions above it, else
  /// one of no region. Of another region only its own names are known: “公安部门” is not that of the county next door.
  package func owner(of name: String, in region: Int?) -> Owner? {
    guard let region, !regional.isEmpty else { return owner(of: name) }
    if plainNames.lacks(name) { return nil }
    for above in lines[region] + [-1] {
      if let owner = regional[above]?.owner(of: name) { return owner }
    }
    guard let owner = owner(of: name), owner.match <= .full else { return nil }
    return owner
  }

  /// Whether a name may mean different departments in different regions.
  package var isRegional: Bool { !regional.isEmpty }

  /// All names with their entries, sorted by name.
  package var names: [(name: String, owner: Owner)] {
    owners.map { ($0.key, $0.value) }.sorted { $0.name < $1.name }
  }

  /// A name in lower case, without blanks, and with half-width letters, digits and brackets, so that names compare equal
  /// that differ in these only.
  package static func normalizedKey(_ name: String) -> String {
    if PlainNames.hash(name) != nil { return name }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(name.utf8.count)
    // Whether no character but those of ASCII has another case.
    var isCaseless = true
    for scalar in name.unicodeScalars {
      switch scalar.value {
      case 0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x3000, 0x200B...0x200F, 0xFEFF: continue
      case 0xFF01...0xFF5E: bytes.append(UInt8(truncatingIfNeeded: scalar.value - 0xFEE0))
      case 0x3014, 0x3010: bytes.append(UInt8(ascii: "("))
      case 0x3015, 0x3011: bytes.append(UInt8(ascii: ")"))
      default:
        // General punctuation, and the blocks from the CJK radicals to the unified ideographs.
        switch scalar.value {
        case 0...0x7F, 0x2000...0x206F, 0x2E80...0x9FFF: break
        default: isCaseless = false
        }
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    guard isCaseless else { return String(decoding: bytes, as: UTF8.self).lowercased() }
    for index in bytes.indices where (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[index]) {
      bytes[index] += 0x20
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

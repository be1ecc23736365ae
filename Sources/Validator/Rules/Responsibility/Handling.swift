import Catalog

/// What each distinct cell of departments comes to, worked out once, so that a rule can go through a million items by
/// comparing numbers.
struct Handling: Sendable {
  /// Somebody in the cell is not known to the register, or not named at all, or nobody stands there: not to be judged.
  static let unknown: Int32 = -1
  /// Two or more departments together.
  static let joint: Int32 = -2
  /// One of two or more departments.
  static let choice: Int32 = -3

  /// By the position of the text: the one department, or one of the constants.
  private let codes: [Int32]
  /// The departments of those texts that hold more than one.
  private let several: [Int: [Int]]

  init(_ catalog: Catalog, _ kind: TextColumn) {
    let isUnnamed = catalog.departments.map(\.isUnnamed)
    var codes: [Int32] = []
    codes.reserveCapacity(catalog.distinctCount(kind))
    var several: [Int: [Int]] = [:]
    for name in catalog.names(kind) {
      let parties = catalog.parties(name)
      guard parties.isResolved, !parties.parties.contains(where: { $0.department.map { isUnnamed[$0] } ?? true }) else {
        codes.append(Handling.unknown)
        continue
      }
      let departments = parties.departments
      if departments.count == 1 {
        codes.append(Int32(departments[0]))
      } else {
        codes.append(parties.choice == .any ? Handling.choice : Handling.joint)
        several[name.index] = departments
      }
    }
    self.codes = codes
    self.several = several
  }

  /// The one department that stands in the cell, or one of the constants.
  @inline(__always)
  subscript(name: TextID) -> Int32 { codes[name.index] }

  /// Every department in the cell; none where it is not to be judged.
  func departments(_ name: TextID) -> [Int] {
    let code = codes[name.index]
    if code >= 0 { return [Int(code)] }
    return several[name.index] ?? []
  }
}

/// The items that matters share, remembered for as long as matter after matter includes the same one.
struct SharedItems {
  private let catalog: Catalog
  private var includes: Int?
  private var items: [Item] = []

  init(_ catalog: Catalog) { self.catalog = catalog }

  /// The shared items of a matter; nil if it includes one that is not there or shares nothing: what it needs is then not
  /// known, and another rule has told why.
  mutating func of(_ matter: Matter) -> [Item]? {
    if matter.isUnknown(.includes) { return nil }
    if matter.includesID.isEmpty { return [] }
    guard let other = matter.includes, other != matter.index else { return nil }
    if other != includes {
      includes = other
      // With one mark that cannot be read, nobody knows what is shared.
      let isClear = !catalog.items(of: catalog.matters[other]).contains { $0.isUnknown(.shared) }
      items = isClear ? catalog.sharedItems(of: matter) : []
    }
    return items.isEmpty ? nil : items
  }
}

extension Catalog {
  /// These items by the ids of their matters and their numbers: what is told of the first of them stays the same however
  /// the rows are sorted.
  func inOrder(_ items: [Int]) -> [Int] {
    let keys = items.map { index -> (matter: String, number: Int, index: Int) in
      let item = self.items[index]
      return (text(item.matterID), item.number ?? Int.max, index)
    }
    return keys.sorted { $0 < $1 }.map(\.index)
  }

  /// The first of these items, of which there is one at least, in that order.
  func first(_ items: [Int]) -> Int {
    var first = (matter: "", number: 0, index: -1)
    for index in items {
      let item = self.items[index]
      let key = (matter: text(item.matterID), number: item.number ?? Int.max, index: index)
      if first.index < 0 || key < first { first = key }
    }
    return first.index
  }

  /// A department as it is said in a message.
  func spoken(_ department: Int) -> String {
    let department = departments[department]
    return department.general.isEmpty ? department.short : department.general
  }

  func spoken(_ departments: [Int], choice: Parties.Choice = .all) -> String {
    Parties.printed(departments.map(spoken), choice: choice)
  }

  /// A matter as it is said in a message: `2-020“生育保险报销”`.
  func spokenZh(_ matter: Matter) -> String { "\(id(matter))“\(text(matter.name))”" }
  func spokenEn(_ matter: Matter) -> String { "\(id(matter)) “\(text(matter.name))”" }

  func spokenZh(_ item: Item) -> String { "\(id(item))“\(text(item.name))”" }
  func spokenEn(_ item: Item) -> String { "\(id(item)) “\(text(item.name))”" }
}

/// How many other positions a finding points to at most: beyond that, a list of positions helps nobody.
let relatedLimit = 10

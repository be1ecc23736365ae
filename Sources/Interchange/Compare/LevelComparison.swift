import Catalog

/// The matters of a region's lists beside those of the region above it: what it has taken up, what it has not, and what it
/// has of its own. §二(一) of the notice wants both: 由各地全面组织实施; 鼓励各地提出契合实际、切实可行的事项清单.
///
/// Matters are paired by name, because each level numbers its own list. Withdrawn matters are left out.
package struct LevelComparison: Sendable {
  /// What is compared: the lists of a region, or one list.
  package struct Side: Sendable, Hashable {
    /// The name of the region, or the id of the list.
    package var name: String
    /// Indices in `Catalog.lists`.
    package var lists: [Int]

    package init(name: String, lists: [Int]) {
      self.name = name
      self.lists = lists
    }
  }

  package enum Status: String, Sendable, CaseIterable {
    case takenUp = "taken-up"
    case notTakenUp = "not-taken-up"
    case own
  }

  package struct Row: Sendable, Hashable {
    package var status: Status
    /// Indices in `Catalog.matters`; nil on the side that does not have the matter.
    package var upper: Int?
    package var lower: Int?
  }

  package let upper: Side
  package let lower: Side
  /// The matters of the upper side in order, then the lower side's own.
  package let rows: [Row]

  package init(of lower: Side, with upper: Side, in catalog: Catalog) {
    var index = LevelIndex(catalog)
    self.init(of: lower, with: upper, in: &index)
  }

  private init(of lower: Side, with upper: Side, in index: inout LevelIndex) {
    self.upper = upper
    self.lower = lower
    let uppers = index.matters(of: upper)
    let lowers = index.matters(of: lower)
    let lowerOfKey = Dictionary(lowers.map { ($0.key, $0.index) }, uniquingKeysWith: { first, _ in first })
    let upperKeys = Set(uppers.map(\.key))
    rows =
      uppers.map { matter in
        let other = lowerOfKey[matter.key]
        return Row(status: other == nil ? .notTakenUp : .takenUp, upper: matter.index, lower: other)
      }
      + lowers.filter { !upperKeys.contains($0.key) }.map { Row(status: .own, upper: nil, lower: $0.index) }
  }

  package func count(_ status: Status) -> Int { rows.count { $0.status == status } }

  /// Each region with lists beside the nearest region above it that has lists.
  package static func all(of catalog: Catalog) -> [LevelComparison] {
    var index = LevelIndex(catalog)
    return catalog.regions.indices.compactMap { region in
      guard let lower = index.side(of: region),
        let upper = catalog.regionTree.lines[region].dropFirst().lazy.compactMap(index.side).first
      else { return nil }
      return LevelComparison(of: lower, with: upper, in: &index)
    }
  }

  /// A name without quotation marks, blanks and the words 一件事 or 一次办 at its end: 新生儿出生“一件事” is 新生儿出生.
  static func key(of name: String) -> String {
    let marks: Set<Character> = ["“", "”", "\"", "‘", "’", "'", "「", "」", "《", "》"]
    let plain = Register.normalizedKey(name).filter { !marks.contains($0) }
    var key = plain[...]
    for ending in ["一次办", "一件事"] where key.hasSuffix(ending) && key.count > ending.count {
      key = key.dropLast(ending.count)
    }
    return String(key)
  }
}

/// The lists of each region and the matters of each list, found once for many comparisons.
private struct LevelIndex {
  private let catalog: Catalog
  private var listsOfRegion: [Int: [Int]] = [:]
  private var mattersOfList: [Int: [Int]] = [:]
  private var keys: [TextID: String] = [:]

  init(_ catalog: Catalog) {
    self.catalog = catalog
    for (index, list) in catalog.lists.enumerated() {
      if let region = list.regionIndex { listsOfRegion[region, default: []].append(index) }
    }
    for matter in catalog.matters where !matter.isWithdrawn && !matter.name.isEmpty {
      if let list = matter.list { mattersOfList[list, default: []].append(matter.index) }
    }
  }

  /// The lists of a region; nil if it has none.
  func side(of region: Int) -> LevelComparison.Side? {
    listsOfRegion[region].map { LevelComparison.Side(name: catalog.regions[region].name, lists: $0) }
  }

  /// In the order of the catalog.
  mutating func matters(of side: LevelComparison.Side) -> [(key: String, index: Int)] {
    side.lists.flatMap { mattersOfList[$0] ?? [] }.sorted().map { index in
      let name = catalog.matters[index].name
      let key = keys[name] ?? LevelComparison.key(of: catalog.text(name))
      keys[name] = key
      return (key, index)
    }
  }
}

extension LevelComparison.Side {
  /// The lists of a region; nil if it has none.
  package init?(region: Int, of catalog: Catalog) {
    let lists = catalog.lists.indices.filter { catalog.lists[$0].regionIndex == region }
    if lists.isEmpty { return nil }
    self.init(name: catalog.regions[region].name, lists: lists)
  }

  /// The lists of the nearest region above this one that has lists.
  package init?(above region: Int, of catalog: Catalog) {
    for above in catalog.regionTree.lines[region].dropFirst() {
      guard let side = Self(region: above, of: catalog) else { continue }
      self = side
      return
    }
    return nil
  }
}

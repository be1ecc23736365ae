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
    self.upper = upper
    self.lower = lower
    let uppers = LevelComparison.matters(of: upper, in: catalog)
    let lowers = LevelComparison.matters(of: lower, in: catalog)
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
    catalog.regions.indices.compactMap { region in
      guard let lower = Side(region: region, of: catalog), let upper = Side(above: region, of: catalog) else {
        return nil
      }
      return LevelComparison(of: lower, with: upper, in: catalog)
    }
  }

  private static func matters(of side: Side, in catalog: Catalog) -> [(key: String, index: Int)] {
    var keys: [TextID: String] = [:]
    return catalog.matters.filter { matter in
      !matter.isWithdrawn && !matter.name.isEmpty && matter.list.map(side.lists.contains) ?? false
    }.map { matter in
      let key = keys[matter.name] ?? key(of: catalog.text(matter.name))
      keys[matter.name] = key
      return (key, matter.index)
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

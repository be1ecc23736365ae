import Localization

/// The rows of a table of the new edition, from those of the old edition and those that a delta holds.
struct DeltaOrder {
  /// Where a row of the new edition comes from.
  enum Origin: Hashable {
    /// By index in the old edition.
    case old(Int)
    /// By index among the rows that the delta holds.
    case new(Int)
  }

  /// In the order of the new edition.
  let origins: [Origin]

  /// - Parameter count: how many rows the old edition has.
  ///
  /// Numbers that do not fit are left out; `problems` reports them.
  init(_ entries: [CatalogDelta.Entry], count: Int) {
    var isTaken = [Bool](repeating: false, count: count)
    for entry in entries {
      if let was = entry.was, was >= 1, was <= count { isTaken[was - 1] = true }
    }
    var held = 0
    var inserted: [(at: Int, origin: Origin)] = []
    for entry in entries where entry.change != .removed {
      if entry.isWritten {
        inserted.append((entry.at ?? .max, .new(held)))
        held += 1
      } else if let was = entry.was, was >= 1, was <= count {
        inserted.append((entry.at ?? .max, .old(was - 1)))
      }
    }
    var origins: [Origin] = []
    origins.reserveCapacity(count + inserted.count)
    var next = inserted[...]
    for index in 0..<count where !isTaken[index] {
      while let first = next.first, first.at <= origins.count + 1 {
        origins.append(first.origin)
        next.removeFirst()
      }
      origins.append(.old(index))
    }
    origins += next.map(\.origin)
    self.origins = origins
  }

  /// The rows in order.
  func joined<Row>(_ old: [Row], _ new: [Row]) -> [Row] {
    origins.compactMap { origin in
      switch origin {
      case .old(let index): old[index]
      case .new(let index): index < new.count ? new[index] : nil
      }
    }
  }

  /// What is wrong with the entries of a table, with the index of the entry.
  ///
  /// - Parameters:
  ///   - base: what names the rows of the old edition.
  ///   - own: what names the rows that the delta holds.
  static func problems(
    _ entries: [CatalogDelta.Entry], base: [String], own: [String]
  ) -> [(LocalizedText, Int?)] {
    let inserted = entries.count { $0.change != .removed }
    let kept = base.count - Set(entries.compactMap(\.was)).count
    var check = DeltaOrderCheck(base: base, own: own, rows: kept + inserted)
    for (index, entry) in entries.enumerated() { check.check(entry, index) }
    check.checkEnd()
    return check.problems
  }
}

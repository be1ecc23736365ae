import Localization

/// The rows of a table of the new edition, from those of the old edition and those that a delta holds.
struct DeltaOrder {
  enum Place: Hashable {
    /// By index in the old edition.
    case old(Int)
    /// By index among the rows that the delta holds.
    case new(Int)
  }

  let places: [Place]

  /// - Parameter count: how many rows the old edition has.
  ///
  /// Numbers that do not fit are left out; `problems` reports them.
  init(_ entries: [CatalogDelta.Entry], count: Int) {
    var isTaken = [Bool](repeating: false, count: count)
    for entry in entries {
      if let was = entry.was, was >= 1, was <= count { isTaken[was - 1] = true }
    }
    var held = 0
    var inserted: [(at: Int, place: Place)] = []
    for entry in entries where entry.change != .removed {
      if entry.isWritten {
        inserted.append((entry.at ?? .max, .new(held)))
        held += 1
      } else if let was = entry.was, was >= 1, was <= count {
        inserted.append((entry.at ?? .max, .old(was - 1)))
      }
    }
    var places: [Place] = []
    places.reserveCapacity(count + inserted.count)
    var next = inserted[...]
    for index in 0..<count where !isTaken[index] {
      while let first = next.first, first.at <= places.count + 1 {
        places.append(first.place)
        next.removeFirst()
      }
      places.append(.old(index))
    }
    places += next.map(\.place)
    self.places = places
  }

  /// The rows in order.
  func joined<Row>(_ old: [Row], _ new: [Row]) -> [Row] {
    places.compactMap { place in
      switch place {
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
    var problems: [(LocalizedText, Int?)] = []
    var taken: Set<Int> = []
    var last = 0
    var held = 0
    let inserted = entries.count { $0.change != .removed }
    let kept = base.count - Set(entries.compactMap(\.was)).count
    for (index, entry) in entries.enumerated() {
      if let was = entry.was {
        if was < 1 || was > base.count || base[was - 1] != entry.id {
          problems.append(
            (
              LocalizedText(
                zh: "旧版第 \(was) 行不是“\(entry.id)”。请重新生成增量，不要手工修改",
                en: "row \(was) of the old edition is not “\(entry.id)”. Make the delta again instead of editing it"),
              index
            ))
        } else if !taken.insert(was).inserted {
          problems.append(
            (
              LocalizedText(
                zh: "旧版第 \(was) 行“\(entry.id)”写了两次。请只留一处",
                en: "row \(was) of the old edition, “\(entry.id)”, is given twice. Keep one of them"), index
            ))
        }
      }
      guard entry.change != .removed else { continue }
      let at = entry.at ?? 0
      if at <= last || at > kept + inserted {
        problems.append(
          (
            LocalizedText(
              zh: "“\(entry.id)”的位置 at=\(at) 次序不对、重复或超出新版的行数。请按 at 从小到大排列",
              en: "“\(entry.id)” has the position at=\(at), which is out of order, given twice or beyond the last row. "
                + "List the entries by rising at"), index
          ))
      }
      last = max(last, at)
      guard entry.isWritten else { continue }
      if held >= own.count || own[held] != entry.id {
        let other = held < own.count ? own[held] : ""
        problems.append(
          (
            LocalizedText(
              zh: "changes 中的“\(entry.id)”后面应有它的内容，而那里是“\(other)”。请按 changes 的次序给出各行",
              en:
                "the row of “\(entry.id)” should follow, but there is “\(other)”. Give the rows in the order of changes"
            ),
            index
          ))
      }
      held += 1
    }
    if own.count > held {
      problems.append(
        (
          LocalizedText(
            zh: "“\(own[held])”的内容没有写在 changes 中。请补上 added 或 changed",
            en: "changes has no entry for the row of “\(own[held])”. Add one, added or changed"), nil
        ))
    }
    return problems
  }
}

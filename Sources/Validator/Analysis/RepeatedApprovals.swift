import Catalog

/// Finds items of a matter whose approval another item of the matter, own or shared, has already.
///
/// Approvals are compared as numbers, and the last holder of each number is kept in an array, so that a pass over all
/// items makes no dictionary.
struct RepeatedApprovals {
  private let catalog: Catalog
  private let keys: ApprovalKeys
  /// For each key the last matter with an item of it, and that item.
  private var ownMatter: [Int32]
  private var ownItem: [Int32]
  /// For each key the last matter that shares an item of it, and that item.
  private var sharingMatter: [Int32]
  private var sharedItem: [Int32]
  private var sharedItems: SharedItemsCache
  private var lastSharing: Int32 = -1

  private static let noSharing: Int32 = -2

  init(_ catalog: Catalog, _ keys: ApprovalKeys) {
    self.catalog = catalog
    self.keys = keys
    let none = [Int32](repeating: -1, count: keys.count)
    (ownMatter, ownItem, sharingMatter, sharedItem) = (none, none, none, none)
    sharedItems = SharedItemsCache(catalog)
  }

  /// Calls `report` with each such item of some matters and the other item with its approval; with the item twice if two
  /// alternatives of its choice are the same approval.
  mutating func forEach(in matters: [Int32], _ report: (_ item: Item, _ other: Item) -> Void) {
    let items = catalog.items
    for place in matters {
      let matter = catalog.matters[Int(place)]
      let sharing = sharingMatter(of: matter)
      let own = Int32(matter.index)
      for index in matter.items {
        let name = items[index].name
        if name.isEmpty { continue }
        var other: Int32 = -1
        for key in keys[name] {
          let holder = take(Int(keys.all[key]), Int32(index), own, sharing)
          if other < 0 { other = holder }
        }
        if other >= 0 { report(items[index], items[Int(other)]) }
      }
    }
  }

  /// Makes an item the holder of a key in its matter, unless the matter has one.
  ///
  /// - Returns: the other item with the key; -1 if there is none.
  @inline(__always)
  private mutating func take(_ key: Int, _ item: Int32, _ matter: Int32, _ sharing: Int32) -> Int32 {
    if ownMatter[key] == matter { return ownItem[key] }
    ownMatter[key] = matter
    ownItem[key] = item
    return sharingMatter[key] == sharing ? sharedItem[key] : -1
  }

  /// The matter whose shared items a matter includes; their keys are then recorded.
  private mutating func sharingMatter(of matter: Matter) -> Int32 {
    guard !matter.includesID.isEmpty, let shared = sharedItems.of(matter), let other = matter.includes else {
      return RepeatedApprovals.noSharing
    }
    let sharing = Int32(other)
    if sharing != lastSharing {
      lastSharing = sharing
      for item in shared {
        for key in keys[item.name] {
          sharingMatter[Int(keys.all[key])] = sharing
          sharedItem[Int(keys.all[key])] = Int32(item.index)
        }
      }
    }
    return sharing
  }
}

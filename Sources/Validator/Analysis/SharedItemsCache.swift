import Catalog

/// The items that matters share, remembered for as long as matter after matter includes the same one.
struct SharedItemsCache {
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

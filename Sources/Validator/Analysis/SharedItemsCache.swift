import Catalog

/// The shared items that matters include, cached while consecutive matters include the same matter.
struct SharedItemsCache {
  private let catalog: Catalog
  private var includes: Int?
  private var items: [Item] = []

  init(_ catalog: Catalog) { self.catalog = catalog }

  /// The shared items that a matter includes; nil if the included matter does not exist or shares nothing, which other
  /// rules report: the items of the matter are then unknown.
  mutating func of(_ matter: Matter) -> [Item]? {
    if matter.isUnknown(.includes) { return nil }
    if matter.includesID.isEmpty { return [] }
    guard let other = matter.includes, other != matter.index else { return nil }
    if other != includes {
      includes = other
      // If one mark cannot be read, the shared items are unknown.
      let isClear = !catalog.items(of: catalog.matters[other]).contains { $0.isUnknown(.shared) }
      items = isClear ? catalog.sharedItems(of: matter) : []
    }
    return items.isEmpty ? nil : items
  }
}

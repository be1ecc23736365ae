import Catalog
import Synchronization

/// What several rules need of one catalog, computed once, by the first rule that asks.
final class SharedAnalyses: Sendable {
  private let catalog: Catalog
  private let knownNumbering = Mutex<ListNumbering?>(nil)
  private let knownTables = Mutex<[TableKind: SmallTable]>([:])

  init(_ catalog: Catalog) { self.catalog = catalog }

  /// The numbers of the matters in each list.
  var numbering: ListNumbering {
    knownNumbering.withLock { known in
      if let known { return known }
      let new = ListNumbering(catalog)
      known = new
      return new
    }
  }

  /// A small table by columns; nil for matters and items.
  func smallTable(_ kind: TableKind) -> SmallTable? {
    knownTables.withLock { known in
      if let table = known[kind] { return table }
      let new = catalog.smallTable(kind)
      known[kind] = new
      return new
    }
  }
}

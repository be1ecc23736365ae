import Catalog
import Synchronization

/// What several rules need of one catalog, computed once, by the first rule that asks.
final class SharedAnalyses: Sendable {
  private let catalog: Catalog
  private let knownNumbering = Mutex<ListNumbering?>(nil)

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
}

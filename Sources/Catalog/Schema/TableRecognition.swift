extension TableKind {
  /// The table whose header this is, whatever its file is called: the header has all columns that the table requires, in
  /// English or Chinese, and most of its titles are columns of the table. Nil if there is no such table.
  ///
  /// - Parameters:
  ///   - header: the titles of the columns.
  ///   - fileName: decides between tables that the header fits equally well.
  package init?(header: [String], fileName: String? = nil, in schema: CatalogSchema = .standard) {
    let titles = Set(header.filter { !$0.isEmpty })
    func share(_ kind: TableKind) -> Int? {
      var known = 0
      for column in schema.columns(kind) {
        if titles.contains(column.name) || titles.contains(column.title) {
          known += 1
        } else if column.isRequired {
          return nil
        }
      }
      // A list that holds a table among much else, as the flat layout does, is no such table.
      return known * 2 > titles.count ? known : nil
    }
    let fitting = TableKind.allCases.compactMap { kind in share(kind).map { (kind: kind, share: $0) } }
    guard let most = fitting.map(\.share).max() else { return nil }
    let best = fitting.filter { $0.share == most }.map(\.kind)
    // Of several, the one of that name, else the one with the fewest further columns.
    let named = best.first { $0.fileName == fileName }
    guard let kind = named ?? best.min(by: { schema.columns($0).count < schema.columns($1).count }) else { return nil }
    self = kind
  }
}

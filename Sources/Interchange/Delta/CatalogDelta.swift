import Catalog

/// What leads from one edition of a catalog to another: for each table the rows that are added, changed, withdrawn, removed
/// or moved, by their positions in both editions, so that the order of the rows is carried as well.
///
/// Rows are paired by what names them, those of one name in order. A row that only stands elsewhere among the rows that both
/// editions have is `moved`, and no content is needed for it. A matter counts with its items.
package struct CatalogDelta: Sendable {
  package enum Change: String, Sendable, CaseIterable {
    case added, changed, withdrawn, removed, moved
  }

  package struct Entry: Sendable, Hashable {
    package var change: Change
    package var id: String
    /// The row's number in the edition that the delta starts from, from 1; nil for an added row.
    package var was: Int?
    /// The row's number in the edition that the delta gives; nil for a removed row.
    package var at: Int?
    /// The content hash of a matter that is added or changed.
    package var hash: String?

    /// The delta holds the row's content.
    var isWritten: Bool { change == .added || change == .changed || change == .withdrawn }
  }

  /// The tables in the order of a document.
  static let tables: [TableKind] = [
    .notices, .regions, .audiences, .lists, .departments, .approvals, .matters, .targets, .progress, .waivers,
  ]

  /// The content hashes of the two editions (see `ContentHash`).
  package var from: String
  package var to: String
  /// By table: removed rows first, then the others in the order of the new edition.
  package var entries: [TableKind: [Entry]] = [:]

  package var isEmpty: Bool { entries.values.allSatisfy(\.isEmpty) }

  init(from: String, to: String) {
    self.from = from
    self.to = to
  }

  package init(from old: Catalog, to new: Catalog) {
    let before = DeltaRow.matters(of: old)
    let after = DeltaRow.matters(of: new)
    from = ContentHash.edition(old, digests: before.lazy.map(\.digest))
    to = ContentHash.edition(new, digests: after.lazy.map(\.digest))
    for kind in CatalogDelta.tables {
      let rows =
        kind == .matters ? (before, after) : (DeltaRow.rows(kind, of: old), DeltaRow.rows(kind, of: new))
      let changes = CatalogDelta.entries(rows.0, rows.1, hasHashes: kind == .matters)
      if !changes.isEmpty { entries[kind] = changes }
    }
  }

  /// The indices, in the new edition, of the rows of a table whose content the delta holds.
  func written(_ kind: TableKind) -> [Int] {
    (entries[kind] ?? []).filter(\.isWritten).compactMap { $0.at.map { $0 - 1 } }
  }

  /// The rows of the small tables whose content the delta holds.
  func rows(of catalog: Catalog) -> CatalogTables {
    var tables = CatalogTables()
    tables.notices = written(.notices).map { catalog.tables.notices[$0] }
    tables.regions = written(.regions).map { catalog.tables.regions[$0] }
    tables.audiences = written(.audiences).map { catalog.tables.audiences[$0] }
    tables.lists = written(.lists).map { catalog.tables.lists[$0] }
    tables.departments = written(.departments).map { catalog.tables.departments[$0] }
    tables.approvals = written(.approvals).map { catalog.tables.approvals[$0] }
    tables.targets = written(.targets).map { catalog.tables.targets[$0] }
    tables.progress = written(.progress).map { catalog.tables.progress[$0] }
    tables.waivers = written(.waivers).map { catalog.tables.waivers[$0] }
    return tables
  }

  private static func entries(_ before: [DeltaRow], _ after: [DeltaRow], hasHashes: Bool) -> [Entry] {
    var oldOfNew = [Int?](repeating: nil, count: after.count)
    // Editions mostly begin with the same rows; the dictionary is for those that follow.
    let same = zip(before, after).prefix { $0.key == $1.key }.count
    for index in 0..<same { oldOfNew[index] = index }
    var free: [String: [Int]] = [:]
    for index in (same..<before.count).reversed() { free[before[index].key, default: []].append(index) }
    for index in same..<after.count { oldOfNew[index] = free[after[index].key]?.popLast() }
    let isKept = inOrder(oldOfNew.compactMap { $0 }, count: before.count)
    var entries = free.values.joined().sorted().map { index in
      Entry(change: .removed, id: before[index].id, was: index + 1)
    }
    for (index, row) in after.enumerated() {
      func hash() -> String? { hasHashes ? row.digest.hexadecimal : nil }
      guard let old = oldOfNew[index] else {
        entries.append(Entry(change: .added, id: row.id, at: index + 1, hash: hash()))
        continue
      }
      if row.digest != before[old].digest {
        let isWithdrawal = row.isWithdrawn && !before[old].isWithdrawn
        entries.append(
          Entry(change: isWithdrawal ? .withdrawn : .changed, id: row.id, was: old + 1, at: index + 1, hash: hash()))
      } else if !isKept[old] {
        entries.append(Entry(change: .moved, id: row.id, was: old + 1, at: index + 1))
      }
    }
    return entries
  }

  /// A longest rising part of the numbers: the rows that keep their order. All of them, if they rise.
  ///
  /// - Parameter count: one more than the largest number there may be.
  /// - Returns: for each number whether it is one of them.
  private static func inOrder(_ numbers: [Int], count: Int) -> [Bool] {
    if zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 }) { return [Bool](repeating: true, count: count) }

    /// By length, the index of the smallest number that ends a rising part of that length.
    var ends: [Int] = []
    var previous = [Int](repeating: -1, count: numbers.count)
    for (index, number) in numbers.enumerated() {
      var low = 0
      var high = ends.count
      while low < high {
        let middle = (low + high) / 2
        if numbers[ends[middle]] < number { low = middle + 1 } else { high = middle }
      }
      if low > 0 { previous[index] = ends[low - 1] }
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var isKept = [Bool](repeating: false, count: count)
    var next = ends.last ?? -1
    while next >= 0 {
      isKept[numbers[next]] = true
      next = previous[next]
    }
    return isKept
  }
}

/// A row as a delta compares it.
struct DeltaRow {
  /// What pairs it with a row of the other edition.
  var key: String
  var digest: SHA256.Digest
  var isWithdrawn = false

  /// The key as a delta writes it.
  var id: String { DeltaRow.id(key) }

  static func id(_ key: String) -> String {
    key.split(separator: "\u{0}", omittingEmptySubsequences: true).joined(separator: " ")
  }

  static func matters(of catalog: Catalog) -> [DeltaRow] {
    zip(catalog.matters, ContentHash.digests(of: catalog)).map { matter, digest in
      DeltaRow(key: catalog.id(matter), digest: digest, isWithdrawn: matter.isWithdrawn)
    }
  }

  static func rows(_ kind: TableKind, of catalog: Catalog) -> [DeltaRow] {
    var collector = Collector(catalog: catalog)
    try? catalog.schema.visit(kind, of: catalog.tables, &collector)
    return collector.rows
  }

  private struct Collector: TableVisitor {
    let catalog: Catalog
    var rows: [DeltaRow] = []

    mutating func visit<R: TableRow>(_ rows: [R], _ schema: TableSchema<R>) throws {
      self.rows = rows.map { row in
        DeltaRow(key: schema.key(of: row), digest: ContentHash.digest(row, schema, of: catalog))
      }
    }
  }
}

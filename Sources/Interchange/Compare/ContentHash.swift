import Catalog
import Platform

/// Hashes of what a catalog says, whatever file says it: the same catalog has the same hash as a folder, as an XML document
/// and in CSV, with any line ends, quoting and encoding.
///
/// Values are those that a document holds: a reference is the id of the row that it names, a flag `yes`, a day `2022-12-31`,
/// however the table spells them. A row is hashed as `column=value` for each column that is not empty, in the order of the schema, each followed by U+001F;
/// the row begins with the name of its table and ends with U+001E. A matter is hashed with its items behind it. An empty
/// column adds nothing, so that a column of a later version does not change the hash of what does not use it. The hash of an
/// edition is that of the hashes of its matters, followed by the rows of the small tables in the order in which XML has them.
/// Hashes are SHA-256 in lower-case hexadecimal digits.
package enum ContentHash {
  fileprivate static let endOfField: UInt8 = 0x1F
  fileprivate static let endOfRow: UInt8 = 0x1E

  /// The hash of a matter with its own items.
  package static func matter(_ matter: Matter, of catalog: Catalog) -> String {
    digest(matter, of: catalog).hexadecimal
  }

  /// The hash of a text, of its UTF-8.
  package static func text(_ text: String) -> String {
    var hash = SHA256()
    hash.update(text.utf8)
    return hash.finish().hexadecimal
  }

  /// The hash of a whole catalog. Waivers and progress count, since they travel with it.
  package static func edition(_ catalog: Catalog) -> String { edition(catalog, digests: digests(of: catalog)) }

  /// The hash of a whole catalog whose matters have these digests.
  static func edition(_ catalog: Catalog, digests: some Sequence<SHA256.Digest>) -> String {
    var hash = SHA256()
    for digest in digests { hash.update(digest) }
    for kind in TableKind.small {
      var rows = Rows(kind: kind, catalog: catalog, hash: hash)
      try? catalog.schema.visit(kind, of: catalog.tables, &rows)
      hash = rows.hash
    }
    return hash.finish().hexadecimal
  }

  static func digest(_ matter: Matter, of catalog: Catalog) -> SHA256.Digest {
    var bytes = MatterBytes()
    return bytes.digest(matter, of: catalog)
  }

  /// The hashes of all matters, in their order, on two threads.
  static func digests(of catalog: Catalog) -> [SHA256.Digest] {
    let matters = catalog.matters
    return Array(unsafeUninitializedCapacity: matters.count) { out, count in
      count = matters.count
      guard let base = out.baseAddress else { return }
      // Each thread has a half of its own.
      nonisolated(unsafe) let start = base
      func fill(_ range: Range<Int>) {
        var bytes = MatterBytes()
        for index in range { (start + index).initialize(to: bytes.digest(matters[index], of: catalog)) }
      }
      let half = matters.count / 2
      Parallel.both(when: matters.count > 20_000, { fill(0..<half) }, { fill(half..<matters.count) })
    }
  }

  /// The hash of a row of a small table.
  static func digest<Row: TableRow>(_ row: Row, _ schema: TableSchema<Row>, of catalog: Catalog) -> SHA256.Digest {
    var hash = SHA256()
    self.row(schema.kind.name, schema.columns, catalog.documentCells(of: row, schema), into: &hash)
    return hash.finish()
  }

  private struct Rows: TableVisitor {
    let kind: TableKind
    let catalog: Catalog
    var hash: SHA256

    mutating func visit<Row: TableRow>(_ rows: [Row], _ schema: TableSchema<Row>) throws {
      for row in rows {
        ContentHash.row(kind.name, schema.columns, catalog.documentCells(of: row, schema), into: &hash)
      }
    }
  }

  private static func row(_ table: String, _ columns: [Column], _ cells: [String], into hash: inout SHA256) {
    hash.update(table.utf8)
    hash.update(endOfField)
    for (column, cell) in zip(columns, cells) where !cell.isEmpty {
      hash.update(column.name.utf8)
      hash.update(UInt8(ascii: "="))
      hash.update(cell.utf8)
      hash.update(endOfField)
    }
    hash.update(endOfRow)
  }
}

/// The bytes of matters that are hashed, made in one buffer without a text for each cell: they are hashed by the million. The
/// catalog is lent to each call, since a copy of it takes longer than a matter.
private struct MatterBytes {
  private var bytes: [UInt8] = []

  private static let matters = Array("matters".utf8) + [ContentHash.endOfField]
  private static let items = Array("items".utf8) + [ContentHash.endOfField]
  /// `name=` for each column.
  private static let matterLabels = MatterColumn.allCases.map { Array($0.declaration.name.utf8) + [0x3D] }
  private static let itemLabels = ItemColumn.allCases.map { Array($0.declaration.name.utf8) + [0x3D] }

  mutating func digest(_ matter: Matter, of catalog: borrowing Catalog) -> SHA256.Digest {
    bytes.removeAll(keepingCapacity: true)
    bytes += MatterBytes.matters
    let labels = MatterBytes.matterLabels
    func label(_ column: MatterColumn) -> [UInt8] { labels[column.rawValue] }
    catalog.withBytes(matter.id) { add($0, label(.id)) }
    if let list = matter.list { add(catalog.lists[list].id, label(.list)) }
    if let number = matter.number { add(String(number), label(.number)) }
    if let audience = matter.audience { add(catalog.audiences[audience].id, label(.audience)) }
    catalog.withBytes(matter.name) { add($0, label(.name)) }
    catalog.withBytes(matter.lead) { add($0, label(.lead)) }
    catalog.withBytes(matter.deadline) { add($0, label(.deadline)) }
    catalog.withBytes(matter.remark) { add($0, label(.remark)) }
    catalog.withBytes(matter.includesID) { add($0, label(.includes)) }
    catalog.withBytes(matter.placeholder) { add($0, label(.placeholder)) }
    if !catalog.hasBlankExtras(matter) {
      for (index, column) in catalog.schema.extraMatterColumns.enumerated() {
        add(catalog.extra(matter, index), column)
      }
    }
    bytes.append(ContentHash.endOfRow)
    for index in matter.items { add(catalog.items[index], of: catalog) }
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  /// An item, without the id of its matter, which stands in the row of that.
  private mutating func add(_ item: Item, of catalog: borrowing Catalog) {
    bytes += MatterBytes.items
    let labels = MatterBytes.itemLabels
    if let number = item.number { add(String(number), labels[ItemColumn.number.rawValue]) }
    catalog.withBytes(item.name) { add($0, labels[ItemColumn.name.rawValue]) }
    catalog.withBytes(item.responsible) { add($0, labels[ItemColumn.responsible.rawValue]) }
    if item.isShared { add("yes", labels[ItemColumn.shared.rawValue]) }
    if !catalog.hasBlankExtras(item) {
      for (index, column) in catalog.schema.extraItemColumns.enumerated() { add(catalog.extra(item, index), column) }
    }
    bytes.append(ContentHash.endOfRow)
  }

  private mutating func add(_ text: String, _ column: Column) {
    add(column.kind.value(of: text).cell, Array(column.name.utf8) + [0x3D])
  }

  private mutating func add(_ text: String, _ label: [UInt8]) {
    var text = text
    text.withUTF8 { add($0, label) }
  }

  private mutating func add(_ cell: UnsafeBufferPointer<UInt8>, _ label: [UInt8]) {
    if cell.isEmpty { return }
    bytes += label
    bytes += cell
    bytes.append(ContentHash.endOfField)
  }
}

extension Catalog {
  /// The value of a field as a document holds it: of a reference, the id of the row that it names; of a count, without
  /// blanks.
  func documentValue<Row: TableRow>(of field: Field<Row>, in row: Row) -> CellValue {
    let value = canonicalValue(of: field, in: row)
    guard case .text(let text) = value, field.column.kind == .count else { return value }
    return .text(PrintedCount(text).compact)
  }

  /// The cells of a row of a small table, with the values that a document holds.
  func documentCells<Row: TableRow>(of row: Row, _ schema: TableSchema<Row>) -> [String] {
    schema.fields.map { documentValue(of: $0, in: row).cell }
  }
}

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
    var bytes = MatterBytes(catalog)
    return bytes.digest(matter)
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
        var bytes = MatterBytes(catalog)
        for index in range { (start + index).initialize(to: bytes.digest(matters[index])) }
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

/// The bytes of matters that are hashed, made in one buffer without a text for each cell: they are hashed by the million.
private struct MatterBytes {
  private let catalog: Catalog
  private let matterColumns: [Column]
  private let itemColumns: [Column]
  private var bytes: [UInt8] = []

  private static let matters = Array("matters".utf8) + [ContentHash.endOfField]
  private static let items = Array("items".utf8) + [ContentHash.endOfField]
  /// `name=` for each column.
  private static let matterLabels = MatterColumn.allCases.map { Array($0.declaration.name.utf8) + [0x3D] }
  private static let itemLabels = ItemColumn.allCases.map { Array($0.declaration.name.utf8) + [0x3D] }

  init(_ catalog: Catalog) {
    self.catalog = catalog
    matterColumns = catalog.schema.extraMatterColumns
    itemColumns = catalog.schema.extraItemColumns
  }

  mutating func digest(_ matter: Matter) -> SHA256.Digest {
    bytes.removeAll(keepingCapacity: true)
    bytes += MatterBytes.matters
    add(matter.id, .id)
    add(matter.list.map { catalog.lists[$0].id }, .list)
    add(matter.number.map(String.init), .number)
    add(matter.audience.map { catalog.audiences[$0].id }, .audience)
    add(matter.name, .name)
    add(matter.lead, .lead)
    add(matter.deadline, .deadline)
    add(matter.remark, .remark)
    add(matter.includesID, .includes)
    add(matter.placeholder, .placeholder)
    if !catalog.hasBlankExtras(matter) {
      for (index, column) in matterColumns.enumerated() { add(catalog.extra(matter, index), column) }
    }
    bytes.append(ContentHash.endOfRow)
    for index in matter.items { add(catalog.items[index]) }
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  /// An item, without the id of its matter, which stands in the row of that.
  private mutating func add(_ item: Item) {
    bytes += MatterBytes.items
    if let number = item.number { add(String(number), label: MatterBytes.itemLabels[ItemColumn.number.rawValue]) }
    add(item.name, label: MatterBytes.itemLabels[ItemColumn.name.rawValue])
    add(item.responsible, label: MatterBytes.itemLabels[ItemColumn.responsible.rawValue])
    if item.isShared { add("yes", label: MatterBytes.itemLabels[ItemColumn.shared.rawValue]) }
    if !catalog.hasBlankExtras(item) {
      for (index, column) in itemColumns.enumerated() { add(catalog.extra(item, index), column) }
    }
    bytes.append(ContentHash.endOfRow)
  }

  private mutating func add(_ text: TextID, _ column: MatterColumn) {
    add(text, label: MatterBytes.matterLabels[column.rawValue])
  }

  private mutating func add(_ text: String?, _ column: MatterColumn) {
    if let text { add(text, label: MatterBytes.matterLabels[column.rawValue]) }
  }

  private mutating func add(_ text: String, _ column: Column) {
    add(column.kind.value(of: text).cell, label: Array(column.name.utf8) + [0x3D])
  }

  private mutating func add(_ text: TextID, label: [UInt8]) {
    catalog.withBytes(text) { cell in
      if cell.isEmpty { return }
      bytes += label
      bytes += cell
      bytes.append(ContentHash.endOfField)
    }
  }

  private mutating func add(_ text: String, label: [UInt8]) {
    if text.isEmpty { return }
    bytes += label
    bytes += text.utf8
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

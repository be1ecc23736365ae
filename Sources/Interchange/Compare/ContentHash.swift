import Catalog

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
  private static let endOfField: UInt8 = 0x1F
  private static let endOfRow: UInt8 = 0x1E

  /// The hash of a matter with its own items.
  package static func matter(_ matter: Matter, of catalog: Catalog) -> String {
    hexadecimal(digest(matter, of: catalog))
  }

  /// The hash of a text, of its UTF-8.
  package static func text(_ text: String) -> String {
    var hash = SHA256()
    hash.update(text.utf8)
    return hexadecimal(hash.finish())
  }

  /// The hash of a whole catalog. Waivers and progress count, since they travel with it.
  package static func edition(_ catalog: Catalog) -> String {
    edition(catalog, digests: catalog.matters.lazy.map { digest($0, of: catalog) })
  }

  /// The hash of a whole catalog whose matters have these digests.
  static func edition(_ catalog: Catalog, digests: some Sequence<[UInt8]>) -> String {
    var hash = SHA256()
    for digest in digests { hash.update(digest) }
    for kind in TableKind.small {
      var rows = Rows(kind: kind, catalog: catalog, hash: hash)
      try? catalog.schema.visit(kind, of: catalog.tables, &rows)
      hash = rows.hash
    }
    return hexadecimal(hash.finish())
  }

  /// The hash of a matter as bytes.
  static func digest(_ matter: Matter, of catalog: Catalog) -> [UInt8] {
    var hash = SHA256()
    row("matters", catalog.schema.columns(.matters), cells(of: matter, catalog), into: &hash)
    for item in catalog.items(of: matter) {
      // The matter's id stands in its own row.
      row("items", catalog.schema.columns(.items), [""] + cells(of: item, catalog).dropFirst(), into: &hash)
    }
    return hash.finish()
  }

  private static func cells(of matter: Matter, _ catalog: Catalog) -> [String] {
    if catalog.hasBlankExtras(matter) { return MatterColumn.allCases.map { catalog.text(matter, $0) } }
    let extra = catalog.schema.extraMatterColumns.enumerated()
    return MatterColumn.allCases.map { catalog.text(matter, $0) }
      + extra.map { $1.kind.value(of: catalog.extra(matter, $0)).cell }
  }

  private static func cells(of item: Item, _ catalog: Catalog) -> [String] {
    if catalog.hasBlankExtras(item) { return ItemColumn.allCases.map { catalog.text(item, $0) } }
    let extra = catalog.schema.extraItemColumns.enumerated()
    return ItemColumn.allCases.map { catalog.text(item, $0) }
      + extra.map { $1.kind.value(of: catalog.extra(item, $0)).cell }
  }

  /// The hash of a row of a small table as bytes.
  static func digest<Row: TableRow>(_ row: Row, _ schema: TableSchema<Row>, of catalog: Catalog) -> [UInt8] {
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

  static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
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

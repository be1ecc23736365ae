import Catalog

/// Hashes of what a catalog says, whatever file says it: the same catalog has the same hash as a folder, as an XML document
/// and in CSV, with any line ends, quoting and encoding.
///
/// A row is hashed as `column=value` for each column that is not empty, in the order of the schema, each followed by U+001F;
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

  /// The hash of a whole catalog. Waivers and progress count, since they travel with it.
  package static func edition(_ catalog: Catalog) -> String {
    var hash = SHA256()
    for matter in catalog.matters { hash.update(digest(matter, of: catalog)) }
    for kind in TableKind.small {
      var rows = Rows(kind: kind, hash: hash)
      try? catalog.schema.visit(kind, of: catalog.tables, &rows)
      hash = rows.hash
    }
    return hexadecimal(hash.finish())
  }

  private static func digest(_ matter: Matter, of catalog: Catalog) -> [UInt8] {
    var hash = SHA256()
    row("matters", catalog.schema.columns(.matters), catalog.cells(of: matter), into: &hash)
    for item in catalog.items(of: matter) {
      // The matter's id stands in its own row.
      row("items", catalog.schema.columns(.items), [""] + catalog.cells(of: item).dropFirst(), into: &hash)
    }
    return hash.finish()
  }

  private struct Rows: TableVisitor {
    let kind: TableKind
    var hash: SHA256

    mutating func visit<Row: TableRow>(_ rows: [Row], _ schema: TableSchema<Row>) throws {
      for row in rows { ContentHash.row(kind.name, schema.columns, schema.cells(of: row), into: &hash) }
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

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

import AtomicFiles
import Catalog

// The `datapackage.json` of a folder whose tables have columns that the built-in one does not describe.
extension FolderDescription {
  /// The description for a new folder with a catalog; nil for the built-in one.
  ///
  /// It is the catalog's own, if there is one. One that the program has generated describes the columns that the tables are
  /// written with, and no others.
  static func own(of catalog: Catalog) throws -> [UInt8]? {
    let schema = catalog.schema.written(of: catalog.tables)
    if let description = catalog.standardDescription {
      return try isGenerated(description, catalog.schema).map { try generated($0, schema) } ?? description.array
    }
    let columns = TableKind.allCases.flatMap(schema.columns)
    guard columns.contains(where: { $0.xml == .further || $0.isOmittedWhenEmpty }) else { return nil }
    return try generated(.jiujiang, schema)
  }

  /// The description of a folder whose tables get columns that it does not describe, or lose some; nil if it stays as it is,
  /// as one does that the program has not generated.
  static func following(
    _ before: Catalog, to result: Catalog, _ changes: [TableKind: TableChanges]
  ) throws -> [UInt8]? {
    guard [TableKind.departments, .approvals].contains(where: { changes[$0]?.isEmpty == false }),
      let description = before.standardDescription, let described = try? Descriptor(json: description),
      let info = try isGenerated(description, before.schema)
    else { return nil }
    let written = result.schema.written(of: result.tables)
    // A table of which only rows are written keeps its columns.
    func isKept(_ column: Column, _ table: TableKind) -> Bool {
      !column.isOmittedWhenEmpty || written.columns(table).contains { $0.name == column.name }
        || changes[table]?.isRewritten != true && described.describes(column.name, of: table)
    }
    let new = try generated(info, result.schema.keeping(isKept))
    return new.elementsEqual(description.buffer) ? nil : new
  }

  /// What the program has generated the description for, with whatever columns; nil if it is none of the program's own.
  private static func isGenerated(_ description: Bytes, _ schema: CatalogSchema) throws -> PackageInfo? {
    guard let described = try? Descriptor(json: description) else { return nil }
    let schema = schema.keeping { !$0.isOmittedWhenEmpty || described.describes($0.name, of: $1) }
    return try [PackageInfo.jiujiang, .empty].first {
      try generated($0, schema).elementsEqual(description.buffer)
    }
  }

  private static func generated(_ info: PackageInfo, _ schema: CatalogSchema) throws -> [UInt8] {
    let writer = ByteWriter.memory()
    try writeDataPackage(info, schema, to: writer)
    return writer.bytes
  }
}

import AtomicFiles
import BuiltIn
import CSVFormat
import Catalog

/// Writes catalog folders into a `FolderReplacement`, which the caller commits: the folder is replaced as a whole or not at
/// all.
package enum FolderWriter {
  /// Writes a catalog as a new folder: its tables in the standard form (UTF-8, LF, quotes only where needed, the columns of
  /// the schema), and the built-in `datapackage.json` and README.
  ///
  /// Reading a folder in this form and writing it gives the same bytes.
  package static func writeNew(_ catalog: Catalog, into folder: FolderReplacement) throws {
    for kind in TableKind.allCases {
      try folder.write(kind.fileName) { try writeTable(kind, of: catalog, to: $0) }
    }
    for file in BuiltInFiles.catalog where !file.name.hasSuffix(".csv") {
      try folder.write(file.name) { writer in
        if file.name == Descriptor.fileName, let description = try FolderDescription.own(of: catalog) {
          try writer.append(description)
        } else {
          try writer.append(file.bytes)
        }
      }
    }
  }

  /// Writes the files of the built-in catalog.
  package static func writeBuiltIn(into folder: FolderReplacement) throws {
    for file in BuiltInFiles.catalog {
      try folder.write(file.name) { try $0.append(file.bytes) }
    }
  }

  /// Writes tables with headers only, for another city's catalog.
  package static func writeEmpty(into folder: FolderReplacement) throws {
    for kind in TableKind.allCases {
      try folder.write(kind.fileName) { writer in
        let columns = kind.columns.filter { !$0.isOmittedWhenEmpty }
        try writer.append(columns.map(\.name).joined(separator: ",") + "\n")
      }
    }
    try folder.write(Descriptor.fileName) { try FolderDescription.writeDataPackage(.empty, .shipped, to: $0) }
    try folder.write("README.md") { try $0.append(FolderDescription.emptyFolderPage(.standard)) }
  }

  /// Writes one table in its standard form.
  /// - Parameter hasEveryColumn: also the columns that are left out where no row has a value
  ///   (`Column.isOmittedWhenEmpty`).
  package static func writeTable(
    _ kind: TableKind, of catalog: Catalog, hasEveryColumn: Bool = false, to writer: ByteWriter
  ) throws {
    let schema = hasEveryColumn ? catalog.schema : catalog.schema.written(of: catalog.tables)
    let output = try CSVWriter(to: writer, lineEnd: .lf)
    try output.row(schema.columns(kind).map(\.name))
    switch kind {
    case .matters:
      for matter in catalog.matters { try row(matter, of: catalog, to: output) }
    case .items:
      for item in catalog.items { try row(item, of: catalog, to: output) }
    default:
      var rows = RowWriter(output: output)
      try schema.visit(kind, of: catalog.tables, &rows)
    }
    try output.finish()
  }

  private static func row(_ matter: Matter, of catalog: Catalog, to csv: CSVWriter) throws {
    try catalog.withBytes(matter.id) { try csv.cell($0) }
    try csv.cell(matter.list.map { catalog.lists[$0].id } ?? "")
    try csv.cell(number: matter.number)
    try csv.cell(catalog.audience(of: matter)?.id ?? "")
    for text in [matter.name, matter.lead, matter.deadline, matter.remark, matter.includesID, matter.placeholder] {
      try catalog.withBytes(text) { try csv.cell($0) }
    }
    for column in catalog.schema.extraMatterColumns.indices { try csv.cell(catalog.extra(matter, column)) }
    try csv.endRow()
  }

  private static func row(_ item: Item, of catalog: Catalog, to csv: CSVWriter) throws {
    try catalog.withBytes(item.matterID) { try csv.cell($0) }
    try csv.cell(number: item.number)
    try catalog.withBytes(item.name) { try csv.cell($0) }
    try catalog.withBytes(item.responsible) { try csv.cell($0) }
    try csv.cell(item.isShared ? "yes" : "")
    for column in catalog.schema.extraItemColumns.indices { try csv.cell(catalog.extra(item, column)) }
    try csv.endRow()
  }

  // MARK: - Into an existing folder

  /// Writes the plan of an import.
  static func write(_ plan: ImportPlan, into folder: FolderReplacement) throws {
    if plan.isNew { return try writeNew(plan.result, into: folder) }
    try write(plan.changes, of: plan.folder, result: plan.result, into: folder)
  }

  /// Writes changes. Only tables that change are written, and in these only the rows that change. Header, order of columns,
  /// further columns, line ends, encoding, byte order mark and all other files are kept.
  ///
  /// - Parameters:
  ///   - before: the catalog of the folder.
  ///   - result: the catalog with the changes, for tables that the folder lacks or that are written anew.
  static func write(
    _ changes: [TableKind: TableChanges], of before: Catalog, result: Catalog, into folder: FolderReplacement
  ) throws {
    for kind in TableKind.allCases {
      guard let changes = changes[kind], !changes.isEmpty else { continue }
      let found = before.sources.indices.first { index in
        before.sources[index].csv != nil && before.sources[index].columns[kind] != nil
      }
      if let found, let csv = before.sources[found].csv, let columns = before.sources[found].columns[kind] {
        if !csv.text.unreadable.isEmpty { throw TableNotRewritable(file: csv.file) }
        if !csv.text.isAtHand { throw FolderChanged(path: folder.path) }
        let name = name(of: csv.file, in: folder.path)
        // A link may lead outside the folder.
        if folder.isLink(name) { throw TableIsLink(file: csv.file) }
        if changes.isRewritten {
          try folder.write(name) { try writeTable(kind, of: result, to: $0) }
          continue
        }
        let names = result.schema.columns(kind).map(\.name)
        let bytes = try TableRewriter(csv, columns: columns, names: names).rewritten(changes)
        try folder.write(name) { try $0.append(bytes) }
      } else {
        try folder.write(kind.fileName) { try writeTable(kind, of: result, to: $0) }
      }
    }
    guard let description = try FolderDescription.following(before, to: result, changes) else { return }
    try folder.write(Descriptor.fileName) { try $0.append(description) }
  }

  /// The path within the folder of a file that was read from there.
  static func name(of file: String, in folder: String) -> String {
    var prefix = folder
    while prefix.count > 1, prefix.hasSuffix("/") { prefix.removeLast() }
    if prefix == "." { return file }
    prefix += prefix == "/" ? "" : "/"
    return file.hasPrefix(prefix) ? String(file.dropFirst(prefix.count)) : file
  }
}

/// Writes the rows of a small table.
private struct RowWriter: TableVisitor {
  let output: CSVWriter

  mutating func visit<Row: TableRow>(_ rows: [Row], _ schema: TableSchema<Row>) throws {
    for row in rows { try output.row(schema.cells(of: row)) }
  }
}

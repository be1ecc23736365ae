import AtomicFiles
import Catalog
import Validator

/// The fixes of a catalog in an XML document: its values are corrected as those of the tables are, and the document is
/// written anew. A document in the form of `export xml` differs in the values concerned alone.
package struct DocumentFixes {
  /// Their `file` is a table of the catalog, not the document.
  package let changes: [CatalogFixes.Change]
  private let request: ExportRequest

  /// - Parameter isUnsafe: suggestions count as well.
  /// - Throws: `ExportRefusal` if the document has values that would be lost.
  package init(of catalog: Catalog, options: ValidationOptions, isUnsafe: Bool) throws {
    let format = ExportFormat.xml(isExpanded: false)
    _ = try ExportRequest(catalog, as: format)
    var files: [String: [UInt8]] = [:]
    for kind in TableKind.allCases {
      let writer = ByteWriter.memory()
      try FolderWriter.writeTable(kind, of: catalog, to: writer)
      files[kind.fileName] = writer.bytes
    }
    let description = ByteWriter.memory()
    try FolderDescription.writeDataPackage(
      .empty, catalog.schema.written(of: catalog.tables), to: description)
    files[Descriptor.fileName] = description.bytes
    let fixes = try CatalogFixes(named: "catalog", files: files, options: options, isUnsafe: isUnsafe)
    changes = fixes.changes
    let fixed = files.merging(fixes.fixedFiles) { $1 }
    request = try ExportRequest(FolderReader.read(named: "catalog", files: fixed), as: format)
  }

  package func write(to writer: ByteWriter) throws { try request.write(to: writer) }
}

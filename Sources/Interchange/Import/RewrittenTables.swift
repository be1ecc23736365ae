import AtomicFiles
import Catalog

// Tables of the folder that are written anew, so that an import with `replacing` gives the bytes that an import into a new
// folder gives.
extension ImportMerge {
  /// The tables of the folder that are in the standard form: what `FolderWriter` writes for their rows, byte for byte.
  static func standardTables(of folder: Catalog) -> Set<TableKind> {
    Set(TableKind.allCases.filter { kind in isStandard(kind, folder, asIn: folder) })
  }

  /// Whether a table of the folder has the bytes that `FolderWriter` writes for the rows of a catalog.
  fileprivate static func isStandard(_ kind: TableKind, _ folder: Catalog, asIn catalog: Catalog) -> Bool {
    guard let csv = folder.sources.first(where: { $0.csv != nil && $0.columns[kind] != nil })?.csv,
      csv.text.encoding == .utf8, !csv.text.hasByteOrderMark
    else { return false }
    let writer = ByteWriter.memory(capacity: csv.bytes.count + 4096)
    // Writing to memory does not fail.
    guard (try? FolderWriter.writeTable(kind, of: catalog, to: writer)) != nil else { return false }
    return withExtendedLifetime(csv) { writer.bytes.elementsEqual(csv.bytes.buffer) }
  }
}

extension ImportMerge.PlanBuilder {
  /// Tables in the standard form are written anew where they differ from the result. In the others only the rows that change
  /// are written, as in any import.
  mutating func planRewrites(_ result: Catalog) {
    let kinds = merge.isMirror ? TableKind.allCases : [.matters, .items]
    for kind in kinds where merge.standardTables.contains(kind) {
      var change = TableChanges()
      change.isRewritten = !ImportMerge.isStandard(kind, merge.folder, asIn: result)
      changes[kind] = change
    }
  }
}

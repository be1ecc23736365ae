import AtomicFiles
import Catalog
import Localization

/// A delta between two editions that has been found to be possible: both can be written as documents of the exchange format,
/// and neither is a part of a catalog.
///
/// ```swift
/// let request = try DeltaRequest(from: old, to: new)
/// try request.write(to: ByteWriter.standardOutput())
/// ```
package struct DeltaRequest: Sendable {
  package let delta: CatalogDelta
  private let selected: Selected

  /// - Throws: `ExportRefusal` or `PartialEdition`; nothing has been written.
  package init(from old: Catalog, to new: Catalog) throws {
    for catalog in [old, new] {
      let request = try ExportRequest(catalog, as: .xml(isExpanded: false))
      if let list = request.selected.partialLists.min() {
        throw PartialEdition(name: catalog.origin.name, list: catalog.lists[list].id)
      }
    }
    delta = CatalogDelta(from: old, to: new)
    selected = Selection.everything.applied(to: new)
  }

  /// Writes the delta (`catalogDelta` of `schemas/service-catalog.xsd`). The caller flushes the writer.
  /// - Throws: what the writer throws.
  package func write(to writer: ByteWriter) throws {
    try XMLDocumentWriter(delta, of: selected, writer: writer).write()
  }
}

/// An edition that has only some matters of a list: what is missing would be taken for removed.
package struct PartialEdition: LocalizedFailure, Hashable {
  package var name: String
  package var list: String

  package var explanation: LocalizedText {
    LocalizedText(
      zh: "没有写出增量：\(name) 只含清单 \(list) 的一部分，缺少的事项会被当作删除。请用整份目录比较。",
      en:
        "no delta written: \(name) has only a part of the list \(list), and its other matters would be taken for removed. "
        + "Compare whole catalogs.")
  }
}

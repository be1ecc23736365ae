import CSVFormat
import Catalog

/// The formats that a catalog is exported in. `ExportRequest` checks that a catalog can be written in one, and writes it.
package enum ExportFormat: Sendable, Hashable {
  /// The exchange format, `schemas/service-catalog.xsd`. Expanded, each matter has the items that it shares from another.
  case xml(isExpanded: Bool = false)
  /// One row for each item, shared items included.
  case flatCSV(CSVOptions = CSVOptions())
  /// One list in the layout of the notice's annex.
  case officialCSV(CSVOptions = CSVOptions())
  /// JSON as `schemas/catalog.schema.json` describes it.
  case json

  /// The tables whose content an export in the format has.
  var tables: Set<TableKind> {
    switch self {
    case .xml, .json: Set(TableKind.allCases)
    case .flatCSV, .officialCSV: [.lists, .matters, .items]
    }
  }
}

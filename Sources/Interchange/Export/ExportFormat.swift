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
  /// A workbook with a sheet for each table.
  case workbook
  /// One list in the layout of the notice's annex, merged cells included, as a workbook.
  case officialWorkbook

  /// The tables whose content an export in the format has.
  var tables: Set<TableKind> {
    switch self {
    case .xml, .json, .workbook: Set(TableKind.allCases)
    case .flatCSV, .officialCSV, .officialWorkbook: [.lists, .matters, .items]
    }
  }
}

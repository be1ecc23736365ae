/// The formats in which a catalog, or a selection of it, can be written.
///
/// The same catalog gives the same bytes in every format.
public struct ExportFormat: Sendable, Hashable {
  /// The layouts of CSV.
  public enum Layout: Sendable, Hashable {
    /// One row for each item, shared items included.
    case flat
    /// The layout of a notice's annex, one list a table: the selection names the list where the catalog has several.
    case official
  }

  enum Kind: Sendable, Hashable {
    case xml(expandsSharedItems: Bool)
    case csv(layout: Layout, encoding: TextEncoding, byteOrderMark: Bool)
    case json
    case workbook(isOfficial: Bool)
  }

  let kind: Kind

  /// XML (`schemas/service-catalog.xsd`), for service portals. It can be read back without loss.
  public static let xml = ExportFormat(kind: .xml(expandsSharedItems: false))

  /// XML, with a choice for portals that cannot follow `includes`.
  /// - Parameter expandsSharedItems: whether shared items are also written into each matter that shares them.
  public static func xml(expandsSharedItems: Bool) -> ExportFormat {
    ExportFormat(kind: .xml(expandsSharedItems: expandsSharedItems))
  }

  /// An Excel workbook (.xlsx) with a sheet for each table. It can be read back without loss; it holds the whole catalog,
  /// never a selection.
  public static let workbook = ExportFormat(kind: .workbook(isOfficial: false))

  /// One list as an Excel workbook in the layout of a notice's annex.
  public static let officialWorkbook = ExportFormat(kind: .workbook(isOfficial: true))

  /// CSV in the flat layout and UTF-8 (RFC 4180).
  public static let csv = ExportFormat.csv(layout: .flat)

  /// CSV (RFC 4180).
  ///
  /// - Parameters:
  ///   - layout: the layout.
  ///   - encoding: the encoding.
  ///   - byteOrderMark: whether the table begins with a byte order mark, by which a spreadsheet program knows UTF-8.
  ///     Not with GB18030.
  public static func csv(layout: Layout, encoding: TextEncoding = .utf8, byteOrderMark: Bool = false) -> ExportFormat {
    ExportFormat(kind: .csv(layout: layout, encoding: encoding, byteOrderMark: byteOrderMark))
  }

  /// JSON (`schemas/catalog.schema.json`), one matter a line.
  public static let json = ExportFormat(kind: .json)
}

import AtomicFiles
import CSVFormat
import Deadlines
import Platform

/// The bytes of a cell as a reader delivers them; nil if the row or the table does not have the cell.
package typealias RawCell = UnsafeBufferPointer<UInt8>?

/// Collects the rows of a catalog from any source: a folder's tables, a list in CSV, an XML document. Rows of the small
/// tables are added as values; matters and items are added row by row as bytes. `finish` joins them into a catalog.
package final class CatalogBuilder {
  /// The columns of the catalog being built.
  package private(set) var schema: CatalogSchema
  /// The rows of the small tables.
  package var tables = CatalogTables()
  package var settings = Settings()
  package var sources: [Source] = []
  package var issues = ReadingIssues()
  /// See `Catalog.isWholeExport`.
  package var isWholeExport = false
  /// See `Catalog.description`.
  package var description: Bytes?
  /// See `Catalog.paddedCells`.
  var paddedCells: [SourcePosition: String] = [:]

  /// Made when they are first asked for: a builder may be for the header of one table only.
  package private(set) lazy var matterRows = MatterRows(extraColumns: schema.extraMatterColumns)
  package private(set) lazy var itemRows = ItemRows(extraColumns: schema.extraItemColumns)

  package init(schema: CatalogSchema = .standard) { self.schema = schema }

  /// Adds columns that the catalog has besides those of the schema. Call it before the first row is added.
  package func declare(_ columns: [Column], of kind: TableKind) {
    schema.add(columns, to: kind)
    if kind == .matters { matterRows.setExtraColumns(schema.extraMatterColumns) }
    if kind == .items { itemRows.setExtraColumns(schema.extraItemColumns) }
  }

  /// Adds a file.
  /// - Returns: its index, for the positions of the rows that are read from it.
  package func add(_ source: Source) -> Int {
    sources.append(source)
    return sources.count - 1
  }

  /// Reads a row of a small table and adds it. Problems of its cells are added to `issues`.
  ///
  /// - Parameter isReported: whether to report a problem of a column, given its index.
  package func add(
    _ cells: [String?], to kind: TableKind, at position: SourcePosition,
    isReported: (ReadingIssue.Kind, Int) -> Bool = { _, _ in true }
  ) {
    add(cells, to: kind, of: schema, at: position, isReported: isReported)
  }

  /// Adds the rows of a table one after the other, as `add` does; the schema is not copied for each of them.
  func adder(to kind: TableKind) -> (_ cells: [String?], _ position: SourcePosition) -> Void {
    let schema = schema
    return { [unowned self] cells, position in
      add(cells, to: kind, of: schema, at: position, isReported: { _, _ in true })
    }
  }

  private func add(
    _ cells: [String?], to kind: TableKind, of schema: CatalogSchema, at position: SourcePosition,
    isReported: (ReadingIssue.Kind, Int) -> Bool
  ) {
    let subject = cells.first ?? nil
    schema.read(cells, into: &tables, kind, at: position) { issue, column in
      guard isReported(issue, column) else { return }
      issues.append(
        ReadingIssue(
          issue, at: position.cell(column), subject: subject?.isEmpty == true ? nil : subject,
          text: column < cells.count ? cells[column] : nil))
    }
  }

  /// Adds the registers of another catalog, with the files they were read from. A file without registers of its own is
  /// read with those of the built-in catalog.
  ///
  /// - Parameters:
  ///   - addsNames: whether to add the departments and approvals.
  ///   - addsLists: whether to add the notices and lists.
  package func addRegisters(of catalog: Catalog, names addsNames: Bool = true, lists addsLists: Bool = true) {
    let shift = sources.count
    sources += catalog.sources
    func moved<Row: TableRow>(_ rows: [Row]) -> [Row] {
      rows.map { row in
        var row = row
        row.position = row.position.movedBy(sources: shift)
        return row
      }
    }
    if addsNames {
      departments += moved(catalog.departments)
      approvals += moved(catalog.approvals)
    }
    if addsLists {
      notices += moved(catalog.notices)
      if tables.regions.isEmpty { tables.regions = moved(catalog.tables.regions) }
      if tables.audiences.isEmpty { tables.audiences = moved(catalog.tables.audiences) }
      lists += moved(catalog.lists)
    }
  }

  /// Passes the lists and audiences to the matter rows. Call it before the first matter is added.
  package func prepareLists() {
    matterRows.setLists(lists)
    matterRows.setAudiences(tables.audiences)
  }

  /// Joins the rows into a catalog.
  package func finish(origin: Catalog.Origin) -> Catalog {
    var assembly = CatalogAssembly(self)
    var catalog = assembly.catalog(origin: origin)
    catalog.isWholeExport = isWholeExport
    catalog.description = description
    return catalog
  }
}

// The rows of each small table.
extension CatalogBuilder {
  package var notices: [Notice] {
    get { tables.notices }
    _modify { yield &tables.notices }
  }
  package var lists: [MatterList] {
    get { tables.lists }
    _modify { yield &tables.lists }
  }
  package var departments: [Department] {
    get { tables.departments }
    _modify { yield &tables.departments }
  }
  package var approvals: [Approval] {
    get { tables.approvals }
    _modify { yield &tables.approvals }
  }
  package var targets: [Target] {
    get { tables.targets }
    _modify { yield &tables.targets }
  }
  package var progress: [Progress] {
    get { tables.progress }
    _modify { yield &tables.progress }
  }
  package var waivers: [Waiver] {
    get { tables.waivers }
    _modify { yield &tables.waivers }
  }
}

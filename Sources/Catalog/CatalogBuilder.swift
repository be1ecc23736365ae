import AtomicFiles
import CSVFormat
import Deadlines
import Platform

/// A cell as it comes from a reader: its bytes, or nil if the row or the table does not have it.
package typealias RawCell = UnsafeBufferPointer<UInt8>?

/// Collects the rows of a catalog, wherever they come from: a folder's tables, a list in CSV, an XML document. Rows of the
/// small tables are values; matters and items come row by row as bytes. `finish` joins them into a catalog.
package final class CatalogBuilder {
  /// The columns of the catalog that is put together.
  package let schema: CatalogSchema
  /// The rows of the small tables.
  package var tables = CatalogTables()
  package var settings = Settings()
  package var sources: [Source] = []
  package var issues: [ReadingIssue] = []

  package let matterRows: MatterRows
  package let itemRows: ItemRows

  package init(schema: CatalogSchema = .standard) {
    self.schema = schema
    matterRows = MatterRows(extraColumns: schema.extraMatterColumns)
    itemRows = ItemRows(extraColumns: schema.extraItemColumns)
  }

  /// Adds a file; what is read from it refers to it by the number returned.
  package func add(_ source: Source) -> Int {
    sources.append(source)
    return sources.count - 1
  }

  /// Reads a row of a small table and adds it; what is wrong with its cells is added to `issues`.
  ///
  /// - Parameter isReported: whether an issue is this reader's to report.
  package func add(
    _ cells: [String?], to kind: TableKind, at position: SourcePosition,
    isReported: (ReadingIssue.Kind, Int) -> Bool = { _, _ in true }
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

  /// Adds the registers of another catalog, with the files they were read from: a list on its own is read with the
  /// registers that are built in.
  ///
  /// - Parameters:
  ///   - usesParties: the departments and approvals.
  ///   - usesLists: the notices and lists.
  package func addRegisters(of catalog: Catalog, parties usesParties: Bool = true, lists usesLists: Bool = true) {
    let shift = sources.count
    sources += catalog.sources
    func moved<Row: TableRow>(_ rows: [Row]) -> [Row] {
      rows.map { row in
        var row = row
        row.position = row.position.movedBy(sources: shift)
        return row
      }
    }
    if usesParties {
      departments += moved(catalog.departments)
      approvals += moved(catalog.approvals)
    }
    if usesLists {
      notices += moved(catalog.notices)
      lists += moved(catalog.lists)
    }
  }

  /// Hands the lists to the matter rows; call before the first matter is added.
  package func prepareLists() {
    matterRows.setLists(lists)
  }

  /// Joins the rows into a catalog.
  package func finish(origin: Catalog.Origin) -> Catalog {
    CatalogAssembly(self).catalog(origin: origin)
  }
}

// The rows of the small tables, one by one.
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

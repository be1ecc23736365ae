import Catalog

extension String {
  /// Whether the two have the same bytes. `==` compares by canonical equivalence, for which é equals e with a combining
  /// accent; a change from one to the other would be lost.
  func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

/// Copies rows of other catalogs into a `CatalogBuilder`.
struct RowCopier {
  private let builder: CatalogBuilder
  private let matter: RowCells
  private let item: RowCells

  init(into builder: CatalogBuilder) {
    self.builder = builder
    matter = RowCells(builder.schema.columns(.matters).count)
    item = RowCells(builder.schema.columns(.items).count)
  }

  /// Adds a matter of another catalog. Its unknown cells stay unknown.
  ///
  /// - Parameters:
  ///   - source: the index of the row's source in the builder.
  ///   - start: the offset of the row in its source.
  func add(_ row: Matter, of catalog: Catalog, source: Int, row start: Int) {
    matter.clear()
    for column in MatterColumn.allCases {
      switch column {
      case .id: matter.put(row.id, of: catalog)
      case .list: matter.put(row.list.map { catalog.lists[$0].id })
      case .number: matter.put(row.number.map(String.init))
      case .audience: matter.put(catalog.audience(of: row)?.id)
      case .name: put(row, column, row.name, of: catalog)
      case .lead: put(row, column, row.lead, of: catalog)
      case .deadline: put(row, column, row.deadline, of: catalog)
      case .remark: put(row, column, row.remark, of: catalog)
      case .includes: put(row, column, row.includesID, of: catalog)
      case .placeholder: put(row, column, row.placeholder, of: catalog)
      }
    }
    for text in catalog.extraTexts(row, in: builder.schema.extraMatterColumns) { matter.put(text) }
    builder.matterRows.add(matter.raw, stable: false, source: source, row: start)
  }

  /// Adds an item of another catalog.
  func add(_ row: Item, of catalog: Catalog, source: Int, row start: Int) {
    item.clear()
    item.put(row.matterID, of: catalog)
    item.put(row.number.map(String.init))
    if row.isUnknown(.name) { item.put(nil) } else { item.put(row.name, of: catalog) }
    if row.isUnknown(.responsible) { item.put(nil) } else { item.put(row.responsible, of: catalog) }
    item.put(row.isShared ? "yes" : "")
    for text in catalog.extraTexts(row, in: builder.schema.extraItemColumns) { item.put(text) }
    builder.itemRows.add(item.raw, stable: false, source: source, row: start)
  }

  /// Adds a matter with these cells, one for each column; nil for an unknown cell.
  func add(_ cells: [String?], source: Int, row start: Int) {
    matter.clear()
    for cell in cells { matter.put(cell) }
    builder.matterRows.add(matter.raw, stable: false, source: source, row: start)
  }

  private func put(_ row: Matter, _ column: MatterColumn, _ text: TextID, of catalog: Catalog) {
    if row.isUnknown(column) { matter.put(nil) } else { matter.put(text, of: catalog) }
  }
}

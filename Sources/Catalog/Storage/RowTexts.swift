import Localization

/// The rows of a catalog's tables as the texts of their cells: what a reader reads, the other way round.
extension Catalog {
  package func text(_ matter: Matter, _ column: MatterColumn) -> String {
    switch column {
    case .id: text(matter.id)
    case .list: matter.list.map { lists[$0].id } ?? ""
    case .number: matter.number.map(String.init) ?? ""
    case .audience: matter.audience.map { audiences[$0].id } ?? ""
    case .name: text(matter.name)
    case .lead: text(matter.lead)
    case .deadline: text(matter.deadline)
    case .remark: text(matter.remark)
    case .includes: text(matter.includesID)
    case .placeholder: text(matter.placeholder)
    }
  }

  package func text(_ item: Item, _ column: ItemColumn) -> String {
    switch column {
    case .matter: text(item.matterID)
    case .number: item.number.map(String.init) ?? ""
    case .name: text(item.name)
    case .responsible: text(item.responsible)
    case .shared: item.isShared ? "yes" : ""
    }
  }

  /// A matter's texts in the extra columns given: nil for a column that this catalog does not have, or a cell
  /// that could not be read.
  package func extraTexts(_ matter: Matter, in columns: [Column]) -> [String?] {
    columns.map { wanted in
      schema.extraMatterColumns.firstIndex { $0.name == wanted.name }.flatMap {
        matterExtras.text(row: matter.index, column: $0)
      }
    }
  }

  /// An item's texts in the extra columns given: nil for a column that this catalog does not have, or a cell
  /// that could not be read.
  package func extraTexts(_ item: Item, in columns: [Column]) -> [String?] {
    columns.map { wanted in
      schema.extraItemColumns.firstIndex { $0.name == wanted.name }.flatMap {
        itemExtras.text(row: item.index, column: $0)
      }
    }
  }

  /// Whether any row has a text in one of the extra columns.
  package var hasExtraTexts: Bool { matterExtras.hasTexts || itemExtras.hasTexts }

  /// The cells of a matter in the order of the schema's columns.
  package func cells(of matter: Matter) -> [String] {
    MatterColumn.allCases.map { text(matter, $0) } + schema.extraMatterColumns.indices.map { extra(matter, $0) }
  }

  /// The cells of an item in the order of the schema's columns.
  package func cells(of item: Item) -> [String] {
    ItemColumn.allCases.map { text(item, $0) } + schema.extraItemColumns.indices.map { extra(item, $0) }
  }

  /// The id of a row of a table, by its index.
  package func id(ofRow index: Int, in table: TableKind) -> String {
    switch table {
    case .matters: id(matters[index])
    case .items: id(items[index])
    case .departments: departments[index].id
    case .approvals: approvals[index].id
    case .lists: lists[index].id
    case .notices: notices[index].id
    case .regions: regions[index].id
    case .audiences: audiences[index].id
    case .targets: targets[index].id
    case .progress: progress[index].matter
    case .waivers: "\(waivers[index].rule) \(waivers[index].subject)"
    }
  }

  /// The value of a field of a row: of a reference, the id of the row that it names, where there is one.
  package func canonicalValue<Row: TableRow>(of field: Field<Row>, in row: Row) -> CellValue {
    guard let target = field.column.target else { return field.write(row) }
    if case .texts(let texts) = field.write(row) { return .texts(texts.map(audienceRegister.id)) }
    guard let resolved = field.resolved, let index = row[keyPath: resolved] else { return field.write(row) }
    return .text(id(ofRow: index, in: target))
  }

  /// The row of a table that a text names: by its id, and in a register or among the notices by any of its names. It
  /// searches notices and lists from the start: for a column of a small table, not for millions of texts.
  package func index(of text: String, in table: TableKind) -> Int? {
    switch table {
    case .departments: departmentRegister.owner(of: text)?.index
    case .approvals: approvalRegister.owner(of: text)?.index
    case .notices: notices.firstIndex { $0.id == text || $0.number == text }
    case .lists: lists.firstIndex { $0.id == text }
    case .regions: regionTree.index(of: text)
    case .audiences: audienceRegister.index(of: text)
    case .matters: matter(id: text)?.index
    case .items, .targets, .progress, .waivers: nil
    }
  }

  /// Calls `body` with the filled cells of the extra columns of matters and items.
  ///
  /// - Parameter isWanted: whether cells with a text are wanted; asked once for each distinct text of a column.
  package func forEachExtraCell(
    in columns: (Column) -> Bool, where isWanted: (Column, String) -> Bool = { _, _ in true },
    _ body: (ExtraCell) -> Void
  ) {
    for (index, column) in schema.extraMatterColumns.enumerated() where columns(column) {
      matterExtras.forEachRow(at: index, where: { isWanted(column, $0) }) { row, text in
        let position = position(matters[row]).cell(MatterColumn.allCases.count + index)
        body(ExtraCell(table: .matters, row: row, column: column, text: text, position: position))
      }
    }
    for (index, column) in schema.extraItemColumns.enumerated() where columns(column) {
      itemExtras.forEachRow(at: index, where: { isWanted(column, $0) }) { row, text in
        let position = position(items[row], .matter).cell(ItemColumn.allCases.count + index)
        body(ExtraCell(table: .items, row: row, column: column, text: text, position: position))
      }
    }
  }
}

/// A filled cell of an extra column of matters or items.
package struct ExtraCell: Sendable {
  package var table: TableKind
  /// The index of the matter or item.
  package var row: Int
  package var column: Column
  package var text: String
  package var position: SourcePosition
}

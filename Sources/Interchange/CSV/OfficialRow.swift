import Catalog

/// The cells of a row of a list by the columns of the layout; those that the list or the row does not have are empty.
struct OfficialRow {
  let number, type, name, item, lead, responsible, deadline, remark: OfficialCell
  /// The offset of the row in the table.
  let start: Int

  /// - Parameter header: which of the cells hold the columns.
  init(_ cells: [OfficialCell], under header: ListHeading.Cells, at start: Int) {
    func cell(_ column: ListHeading.Column) -> OfficialCell {
      let index = header[column]
      return index >= 0 && index < cells.count ? cells[index] : .empty
    }
    number = cell(.number)
    type = cell(.type)
    name = cell(.name)
    item = cell(.item)
    lead = cell(.lead)
    responsible = cell(.responsible)
    deadline = cell(.deadline)
    remark = cell(.remark)
    self.start = start
  }

  subscript(column: ListHeading.Column) -> OfficialCell {
    switch column {
    case .number: number
    case .type: type
    case .name: name
    case .item: item
    case .lead: lead
    case .responsible: responsible
    case .deadline: deadline
    case .remark: remark
    }
  }
}

extension ListHeading.Column {
  /// The position of a cell of the column.
  func position(source: Int, row: Int) -> SourcePosition {
    func matter(_ column: MatterColumn) -> SourcePosition {
      .cell(source: source, table: .matters, column: column.rawValue, row: row)
    }
    func item(_ column: ItemColumn) -> SourcePosition {
      .cell(source: source, table: .items, column: column.rawValue, row: row)
    }
    return switch self {
    case .number: matter(.number)
    case .type: matter(.audience)
    case .name: matter(.name)
    case .lead: matter(.lead)
    case .deadline: matter(.deadline)
    case .remark: matter(.remark)
    case .item: item(.name)
    case .responsible: item(.responsible)
    }
  }
}

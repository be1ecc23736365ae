import Catalog
import Localization

/// A cell of a small table that names a row of another table which is not there.
struct UnresolvedReference {
  var subject: Subject
  var column: Column
  var text: String
  var position: SourcePosition

  /// The cell names nothing else.
  var isWholeCell: Bool { if case .reference = column.kind { true } else { false } }

  /// Where it is, to stand before what is wrong: `approval-1 的“主管部门”（competent）：`.
  func owner(in catalog: Catalog) -> LocalizedText {
    let (id, column) = (subject.id(in: catalog), Phrase.column(column))
    return LocalizedText(zh: "\(id) 的\(column.zh)：", en: "\(id), \(column.en): ")
  }
}

extension RuleContext {
  /// Calls `body` with the cells of the small tables, and of the extra columns of the large ones, that name no row of `target`, by
  /// the declarations of their columns.
  func forEachUnresolvedReference(to target: TableKind, _ body: (UnresolvedReference) -> Void) {
    for kind in TableKind.small.sorted() {
      if let table = smallTable(kind) { unresolvedReferences(to: target, in: table).forEach(body) }
    }
    func isUnresolved(_ column: Column, _ text: String) -> Bool {
      let texts = column.kind == .audiences ? ValueForm.names(text) : [text]
      return texts.contains { catalog.index(of: $0, in: target) == nil }
    }
    catalog.forEachExtraCell(in: { $0.target == target }, where: isUnresolved) { cell in
      body(
        UnresolvedReference(
          subject: Subject(row: cell.row, of: cell.table), column: cell.column, text: cell.text,
          position: cell.position))
    }
  }

  private func unresolvedReferences(to target: TableKind, in table: SmallTable) -> [UnresolvedReference] {
    let columns = table.columns.indices.filter { table.columns[$0].target == target }
    if columns.isEmpty { return [] }
    var found: [(row: Int, reference: UnresolvedReference)] = []
    for column in columns {
      let unresolved = table.unresolvedRows(ofColumn: column)
      if unresolved?.isEmpty == true { continue }
      let values = table.values(ofColumn: column)
      for row in unresolved ?? Array(values.indices) {
        let texts = if case .texts(let texts) = values[row] { texts } else { [values[row].cell] }
        for text in texts where !text.isEmpty {
          if unresolved == nil, catalog.index(of: text, in: target) != nil { continue }
          let subject = Subject(row: row, of: table.kind)
          found.append(
            (
              row,
              UnresolvedReference(
                subject: subject, column: table.columns[column], text: text,
                position: table.position(row: row, column: column))
            ))
        }
      }
    }
    // By rows, and within a row by columns; sorting keeps the order of what is equal.
    if columns.count > 1 { found.sort { $0.row < $1.row } }
    return found.map(\.reference)
  }
}

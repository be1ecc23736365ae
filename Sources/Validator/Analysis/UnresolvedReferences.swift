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

extension Catalog {
  /// The cells of the small tables that name no row of `target`, by the declarations of their columns.
  func unresolvedReferences(to target: TableKind) -> [UnresolvedReference] {
    var visitor = Visitor(catalog: self, target: target)
    for kind in TableKind.small.sorted() { try? schema.visit(kind, of: tables, &visitor) }
    let extra = extraCells { $0.target == target }.filter { cell in
      let texts = cell.column.kind == .audiences ? ValueForm.names(cell.text) : [cell.text]
      return texts.contains { index(of: $0, in: target) == nil }
    }
    return visitor.found
      + extra.map { cell in
        UnresolvedReference(
          subject: Subject(row: cell.row, of: cell.table), column: cell.column, text: cell.text, position: cell.position
        )
      }
  }

  private struct Visitor: TableVisitor {
    let catalog: Catalog
    let target: TableKind
    var found: [UnresolvedReference] = []

    mutating func visit<Row: TableRow>(_ rows: [Row], _ schema: TableSchema<Row>) {
      let fields = schema.fields.enumerated().filter { $0.element.column.target == target }
      if fields.isEmpty { return }
      for (index, row) in rows.enumerated() {
        for (column, field) in fields {
          if let resolved = field.resolved, row[keyPath: resolved] != nil { continue }
          let value = field.write(row)
          let texts = if case .texts(let texts) = value { texts } else { [value.cell] }
          for text in texts where !text.isEmpty {
            if field.resolved == nil, catalog.index(of: text, in: target) != nil { continue }
            found.append(
              UnresolvedReference(
                subject: Subject(row: index, of: schema.kind), column: field.column, text: text,
                position: row.position.cell(column)))
          }
        }
      }
    }
  }
}

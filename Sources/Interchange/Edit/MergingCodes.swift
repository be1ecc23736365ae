import Catalog
import Localization

extension EditDraft {
  /// What portals key on: the entry that stays gets the codes that it lacks from those that are merged into it, and their
  /// version, state and days if it has none of these. Two entries with different codes of one kind are not one entry.
  mutating func takeCodes<Row: TableRow>(
    _ table: TableKind, _ rows: [Row], _ merged: [Int], into kept: Int, _ schema: TableSchema<Row>
  ) throws(EditRefusal) {
    let optional = schema.columns.indices.filter { schema.columns[$0].isOmittedWhenEmpty }
    let codes = optional.filter { schema.columns[$0].isUnique }
    let others = optional.filter { !schema.columns[$0].isUnique }
    let before = schema.cells(of: rows[kept])
    var cells = before
    for index in merged {
      let own = schema.cells(of: rows[index])
      for code in codes where !own[code].isEmpty && own[code] != cells[code] {
        guard cells[code].isEmpty else {
          let column = schema.columns[code]
          throw .content(
            zh: "\(own[0]) 和 \(before[0]) 的\(column.title)（\(column.name)）不同：\(own[code])、\(cells[code])，合并会丢失其一。"
              + "两条确是同一个的，请先清空其中一个，再合并。",
            en:
              "\(own[0]) and \(before[0]) have different codes in `\(column.name)` (\(column.title)), \(own[code]) and "
              + "\(cells[code]), one of which would be lost. If both are one entry, empty one of the two cells first.")
        }
        cells[code] = own[code]
      }
      if others.allSatisfy({ cells[$0].isEmpty }) { for other in others { cells[other] = own[other] } }
    }
    for column in optional {
      set(
        table, at: rows[kept].position, before[0], column: schema.columns[column].name, from: before[column],
        to: cells[column])
    }
  }
}

import Catalog
import Localization

extension EditPlan {
  /// The plan as lines of text: every cell that changes, with its file and address in a spreadsheet, row and column, then
  /// the total.
  package var lines: [LocalizedText] {
    func shown(_ text: String) -> String { text.isEmpty ? "—" : text.replacing("\n", with: " ") }
    var lines = cells.map { cell in
      let position = cell.address.map { "\(cell.file) \($0)" } ?? cell.file
      let after =
        cell.after.map { LocalizedText(zh: shown($0), en: shown($0)) }
        ?? LocalizedText(zh: "（删去该行）", en: "(row removed)")
      return LocalizedText(
        zh: "\(position) \(cell.row) \(cell.column.title)：\(shown(cell.before)) → \(after.zh)",
        en: "\(position) \(cell.row) \(cell.column.name): \(shown(cell.before)) → \(after.en)")
    }
    let tables = Set(cells.map(\.table)).count
    lines.append(
      LocalizedText(
        zh: "合计：\(tables) 张表中的 \(cells.count) 格",
        en: "in all: \(cells.count) \(cells.count == 1 ? "cell" : "cells") in \(tables) "
          + "\(tables == 1 ? "table" : "tables")"))
    return lines
  }
}

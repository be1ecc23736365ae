import Catalog
import Localization

/// A catalog with unresolved merge conflicts: of two editions of its rows only the first has been read, so that an export or a
/// comparison would drop the second, though nobody has chosen between the two. Nothing has been written.
package struct UnresolvedConflicts: LocalizedFailure, Hashable {
  /// What the catalog was read from.
  package var catalog: String
  package var count: Int
  /// Where the first of them are: `catalog/matters.csv:12 (2-010)`.
  package var listed: [String]

  private static let limit = 5

  /// Nil if there are none.
  /// - Parameter tables: the tables that are used.
  package init?(in catalog: Catalog, tables: Set<TableKind> = Set(TableKind.allCases)) {
    let conflicts = catalog.issues.filter { issue in
      guard case .mergeConflict = issue.kind else { return false }
      return tables.contains(issue.position.table)
    }
    if conflicts.isEmpty { return nil }
    self.catalog = catalog.origin.name
    count = conflicts.count
    let locator = Locator(catalog)
    listed = conflicts.prefix(UnresolvedConflicts.limit).map { issue in
      let location = locator.locate(issue.position)
      let file = location?.file ?? catalog.origin.name
      let position = location?.line.map { "\(file):\($0)" } ?? file
      let owner = issue.matter.map { catalog.id(catalog.matters[$0]) } ?? issue.subject ?? ""
      return owner.isEmpty ? position : "\(position) (\(owner))"
    }
  }

  package var explanation: LocalizedText {
    let rest = count - listed.count
    let zh = listed.joined(separator: "、") + (rest > 0 ? " 等" : "")
    let en = listed.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    return LocalizedText(
      zh: "\(catalog) 中有 \(count) 处没有解决的合并冲突：\(zh)。两种写法还没有选定，因此不导出、不比较。"
        + "请在这些地方留下正确的行，删去 <<<<<<<、|||||||、=======、>>>>>>> 各行，再用 `onevisit validate \(catalog)` 检查。",
      en:
        "\(catalog) has \(count == 1 ? "an unresolved merge conflict" : "\(count) unresolved merge conflicts"): \(en). "
        + "Nobody has chosen between the two editions, so nothing is exported or compared. Keep the right rows there, delete "
        + "the lines with <<<<<<<, |||||||, ======= and >>>>>>>, and check with `onevisit validate \(catalog)`.")
  }
}

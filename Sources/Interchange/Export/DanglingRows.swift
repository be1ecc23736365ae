import Catalog
import Localization

/// The catalog has rows that name a matter which does not exist: items of such a matter, or matters that include it. An export
/// would silently lack their items, so nothing is written.
package struct DanglingRows: LocalizedFailure, Hashable {
  /// What the catalog was read from.
  package var catalog: String
  package var count: Int
  /// The position of the first row, `catalog/items.csv:412`, and the matter that it names.
  package var first: String
  package var matter: String

  package var explanation: LocalizedText {
    let named =
      matter.isEmpty
      ? LocalizedText(zh: "没有写明事项", en: "names no matter")
      : LocalizedText(zh: "写的是“\(matter)”", en: "names “\(matter)”")
    return LocalizedText(
      zh:
        "没有导出：\(catalog) 中有 \(count) 行所属或所包含的事项不存在（第一行在 \(first)，\(named.zh)），导出的文件会缺少相应的关联事项。请改正事项标识或补上事项，用 `onevisit validate \(catalog)` 检查，再导出。",
      en:
        "nothing exported: \(count == 1 ? "1 row" : "\(count) rows") in \(catalog) \(count == 1 ? "belongs to or includes" : "belong to or include") a matter that does not exist (the first, at \(first), \(named.en)), and items would be missing from the file. Fix the id or add the matter, check with `onevisit validate \(catalog)`, and export again."
    )
  }

  /// Nil if no such row can belong to the selection. An item whose matter does not exist can belong to the selected list
  /// unless the matter's id has the prefix of another list.
  init?(in catalog: Catalog, _ selection: Selection) {
    let items = catalog.items
    // Items whose matter does not exist come last.
    var start = items.count
    while start > 0, items[start - 1].matter == nil { start -= 1 }
    let prefixes = catalog.lists.map(\.prefix)
    let orphans = items[start...].filter { item in
      guard let list = selection.list else { return true }
      let id = catalog.text(item.matterID)
      let others = prefixes.indices.filter { $0 != list && !prefixes[$0].isEmpty && prefixes[$0] != prefixes[list] }
      return !others.contains { id.hasPrefix(prefixes[$0] + "-") }
    }
    var including = catalog.matters.filter { $0.includes == nil && !$0.includesID.isEmpty }
    if !including.isEmpty, !selection.isEverything {
      let selected = Set(selection.applied(to: catalog).closure)
      including.removeAll { !selected.contains($0.index) }
    }
    let first: (position: SourcePosition, matter: TextID)
    if let matter = including.first {
      first = (catalog.position(matter, .includes), matter.includesID)
    } else if let item = orphans.first {
      first = (catalog.position(item, .matter), item.matterID)
    } else {
      return nil
    }
    let location = Locator(catalog).locate(first.position)
    let file = location?.file ?? catalog.origin.name
    self.catalog = catalog.origin.name
    count = orphans.count + including.count
    self.first = location?.line.map { "\(file):\($0)" } ?? file
    matter = catalog.text(first.matter)
  }
}

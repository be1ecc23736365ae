import Catalog
import Wording

/// A catalog with items of matters that are not there: no export could carry them, and one would pass for whole without
/// them. Nothing has been written.
public struct OrphanItems: Explained, Hashable {
  /// What the catalog was read from.
  public var catalog: String
  public var count: Int
  /// Where the first of them is, `catalog/items.csv:412`, and the matter that it names.
  public var first: String
  public var matter: String

  public var explanation: Bilingual {
    Bilingual(
      zh: "没有导出：\(catalog) 中有 \(count) 个关联事项所属的事项不存在（第一个在 \(first)，写的是“\(matter)”），导出的文件会缺少它们。请改正事项标识或补上事项，用 `onevisit validate \(catalog)` 检查，再导出。",
      en: "nothing exported: \(count == 1 ? "an item" : "\(count) items") in \(catalog) \(count == 1 ? "names a matter" : "name matters") that \(count == 1 ? "is" : "are") not there (the first, at \(first), names “\(matter)”) and would be missing from the file. Mend the id or add the matter, check with `onevisit validate \(catalog)`, and export again.")
  }

  /// - Throws: if an item of no matter may belong to the selection: by its id it may belong to any list but one whose
  ///   prefix it does not have.
  public static func check(_ catalog: Catalog, _ selection: Selection) throws(OrphanItems) {
    let items = catalog.items
    // Items of no matter come last.
    var start = items.count
    while start > 0, items[start - 1].matter == nil { start -= 1 }
    let prefixes = catalog.lists.map(\.prefix)
    let lost = items[start...].filter { item in
      guard let list = selection.list else { return true }
      let id = catalog.text(item.matterID)
      let others = prefixes.indices.filter { $0 != list && !prefixes[$0].isEmpty && prefixes[$0] != prefixes[list] }
      return !others.contains { id.hasPrefix(prefixes[$0] + "-") }
    }
    guard let first = lost.first else { return }
    let location = Locator(catalog).locate(catalog.place(first, .matter))
    let file = location?.file ?? catalog.origin.name
    throw OrphanItems(
      catalog: catalog.origin.name, count: lost.count, first: location?.line.map { "\(file):\($0)" } ?? file,
      matter: catalog.text(first.matterID))
  }
}

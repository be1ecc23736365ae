import Algorithms
import Catalog
import Localization

/// The copies of shared items in a document that was exported with `--expand`. They are compared with the items of the
/// included matter and left out of the catalog, which `includes` already describes.
final class ExpandedItems {
  private let builder = CatalogBuilder()
  private let source: Int
  private var issues: [ReadingIssue] = []

  init(source: Int) {
    self.source = source
  }

  var rows: ItemRows { builder.itemRows }

  private func report(_ problem: LocalizedText, line: Int, matter: String) {
    issues.append(
      ReadingIssue(
        .contradiction(LocalizedText(zh: "\(matter)：\(problem.zh)", en: "\(matter): \(problem.en)")),
        at: .row(source: source, table: .items, offset: line), subject: matter))
  }

  /// Reports an item whose `sharedFrom` is not the matter that `includes` names.
  func checkOrigin(
    from origin: UnsafeBufferPointer<UInt8>, includes: UnsafeBufferPointer<UInt8>,
    matterID: UnsafeBufferPointer<UInt8>, line: Int
  ) {
    if origin.elementsEqual(includes) { return }
    let from = String(decoding: origin, as: UTF8.self)
    let included = String(decoding: includes, as: UTF8.self)
    let difference =
      included.isEmpty
      ? LocalizedText(zh: "而该事项没有 includes", en: "but the matter has no includes")
      : LocalizedText(zh: "而 includes 写的是 \(included)", en: "but includes names \(included)")
    report(
      LocalizedText(
        zh: "此项的 sharedFrom 是 \(from)，\(difference.zh)", en: "sharedFrom of this item is \(from), \(difference.en)"),
      line: line, matter: String(decoding: matterID, as: UTF8.self))
  }

  /// Compares the copies with the items that the included matters share.
  /// - Returns: the catalog with the differences as issues.
  func compared(with catalog: Catalog, source: Int) -> Catalog {
    let flat = builder.finish(origin: catalog.origin)
    for items in flat.items.chunked(by: { $0.matterID == $1.matterID }) { compare(items, of: flat, with: catalog) }
    return catalog.adding(issues)
  }

  private func compare(_ items: ArraySlice<Item>, of flat: Catalog, with catalog: Catalog) {
    guard let first = items.first, let matter = catalog.matter(id: flat.text(first.matterID)),
      let origin = matter.includes
    else { return }
    let shared = catalog.sharedItems(of: matter)
    let from = catalog.id(catalog.matters[origin])
    let id = catalog.id(matter)
    for (item, other) in zip(items, shared)
    where item.number != other.number || flat.text(item.name) != catalog.text(other.name)
      || flat.text(item.responsible) != catalog.text(other.responsible)
    {
      report(
        LocalizedText(zh: "此项与 \(catalog.id(other)) 不一致", en: "this item differs from \(catalog.id(other))"),
        line: flat.position(item, .name).offset, matter: id)
      return
    }
    if items.count != shared.count {
      report(
        LocalizedText(
          zh: "sharedFrom 为 \(from) 的有 \(items.count) 项，而 \(from) 的共享事项有 \(shared.count) 项",
          en: "\(items.count) of its items \(items.count == 1 ? "has" : "have") sharedFrom \(from), "
            + "but \(from) shares \(shared.count)"),
        line: flat.position(first, .name).offset, matter: id)
    }
  }
}

import Catalog
import Localization

/// Items of a flattened document that belong to another matter. They are left out, for `includes` says the same; that it
/// does is checked.
final class ExpandedItems {
  private let builder = CatalogBuilder()
  private let source: Int
  private var faults: [ReadingIssue] = []

  init(source: Int) {
    self.source = source
  }

  var rows: ItemRows { builder.itemRows }

  private func fault(_ words: LocalizedText, line: Int, matter: String) {
    faults.append(
      ReadingIssue(
        .contradiction(LocalizedText(zh: "\(matter)：\(words.zh)", en: "\(matter): \(words.en)")),
        at: .row(source: source, table: .items, offset: line), subject: matter))
  }

  /// An item is said to come from another matter: that has to be the one that is included.
  func note(
    from origin: UnsafeBufferPointer<UInt8>, includes: UnsafeBufferPointer<UInt8>,
    matterID: UnsafeBufferPointer<UInt8>, line: Int
  ) {
    if origin.elementsEqual(includes) { return }
    let from = String(decoding: origin, as: UTF8.self)
    let included = String(decoding: includes, as: UTF8.self)
    let what =
      included.isEmpty
      ? LocalizedText(zh: "本事项却没有 includes", en: "the matter includes none")
      : LocalizedText(zh: "includes 却写 \(included)", en: "includes says \(included)")
    fault(
      LocalizedText(zh: "此项注明来自 \(from)，\(what.zh)", en: "this item is said to come from \(from), but \(what.en)"),
      line: line, matter: String(decoding: matterID, as: UTF8.self))
  }

  /// Compares with what the included matters share.
  func compared(with catalog: Catalog, source: Int) -> Catalog {
    let flat = builder.finish(origin: catalog.origin)
    var position = 0
    while position < flat.items.count {
      let first = flat.items[position]
      var end = position + 1
      while end < flat.items.count, flat.items[end].matterID == first.matterID { end += 1 }
      compare(flat.items[position..<end], of: flat, with: catalog)
      position = end
    }
    return catalog.adding(faults)
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
      fault(
        LocalizedText(zh: "此项与 \(catalog.id(other)) 不一致", en: "this item differs from \(catalog.id(other))"),
        line: flat.position(item, .name).offset, matter: id)
      return
    }
    if items.count != shared.count {
      fault(
        LocalizedText(
          zh: "列出 \(items.count) 个来自 \(from) 的事项，\(from) 共用的却有 \(shared.count) 个",
          en: "\(items.count) items are said to come from \(from), which shares \(shared.count)"),
        line: flat.position(first, .name).offset, matter: id)
    }
  }
}

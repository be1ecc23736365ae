import Catalog

extension EditDraft {
  mutating func moveItem(_ id: String, to matterID: String) throws(EditRefusal) {
    let (item, number) = try item(id)
    let source = try matter(folder.text(item.matterID))
    let target = try matter(matterID)
    if target.index == source.index {
      throw .usage(zh: "\(id) 已在事项 \(matterID) 中。", en: "\(id) is an item of \(matterID) already.")
    }
    if target.isWithdrawn {
      throw .content(
        zh: "事项 \(matterID) 已撤回，不能再增加关联事项。", en: "\(matterID) has been withdrawn and takes no further items.")
    }
    let scenes = item.isShared ? folder.matters.filter { $0.includes == source.index && $0.index != source.index } : []
    if let first = scenes.first {
      throw .content(
        zh: "\(id) 由 \(scenes.count) 个场景共用（第一个是 \(folder.id(first))），移走后它们就缺了这一项。请先在 items.csv 取消它的 shared。",
        en: "\(id) is shared by \(scenes.count) \(scenes.count == 1 ? "scene" : "scenes") (the first is "
          + "\(folder.id(first))), which would lack it afterwards. Clear its `shared` in items.csv first.")
    }

    let last = folder.items(of: target).compactMap(\.number).max() ?? 0
    var subjects = [id: "\(folder.id(target)).\(last + 1)"]
    moveRow(of: item, behind: anchor(of: target), [.matter: folder.id(target), .number: String(last + 1)])
    for other in folder.items(of: source) {
      guard let old = other.number, old > number else { continue }
      subjects[folder.id(other)] = "\(folder.id(source)).\(old - 1)"
      set(
        .items, at: folder.position(other, .matter), folder.id(other), column: ItemColumn.number.declaration.name,
        from: String(old), to: String(old - 1))
    }
    clearPlaceholder(of: target)
    renameSubjects { subjects[$0] ?? $0 }
  }

  /// The one item with this id, `2-037.8`.
  private func item(_ id: String) throws(EditRefusal) -> (Item, number: Int) {
    guard let dot = id.lastIndex(of: "."), let number = Int(id[id.index(after: dot)...]) else {
      throw .usage(
        zh: "“\(id)”不是关联事项的编号。编号由事项和次序组成，如 2-037.8。",
        en: "“\(id)” is not the id of an item, which is made of its matter and its number, such as 2-037.8.")
    }
    let matter = try matter(String(id[..<dot]))
    let found = folder.items(of: matter).filter { $0.number == number }
    guard let item = found.first else {
      throw .usage(
        zh: "事项 \(folder.id(matter)) 没有第 \(number) 个关联事项；它有哪些，见 `onevisit show \(folder.id(matter))`。",
        en: "\(folder.id(matter)) has no item \(number); `onevisit show \(folder.id(matter))` shows its items.")
    }
    if found.count > 1 {
      throw .content(
        zh: "\(id) 有两行，不知道指哪一行。请先用 `onevisit validate` 查明并改正。",
        en: "there are two rows \(id), so it is not known which one is meant. Correct this first; `onevisit validate` "
          + "shows both.")
    }
    return (item, number)
  }

  /// The row that a new item of a matter follows: the last one of the matter, or of the nearest matter before it.
  private func anchor(of matter: Matter) -> Int {
    for index in stride(from: matter.index, through: 0, by: -1) {
      let rows = folder.items(of: folder.matters[index]).map { folder.position($0, .matter).offset }
      if let last = rows.max() { return last }
    }
    return TableChanges.beforeFirstRow
  }

  /// What is printed in place of items goes when there is an item.
  private mutating func clearPlaceholder(of matter: Matter) {
    let id = folder.id(matter)
    if !matter.placeholder.isEmpty, folder.placeholderPosition(matter).table == .matters {
      set(
        .matters, at: folder.position(matter), id, column: MatterColumn.placeholder.declaration.name,
        from: folder.text(matter.placeholder), to: "")
    }
    guard matter.items.isEmpty,
      let source = folder.sources.firstIndex(where: { $0.csv != nil && $0.columns[.items] != nil }),
      let csv = folder.sources[source].csv, let columns = folder.sources[source].columns[.items]
    else { return }
    // A row "/" of the items table is no item, so that the catalog has it no longer.
    var reader = csv.rows()
    while reader.next() {
      let texts = columns.map { cell in
        reader.cells.indices.contains(cell) ? csv.string(reader.cells[cell]).trimmingBlanks : ""
      }
      let name = texts[ItemColumn.name.rawValue]
      guard name == "/" || name == "／", texts[ItemColumn.matter.rawValue] == id else { continue }
      remove(.items, at: .row(source: source, table: .items, offset: reader.rowStart), "\(id) /", texts)
    }
  }
}

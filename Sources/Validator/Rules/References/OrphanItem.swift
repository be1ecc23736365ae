import Catalog
import Localization

extension Rule {
  static let orphanItem = Rule(
    id: "orphan-item", group: .references, severity: .error,
    title: LocalizedText(
      zh: "关联事项所属的“一件事”不存在",
      en: "an item whose matter does not exist"),
    reason: LocalizedText(
      zh: "这一项不属于任何一件事，不会出现在任何清单和指南中。",
      en: "It belongs to no matter and appears in no list and no guide."),
    source: LocalizedText(
      zh: "附件1、附件2：每个关联事项都印在一件事之下", en: "annexes 1 and 2: every item is printed under a matter"),
    fix: LocalizedText(
      zh: "改正 items.csv 的事项标识；事项被误删的，恢复 matters.csv 中的行；事项确已取消的，删去这一行。",
      en:
        "Correct the id in items.csv, restore the matter's row in matters.csv, or delete the item if its matter was cancelled."
    ),
    triggers: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        items: ["2-001,1,就业登记,人社部门", "↓2-0001,2,社会保险费申报,税务部门"]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        items: ["↓2-002,1,失业登记,人社部门"]),
    ],
    passes: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        items: ["2-001,1,就业登记,人社部门", "2-001,2,社会保险费申报,税务部门"])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let items = catalog.items
      // Items of unknown matters are the last ones.
      var start = items.count
      while start > 0, items[start - 1].matter == nil { start -= 1 }
      guard start < items.count, !catalog.isMissing(.matters) else { return }
      let mistaken = context.numbering.mistakenIDs()
      var last: TextID?
      var nearest: String?
      for item in items[start...] where !item.matterID.isEmpty {
        // The matter exists under a wrong id, which another rule reports.
        if !mistaken.isEmpty, mistaken.contains(catalog.text(item.matterID)) { continue }
        func message() -> LocalizedText {
          if item.matterID != last {
            last = item.matterID
            nearest = catalog.nearestMatterID(to: catalog.text(item.matterID))
          }
          let hint = Phrase.nearest(nearest)
          let id = Phrase.quoted(catalog.text(item.matterID))
          let name = Phrase.quoted(catalog.text(item.name))
          return LocalizedText(
            zh: "关联事项“\(name)”所属的事项 \(id) 不存在\(hint.zh)",
            en: "the item “\(name)” belongs to the matter \(id), which does not exist\(hint.en)")
        }
        context.report(
          .item(item.index), at: catalog.position(item, .matter), name: catalog.text(item.matterID), message())
      }
    })
}

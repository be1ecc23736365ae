import Catalog
import Localization

extension Rule {
  /// Reports the items if the last matters have none while those before have. Registers that lack what others name are
  /// reported by the rules about references.
  static let truncatedTable = Rule(
    id: "truncated-table", group: .reading, severity: .error,
    title: LocalizedText(zh: "表格后面的行丢失", en: "a table that has lost its last rows"),
    reason: LocalizedText(
      zh: "保存中断或误删会丢掉一张表后面的行；前面的行都没有错，目录看起来只是后面的事项没有关联事项。",
      en:
        "Saving was interrupted, or the end was deleted: the rows that are left are right, and the last matters merely seem to have no items."
    ),
    source: LocalizedText(
      zh: "附件1、附件2：除“/”外，每件事都印有关联事项", en: "annexes 1 and 2 print items for every matter, except where they have “/”"),
    fix: LocalizedText(
      zh: "从备份恢复丢失的行；确实还没有录入的，补录。",
      en: "Restore the lost rows from a copy; if they were never entered, enter them."),
    triggers: [Example(matters: exampleMatters(20), items: exampleItems(14, markingLast: true))],
    passes: [
      Example(matters: exampleMatters(20), items: exampleItems(20)),
      // Two matters that have been added lately.
      Example(matters: exampleMatters(20), items: exampleItems(18)),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let matters = catalog.matters
      guard context.survey.itemNumbers.bare.count >= 5,
        let item = catalog.items.last(where: { $0.matter != nil }), !catalog.isMissing(.items)
      else { return }
      var bare = 0
      var others = 0
      var bareBefore = 0
      var first: Matter?
      for matter in matters.reversed() {
        // A matter that includes another may have no items of its own.
        guard matter.includesID.isEmpty, matter.placeholder.isEmpty, !matter.isWithdrawn, !matter.id.isEmpty else {
          continue
        }
        if matter.items.isEmpty {
          if others == 0 {
            bare += 1
            first = matter
          } else {
            bareBefore += 1
          }
        } else {
          others += 1
        }
      }
      guard bare >= 5, others >= 10, bareBefore * 20 <= others, let first, let last = matters.last else { return }
      let position = catalog.position(item, .matter)
      let file = context.file(of: position)
      context.report(
        .table(.items), at: .row(source: position.source, table: .items, offset: position.offset),
        LocalizedText(
          zh:
            "\(file) 到 \(catalog.id(item)) 为止，而 \(catalog.id(first)) 至 \(catalog.id(last)) 有 \(bare) 项没有关联事项：可能缺了后面的行",
          en: "\(file) ends with \(catalog.id(item)), and \(Phrase.count(bare, "matter")) of \(catalog.id(first)) to "
            + "\(catalog.id(last)) have no items: its last rows have probably been lost"))
    })

  private static func exampleMatters(_ count: Int) -> [String] {
    (1...count).map { "2-\(digits($0)),second,\($0),enterprise,开办某店\($0),市场监管部门,2022年12月底" }
  }

  private static func exampleItems(_ count: Int, markingLast: Bool = false) -> [String] {
    (1...count).map { "\(markingLast && $0 == count ? "↓" : "")2-\(digits($0)),1,营业执照,市场监管部门" }
  }

  private static func digits(_ number: Int) -> String { number < 10 ? "00\(number)" : "0\(number)" }
}

import Catalog
import Localization

extension Rule {
  /// Reported once for a run, with its extent; see `MovedRows` for the evidence.
  static let shiftedRows = Rule(
    id: "shifted-rows", group: .identity, severity: .error,
    title: LocalizedText(zh: "一段事项与其关联事项错开一行", en: "rows of matters that have moved against their items"),
    reason: LocalizedText(
      zh: "粘贴错一行，或删去一行后重编序号，而关联事项仍在原标识下：每件事的名称和牵头部门配上了别的事的关联事项。",
      en:
        "A block was pasted one row off, or the rows after a deleted one were renumbered, while the items stayed with their ids: each matter then has the items of another."
    ),
    source: LocalizedText(
      zh: "附件1、附件2：每件事的名称、牵头部门与其关联事项印在同一栏",
      en: "annexes 1 and 2 print the name and lead of each matter beside its items"),
    fix: LocalizedText(
      zh: "对照附件，把这一段的名称、牵头部门等各栏移回原来的标识；误删的行补回，确已不再办理的用 `onevisit edit withdraw` 撤回，不要重编序号。确认无误的加豁免。",
      en:
        "Compare with the annex and move the names, leads and other cells back to their ids; restore a deleted row, or withdraw a matter that is no longer offered (`onevisit edit withdraw`), and do not renumber. If the rows are right, add a waiver with a reason."
    ),
    triggers: [
      Example(
        matters: shifted([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 10, 17, 18, 19], marked: 10),
        items: exampleItems)
    ],
    passes: [
      Example(matters: shifted(Array(1...19)), items: exampleItems),
      // Two rows exchanged are no run.
      Example(
        matters: shifted([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 10, 12, 13, 14, 15, 16, 17, 18, 19]), items: exampleItems),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      for run in MovedRows.runs(context) {
        let first = catalog.matters[run.first]
        let ids = (catalog.id(first), catalog.id(catalog.matters[run.last]))
        let example = catalog.matters[run.example.matter]
        let other = catalog.matters[run.example.items]
        context.report(
          .matter(run.first), at: catalog.position(first, .name),
          related: [
            (.matter(run.last), catalog.position(catalog.matters[run.last], .name)),
            (.matter(other.index), catalog.position(other)),
          ],
          LocalizedText(
            zh: "\(ids.0) 至 \(ids.1) 约 \(run.count) 件事与关联事项错开一行：例如 \(catalog.id(example))"
              + "“\(catalog.text(example.name))”的关联事项在 \(catalog.id(other)) 名下",
            en:
              "about \(Phrase.count(run.count, "matter")), \(ids.0) to \(ids.1), have moved by one row against their items: "
              + "the items that fit \(catalog.id(example)) “\(catalog.text(example.name))”, for instance, are those of "
              + "\(catalog.id(other))"))
      }
    })

  private static let exampleNames = [
    "开办药店", "饲养犬只", "经营旅馆", "销售烟草", "播放电影", "种植林木", "印刷图书", "举办焰火", "代理记账", "捕捞水产", "屠宰生猪", "制造锅炉", "放射诊疗", "采集血浆",
    "典当物品", "测绘地形", "拍卖文物", "爆破山石", "驾驶船舶",
  ]

  /// Items that fit the names of the same numbers.
  private static var exampleItems: [String] {
    exampleNames.enumerated().map { "2-\(digits($0.offset + 1)),1,\($0.element.suffix(2))许可,市场监管部门" }
  }

  /// Matters with these names, by number; before the cell of one number is the marker of a finding.
  private static func shifted(_ names: [Int], marked: Int? = nil) -> [String] {
    names.enumerated().map { offset, name in
      let number = offset + 1
      return "2-\(digits(number)),second,\(number),enterprise,\(number == marked ? "↓" : "")\(exampleNames[name - 1])"
        + ",市场监管部门,2022年12月底"
    }
  }

  private static func digits(_ number: Int) -> String { number < 10 ? "00\(number)" : "0\(number)" }
}

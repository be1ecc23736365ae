import Catalog
import Localization

extension Rule {
  /// Names that are equal but for their spelling, and, up to a size, names of one list that differ by an inserted
  /// character or by two characters in the other order. Takes time linear in the names.
  static let similarMatterName = Rule(
    id: "similar-matter-name", group: .identity, severity: .note,
    title: LocalizedText(
      zh: "两个“一件事”的名称只差标点、后缀或一个字", en: "two matters whose names differ in punctuation, an ending or a character only"),
    reason: LocalizedText(
      zh: "“失业登记”与“失业登记事项”多半是同一件事录了两次，或者其中一个多了、少了、颠倒了字。",
      en: "失业登记 and 失业登记事项 are probably one matter entered twice, or one of them has a character too many or too few."),
    source: LocalizedText(
      zh: "§二（二）：“形成‘一件事’一个办事指南”", en: "§二(二): one guide for each matter (“一件事”一个办事指南)"),
    fix: LocalizedText(
      zh: "对照文件：同一件事的删去其一，写错的改正；确是两件事的登记豁免并说明理由。",
      en:
        "Compare with the notice: delete one if they are the same, correct the one that is misspelt, or add a waiver with a reason if they differ."
    ),
    triggers: [
      Example(matters: [
        "2-039,second,39,enterprise,我要开食品小作坊,市场监管部门/行政审批部门,2022年12月底",
        "2-040,second,40,enterprise,↓我要开食品小作坊。,市场监管部门/行政审批部门,2022年12月底",
      ]),
      Example(matters: [
        "2-001,second,1,individual,失业登记,市人社局,2022年12月底",
        "2-002,second,2,individual,↓失业登记事项,市人社局,2022年12月底",
      ]),
      Example(matters: [
        "2-039,second,39,enterprise,我要开食品小作坊,市场监管部门/行政审批部门,2022年12月底",
        "2-040,second,40,enterprise,↓我要开食品品小作坊,市场监管部门/行政审批部门,2022年12月底",
        "2-041,second,41,enterprise,↓我要开品食小作坊,市场监管部门/行政审批部门,2022年12月底",
      ]),
    ],
    passes: [
      Example(matters: [
        "2-039,second,39,enterprise,我要开药店,市场监管部门/行政审批部门,2022年12月底",
        "2-040,second,40,enterprise,我要开书店,市场监管部门/行政审批部门,2022年12月底",
        "2-041,second,41,enterprise,不动产抵押登记,自然资源部门,2022年12月底",
        "2-042,second,42,enterprise,动产抵押登记,自然资源部门,2022年12月底",
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      for (matter, earlier) in similar(context) where matter.list == earlier.list {
        let (name, other) = (matter.name, earlier.name)
        context.report(
          .matter(matter.index), at: catalog.position(matter, .name),
          related: [(.matter(earlier.index), catalog.position(earlier, .name))],
          LocalizedText(
            zh:
              "\(catalog.id(matter))“\(catalog.text(name))”与 \(catalog.id(earlier))“\(catalog.text(other))”只差一点，可能是同一件事",
            en:
              "\(catalog.id(matter)) “\(catalog.text(name))” and \(catalog.id(earlier)) “\(catalog.text(other))” hardly differ; "
              + "they may be one matter"))
      }
    })

  /// The first matter of each name that hardly differs from an earlier one, with the first matter of that.
  private static func similar(_ context: RuleContext) -> [(matter: Matter, earlier: Matter)] {
    let catalog = context.catalog
    let matters = catalog.matters
    let hashes = context.texts.nameHashes
    if !hashes.isEmpty,
      let pairs = RepeatedNameForms.pairs(
        catalog, hashes: hashes, isRepeating: context.survey.order.hasRepeatedNames)
    {
      return pairs.map { (matters[$0.matter], matters[$0.earlier]) }
    }
    var firstOf = [Int32](repeating: -1, count: catalog.distinctCount(.matterName))
    var used: [TextID] = []
    for matter in matters where !matter.isWithdrawn && !matter.name.isEmpty && firstOf[matter.name.index] < 0 {
      firstOf[matter.name.index] = Int32(matter.index)
      used.append(matter.name)
    }
    var known = MatterNameForms(count: used.count)
    return used.compactMap { name in
      known.insert(name, catalog).map { (matters[Int(firstOf[name.index])], matters[Int(firstOf[$0.index])]) }
    }
  }
}

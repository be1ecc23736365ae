import Catalog
import Localization

extension Rule {
  static let unknownWaiver = Rule(
    id: "unknown-waiver", group: .waivers, severity: .warning,
    title: LocalizedText(zh: "豁免的规则或对象不存在", en: "a waiver for no rule or for nothing in the catalog"),
    reason: LocalizedText(
      zh: "写错的豁免什么也不豁免，却让人以为已经处理。",
      en: "A waiver that is misspelt waives nothing, and lets people think that it was dealt with."),
    source: LocalizedText(zh: "catalog/README.md 豁免", en: "waivers in catalog/README.md"),
    fix: LocalizedText(
      zh: "规则写 `onevisit rules` 列出的标识；对象写事项（2-081）、一段事项（2-029..2-033）、关联事项（2-037.8）或登记的标识。",
      en:
        "Name a rule of `onevisit rules`, and a matter (2-081), a run of matters (2-029..2-033), an item (2-037.8) or an id of a register."
    ),
    triggers: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.waivers: ["single-departments,2-001,原文如此"]]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.waivers: ["duplicate-matter-name,2-002,原文如此"]]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.waivers: ["duplicate-matter-name,2-001..2-009,原文如此"]]),
    ],
    passes: [
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底", "2-002,second,2,individual,灵活就业,市人社局,2022年12月底",
        ],
        items: ["2-001,1,就业登记,人社部门"],
        tables: [
          .waivers: [
            "duplicate-matter-name,2-002,原文如此", "duplicate-matter-name,2-001..2-002,原文如此",
            "unused-department,sports,其他文件用到", "number-gap,2-001.1,原文如此", "count-mismatch,second,节选",
          ]
        ])
    ],
    check: .waivers { context, use in
      let catalog = context.catalog
      let rules = NearestName(RuleBook.rules.map(\.id))
      var names = WaiverNames(catalog)
      // What a table that is not there would have held is no news.
      let isWhole =
        !TableKind.allCases.contains(where: catalog.isMissing) && !catalog.lists.contains(where: \.isPartial)
      for (index, waiver) in catalog.waivers.enumerated() {
        if !waiver.rule.isEmpty, RuleBook.rule(waiver.rule) == nil, !context.customRules.contains(waiver.rule) {
          let hint = Words.nearest(rules.nearest(to: waiver.rule))
          context.report(
            .waiver(index), at: waiver.position.cell(0),
            LocalizedText(
              zh: "规则手册中没有“\(Words.quoted(waiver.rule))”\(hint.zh)",
              en: "there is no rule “\(Words.quoted(waiver.rule))”\(hint.en)"))
          continue
        }
        // One that waives something names something.
        if !isWhole || waiver.subject.isEmpty || use.used.contains(index) || names.isKnown(waiver.subject) { continue }
        let hint = Words.nearest(names.nearest(to: waiver.subject))
        context.report(
          .waiver(index), at: waiver.position.cell(1),
          LocalizedText(
            zh: "目录中没有“\(Words.quoted(waiver.subject))”\(hint.zh)",
            en: "the catalog has no “\(Words.quoted(waiver.subject))”\(hint.en)"))
      }
    })
}

/// What a waiver may name.
struct WaiverNames {
  private let catalog: Catalog
  private var ids: Set<String>?
  private var nearestIDs: NearestName?
  /// The numbers of the items of the matters that were asked about, by the matter's position.
  private var itemNumbers: [Int: Set<Int>] = [:]

  init(_ catalog: Catalog) { self.catalog = catalog }

  mutating func isKnown(_ subject: String) -> Bool {
    if catalog.matter(id: subject) != nil { return true }
    if let dots = subject.firstRange(of: "..") {
      return MatterRun(subject) != nil && catalog.matter(id: String(subject[..<dots.lowerBound])) != nil
        && catalog.matter(id: String(subject[dots.upperBound...])) != nil
    }
    if let dot = subject.lastIndex(of: "."), let matter = catalog.matter(id: String(subject[..<dot])) {
      let numbers = itemNumbers[matter.index] ?? Set(catalog.items(of: matter).compactMap(\.number))
      itemNumbers[matter.index] = numbers
      if let number = Int(subject[subject.index(after: dot)...]), numbers.contains(number) { return true }
    }
    let known = ids ?? registered()
    ids = known
    return known.contains(subject)
  }

  private func registered() -> Set<String> {
    var ids = Set(TableKind.allCases.map(\.name))
    ids.formUnion(catalog.departments.map(\.id))
    ids.formUnion(catalog.approvals.map(\.id))
    ids.formUnion(catalog.lists.map(\.id))
    ids.formUnion(catalog.notices.map(\.id))
    ids.formUnion(catalog.targets.map(\.id))
    ids.formUnion(catalog.waivers.map { "\($0.rule) \($0.subject)" })
    return ids
  }

  /// The id that may be meant: that of a name, or one a slip away.
  mutating func nearest(to subject: String) -> String? {
    if let owner = catalog.departmentRegister.owner(of: subject) { return catalog.departments[owner.index].id }
    if let owner = catalog.approvalRegister.owner(of: subject) { return catalog.approvals[owner.index].id }
    if subject.contains("..") { return nil }
    if let id = catalog.nearestMatterID(to: subject) { return id }
    let index = nearestIDs ?? NearestName((ids ?? []).sorted())
    nearestIDs = index
    return index.nearest(to: subject)
  }
}

import Catalog
import Localization

extension Rule {
  /// Reported only where the two matters before and the two after agree.
  static let isolatedValue = Rule(
    id: "isolated-value", group: .identity, severity: .note,
    title: LocalizedText(zh: "类型或所含事项与前后各项都不同", en: "an audience or an include unlike those before and after it"),
    reason: LocalizedText(
      zh: "前后各项都一致，只有这一项不同，多半是填错或粘贴错位。",
      en: "The matters around it agree and this one alone differs: it was probably entered or pasted wrongly."),
    source: LocalizedText(
      zh: "附件2先列个人事项、后列企业事项；第37、137项备注“以下场景均包含此事项”，其后各项同属一个场景",
      en:
        "annex 2 has the matters for individuals first and those for enterprises after them; the remark 以下场景均包含此事项 at 37 and 137 is about the scenes that follow"
    ),
    fix: LocalizedText(
      zh: "对照附件改正；附件如此的，登记豁免并说明理由。",
      en: "Compare with the annex; if it is printed that way, add a waiver with a reason."),
    triggers: [
      Example(matters: [
        "2-001,second,1,individual,灵活就业,市人社局,2022年12月底", "2-002,second,2,individual,失业,市人社局,2022年12月底",
        "2-003,second,3,↓enterprise,转学,市人社局,2022年12月底", "2-004,second,4,individual,收养孩子,市人社局,2022年12月底",
        "2-005,second,5,individual,法律援助,市人社局,2022年12月底",
      ]),
      Example(
        matters: [
          "2-030,second,30,enterprise,我要开饭店,市场监管部门,2022年12月底",
          "2-037,second,37,enterprise,我要开水果店,市场监管部门,2022年12月底",
          "2-038,second,38,enterprise,我要开书店,市场监管部门,2022年12月底,,2-037",
          "2-039,second,39,enterprise,我要开药店,市场监管部门,2022年12月底,,2-037",
          "2-040,second,40,enterprise,我要开网吧,市场监管部门,2022年12月底,,↓2-030",
          "2-041,second,41,enterprise,我要开茶楼,市场监管部门,2022年12月底,,2-037",
          "2-042,second,42,enterprise,我要开宾馆,市场监管部门,2022年12月底,,2-037",
        ],
        items: ["2-030,1,营业执照,市场监管部门,yes", "2-037,1,营业执照,市场监管部门,yes"]),
      Example(
        matters: scenes("2-040,second,40,enterprise,我要开网吧,市场监管部门,2022年12月底,,↓"),
        items: ["2-037,1,营业执照,市场监管部门,yes", "2-040,1,互联网上网服务营业场所经营许可,文广新旅部门"]),
    ],
    passes: [
      // An event among scenes.
      Example(
        matters: scenes("2-040,second,40,enterprise,股权出质登记,市场监管部门,2022年12月底,,"),
        items: ["2-037,1,营业执照,市场监管部门,yes", "2-040,1,股权出质登记,市场监管部门"]),
      // Where the kinds change, and two in a row.
      Example(matters: [
        "2-001,second,1,individual,灵活就业,市人社局,2022年12月底", "2-002,second,2,individual,失业,市人社局,2022年12月底",
        "2-003,second,3,enterprise,转学,市人社局,2022年12月底", "2-004,second,4,enterprise,收养孩子,市人社局,2022年12月底",
        "2-005,second,5,individual,法律援助,市人社局,2022年12月底", "2-006,second,6,individual,养犬,市人社局,2022年12月底",
      ]),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let survey = context.survey.order
      let order = MattersByNumber(catalog, isWhole: survey.isSorted && !survey.hasWithdrawn) { !$0.isWithdrawn }
      guard order.count >= 5 else { return }
      for ordinal in order.isWhole ? survey.changes.map(Int.init) : Array(2..<order.count - 2)
      where ordinal >= 2 && ordinal < order.count - 2 {
        let matter = order[ordinal]
        // Most matters are as the next one is.
        let next = order[ordinal + 1]
        if matter.audience == next.audience, matter.includes == next.includes { continue }
        let around = [order[ordinal - 2], order[ordinal - 1], order[ordinal + 1], order[ordinal + 2]]
        guard let neighbour = around.first, around.allSatisfy({ $0.list == matter.list }) else { continue }
        if let audience = matter.audience, let other = neighbour.audience, audience != other,
          around.allSatisfy({ $0.audience == other }), catalog.announces(audience, matter)
        {
          context.report(
            .matter(matter.index), at: catalog.position(matter, .audience),
            related: [(.matter(order[ordinal - 1].index), catalog.position(order[ordinal - 1], .audience))],
            LocalizedText(
              zh:
                "\(catalog.label(matter).zh)的类型是\(catalog.audiences[audience].name)，前后各项都是\(catalog.audiences[other].name)",
              en:
                "\(catalog.label(matter).en) is for \(catalog.audiences[audience].id), the matters before and after it for "
                + "\(catalog.audiences[other].id)"))
        }
        if let other = neighbour.includes, matter.includes != other, around.allSatisfy({ $0.includes == other }),
          matter.index != other, catalog.mayDiffer(matter, from: around)
        {
          let included = matter.includes.map { catalog.id(catalog.matters[$0]) }
          let usual = catalog.id(catalog.matters[other])
          context.report(
            .matter(matter.index), at: catalog.position(matter, .includes),
            related: [(.matter(order[ordinal - 1].index), catalog.position(order[ordinal - 1], .includes))],
            LocalizedText(
              zh: "\(catalog.label(matter).zh)\(included.map { "包含 \($0)" } ?? "不包含别的事项")，前后各项都包含 \(usual)",
              en:
                "\(catalog.label(matter).en) includes \(included ?? "no other matter"), the matters before and after it "
                + "include \(usual)"))
        }
      }
    })
}

extension Rule {
  /// Scenes that include 2-037, with another matter among them.
  private static func scenes(_ other: String) -> [String] {
    [
      "2-037,second,37,enterprise,我要开水果店,市场监管部门,2022年12月底",
      "2-038,second,38,enterprise,我要开书店,市场监管部门,2022年12月底,,2-037",
      "2-039,second,39,enterprise,我要开药店,市场监管部门,2022年12月底,,2-037", other,
      "2-041,second,41,enterprise,我要开茶楼,市场监管部门,2022年12月底,,2-037",
      "2-042,second,42,enterprise,我要开宾馆,市场监管部门,2022年12月底,,2-037",
    ]
  }
}

extension Catalog {
  /// Whether the list may have the audience; `audience-mismatch` reports others.
  fileprivate func announces(_ audience: Int, _ matter: Matter) -> Bool {
    guard let list = matter.list, let announced = lists[list].audienceIndices else { return false }
    return announced.isEmpty || announced.contains(audience)
  }

  /// Whether what a matter includes is to be compared with its neighbours. `nothing-shared`, `sharing-cycle` and
  /// `unknown-matter` report includes that are wrong in themselves. One that includes nothing is compared if it is a scene as
  /// they are, by its lead and the beginning of its name, and has an item of its own (`no-approval`).
  fileprivate func mayDiffer(_ matter: Matter, from neighbours: [Matter]) -> Bool {
    if let included = matter.includes {
      return included != matter.index && matters[included].items.contains { items[$0].isShared }
    }
    let beginning = text(matter.name).prefix(2)
    return !matter.items.isEmpty && text(matter, .includes).isEmpty && !matter.isUnknown(.includes)
      && neighbours.allSatisfy { $0.lead == matter.lead && text($0.name).hasPrefix(beginning) }
  }
}

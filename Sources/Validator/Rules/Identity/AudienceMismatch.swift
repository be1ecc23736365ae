import Catalog
import Localization

extension Rule {
  static let audienceMismatch = Rule(
    id: "audience-mismatch", group: .identity, severity: .warning,
    title: LocalizedText(zh: "类型不在文件为该清单宣布的范围内", en: "an audience that the notice does not announce for the list"),
    reason: LocalizedText(
      zh: "文件说第一批是个人事项；清单中列为法人的，或是类型写错，或是文件的说法不全。",
      en:
        "The notice announces the first batch for individuals; where the list has another audience, one of the two is wrong."
    ),
    source: LocalizedText(
      zh: "§一（三）：“第一批11项个人‘一件事一次办’”，“第二批230项个人、企业‘一件事一次办’事项”",
      en:
        "§一(三): the first batch for individuals (“第一批11项个人”), the second for individuals and enterprises (“第二批230项个人、企业”)"
    ),
    fix: LocalizedText(
      zh: "对照附件核对类型；附件如此的，登记豁免并说明理由。",
      en: "Compare with the annex; if it is printed that way, add a waiver with a reason."),
    triggers: [
      Example(matters: ["1-009,first,9,↓legal-person,不动产抵押登记,市自然资源局,2022年12月底"]),
      Example(matters: ["2-026,second,26,↓法人,企业开办,市场监管部门,2022年12月底"]),
    ],
    passes: [
      Example(matters: [
        "1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底",
        "2-026,second,26,enterprise,企业开办,市场监管部门,2022年12月底",
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      // `unknown-audience` reports those that are not known; what the notice announces is then uncertain.
      let announced = catalog.lists.map { $0.audienceIndices ?? [] }
      let present = context.survey.order.audiences
      let hasOthers = zip(announced, present).contains { announced, present in
        !announced.isEmpty && present & ~announced.reduce(0) { $1 < 63 ? $0 | 1 << UInt64($1) : $0 } != 0
      }
      guard hasOthers else { return }
      for matter in catalog.matters {
        guard let index = matter.audience, let list = matter.list, !announced[list].isEmpty,
          !announced[list].contains(index), !catalog.isListDoubtful(matter)
        else { continue }
        report(matter, of: list, is: index, not: announced[list], context)
      }
    })

  private static func report(
    _ matter: Matter, of list: Int, is index: Int, not announced: [Int], _ context: RuleContext
  ) {
    let catalog = context.catalog
    let audience = catalog.audiences[index]
    let names = announced.map { catalog.audiences[$0].name }.joined(separator: "、")
    let ids = announced.map { catalog.audiences[$0].id }.joined(separator: ", ")
    context.report(
      .matter(matter.index), at: catalog.position(matter, .audience),
      LocalizedText(
        zh:
          "\(catalog.id(matter))“\(catalog.text(matter.name))”的类型是\(audience.name)，文件为清单 \(catalog.lists[list].id) 宣布的是\(names)",
        en:
          "\(catalog.id(matter)) “\(catalog.text(matter.name))” has the audience \(audience.id); the notice announces \(ids) for the list \(catalog.lists[list].id)"
      ))
  }
}

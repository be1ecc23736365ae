import Catalog
import Localization

extension Rule {
  static let leadWithoutItem = Rule(
    id: "lead-without-item", group: .responsibility, severity: .warning,
    title: LocalizedText(zh: "牵头部门不办理任何关联事项", en: "a lead that handles none of the items"),
    reason: LocalizedText(
      zh:
        "牵头部门应当办理其中的核心环节或第一个环节；一项都不办理的部门难以牵头；items.csv 的 core 列标明了核心环节的，应当办理核心环节。几个牵头部门中有一个办理即可；“甲/乙”办理的事项，只有牵头部门包含了双方，或者牵头部门就是登记表中该事项的主管部门，才算由牵头部门办理。",
      en:
        "The department of the core step or of the first step should lead; one that handles no item can hardly do so. Where the column `core` of the items marks core steps, the lead should handle one of them. Of several leads, one is enough. An item of “A/B” counts if both are leads, or if the lead is the competent department that the register names for it."
    ),
    source: LocalizedText(
      zh: "§三（二）：“明确‘一件事一次办’事项核心环节或第一个环节的办理单位作为牵头部门”",
      en: "§三(二): the department of the core or the first step leads (核心环节或第一个环节的办理单位作为牵头部门)"),
    fix: LocalizedText(
      zh: "改由办理核心环节或第一个环节的部门牵头，或补上该牵头部门办理的关联事项；若原文如此，登记豁免并说明理由。",
      en:
        "Make the department of the core step or first step the lead, or add the item that this lead handles; or add a waiver with a reason if the notice says so."
    ),
    triggers: [
      Example(
        matters: ["1-006,first,6,individual,个人住房公积金贷款,↓市住建局,2022年12月底"],
        items: ["1-006,1,不动产抵押登记,自然资源部门", "1-006,2,住房公积金贷款审核、发放,公积金中心"]),
      Example(
        matters: ["2-221,second,221,enterprise,我要开光电公司,↓行政审批部门,2023年12月底"],
        items: ["2-221,1,营业执照,市场监管部门/行政审批部门", "2-221,2,《排污许可证》,生态环境部门"]),
      Example(
        matters: ["2-221,second,221,enterprise,我要开光电公司,↓市场监管部门,2023年12月底"],
        items: ["2-221,1,营业执照,市场监管部门", "2-221,2,《排污许可证》,生态环境部门,,,,yes"]),
    ],
    passes: [
      Example(
        matters: ["2-220,second,220,enterprise,我要开文化用品制造公司,市场监管部门/行政审批部门,2023年12月底"],
        items: ["2-220,1,营业执照,市场监管部门/行政审批部门", "2-220,2,《排污许可证》,生态环境部门"]),
      Example(
        matters: ["2-221,second,221,enterprise,我要开光电公司,市场监管部门,2023年12月底"],
        items: ["2-221,1,营业执照,市场监管部门/行政审批部门", "2-221,2,《排污许可证》,生态环境部门"]),
      Example(
        matters: ["2-221,second,221,enterprise,我要开光电公司,生态环境部门,2023年12月底"],
        items: ["2-221,1,营业执照,市场监管部门", "2-221,2,《排污许可证》,生态环境部门,,,,yes"]),
      Example(
        matters: ["2-008,second,8,individual,养犬,市农业农村局、市公安局,2022年12月底"],
        items: ["2-008,1,办理犬类免疫证,农业农村部门", "2-008,2,预防接种信息查询,卫健部门"]),
      Example(
        matters: ["2-027,second,27,enterprise,市政水电气通信一站式报装,行政审批部门,2022年12月底"],
        items: ["2-027,1,用水报装,市直相关部门"]),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let idle = IdleLeads.matters(context).idle
      reportLeadsBesideCore(context, idle: Set(idle))
      for index in idle {
        let matter = catalog.matters[index]
        // An item that the lead may handle as one of several.
        func possible() -> Item? {
          let leads = Set(catalog.printedDepartments(matter.lead).departments)
          return catalog.effectiveItems(of: matter).first {
            !leads.isDisjoint(with: catalog.printedDepartments($0.responsible).departments)
          }
        }
        func message() -> LocalizedText {
          let lead = catalog.text(matter.lead)
          let possible = possible()
          return LocalizedText(
            zh: "\(catalog.label(matter).zh)由\(lead)牵头，但没有一个关联事项由它办理"
              + (possible.map { "(\(catalog.label($0).zh)列为“\(catalog.text($0.responsible))”，由其中之一办理)" } ?? ""),
            en: "\(lead) leads \(catalog.label(matter).en) but handles none of its items"
              + (possible.map {
                " (\(catalog.label($0).en) is handled by one of “\(catalog.text($0.responsible))”)"
              } ?? ""))
        }
        context.report(
          .matter(matter.index), at: catalog.position(matter, .lead),
          related: possible().map { [(.item($0.index), catalog.position($0, .responsible))] } ?? [], message())
      }
    })

  /// Leads that handle an item, but none that is marked as a core step.
  private static func reportLeadsBesideCore(_ context: RuleContext, idle: Set<Int>) {
    let catalog = context.catalog
    let core = catalog.coreItems()
    if core.isEmpty { return }
    let handling = context.leadHandling
    for matter in catalog.matters where !idle.contains(matter.index) && handling.isKnown(matter.lead) {
      let steps = catalog.effectiveItems(of: matter).filter { core.contains($0.index) }
      guard let first = steps.first, steps.allSatisfy({ handling.handles(matter.lead, $0) == false }) else { continue }
      context.report(
        .matter(matter.index), at: catalog.position(matter, .lead),
        related: [(.item(first.index), catalog.position(first, .responsible))],
        LocalizedText(
          zh:
            "\(catalog.label(matter).zh)由\(catalog.text(matter.lead))牵头，而核心环节“\(catalog.text(first.name))”由\(catalog.text(first.responsible))办理",
          en:
            "\(catalog.text(matter.lead)) leads \(catalog.label(matter).en), but the core step “\(catalog.text(first.name))” is handled by \(catalog.text(first.responsible))"
        ))
    }
  }
}

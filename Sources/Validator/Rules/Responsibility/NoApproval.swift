import Catalog
import Localization

extension Rule {
  static let noApproval = Rule(
    id: "no-approval", group: .responsibility, severity: .warning,
    title: LocalizedText(
      zh: "没有关联事项的“一件事”",
      en: "a matter without items"),
    reason: LocalizedText(
      zh: "“一件事”由单项事项集成而来；自有的和共享的关联事项都没有，就没有可办的内容。",
      en: "A matter combines single service items: without items, own or shared, there is nothing to apply for."),
    source: LocalizedText(
      zh: "§二（一）：“梳理集成……多个单一政务服务事项”",
      en: "§二(一): a matter combines several single service items (多个单一政务服务事项)"),
    fix: LocalizedText(
      zh: "在 items.csv 中补上关联事项，或在 includes 栏写明它共用哪个事项的关联事项。",
      en: "Add its items to items.csv, or name in `includes` the matter whose items it shares."),
    triggers: [
      Example(matters: ["2-038,second,38,enterprise,↓我要开小餐饮、小食杂店,市场监管部门,2022年12月底"]),
      Example(
        matters: ["2-038,second,38,enterprise,↓我要开小餐饮、小食杂店,市场监管部门,2022年12月底"], items: ["2-038,1,/,/"]),
    ],
    passes: [
      Example(
        matters: [
          "2-037,second,37,enterprise,我要开饭店,市场监管部门,2022年12月底,,,",
          "2-055,second,55,enterprise,我要开书店,市场监管部门,2022年12月底,,2-037,",
        ],
        items: ["2-037,1,营业执照,市场监管部门,yes", "2-037,2,税务登记,税务部门,yes"])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      // Without the table of items, or its column of matters, no item is known.
      var isKnown = !catalog.issues.contains([.missingTable, .missingHeader], in: [.items])
      catalog.issues.forEach(of: .missingColumn) { issue in
        if issue.position.table == .items, case .missingColumn("matter", _) = issue.kind { isKnown = false }
      }
      guard isKnown else { return }
      let matters = catalog.matters
      var sharing = SharedItemsCache(catalog)
      var strays: StrayItemGaps?
      for matter in context.survey.itemNumbers.bare.lazy.map({ matters[Int($0)] }) {
        // A matter whose id is missing or a duplicate has its items elsewhere; `placeholder-mismatch` reports a
        // department beside "/".
        guard !matter.id.isEmpty, matter.placeholder.isEmpty, sharing.of(matter)?.isEmpty == true,
          catalog.firstMatter(withID: matter.id)?.index == matter.index
        else { continue }
        let known = strays ?? StrayItemGaps(catalog)
        strays = known
        if known.mayBelong(to: matter.index) { continue }
        context.report(
          .matter(matter.index), at: catalog.position(matter, .name),
          LocalizedText(
            zh: "\(catalog.label(matter).zh)没有关联事项，自有的和共享的都没有",
            en: "\(catalog.label(matter).en) has no items, neither its own nor shared ones"))
      }
    })
}

import Catalog
import Localization

extension Rule {
  static let leadNotFirst = Rule(
    id: "lead-not-first", group: .responsibility, severity: .note,
    title: LocalizedText(zh: "牵头部门不办理第一个环节", en: "a lead that does not handle the first step"),
    reason: LocalizedText(
      zh: "牵头部门是核心环节或第一个环节的办理单位。不办理第一个环节的，应是核心环节的办理单位；没有标明核心环节，就看不出由它牵头的依据。标明后按 lead-without-item 检查。",
      en:
        "The lead handles the core step or the first step. One that does not handle the first should handle the core step; as long as none is marked, the reason why it leads cannot be seen. Once one is marked, `lead-without-item` checks it."
    ),
    source: LocalizedText(
      zh: "§三（二）：“明确‘一件事一次办’事项核心环节或第一个环节的办理单位作为牵头部门”",
      en: "§三(二): the department of the core or the first step leads (核心环节或第一个环节的办理单位作为牵头部门)"),
    fix: LocalizedText(
      zh: "在 items.csv 中核心环节一行的 core 列填 yes，或改由办理第一个环节的部门牵头。",
      en:
        "Write yes in the column `core` of the core step in items.csv, or make the department of the first step the lead."
    ),
    triggers: [
      Example(
        matters: ["2-221,second,221,enterprise,我要开光电公司,↓生态环境部门,2023年12月底"],
        items: ["2-221,1,营业执照,市场监管部门", "2-221,2,《排污许可证》,生态环境部门"])
    ],
    passes: [
      Example(
        matters: ["2-221,second,221,enterprise,我要开光电公司,市场监管部门,2023年12月底"],
        items: ["2-221,1,营业执照,市场监管部门", "2-221,2,《排污许可证》,生态环境部门"]),
      Example(
        matters: ["2-221,second,221,enterprise,我要开光电公司,生态环境部门,2023年12月底"],
        items: ["2-221,1,营业执照,市场监管部门", "2-221,2,《排污许可证》,生态环境部门,,,,yes"]),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let core = catalog.coreItems()
      let handling = context.leadHandling
      var sharing = SharedItemsCache(catalog)
      for index in context.survey.departments.leadDoubts {
        let matter = catalog.matters[Int(index)]
        guard handling.isKnown(matter.lead), let shared = sharing.of(matter) else { continue }
        let own = catalog.items(of: matter)
        guard let first = earliest(shared) ?? earliest(own), handling.handles(matter.lead, first) == false else {
          continue
        }
        // A lead that handles none is reported by `lead-without-item`.
        guard !shared.contains(where: { core.contains($0.index) }), !own.contains(where: { core.contains($0.index) }),
          let handled = earliest(shared.filter { handling.handles(matter.lead, $0) == true })
            ?? earliest(own.filter { handling.handles(matter.lead, $0) == true })
        else { continue }
        context.report(
          .matter(matter.index), at: catalog.position(matter, .lead),
          related: [(.item(first.index), catalog.position(first, .responsible))],
          LocalizedText(
            zh:
              "\(catalog.label(matter).zh)由\(catalog.text(matter.lead))牵头，它办理的是“\(catalog.text(handled.name))”，而第一个环节“\(catalog.text(first.name))”由\(catalog.text(first.responsible))办理，也没有标明核心环节",
            en:
              "\(catalog.text(matter.lead)) leads \(catalog.label(matter).en) and handles “\(catalog.text(handled.name))”, but the first step, “\(catalog.text(first.name))”, is handled by \(catalog.text(first.responsible)), and no core step is marked"
          ))
      }
    })

  /// The item of the lowest number; the rows of a table may be in another order.
  private static func earliest(_ items: some Collection<Item>) -> Item? {
    if let first = items.first, first.number == 1 { return first }
    return items.min { ($0.number ?? Int.max) < ($1.number ?? Int.max) }
  }
}

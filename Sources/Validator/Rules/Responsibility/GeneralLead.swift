import Catalog
import Localization

extension Rule {
  static let generalLead = Rule(
    id: "general-lead", group: .responsibility, severity: .note,
    title: LocalizedText(
      zh: "牵头部门用了通称",
      en: "a lead given by its general name"),
    reason: LocalizedText(
      zh: "“公安部门”是各级同类部门的通称，“市公安局”才是市级牵头部门；同一清单里两种写法并存时，看不出通称指的是哪一级。",
      en:
        "公安部门 is the general name of such departments at any level, 市公安局 is the department of the city. If a list uses both forms, the general name leaves the level open."
    ),
    source: LocalizedText(
      zh: "§三（三）：“请第二批‘一件事一次办’对应市级牵头部门”；附件2第1至25项印市级简称，第26项起印通称",
      en:
        "§三(三): the lead is a department of the city (市级牵头部门); annex 2 prints the names of city departments from 1 to 25 and general names from 26 on"
    ),
    fix: LocalizedText(
      zh: "改写为市级部门的简称；若原文如此，可按区间（如 2-026..2-230）登记豁免并说明理由。",
      en:
        "Use the short name of the city department; or waive a run of matters (such as 2-026..2-230) with a reason if the notice says so."
    ),
    triggers: [
      Example(matters: [
        "2-025,second,25,individual,网约车驾驶员从业,市交通运输局,2023年12月底",
        "2-031,second,31,enterprise,员工录用,↓人社部门,2023年12月底",
      ])
    ],
    passes: [
      Example(matters: [
        "2-029,second,29,enterprise,企业开办,市场监管部门/行政审批部门,2022年12月底",
        "2-031,second,31,enterprise,员工录用,人社部门,2022年12月底",
      ]),
      // 人武部门 is its only name in the register.
      Example(matters: [
        "2-025,second,25,individual,网约车驾驶员从业,市交通运输局,2023年12月底",
        "2-031,second,31,enterprise,兵役登记,人武部门,2023年12月底",
      ]),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      // Bit 1: a general name; bit 2: a city department's own name, where it has a general one too.
      let forms: [UInt8] = catalog.names(.lead).map { name in
        catalog.printedDepartments(name).entries.reduce(into: 0) { form, entry in
          guard let department = entry.department, let match = entry.match else { return }
          switch match {
          case .general: form |= 1
          case .short, .full: if !catalog.departments[department].general.isEmpty { form |= 2 }
          case .id, .alias, .loose: break
          }
        }
      }
      let matters = catalog.matters
      var isMixed = [Bool](repeating: false, count: catalog.lists.count)
      var seen = [UInt8](repeating: 0, count: catalog.lists.count)
      for matter in matters {
        if let list = matter.list { seen[list] |= forms[matter.lead.index] }
      }
      for list in seen.indices { isMixed[list] = seen[list] & 3 == 3 }
      guard isMixed.contains(true) else { return }
      for matter in matters where forms[matter.lead.index] & 1 != 0 {
        guard let list = matter.list, isMixed[list] else { continue }
        context.report(
          .matter(matter.index), at: catalog.position(matter, .lead),
          {
            let lead = catalog.printedDepartments(matter.lead)
            let generals = lead.entries.filter { $0.match == .general }
            let own = PrintedDepartments.printed(
              generals.compactMap { $0.department.map { catalog.departments[$0].short } }, choice: lead.choice)
            let printed = PrintedDepartments.printed(generals.map(\.name), choice: lead.choice)
            return LocalizedText(
              zh: "\(catalog.label(matter).zh)的牵头部门印作通称“\(printed)”，清单中其他事项印市级部门的名称；应是“\(own)”",
              en:
                "the lead of \(catalog.label(matter).en) is given by its general name “\(printed)”, while other matters of the list name city departments; it should be “\(own)”"
            )
          }())
      }
    })
}

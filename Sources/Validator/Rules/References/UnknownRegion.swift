import Catalog
import Localization

extension Rule {
  static let unknownRegion = Rule(
    id: "unknown-region", group: .references, severity: .error,
    title: LocalizedText(zh: "没有这个地区", en: "a region that is not in the table of regions"),
    reason: LocalizedText(
      zh: "部门名称先在清单所属的地区查找，再到上级查找；地区不明，“公安部门”就不知道是市里的还是县里的。",
      en:
        "A department's name is looked up in the region of the list, then in those above it: without the region, 公安部门 may be the city's or the county's."
    ),
    source: LocalizedText(
      zh: "§二（一）：“由各地全面组织实施”，“鼓励各地提出契合实际、切实可行的事项清单”；§三（二）：“负责指导县(市、区)并在全市推进落地”",
      en:
        "§二(一): carried out by every locality, which may have lists of its own (由各地全面组织实施…鼓励各地提出契合实际、切实可行的事项清单); §三(二): the leads guide the counties (负责指导县(市、区)并在全市推进落地)"
    ),
    fix: LocalizedText(
      zh: "改为 regions.csv 中的标识或名称；新的地区在 regions.csv 登记一行（标识、名称、级别、上级）。",
      en: "Write an id or name from regions.csv; add a row (id, name, level, parent) for a new region."),
    triggers: [
      Example(tables: [
        .regions: ["jiujiang,九江市,city,↓jiangxi"],
        .lists: ["second,2,jiujiang-128-2022,附件2,清单,0,,,,,,,,,↓某县"],
        .departments: ["county-police,某县公安局,,公安部门,,,↓some-county"], .approvals: [],
      ])
    ],
    passes: [
      Example(tables: [
        .regions: ["jiangxi,江西省,province,", "jiujiang,九江市,city,江西省"],
        .lists: ["second,2,jiujiang-128-2022,附件2,清单,0,,,,,,,,,jiujiang"],
        .departments: ["public-security,市公安局,,公安部门,,,九江市"], .approvals: [],
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let index = NearestName(catalog.regions.flatMap { [$0.id, $0.name] })
      context.forEachUnresolvedReference(to: .regions) { reference in
        func message() -> LocalizedText {
          let hint = Phrase.nearest(index.nearest(to: reference.text))
          let name = Phrase.quoted(reference.text)
          return LocalizedText(
            zh: "\(reference.owner(in: catalog).zh)没有“\(name)”这个地区\(hint.zh)",
            en: "\(reference.owner(in: catalog).en)no region called “\(name)”\(hint.en)")
        }
        context.report(reference.subject, at: reference.position, message())
      }
    })
}

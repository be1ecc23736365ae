import Catalog
import Wording

extension Rule {
  static let placeholderMismatch = Rule(
    id: "placeholder-mismatch", group: .responsibility, severity: .warning,
    title: Bilingual(zh: "“/”旁边印了部门，或事项旁边印了“/”", en: "“/” beside a department, or an item beside “/”"),
    reason: Bilingual(
      zh: "“/”表示没有单项事项，两栏应当一起写“/”；只写一半，不是漏了事项就是多了（或少了）部门。",
      en: "“/” says that there is no item, and stands in both cells; in one alone, an item was left out or a department is too many or missing."),
    source: Bilingual(
      zh: "附件2：关联事项和责任部门同为“/”者81项，只有第81项（我要开办粮食收购站）“/”旁印“市场监管部门”",
      en: "Annex 2: 81 rows have “/” in both cells; number 81 alone has 市场监管部门 beside it"),
    remedy: Bilingual(
      zh: "核对原文：补上漏印的关联事项，或把部门改为“/”；事项旁为“/”的，补上责任部门；若原文如此，登记豁免并说明理由。",
      en: "Look at the print: add the item that was left out or make the department “/” as well; give an item its department; or waive it with a reason if the notice says so."),
    triggers: [
      Example(matters: ["2-081,second,81,enterprise,我要开办粮食收购站,市场监管部门,2022年12月底,,,市场监管部门"]),
      Example(
        matters: ["2-082,second,82,enterprise,我要开手工店,市场监管部门,2022年12月底"], items: ["2-082,1,营业执照,/"]),
      Example(
        matters: ["2-081,second,81,enterprise,我要开办粮食收购站,市场监管部门,2022年12月底"], items: ["2-081,1,/,市场监管部门"]),
    ],
    passes: [
      Example(
        matters: [
          "2-081,second,81,enterprise,我要开办粮食收购站,市场监管部门,2022年12月底,,,/",
          "2-082,second,82,enterprise,我要开手工店,市场监管部门,2022年12月底,,,",
        ],
        items: ["2-082,1,/,/", "2-082,1,营业执照,市场监管部门"])
    ],
    check: .catalog { inspection in
      let catalog = inspection.catalog
      for matter in catalog.matters where !matter.placeholder.isEmpty {
        let parties = catalog.parties(matter.placeholder)
        if parties.isPlaceholder || parties.parties.isEmpty { continue }
        let printed = catalog.text(matter.placeholder)
        inspection.report(
          .matter(matter.index), at: catalog.placeholderPlace(matter),
          Bilingual(
            zh: "\(catalog.spokenZh(matter))的关联事项是“/”，责任部门却印了“\(printed)”",
            en: "\(catalog.spokenEn(matter)) has “/” for an item, yet “\(printed)” for the department"))
      }
      let isSlash = catalog.names(.responsible).map { catalog.parties($0).isPlaceholder }
      guard isSlash.contains(true) else { return }
      for item in catalog.items where isSlash[item.responsible.index] && !item.name.isEmpty {
        inspection.report(
          .item(item.index), at: catalog.place(item, .responsible),
          Bilingual(
            zh: "\(catalog.spokenZh(item))有关联事项，责任部门却是“/”",
            en: "\(catalog.spokenEn(item)) is an item, yet its department is “/”"))
      }
    })
}

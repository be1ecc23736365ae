import Catalog
import Localization

extension Rule {
  static let licenceAndFiling = Rule(
    id: "licence-and-filing", group: .wording, severity: .warning,
    title: LocalizedText(zh: "一个名称里既有“许可”又有“备案”", en: "许可 and 备案 in one name"),
    reason: LocalizedText(
      zh: "许可是事前批准，备案是事后告知，依据、材料、时限都不同；一个名称两样都写，看不出要办哪一样。“甲许可/乙备案”是任选，不在此列。",
      en:
        "A licence (许可) is granted beforehand, a filing (备案) notifies afterwards: legal basis, documents and time limits differ. A name with both does not say which one it is. “A许可/B备案” is a choice and is accepted."
    ),
    source: LocalizedText(
      zh: "§二（二）：“涉及的多个政务服务事项的设定依据、受理条件、申请材料……进行梳理”；九府办字〔2024〕14号：备案须在公布的备案事项清单之内；附件2第122项“人力资源服务许可备案”",
      en:
        "§二(二): legal basis, conditions and documents of each item are sorted out; 九府办字〔2024〕14号: filings have to be in the published list; 人力资源服务许可备案 in number 122 of annex 2"
    ),
    fix: LocalizedText(
      zh: "核对权责清单，写明是许可还是备案；两样都要办的，分成两项；若原文如此，登记豁免并说明理由。",
      en:
        "Check the list of powers and duties: write which of the two it is, or make two items; or add a waiver with a reason if the notice says so."
    ),
    triggers: [
      Example(
        matters: ["2-122,second,122,enterprise,我要开职业中介公司,市场监管部门,2022年12月底"],
        items: ["2-122,1,↓人力资源服务许可备案,人社部门"])
    ],
    passes: [
      Example(
        matters: ["2-122,second,122,enterprise,我要开职业中介公司,市场监管部门,2022年12月底"],
        items: [
          "2-122,1,人力资源服务许可,人社部门", "2-122,2,食品经营许可证/仅销售预包装食品备案,市场监管部门", "2-122,3,建设工程消防验收备案(含许可),住建部门",
        ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let isBoth = catalog.names(.itemName).map { name in
        guard catalog.withBytes(name, LicenceAndFilingNames.mayBeBoth) else { return false }
        return catalog.printedApprovals(name).entries.contains { LicenceAndFilingNames.isBoth($0.name) }
      }
      guard isBoth.contains(true) else { return }
      for item in catalog.items where isBoth[item.name.index] {
        context.report(
          .item(item.index), at: catalog.position(item, .name),
          LocalizedText(
            zh: "\(catalog.label(item).zh)既写“许可”又写“备案”，看不出是哪一样",
            en: "\(catalog.label(item).en) contains both 许可 (licence) and 备案 (filing), so it is unclear which one it is"
          ))
      }
    })
}

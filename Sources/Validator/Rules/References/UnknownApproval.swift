import Catalog
import Localization

extension Rule {
  /// A catalog without a register of approvals is not checked.
  static let unknownApproval = Rule(
    id: "unknown-approval", group: .references, severity: .error,
    title: LocalizedText(
      zh: "没有这个单项事项",
      en: "an item that is not in the approvals register"),
    reason: LocalizedText(
      zh: "不知道是哪一个单项事项，就查不到设定依据、主管部门，也看不出和别处是否同一事项。",
      en:
        "Without its approval, the legal basis and the competent department are unknown, and nobody sees that other matters need it too."
    ),
    source: LocalizedText(
      zh: "§二（二）：“对‘一件事一次办’涉及的多个政务服务事项的设定依据、受理条件、申请材料……等要素进行梳理”",
      en: "§二(二): legal basis, conditions and materials of every single item are sorted out"),
    fix: LocalizedText(
      zh: "写错的改正；同一事项的另一种写法，在 approvals.csv 中登记为别名；新事项登记一行。",
      en: "Correct the name; add another spelling to `aliases` in approvals.csv, and a new approval as a row."),
    triggers: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        items: ["2-001,1,↓就业登计,人社部门"]),
      Example(
        matters: ["2-043,second,43,enterprise,我要开便利店,市场监管部门,2022年12月底"],
        items: ["2-043,1,↓食品经营许可证/仅售卖预包装食品备案,市场监管部门"]),
    ],
    passes: [
      Example(
        matters: ["2-043,second,43,enterprise,我要开便利店,市场监管部门,2022年12月底"],
        items: [
          "2-043,1,食品经营许可证/仅销售预包装食品备案,市场监管部门", "2-043,2,食品经营许可,市场监管部门",
        ])
    ],
    correction: .suggested,
    check: .catalog { context in
      let catalog = context.catalog
      guard !catalog.approvals.isEmpty else { return }
      let unknown = catalog.names(.itemName).map { name in
        !name.isEmpty && catalog.printedApprovals(name).entries.contains { $0.approval == nil }
      }
      let index = NearestName(catalog.approvalRegister)
      context.forEachUnresolvedReference(to: .approvals) { reference in
        func message() -> LocalizedText {
          let hint = Phrase.nearest(index.nearest(to: reference.text))
          let name = Phrase.quoted(reference.text)
          return LocalizedText(
            zh: "\(reference.owner(in: catalog).zh)没有“\(name)”这个单项事项\(hint.zh)",
            en: "\(reference.owner(in: catalog).en)no approval called “\(name)”\(hint.en)")
        }
        context.report(
          reference.subject, at: reference.position, name: reference.text, message(),
          corrected: reference.isWholeCell ? index.onlyNearest(to: reference.text) : nil)
      }
      guard unknown.contains(true) else { return }
      for item in catalog.items where unknown[item.name.index] {
        for entry in catalog.printedApprovals(item).entries
        where entry.approval == nil && !context.isUndecoded(entry.name) {
          func message() -> LocalizedText {
            let hint = Phrase.nearest(index.nearest(to: entry.name))
            let name = Phrase.quoted(entry.name)
            return LocalizedText(
              zh: "\(catalog.id(item)) 的关联事项：没有“\(name)”这个单项事项\(hint.zh)",
              en: "\(catalog.id(item)): no approval called “\(name)”\(hint.en)")
          }
          context.report(
            .item(item.index), at: catalog.position(item, .name), name: entry.name, message(),
            corrected: catalog.text(item.name).replacingOnly(entry.name, by: index.onlyNearest(to: entry.name)))
        }
      }
    })
}

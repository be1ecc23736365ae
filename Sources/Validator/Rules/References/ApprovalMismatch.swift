import Catalog
import Localization

extension Rule {
  static let approvalMismatch = Rule(
    id: "approval-mismatch", group: .references, severity: .warning,
    title: LocalizedText(zh: "所填单项事项没有这个名称", en: "an item whose approval does not have its name"),
    reason: LocalizedText(
      zh: "approval 列用来在名称相同的单项事项中指明一个；所指的单项事项没有登记这个名称，多半是填错了行。",
      en:
        "The column `approval` says which of several approvals of one name is meant; if the approval is not registered under the item's name, the wrong one was probably written."
    ),
    source: LocalizedText(
      zh: "附件1、附件2的“关联事项”", en: "the related items (关联事项) of annexes 1 and 2"),
    fix: LocalizedText(
      zh: "改正 approval 列；确是这一项的，把名称加入 approvals.csv 中该项的别名。",
      en: "Correct the column `approval`; or add the name to the aliases of that approval in approvals.csv."),
    triggers: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        items: ["2-001,1,就业登记,人社部门,,,↓tax"],
        tables: [.approvals: ["job,就业登记,", "tax,税务登记,"]])
    ],
    passes: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        items: ["2-001,1,参保信息登记,人社部门,,,social", "2-001,2,参保信息登记,医保部门,,,medical"],
        tables: [
          .approvals: ["social,社会保险参保信息登记,参保信息登记", "medical,医疗保险参保信息登记,参保信息登记"]
        ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      catalog.forEachExtraCell(
        in: { $0.name == ItemMarks.approvalColumn.name }, where: { catalog.index(of: $1, in: .approvals) != nil }
      ) { cell in
        guard cell.table == .items, case let item = catalog.items[cell.row], !item.isUnknown(.name),
          let index = catalog.index(of: cell.text, in: .approvals)
        else { return }
        let approval = catalog.approvals[index]
        let name = catalog.text(item.name)
        if approval.hasName(name) { return }
        context.report(
          .item(item.index), at: catalog.position(item, ItemMarks.approvalColumn),
          LocalizedText(
            zh: "\(catalog.label(item).zh)填的单项事项是 \(approval.id)（\(approval.name)），它没有“\(name)”这个名称",
            en:
              "\(catalog.label(item).en) names the approval \(approval.id) (\(approval.name)), which is not called “\(name)”"
          ))
      }
    })
}

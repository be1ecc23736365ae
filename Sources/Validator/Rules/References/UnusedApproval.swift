import Catalog
import Localization

extension Rule {
  /// A name that matches only after spaces and character widths are normalised uses its approval as well.
  static let unusedApproval = Rule(
    id: "unused-approval", group: .references, severity: .note,
    title: LocalizedText(zh: "没有被引用的单项事项", en: "an approval that no item refers to"),
    reason: LocalizedText(
      zh: "登记了却没有关联事项用到，可能是多余的一行，也可能是清单中的名称写成了别的。",
      en: "An unused entry may be superfluous, or the lists may write its name in another way."),
    source: LocalizedText(
      zh: "§二（二）：“对‘一件事一次办’涉及的多个政务服务事项……进行梳理”；catalog/README.md 单项事项登记",
      en: "§二(二): the single items involved are sorted out; the approvals register in catalog/README.md"),
    fix: LocalizedText(
      zh: "不需要的删去；是同一事项的，并入另一条的别名。",
      en: "Delete it if it is not needed, or make it an alias of the entry that is used."),
    triggers: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        items: ["2-001,1,就业登记,人社部门"],
        tables: [.approvals: ["job-registration,就业登记,", "↓job-search-registration,求职登记,"]])
    ],
    passes: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        items: ["2-001,1,出生登记（当年 出生）,公安部门"],
        tables: [.approvals: ["birth-registration,出生登记(当年出生),"]])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      guard catalog.isComplete else { return context.markNotApplicable() }
      var isUsed = [Bool](repeating: false, count: catalog.approvals.count)
      for name in catalog.names(.itemName) {
        for entry in catalog.printedApprovals(name).entries {
          if let approval = entry.approval { isUsed[approval] = true }
        }
      }
      // `unknown-approval` reports a mistyped name; its approval is used.
      if isUsed.contains(false) {
        for conflict in catalog.approvalRegister.conflicts {
          isUsed[conflict.first] = true
          isUsed[conflict.second] = true
        }
        let entries = catalog.names(.itemName).lazy.flatMap { catalog.printedApprovals($0).entries }
        let unknown = entries.filter { $0.approval == nil }.map(\.name)
        // An item whose name could not be read may be any.
        let unnamed = catalog.items.count { $0.isUnknown(.name) }
        catalog.approvalRegister.markNearest(by: unknown, strangers: unnamed, in: &isUsed)
      }
      // `missing-value` reports an entry without an id.
      for (index, approval) in catalog.approvals.enumerated() where !isUsed[index] && !approval.id.isEmpty {
        context.report(
          .approval(index), at: approval.position,
          LocalizedText(
            zh: "没有关联事项用到单项事项 \(approval.id)“\(approval.name)”",
            en: "no item refers to the approval \(approval.id) “\(approval.name)”"))
      }
    })
}

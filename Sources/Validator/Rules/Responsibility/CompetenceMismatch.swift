import Catalog
import Localization

extension Rule {
  static let competenceMismatch = Rule(
    id: "competence-mismatch", group: .responsibility, severity: .warning,
    title: LocalizedText(
      zh: "责任部门不是登记的主管部门",
      en: "the responsible department is not the competent one"),
    reason: LocalizedText(
      zh:
        "单项事项登记表写明了每项的主管部门；清单列出的责任部门不包括它，两处必有一处不对。“甲/乙”两项任选的，符合其一即可；清单别处印作“甲/乙”、登记其一的，另一家也算。各处写法互相矛盾的，由 department-conflict 报告，这里不重复；同一写法的各处只报一次。",
      en:
        "The approvals register names the competent department of each approval; if an item's departments do not include it, one of the two is wrong. For a choice between approvals, one match is enough; where the lists print “A/B” elsewhere and one is registered, the other is accepted as well. Contradictions between matters are reported by department-conflict and not repeated here; a reading that occurs in several items is reported once."
    ),
    source: LocalizedText(
      zh: "§一（二）4：“谁审批、谁负责，谁主管、谁监管”",
      en: "§一(二)4: who approves is responsible, who is competent supervises (谁审批、谁负责,谁主管、谁监管)"),
    fix: LocalizedText(
      zh: "核对权责清单：改正 items.csv 的责任部门，或改正 approvals.csv 的主管部门（competent）。",
      en:
        "Check the list of powers and duties: correct the department in items.csv, or the competent department (`competent`) in approvals.csv."
    ),
    triggers: [
      Example(
        matters: ["2-074,second,74,enterprise,我要开农资店,市林业局,2022年12月底"],
        items: ["2-074,1,兽药经营许可证,↓林业部门", "2-074,2,农药经营许可,农业农村部门"]),
      Example(
        matters: ["2-042,second,42,enterprise,我要开办熟食店,市场监管部门,2022年12月底"],
        items: ["2-042,1,食品经营许可证/小餐饮小食杂店食品经营登记,↓城管部门"]),
    ],
    passes: [
      // 行政审批部门 is printed as the alternative of the registered department.
      Example(
        matters: [
          "2-037,second,37,enterprise,我要开饭店,市场监管部门,2022年12月底",
          "2-137,second,137,enterprise,我要开粉面店,市场监管部门,2023年12月底",
        ],
        items: ["2-037,1,营业执照,市场监管部门/行政审批部门", "2-137,1,营业执照,行政审批部门"]),
      Example(
        matters: ["2-074,second,74,enterprise,我要开农资店,市林业局,2022年12月底"],
        items: ["2-074,1,兽药经营许可证,农业农村部门、市场监管部门", "2-074,2,用水报装,林业部门"]),
      // `department-conflict` reports matters that contradict each other.
      Example(
        matters: [
          "2-074,second,74,enterprise,我要开农资店,市林业局,2022年12月底",
          "2-084,second,84,enterprise,我要开宠物店,市林业局,2022年12月底",
        ],
        items: ["2-074,1,兽药经营许可证,林业部门", "2-084,1,兽药经营许可证,农业农村部门"]),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let byText = context.departments(.responsible)
      let approvals = catalog.approvals
      // A name or an id that two entries have may mean either.
      let doubtful = catalog.doubtfulDepartments
      let doubtfulApprovals = Set(catalog.approvalRegister.conflicts.flatMap { [$0.first, $0.second] })
      // The competent departments of each distinct name; nearly always one.
      var competent: [[Int]] = []
      competent.reserveCapacity(catalog.distinctCount(.itemName))
      for name in catalog.names(.itemName) {
        let choices = catalog.printedApprovals(name).entries
        let region = catalog.region(of: name)
        let known = choices.filter { !doubtfulApprovals.contains($0.approval ?? -1) }
          .compactMap { $0.approval.flatMap { approvals[$0].competentIndex } }
          .map { catalog.counterpart(of: $0, in: region) }
          .filter { !doubtful.contains($0) }
        // For an unknown approval, or one without a competent department, any department may be right.
        competent.append(known.count == choices.count ? known : [])
      }
      /// Whether the departments of an item are known, and none of them is competent for it.
      func isWrong(_ name: TextID, _ responsible: TextID) -> Bool {
        let wanted = competent[name.index]
        if wanted.isEmpty || byText[responsible] == DepartmentsByText.unknown { return false }
        return byText.withDepartments(responsible) { !$0.contains { wanted.contains(Int($0)) } }
      }
      // Where all items of a name have the same departments, one of them is enough.
      let uses = context.survey.approvals
      let hasWrong =
        uses.hasSeveralResponsibles
        || catalog.names(.itemName).contains { name in uses.responsible(name).map { isWrong(name, $0) } ?? false }
      guard hasWrong else { return }
      var wrong: [Mismatch: [Int]] = [:]
      var order: [Mismatch] = []
      for item in catalog.items
      where item.matter != nil && !item.isUnknown(.responsible) && isWrong(item.name, item.responsible) {
        let key = Mismatch(name: item.name, responsible: item.responsible)
        if wrong[key] == nil { order.append(key) }
        wrong[key, default: []].append(item.index)
      }
      if order.isEmpty { return }
      let conflicts = Set(context.conflicts.all.map(\.approval))
      let alternatives = printedAlternatives(catalog, byText)
      for key in order {
        // Where the lists print “A/B” for an approval and A is registered, B may handle it too.
        let also = catalog.printedApprovals(key.name).approvals.reduce(into: Set<Int>()) {
          $0.formUnion(alternatives[$1] ?? [])
        }
        if !also.isDisjoint(with: byText.departments(key.responsible)) { continue }
        guard let positions = wrong[key].map(catalog.inOrder),
          conflicts.isDisjoint(with: catalog.printedApprovals(key.name).approvals)
        else { continue }
        let item = catalog.items[positions[0]]
        let wanted = catalog.departmentNames(competent[key.name.index].uniqued, choice: .any)
        context.report(
          .item(item.index), at: catalog.position(item, .responsible),
          related: positions.dropFirst().prefix(relatedLimit).map {
            (.item($0), catalog.position(catalog.items[$0], .responsible))
          },
          LocalizedText(
            zh: "\(catalog.label(item).zh)的责任部门是“\(catalog.text(item.responsible))”，而登记的主管部门是\(wanted)"
              + (positions.count > 1 ? "（共 \(positions.count) 处）" : ""),
            en:
              "\(catalog.label(item).en) has the responsible department “\(catalog.text(item.responsible))”, but the register names \(wanted) as competent"
              + (positions.count > 1 ? " (\(positions.count) places)" : "")))
      }
    })

  /// By approval, the departments that items print as a choice with its competent department.
  private static func printedAlternatives(_ catalog: Catalog, _ byText: DepartmentsByText) -> [Int: Set<Int>] {
    let approvals = SingleApprovals(catalog)
    var found: [Int: Set<Int>] = [:]
    for item in catalog.items where byText[item.responsible] == DepartmentsByText.choice {
      let approval = Int(approvals[item.name])
      guard approval >= 0, let competent = catalog.approvals[approval].competentIndex else { continue }
      let departments = byText.departments(item.responsible)
      if departments.contains(competent) { found[approval, default: []].formUnion(departments) }
    }
    return found
  }
}

/// An item name with departments that are not competent for it.
private struct Mismatch: Hashable {
  var name: TextID
  var responsible: TextID
}

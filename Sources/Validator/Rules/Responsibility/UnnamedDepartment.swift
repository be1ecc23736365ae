import Catalog
import Localization

extension Rule {
  static let unnamedDepartment = Rule(
    id: "unnamed-department", group: .responsibility, severity: .warning,
    title: LocalizedText(zh: "部门没有点名", en: "a department that is not named"),
    reason: LocalizedText(
      zh: "“市直相关部门”一类写法看不出由谁办理、向谁督办，办事人也不知道找谁。每个“一件事”只报一次。",
      en:
        "“市直相关部门” (the departments concerned) does not say who handles the item or whom to ask. Reported once for each matter."
    ),
    source: LocalizedText(
      zh: "§三（一）：“明确责任分工”；§三（二）：“责任部门要密切协作，主动按时完成相关工作”",
      en:
        "§三(一): responsibilities are made clear (明确责任分工); §三(二): responsible departments cooperate and complete their work on time"
    ),
    fix: LocalizedText(
      zh: "逐项写明责任部门；未定的，先请牵头部门确认；若原文如此，登记豁免并说明理由。",
      en:
        "Name the department of each item, and ask the lead if it is undecided; or add a waiver with a reason if the notice says so."
    ),
    triggers: [
      Example(
        matters: ["2-027,second,27,enterprise,市政水电气通信一站式报装,行政审批部门,2022年12月底"],
        items: ["2-027,1,用水报装,↓市直相关部门", "2-027,2,用电报装,市直相关部门"]),
      Example(
        matters: ["2-026,second,26,enterprise,工程建设项目竣工验收,↓市直相关部门,2022年12月底"],
        items: ["2-026,1,建设工程消防验收备案,住建部门"]),
    ],
    passes: [
      Example(
        matters: ["2-027,second,27,enterprise,市政水电气通信一站式报装,行政审批部门,2022年12月底"],
        items: ["2-027,1,用水报装,供水部门", "2-027,2,用电报装,供电部门"])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let isUnnamed = catalog.departments.map(\.isUnnamed)
      func mark(_ kind: TextColumn) -> [Bool] {
        catalog.names(kind).map { name in
          catalog.printedDepartments(name).entries.contains { $0.department.map { isUnnamed[$0] } ?? false }
        }
      }
      let leads = mark(.lead)
      let responsibles = mark(.responsible)
      if !leads.contains(true), !responsibles.contains(true) { return }
      let items = catalog.items
      for matter in catalog.matters {
        let isLed = leads[matter.lead.index]
        guard isLed || matter.items.contains(where: { responsibles[items[$0].responsible.index] }) else { continue }
        let affected = matter.items.filter { responsibles[items[$0].responsible.index] }
        var positions: [(subject: Subject, position: SourcePosition)] = affected.prefix(relatedLimit + 1).map {
          (.item($0), catalog.position(items[$0], .responsible))
        }
        if isLed { positions.insert((.matter(matter.index), catalog.position(matter, .lead)), at: 0) }
        let name = catalog.text(isLed ? matter.lead : items[affected[0]].responsible)
        let whereZh =
          isLed ? (affected.isEmpty ? "牵头部门" : "牵头部门和 \(affected.count) 个关联事项的责任部门") : "\(affected.count) 个关联事项的责任部门"
        let whereEn =
          (isLed ? ["the lead"] : [])
          + (affected.isEmpty ? [] : ["the department of \(Phrase.count(affected.count, "item"))"])
        context.report(
          .matter(matter.index), at: positions[0].position, related: Array(positions.dropFirst().prefix(relatedLimit)),
          LocalizedText(
            zh: "\(catalog.label(matter).zh)的\(whereZh)只写了“\(name)”，没有点名",
            en:
              "\(catalog.label(matter).en) gives “\(name)” as \(whereEn.joined(separator: " and ")), which names no department"
          ))
      }
    })
}

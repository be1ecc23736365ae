import Catalog
import Localization

extension Rule {
  static let conflictingDeadlines = Rule(
    id: "conflicting-deadlines", group: .identity, severity: .warning,
    title: LocalizedText(
      zh: "同名的“一件事”完成时限不同",
      en: "two matters with the same name and different due dates"),
    reason: LocalizedText(
      zh: "若是同一件事，不能有两个完成时限；督查时不知以哪个为准。",
      en: "If they are one matter, it cannot have two deadlines: nobody knows which one applies."),
    source: LocalizedText(
      zh: "§三（三）：“在规定时限节点前1个月内”报送，“并上线江西政务服务网和‘赣服通’平台实现办理”；附件2的 39/218、96/183",
      en: "§三(三): each matter is reported and online by its own date; 39/218 and 96/183 in annex 2"),
    fix: LocalizedText(
      zh: "核对原文：是同一件事的统一时限；是两件事的，各按各的时限，登记豁免并说明理由。",
      en: "Compare with the notice: give one matter one deadline; if they are two matters, add a waiver with a reason."),
    triggers: [
      Example(matters: [
        "2-039,second,39,enterprise,我要开网球馆,市场监管部门/行政审批部门,2022年12月底",
        "2-218,second,218,enterprise,我要开网球馆,市场监管部门/行政审批部门,↓2023年12月底",
      ])
    ],
    passes: [
      // Worded differently, due on the same day.
      Example(matters: [
        "2-039,second,39,enterprise,我要开网球馆,市场监管部门/行政审批部门,2022年12月底",
        "2-218,second,218,enterprise,我要开网球馆,市场监管部门/行政审批部门,2022年底前",
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      guard context.survey.order.hasRepeatedNames else { return }
      let matters = catalog.matters
      let dueOf = catalog.names(.deadline).map { catalog.deadline($0).due }
      guard let firstOf = catalog.firstMattersOfNames(among: { !$0.isWithdrawn && dueOf[$0.deadline.index] != nil })
      else { return }
      for matter in matters where !matter.name.isEmpty && !matter.isWithdrawn {
        guard let due = dueOf[matter.deadline.index] else { continue }
        let other = matters[Int(firstOf[matter.name.index])]
        guard other.id != matter.id, dueOf[other.deadline.index] != due else { continue }
        // Garbled names are equal by chance.
        if catalog.withBytes(matter.name, { TextDamage($0) }) != nil { continue }
        context.report(
          .matter(matter.index), at: catalog.position(matter, .deadline),
          related: [(.matter(other.index), catalog.position(other, .deadline))],
          LocalizedText(
            zh:
              "“\(catalog.text(matter.name))”的完成时限不一：\(catalog.id(matter)) 是\(catalog.text(matter.deadline))，\(catalog.id(other)) 是\(catalog.text(other.deadline))",
            en:
              "“\(catalog.text(matter.name))” has different due dates: \(catalog.id(matter)) is due \(catalog.text(matter.deadline)), \(catalog.id(other)) \(catalog.text(other.deadline))"
          ))
      }
    })
}

import Catalog
import Localization

extension Rule {
  /// Reported once for each withdrawn matter, at the first scene that includes it. A withdrawn scene is not reported: it has
  /// no items to offer any more.
  static let includesWithdrawn = Rule(
    id: "includes-withdrawn", group: .references, severity: .warning,
    title: LocalizedText(zh: "包含的事项已撤回", en: "an include of a matter that has been withdrawn"),
    reason: LocalizedText(
      zh: "该场景共用的关联事项来自已撤回的事项：它们是否还要办理，须有结论。",
      en:
        "The scene shares items of a matter that is no longer offered: whether they still belong to it has to be decided."
    ),
    source: LocalizedText(
      zh: "附件2第37、137项备注：“以下场景均包含此事项”", en: "the remark at 37 and 137 of annex 2, “以下场景均包含此事项”"),
    fix: LocalizedText(
      zh: "该场景也撤回的，用 `onevisit edit withdraw` 一并撤回；仍办理的，把共用的关联事项移到另一事项并改 includes，或加豁免说明理由。",
      en:
        "If the scene ends as well, withdraw it (`onevisit edit withdraw`); otherwise keep the shared items in another matter and correct `includes`, or add a waiver with a reason."
    ),
    triggers: [
      Example(
        matters: [
          "2-037,second,37,enterprise,我要开水果店,市场监管部门,2022年12月底,,,,2024-05-01,九府办字〔2024〕1号",
          "2-038,second,38,enterprise,我要开饭店,市场监管部门,2022年12月底,,↓2-037,,,",
          "2-039,second,39,enterprise,我要开面包店,市场监管部门,2022年12月底,,2-037,,,",
        ],
        items: ["2-037,1,营业执照,市场监管部门,yes"])
    ],
    passes: [
      Example(
        matters: [
          "2-037,second,37,enterprise,我要开水果店,市场监管部门,2022年12月底,,,,2024-05-01,九府办字〔2024〕1号",
          "2-038,second,38,enterprise,我要开饭店,市场监管部门,2022年12月底,,2-037,,2024-05-01,九府办字〔2024〕1号",
        ],
        items: ["2-037,1,营业执照,市场监管部门,yes"])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      let matters = catalog.matters
      guard context.survey.order.hasWithdrawn else { return }
      var scenes: [Int: [Int]] = [:]
      for matter in matters where !matter.isWithdrawn {
        if let other = matter.includes, matters[other].isWithdrawn { scenes[other, default: []].append(matter.index) }
      }
      for (other, including) in scenes.sorted(by: { $0.key < $1.key }) {
        let scene = matters[including[0]]
        let id = catalog.id(matters[other])
        let more = including.count - 1
        context.report(
          .matter(scene.index), at: catalog.position(scene, .includes),
          related: [(.matter(other), catalog.positionOfWithdrawalDay(matters[other]))]
            + including.dropFirst().prefix(9).map { (.matter($0), catalog.position(matters[$0], .includes)) },
          LocalizedText(
            zh: "\(catalog.label(scene).zh)\(more > 0 ? "等 \(including.count) 个场景" : "")包含 \(id)，而 \(id) 已撤回",
            en: "\(catalog.label(scene).en)"
              + (more > 0 ? " and \(Phrase.count(more, "other scene"))" : "")
              + " \(more > 0 ? "include" : "includes") \(id), which has been withdrawn"))
      }
    })
}

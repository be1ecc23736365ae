import Catalog
import Deadlines
import Localization

extension Rule {
  /// Reported once for each approval, at the cell that says so, with the items that still name it.
  static let approvalNotInForce = Rule(
    id: "approval-not-in-force", group: .references, severity: .warning,
    title: LocalizedText(
      zh: "事项仍要办理已暂停、已取消或已失效的单项事项", en: "a matter that requires an approval which is no longer in force"),
    reason: LocalizedText(
      zh: "办事人照目录申请，窗口却已不再受理；这件事要改，或登记的状态、日期要改。",
      en:
        "Applicants ask for what the counter no longer takes: the matter has to change, or the state or day in the register."
    ),
    source: LocalizedText(
      zh: "§三（四）：“及时对外公布”；catalog/README.md 事项登记表的状态、失效日期",
      en: "§三(四): what is offered is announced in time (及时对外公布); state and last day of approvals, catalog/README.md"),
    fix: LocalizedText(
      zh: "从这些事项中删去这一关联事项，或改为接替它的单项事项；仍受理的，改正状态（state）或失效日期（ends）。",
      en:
        "Remove the item from these matters or name the approval that replaces it; if it is still offered, correct `state` or `ends`."
    ),
    triggers: [
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底", "2-002,second,2,individual,失业,市人社局,2022年12月底",
        ],
        items: ["2-001,1,甲许可,人社部门", "2-001,2,乙备案,人社部门", "2-002,1,甲许可,人社部门"],
        tables: [
          .approvals: [
            "x-1,甲许可,,licence,,,,,3,↓withdrawn", "x-2,乙备案,,filing,,,,,,in-force,2020-01-01,↓2023-01-14",
          ]
        ])
    ],
    passes: [
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "2-002,second,2,individual,失业,市人社局,2022年12月底,,,,2024-05-01,九府办字〔2024〕1号",
        ],
        items: ["2-001,1,甲许可,人社部门", "2-002,1,乙备案,人社部门"],
        tables: [
          .approvals: [
            "x-1,甲许可,,licence,,,,,3,in-force,2020-01-01,2023-01-15", "x-2,乙备案,,filing,,,,,,suspended",
            "x-3,丙登记,,registration,,,,,,withdrawn",
          ]
        ])
    ],
    dependsOnDay: true,
    check: .catalog { context in
      let catalog = context.catalog
      let approvals = catalog.approvals
      let ended = approvals.indices.filter { approvals[$0].isEnded(on: context.day) }
      if ended.isEmpty { return }
      let uses = itemsNaming(Set(ended), in: catalog)
      for index in ended {
        guard let use = uses[index], let first = use.first else { continue }
        let approval = approvals[index]
        let isByState = approval.state == .suspended || approval.state == .withdrawn
        let entry = catalog.entry(approval)
        let what =
          isByState
          ? LocalizedText(
            zh: "状态（state）是\(approval.state?.title.zh ?? "")", en: "`state` is \(approval.state?.name ?? "")")
          : LocalizedText(
            zh: "失效日期（ends）\(approval.ends?.description ?? "")已过",
            en: "`ends` has passed (\(approval.ends?.description ?? ""))")
        let more = use.count - 1
        context.report(
          .approval(index), at: isByState ? approval.position(of: \.state) : approval.position(of: \.ends),
          related: use.prefix(relatedLimit).map { (.item($0), catalog.position(catalog.items[$0], .name)) },
          LocalizedText(
            zh:
              "\(entry.zh)\(what.zh)，而 \(catalog.id(catalog.items[first]))\(more > 0 ? " 等 \(use.count) 个关联事项" : " ")仍要办理它",
            en:
              "\(entry.en)\(what.en), but \(catalog.id(catalog.items[first]))\(more > 0 ? " and \(Phrase.count(more, "other item"))" : "") still \(more > 0 ? "require" : "requires") it"
          ))
      }
    })

  /// The items of matters in force that name one of these approvals, by approval. Items that a matter in force shares from a
  /// withdrawn one count.
  private static func itemsNaming(_ approvals: Set<Int>, in catalog: Catalog) -> [Int: [Int]] {
    var named: [Int: [Int]] = [:]
    for name in catalog.names(.itemName) {
      let found = catalog.printedApprovals(name).approvals.filter(approvals.contains)
      if !found.isEmpty { named[name.index] = found }
    }
    if named.isEmpty { return [:] }
    var sharedFrom: Set<Int> = []
    for matter in catalog.matters where !matter.isWithdrawn {
      if let other = matter.includes, catalog.matters[other].isWithdrawn { sharedFrom.insert(other) }
    }
    var items: [Int: [Int]] = [:]
    for matter in catalog.matters where !matter.isWithdrawn || sharedFrom.contains(matter.index) {
      for index in matter.items {
        let item = catalog.items[index]
        guard !matter.isWithdrawn || item.isShared, let found = named[item.name.index] else { continue }
        for approval in found { items[approval, default: []].append(index) }
      }
    }
    return items
  }
}

extension Approval {
  /// Whether it is no longer in force on a day, by its state or its last day.
  fileprivate func isEnded(on day: Day) -> Bool {
    state == .suspended || state == .withdrawn || ends.map { $0 < day } ?? false
  }
}

import Catalog
import Localization

extension Rule {
  /// A matter counts by its due date, done or not (`overdue` checks that). A matter whose deadline, audience or list could
  /// not be read might count; a target is reported only if it is missed even with these.
  static let targetMissed = Rule(
    id: "target-missed", group: .targets, severity: .warning,
    title: LocalizedText(
      zh: "到期事项少于目标数",
      en: "fewer matters due by a date than a target requires"),
    reason: LocalizedText(
      zh: "目录安排的数目达不到文件要求的目标，到期时必然落空。",
      en: "If the catalog does not plan enough matters by the date, the target cannot be met."),
    source: LocalizedText(
      zh: "九府办字〔2022〕99号任务4:2022年底前再上线高频10项个人和40个企业“一事通办”服务",
      en: "九府办字〔2022〕99号, task 4: by the end of 2022, another 10 services for individuals and 40 for enterprises"),
    fix: LocalizedText(
      zh: "核对目标的数目、类型、清单和期限；目录确实不足的，增列事项或提前完成时限。",
      en:
        "Check the target's count, audience, list and deadline; if the catalog falls short, add matters or move deadlines forward."
    ),
    triggers: [
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底",
          "2-029,second,29,enterprise,企业开办,市场监管部门/行政审批部门,2022年12月底",
        ],
        tables: [.targets: ["services-2022,jiujiang-99-2022,second,individual,↓2,,2022年底前,再上线2项个人服务"]]),
      // A target for the following year does not count what was due before.
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "2-002,second,2,individual,失业,市人社局,2022年12月底",
          "2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底",
        ],
        tables: [
          .targets: [
            "high-frequency-2022,jiujiang-99-2022,,,1+1,,2022年底前,不少于1+1项",
            "high-frequency-2023,jiujiang-99-2022,,,↓2,2022年底前,2023年底前,再推出不少于2项",
          ]
        ]),
    ],
    passes: [
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "2-002,second,2,individual,失业,市人社局,2022年6月底",
          "2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底",
        ],
        tables: [
          .targets: [
            "services-2022,jiujiang-99-2022,second,individual,2,,2022年底前,再上线2项个人服务",
            "services-2023,jiujiang-99-2022,second,individual,1,2022年底前,2023年底前,再上线1项个人服务",
          ]
        ]),
      // A matter whose deadline cannot be read might count.
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "2-002,second,2,individual,失业,市人社局,2022年13月底",
        ],
        tables: [.targets: ["services-2022,jiujiang-99-2022,second,individual,2,,2022年底前,再上线2项个人服务"]]),
    ],
    check: .catalog { context in
      let catalog = context.catalog
      guard !catalog.targets.isEmpty else { return }
      let checkable = catalog.targets.indices.filter { canBeChecked(catalog.targets[$0], in: catalog) }
      // One pass over the matters for each list and audience of a target.
      var tallies: [Filter: Tally] = [:]
      for index in checkable {
        let target = catalog.targets[index]
        let filter = Filter(list: target.listIndex, audience: target.audience)
        let tally = tallies[filter] ?? Tally(catalog, filter)
        tallies[filter] = tally
        guard let asked = target.count, let by = target.deadline.due else { continue }
        var counted = 0
        var possible = tally.unknown
        for name in catalog.names(.deadline) {
          let matters = tally.certain[name.index]
          let unsure = tally.unsure[name.index]
          guard matters + unsure > 0 else { continue }
          let deadline = catalog.deadline(name)
          if deadline.kind == .unreadable || deadline.kind == .empty {
            possible += matters + unsure
          } else if let due = deadline.due, due <= by, target.after.due.map({ due > $0 }) ?? true {
            counted += matters
            possible += unsure
          }
        }
        guard counted + possible < asked else { continue }
        let audience = target.audience.map(\.printed)
        let list = target.listIndex.map { catalog.lists[$0].id }
        let sum = target.countText == String(asked) ? "" : "(\(target.countText))"
        let after = target.after.due
        context.report(
          .target(index), at: target.position(of: \.printedCount),
          LocalizedText(
            zh:
              "目标 \(target.id) 要求\(after.map { "\($0.chinese)之后、" } ?? "")\(by.chinese)以前不少于 \(asked)\(sum) "
              + "项\(audience.map { "(\($0))" } ?? "")，\(list.map { "清单 \($0) " } ?? "目录")中到期的只有 \(counted) 项",
            en:
              "target \(target.id) requires \(asked)\(sum.isEmpty ? "" : " " + sum) "
              + "\(asked == 1 ? "matter" : "matters")\(target.audience.map { " (\($0.rawValue))" } ?? "") "
              + "due\(after.map { " after \($0) and" } ?? "") by \(by), but "
              + "\(list.map { "the list \($0)" } ?? "the catalog") has \(counted)"))
      }
    })

  /// Whether all of the target could be read, and its list is complete. Other rules report what could not be read.
  private static func canBeChecked(_ target: Target, in catalog: Catalog) -> Bool {
    guard target.count != nil, target.deadline.due != nil else { return false }
    if !target.afterText.isEmpty, target.after.due == nil { return false }
    // `unreadable-target` reports a starting date that is not before the deadline.
    if let after = target.after.due, let due = target.deadline.due, after >= due { return false }
    if !target.list.isEmpty, target.listIndex == nil { return false }
    if let list = target.listIndex {
      if catalog.lists[list].isPartial { return false }
    } else if catalog.lists.contains(where: \.isPartial) {
      return false
    }
    // A misspelt audience is unknown, and would count every matter.
    return !catalog.issues.contains {
      $0.position.table == .targets && $0.position.source == target.position.source
        && $0.position.offset == target.position.offset
    }
  }

  private struct Filter: Hashable {
    var list: Int?
    var audience: Audience?
  }

  /// For each distinct deadline, how many matters a target counts and how many it might count.
  private struct Tally {
    var certain: [Int]
    var unsure: [Int]
    /// Matters without a deadline.
    var unknown = 0

    init(_ catalog: Catalog, _ filter: Filter) {
      certain = [Int](repeating: 0, count: catalog.distinctCount(.deadline))
      unsure = certain
      for matter in catalog.matters {
        var isSure = true
        if let list = filter.list {
          if let own = matter.list { if own != list { continue } } else { isSure = false }
        }
        if let audience = filter.audience {
          if let own = matter.audience { if own != audience { continue } } else { isSure = false }
        }
        if matter.isUnknown(.deadline) {
          unknown += 1
        } else if isSure {
          certain[matter.deadline.index] += 1
        } else {
          unsure[matter.deadline.index] += 1
        }
      }
    }
  }
}

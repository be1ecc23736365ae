import Catalog
import Deadlines
import Localization

extension Rule {
  /// What counts is what the target says (`Target.isOnline`): matters that are recorded as online by its day, or matters that
  /// are due by it, done or not (`overdue` checks that). Until its day, and for lists without a record of what is online,
  /// a matter that is due by then may still count. So may one whose deadline, audience or list could not be read; a target is
  /// reported only if it is missed even with these.
  static let targetMissed = Rule(
    id: "target-missed", group: .targets, severity: .warning,
    title: LocalizedText(
      zh: "到期或已上线的事项少于目标数",
      en: "fewer matters due or online by a date than a target requires"),
    reason: LocalizedText(
      zh: "目录安排的、或记录为已上线的数目达不到文件要求，目标就会落空。",
      en: "If the catalog does not plan enough matters by the date, or has not enough online, the target is missed."),
    source: LocalizedText(
      zh:
        "九府办字〔2022〕99号任务4：2022年底前，再上线本市高频10项个人和40个企业“一事通办”服务；任务11：网上可办率达96%；景府办发〔2022〕4号第2条：2022年底前，全市高频“一件事”不少于50+1（企业开办）项",
      en:
        "九府办字〔2022〕99号, task 4: by the end of 2022, another 10 services for individuals and 40 for enterprises online (再上线); task 11: 96% can be handled online (网上可办率达96%); 景府办发〔2022〕4号, measure 2: no fewer than 50+1（企业开办） by the end of 2022"
    ),
    fix: LocalizedText(
      zh: "核对目标的数目、类型、清单和期限；已上线的，在 progress 表 portal、app 两栏补记日期；目录确实不足的，增列事项或提前完成时限。",
      en:
        "Check the target's count, audience, list and deadline; enter the dates of what is online under `portal` and `app` in the progress table; if the catalog falls short, add matters or move deadlines forward."
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
      // Recorded as online, once its day has passed: one of two, for the other is on one platform alone.
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "2-002,second,2,individual,失业,市人社局,2022年12月底",
        ],
        tables: [
          .progress: [
            "2-001,2022-12-30,2022-12-30,2022-12-30,2022-12-30,2022-12-30,2022-12-31,2022-12-31",
            "2-002,2022-12-30,2022-12-30,2022-12-30,2022-12-30,2022-12-30,2022-12-31,",
          ],
          .targets: ["services-2022,jiujiang-99-2022,second,individual,↓2,,2022年底前,再上线2项个人服务"],
        ]),
      // A named matter that is due too late; and a name that no matter has.
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "2-002,second,2,individual,失业,市人社局,2022年12月底",
          "2-029,second,29,enterprise,企业开办,市场监管部门/行政审批部门,2023年12月底",
        ],
        tables: [
          .targets: [
            "high-frequency-2022,jiujiang-99-2022,,,↓1+1（企业开办）,,2022年底前,不少于1+1（企业开办）项",
            "high-frequency-2023,jiujiang-99-2022,,,↓1（企业注销）,,2023年底前,不少于1（企业注销）项",
          ]
        ]),
      // Two of three are not 96%.
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "2-002,second,2,individual,失业,市人社局,2022年12月底",
          "2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底",
        ],
        tables: [.targets: ["online-2022,jiujiang-99-2022,,,↓96%,,2022年底前,网上可办率达96%"]]),
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
      // Its day has not come: what is due by then may still go online.
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "2-002,second,2,individual,失业,市人社局,2022年12月底",
        ],
        tables: [
          .progress: ["2-001,2022-12-05,2022-12-05,2022-12-05,2022-12-05,2022-12-05,2022-12-06,2022-12-06"],
          .targets: ["services-2022,jiujiang-99-2022,second,individual,2,,2022年底前,再上线2项个人服务"],
        ], asOf: "2022-12-10"),
      // Named and in time, and three of four are 75%.
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "2-002,second,2,individual,失业,市人社局,2022年12月底",
          "2-012,second,12,individual,社会保险关系转移接续,市人社局,2023年6月底",
          "2-029,second,29,enterprise,企业开办,市场监管部门/行政审批部门,2022年12月底",
        ],
        tables: [
          .targets: [
            "high-frequency-2022,jiujiang-99-2022,,,2+1（企业开办）,,2022年底前,不少于2+1（企业开办）项",
            "share-2022,jiujiang-99-2022,,,75%,,2022年底前,完成75%",
          ]
        ]),
    ],
    dependsOnDay: true,
    check: .catalog { context in
      let catalog = context.catalog
      guard !catalog.targets.isEmpty else { return }
      let check = TargetCheck(context)
      // One pass over the matters for each list and audience of a target.
      var tallies: [TargetTally.Scope: TargetTally] = [:]
      for (index, target) in catalog.targets.enumerated() where check.isPossible(target) {
        // `target-clause` reports a number that is copied wrongly.
        if target.contradictsCount { continue }
        let scope = TargetTally.Scope(list: target.listIndex, audience: target.audienceIndex, isOnline: target.isOnline)
        let tally = tallies[scope] ?? TargetTally(catalog, scope, online: check.online)
        tallies[scope] = tally
        check.checkCount(of: target, at: index, tally)
        check.checkNames(of: target, at: index)
      }
    })
}

/// Compares a target with the catalog.
private struct TargetCheck {
  let context: RuleContext
  let catalog: Catalog
  /// Nil if no target speaks of being online.
  let online: OnlineRecord?
  /// The matters that targets name, by name or id.
  private let named: [String: [Int]]

  init(_ context: RuleContext) {
    self.context = context
    catalog = context.catalog
    online = catalog.targets.contains(where: \.isOnline) ? OnlineRecord(catalog) : nil
    named = catalog.namedMatters(Set(catalog.targets.flatMap { TargetCheck.candidates($0.printedCount) }))
  }

  /// Whether all of the target could be read, and its list is complete. Other rules report what could not be read.
  func isPossible(_ target: Target) -> Bool {
    guard target.printedCount.isValid, let due = target.deadline.due else { return false }
    if !target.afterText.isEmpty, target.after.due == nil { return false }
    // `unreadable-target` reports a starting date that is not before the deadline.
    if let after = target.after.due, after >= due { return false }
    if !target.list.isEmpty, target.listIndex == nil { return false }
    if !target.audience.isEmpty, target.audienceIndex == nil { return false }
    if let list = target.listIndex {
      if catalog.lists[list].isPartial { return false }
    } else if catalog.lists.contains(where: \.isPartial) {
      return false
    }
    // A misspelt audience is unknown, and would count every matter.
    guard catalog.issues.contains(.all.subtracting(.harmless), in: [.targets]) else { return true }
    return !catalog.issues.contains {
      !$0.isHarmless && $0.position.table == .targets && $0.position.source == target.position.source
        && $0.position.offset == target.position.offset
    }
  }

  // MARK: The number

  func checkCount(of target: Target, at index: Int, _ tally: TargetTally) {
    guard let by = target.deadline.due else { return }
    let result = tally.result(by: by, after: target.after.due, on: context.day, in: catalog)
    let count = target.printedCount
    let asked = count.value ?? (count.share.map { ($0 * tally.matters + 9_999) / 10_000 }) ?? 0
    guard result.counted + result.planned + result.possible < asked else { return }
    context.report(
      .target(index), at: target.position(of: \.printedCount),
      message(target, by: by, asked: asked, of: tally.matters, result))
  }

  private func message(
    _ target: Target, by: Day, asked: Int, of matters: Int, _ result: TargetTally.Result
  ) -> LocalizedText {
    let count = target.printedCount
    let list = target.listIndex.map { catalog.lists[$0].id }
    let whereZh = list.map { "清单 \($0) " } ?? "目录"
    let whereEn = list.map { "the list \($0)" } ?? "the catalog"
    let audience = target.audienceIndex.map { catalog.audiences[$0] }
    let audienceZh = audience.map { "(\($0.name))" } ?? ""
    let audienceEn = audience.map { " (\($0.id))" } ?? ""
    let numberZh: String
    let numberEn: String
    if count.share != nil {
      numberZh = "\(count.text)（\(matters) 项中的 \(asked) 项）\(audienceZh)"
      numberEn = "\(count.text) of \(matters) \(matters == 1 ? "matter" : "matters")\(audienceEn), that is \(asked),"
    } else {
      let sum = count.text == String(asked) ? "" : "(\(count.text))"
      numberZh = "\(asked)\(sum) 项\(audienceZh)"
      numberEn =
        "\(asked)\(sum.isEmpty ? "" : " " + sum) \(asked == 1 ? "matter" : "matters")\(audienceEn)"
    }
    let after = target.after.due
    let afterZh = after.map { "\($0.chinese)之后、" } ?? ""
    let afterEn = after.map { " after \($0) and" } ?? ""
    guard target.isOnline else {
      return LocalizedText(
        zh: "目标 \(target.id) 要求\(afterZh)\(by.chinese)以前不少于 \(numberZh)，\(whereZh)中到期的只有 \(result.counted) 项",
        en: "target \(target.id) requires \(numberEn) due\(afterEn) by \(by), but \(whereEn) has \(result.counted)")
    }
    let more = result.planned
    return LocalizedText(
      zh: "目标 \(target.id) 要求\(afterZh)\(by.chinese)以前上线不少于 \(numberZh)，\(whereZh)中记录为已上线的有 \(result.counted) 项"
        + (more == 0 ? "" : "，另有 \(more) 项按时限在此以前到期"),
      en: "target \(target.id) requires \(numberEn) online\(afterEn) by \(by), but \(whereEn) has "
        + "\(result.counted) recorded as online" + (more == 0 ? "" : " and \(more) more due by then"))
  }

  // MARK: Named matters

  /// What stands in brackets: as a whole, and its parts.
  private static func candidates(_ count: PrintedCount) -> [String] {
    count.names.flatMap { [$0] + parts($0) }
  }

  private static func parts(_ text: String) -> [String] {
    text.split { "、，,;；".contains($0) }.map { String($0).trimmingBlanks }.filter { !$0.isEmpty }
  }

  func checkNames(of target: Target, at index: Int) {
    for text in target.printedCount.names {
      for name in named[text] == nil ? TargetCheck.parts(text) : [text] {
        guard let fault = problem(ofNamed: name, in: target) else { continue }
        context.report(
          .target(index), at: target.position(of: \.printedCount),
          LocalizedText(
            zh: "目标 \(target.id) 指名的“\(Phrase.quoted(name))”\(fault.zh)",
            en: "target \(target.id) names “\(Phrase.quoted(name))”, \(fault.en)"))
      }
    }
  }

  /// Why a matter that the target names does not count; nil if it does, or might.
  private func problem(ofNamed name: String, in target: Target) -> LocalizedText? {
    func isMeant(_ matter: Matter) -> Bool {
      if matter.isWithdrawn { return false }
      if let list = target.listIndex, let own = matter.list, own != list { return false }
      if let audience = target.audienceIndex, let own = matter.audience, own != audience { return false }
      return true
    }
    let matters = (named[name] ?? []).map { catalog.matters[$0] }.filter(isMeant)
    guard let first = matters.first else {
      let list = target.listIndex.map { catalog.lists[$0].id }
      return LocalizedText(
        zh: "，\(list.map { "清单 \($0) " } ?? "目录")中没有",
        en: "which \(list.map { "the list \($0)" } ?? "the catalog") lacks")
    }
    guard let by = target.deadline.due, !matters.contains(where: { mayCount($0, by: by, target) }) else { return nil }
    let id = catalog.id(first)
    if target.isOnline {
      return LocalizedText(
        zh: "（\(id)）没有\(by.chinese)以前上线的记录", en: "but there is no record that \(id) was online by \(by)")
    }
    let due = catalog.due(first)
    return LocalizedText(
      zh: "（\(id)）\(due.map { "\($0.chinese)到期，" } ?? "没有确定的到期日，")不在\(by.chinese)以前",
      en: "but \(id) \(due.map { "is due on \($0)" } ?? "has no due date"), not by \(by)")
  }

  private func mayCount(_ matter: Matter, by: Day, _ target: Target) -> Bool {
    let deadline = catalog.deadline(matter)
    let isPlanned = deadline.kind == .unreadable || deadline.kind == .empty || deadline.due.map { $0 <= by } ?? false
    guard target.isOnline, let online else { return isPlanned }
    switch online.status(of: matter) {
    case .online(let day): return day <= by
    case .unreadable: return true
    case .unknown: return isPlanned
    case .offline: return isPlanned && context.day <= by
    }
  }
}

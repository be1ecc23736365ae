import Catalog
import Localization

extension Rule {
  /// Only where the clause has numbers itself; a clause in Chinese numerals is not compared.
  static let targetClause = Rule(
    id: "target-clause", group: .targets, severity: .warning,
    title: LocalizedText(
      zh: "目标的数量、类型或期限与所引原文不符", en: "a target whose number, audience or deadline is not in its clause"),
    reason: LocalizedText(
      zh: "数量、期限与同一行照录的原文对不上，其中必有一处抄错；是否达到目标就判断不准。",
      en:
        "The number or the deadline does not stand in the clause that the same row quotes: one of them is copied wrongly, and the target is checked against a wrong one."
    ),
    source: LocalizedText(
      zh: "九府办字〔2022〕99号任务4：2022年底前，再上线本市高频10项个人和40个企业“一事通办”服务",
      en: "九府办字〔2022〕99号, task 4: by the end of 2022, 10 services for individuals and 40 for enterprises"),
    fix: LocalizedText(
      zh: "对照文件改正数量、期限或原文。", en: "Compare with the notice, and correct the number, the deadline or the clause."),
    triggers: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.targets: ["services-2022,jiujiang-99-2022,second,individual,↓10,,2022年底前,2022年底前再上线1项个人服务"]]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.targets: ["services-2022,jiujiang-99-2022,second,individual,1,,↓2023年底前,2022年底前再上线1项个人服务"]]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.targets: ["services-2022,jiujiang-99-2022,second,↓enterprise,1,,2022年底前,2022年底前再上线1项个人服务"]]),
    ],
    passes: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [
          .targets: [
            "services-2022,jiujiang-99-2022,second,individual,1,,2022年底前,2022 年底前再上线1项个人服务",
            "services-2023,jiujiang-99-2022,second,individual,1,,2022年底前,年底前再上线一项服务",
          ]
        ])
    ],
    check: .catalog { context in
      // A clause whose quotation marks are wrong is cut off.
      if context.catalog.issues.contains(.syntax, in: [.targets]) { return }
      for (index, target) in context.catalog.targets.enumerated() {
        let clause = target.clauseNumbers
        func report(_ path: PartialKeyPath<Target>, _ heading: LocalizedText, _ text: String) {
          context.report(
            .target(index), at: target.position(of: path),
            LocalizedText(
              zh: "目标 \(target.id) 的\(heading.zh)“\(text)”与所引原文“\(target.text.quoted)”不符",
              en: "the \(heading.en) “\(text)” of target \(target.id) is not in its clause “\(target.text.quoted)”"))
        }
        if target.contradictsCount {
          report(\.printedCount, LocalizedText(zh: "数量", en: "count"), target.countText)
        }
        if let audience = target.audienceOfClause(in: context.catalog), target.audienceIndex != audience,
          !(target.position(of: \.audience).column.map(target.unreadable.contains) ?? false)
        {
          report(\.audience, LocalizedText(zh: "类型", en: "audience"), target.audience)
        }
        let deadline = Target.numbers(in: target.deadlineText)
        // A clause may leave the year to its heading.
        if clause.contains(where: { $0.count == 4 }), !deadline.allSatisfy(clause.contains) {
          report(\.printedDeadline, LocalizedText(zh: "期限", en: "deadline"), target.deadlineText)
        }
      }
    })
}

extension Target {
  /// The runs of digits in a text, full-width ones as half-width.
  static func numbers(in text: String) -> [String] {
    var runs: [String] = []
    var run = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "0"..."9": run.unicodeScalars.append(scalar)
      case "０"..."９": run.unicodeScalars.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      default:
        if !run.isEmpty { runs.append(run) }
        run = ""
      }
    }
    if !run.isEmpty { runs.append(run) }
    return runs
  }

  /// The audience that the clause names right after the number, by its index: 个人 of 10项个人.
  fileprivate func audienceOfClause(in catalog: Catalog) -> Int? {
    guard let count = Target.numbers(in: countText).first, !contradictsCount,
      let number = text.firstRange(of: count), text[number.upperBound...].first?.isNumber != true
    else { return nil }
    let after = text[number.upperBound...].prefix(3)
    return catalog.audiences.firstIndex { ["individual", "enterprise"].contains($0.id) && after.contains($0.name) }
  }

  var clauseNumbers: [String] { Target.numbers(in: text) }

  /// Whether a number of the count is not in the clause, which has numbers.
  var contradictsCount: Bool {
    let clause = clauseNumbers
    let count = Target.numbers(in: String(countText.prefix { $0 != "（" && $0 != "(" }))
    return !clause.isEmpty && count.first != "0" && !count.allSatisfy(clause.contains)
  }
}

import Catalog
import Localization

extension Rule {
  /// A catalog that keeps no table of lists is not judged.
  static let unknownList = Rule(
    id: "unknown-list", group: .references, severity: .error,
    title: LocalizedText(zh: "清单表中没有的清单", en: "a list that is not in the table of lists"),
    reason: LocalizedText(
      zh: "不知道属于哪份清单，就不知道依据哪个文件、何时报送。",
      en: "Without its list nobody knows which notice a matter follows, or when its report is due."),
    source: LocalizedText(zh: "§一（三）：第一批、第二批；附件1、附件2", en: "§一(三): the first and the second batch; annexes 1 and 2"),
    fix: LocalizedText(
      zh: "改为 lists.csv 中的标识（如 first、second）；新的清单在 lists.csv 登记一行。",
      en: "Write an id of lists.csv (such as first or second); a new list gets a row there."),
    triggers: [
      Example(matters: ["2-001,↓secnd,1,individual,灵活就业,市人社局,2022年12月底"]),
      Example(tables: [.targets: ["a,jiujiang-99-2022,↓third,individual,10,,2022年底前"]]),
    ],
    passes: [
      Example(
        matters: [
          "2-001,second,1,individual,灵活就业,市人社局,2022年12月底",
          "2-002,附件2,2,individual,失业,市人社局,2022年12月底",
        ],
        tables: [.targets: ["a,jiujiang-99-2022,,individual,10,,2022年底前"]])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      guard !catalog.lists.isEmpty else { return }
      let index = NearestName(catalog.lists.map(\.id))
      for issue in catalog.issues {
        guard case .unknownList = issue.kind else { continue }
        func message() -> LocalizedText {
          let owner = context.owner(of: issue)
          let name = issue.text ?? ""
          let hint = Phrase.nearest(index.nearest(to: name))
          return LocalizedText(
            zh: "\(owner.zh)清单“\(Phrase.quoted(name))”不在清单表中\(hint.zh)",
            en: "\(owner.en)the list “\(Phrase.quoted(name))” is not in the table of lists\(hint.en)")
        }
        context.report(context.subject(of: issue), at: issue.position, message())
      }
      for (number, target) in catalog.targets.enumerated() where target.listIndex == nil && !target.list.isEmpty {
        func message() -> LocalizedText {
          let hint = Phrase.nearest(index.nearest(to: target.list))
          return LocalizedText(
            zh: "目标 \(target.id) 的清单“\(Phrase.quoted(target.list))”不在清单表中\(hint.zh)",
            en:
              "the target \(target.id) is for the list “\(Phrase.quoted(target.list))”, which is not in the table of lists\(hint.en)"
          )
        }
        context.report(.target(number), at: target.position(of: \.list), message())
      }
    })
}

import Catalog
import Localization

extension Rule {
  /// A catalog without a table of lists is not checked.
  static let unknownList = Rule(
    id: "unknown-list", group: .references, severity: .error,
    title: LocalizedText(
      zh: "没有这份清单",
      en: "a list that is not in the table of lists"),
    reason: LocalizedText(
      zh: "不知道属于哪份清单，就不知道依据哪个文件、何时报送。",
      en: "Without its list, the notice and the reporting date of a matter are unknown."),
    source: LocalizedText(
      zh: "§一（三）：“第一批11项”“新增第二批230项”；附件1、附件2", en: "§一(三): the first and the second batch; annexes 1 and 2"),
    fix: LocalizedText(
      zh: "改为 lists.csv 中的标识（如 first、second）；新的清单在 lists.csv 登记一行。",
      en: "Write an id from lists.csv (such as first or second); add a row for a new list."),
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
      catalog.issues.forEach(of: .unknownList) { issue in
        func message() -> LocalizedText {
          let owner = context.owner(of: issue)
          let name = issue.text ?? ""
          let hint = Phrase.nearest(index.nearest(to: name))
          return LocalizedText(
            zh: "\(owner.zh)清单栏：没有“\(Phrase.quoted(name))”这份清单\(hint.zh)",
            en: "\(owner.en)no list called “\(Phrase.quoted(name))”\(hint.en)")
        }
        context.report(context.subject(of: issue), at: issue.position, name: issue.text, message())
      }
      context.forEachUnresolvedReference(to: .lists) { reference in
        func message() -> LocalizedText {
          let hint = Phrase.nearest(index.nearest(to: reference.text))
          let name = Phrase.quoted(reference.text)
          return LocalizedText(
            zh: "\(reference.owner(in: catalog).zh)没有“\(name)”这份清单\(hint.zh)",
            en: "\(reference.owner(in: catalog).en)no list called “\(name)”\(hint.en)")
        }
        context.report(reference.subject, at: reference.position, name: reference.text, message())
      }
    })
}

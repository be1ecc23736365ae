import Catalog
import Localization

extension Rule {
  /// A catalog without a table of notices is not checked.
  static let unknownNotice = Rule(
    id: "unknown-notice", group: .references, severity: .error,
    title: LocalizedText(
      zh: "没有这个文件",
      en: "a notice that is not in the table of notices"),
    reason: LocalizedText(
      zh: "清单和目标都要有所依据的文件；查不到文件，就不知道何时印发、由谁印发。",
      en: "Lists and targets are based on a notice: without it, the issuer and the date are unknown."),
    source: LocalizedText(
      zh: "九府办字〔2022〕128号，清单为其附件1、附件2；目标出自99号",
      en: "the lists are annexes of 九府办字〔2022〕128号; the targets come from 99号"),
    fix: LocalizedText(
      zh: "改为 notices.csv 中的标识或文号；新的文件在 notices.csv 登记一行。",
      en: "Write an id or document number from notices.csv; add a row for a new notice."),
    triggers: [
      Example(tables: [.lists: ["third,3,↓jiujiang-128-2023,附件3,清单,1"]]),
      Example(tables: [.targets: ["a,↓九府办字〔2022〕98号,,individual,10,,2022年底前"]]),
    ],
    passes: [
      Example(tables: [
        .lists: ["third,3,九府办字〔2022〕128号,附件3,清单,0"],
        .targets: ["a,jiujiang-99-2022,,individual,10,,2022年底前"],
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      guard !catalog.notices.isEmpty else { return }
      let index = NearestName(catalog.notices.flatMap { [$0.id, $0.number] })
      context.forEachUnresolvedReference(to: .notices) { reference in
        func message() -> LocalizedText {
          let hint = Phrase.nearest(index.nearest(to: reference.text))
          let name = Phrase.quoted(reference.text)
          return LocalizedText(
            zh: "\(reference.owner(in: catalog).zh)没有“\(name)”这个文件\(hint.zh)",
            en: "\(reference.owner(in: catalog).en)no notice called “\(name)”\(hint.en)")
        }
        context.report(reference.subject, at: reference.position, message())
      }
    })
}

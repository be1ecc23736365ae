import Catalog
import Localization

extension Rule {
  static let duplicateCode = Rule(
    id: "duplicate-code", group: .identity, severity: .error,
    title: LocalizedText(zh: "两个单项事项或两个部门用同一编码", en: "a code that two approvals or two departments have"),
    reason: LocalizedText(
      zh: "门户按编码认事项和部门：两条共用一个编码，后装载的会覆盖先装载的。",
      en:
        "Portals know services and departments by their codes: of two with one code, the later one replaces the other."
    ),
    source: LocalizedText(
      zh: "catalog/README.md 部门登记表、事项登记表的编码；GB 32100-2015：一个主体只有一个代码，代码不重",
      en: "the codes in the registers, catalog/README.md; GB 32100-2015: one body, one code"),
    fix: LocalizedText(
      zh: "对照来源改正其中一个；两条其实是同一个的，用 `onevisit edit merge` 合并。",
      en: "Correct one of them from its source; if both are the same, merge them with `onevisit edit merge`."),
    triggers: [
      Example(tables: [
        .approvals: [
          "x-1,甲许可,,licence,,000101001000,,A-7", "x-2,乙许可,,licence,,↓000101001000,,A-8", "x-3,丙许可,,licence,,,,↓A-7",
        ]
      ]),
      Example(tables: [
        .departments: [
          "public-security,市公安局,,公安部门,,city-department,,11000000MB1234567Q",
          "taxation,市税务局,,税务部门,,national-branch,,↓11000000MB1234567Q",
        ],
        .approvals: [],
      ]),
    ],
    passes: [
      // A code beside another of the same digits, in a column of its own.
      Example(tables: [
        .approvals: [
          "x-1,甲许可,,licence,,000101001000,11000000MB1234567Q3000101001000,000101001000",
          "x-2,乙许可,,licence,,000101001001,,",
        ]
      ])
    ],
    check: .catalog { context in
      struct Key: Hashable {
        var column: String
        var text: String
      }
      var firstOf: [Key: CodeCell] = [:]
      for cell in context.catalog.codeCells where !ServiceCode.isRounded(cell.text) {
        let key = Key(column: cell.column.name, text: cell.text)
        guard let first = firstOf[key] else {
          firstOf[key] = cell
          continue
        }
        let column = Phrase.column(cell.column)
        let other = first.subject.id(in: context.catalog)
        context.report(
          cell.subject, at: cell.position, related: [(first.subject, first.position)],
          LocalizedText(
            zh: "\(cell.entry.zh)\(column.zh)是 \(Phrase.quoted(cell.text))，\(other) 也用这个编码",
            en: "\(cell.entry.en)\(column.en) is \(Phrase.quoted(cell.text)), which \(other) has as well"))
      }
    })
}

import Catalog
import Localization

extension Rule {
  static let roundedCode = Rule(
    id: "rounded-code", group: .identity, severity: .error,
    title: LocalizedText(zh: "编码被表格软件当作数字舍入", en: "a code that a spreadsheet has rounded as a number"),
    reason: LocalizedText(
      zh: "表格软件把长编码当作数字：只留 15 位有效数字，其余变成 0，或写成 1.23E+11。原来的数字已经丢失。",
      en:
        "A spreadsheet takes a long code for a number: it keeps 15 digits and makes the others 0, or writes 1.23E+11. The digits are lost."
    ),
    source: LocalizedText(
      zh: "表格软件的数字为 IEEE 754 双精度，只有 15 位有效数字；catalog/README.md 编码",
      en: "numbers of spreadsheets are IEEE 754 doubles with 15 significant digits; the codes in catalog/README.md"),
    fix: LocalizedText(
      zh: "从来源重抄编码，先把这一列设为文本格式；`onevisit export xlsx` 的单元格都是文本。",
      en:
        "Copy the code anew from its source, into a column formatted as text; all cells of `onevisit export xlsx` are texts."
    ),
    triggers: [
      Example(tables: [
        .approvals: [
          "x-1,甲许可,,licence,,↓1.01001E+11", "x-2,乙许可,,licence,,,↓1.1e+30", "x-3,丙许可,,licence,,,,↓360400123456789000000",
        ]
      ]),
      Example(tables: [
        .departments: ["public-security,市公安局,,公安部门,,city-department,,↓113604000147100000"], .approvals: [],
      ]),
    ],
    passes: [
      Example(tables: [
        .approvals: [
          "x-1,甲许可,,licence,,000101001000", "x-2,乙许可,,licence,,,,3604-E+2", "x-3,丙许可,,licence,,,,360400000000",
        ]
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      for cell in catalog.codeCells where ServiceCode.isRounded(cell.text) {
        // The schema of a document reports what has not the form of its column.
        guard catalog.isInTable(cell.position) || cell.column.kind.accepts(cell.text) else { continue }
        let column = Phrase.column(cell.column)
        context.report(
          cell.subject, at: cell.position,
          LocalizedText(
            zh: "\(cell.entry.zh)\(column.zh)是“\(Phrase.quoted(cell.text))”：表格软件把编码当作数字舍入了",
            en:
              "\(cell.entry.en)\(column.en) is “\(Phrase.quoted(cell.text))”: a spreadsheet has rounded the code as a number"
          ))
      }
    })
}

import Catalog
import Localization

extension Rule {
  static let wrongCheckDigit = Rule(
    id: "wrong-check-digit", group: .identity, severity: .error,
    title: LocalizedText(zh: "统一社会信用代码的校验码不对", en: "a credit code with a wrong check digit"),
    reason: LocalizedText(
      zh: "最后一位由前 17 位算出；算出来不同，就有一位抄错，门户会拒收，或记到别的单位名下。",
      en:
        "The last character follows from the first 17. If it differs, one of them is miscopied, and a portal refuses the code or takes it for another body's."
    ),
    source: LocalizedText(
      zh: "GB 32100-2015《法人和其他组织统一社会信用代码编码规则》：校验码按模 31、加权因子 3 的 i−1 次方计算；实施编码的前 18 位是统一社会信用代码",
      en:
        "GB 32100-2015, coding rule of the unified social credit identifier: check character modulo 31 with weights 3 to the power of i − 1; a task code begins with a credit code"
    ),
    fix: LocalizedText(
      zh: "对照登记证书或赋码机关的记录，重抄整个代码；不要只改校验码。",
      en: "Copy the whole code anew from the certificate or the register; do not just change the check digit."),
    triggers: [
      Example(tables: [
        .departments: ["public-security,市公安局,,公安部门,,city-department,,↓11000000MB1234567P"], .approvals: [],
      ]),
      Example(tables: [
        .approvals: ["x-1,某许可,,licence,,,↓11000000MB1234561Q3000101001000"]
      ]),
    ],
    passes: [
      Example(tables: [
        .departments: ["public-security,市公安局,,公安部门,,city-department,,11000000MB1234567Q"],
        .approvals: ["x-1,某许可,,licence,,,11000000MB1234567Q3000101001000"],
      ]),
      // Not a credit code at all: a malformed value.
      Example(tables: [
        .departments: ["public-security,市公安局,,公安部门,,city-department,,11000000MB123456IQ"], .approvals: [],
      ]),
    ],
    check: .catalog { context in
      for cell in context.catalog.codeCells {
        guard let code = cell.creditCode, let digit = ServiceCode.checkDigit(of: code), code.last != digit,
          !ServiceCode.isRounded(cell.text)
        else { continue }
        let column = Phrase.column(cell.column)
        let isPart = code != cell.text
        context.report(
          cell.subject, at: cell.position,
          LocalizedText(
            zh:
              "\(cell.entry.zh)\(column.zh)\(isPart ? "前 18 位" : "")是 \(code)，按前 17 位算出的校验码是 \(digit)，不是 \(code.suffix(1))",
            en:
              "\(cell.entry.en)\(column.en) \(isPart ? "begins with" : "is") \(code), whose check digit should be \(digit) by the first 17 characters, not \(code.suffix(1))"
          ))
      }
    })
}

import Catalog
import Localization

extension Rule {
  /// A department without a code may be the one that is meant: whose a credit code is, is only judged where the competent
  /// department has a code, or all departments have one.
  static let codeMismatch = Rule(
    id: "code-mismatch", group: .references, severity: .warning,
    title: LocalizedText(zh: "实施编码与基本编码或部门的代码不符", en: "a task code that contradicts the codes beside it"),
    reason: LocalizedText(
      zh: "实施编码由实施部门的统一社会信用代码、层级和基本编码组成；与登记的不符，就有一处抄错，或指的是另一事项、另一部门。",
      en:
        "A task code is made of the credit code of who carries it out, the level, and the basic code. If it contradicts the registers, one of them is miscopied or means another service or body."
    ),
    source: LocalizedText(
      zh: "catalog/README.md 实施编码：统一社会信用代码 18 位、层级 1 位、基本编码 12 位；GB 32100-2015",
      en: "the task code in catalog/README.md: credit code (18), level (1), basic code (12); GB 32100-2015"),
    fix: LocalizedText(
      zh: "对照实施清单改正其中一处；实施部门没有登记的，登记该部门和它的代码，或加豁免说明理由。",
      en:
        "Correct one of the two from the implementation list; if the body that carries it out is not registered, register it with its code, or add a waiver with a reason."
    ),
    triggers: [
      Example(tables: [
        .approvals: ["x-1,甲许可,,licence,,000101001000,↓11000000MB1234567Q3000101001001"]
      ]),
      Example(tables: [
        .departments: ["public-security,市公安局,,公安部门,,city-department,,11000000MB1234567Q", "taxation,市税务局"],
        .approvals: ["x-1,甲许可,,licence,public-security,,↓11000000MB7654321M3000101001000"],
      ]),
      Example(tables: [
        .departments: ["public-security,市公安局,,公安部门,,city-department,,11000000MB1234567Q"],
        .approvals: ["x-1,甲许可,,licence,,,↓11000000MB7654321M3000101001000"],
      ]),
    ],
    passes: [
      // The code may be that of the department whose code is not known.
      Example(tables: [
        .departments: ["public-security,市公安局,,公安部门,,city-department,,11000000MB1234567Q", "taxation,市税务局"],
        .approvals: [
          "x-1,甲许可,,licence,taxation,000101001000,11000000MB7654321M3000101001000",
          "x-2,乙许可,,licence,,,11000000MB1234567Q3000101001001",
        ],
      ])
    ],
    check: .catalog { context in
      let catalog = context.catalog
      // A code that is wrong itself says nothing of others.
      let known = catalog.departments.map { department in
        let code = department.creditCode
        return ServiceCode.isCreditCode(code) && ServiceCode.hasRightCheckDigit(code) ? code : nil
      }
      let codes = Set(known.compactMap { $0 })
      let isEveryKnown = !codes.isEmpty && !known.contains(nil)
      for (index, approval) in catalog.approvals.enumerated() {
        guard let credit = ServiceCode.creditCode(ofTask: approval.taskCode), !ServiceCode.isRounded(approval.taskCode),
          let code = ServiceCode.catalogCode(ofTask: approval.taskCode)
        else { continue }
        let entry = catalog.entry(approval)
        let column = Phrase.column(approval.position(of: \.taskCode), in: catalog)
        if ServiceCode.isCatalogCode(approval.code), code != approval.code {
          context.report(
            .approval(index), at: approval.position(of: \.taskCode),
            related: [(.approval(index), approval.position(of: \.code))],
            LocalizedText(
              zh: "\(entry.zh)\(column.zh)后 12 位是 \(code)，与基本编码（code）\(approval.code) 不同",
              en: "\(entry.en)\(column.en) ends in \(code), but the basic code (`code`) is \(approval.code)"))
        }
        guard ServiceCode.hasRightCheckDigit(credit), !codes.contains(credit) else { continue }
        let competent = approval.competentIndex.flatMap { index in known[index].map { (index, $0) } }
        guard isEveryKnown || competent != nil else { continue }
        let other = competent.map { index, code in
          LocalizedText(
            zh: "；主管部门 \(catalog.departments[index].id) 的是 \(code)",
            en: "; that of the competent department \(catalog.departments[index].id) is \(code)")
        }
        context.report(
          .approval(index), at: approval.position(of: \.taskCode), name: credit,
          related: competent.map {
            [(.department($0.0), catalog.departments[$0.0].position(of: \.creditCode))]
          } ?? [],
          LocalizedText(
            zh: "\(entry.zh)\(column.zh)前 18 位是 \(credit)，没有登记的部门用这个代码\(other?.zh ?? "")",
            en:
              "\(entry.en)\(column.en) begins with \(credit), which is the credit code of no registered department\(other?.en ?? "")"
          ))
      }
    })
}

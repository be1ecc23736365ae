import Catalog
import Localization

extension Rule {
  static let incompleteWithdrawal = Rule(
    id: "incomplete-withdrawal", group: .identity, severity: .error,
    title: LocalizedText(zh: "撤回的事项缺日期或依据", en: "a withdrawal without its day or its basis"),
    reason: LocalizedText(
      zh: "文件宣布的事项要有依据才能撤回；只填一栏，看不出是真的撤回还是误填。",
      en:
        "A matter that a notice announces can only be withdrawn by a decision; with one cell alone, the row may be withdrawn or filled in by mistake."
    ),
    source: LocalizedText(zh: "catalog/README.md 撤回", en: "withdrawal in catalog/README.md"),
    fix: LocalizedText(
      zh: "补上撤回日期（withdrawn）和依据（withdrawal_basis），如文号；没有撤回的，把两栏都清空。",
      en:
        "Enter both the day (`withdrawn`) and the basis (`withdrawal_basis`), such as the number of a notice; if the matter is not withdrawn, empty both."
    ),
    triggers: [
      Example(matters: [
        "2-001,second,1,individual,灵活就业,市人社局,2022年12月底,,,,2024-05-01,↓",
        "2-002,second,2,individual,失业,市人社局,2022年12月底,,,,↓,九府办字〔2024〕1号",
      ])
    ],
    passes: [
      Example(matters: [
        "2-001,second,1,individual,灵活就业,市人社局,2022年12月底,,,,2024-05-01,九府办字〔2024〕1号",
        "2-002,second,2,individual,失业,市人社局,2022年12月底,,,,,",
      ])
    ],
    check: .catalog { context in
      guard context.survey.order.hasWithdrawn else { return }
      for matter in context.catalog.matters where matter.isWithdrawn { report(matter, context) }
    })

  private static func report(_ matter: Matter, _ context: RuleContext) {
    let catalog = context.catalog
    guard let withdrawal = catalog.withdrawal(of: matter) else { return }
    if withdrawal.basis.isEmpty {
      context.report(
        .matter(matter.index), at: catalog.positionOfWithdrawalBasis(matter),
        LocalizedText(
          zh: "\(catalog.label(matter).zh)填了撤回日期，没有依据",
          en: "\(catalog.label(matter).en) has a day of withdrawal, but no basis"))
    } else if catalog.hasNoWithdrawalDay(matter) {
      context.report(
        .matter(matter.index), at: catalog.positionOfWithdrawalDay(matter),
        LocalizedText(
          zh: "\(catalog.label(matter).zh)填了撤回依据，没有日期",
          en: "\(catalog.label(matter).en) has a basis of withdrawal, but no day"))
    }
  }
}

import Catalog
import Localization

extension Rule {
  static let malformedValue = Rule(
    id: "malformed-value", group: .reading, severity: .error,
    title: LocalizedText(
      zh: "数字、日期、标识等格式不对",
      en: "not a valid number, date or id"),
    reason: LocalizedText(
      zh: "程序读不出这一项，这个单元格按未知处理，依赖它的检查不再进行。",
      en: "The cell cannot be read and counts as unknown, and nothing that depends on it is checked."),
    source: LocalizedText(
      zh:
        "附件1、附件2的序号；ECMA-376 第1部分 18.3.1.40（公式）、18.18.11（单元格的类型）；§三（三）：“完成优化提升工作”，“报送总结材料”，“具体实施方案，及一份指南、一张表单、一套材料、一次提交等完成情况”",
      en:
        "number in annexes 1 and 2; ECMA-376 part 1, 18.3.1.40 (formula), 18.18.11 (type of a cell); §三(三): improvement (优化提升), summary (总结材料), plan (具体实施方案), one guide, one form, one set of materials, one submission"
    ),
    fix: LocalizedText(
      zh: "按提示的格式重写；表格软件改过的日期、数字要改回来。",
      en: "Write it in the form that the message names; undo what a spreadsheet did to dates and numbers."),
    triggers: [
      Example(matters: ["2-001,second,↓一,individual,灵活就业,市人社局,2022年12月底"]),
      Example(matters: ["↓第1项,second,1,individual,灵活就业,市人社局,2022年12月底"]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.progress: ["2-001,↓3/11/2022"]]),
      // A spreadsheet's number of a day.
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.progress: ["2-001,↓44868"]]),
      Example(
        matters: ["1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底"],
        tables: [.lists: ["first,1,jiujiang-128-2022,附件1,清单(1项),1,individual,优化提升完成时限,,,2023-01-31,↓summary;方案"]]),
      Example(tables: [.departments: ["↓市公安局,市公安局"], .approvals: []]),
      // Zeros at the front that a spreadsheet has dropped; a letter that credit codes do not have.
      Example(tables: [.approvals: ["x-1,甲许可,,licence,,↓101001000", "x-2,乙许可,,licence,,,,,,↓有效"]]),
      Example(tables: [
        .departments: ["public-security,市公安局,,公安部门,,city-department,,↓11OOOOOOMB1234567Q"], .approvals: [],
      ]),
    ],
    passes: [
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.progress: ["2-001,2022-11-03"]]),
      Example(
        matters: ["1-001,first,1,individual,新生儿出生,市卫健委,2022年12月底"],
        tables: [.lists: ["first,1,jiujiang-128-2022,附件1,清单(1项),1,individual,优化提升完成时限,,,2023-01-31,总结材料；improvement"]]),
    ],
    check: .issue([.unreadableCell, .malformedValue]) { issue, context in
      if case .unreadableCell(let reason) = issue.kind {
        let words = unreadable(reason, issue, context)
        return context.report(context.subject(of: issue), at: issue.position, words.message, fix: words.fix)
      }
      guard case .malformedValue(let kind) = issue.kind else { return }
      // `rounded-code` reports it.
      if kind.isServiceCode, issue.text.map(ServiceCode.isRounded) ?? false { return }
      func message() -> LocalizedText {
        let owner = context.owner(of: issue)
        let column = Phrase.column(issue.position, in: context.catalog)
        let text = issue.text.map { Phrase.quoted($0) }
        let form = kind.form
        let likely = issue.text.map { kind.likely($0) } ?? []
        guard let text else {
          return LocalizedText(
            zh: "\(owner.zh)\(column.zh)应为\(form.zh)", en: "\(owner.en)\(column.en) should be \(form.en)")
        }
        return LocalizedText(
          zh: "\(owner.zh)\(column.zh)是“\(text)”，应为\(form.zh)"
            + (likely.isEmpty ? "" : "；可能指 \(likely.joined(separator: " 或 "))"),
          en: "\(owner.en)\(column.en) is “\(text)”, but should be \(form.en)"
            + (likely.isEmpty ? "" : "; it may mean \(likely.joined(separator: " or "))"))
      }
      context.report(context.subject(of: issue), at: issue.position, message())
    })
  /// A cell of a workbook that has no text: what is in it, and what to do.
  private static func unreadable(
    _ reason: ReadingIssue.UnreadableCell, _ issue: ReadingIssue, _ context: RuleContext
  ) -> (message: LocalizedText, fix: LocalizedText) {
    let owner = context.owner(of: issue)
    let column = Phrase.column(issue.position, in: context.catalog)
    let (zh, en) = ("\(owner.zh)\(column.zh)", "\(owner.en)\(column.en)")
    switch reason {
    case .formula:
      return (
        LocalizedText(zh: "\(zh)是公式，文件里没有它的结果", en: "\(en) is a formula whose result is not in the file"),
        LocalizedText(
          zh: "用 Excel 或 WPS 打开文件，让公式算出结果后保存；或把公式改成文字。",
          en: "Open the file in Excel or WPS, let it calculate and save it; or enter a text instead of the formula.")
      )
    case .error(let text):
      return (
        LocalizedText(
          zh: "\(zh)的公式出错（\(Phrase.quoted(text))），没有内容", en: "\(en) is the error \(Phrase.quoted(text)) of a formula"),
        LocalizedText(zh: "改正公式后保存；或把公式改成文字。", en: "Correct the formula and save; or enter a text instead of it.")
      )
    case .picture:
      return (
        LocalizedText(zh: "\(zh)里是图片（DISPIMG），不是文字", en: "\(en) holds a picture (DISPIMG) and no text"),
        LocalizedText(zh: "把单元格里的图片换成文字。", en: "Enter a text in the place of the picture.")
      )
    }
  }
}

import Catalog
import Deadlines
import Localization

extension Rule {
  static let malformedValue = Rule(
    id: "malformed-value", group: .reading, severity: .error,
    title: LocalizedText(
      zh: "数字、日期、标识、类型等格式不对",
      en: "not a valid number, date, id or audience"),
    reason: LocalizedText(
      zh: "程序读不出这一项，这个单元格按未知处理，依赖它的检查不再进行。",
      en: "The cell cannot be read and counts as unknown, and nothing that depends on it is checked."),
    source: LocalizedText(
      zh: "附件1、附件2的序号、类型；§一（三）：个人、企业“一件事一次办”",
      en: "number and audience in annexes 1 and 2; §一(三): individuals and enterprises"),
    fix: LocalizedText(
      zh: "按提示的格式重写；表格软件改过的日期、数字要改回来。",
      en: "Write it in the form that the message names; undo what a spreadsheet did to dates and numbers."),
    triggers: [
      Example(matters: ["2-001,second,↓一,individual,灵活就业,市人社局,2022年12月底"]),
      Example(matters: ["2-001,second,1,↓people,灵活就业,市人社局,2022年12月底"]),
      Example(matters: ["↓第1项,second,1,individual,灵活就业,市人社局,2022年12月底"]),
      Example(
        matters: ["2-001,second,1,individual,灵活就业,市人社局,2022年12月底"],
        tables: [.progress: ["2-001,↓2022/11/3"]]),
      Example(tables: [.departments: ["↓市公安局,市公安局"], .approvals: []]),
    ],
    passes: [
      Example(
        matters: ["2-001,second,1,个 人,灵活就业,市人社局,2022年12月底"],
        tables: [.progress: ["2-001,2022-11-03"]])
    ],
    check: .issue { issue, context in
      guard case .malformedValue(let kind) = issue.kind else { return }
      func message() -> LocalizedText {
        let owner = context.owner(of: issue)
        let column = Phrase.column(issue.position, in: context.catalog)
        let text = issue.text.map { Phrase.quoted($0) }
        // Of a date that a spreadsheet rewrote, the form is the date itself as it should be written.
        let form =
          kind == .day
          ? issue.text.flatMap(writtenDay).map { LocalizedText(zh: "\($0)", en: "\($0)") } ?? kind.form : kind.form
        guard let text else {
          return LocalizedText(
            zh: "\(owner.zh)\(column.zh)应为\(form.zh)", en: "\(owner.en)\(column.en) should be \(form.en)")
        }
        return LocalizedText(
          zh: "\(owner.zh)\(column.zh)是“\(text)”，应为\(form.zh)",
          en: "\(owner.en)\(column.en) is “\(text)”, but should be \(form.en)")
      }
      context.report(context.subject(of: issue), at: issue.position, message())
    })

  /// The day of a date in the forms of spreadsheets and people: 2022/11/1, 2022.11.1, 2022-11-1, 20221101, 2022年11月1日; with
  /// a time of midnight as well. Nil if the day is ambiguous.
  private static func writtenDay(_ text: String) -> Day? {
    var parts: [Int] = []
    var word = ""
    func isMidnight(_ rest: some StringProtocol) -> Bool { rest.allSatisfy { $0 == "0" || $0 == ":" } }
    let words = text.split(separator: " ")
    guard let first = words.first, words.count <= 2, words.dropFirst().allSatisfy(isMidnight) else { return nil }
    for scalar in Register.normalizedKey(String(first)).unicodeScalars {
      switch scalar {
      case "0"..."9": word.unicodeScalars.append(scalar)
      case "/", ".", "-", "年", "月", "日":
        guard let number = Int(word) else { return nil }
        parts.append(number)
        word = ""
      default: return nil
      }
    }
    if parts.isEmpty, word.count == 8, let number = Int(word) {
      return Day(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }
    if !word.isEmpty {
      guard let number = Int(word) else { return nil }
      parts.append(number)
    }
    // In 1/11/22 the order of day, month and year is unknown.
    guard parts.count == 3, parts[0] >= 1000 else { return nil }
    return Day(year: parts[0], month: parts[1], day: parts[2])
  }
}

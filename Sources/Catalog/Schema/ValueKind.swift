import AtomicFiles
import Deadlines
import Localization

/// What kind of value a column holds: how a cell is read, and what a valid one looks like. There is one kind for each way
/// of writing a value; the codec of each is in `FieldValue`.
package enum ValueKind: Sendable, Hashable {
  /// Any text, as printed.
  case text
  /// Whole sentences, written as their writer likes.
  case sentence
  /// What a waiver is about: an id, or a run of ids.
  case subject
  /// Lower-case letters and digits in words joined by hyphens: `public-security`.
  case identifier
  /// Letters and digits: what the ids of a list's matters begin with.
  case prefix
  /// A code that each city chooses: a lower-case letter, then lower-case letters, digits or hyphens.
  case code
  /// A matter's id: prefix, hyphen, three digits or more.
  case matterID
  /// Several texts in one cell, separated by `;`.
  case names
  /// A whole number, from a minimum on.
  case number(from: Int)
  /// A number, a sum or a percentage as printed: `40`, `50+1`, `50+1（企业开办）`, `96%`.
  case count
  /// A day as YYYY-MM-DD.
  case day
  /// A period in years and months: ISO 8601 `P1M`.
  case period
  /// An audience by its id or any of its names: a reference to the table of audiences.
  case audience
  /// Several audiences, separated by `;`.
  case audiences
  /// How far up a region is; see `Region.Level`.
  case level
  /// Whether an approval is in force; see `Approval.State`.
  case state
  /// 统一社会信用代码; see `ServiceCode`.
  case creditCode
  /// 基本编码: 12 digits.
  case catalogCode
  /// 实施编码: 31 characters.
  case taskCode
  /// Several deliverables, by the names of their columns in the progress table, separated by `;`.
  case deliverables
  /// `yes` or empty.
  case flag
  /// A deadline as printed; see `Deadline`.
  case deadline
  /// Departments as printed: `、` jointly, `/` one or the other.
  case departments
  /// An approval as printed, or a choice between several, separated by `/`.
  case approvals
  /// The id, or another name, of a row of a table.
  case reference(to: TableKind)

  /// What a valid value looks like, for a message: "…, not a valid …: write …".
  package var form: LocalizedText {
    switch self {
    case .text, .sentence, .subject, .names, .deadline, .departments, .approvals, .audience, .audiences, .reference:
      LocalizedText(zh: "文字", en: "a text")
    case .identifier:
      LocalizedText(
        zh: "小写字母和数字组成、以连字符相连的标识，如 public-security",
        en: "an id of lower-case letters and digits joined by hyphens, such as public-security")
    case .prefix:
      LocalizedText(zh: "字母或数字，如 2", en: "letters or digits, such as 2")
    case .code:
      LocalizedText(
        zh: "小写字母开头，由小写字母、数字和连字符组成的类别，如 licence",
        en: "a kind of lower-case letters, digits and hyphens that begins with a letter, such as licence")
    case .matterID:
      LocalizedText(
        zh: "清单前缀加三位序号的标识，如 2-037", en: "an id of list prefix and number in three digits, such as 2-037")
    case .number(let minimum):
      LocalizedText(zh: "从 \(minimum) 起的整数，如 37", en: "a whole number from \(minimum), such as 37")
    case .count:
      LocalizedText(
        zh: "数目，如 40、50+1、50+1（企业开办）或 96%", en: "a count, such as 40, 50+1, 50+1（企业开办） or 96%")
    case .day:
      LocalizedText(zh: "年-月-日形式的日期，如 2023-01-31", en: "a date as year-month-day, such as 2023-01-31")
    case .period:
      LocalizedText(zh: "以年、月计的时长，如 P1M（一个月）", en: "a period in years and months, such as P1M (one month)")
    case .level:
      LocalizedText(
        zh: "national（国家）、province（省）、city（市）、county（县）或 township（乡镇）",
        en: "national, province, city, county or township")
    case .state:
      LocalizedText(
        zh: "in-force（在用）、suspended（暂停）或 withdrawn（取消）", en: "in-force, suspended or withdrawn")
    case .creditCode:
      LocalizedText(
        zh: "18 位统一社会信用代码：数字和大写字母（没有 I、O、S、V、Z），第 3 至 8 位为数字",
        en: "a credit code of 18 digits and capital letters (no I, O, S, V, Z), digits from the third to the eighth")
    case .catalogCode: LocalizedText(zh: "12 位数字的基本编码", en: "a national code of 12 digits")
    case .taskCode:
      LocalizedText(
        zh: "31 位实施编码：统一社会信用代码 18 位、层级 1 位、基本编码 12 位",
        en: "a task code of 31 characters: credit code (18), level (1 digit), national code (12 digits)")
    case .deliverables:
      LocalizedText(
        zh: "progress 表的栏名 \(Progress.Deliverable.allCases.map(\.name).joined(separator: "、"))，以分号隔开",
        en: "columns of the progress table, separated by semicolons: "
          + Progress.Deliverable.allCases.map(\.name).joined(separator: ", "))
    case .flag:
      LocalizedText(zh: "yes、no 或空", en: "yes, no or empty")
    }
  }

  /// Whether a cell that is not valid keeps its text all the same: nothing is lost when it is written again.
  package var keepsInvalidText: Bool {
    switch self {
    case .text, .sentence, .subject, .identifier, .prefix, .code, .matterID, .names, .count, .deadline, .departments,
      .approvals, .audience, .audiences, .reference, .creditCode, .catalogCode, .taskCode:
      true
    case .number, .day, .period, .level, .state, .deliverables, .flag: false
    }
  }

  /// Whether a text, without blanks around it, is a valid value; an empty one is.
  package func accepts(_ text: String) -> Bool {
    if text.isEmpty { return true }
    return switch self {
    case .text, .sentence, .subject, .names, .departments, .approvals, .deadline, .audience, .audiences, .reference:
      true
    case .identifier: ValueForm.isIdentifier(text.utf8)
    case .prefix: text.utf8.allSatisfy(ValueForm.isLetterOrDigit)
    case .code: ValueForm.isCode(text.utf8)
    case .matterID: ValueForm.isMatterID(text)
    case .number(let minimum): ValueForm.number(text, from: minimum) != nil
    case .count: PrintedCount(text).isValid
    case .day: Day(iso: text) != nil
    case .period: ValueForm.months(text) != nil
    case .level: Region.Level(text) != nil
    case .state: Approval.State(text) != nil
    case .creditCode: ServiceCode.isCreditCode(text)
    case .catalogCode: ServiceCode.isCatalogCode(text)
    case .taskCode: ServiceCode.isTaskCode(text)
    case .deliverables: ValueForm.names(text).allSatisfy { Progress.Deliverable($0) != nil }
    case .flag: ValueForm.flag(text) != nil
    }
  }

  /// A valid text as the value that formats write.
  package func value(of text: String) -> CellValue {
    if text.isEmpty { return .empty }
    switch self {
    case .names, .audiences: return .texts(ValueForm.names(text))
    case .deliverables: return .texts(ValueForm.names(text).map { Progress.Deliverable($0)?.name ?? $0 })
    case .level: return .text(Region.Level(text)?.name ?? text)
    case .state: return .text(Approval.State(text)?.name ?? text)
    case .number(let minimum): return ValueForm.number(text, from: minimum).map { .number($0) } ?? .text(text)
    case .flag: return ValueForm.flag(text).map { .flag($0) } ?? .text(text)
    default: return .text(text)
    }
  }
}

/// The value of a cell on its way out, as far as formats write it differently.
package enum CellValue: Sendable, Hashable {
  case empty
  case text(String)
  case texts([String])
  case number(Int)
  case flag(Bool)

  /// As a cell of a table.
  package var cell: String {
    switch self {
    case .empty: ""
    case .text(let text): text
    case .texts(let texts): texts.joined(separator: ";")
    case .number(let number): String(number)
    case .flag(let isSet): isSet ? "yes" : ""
    }
  }

  /// As the value of an XML attribute; nil where the attribute is left out.
  package var attribute: String? {
    switch self {
    case .empty, .flag(false): nil
    case .flag(true): "true"
    case .texts, .text, .number: cell.isEmpty ? nil : cell
    }
  }
}

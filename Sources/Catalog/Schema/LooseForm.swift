import AtomicFiles
import Deadlines

/// Values as people and spreadsheet programs write them: forms that are not the written form of their column, but have one
/// meaning only. What has more than one, such as 2/10/2025, is left to be corrected.
package enum LooseForm {
  /// A text with half-width digits, letters and signs, without blanks.
  static func compact(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case " ", "\t", "\u{A0}", "\u{3000}": continue
      case "\u{FF01}"..."\u{FF5E}": scalars.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  // MARK: Days

  /// The numbers of a date and the marks between them: `2025/2/10`, `2025年2月10日`. A time of midnight, which spreadsheets
  /// append, is dropped. Nil if there is anything else.
  private static func dateParts(_ text: String) -> (numbers: [Int], marks: Set<Character>)? {
    let words = text.split { " \t\u{A0}\u{3000}T".contains($0) }
    let isMidnight = words.count > 1 && words[words.count - 1].contains(":")
    if isMidnight, !words[words.count - 1].allSatisfy({ "0:.Z".contains($0) }) { return nil }
    var numbers: [Int] = []
    var marks: Set<Character> = []
    var digits = ""
    func number() -> Int? { digits.isEmpty || digits.utf8.count > 8 ? nil : Int(digits) }
    for character in compact((isMidnight ? words.dropLast() : words[...]).joined()) {
      switch character {
      case "0"..."9": digits.append(character)
      case "/", ".", "-", "年", "月", "日", "号":
        guard let number = number() else { return nil }
        numbers.append(number)
        marks.insert(character)
        digits = ""
      default: return nil
      }
    }
    if !digits.isEmpty {
      guard let number = number() else { return nil }
      numbers.append(number)
    }
    return (numbers, marks)
  }

  /// The day of 2025/2/10, 2025-2-10, 2025.2.10, 20250210, 2025年2月10日, also in full-width digits.
  package static func day(_ text: String) -> Day? {
    guard let (numbers, _) = dateParts(text) else { return nil }
    if numbers.count == 1, (10_000_101...99_991_231).contains(numbers[0]) {
      return Day(year: numbers[0] / 10_000, month: numbers[0] / 100 % 100, day: numbers[0] % 100)
    }
    guard numbers.count == 3, numbers[0] >= 1000 else { return nil }
    return Day(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  /// What a date of more than one meaning may stand for, the likeliest first: 2/10/2025, 25-2-10, or 45698, which is how
  /// a spreadsheet counts days.
  package static func likelyDays(_ text: String) -> [Day] {
    guard let (numbers, marks) = dateParts(text) else { return [] }
    // Days from 1899-12-30, within this century.
    if numbers.count == 1, (36_526...73_050).contains(numbers[0]) {
      return Day(year: 1899, month: 12, day: 30).map { [$0.adding(days: numbers[0])] } ?? []
    }
    guard numbers.count == 3 else { return [] }
    let (a, b, c) = (numbers[0], numbers[1], numbers[2])
    var orders: [Day?] = []
    if c >= 1000 {
      orders = [Day(year: c, month: a, day: b), Day(year: c, month: b, day: a)]
    } else if a < 100, c < 100 {
      orders = [Day(year: 2000 + a, month: b, day: c)]
      if marks == ["/"] { orders += [Day(year: 2000 + c, month: a, day: b), Day(year: 2000 + c, month: b, day: a)] }
    }
    var found: [Day] = []
    for case let day? in orders where !found.contains(day) { found.append(day) }
    return found
  }

  // MARK: Numbers and periods

  /// A number in full-width digits, or with blanks between them. A number in words may be a mistake in the column.
  static func number(_ text: String) -> Int? { ValueForm.number(compact(text), from: 0) }

  /// A number in digits, or from 1 to 99 in Chinese characters: 三, 十二, 二十四.
  private static func quantity(_ text: Substring) -> Int? {
    if let number = ValueForm.number(String(text), from: 0) { return number }
    let digits: [Character: Int] = [
      "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]
    let parts = text.split(separator: "十", omittingEmptySubsequences: false)
    guard !text.isEmpty, parts.count <= 2 else { return nil }
    func digit(_ part: Substring, or empty: Int) -> Int? {
      part.isEmpty ? empty : part.count == 1 ? part.first.flatMap { digits[$0] } : nil
    }
    if parts.count == 1 { return digit(parts[0], or: 0) }
    guard let tens = digit(parts[0], or: 1), let ones = digit(parts[1], or: 0) else { return nil }
    return tens * 10 + ones
  }

  /// The months of 1个月, 三个月, 半年, 1年, 一年半, 1年6个月, p1m.
  static func months(_ text: String) -> Int? {
    let text = compact(text)
    if let months = ValueForm.months(text.uppercased()) { return months }
    if text == "半年" { return 6 }
    var rest = Substring(text)
    var months = 0
    if let end = rest.firstIndex(of: "年") {
      guard let years = quantity(rest[..<end]), years < 100 else { return nil }
      months = years * 12
      rest = rest[rest.index(after: end)...]
      if rest == "半" {
        months += 6
        rest = ""
      }
    }
    if !rest.isEmpty {
      // 1月 may be January.
      guard let unit = ["个月", "個月"].first(where: rest.hasSuffix),
        let count = quantity(rest.dropLast(unit.count)), count < 1200
      else { return nil }
      months += count
    }
    return (1..<1200).contains(months) ? months : nil
  }

  /// 40 of ４０, 40项, 40 个; 50+1 of 50＋1.
  static func count(_ text: String) -> String? {
    var text = compact(text)
    if let unit = text.last, "项个件".contains(unit) { text.removeLast() }
    return PrintedCount(text).value == nil ? nil : text
  }

  // MARK: Words

  static func flag(_ text: String) -> Bool? {
    let text = compact(text).lowercased()
    return ValueForm.flag(text) ?? ["y": true, "√": true, "✓": true, "✔": true, "n": false][text]
  }

  /// The texts of a cell that are separated by `;`, or as in running text by `、` or a comma.
  static func words(_ text: String) -> [String] {
    text.split { ";；|、，,".contains($0) }.map { String($0).trimmingBlanks }.filter { !$0.isEmpty }
  }
}

extension ValueKind {
  /// The normal form of a text that is written in another form of the same value; nil for a text in its normal form, and
  /// for what is not a value of this kind. The words that `datapackage.json` declares for a column are normal forms.
  ///
  /// - Parameter isAccepted: whether the written form as such is read.
  package func normalForm(of text: String, isAccepted: Bool) -> String? {
    if text.isEmpty { return nil }
    switch self {
    case .text, .sentence, .subject, .identifier, .prefix, .code, .matterID, .names, .deadline, .departments,
      .approvals, .level, .reference:
      return nil
    case .creditCode, .catalogCode, .taskCode:
      let code = isAccepted ? text : ServiceCode.normal(text)
      return code != text && accepts(code) ? code : nil
    case .state:
      return isAccepted ? nil : Approval.State(LooseForm.compact(text).lowercased())?.name
    case .day: return isAccepted ? nil : LooseForm.day(text)?.description
    case .period: return isAccepted ? nil : LooseForm.months(text).map { "P\($0)M" }
    case .count: return isAccepted ? nil : LooseForm.count(text)
    case .number(let minimum):
      guard !isAccepted, let number = LooseForm.number(text), number >= minimum else { return nil }
      return String(number)
    case .audience: return normalWords(text, declared: Audience.builtInWords, Audience.builtInID)
    case .flag:
      if ["yes", "no", "是", "否"].contains(text) { return nil }
      return LooseForm.flag(text).map { $0 ? "yes" : "no" }
    case .audiences:
      return normalWords(text, declared: Audience.builtInWords, Audience.builtInID)
    case .deliverables:
      let words = Progress.Deliverable.allCases.flatMap { [$0.name, $0.title.zh] }
      return normalWords(text, declared: words) { Progress.Deliverable($0)?.name }
    }
  }

  private func normalWords(_ text: String, declared: [String], _ normal: (String) -> String?) -> String? {
    let written = text.split(omittingEmptySubsequences: false) { ";；|".contains($0) }
    if written.allSatisfy({ declared.contains(String($0)) }) { return nil }
    let words = LooseForm.words(text)
    let forms = words.compactMap(normal)
    return words.isEmpty || forms.count < words.count ? nil : forms.joined(separator: ";")
  }
}

/// Reads one deadline text: brings its characters to one form, then takes it apart from left to right. It never looks
/// back further than one number, so its time grows with the text and no faster.
struct DeadlineReader {
  /// More characters than any deadline has; a text that is longer, blanks aside, is not one.
  private static let longest = 120

  /// The text without blanks, its full-width characters and the many dashes brought to one form.
  private var text: [Unicode.Scalar] = []
  /// The place of the next character in `text`.
  private var place = 0
  /// The place after the last character that counts.
  private var end = 0

  mutating func read(_ printed: String) -> Deadline {
    do throws(Deadline.Problem) {
      try normalise(printed)
      guard end > 0 else { return Deadline(kind: .empty) }
      unwrap()
      takeLabel()
      let first = place
      let deadline = try readForm()
      // 1900年前 ends in the year before.
      if let due = deadline.due, !DeadlineReader.years.contains(due.year) { throw .impossibleYear(due.year) }
      return Deadline(
        kind: deadline.kind, start: deadline.start, due: deadline.due, recurrence: deadline.recurrence,
        style: Deadline.Style(pattern: pattern(first..<end, numbered: deadline.kind != .open)))
    } catch {
      return Deadline(kind: .unreadable, problem: error)
    }
  }

  /// The years that a notice can mean; any other number of four digits is a slip.
  private static let years = 1900...2199

  /// The whole of a deadline: one of the five families of forms.
  private mutating func readForm() throws(Deadline.Problem) -> Deadline {
    guard place < end else { throw .unknownForm }
    if contains("工作日") { throw .workingDays }
    if isOpen() { return Deadline(kind: .open) }
    if take("每") { return try readRecurring() }
    if let plan = try readPlan() { return plan }
    return try readDates()
  }
}

// MARK: - Characters

extension DeadlineReader {
  /// Fills `text`. A blank between two digits in figures is refused, for 1 2 is not surely 12; a blank anywhere else is
  /// typesetting.
  private mutating func normalise(_ printed: String) throws(Deadline.Problem) {
    var blank = false
    for scalar in printed.unicodeScalars {
      if DeadlineReader.isBlank(scalar) {
        blank = true
        continue
      }
      let plain = DeadlineReader.plain(scalar)
      if blank, DeadlineReader.isFigure(plain), let last = text.last, DeadlineReader.isFigure(last) {
        throw .blankInNumber
      }
      blank = false
      guard text.count < DeadlineReader.longest else { throw .tooLong }
      text.append(plain)
    }
    end = text.count
  }

  /// Blanks of any width, line ends, and the marks without width that copying leaves behind.
  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200D, 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF:
      true
    default: false
    }
  }

  /// A full-width character as its ASCII one, any dash as "-", any wave as "~", the round zeros as 〇.
  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xFF0D, 0x2010...0x2015, 0x2212, 0x2500, 0xFE58, 0xFE63: "-"
    case 0xFF5E, 0x301C, 0x223C, 0x02DC: "~"
    case 0x25CB, 0x25EF, 0x3007: "〇"
    case 0xFF01...0xFF5D: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    default: scalar
    }
  }

  private static func isFigure(_ scalar: Unicode.Scalar) -> Bool {
    scalar >= "0" && scalar <= "9"
  }

  /// The value of a Chinese numeral below ten; nil for any other character.
  private static func numeral(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "〇", "零": 0
    case "一": 1
    case "二": 2
    case "三": 3
    case "四": 4
    case "五": 5
    case "六": 6
    case "七": 7
    case "八": 8
    case "九": 9
    default: nil
    }
  }

  /// Leaves out brackets around the whole text and the mark that ends a sentence or a part of it.
  private mutating func unwrap() {
    for _ in 0..<4 {
      while end > place, "。;,、".unicodeScalars.contains(text[end - 1]) { end -= 1 }
      guard end - place >= 2 else { return }
      switch (text[place], text[end - 1]) {
      case ("(", ")"), ("[", "]"), ("〔", "〕"), ("【", "】"), ("〈", "〉"):
        place += 1
        end -= 1
      default:
        return
      }
    }
  }

  /// Leaves out the name of the column, which the inline form puts before the deadline.
  private mutating func takeLabel() {
    let mark = place
    for label in ["完成时限", "完成时间", "完成期限", "时限"] where take(label) {
      if take(":") { return }
      place = mark
    }
  }

  /// The wording, with its numbers left open where it has any: the 一 of 统一部署 is none.
  private func pattern(_ range: Range<Int>, numbered: Bool) -> String {
    var pattern = String.UnicodeScalarView()
    for index in range {
      let scalar = text[index]
      if !numbered {
        pattern.append(scalar)
      } else if DeadlineReader.isFigure(scalar) {
        if pattern.last != "N" { pattern.append("N") }
      } else if isNumeralPart(at: index) {
        if pattern.last != "〇" { pattern.append("〇") }
      } else {
        pattern.append(scalar)
      }
    }
    return String(pattern)
  }

  private func isNumeralPart(at index: Int) -> Bool {
    let scalar = text[index]
    if scalar == "元" { return index + 1 < end && text[index + 1] == "月" }
    return scalar == "十" || DeadlineReader.numeral(scalar) != nil
  }
}

// MARK: - Words and numbers

extension DeadlineReader {
  private var atEnd: Bool { place >= end }

  /// Whether a word stands at a place; a place outside the text holds none.
  private func stands(_ word: String, at index: Int) -> Bool {
    var index = index
    for scalar in word.unicodeScalars {
      guard index >= 0, index < end, text[index] == scalar else { return false }
      index += 1
    }
    return true
  }

  private func contains(_ word: String) -> Bool {
    (place..<end).contains { stands(word, at: $0) }
  }

  /// Takes a word if it stands next.
  private mutating func take(_ word: String) -> Bool {
    guard stands(word, at: place) else { return false }
    place += word.unicodeScalars.count
    return true
  }

  /// Takes the first of the words that stands next; the longer must be named before those that begin it.
  private mutating func takeAny(_ words: [String]) -> String? {
    for word in words where take(word) { return word }
    return nil
  }

  /// A number, and in how many figures; `figures` is nil for one in Chinese numerals with 十.
  private struct Number {
    var value: Int
    var figures: Int?
  }

  /// Takes a number in figures or in Chinese numerals. One that is too long for any year, month or day has its figures
  /// counted and the value 9999, which nothing takes for a date.
  private mutating func takeNumber() -> Number? {
    let mark = place
    var value = 0
    while place < end, DeadlineReader.isFigure(text[place]) {
      value = min(9999, value * 10 + Int(text[place].value - 0x30))
      place += 1
    }
    if place > mark { return Number(value: place - mark > 4 ? 9999 : value, figures: place - mark) }

    var tens: Int?
    var ones: Int?
    var digits = 0
    while place < end {
      if text[place] == "十", tens == nil, digits <= 1 {
        tens = digits == 0 ? 1 : ones
        ones = nil
      } else if let digit = DeadlineReader.numeral(text[place]) {
        // After 十 one numeral more makes the number; without it each is a figure, as in 二〇二二.
        if tens != nil, ones != nil { break }
        ones = tens == nil ? min(9999, (ones ?? 0) * 10 + digit) : digit
        digits += 1
      } else {
        break
      }
      place += 1
    }
    if let tens { return Number(value: tens * 10 + (ones ?? 0), figures: nil) }
    if let ones { return Number(value: digits > 4 ? 9999 : ones, figures: digits) }
    return nil
  }

  /// Takes what joins the two ends of a span.
  private mutating func takeJoin() -> Bool {
    takeAny(["--", "-", "~", "至", "到"]) != nil
  }
}

// MARK: - Open deadlines

extension DeadlineReader {
  /// Texts that set no end at all, as wholes: a word of them inside another sentence proves nothing.
  private static let openTexts: [String] = [
    "常态化工作", "常态化", "常态化推进", "常态化开展", "常态化实施", "常态工作", "持续推进", "持续", "持续实施", "持续开展",
    "持续落实", "持续完善", "持续优化", "持续加强", "长期", "长期推进", "长期坚持", "长期工作", "长期实施", "适时", "适时推进",
    "适时开展", "适时启动",
  ]

  private func isOpen() -> Bool {
    for known in DeadlineReader.openTexts
    where known.unicodeScalars.count == end - place && stands(known, at: place) {
      return true
    }
    // 按省级政务大数据平台建设工作部署时间: another authority sets the date. With a number in it, it may be a date.
    guard text[place] == "按" || stands("根据", at: place) else { return false }
    let endings = ["部署时间", "部署时间推进", "部署", "部署推进", "部署执行", "部署安排", "部署要求"]
    guard endings.contains(where: { stands($0, at: end - $0.unicodeScalars.count) }) else { return false }
    return !(place..<end).contains { DeadlineReader.isFigure(text[$0]) || text[$0] == "年" || text[$0] == "月" }
  }
}

// MARK: - Five-year plans

extension DeadlineReader {
  /// “十四五”期间 and “十四五”末. The plans are counted from 十一五, 2006 to 2010, five years each; 十五 and earlier ones
  /// are not told apart from other numbers and are not read.
  private mutating func readPlan() throws(Deadline.Problem) -> Deadline? {
    let mark = place
    _ = takeAny(["力争", "争取", "到", "至"])
    let quotes = [("“", "”"), ("\"", "\""), ("‘", "’"), ("「", "」"), ("『", "』"), ("”", "”"), ("“", "“")]
    let quote = quotes.first { take($0.0) }
    guard take("十"), place < end, let ordinal = DeadlineReader.numeral(text[place]), ordinal > 0,
      stands("五", at: place + 1)
    else {
      place = mark
      return nil
    }
    place += 2
    if quote != nil {
      let closings = quotes.filter { $0.0 == quote?.0 }.map(\.1)
      guard takeAny(closings) != nil else { throw .unknownForm }
    }
    let first = 2006 + 5 * (ordinal - 1)
    let start = YearPart.year.first(in: first)
    let due = YearPart.year.last(in: first + 4)
    if takeAny(["期末", "时期末", "末", "底"]) != nil {
      _ = takeAny(["以前", "之前", "前"])
      try takeTail()
      return Deadline(kind: .fiveYearPlan, due: due)
    }
    _ = takeAny(["规划期间", "规划期", "期间", "时期", "期"])
    _ = take("内")
    try takeTail()
    return Deadline(kind: .fiveYearPlan, start: start, due: due)
  }
}

// MARK: - Dates

extension DeadlineReader {
  private typealias YearPart = Deadline.YearPart

  /// A part of one year.
  private struct Period {
    var year: Int
    var part: Deadline.YearPart
    var first: Day { part.first(in: year) }
    var last: Day { part.last(in: year) }
  }

  /// How a period's end is worded.
  private enum Ending {
    /// Nothing, 内, 期间, 止: the period's last day.
    case plain
    /// 底, 末, with or without 前: the same.
    case end
    /// 前, 之前: before it, or by it when it is a day.
    case before
    /// 以前, which by 民法典 §1259 counts the period in and by common use may not.
    case upTo
  }

  /// A date, a period or a span, with the words before and after it.
  private mutating func readDates() throws(Deadline.Problem) -> Deadline {
    let fromOnly = takeAny(["自", "从"]) != nil
    for _ in 0..<3 where !fromOnly {
      guard takeAny(["力争", "争取", "确保", "截止到", "截止至", "截止", "截至", "到", "至", "于", "在"]) != nil else { break }
    }
    let (first, last) = try readPeriods()
    if fromOnly, last == nil { throw .beginningOnly }
    let ending = try takeEnding(after: last ?? first, inSpan: last != nil)
    try takeTail()

    if let last {
      guard ending != .before && ending != .upTo || last.part.isDay else { throw .ambiguousBefore }
      guard first.first <= last.last else { throw .reversed(start: first.first, end: last.last) }
      return Deadline(kind: .span, start: first.first, due: last.last)
    }
    switch (first.part, ending) {
    case (.year, .before): return Deadline(kind: .beforeYear, due: first.first.adding(days: -1))
    case (.month, .before): return Deadline(kind: .beforeMonth, due: first.first.adding(days: -1))
    case (.day, _): return Deadline(kind: .day, due: first.last)
    case (_, .before), (_, .upTo): throw .ambiguousBefore
    case (.year, _): return Deadline(kind: .yearEnd, due: first.last)
    case (.half, _): return Deadline(kind: .halfYearEnd, due: first.last)
    case (.quarter, _): return Deadline(kind: .quarterEnd, due: first.last)
    case (.month, _): return Deadline(kind: .monthEnd, due: first.last)
    case (.tenDays, _): return Deadline(kind: .tenDays, due: first.last)
    }
  }

  /// A period, or the two that bound a span: the first may leave its unit to the second (1—6月), the second its year to
  /// the first (11月至12月).
  private mutating func readPeriods() throws(Deadline.Problem) -> (Period, Period?) {
    guard let number = takeNumber() else { throw startingProblem() }
    guard number.figures == 4 else {
      // 22年 and 12月底 lack a year; 3年内 and 30日内 are no dates at all.
      let unit = takeAny(["年", "月", "日", "号", "季度"])
      if unit != nil, unit != "年" || number.figures == 2, !stands("内", at: place), !stands("以内", at: place) {
        throw .noYear
      }
      throw .unknownForm
    }
    let year = number.value
    guard DeadlineReader.years.contains(year) else { throw .impossibleYear(year) }

    if take("年") {
      if let unit = takeJoinedNumber() { return try finishShared(year: year, first: unit) }
      let first = Period(year: year, part: try readPart(year: year))
      if case .month(let month) = first.part, let unit = takeJoinedNumber() {
        // 2023年1月21—27日.
        guard let other = takeNumber(), takeAny(["日", "号"]) != nil else { throw .unknownForm }
        return (
          Period(year: year, part: try day(unit, month: month, year: year)),
          Period(year: year, part: try day(other, month: month, year: year))
        )
      }
      guard takeJoinBeforePeriod() else { return (first, nil) }
      return (first, try readSecond(after: first))
    }
    // 2021—2025: two years, and no month, for a month has two figures at the most.
    let mark = place
    if takeJoin(), let other = takeNumber(), other.figures == 4, !stands(".", at: place), !stands("/", at: place) {
      guard DeadlineReader.years.contains(other.value) else { throw .impossibleYear(other.value) }
      if take("年") { _ = take("度") }
      return (Period(year: year, part: .year), Period(year: other.value, part: .year))
    }
    place = mark
    guard let first = try readNumeric(year: year) else { throw .unknownForm }
    guard takeJoinBeforePeriod() else { return (first, nil) }
    return (first, try readSecond(after: first))
  }

  /// What is wrong with a text that does not begin with a number.
  private func startingProblem() -> Deadline.Problem {
    let relative = ["今年", "明年", "本年", "当年", "次年", "后年", "本月", "次月", "下月", "当月", "年内"]
    if relative.contains(where: { stands($0, at: place) }) { return .relative }
    let yearless = ["年底", "年末", "年前", "月底", "月末", "第", "上半年", "下半年", "元月"]
    return yearless.contains { stands($0, at: place) } ? .noYear : .unknownForm
  }

  /// What follows 年: a month, a day, a quarter, a half, or nothing, which is the year.
  private mutating func readPart(year: Int?) throws(Deadline.Problem) -> Deadline.YearPart {
    if takeAny(["上半年", "下半年"]) != nil { return .half(text[place - 3] == "上" ? 1 : 2) }
    if let quarter = try takeQuarter() { return .quarter(quarter) }
    if take("元月") { return try readWithinMonth(1, year: year) }
    let mark = place
    if let number = takeNumber() {
      guard take("月") else { throw .unknownForm }
      _ = take("份")
      return try readWithinMonth(try month(number), year: year)
    }
    place = mark
    // 2022年年底, 2022年度, 2022年全年: still the year.
    if ["年底", "年末", "年内"].contains(where: { stands($0, at: place) }) { place += 1 }
    _ = takeAny(["度", "全年"])
    return .year
  }

  /// 一季度, 第1季度; nothing is taken when there is none.
  private mutating func takeQuarter() throws(Deadline.Problem) -> Int? {
    let mark = place
    _ = take("第")
    if let number = takeNumber(), take("季度") || take("季") {
      guard (1...4).contains(number.value) else { throw .impossibleQuarter(number.value) }
      return number.value
    }
    place = mark
    return nil
  }

  /// What follows 月: a day, ten days, or nothing, which is the month.
  private mutating func readWithinMonth(_ month: Int, year: Int?) throws(Deadline.Problem) -> Deadline.YearPart {
    if let part = takeAny(["上旬", "中旬", "下旬"]) {
      return .tenDays(month: month, part: part == "上旬" ? 1 : part == "中旬" ? 2 : 3)
    }
    let mark = place
    if let number = takeNumber(), takeAny(["日", "号"]) != nil {
      return try day(number, month: month, year: year)
    }
    place = mark
    return .month(month)
  }

  private func month(_ number: Number) throws(Deadline.Problem) -> Int {
    guard (1...12).contains(number.value) else { throw .impossibleMonth(number.value) }
    return number.value
  }

  private func day(_ number: Number, month: Int, year: Int?) throws(Deadline.Problem) -> Deadline.YearPart {
    // A day of every year must be one in a common year as well.
    guard Day(year: year ?? 2001, month: month, day: number.value) != nil else {
      throw .impossibleDay(year: year, month: month, day: number.value)
    }
    return .day(month: month, day: number.value)
  }

  /// 2022.12, 2022.12., 2022-12-31, 2022/12/31 after the year; nil when no such mark follows.
  private mutating func readNumeric(year: Int) throws(Deadline.Problem) -> Period? {
    guard let mark = takeAny([".", "-", "/"]), let number = takeNumber(), let figures = number.figures, figures <= 2
    else { return nil }
    // 2023-25年 would be two years, but is no known form.
    guard !stands("年", at: place) else { return nil }
    let month = try month(number)
    let beforeDay = place
    if take(mark), let number = takeNumber(), let figures = number.figures, figures <= 2 {
      if mark == "." { _ = take(".") }
      return Period(year: year, part: try day(number, month: month, year: year))
    }
    place = beforeDay
    if mark == "." {
      let closed = take(".")
      // A spreadsheet takes 2022.10 for a number and shows 2022.1; no other month has a twin.
      if !closed, figures == 1, month == 1 { throw .lostZero }
    }
    return Period(year: year, part: .month(month))
  }

  /// Takes a join, if the second half of a span follows it.
  private mutating func takeJoinBeforePeriod() -> Bool {
    let mark = place
    _ = take("起")
    let join = place
    if takeJoin(), takeNumber() != nil || takeAny(["第", "下半年", "元月"]) != nil {
      place = join
      return takeJoin()
    }
    place = mark
    return false
  }

  /// The second half of a span, which may leave out what it shares with the first.
  private mutating func readSecond(after first: Period) throws(Deadline.Problem) -> Period {
    let mark = place
    if let number = takeNumber(), number.figures == 4 {
      guard DeadlineReader.years.contains(number.value) else { throw .impossibleYear(number.value) }
      if take("年") { return Period(year: number.value, part: try readPart(year: number.value)) }
      if let period = try readNumeric(year: number.value) { return period }
      throw .unknownForm
    }
    place = mark
    if case .day(let month, _) = first.part, let number = takeNumber(), takeAny(["日", "号"]) != nil {
      return Period(year: first.year, part: try day(number, month: month, year: first.year))
    }
    place = mark
    let part = try readPart(year: first.year)
    // Years join only years that are written out; a part of a year needs one before it.
    guard first.part != .year, part != .year else { throw .unknownForm }
    return Period(year: first.year, part: part)
  }

  /// A number (with or without 第) right before a join, whose unit stands only after the second number.
  private mutating func takeJoinedNumber() -> Number? {
    let mark = place
    _ = take("第")
    if let number = takeNumber(), takeJoin() { return number }
    place = mark
    return nil
  }

  /// The rest of 2023年1—6月 and 2023年一至三季度, after the join.
  private mutating func finishShared(year: Int, first number: Number) throws(Deadline.Problem) -> (Period, Period?) {
    if let last = try takeQuarter() {
      guard (1...4).contains(number.value) else { throw .impossibleQuarter(number.value) }
      return (Period(year: year, part: .quarter(number.value)), Period(year: year, part: .quarter(last)))
    }
    guard let other = takeNumber(), take("月") else { throw .unknownForm }
    _ = take("份")
    return (
      Period(year: year, part: .month(try month(number))), Period(year: year, part: .month(try month(other)))
    )
  }

  /// The words that say how a period bounds the work.
  private mutating func takeEnding(after period: Period, inSpan: Bool) throws(Deadline.Problem) -> Ending {
    if case .month = period.part, stands("月底", at: place) || stands("月末", at: place) { place += 1 }
    if !period.part.isDay, takeAny(["底", "末"]) != nil {
      _ = takeAny(["以前", "之前", "前"])
      return .end
    }
    // 前后 is "about", and is left for the tail to refuse.
    if stands("前后", at: place) { return .plain }
    if take("以前") { return .upTo }
    if takeAny(["之前", "前"]) != nil { return .before }
    if take("止") { return .plain }
    if !period.part.isDay || inSpan { _ = takeAny(["期间", "以内", "之内", "内"]) }
    return .plain
  }

  /// Takes the words that may follow a date, and refuses what is left.
  private mutating func takeTail() throws(Deadline.Problem) {
    if atEnd { return }
    if takeAny(["起", "开始", "以来", "以后", "之后", "后"]) != nil { throw .beginningOnly }
    if takeAny(["左右", "前后", "初", "中"]) != nil { throw .vague }
    let mark = place
    _ = takeAny(["全面", "全部", "基本", "正式"])
    let verb = takeAny([
      "完成到位", "完成", "落实到位", "落实", "到位", "建成投运", "建成", "投入使用", "投入运营", "上线", "实现", "办结",
    ])
    guard atEnd, verb != nil else {
      place = mark
      var rest = String.UnicodeScalarView()
      rest.append(contentsOf: text[place..<min(end, place + 12)])
      throw .trailing(String(rest))
    }
  }
}

// MARK: - Recurring deadlines

extension DeadlineReader {
  /// What follows 每.
  private mutating func readRecurring() throws(Deadline.Problem) -> Deadline {
    let recurrence: Deadline.Recurrence
    if take("年") {
      recurrence = try readYearly()
    } else if take("半年") {
      recurrence = try readCycle(.halfYear, ends: ["底", "末"])
    } else if takeAny(["季度", "季"]) != nil {
      recurrence = try readCycle(.quarter, ends: ["季末", "季度末", "底", "末"])
    } else if takeAny(["个月", "月"]) != nil {
      recurrence = try readCycle(.month, ends: ["月底", "月末", "底", "末"])
    } else {
      throw .unknownForm
    }
    try takeTail()
    return Deadline(kind: .recurring, recurrence: recurrence)
  }

  private mutating func readYearly() throws(Deadline.Problem) -> Deadline.Recurrence {
    if let ordinal = try takeOrdinal(.year) { return ordinal }
    let part = try readPart(year: nil)
    // The year does not matter to how the ending is worded.
    let ending = try takeEnding(after: Period(year: 2001, part: part), inSpan: false)
    switch (part, ending) {
    case (.month(let month), .before): return .beforeMonth(month)
    case (.day, _), (_, .plain), (_, .end): return part == .year ? .end(of: .year) : .yearly(part)
    case (_, .before), (_, .upTo): throw .ambiguousBefore
    }
  }

  /// What follows 每月, 每季度 or 每半年.
  private mutating func readCycle(
    _ cycle: Deadline.Cycle, ends: [String]
  ) throws(Deadline.Problem) -> Deadline.Recurrence {
    if let ordinal = try takeOrdinal(cycle) { return ordinal }
    if takeAny(ends) != nil {
      _ = takeAny(["以前", "之前", "前"])
      return .end(of: cycle)
    }
    if cycle == .quarter, take("首月") {
      guard let number = takeNumber(), takeAny(["日", "号"]) != nil else { throw .unknownForm }
      // Of the four first months April alone has no 31st, and that is enough to make it no day of each quarter.
      guard (1...30).contains(number.value) else { throw .impossibleOrdinal(number.value) }
      _ = takeAny(["以前", "之前", "前"])
      return .ordinal(day: number.value, of: .quarter)
    }
    if cycle == .month {
      if let part = takeAny(["上旬", "中旬", "下旬"]) {
        return part == "下旬" ? .end(of: .month) : .ordinal(day: part == "上旬" ? 10 : 20, of: .month)
      }
      if let number = takeNumber() {
        guard takeAny(["日", "号"]) != nil else { throw .unknownForm }
        guard (1...31).contains(number.value) else { throw .impossibleOrdinal(number.value) }
        _ = takeAny(["以前", "之前", "前"])
        return .ordinal(day: number.value, of: .month)
      }
    }
    _ = take("内")
    return .end(of: cycle)
  }

  /// 前10日内: the first so many days of a cycle.
  private mutating func takeOrdinal(_ cycle: Deadline.Cycle) throws(Deadline.Problem) -> Deadline.Recurrence? {
    let mark = place
    guard take("前"), let number = takeNumber(), takeAny(["日", "天"]) != nil else {
      place = mark
      return nil
    }
    let most = switch cycle {
    case .month: 31
    case .quarter: 90
    case .halfYear: 181
    case .year: 365
    }
    guard (1...most).contains(number.value) else { throw .impossibleOrdinal(number.value) }
    _ = takeAny(["以内", "之内", "内"])
    return .ordinal(day: number.value, of: cycle)
  }
}

extension Deadline.YearPart {
  /// Whether it is one day.
  fileprivate var isDay: Bool {
    if case .day = self { return true }
    return false
  }
}

extension DeadlineReader {
  typealias YearPart = Deadline.YearPart

  /// A part of one year.
  struct Period {
    var year: Int
    var part: Deadline.YearPart
    var first: Day { part.first(in: year) }
    var last: Day { part.last(in: year) }
  }

  /// How a period's end is worded.
  enum Ending {
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
  mutating func readDates() throws(Deadline.Problem) -> Deadline {
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
      if unit != nil, unit != "年" || number.figures == 2, !matches("内", at: cursor), !matches("以内", at: cursor) {
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
    let mark = cursor
    if takeJoin(), let other = takeNumber(), other.figures == 4, !matches(".", at: cursor), !matches("/", at: cursor) {
      guard DeadlineReader.years.contains(other.value) else { throw .impossibleYear(other.value) }
      if take("年") { _ = take("度") }
      return (Period(year: year, part: .year), Period(year: other.value, part: .year))
    }
    cursor = mark
    guard let first = try readNumeric(year: year) else { throw .unknownForm }
    guard takeJoinBeforePeriod() else { return (first, nil) }
    return (first, try readSecond(after: first))
  }

  /// What is wrong with a text that does not begin with a number.
  private func startingProblem() -> Deadline.Problem {
    let relative = ["今年", "明年", "本年", "当年", "次年", "后年", "本月", "次月", "下月", "当月", "年内"]
    if relative.contains(where: { matches($0, at: cursor) }) { return .relative }
    let yearless = ["年底", "年末", "年前", "月底", "月末", "第", "上半年", "下半年", "元月"]
    return yearless.contains { matches($0, at: cursor) } ? .noYear : .unknownForm
  }

  /// What follows 年: a month, a day, a quarter, a half, or nothing, which is the year.
  mutating func readPart(year: Int?) throws(Deadline.Problem) -> Deadline.YearPart {
    if takeAny(["上半年", "下半年"]) != nil { return .half(text[cursor - 3] == "上" ? 1 : 2) }
    if let quarter = try takeQuarter() { return .quarter(quarter) }
    if take("元月") { return try readWithinMonth(1, year: year) }
    let mark = cursor
    if let number = takeNumber() {
      guard take("月") else { throw .unknownForm }
      _ = take("份")
      return try readWithinMonth(try month(number), year: year)
    }
    cursor = mark
    // 2022年年底, 2022年度, 2022年全年: still the year.
    if ["年底", "年末", "年内"].contains(where: { matches($0, at: cursor) }) { cursor += 1 }
    _ = takeAny(["度", "全年"])
    return .year
  }

  /// 一季度, 第1季度; nothing is taken when there is none.
  private mutating func takeQuarter() throws(Deadline.Problem) -> Int? {
    let mark = cursor
    _ = take("第")
    if let number = takeNumber(), take("季度") || take("季") {
      guard (1...4).contains(number.value) else { throw .impossibleQuarter(number.value) }
      return number.value
    }
    cursor = mark
    return nil
  }

  /// What follows 月: a day, ten days, or nothing, which is the month.
  private mutating func readWithinMonth(_ month: Int, year: Int?) throws(Deadline.Problem) -> Deadline.YearPart {
    if let part = takeAny(["上旬", "中旬", "下旬"]) {
      return .tenDays(month: month, part: part == "上旬" ? 1 : part == "中旬" ? 2 : 3)
    }
    let mark = cursor
    if let number = takeNumber(), takeAny(["日", "号"]) != nil {
      return try day(number, month: month, year: year)
    }
    cursor = mark
    return .month(month)
  }

  func month(_ number: Number) throws(Deadline.Problem) -> Int {
    guard (1...12).contains(number.value) else { throw .impossibleMonth(number.value) }
    return number.value
  }

  func day(_ number: Number, month: Int, year: Int?) throws(Deadline.Problem) -> Deadline.YearPart {
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
    guard !matches("年", at: cursor) else { return nil }
    let month = try month(number)
    let beforeDay = cursor
    if take(mark), let number = takeNumber(), let figures = number.figures, figures <= 2 {
      if mark == "." { _ = take(".") }
      return Period(year: year, part: try day(number, month: month, year: year))
    }
    cursor = beforeDay
    if mark == "." {
      let closed = take(".")
      // A spreadsheet takes 2022.10 for a number and shows 2022.1; no other month has a counterpart.
      if !closed, figures == 1, month == 1 { throw .lostZero }
    }
    return Period(year: year, part: .month(month))
  }

  /// Takes a join, if the second half of a span follows it.
  private mutating func takeJoinBeforePeriod() -> Bool {
    let mark = cursor
    _ = take("起")
    let join = cursor
    if takeJoin(), takeNumber() != nil || takeAny(["第", "下半年", "元月"]) != nil {
      cursor = join
      return takeJoin()
    }
    cursor = mark
    return false
  }

  /// The second half of a span, which may leave out what it shares with the first.
  private mutating func readSecond(after first: Period) throws(Deadline.Problem) -> Period {
    let mark = cursor
    if let number = takeNumber(), number.figures == 4 {
      guard DeadlineReader.years.contains(number.value) else { throw .impossibleYear(number.value) }
      if take("年") { return Period(year: number.value, part: try readPart(year: number.value)) }
      if let period = try readNumeric(year: number.value) { return period }
      throw .unknownForm
    }
    cursor = mark
    if case .day(let month, _) = first.part, let number = takeNumber(), takeAny(["日", "号"]) != nil {
      return Period(year: first.year, part: try day(number, month: month, year: first.year))
    }
    cursor = mark
    let part = try readPart(year: first.year)
    // Years join only years that are written out; a part of a year needs one before it.
    guard first.part != .year, part != .year else { throw .unknownForm }
    return Period(year: first.year, part: part)
  }

  /// A number (with or without 第) directly before a join; its unit follows the second number.
  private mutating func takeJoinedNumber() -> Number? {
    let mark = cursor
    _ = take("第")
    if let number = takeNumber(), takeJoin() { return number }
    cursor = mark
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

  /// The words that relate a period to the deadline.
  mutating func takeEnding(after period: Period, inSpan: Bool) throws(Deadline.Problem) -> Ending {
    if case .month = period.part, matches("月底", at: cursor) || matches("月末", at: cursor) { cursor += 1 }
    if !period.part.isDay, takeAny(["底", "末"]) != nil {
      _ = takeAny(["以前", "之前", "前"])
      return .end
    }
    // 前后 is "about", and is left for the tail to refuse.
    if matches("前后", at: cursor) { return .plain }
    if take("以前") { return .upTo }
    if takeAny(["之前", "前"]) != nil { return .before }
    if take("止") { return .plain }
    if !period.part.isDay || inSpan { _ = takeAny(["期间", "以内", "之内", "内"]) }
    return .plain
  }

  /// Takes the words that may follow a date, and refuses what is left.
  mutating func takeTail() throws(Deadline.Problem) {
    if atEnd { return }
    if takeAny(["起", "开始", "以来", "以后", "之后", "后"]) != nil { throw .beginningOnly }
    if takeAny(["左右", "前后", "初", "中"]) != nil { throw .vague }
    let mark = cursor
    _ = takeAny(["全面", "全部", "基本", "正式"])
    let verb = takeAny([
      "完成到位", "完成", "落实到位", "落实", "到位", "建成投运", "建成", "投入使用", "投入运营", "上线", "实现", "办结",
    ])
    guard atEnd, verb != nil else {
      cursor = mark
      var rest = String.UnicodeScalarView()
      rest.append(contentsOf: text[cursor..<min(end, cursor + 12)])
      throw .trailing(String(rest))
    }
  }
}

extension Deadline.YearPart {
  /// Whether it is one day.
  fileprivate var isDay: Bool {
    if case .day = self { return true }
    return false
  }
}

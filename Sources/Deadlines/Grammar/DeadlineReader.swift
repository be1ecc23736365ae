/// Parses one deadline text: normalises its characters, then parses from left to right. It never backtracks further
/// than one number, so its time is linear in the text.
struct DeadlineReader {
  /// The most characters of a deadline, blanks not counted; a longer text is not one.
  static let longest = 120

  /// The text without blanks, with full-width characters and the various dashes normalised.
  var text: [Unicode.Scalar] = []
  /// The index of the next character in `text`.
  var cursor = 0
  /// The index after the last character that is parsed.
  var end = 0

  mutating func read(_ printed: String) -> Deadline {
    do throws(Deadline.Problem) {
      try normalise(printed)
      guard end > 0 else { return Deadline(kind: .empty) }
      unwrap()
      takeLabel()
      let first = cursor
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

  /// The years that a notice can mean; any other number of four digits is a typing error.
  static let years = 1900...2199

  /// A complete deadline: one of the five families of forms.
  private mutating func readForm() throws(Deadline.Problem) -> Deadline {
    guard cursor < end else { throw .unknownForm }
    if contains("工作日") { throw .workingDays }
    if isOpen() { return Deadline(kind: .open) }
    if take("每") { return try readRecurring() }
    if let plan = try readPlan() { return plan }
    return try readDates()
  }
}

// MARK: - Open deadlines

extension DeadlineReader {
  /// Complete texts that set no end. As a part of another sentence such a word proves nothing.
  private static let openTexts: [String] = [
    "常态化工作", "常态化", "常态化推进", "常态化开展", "常态化实施", "常态工作", "持续推进", "持续", "持续实施", "持续开展",
    "持续落实", "持续完善", "持续优化", "持续加强", "长期", "长期推进", "长期坚持", "长期工作", "长期实施", "适时", "适时推进",
    "适时开展", "适时启动",
  ]

  private func isOpen() -> Bool {
    for known in DeadlineReader.openTexts
    where known.unicodeScalars.count == end - cursor && matches(known, at: cursor) {
      return true
    }
    // 按省级政务大数据平台建设工作部署时间: another authority sets the date. With a number in it, it may be a date.
    guard text[cursor] == "按" || matches("根据", at: cursor) else { return false }
    let endings = ["部署时间", "部署时间推进", "部署", "部署推进", "部署执行", "部署安排", "部署要求"]
    guard endings.contains(where: { matches($0, at: end - $0.unicodeScalars.count) }) else { return false }
    return !(cursor..<end).contains { DeadlineReader.isFigure(text[$0]) || text[$0] == "年" || text[$0] == "月" }
  }
}

// MARK: - Five-year plans

extension DeadlineReader {
  /// “十四五”期间 and “十四五”末. The plans are counted from 十一五, 2006 to 2010, five years each; 十五 and earlier ones
  /// cannot be distinguished from other numbers and are not read.
  private mutating func readPlan() throws(Deadline.Problem) -> Deadline? {
    let mark = cursor
    _ = takeAny(["力争", "争取", "到", "至"])
    let quotes = [("“", "”"), ("\"", "\""), ("‘", "’"), ("「", "」"), ("『", "』"), ("”", "”"), ("“", "“")]
    let quote = quotes.first { take($0.0) }
    guard take("十"), cursor < end, let ordinal = DeadlineReader.numeral(text[cursor]), ordinal > 0,
      matches("五", at: cursor + 1)
    else {
      cursor = mark
      return nil
    }
    cursor += 2
    if quote != nil {
      let closings = quotes.filter { $0.0 == quote?.0 }.map(\.1)
      guard takeAny(closings) != nil else { throw .unknownForm }
    }
    let first = 2006 + 5 * (ordinal - 1)
    let start = Deadline.YearPart.year.first(in: first)
    let due = Deadline.YearPart.year.last(in: first + 4)
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

extension DeadlineReader {
  /// What follows 每.
  mutating func readRecurring() throws(Deadline.Problem) -> Deadline {
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
    let mark = cursor
    guard take("前"), let number = takeNumber(), takeAny(["日", "天"]) != nil else {
      cursor = mark
      return nil
    }
    let most =
      switch cycle {
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

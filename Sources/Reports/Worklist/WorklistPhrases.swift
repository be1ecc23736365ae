import Catalog
import Deadlines
import Localization
import Validator

/// What a worklist says of a matter, in the words of one language.
struct WorklistPhrases {
  let worklist: Worklist
  let language: Language

  init(_ worklist: Worklist, language: Language) {
    self.worklist = worklist
    self.language = language
  }

  func localized(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

  /// `市公安局“一件事一次办”工作清单`
  var title: String {
    guard let department = worklist.department else {
      return localized("“一件事一次办”工作清单", "“One thing, one visit” worklist")
    }
    return localized(
      "\(department.name)“一件事一次办”工作清单", "\(department.name): “one thing, one visit” worklist")
  }

  /// The sentences on a matter: its deadline, its report, what is missing, and whom to ask. Only the lead reports (§三(三)).
  /// - Parameter isKept: the text is kept for later days, as in a calendar, so that it says no “in 3 days”.
  func lines(_ row: DeadlineBoard.Row, isLed: Bool, isKept: Bool = false) -> [String] {
    var lines = [deadline(row, isKept: isKept)]
    if isLed, let report = report(row, isKept: isKept) { lines.append(report) }
    if let missing = missing(row) { lines.append(missing) }
    if !isLed || worklist.department == nil {
      let separator = row.leadChoice == .all ? localized("、", ", ") : localized(" 或 ", " or ")
      lines.append(localized("牵头：", "Lead: ") + row.lead.joined(separator: separator))
    }
    let own = worklist.ownItems(row)
    if !own.isEmpty { lines.append(localized("本部门办理：", "Own items: ") + joined(own)) }
    if isLed {
      for partner in worklist.others(row) {
        lines.append(partner.name + localized("：", ": ") + joined(partner.items))
      }
    }
    return lines
  }

  func joined(_ items: [String]) -> String { items.joined(separator: localized("、", ", ")) }

  private func deadline(_ row: DeadlineBoard.Row, isKept: Bool) -> String {
    let label = localized("时限：", "Deadline: ")
    guard let due = row.due ?? row.nextDue else {
      return label + (row.deadline.isEmpty ? localized("未写明", "none given") : row.deadline)
    }
    if isKept { return label + row.deadline + localized("（\(due)）", " (\(due))") }
    return label + row.deadline + localized("（\(due)，\(relative(due))）", " (\(due), \(relative(due)))")
  }

  /// `还有 3 天`
  func relative(_ day: Day) -> String {
    let left = worklist.day.days(until: day)
    switch left {
    case 0: return localized("今日", "today")
    case 1...: return localized("还有 \(left) 天", "in \(FindingsSummary.counted(left, "day"))")
    default: return localized("已过 \(-left) 天", "\(FindingsSummary.counted(-left, "day")) ago")
    }
  }

  private func report(_ row: DeadlineBoard.Row, isKept: Bool) -> String? {
    guard let window = row.window else { return nil }
    let days =
      window.opens.map { localized("\($0) 至 \(window.closes)", "\($0) to \(window.closes)") }
      ?? localized("\(window.closes) 前", "by \(window.closes)")
    if isKept { return localized("报送：\(days)", "Report: \(days)") }
    let state = DeadlineListing.window(row, on: worklist.day).shown(language)
    return localized("报送：\(days)（\(state)）", "Report: \(days) (\(state))")
  }

  private func missing(_ row: DeadlineBoard.Row) -> String? {
    if row.recorded == .nothingOfList { return localized("完成情况：无记录", "Record: none") }
    if row.recorded.isComplete == true, row.missing.isEmpty { return localized("已完成", "Complete") }
    guard !row.missing.isEmpty else { return nil }
    return localized("尚缺：", "Missing: ") + DeadlineListing.titles(row.missing)[language]
  }
}

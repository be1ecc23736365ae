import CSVFormat
import Deadlines
import Localization

/// Rows of the small tables as values of the model.
enum SmallTables {
  static func read(_ kind: TableKind, _ table: OpenTable, into builder: CatalogBuilder) {
    table.forEachRow(kind, into: builder) { cells, position in
      let row = Row(cells: cells, position: position, builder: builder)
      switch kind {
      case .notices:
        builder.notices.append(
          Notice(
            id: row.id(), number: row[1], title: row[2], issuer: row[3], issued: row.day(4), position: position))
      case .lists:
        builder.lists.append(
          MatterList(
            id: row.id(), prefix: row[1], notice: row[2], noticeIndex: nil, annex: row[3], title: row[4],
            announced: row.number(5), audiences: row.audiences(6), deadlineHeading: row[7], remarkHeading: row[8],
            reportMonths: row.months(9), reportBy: row.day(10), isPartial: false, position: position))
      case .departments:
        builder.departments.append(
          Department(
            id: row.id(), short: row[1], full: row[2], general: row[3], aliases: row.names(4), kind: row[5],
            position: position))
      case .approvals:
        builder.approvals.append(
          Approval(
            id: row.id(), name: row[1], aliases: row.names(2), kind: row[3], competent: row[4], competentIndex: nil,
            position: position))
      case .targets:
        builder.targets.append(
          Target(
            id: row.id(), notice: row[1], noticeIndex: nil, list: row[2], listIndex: nil, audience: row.audience(3),
            countText: row[4], count: row.count(4), afterText: row[5], after: Deadline(printed: row[5]),
            deadlineText: row[6], deadline: Deadline(printed: row[6]), text: row[7], position: position))
      case .progress:
        var dates: [Day?] = []
        var unreadable: Set<Int> = []
        for deliverable in Progress.Deliverable.allCases {
          let column = deliverable.rawValue + 1
          let day = row.day(column)
          if day == nil, !row[column].isEmpty { unreadable.insert(deliverable.rawValue) }
          dates.append(day)
        }
        builder.progress.append(
          Progress(matter: row[0], matterIndex: nil, dates: dates, unreadable: unreadable, position: position))
      case .waivers:
        builder.waivers.append(Waiver(rule: row[0], subject: row[1], reason: row[2], position: position))
      case .matters, .items:
        break
      }
    }
  }

  /// The names in a cell that holds several, separated by `;` (or the full-width `；`, or `|`).
  static func names(_ text: String) -> [String] {
    text.split(whereSeparator: { $0 == ";" || $0 == "；" || $0 == "|" })
      .map { String($0).trimmingBlanks }
      .filter { !$0.isEmpty }
  }

  /// `50` or `50+1`.
  static func count(_ text: String) -> Int? {
    var sum = 0
    let parts = text.split(separator: "+", omittingEmptySubsequences: false)
    for part in parts {
      let word = String(part).trimmingBlanks
      guard !word.isEmpty, word.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let value = Int(word) else { return nil }
      let (total, overflow) = sum.addingReportingOverflow(value)
      if overflow { return nil }
      sum = total
    }
    return sum
  }

  private struct Row {
    let cells: [String?]
    let position: SourcePosition
    let builder: CatalogBuilder

    subscript(column: Int) -> String { cells[column] ?? "" }

    private func report(_ expectation: ReadingIssue.Expectation, _ column: Int) {
      builder.issues.append(
        ReadingIssue(.malformedValue(expectation), at: position.cell(column), subject: cells[0], text: cells[column]))
    }

    /// The id in the first cell: lower-case letters and digits in words joined by hyphens, as `datapackage.json` asks.
    func id() -> String {
      let text = self[0]
      var afterHyphen = true
      for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): afterHyphen = false
        case UInt8(ascii: "-") where !afterHyphen: afterHyphen = true
        default:
          report(.identifier, 0)
          return text
        }
      }
      if afterHyphen, !text.isEmpty { report(.identifier, 0) }
      return text
    }

    func day(_ column: Int) -> Day? {
      let text = self[column]
      if text.isEmpty { return nil }
      if let day = Day(iso: text) { return day }
      report(.date, column)
      return nil
    }

    func number(_ column: Int) -> Int? {
      let text = self[column]
      if text.isEmpty { return nil }
      if text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let value = Int(text) { return value }
      report(.number, column)
      return nil
    }

    func count(_ column: Int) -> Int? {
      let text = self[column]
      if text.isEmpty { return nil }
      if let value = SmallTables.count(text) { return value }
      report(.count, column)
      return nil
    }

    /// `P1M`: so many months.
    func months(_ column: Int) -> Int? {
      let text = self[column]
      if text.isEmpty { return nil }
      if text.hasPrefix("P"), text.hasSuffix("M"), let value = Int(text.dropFirst().dropLast()), value > 0, value < 1200
      {
        return value
      }
      report(.period, column)
      return nil
    }

    func audience(_ column: Int) -> Audience? {
      let text = self[column]
      if text.isEmpty { return nil }
      if let audience = Audience(text) { return audience }
      report(.audience, column)
      return nil
    }

    func audiences(_ column: Int) -> [Audience] {
      SmallTables.names(self[column]).compactMap { word in
        if let audience = Audience(word) { return audience }
        report(.audience, column)
        return nil
      }
    }

    func names(_ column: Int) -> [String] { SmallTables.names(self[column]) }
  }
}

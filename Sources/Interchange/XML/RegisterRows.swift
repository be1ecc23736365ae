import Catalog
import Deadlines
import Localization
import XMLFormat

/// The small sections of a document: registers, lists, targets, progress, waivers. A row is gathered in the columns of its
/// table, and judged as a row of the table would be.
final class RegisterRows {
  private typealias Word = CatalogFormat.Word

  private let builder: CatalogBuilder
  private let source: Int
  private var section = CatalogFormat.Word.notices
  private var table = TableKind.notices

  /// The row that is open, by column.
  private var texts: [String] = []
  private var names: [String] = []
  private var audiences: [Audience] = []
  private var isPartial = false
  private var isInRow = false
  private var line = 0

  init(_ builder: CatalogBuilder, source: Int) {
    self.builder = builder
    self.source = source
  }

  /// What a person would call the row that is open.
  var subject: String? { isInRow && !(texts.first ?? "").isEmpty ? texts.first : nil }

  func begin(_ section: CatalogFormat.Word) {
    self.section = section
    table =
      switch section {
      case .lists: .lists
      case .departments: .departments
      case .approvals: .approvals
      case .targets: .targets
      case .progress: .progress
      case .waivers: .waivers
      default: .notices
      }
  }

  func start(_ word: CatalogFormat.Word, _ element: borrowing XMLElement) {
    if isInRow {
      // The due date of a target follows from its text.
      return
    }
    isInRow = true
    line = element.line
    texts = [String](repeating: "", count: table.columns.count)
    names = []
    audiences = []
    isPartial = false
    for attribute in element.attributes {
      let text = String(decoding: attribute.value, as: UTF8.self).trimmingBlanks
      guard let word = Word(rawValue: attribute.name) else { continue }
      if word == .partial {
        isPartial = text == "true"
      } else if let column = column(word) {
        texts[column] = text
      }
    }
  }

  /// - Returns: whether the section has ended.
  func end(_ word: CatalogFormat.Word, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard isInRow else { return word == section }
    let isRow =
      switch table {
      case .notices: word == .notice
      case .lists: word == .list
      case .departments: word == .department
      case .approvals: word == .approval
      case .targets: word == .target
      case .progress: word == .record
      case .waivers: word == .waiver
      case .matters, .items: false
      }
    if isRow {
      if table == .waivers { texts[2] = String(decoding: text, as: UTF8.self).trimmingBlanks }
      add()
      isInRow = false
      return false
    }
    let value = String(decoding: text, as: UTF8.self).trimmingBlanks
    if word == .alias {
      // A table holds several names in a cell, so that none can hold what stands between them there.
      names += value.split(whereSeparator: { $0 == ";" || $0 == "；" || $0 == "|" }).map { String($0).trimmingBlanks }
        .filter { !$0.isEmpty }
    } else if table == .lists, word == .audience {
      if let audience = Audience(value) { audiences.append(audience) }
    } else if let column = column(word) {
      texts[column] = value
    }
    return false
  }

  /// The column of the open row's table that an element or attribute fills.
  private func column(_ word: CatalogFormat.Word) -> Int? {
    switch word {
    case .deadlineHeading: table.column("deadline_heading")
    case .remarkHeading: table.column("remark_heading")
    case .reportWindow: table.column("report_window")
    case .reportBy: table.column("report_by")
    case .singleSubmission: table.column("single_submission")
    default: table.column("\(word)")
    }
  }

  // MARK: Rows

  private var row: SourcePosition { .row(source: source, table: table, offset: line) }

  private subscript(column: Int) -> String { texts[column] }

  private func report(_ kind: ReadingIssue.Kind, _ column: Int) {
    builder.issues.append(ReadingIssue(kind, at: row.cell(column), subject: texts[0].isEmpty ? nil : texts[0]))
  }

  private func add() {
    for (column, wanted) in table.columns.enumerated() where wanted.mustBeFilled && texts[column].isEmpty {
      // An attribute that the schema asks for is told by it.
      if column == 0 { continue }
      report(.missingValue, column)
    }
    switch table {
    case .notices:
      builder.notices.append(
        Notice(id: self[0], number: self[1], title: self[2], issuer: self[3], issued: day(4), position: row))
    case .lists:
      builder.lists.append(
        MatterList(
          id: self[0], prefix: self[1], notice: self[2], annex: self[3], title: self[4],
          announced: RegisterRows.sum(self[5]), audiences: audiences, deadlineHeading: self[7],
          remarkHeading: self[8], reportMonths: months(9), reportBy: day(10), isPartial: isPartial, position: row))
    case .departments:
      builder.departments.append(
        Department(
          id: self[0], short: self[1], full: self[2], general: self[3], aliases: names, kind: self[5], position: row))
    case .approvals:
      builder.approvals.append(
        Approval(id: self[0], name: self[1], aliases: names, kind: self[3], competent: self[4], position: row))
    case .targets:
      builder.targets.append(
        Target(
          id: self[0], notice: self[1], list: self[2], audience: Audience(self[3]), countText: self[4],
          count: RegisterRows.sum(self[4]), afterText: self[5], after: Deadline(printed: self[5]),
          deadlineText: self[6], deadline: Deadline(printed: self[6]), text: self[7], position: row))
    case .progress:
      let dates = Progress.Deliverable.allCases.map { day($0.rawValue + 1) }
      let unreadable = Set(dates.indices.filter { dates[$0] == nil && !self[$0 + 1].isEmpty })
      builder.progress.append(Progress(matter: self[0], dates: dates, unreadable: unreadable, position: row))
    case .waivers:
      builder.waivers.append(Waiver(rule: self[0], subject: self[1], reason: self[2], position: row))
    case .matters, .items: break
    }
  }

  /// One that is malformed is told by the schema.
  private func day(_ column: Int) -> Day? { Day(iso: self[column]) }

  /// `50`, or `50+1`.
  private static func sum(_ text: String) -> Int? {
    var sum = 0
    for part in text.split(separator: "+", omittingEmptySubsequences: false) {
      guard let value = Int(part), value >= 0, !part.hasPrefix("+") else { return nil }
      let (total, overflow) = sum.addingReportingOverflow(value)
      if overflow { return nil }
      sum = total
    }
    return sum
  }

  /// Months of a period; one in weeks or days is of the right form, but no report window.
  private func months(_ column: Int) -> Int? {
    guard self[column].hasPrefix("P") else { return nil }
    var months = 0
    var digits = ""
    for character in self[column].dropFirst() {
      switch character {
      case "0"..."9": digits.append(character)
      case "Y", "M":
        guard let value = Int(digits), value < 1200 else { return reportPeriod(column) }
        months += character == "Y" ? value * 12 : value
        digits = ""
      default: return reportPeriod(column)
      }
    }
    return digits.isEmpty && (1..<1200).contains(months) ? months : reportPeriod(column)
  }

  private func reportPeriod(_ column: Int) -> Int? {
    report(.malformedValue(.period), column)
    return nil
  }
}

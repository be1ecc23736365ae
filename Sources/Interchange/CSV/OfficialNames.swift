import Catalog
import Deadlines
import Localization

/// What printed texts are by the registers, worked out once for each distinct text.
final class OfficialNames {
  let departments: Register
  let approvals: Register
  private var departmentCells: [String: Bool] = [:]
  private var approvalCells: [String: Bool] = [:]

  init(_ base: Catalog) {
    departments = base.departmentRegister
    approvals = base.approvalRegister
  }

  /// One approval, or a choice between several.
  func isApproval(_ name: String) -> Bool {
    if let known = approvalCells[name] { return known }
    let isKnown =
      approvals.owner(of: name) != nil
      || PrintedApprovals(printed: name, in: approvals).entries.allSatisfy { $0.approval != nil }
    approvalCells[name] = isKnown
    return isKnown
  }

  /// One department, or several that are all known.
  func isDepartments(_ name: String) -> Bool {
    if let known = departmentCells[name] { return known }
    let isKnown = PrintedDepartments(printed: name, in: departments).isResolved
    departmentCells[name] = isKnown
    return isKnown
  }

  /// Cells that hold what belongs into another column.
  func slip(_ text: (ListHeading.Column) -> OfficialCell) -> LocalizedText? {
    func isDeadline(_ cell: OfficialCell) -> Bool {
      if let known = cell.isDeadline { return known }
      var isDay = false
      if cell.word.unicodeScalars.contains(where: { ("0"..."9").contains($0) }) {
        switch Deadline(printed: cell.word).kind {
        case .empty, .unreadable, .open: break
        default: isDay = true
        }
      }
      cell.isDeadline = isDay
      return isDay
    }
    func isDepartments(_ cell: OfficialCell) -> Bool {
      if let known = cell.isDepartments { return known }
      let word = cell.word
      let isKnown =
        !word.isEmpty && word != "/" && word != "／" && approvals.owner(of: word) == nil && self.isDepartments(word)
      cell.isDepartments = isKnown
      return isKnown
    }
    func isApproval(_ cell: OfficialCell) -> Bool {
      if let known = cell.isApproval { return known }
      let word = cell.word
      let isKnown = !word.isEmpty && approvals.owner(of: word) != nil && departments.owner(of: word) == nil
      cell.isApproval = isKnown
      return isKnown
    }
    var slipped: [ListHeading.Column] = []
    for column in [ListHeading.Column.name, .item] where isDepartments(text(column)) { slipped.append(column) }
    for column in [ListHeading.Column.item, .lead, .responsible] where isDeadline(text(column)) {
      slipped.append(column)
    }
    for column in [ListHeading.Column.lead, .responsible] where isApproval(text(column)) { slipped.append(column) }
    let type = text(.type).word
    if !type.isEmpty, Audience(type) == nil { slipped.append(.type) }
    let name = text(.name).word
    if type.isEmpty, name.utf8.contains(UInt8(ascii: " ")), let first = name.split(separator: " ").first,
      Audience(String(first)) != nil, name.contains(" ")
    {
      slipped.append(.name)
    }
    guard let column = slipped.first else { return nil }
    let title = ListHeading.expected[column.rawValue]
    let cell = text(column).word
    return LocalizedText(
      zh: "\(title)一栏写的是“\(cell)”，这一行可能错列；按所在的栏读取",
      en: "the column \(title) holds “\(cell)”: the row may have slipped; it is read by its columns")
  }
}

import Catalog
import Deadlines
import Localization

/// Classifies printed texts by means of the registers, once for each distinct text.
final class OfficialNames {
  let departments: Register
  let approvals: Register
  private let audiences: AudienceRegister
  private var departmentCells: [String: Bool] = [:]
  private var approvalCells: [String: Bool] = [:]

  init(_ base: Catalog) {
    departments = base.departmentRegister
    approvals = base.approvalRegister
    audiences = base.audienceRegister
  }

  /// Whether the text is a registered approval, or a choice between registered ones.
  func isApproval(_ name: String) -> Bool {
    if let known = approvalCells[name] { return known }
    let isKnown =
      approvals.owner(of: name) != nil
      || PrintedApprovals(printed: name, in: approvals).entries.allSatisfy { $0.approval != nil }
    approvalCells[name] = isKnown
    return isKnown
  }

  /// Whether the text lists one or more departments, all registered.
  func isDepartments(_ name: String) -> Bool {
    if let known = departmentCells[name] { return known }
    let isKnown = PrintedDepartments(printed: name, in: departments).isResolved
    departmentCells[name] = isKnown
    return isKnown
  }

  /// A message if a cell of the row holds a value of another column; nil if none does.
  func misalignment(_ text: (ListHeading.Column) -> OfficialCell) -> LocalizedText? {
    guard let column = misalignedColumn(text) else { return nil }
    let title = ListHeading.expected[column.rawValue]
    let cell = text(column).word
    return LocalizedText(
      zh: "“\(title.withInnerQuotes)”一栏写的是“\(cell)”，这一行可能错列；暂按所在的栏读取，请核对这一行各栏的内容",
      en:
        "the column \(title) holds “\(cell)”; the cells of this row may be in the wrong columns. They are read as they are; check the row"
    )
  }

  private func misalignedColumn(_ text: (ListHeading.Column) -> OfficialCell) -> ListHeading.Column? {
    for column in [ListHeading.Column.name, .item] where isDepartments(text(column)) { return column }
    for column in [ListHeading.Column.item, .lead, .responsible] where isDeadline(text(column)) { return column }
    for column in [ListHeading.Column.lead, .responsible] where isApproval(text(column)) { return column }
    // A short word is an audience that is not registered, which `unknown-audience` reports.
    let type = text(.type).word
    if !type.isEmpty, audiences.index(of: type) == nil {
      let cell = text(.type)
      return type.count > 4 || isDepartments(cell) || isApproval(cell) || isDeadline(cell) ? .type : nil
    }
    if !type.isEmpty { return nil }
    // The type is in the cell of the name: “个人 我要办证”.
    let name = text(.name).word
    guard name.utf8.contains(UInt8(ascii: " ")), let first = name.split(separator: " ").first else { return nil }
    return audiences.index(of: String(first)) != nil && name.contains(" ") ? .name : nil
  }

  // MARK: Cells, each text once

  private func isDeadline(_ cell: OfficialCell) -> Bool {
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

  private func isDepartments(_ cell: OfficialCell) -> Bool {
    if let known = cell.isDepartments { return known }
    let word = cell.word
    let isKnown =
      !word.isEmpty && word != "/" && word != "／" && approvals.owner(of: word) == nil && isDepartments(word)
    cell.isDepartments = isKnown
    return isKnown
  }

  private func isApproval(_ cell: OfficialCell) -> Bool {
    if let known = cell.isApproval { return known }
    let word = cell.word
    let isKnown = !word.isEmpty && approvals.owner(of: word) != nil && departments.owner(of: word) == nil
    cell.isApproval = isKnown
    return isKnown
  }
}

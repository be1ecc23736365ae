import Catalog
import Deadlines
import Localization

/// Classifies printed texts by means of the registers, once for each distinct text.
final class OfficialNames {
  let texts: OfficialTexts
  let departments: Register
  let approvals: Register
  private let audiences: AudienceRegister
  private var departmentTexts: [String: Bool] = [:]
  private var approvalTexts: [String: Bool] = [:]

  init(_ base: Catalog, _ texts: OfficialTexts) {
    self.texts = texts
    departments = base.departmentRegister
    approvals = base.approvalRegister
    audiences = base.audienceRegister
  }

  // MARK: Texts

  /// Whether the text is a registered approval, or a choice between registered ones.
  func isApproval(_ name: String) -> Bool {
    if let known = approvalTexts[name] { return known }
    let isKnown = readsAsApprovals(name)
    approvalTexts[name] = isKnown
    return isKnown
  }

  /// Whether the text lists one or more departments, all registered.
  func isDepartments(_ name: String) -> Bool {
    if let known = departmentTexts[name] { return known }
    let isKnown = readsAsDepartments(name)
    departmentTexts[name] = isKnown
    return isKnown
  }

  private func readsAsApprovals(_ name: String) -> Bool {
    approvals.owner(of: name) != nil
      || PrintedApprovals(printed: name, in: approvals).entries.allSatisfy { $0.approval != nil }
  }

  private func readsAsDepartments(_ name: String) -> Bool {
    var name = name
    if name.withUTF8(isUnknownName) { return false }
    return PrintedDepartments(printed: name, in: departments).isResolved
  }

  /// Whether a text is certainly one name, and not that of a department: most names of matters and items are.
  private func isUnknownName(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    OfficialNames.isOneName(text) && departments.lacks(text)
  }

  /// Whether `PrintedDepartments` takes the text as a single name: it has no blank and no separator, and does not end in 负责.
  private static func isOneName(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    for index in text.indices {
      switch text[index] {
      // Blanks, comma, semicolon and slash.
      case 0x00...0x20, 0x2C, 0x3B, 0x2F: return false
      // U+3000 and 、; the full-width comma, semicolon and slash.
      case 0xE3, 0xEF:
        guard index + 2 < text.count else { return false }
        switch (text[index], text[index + 1], text[index + 2]) {
        case (0xE3, 0x80, 0x80...0x81), (0xEF, 0xBC, 0x8C), (0xEF, 0xBC, 0x9B), (0xEF, 0xBC, 0x8F): return false
        default: continue
        }
      default: continue
      }
    }
    return !text.isEmpty && !text.suffix(6).elementsEqual("负责".utf8)
  }

  // MARK: Cells

  /// Whether a cell, without the blanks around it, is a registered approval, or a choice between registered ones.
  func readsAsApprovals(_ cell: OfficialCell) -> Bool {
    texts.answer(.readsAsApprovals, cell) { readsAsApprovals(texts.word(cell)) }
  }

  /// Whether a cell, without the blanks around it, lists one or more departments, all registered.
  func readsAsDepartments(_ cell: OfficialCell) -> Bool {
    texts.answer(.readsAsDepartments, cell) {
      !isUnknownName(texts.bytes(cell)) && readsAsDepartments(texts.word(cell))
    }
  }

  /// Whether a cell names a registered audience.
  func isAudience(_ cell: OfficialCell) -> Bool {
    texts.answer(.isAudience, cell) { audiences.index(of: texts.word(cell)) != nil }
  }

  /// A message if a cell of the row holds a value of another column; nil if none does.
  func misalignment(_ row: OfficialRow) -> LocalizedText? {
    guard let column = misalignedColumn(row) else { return nil }
    let title = ListHeading.expected[column.rawValue]
    let cell = texts.word(row[column])
    return LocalizedText(
      zh: "“\(title.withInnerQuotes)”一栏写的是“\(cell)”，这一行可能错列；暂按所在的栏读取，请核对这一行各栏的内容",
      en:
        "the column \(title) holds “\(cell)”; the cells of this row may be in the wrong columns. They are read as they are; check the row"
    )
  }

  private func misalignedColumn(_ row: OfficialRow) -> ListHeading.Column? {
    if isDepartments(row.name) { return .name }
    if isDepartments(row.item) { return .item }
    if isDeadline(row.item) { return .item }
    if isDeadline(row.lead) { return .lead }
    if isDeadline(row.responsible) { return .responsible }
    if isApproval(row.lead) { return .lead }
    if isApproval(row.responsible) { return .responsible }
    // A short word is an audience that is not registered, which `unknown-audience` reports.
    let type = row.type
    if !texts.isBlank(type) {
      if isAudience(type) { return nil }
      return texts.word(type).count > 4 || isDepartments(type) || isApproval(type) || isDeadline(type) ? .type : nil
    }
    // The type is in the cell of the name: “个人 我要办证”.
    guard texts.mayHoldSeveral(row.name) else { return nil }
    let name = texts.word(row.name)
    guard name.utf8.contains(UInt8(ascii: " ")), let first = name.split(separator: " ").first else { return nil }
    return audiences.index(of: String(first)) != nil && name.contains(" ") ? .name : nil
  }

  private func isDeadline(_ cell: OfficialCell) -> Bool {
    texts.answer(.isDeadline, cell) {
      let word = texts.word(cell)
      guard word.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return false }
      return switch Deadline(printed: word).kind {
      case .empty, .unreadable, .open: false
      default: true
      }
    }
  }

  private func isDepartments(_ cell: OfficialCell) -> Bool {
    texts.answer(.isDepartments, cell) {
      if isUnknownName(texts.bytes(cell)) { return false }
      let word = texts.word(cell)
      return !word.isEmpty && word != "/" && word != "／" && readsAsDepartments(cell)
        && approvals.owner(of: word) == nil
    }
  }

  private func isApproval(_ cell: OfficialCell) -> Bool {
    texts.answer(.isApproval, cell) {
      let word = texts.word(cell)
      return !word.isEmpty && approvals.owner(of: word) != nil && departments.owner(of: word) == nil
    }
  }
}

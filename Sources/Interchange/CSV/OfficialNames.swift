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
    if name.withUTF8({ isUnknown($0) }) { return false }
    return PrintedDepartments(printed: name, in: departments).isResolved
  }

  /// Whether a text certainly does not list registered departments, as most names of matters and items do not: neither it nor
  /// the first name in it is registered.
  private func isUnknown(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = OfficialNames.firstName(text) else { return false }
    return departments.lacks(first) && (first.count == text.count || departments.lacks(text))
  }

  private func isUnknown(_ cell: OfficialCell) -> Bool {
    let text = texts.bytes(cell)
    // An ordinary text has no blank and no separator.
    return texts.isOrdinary(cell)
      ? !OfficialNames.hasEnding(text) && departments.lacks(text) : isUnknown(text)
  }

  /// The text up to the first separator outside brackets, which `PrintedDepartments` takes as a single name. Nil if there is
  /// none, if it has a blank, or if it is the last and ends in 负责.
  private static func firstName(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    var depth = 0
    for index in text.indices {
      var character = UInt32(text[index])
      if character == 0xE3 || character == 0xEF {
        guard index + 2 < text.count else { return nil }
        character = character << 16 | UInt32(text[index + 1]) << 8 | UInt32(text[index + 2])
      }
      switch character {
      // Blanks and other control characters, U+3000.
      case 0x00...0x20, 0xE38080: return nil
      // The brackets ([（〔【《 and )]）〕】》.
      case 0x28, 0x5B, 0xEFBC88, 0xE38094, 0xE38090, 0xE3808A: depth += 1
      case 0x29, 0x5D, 0xEFBC89, 0xE38095, 0xE38091, 0xE3808B: depth = max(0, depth - 1)
      // Comma, semicolon, slash and 、.
      case 0x2C, 0x3B, 0x2F, 0xEFBC8C, 0xEFBC9B, 0xEFBC8F, 0xE38081:
        if depth == 0 { return index == 0 ? nil : UnsafeBufferPointer(rebasing: text[..<index]) }
      default: continue
      }
    }
    return text.isEmpty || hasEnding(text) ? nil : text
  }

  /// Whether a text ends in 负责, which may not be part of a name.
  private static func hasEnding(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.last == 0xA3 && text.suffix(6).elementsEqual("负责".utf8)
  }

  // MARK: Cells

  /// Whether a cell, without the blanks around it, is a registered approval, or a choice between registered ones.
  func readsAsApprovals(_ cell: OfficialCell) -> Bool {
    texts.answer(.readsAsApprovals, cell) { readsAsApprovals(texts.word(cell)) }
  }

  /// Whether a cell, without the blanks around it, lists one or more departments, all registered.
  func readsAsDepartments(_ cell: OfficialCell) -> Bool {
    texts.answer(.readsAsDepartments, cell) {
      !isUnknown(cell) && readsAsDepartments(texts.word(cell))
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
      if isUnknown(cell) { return false }
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

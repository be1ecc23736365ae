import Catalog
import Localization

/// Finds, before a document is begun, what the exchange format cannot hold, so that no invalid document is ever written.
final class ExportCheck {
  private let selected: Selected
  private let catalog: Catalog
  private var problems: [UnwritableCatalog.Problem] = []
  private var count = 0

  /// How many problems are told one by one.
  private static let shown = 5
  /// What a reader takes as a text (1 MB), and, six bytes for each that is escaped, in a tag (256 KB).
  private static let longestText = 1 << 20
  private static let longestAttribute = 40_000

  private init(_ selected: Selected) {
    self.selected = selected
    catalog = selected.catalog
  }

  static func check(_ selected: Selected) throws(UnwritableCatalog) {
    let check = ExportCheck(selected)
    check.registers()
    check.rows()
    check.texts()
    check.small()
    check.unread()
    if check.count > 0 { throw UnwritableCatalog(problems: check.problems, count: check.count) }
  }

  private func report(
    _ kind: UnwritableCatalog.Problem.Kind, _ table: TableKind, _ column: Int, _ subject: @autoclosure () -> String
  ) {
    count += 1
    guard problems.count < ExportCheck.shown else { return }
    let column = table.columns[column]
    problems.append(
      UnwritableCatalog.Problem(
        kind: kind, subject: subject(), column: LocalizedText(zh: column.title, en: column.name)))
  }

  // MARK: Forms

  private enum Form { case text, attribute, id, kind, prefix, matterID, count }

  /// A value of a small table. An empty one is left out of the document, so it is wrong only where the format asks for it.
  private func value(
    _ text: String, _ form: Form, _ table: TableKind, _ column: Int, _ subject: String, needed: Bool = false
  ) {
    guard !text.isEmpty else {
      if needed { report(.empty, table, column, subject) }
      return
    }
    var text = text
    let (forbidden, length) = text.withUTF8 { (XMLText.firstForbidden($0), $0.count) }
    if let forbidden { return report(.character(forbidden), table, column, subject) }
    let limit = form == .text ? ExportCheck.longestText : ExportCheck.longestAttribute
    if length > limit { return report(.tooLong, table, column, subject) }
    let fits =
      switch form {
      case .text, .attribute: true
      case .id: ExportCheck.isID(text.utf8)
      case .kind: ExportCheck.isKind(text.utf8)
      case .prefix: text.utf8.allSatisfy(ExportCheck.isLetterOrDigit)
      case .matterID: text.withUTF8(ExportCheck.isMatterID)
      case .count: ExportCheck.count(text) != nil
      }
    if !fits { report(.malformed(text), table, column, subject) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  private static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || isLower(byte | 0x20)
  }

  /// `[a-z0-9]+(-[a-z0-9]+)*`
  private static func isID(_ bytes: some Collection<UInt8>) -> Bool {
    var afterHyphen = true
    for byte in bytes {
      if byte == 0x2D {
        if afterHyphen { return false }
        afterHyphen = true
      } else {
        guard isDigit(byte) || isLower(byte) else { return false }
        afterHyphen = false
      }
    }
    return !afterHyphen
  }

  /// `[a-z][a-z0-9\-]*`
  private static func isKind(_ bytes: some Collection<UInt8>) -> Bool {
    guard let first = bytes.first, isLower(first) else { return false }
    return bytes.allSatisfy { isDigit($0) || isLower($0) || $0 == 0x2D }
  }

  /// `[0-9A-Za-z]+-[0-9]{3,}`
  private static func isMatterID(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let dash = bytes.lastIndex(of: 0x2D), dash > 0, bytes.count - dash > 3 else { return false }
    return bytes[..<dash].allSatisfy(isLetterOrDigit) && bytes[(dash + 1)...].allSatisfy(isDigit)
  }

  /// A count without the blanks that may stand in it: `50`, `50+1`; nil if it is none.
  static func count(_ text: String) -> String? {
    let digits = String(text.unicodeScalars.filter { !" \t\u{3000}\u{A0}".unicodeScalars.contains($0) })
    let parts = digits.utf8.split(separator: UInt8(ascii: "+"), omittingEmptySubsequences: false)
    return parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) } ? digits : nil
  }

  // MARK: Tables

  private func registers() {
    for index in selected.notices {
      let notice = catalog.notices[index]
      value(notice.id, .id, .notices, 0, "notices", needed: true)
      value(notice.number, .text, .notices, 1, notice.id)
      value(notice.title, .text, .notices, 2, notice.id)
      value(notice.issuer, .text, .notices, 3, notice.id)
    }
    for index in selected.lists {
      let list = catalog.lists[index]
      value(list.id, .id, .lists, 0, "lists", needed: true)
      value(list.prefix, .prefix, .lists, 1, list.id)
      value(list.noticeIndex == nil ? list.notice : "", .id, .lists, 2, list.id)
      value(list.annex, .attribute, .lists, 3, list.id)
      value(list.title, .text, .lists, 4, list.id)
      value(list.deadlineHeading, .text, .lists, 7, list.id)
      value(list.remarkHeading, .text, .lists, 8, list.id)
    }
    for index in selected.departments {
      let department = catalog.departments[index]
      value(department.id, .id, .departments, 0, "departments", needed: true)
      value(department.short, .text, .departments, 1, department.id)
      value(department.full, .text, .departments, 2, department.id)
      value(department.general, .text, .departments, 3, department.id)
      for alias in department.aliases { value(alias, .text, .departments, 4, department.id) }
      value(department.kind, .kind, .departments, 5, department.id)
    }
    for index in selected.approvals {
      let approval = catalog.approvals[index]
      value(approval.id, .id, .approvals, 0, "approvals", needed: true)
      value(approval.name, .text, .approvals, 1, approval.id)
      for alias in approval.aliases { value(alias, .text, .approvals, 2, approval.id) }
      value(approval.kind, .kind, .approvals, 3, approval.id)
      value(approval.competentIndex == nil ? approval.competent : "", .id, .approvals, 4, approval.id)
    }
  }

  private func small() {
    if selected.isWhole {
      for target in catalog.targets {
        value(target.id, .id, .targets, 0, "targets", needed: true)
        value(target.noticeIndex == nil ? target.notice : "", .id, .targets, 1, target.id)
        value(target.list, .id, .targets, 2, target.id)
        value(target.countText, .count, .targets, 4, target.id)
        value(target.afterText, .attribute, .targets, 5, target.id)
        value(target.deadlineText, .text, .targets, 6, target.id)
        value(target.text, .text, .targets, 7, target.id)
      }
    }
    let inside = SelectedSubjects(selected)
    for progress in catalog.progress where inside.holds(progress) {
      value(progress.matter, .matterID, .progress, 0, "progress", needed: true)
      for column in progress.unreadable.sorted() { report(.unread, .progress, column + 1, progress.matter) }
    }
    for waiver in catalog.waivers where inside.holds(waiver) {
      value(waiver.rule, .id, .waivers, 0, "waivers", needed: true)
      value(waiver.subject, .attribute, .waivers, 1, waiver.rule)
      value(waiver.reason, .text, .waivers, 2, "\(waiver.rule) \(waiver.subject)")
    }
  }

  /// What has a form of its own in every row.
  private func rows() {
    for index in selected.closure {
      let matter = catalog.matters[index]
      if !catalog.withBytes(matter.id, ExportCheck.isMatterID) {
        report(
          matter.id.isEmpty ? .empty : .malformed(catalog.text(matter.id)), .matters, MatterColumn.id.rawValue,
          matter.id.isEmpty ? catalog.text(matter.name) : catalog.id(matter))
      }
      if matter.list == nil { report(.unknown, .matters, MatterColumn.list.rawValue, catalog.id(matter)) }
      if !ExportCheck.isNumber(matter.number) {
        report(.malformed(ExportCheck.text(matter.number)), .matters, MatterColumn.number.rawValue, catalog.id(matter))
      }
      if matter.name.isEmpty { report(.empty, .matters, MatterColumn.name.rawValue, catalog.id(matter)) }
      if !matter.includesID.isEmpty, !catalog.withBytes(matter.includesID, ExportCheck.isMatterID) {
        report(
          .malformed(catalog.text(matter.includesID)), .matters, MatterColumn.includes.rawValue, catalog.id(matter))
      }
      for item in catalog.items(of: matter) {
        if !ExportCheck.isNumber(item.number) {
          report(.malformed(ExportCheck.text(item.number)), .items, ItemColumn.number.rawValue, catalog.id(item))
        }
        if item.name.isEmpty { report(.empty, .items, ItemColumn.name.rawValue, catalog.id(item)) }
      }
    }
    // Items of a matter that is not there stand last, and belong to nothing that could be written.
    guard selected.isWhole else { return }
    for item in catalog.items.reversed() {
      guard item.matter == nil else { break }
      report(.unknown, .items, ItemColumn.matter.rawValue, catalog.id(item))
    }
  }

  private static func isNumber(_ number: Int?) -> Bool { number.map { (1...999_999_999).contains($0) } ?? false }
  private static func text(_ number: Int?) -> String { number.map(String.init) ?? "" }

  /// Every distinct text once; who has it is looked up only if something is wrong with it.
  private func texts() {
    let columns: [(kind: TextColumn, table: TableKind, column: Int)] = [
      (.matterName, .matters, MatterColumn.name.rawValue),
      (.lead, .matters, MatterColumn.lead.rawValue),
      (.deadline, .matters, MatterColumn.deadline.rawValue),
      (.remark, .matters, MatterColumn.remark.rawValue),
      (.placeholder, .matters, MatterColumn.placeholder.rawValue),
      (.itemName, .items, ItemColumn.name.rawValue),
      (.responsible, .items, ItemColumn.responsible.rawValue),
    ]
    for (kind, table, column) in columns {
      // Departments may have to be repeated in an attribute.
      let isList = kind == .lead || kind == .placeholder || kind == .responsible
      let limit = isList ? ExportCheck.longestAttribute : ExportCheck.longestText
      for name in catalog.names(kind) {
        let (forbidden, length) = catalog.withBytes(name) { (XMLText.firstForbidden($0), $0.count) }
        guard forbidden != nil || length > limit else { continue }
        guard let subject = subject(of: name) else { continue }
        report(forbidden.map { .character($0) } ?? .tooLong, table, column, subject)
      }
    }
  }

  /// Who has this text among what is to be written: the first, if several have.
  private func subject(of name: TextID) -> String? {
    for index in selected.closure {
      let matter = catalog.matters[index]
      for text in [matter.name, matter.lead, matter.deadline, matter.remark, matter.placeholder] where text == name {
        return catalog.id(matter)
      }
      for item in catalog.items(of: matter) where item.name == name || item.responsible == name {
        return catalog.id(item)
      }
    }
    return nil
  }

  /// Cells whose text is lost because it could not be read: the document would pass for whole without them.
  private func unread() {
    let isSelected = Set(selected.isWhole ? [] : selected.closure)
    let tables: Set<TableKind> =
      selected.isWhole ? [.notices, .lists, .matters, .items, .targets] : [.notices, .lists, .matters, .items]
    for issue in catalog.issues where tables.contains(issue.position.table) {
      guard let column = issue.position.column else { continue }
      switch issue.kind {
      case .malformedValue(.date), .malformedValue(.period), .malformedValue(.audience), .malformedValue(.truth): break
      // A list's number of matters; numbers of matters and items are told above.
      case .malformedValue(.number) where issue.position.table == .lists: break
      default: continue
      }
      let matter = issue.matter ?? issue.subject.flatMap { catalog.matter(id: $0)?.index }
      if issue.position.table == .matters || issue.position.table == .items {
        guard selected.isWhole || matter.map({ isSelected.contains($0) }) == true else { continue }
      }
      let subject = matter.map { catalog.id(catalog.matters[$0]) } ?? issue.subject ?? issue.position.table.name
      report(.unread, issue.position.table, column, subject)
    }
  }
}

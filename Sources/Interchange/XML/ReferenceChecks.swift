import AtomicFiles
import Catalog
import Deadlines
import Localization

/// Compares the references of a document with the texts beside them. Each distinct combination is compared once and reported
/// wherever it occurs.
final class ReferenceChecks {
  private let builder: CatalogBuilder
  private let source: Int
  private var departments = Register()
  private var approvals = Register()
  /// By the id of a list, its region; empty unless departments have regions.
  private var regionOfList: [String: Int] = [:]
  /// The region of the open matter's list.
  private var region: Int?
  private let regionalKey = ByteBuffer()

  // Unchecked: nothing here calls back while it changes these.
  // By the number of a key of departments: the printed text, as a range of `printed`, and its problem.
  private let departmentKeys = ByteInterner()
  private let printed = ByteBuffer(capacity: 16 * 1024)
  @exclusivity(unchecked) private var printedStarts: [Int] = [0]
  @exclusivity(unchecked) private var departmentProblems: [LocalizedText?] = []
  // By the number of a key of approvals: its problem.
  private let approvalKeys = ByteInterner()
  @exclusivity(unchecked) private var approvalProblems: [LocalizedText?] = []
  // By the number of a deadline's text: the deadline.
  private let deadlineTexts = ByteInterner()
  @exclusivity(unchecked) private var deadlines: [Deadline] = []

  init(_ builder: CatalogBuilder, source: Int) {
    self.builder = builder
    self.source = source
  }

  /// Call this when the builder has its registers.
  func prepare() {
    let tree = RegionTree(builder.tables.regions)
    departments = Register(departments: builder.departments, tree)
    approvals = Register(approvals: builder.approvals)
    guard departments.isRegional else { return }
    for list in builder.lists { regionOfList[list.id] = tree.index(of: list.region) }
  }

  /// Call this when a matter begins, with the id of its list: its departments are looked up in the region of the list.
  func enterList(_ id: UnsafeBufferPointer<UInt8>?) {
    if regionOfList.isEmpty { return }
    region = id.flatMap { regionOfList[String(decoding: $0, as: UTF8.self).trimmingBlanks] }
  }

  private func report(_ problem: LocalizedText, line: Int, table: TableKind, subject: UnsafeBufferPointer<UInt8>) {
    let id = String(decoding: subject, as: UTF8.self)
    let message = id.isEmpty ? problem : LocalizedText(zh: "\(id)：\(problem.zh)", en: "\(id): \(problem.en)")
    builder.issues.append(
      ReadingIssue(
        .contradiction(message), at: .row(source: source, table: table, offset: line),
        subject: id.isEmpty ? nil : id))
  }

  // MARK: Departments

  /// Checks an element of departments.
  /// - Parameter key: see `ReferenceKey`.
  /// - Returns: the printed text of the departments; valid until the next call.
  func printedDepartments(
    _ key: UnsafeBufferPointer<UInt8>, line: Int, subject: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    let (number, isNew) = departmentKeys.insert(copying: region == nil ? key : regional(key))
    if isNew { addDepartments(key) }
    if let problem = departmentProblems[number] { report(problem, line: line, table: .matters, subject: subject) }
    return printed.slice(printedStarts[number]..<printedStarts[number + 1])
  }

  /// The key of an element within the region, whose departments may be others than elsewhere.
  private func regional(_ key: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    regionalKey.clear()
    regionalKey.append(key)
    regionalKey.append(byte: ReferenceKey.region)
    regionalKey.append(String(region ?? -1))
    return regionalKey.buffer
  }

  private func addDepartments(_ key: UnsafeBufferPointer<UInt8>) {
    let parts = Array(key).split(separator: ReferenceKey.department, omittingEmptySubsequences: false)
    let head = parts.first ?? []
    let choice: PrintedDepartments.Choice = head.first == ReferenceKey.any ? .any : .all
    let names = parts.dropFirst().map { part -> (ref: String, name: String) in
      let pair = part.split(separator: ReferenceKey.name, maxSplits: 1, omittingEmptySubsequences: false)
      return (
        String(decoding: pair.first ?? [], as: UTF8.self), String(decoding: pair.dropFirst().first ?? [], as: UTF8.self)
      )
    }
    let isPrinted = head.dropFirst().first == ReferenceKey.printed
    let text =
      isPrinted
      ? String(decoding: head.dropFirst(2), as: UTF8.self)
      : PrintedDepartments.printed(names.map(\.name), choice: choice)
    printed.append(text)
    printedStarts.append(printed.count)
    departmentProblems.append(problem(text, choice, names))
  }

  private func problem(
    _ text: String, _ choice: PrintedDepartments.Choice, _ names: [(ref: String, name: String)]
  ) -> LocalizedText? {
    for (ref, name) in names where !ref.isEmpty {
      guard let owner = departments.owner(of: ref, in: region), builder.departments[owner.index].id == ref else {
        return LocalizedText(
          zh: "department 的 ref=\"\(ref)\" 不在部门登记表中", en: "the department register has no id “\(ref)”")
      }
      if let other = departments.owner(of: name, in: region), other.index != owner.index {
        return mismatch(name, id: builder.departments[other.index].id, ref: ref)
      }
    }
    // The printed text as a whole must list the same departments in the same way.
    let read = PrintedDepartments(printed: text, in: departments, region: region)
    guard !read.entries.isEmpty else { return nil }
    guard read.entries.count == names.count else {
      return LocalizedText(
        zh: "“\(text)”含 \(read.entries.count) 个部门，而 department 元素有 \(names.count) 个",
        en: "“\(text)” lists \(read.entries.count == 1 ? "1 department" : "\(read.entries.count) departments"), "
          + "but there \(names.count == 1 ? "is 1 element" : "are \(names.count) elements") department")
    }
    for (entry, element) in zip(read.entries, names) where !element.ref.isEmpty {
      let id = entry.department.map { builder.departments[$0].id }
      if id != element.ref { return mismatch(entry.name, id: id, ref: element.ref) }
    }
    if names.count > 1, read.choice != choice {
      return LocalizedText(
        zh: "“\(text)”应为 choice=\"\(read.choice.rawValue)\"，而 choice 写的是 \(choice.rawValue)",
        en: "“\(text)” means choice=\"\(read.choice.rawValue)\", but choice is \(choice.rawValue)")
    }
    return nil
  }

  private func mismatch(_ name: String, id: String?, ref: String) -> LocalizedText {
    guard let id else {
      return LocalizedText(
        zh: "部门登记表中没有“\(name)”，而 ref 写的是 \(ref)",
        en: "the department register has no “\(name)”, but ref is \(ref)")
    }
    return LocalizedText(
      zh: "“\(name)”在部门登记表中是 \(id)，而 ref 写的是 \(ref)",
      en: "“\(name)” is \(id) in the department register, but ref is \(ref)")
  }

  // MARK: Approvals

  /// Compares an item's name with the references to approvals.
  /// - Parameter key: see `ReferenceKey`.
  func approvals(_ key: UnsafeBufferPointer<UInt8>, line: Int, subject: UnsafeBufferPointer<UInt8>) {
    let (number, isNew) = approvalKeys.insert(copying: key)
    if isNew {
      let parts = Array(key).split(separator: ReferenceKey.name, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
      approvalProblems.append(problem(parts.first ?? "", Array(parts.dropFirst())))
    }
    if let problem = approvalProblems[number] { report(problem, line: line, table: .items, subject: subject) }
  }

  private func problem(_ name: String, _ refs: [String]) -> LocalizedText? {
    let meant = PrintedApprovals(printed: name, in: approvals).approvals
    for ref in refs {
      guard let owner = approvals.owner(of: ref), builder.approvals[owner.index].id == ref else {
        return LocalizedText(
          zh: "approval 的 ref=\"\(ref)\" 不在单项事项登记表中", en: "the approval register has no id “\(ref)”")
      }
      // Which of several approvals of the name is meant follows from the department responsible.
      if meant.contains(owner.index) || builder.approvals[owner.index].hasName(name) { continue }
      let ids = meant.map { builder.approvals[$0].id }
      if ids.isEmpty {
        return LocalizedText(
          zh: "单项事项登记表中没有“\(name)”，而 approval 的 ref 写的是 \(ref)",
          en: "the approval register has no “\(name)”, but ref of approval is \(ref)")
      }
      return LocalizedText(
        zh: "“\(name)”在单项事项登记表中是 \(ids.joined(separator: "、"))，而 approval 的 ref 写的是 \(ref)",
        en: "“\(name)” is \(ids.joined(separator: ", ")) in the approval register, but ref of approval is \(ref)")
    }
    return nil
  }

  // MARK: Deadlines

  /// Compares a due date with the printed deadline, unless the deadline cannot be read.
  func due(_ due: Day, _ text: UnsafeBufferPointer<UInt8>, line: Int, subject: UnsafeBufferPointer<UInt8>) {
    let (number, isNew) = deadlineTexts.insert(copying: text)
    if isNew { deadlines.append(Deadline(printed: String(decoding: text, as: UTF8.self))) }
    if deadlines[number].due == due || deadlines[number].kind == .unreadable { return }
    let read = deadlines[number]
    let printed = String(decoding: text, as: UTF8.self)
    report(
      LocalizedText(
        zh: "时限“\(printed)”\(read.due.map { "的截止日是 \($0)" } ?? "没有截止日")，而 due 写的是 \(due)",
        en: "the deadline “\(printed)” \(read.due.map { "is due on \($0)" } ?? "has no due date"), but due is \(due)"),
      line: line, table: .matters, subject: subject)
  }
}

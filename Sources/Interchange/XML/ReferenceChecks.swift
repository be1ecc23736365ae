import AtomicFiles
import Catalog
import Deadlines
import Localization

/// Compares the references of a document with the texts beside them, once for all repetitions of what is said.
final class ReferenceChecks {
  private let builder: CatalogBuilder
  private let source: Int
  private var departments = Register()
  private var approvals = Register()

  private let partiesMemo = ByteInterner()
  private let printed = ByteBuffer(capacity: 16 * 1024)
  private var printedStarts: [Int] = [0]
  private var partiesFaults: [LocalizedText?] = []
  private let approvalsMemo = ByteInterner()
  private var approvalFaults: [LocalizedText?] = []
  private let deadlineMemo = ByteInterner()
  private var deadlines: [Deadline] = []

  init(_ builder: CatalogBuilder, source: Int) {
    self.builder = builder
    self.source = source
  }

  /// The registers are there.
  func prepare() {
    departments = Register(departments: builder.departments)
    approvals = Register(approvals: builder.approvals)
  }

  private func report(_ words: LocalizedText, line: Int, table: TableKind, subject: UnsafeBufferPointer<UInt8>) {
    let id = String(decoding: subject, as: UTF8.self)
    let told = id.isEmpty ? words : LocalizedText(zh: "\(id)：\(words.zh)", en: "\(id): \(words.en)")
    builder.issues.append(
      ReadingIssue(
        .contradiction(told), at: .row(source: source, table: table, offset: line),
        subject: id.isEmpty ? nil : id))
  }

  // MARK: Departments

  /// The text that stands for departments, from a key of all that is said of them (see `PartiesKey`).
  func printedParties(
    _ key: UnsafeBufferPointer<UInt8>, line: Int, subject: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    let (number, isNew) = partiesMemo.insert(copying: key)
    if isNew { enter(key) }
    if let fault = partiesFaults[number] { report(fault, line: line, table: .matters, subject: subject) }
    return printed.slice(printedStarts[number]..<printedStarts[number + 1])
  }

  private func enter(_ key: UnsafeBufferPointer<UInt8>) {
    let parts = Array(key).split(separator: PartiesKey.department, omittingEmptySubsequences: false)
    let head = parts.first ?? []
    let choice: Parties.Choice = head.first == PartiesKey.any ? .any : .all
    let names = parts.dropFirst().map { part -> (ref: String, name: String) in
      let pair = part.split(separator: PartiesKey.name, maxSplits: 1, omittingEmptySubsequences: false)
      return (
        String(decoding: pair.first ?? [], as: UTF8.self), String(decoding: pair.dropFirst().first ?? [], as: UTF8.self)
      )
    }
    let isPrinted = head.dropFirst().first == PartiesKey.printed
    let text =
      isPrinted
      ? String(decoding: head.dropFirst(2), as: UTF8.self) : Parties.printed(names.map(\.name), choice: choice)
    printed.append(text)
    printedStarts.append(printed.count)
    partiesFaults.append(fault(text, choice, names))
  }

  private func fault(_ text: String, _ choice: Parties.Choice, _ names: [(ref: String, name: String)]) -> LocalizedText?
  {
    for (ref, name) in names where !ref.isEmpty {
      guard let owner = departments.owner(of: ref), builder.departments[owner.index].id == ref else {
        return LocalizedText(
          zh: "department 的 ref=\"\(ref)\" 在部门名录中没有", en: "the department register has no id “\(ref)”")
      }
      if let other = departments.owner(of: name), other.index != owner.index {
        return LocalizedText(
          zh: "“\(name)”在名录中是 \(builder.departments[other.index].id),ref 却写 \(ref)",
          en: "“\(name)” is \(builder.departments[other.index].id) in the register, but ref says \(ref)")
      }
    }
    // What the text as a whole says: the same departments, in the same way.
    let read = Parties(printed: text, in: departments)
    guard !read.parties.isEmpty else { return nil }
    guard read.parties.count == names.count else {
      return LocalizedText(
        zh: "“\(text)”读作 \(read.parties.count) 个部门，却列出 \(names.count) 个 department",
        en: "“\(text)” reads as \(read.parties.count) departments, but \(names.count) are listed")
    }
    for (party, said) in zip(read.parties, names) where !said.ref.isEmpty {
      let id = party.department.map { builder.departments[$0].id }
      if id == said.ref { continue }
      return LocalizedText(
        zh: "“\(party.name)”在名录中\(id.map { "是 \($0)" } ?? "查不到"),ref 却写 \(said.ref)",
        en: "“\(party.name)” is \(id ?? "not") in the register, but ref says \(said.ref)")
    }
    if names.count > 1, read.choice != choice {
      return LocalizedText(
        zh: "“\(text)”读作 \(read.choice.rawValue),choice 却写 \(choice.rawValue)",
        en: "“\(text)” reads as \(read.choice.rawValue), but choice says \(choice.rawValue)")
    }
    return nil
  }

  // MARK: Approvals

  /// Compares an item's name with the approvals listed: the name, then each reference behind `PartiesKey.name`.
  func approvals(_ key: UnsafeBufferPointer<UInt8>, line: Int, subject: UnsafeBufferPointer<UInt8>) {
    let (number, isNew) = approvalsMemo.insert(copying: key)
    if isNew {
      let parts = Array(key).split(separator: PartiesKey.name, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
      approvalFaults.append(fault(parts.first ?? "", Array(parts.dropFirst())))
    }
    if let fault = approvalFaults[number] { report(fault, line: line, table: .items, subject: subject) }
  }

  private func fault(_ name: String, _ refs: [String]) -> LocalizedText? {
    let meant = Choices(printed: name, in: approvals).approvals
    for ref in refs {
      guard let owner = approvals.owner(of: ref), builder.approvals[owner.index].id == ref else {
        return LocalizedText(zh: "approval 的 ref=\"\(ref)\" 在事项名录中没有", en: "the approval register has no id “\(ref)”")
      }
      if meant.contains(owner.index) { continue }
      let ids = meant.map { builder.approvals[$0].id }
      return LocalizedText(
        zh: "“\(name)”在名录中\(ids.isEmpty ? "查不到" : "是 \(ids.joined(separator: "、"))"),approval 却写 \(ref)",
        en:
          "“\(name)” is \(ids.isEmpty ? "not" : ids.joined(separator: ", ")) in the register, but approval says \(ref)")
    }
    return nil
  }

  // MARK: Deadlines

  /// Compares a due date with the deadline as printed. A text that cannot be read says nothing against it.
  func due(_ due: Day, _ text: UnsafeBufferPointer<UInt8>, line: Int, subject: UnsafeBufferPointer<UInt8>) {
    let (number, isNew) = deadlineMemo.insert(copying: text)
    if isNew { deadlines.append(Deadline(printed: String(decoding: text, as: UTF8.self))) }
    let read = deadlines[number]
    if read.due == due || read.kind == .unreadable { return }
    let printed = String(decoding: text, as: UTF8.self)
    report(
      LocalizedText(
        zh: "“\(printed)”\(read.due.map { "的截止日是 \($0)" } ?? "没有截止日"),due 却写 \(due)",
        en: "“\(printed)” is due \(read.due.map { "\($0)" } ?? "on no day"), but due says \(due)"),
      line: line, table: .matters, subject: subject)
  }
}

import Catalog

/// Whether texts of two editions mean the same: the departments, approvals or the date that they stand for.
struct Meanings {
  let old: Catalog
  let new: Catalog
  /// By index in the old register, the index of the same entry in the new one; nil if it is no longer there.
  private let departments: [Int?]
  private let approvals: [Int?]

  init(_ old: Catalog, _ new: Catalog) {
    self.old = old
    self.new = new
    departments = old.departments.map { Meanings.index(of: $0.id, [$0.short, $0.full], in: new.departmentRegister) }
    approvals = old.approvals.map { Meanings.index(of: $0.id, [$0.name], in: new.approvalRegister) }
  }

  /// The entry of the same id; without one, the entry that has one of its names.
  private static func index(of id: String, _ names: [String], in register: Register) -> Int? {
    if let owner = register.owner(of: id), owner.match == .id { return owner.index }
    return names.lazy.compactMap { $0.isEmpty ? nil : register.owner(of: $0)?.index }.first
  }

  /// Whether two cells list the same departments under the same choice.
  func areSameDepartments(_ before: TextID, _ after: TextID) -> Bool {
    let before = old.printedDepartments(before)
    let after = new.printedDepartments(after)
    guard before.isResolved, after.isResolved, before.entries.count == 1 || before.choice == after.choice else {
      return before.isPlaceholder && after.isPlaceholder
    }
    return before.departments.map { departments[$0] } == after.departments.map(Optional.some)
  }

  /// The approvals that an item's name stands for, as indices of the new register; nil if one of them is unknown.
  func approvals(of item: Item, in catalog: Catalog, isOld: Bool) -> [Int]? {
    let printed = catalog.printedApprovals(item)
    guard !printed.entries.isEmpty else { return nil }
    var found: [Int] = []
    for entry in printed.entries {
      guard let approval = entry.approval, let index = isOld ? approvals[approval] : approval else { return nil }
      found.append(index)
    }
    return found
  }

  /// Whether two deadlines fall due on the same day, or again and again on the same days.
  func isSameDeadline(_ before: TextID, _ after: TextID) -> Bool {
    let before = old.deadline(before)
    let after = new.deadline(after)
    guard before.due != nil || before.recurrence != nil else { return false }
    return before.due == after.due && before.start == after.start && before.recurrence == after.recurrence
  }

  /// Whether two texts differ in blanks, width, brackets or case alone.
  static func isSameText(_ before: String, _ after: String) -> Bool {
    Register.normalizedKey(before) == Register.normalizedKey(after)
  }
}

import Catalog

/// The approvals that items assign to different departments.
struct DepartmentConflicts {
  struct Conflict {
    var approval: Int
    /// The first item of the most frequent assignment.
    var majority: Int
    var majorityCount: Int
    /// The items with another assignment, in order.
    var minority: [Int]
  }

  /// By the first item of the minority.
  private(set) var all: [Conflict] = []
  /// Items that name one department of an approval for which other items print a choice that includes it, as 137 prints
  /// 市场监管部门 where 37 prints 市场监管部门/行政审批部门: `minority` holds these items, `majority` the first with the choice.
  private(set) var partial: [Conflict] = []
  private let catalog: Catalog
  private let departments: DepartmentsByText
  private let approvals: SingleApprovals
  /// The number of regions, and one more for none: the departments of a county's list are not compared with the city's.
  private let regions: Int

  init(_ catalog: Catalog, _ departments: DepartmentsByText, _ uses: ApprovalUses) {
    self.catalog = catalog
    self.departments = departments
    approvals = SingleApprovals(catalog)
    regions = catalog.regions.count + 1
    guard let suspects = suspects(uses) else { return }
    let assignments = assignments(suspects)
    all = assignments.compactMap { conflict(of: $0.key / regions, $0.value) }
    all.sort { $0.minority[0] < $1.minority[0] }
    partial = assignments.compactMap { partialChoice(of: $0.key / regions, $0.value) }
    partial.sort { $0.minority[0] < $1.minority[0] }
  }

  /// For each approval whether its items have more than one text of departments; nil if none has. Nearly all approvals
  /// end here: where all items of a name have the same text, only the names are looked at.
  private func suspects(_ uses: ApprovalUses) -> [Bool]? {
    var firstText = [Int32](repeating: -1, count: catalog.approvals.count)
    var isSuspect = [Bool](repeating: false, count: catalog.approvals.count)
    var hasSuspects = false
    func take(_ name: TextID, _ responsible: TextID) {
      let approval = Int(approvals[name])
      guard approval >= 0, departments[responsible] != DepartmentsByText.unknown else { return }
      let text = Int32(truncatingIfNeeded: responsible.index)
      if firstText[approval] < 0 {
        firstText[approval] = text
      } else if firstText[approval] != text {
        isSuspect[approval] = true
        hasSuspects = true
      }
    }
    if uses.hasSeveralResponsibles {
      for item in catalog.items where item.matter != nil && !item.isUnknown(.responsible) {
        take(item.name, item.responsible)
      }
    } else {
      for name in catalog.names(.itemName) {
        if let responsible = uses.responsible(name) { take(name, responsible) }
      }
    }
    return hasSuspects ? isSuspect : nil
  }

  /// The departments that some items of an approval have.
  private struct Assignment {
    var departments: Set<Int>
    var isChoice: Bool
    var items: [Int]

    func contradicts(_ other: Assignment) -> Bool {
      if departments == other.departments && isChoice == other.isChoice { return false }
      return !((isChoice || other.isChoice) && !departments.isDisjoint(with: other.departments))
    }
  }

  private struct AssignmentKey: Hashable {
    var group: Int
    var departments: Set<Int>
    var isChoice: Bool
  }

  /// The approval of an item and the region of its list as one number.
  private func group(_ item: Item) -> Int {
    Int(approvals[item.name]) * regions + (catalog.region(of: item.responsible).map { $0 + 1 } ?? 0)
  }

  /// The assignments of each suspect approval, by region.
  private func assignments(_ isSuspect: [Bool]) -> [Int: [Assignment]] {
    var found: [Int: [Assignment]] = [:]
    var indexOfKey: [AssignmentKey: Int] = [:]
    // By approval and text: of the many items with the same text only the first is analysed.
    var indexOfText: [UInt64: Int] = [:]
    for item in catalog.items {
      let approval = Int(approvals[item.name])
      guard approval >= 0, isSuspect[approval], item.matter != nil, !item.isUnknown(.responsible) else { continue }
      let code = departments[item.responsible]
      if code == DepartmentsByText.unknown { continue }
      let group = group(item)
      let text = UInt64(approval) << 32 | UInt64(item.responsible.index)
      if let known = indexOfText[text] {
        found[group]?[known].items.append(item.index)
        continue
      }
      let key = AssignmentKey(
        group: group, departments: Set(departments.departments(item.responsible)),
        isChoice: code == DepartmentsByText.choice)
      if let known = indexOfKey[key] {
        found[group]?[known].items.append(item.index)
        indexOfText[text] = known
        continue
      }
      let index = found[group]?.count ?? 0
      indexOfText[text] = index
      indexOfKey[key] = index
      found[group, default: []].append(
        Assignment(departments: key.departments, isChoice: key.isChoice, items: [item.index]))
    }
    return found
  }

  /// The items that leave out a department of the choice that most items of the approval print.
  private func partialChoice(of approval: Int, _ assignments: [Assignment]) -> Conflict? {
    guard let choice = assignments.filter(\.isChoice).max(by: { $0.items.count < $1.items.count }) else { return nil }
    let fewer = assignments.filter { $0.departments.isStrictSubset(of: choice.departments) }.flatMap(\.items)
    // The more frequent form is the usual one.
    guard !fewer.isEmpty, fewer.count <= choice.items.count else { return nil }
    return Conflict(
      approval: approval, majority: catalog.first(choice.items), majorityCount: choice.items.count,
      minority: catalog.inOrder(fewer))
  }

  /// The conflict between the most frequent assignment of an approval and the others; nil if there is none.
  private func conflict(of approval: Int, _ assignments: [Assignment]) -> Conflict? {
    guard var most = assignments.first else { return nil }
    for assignment in assignments.dropFirst() {
      if assignment.items.count < most.items.count { continue }
      // Of equally frequent ones, the one with the first item.
      let isMore = assignment.items.count > most.items.count
      if isMore || catalog.first(assignment.items + most.items) == catalog.first(assignment.items) { most = assignment }
    }
    // Where the sides are even, the register decides which one is sound.
    if let competent = catalog.approvals[approval].competentIndex, !most.departments.contains(competent),
      let sound = assignments.first(where: { $0.items.count == most.items.count && $0.departments.contains(competent) })
    {
      most = sound
    }
    let first = catalog.first(most.items)
    // `repeated-item` reports an approval that occurs twice in one matter.
    let others = assignments.filter(most.contradicts).flatMap(\.items)
      .filter { catalog.items[$0].matter != catalog.items[first].matter }
    let minority = catalog.inOrder(others)
    if minority.isEmpty { return nil }
    return Conflict(approval: approval, majority: first, majorityCount: most.items.count, minority: minority)
  }
}

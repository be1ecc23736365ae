/// Names that several approvals have, each with a competent department of its own: 参保信息登记、变更 is one service of
/// 人社部门 and another of 医保部门. Which is meant where a list prints the name follows from who is responsible for the item.
struct SharedApprovalNames {
  /// The approvals of a name, in the order of the register.
  private var approvals: [String: [Int]] = [:]
  private let competent: [Int?]

  init(_ register: Register, _ approvals: [Approval]) {
    competent = approvals.map(\.competentIndex)
    for conflict in register.conflicts {
      self.approvals[conflict.name, default: [conflict.first]].append(conflict.second)
    }
    self.approvals = self.approvals.filter { _, sharing in
      // Where the department is not registered, the text of the cell distinguishes them.
      let departments = sharing.map { approvals[$0].competentIndex.map(String.init) ?? approvals[$0].competent }
      return !departments.contains("") && Set(departments).count == departments.count
    }
  }

  var isEmpty: Bool { approvals.isEmpty }

  func contains(_ name: String) -> Bool { approvals[name] != nil }

  /// The approval of this name for which one of the departments is competent; nil if there is none, or several.
  func approval(_ name: String, responsible departments: [Int]) -> Int? {
    guard let sharing = approvals[name] else { return nil }
    let meant = sharing.filter { approval in competent[approval].map(departments.contains) ?? false }
    return meant.count == 1 ? meant.first : nil
  }
}

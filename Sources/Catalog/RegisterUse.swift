/// How much of the catalog each register entry serves.
extension Catalog {
  /// In how many matters a department has each part.
  public struct DepartmentUse: Sendable, Hashable {
    public var lead = 0
    public var responsible = 0
    public var shared = 0
    /// In any part at all.
    public var matters = 0
  }

  /// By the places of `departments`.
  public func departmentUse() -> [DepartmentUse] {
    var use = [DepartmentUse](repeating: DepartmentUse(), count: departments.count)
    // The matter in which a department was counted last, by part: so that it counts once in each.
    var last = [[Int]](repeating: [-1, -1, -1, -1], count: departments.count)
    let leadOf = names(.lead).map { parties($0).departments }
    let responsibleOf = names(.responsible).map { parties($0).departments }
    func count(_ department: Int, _ part: Int, _ matter: Int, _ path: WritableKeyPath<DepartmentUse, Int>) {
      if last[department][part] != matter {
        last[department][part] = matter
        use[department][keyPath: path] += 1
      }
      if last[department][3] != matter {
        last[department][3] = matter
        use[department].matters += 1
      }
    }
    for matter in matters {
      for department in leadOf[matter.lead.index] { count(department, 0, matter.index, \.lead) }
      for item in items[matter.items] {
        for department in responsibleOf[item.responsible.index] { count(department, 1, matter.index, \.responsible) }
      }
      if let other = matter.includes, other != matter.index {
        for item in items[matters[other].items] where item.isShared {
          for department in responsibleOf[item.responsible.index] { count(department, 2, matter.index, \.shared) }
        }
      }
    }
    return use
  }

  /// In how many matters an approval stands: as an item of their own, and through shared items.
  public struct ApprovalUse: Sendable, Hashable {
    public var own = 0
    public var shared = 0
    public var matters = 0
  }

  /// By the places of `approvals`.
  public func approvalUse() -> [ApprovalUse] {
    var use = [ApprovalUse](repeating: ApprovalUse(), count: approvals.count)
    var last = [[Int]](repeating: [-1, -1, -1], count: approvals.count)
    let approvalsOf = names(.itemName).map { choices($0).approvals }
    func count(_ approval: Int, _ part: Int, _ matter: Int, _ path: WritableKeyPath<ApprovalUse, Int>) {
      if last[approval][part] != matter {
        last[approval][part] = matter
        use[approval][keyPath: path] += 1
      }
      if last[approval][2] != matter {
        last[approval][2] = matter
        use[approval].matters += 1
      }
    }
    for matter in matters {
      for item in items[matter.items] {
        for approval in approvalsOf[item.name.index] { count(approval, 0, matter.index, \.own) }
      }
      if let other = matter.includes, other != matter.index {
        for item in items[matters[other].items] where item.isShared {
          for approval in approvalsOf[item.name.index] { count(approval, 1, matter.index, \.shared) }
        }
      }
    }
    return use
  }
}

import Catalog

// Names that are not registered.
extension ImportMerge {
  /// The unregistered names in added and changed matters, except those that the folder has already.
  func unknownNames(in result: Catalog, _ pairs: [MatterPair]) -> [ImportPlan.UnknownName] {
    var known: [TableKind: Set<String>] = [.departments: [], .approvals: []]
    for kind in [TextColumn.lead, .placeholder, .responsible] {
      for name in folder.names(kind) {
        for entry in folder.printedDepartments(name).entries where entry.department == nil {
          known[.departments]?.insert(entry.name)
        }
      }
    }
    for name in folder.names(.itemName) where !name.isEmpty {
      for entry in folder.printedApprovals(name).entries where entry.approval == nil {
        known[.approvals]?.insert(entry.name)
      }
    }
    let departments = NearestName(result.departmentRegister)
    let approvals = NearestName(result.approvalRegister)
    var out: [ImportPlan.UnknownName] = []
    func unknown(_ table: TableKind, _ name: String, _ matter: Matter) {
      guard !name.isEmpty, known[table]?.insert(name).inserted == true else { return }
      out.append(
        ImportPlan.UnknownName(
          table: table, name: name,
          nearest: (table == .departments ? departments : approvals).nearest(to: name),
          matter: result.id(matter), newID: nil))
    }
    // Each distinct text is examined once.
    var seen: Set<TextID> = []
    for (index, pair) in pairs.enumerated() where pair.status == .added || pair.status == .changed {
      let matter = result.matters[index]
      let items = result.items(of: matter)
      for name in [matter.lead, matter.placeholder] + items.map(\.responsible) where seen.insert(name).inserted {
        for entry in result.printedDepartments(name).entries where entry.department == nil {
          unknown(.departments, entry.name, matter)
        }
      }
      for item in items where !item.name.isEmpty && seen.insert(item.name).inserted {
        for entry in result.printedApprovals(item).entries where entry.approval == nil {
          unknown(.approvals, entry.name, matter)
        }
      }
    }
    return out
  }

  /// New register rows for unknown names, with the ids `department-1`, `approval-1` … and the printed name. The other columns
  /// are empty.
  func newEntries(
    for unknown: inout [ImportPlan.UnknownName], _ tables: CatalogTables
  ) -> ([Department], [Approval]) {
    var departments: [Department] = []
    var approvals: [Approval] = []
    var ids = Set(tables.departments.map(\.id)).union(tables.approvals.map(\.id))
    func newID(_ prefix: String) -> String {
      var number = 1
      while !ids.insert("\(prefix)-\(number)").inserted { number += 1 }
      return "\(prefix)-\(number)"
    }
    for index in unknown.indices {
      let name = unknown[index].name
      if unknown[index].table == .departments {
        let id = newID("department")
        unknown[index].newID = id
        var department = Department(position: .none)
        department.id = id
        department.short = name
        departments.append(department)
      } else {
        let id = newID("approval")
        unknown[index].newID = id
        var approval = Approval(position: .none)
        approval.id = id
        approval.name = name
        approvals.append(approval)
      }
    }
    return (departments, approvals)
  }
}

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
    // If the registers are replaced by those of the file, any matter may have lost a name.
    for (index, pair) in pairs.enumerated()
    where pair.status == .added || pair.status == .changed || isMirror && pair.status == .unchanged {
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

  /// New register rows for unknown names, with the ids `department-1`, `approval-1` … and the printed name. Two names that
  /// are evidently one department, 市公安局 and 公安部门, make one row; a department of a county's list is the county's; an
  /// approval gets the department that handles it everywhere in the list. The other columns are empty.
  func newEntries(
    for unknown: inout [ImportPlan.UnknownName], in result: Catalog, _ tables: CatalogTables
  ) -> ([Department], [Approval]) {
    var departments: [Department] = []
    var approvals: [Approval] = []
    var ids = Set(tables.departments.map(\.id)).union(tables.approvals.map(\.id))
    var last: [String: Int] = [:]
    func newID(_ prefix: String) -> String {
      var number = last[prefix, default: 0] + 1
      while !ids.insert("\(prefix)-\(number)").inserted { number += 1 }
      last[prefix] = number
      return "\(prefix)-\(number)"
    }
    let general = DepartmentNames.generalNames(unknown.lazy.filter { $0.table == .departments }.map(\.name))
    let generalNames = Set(general.values)
    var departmentID: [String: String] = [:]
    for index in unknown.indices
    where unknown[index].table == .departments && !generalNames.contains(unknown[index].name) {
      let name = unknown[index].name
      var department = Department(position: .none)
      department.id = newID("department")
      department.short = name
      department.general = general[name] ?? ""
      department.region = region(ofNew: unknown[index], in: result)
      for name in [name, department.general] where !name.isEmpty { departmentID[name] = department.id }
      departments.append(department)
    }
    let competent = competentDepartments(in: result, departmentID)
    for index in unknown.indices {
      if unknown[index].table == .departments {
        unknown[index].newID = departmentID[unknown[index].name]
        continue
      }
      var approval = Approval(position: .none)
      approval.id = newID("approval")
      approval.name = unknown[index].name
      approval.competent = competent[approval.name] ?? ""
      unknown[index].newID = approval.id
      approvals.append(approval)
    }
    return (departments, approvals)
  }

  /// The region of a new department: that of the list which names it, where the catalog has lists of several regions.
  private func region(ofNew name: ImportPlan.UnknownName, in result: Catalog) -> String {
    guard Set(result.lists.compactMap(\.regionIndex)).count > 1,
      let list = result.matter(id: name.matter).flatMap({ result.list(of: $0) }), let region = list.regionIndex
    else { return "" }
    return result.regions[region].id
  }

  /// By the name of an unregistered approval, the id of the one department that handles it in all items.
  private func competentDepartments(in result: Catalog, _ newIDs: [String: String]) -> [String: String] {
    var found: [String: String?] = [:]
    for item in result.items where !item.name.isEmpty {
      let entries = result.printedApprovals(item).entries
      guard entries.count == 1, entries[0].approval == nil else { continue }
      let cell = result.printedDepartments(item.responsible).entries
      let id: String? =
        cell.count == 1 ? cell[0].department.map { result.departments[$0].id } ?? newIDs[cell[0].name] : nil
      if let known = found[entries[0].name], known != id {
        found[entries[0].name] = .some(nil)
      } else {
        found[entries[0].name] = .some(id)
      }
    }
    return found.compactMapValues { $0 }
  }
}

/// Names of departments as notices print them: the short name of a city's body in its lead column, 市公安局, and the general
/// name in the items, 公安部门.
enum DepartmentNames {
  /// By short name the general name of the same department, where the list has exactly one of each.
  static func generalNames(_ names: some Sequence<String>) -> [String: String] {
    var shorts: [String: [String]] = [:]
    var generals: [String: [String]] = [:]
    for name in names {
      if name.hasSuffix("部门"), name.count > 3 {
        generals[String(name.dropLast(2)), default: []].append(name)
      } else if let stem = stem(ofShort: name) {
        shorts[stem, default: []].append(name)
      }
    }
    var pairs: [String: String] = [:]
    for (stem, names) in shorts where names.count == 1 {
      if let general = generals[stem], general.count == 1 { pairs[names[0]] = general[0] }
    }
    return pairs
  }

  /// 公安 of 市公安局, 县公安局, 公安局; nil if the name has another form.
  private static func stem(ofShort name: String) -> String? {
    guard let last = name.last, "局委办".contains(last), name.count > 2 else { return nil }
    var stem = name.dropLast()
    if stem.count > 2, let first = stem.first, "市县区".contains(first) { stem = stem.dropFirst() }
    return stem.count >= 2 ? String(stem) : nil
  }
}

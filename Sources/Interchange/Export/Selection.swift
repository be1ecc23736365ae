import Catalog
import Deadlines

/// A selection of matters: by list, department and role, audience, due date and name.
///
/// ```swift
/// let police = catalog.departmentRegister.owner(of: "公安部门")?.index
/// let selected = Selection(department: police, role: .lead).applied(to: catalog)
/// ```
package struct Selection: Sendable, Hashable {
  /// The list's index in `Catalog.lists`.
  package var list: Int?
  /// The department's index in `Catalog.departments`.
  package var department: Int?
  /// The role that the department must have in the matter; nil for any.
  package var role: Role?
  /// The audience's index in `Catalog.audiences`.
  package var audience: Int?
  /// The last day on which the matter may be due. A matter without one due date is not selected.
  package var dueBy: Day?
  /// Text that the matter's name must contain.
  package var name: String?
  /// Whether withdrawn matters are selected as well.
  package var includesWithdrawn: Bool

  package init(
    list: Int? = nil, department: Int? = nil, role: Role? = nil, audience: Int? = nil, dueBy: Day? = nil,
    name: String? = nil, includesWithdrawn: Bool = true
  ) {
    self.list = list
    self.department = department
    self.role = role
    self.audience = audience
    self.dueBy = dueBy
    self.name = name
    self.includesWithdrawn = includesWithdrawn
  }

  /// Every matter.
  package static let everything = Selection()

  package var isEverything: Bool {
    list == nil && department == nil && audience == nil && dueBy == nil && name == nil && includesWithdrawn
  }

  /// A predicate for the matters of a catalog. What it needs to know of the department is looked up once.
  package func filter(of catalog: Catalog) -> (Matter) -> Bool {
    let finder = department.map { catalog.roleFinder(department: $0) }
    return { matter in
      if !includesWithdrawn, matter.isWithdrawn { return false }
      if let list, matter.list != list { return false }
      if let audience, matter.audience != audience { return false }
      if let dueBy, !catalog.isDue(matter, by: dueBy) { return false }
      if let name, !catalog.text(matter.name).contains(name) { return false }
      guard let finder else { return true }
      let roles = finder.roles(in: matter)
      return role.map { roles.contains($0) } ?? !roles.isEmpty
    }
  }

  /// The indices in `Catalog.matters` of the matters selected, in order.
  package func matters(of catalog: Catalog) -> [Int] {
    if isEverything { return Array(catalog.matters.indices) }
    let isSelected = filter(of: catalog)
    return catalog.matters.indices.filter { isSelected(catalog.matters[$0]) }
  }

  /// The matters selected of a catalog, and what they refer to.
  package func applied(to catalog: Catalog) -> Selected { Selected(self, of: catalog) }
}

/// A part of a catalog: the matters selected, and all that they refer to. Indices of the catalog's arrays, in
/// order.
package struct Selected: Sendable {
  package let catalog: Catalog
  /// The matters selected.
  package let matters: [Int]
  /// With the matters that those include, so that no reference leads outside.
  package let closure: [Int]
  package let notices: [Int]
  package let lists: [Int]
  package let departments: [Int]
  package let approvals: [Int]
  /// Nothing was left out.
  package let isWhole: Bool
  /// Lists of which a matter is missing, whose counts cannot be compared.
  package let partialLists: Set<Int>

  init(_ selection: Selection, of catalog: Catalog) {
    self.catalog = catalog
    if selection.isEverything {
      isWhole = true
      matters = Array(catalog.matters.indices)
      closure = matters
      notices = Array(catalog.notices.indices)
      lists = Array(catalog.lists.indices)
      departments = Array(catalog.departments.indices)
      approvals = Array(catalog.approvals.indices)
      partialLists = Set(catalog.lists.indices.filter { catalog.lists[$0].isPartial })
      return
    }
    isWhole = false
    var wanted = [Bool](repeating: false, count: catalog.matters.count)
    matters = selection.matters(of: catalog)
    // An included matter may include another; a cycle ends at a matter that is selected already.
    var pending = matters
    for index in matters { wanted[index] = true }
    while let index = pending.popLast() {
      if let other = catalog.matters[index].includes, !wanted[other] {
        wanted[other] = true
        pending.append(other)
      }
    }
    closure = catalog.matters.indices.filter { wanted[$0] }

    var isList = [Bool](repeating: false, count: catalog.lists.count)
    var isDepartment = [Bool](repeating: false, count: catalog.departments.count)
    var isApproval = [Bool](repeating: false, count: catalog.approvals.count)
    func refer(_ name: TextID) {
      for entry in catalog.printedDepartments(name).entries {
        if let department = entry.department { isDepartment[department] = true }
      }
    }
    for index in closure {
      let matter = catalog.matters[index]
      if let list = matter.list { isList[list] = true }
      refer(matter.lead)
      refer(matter.placeholder)
      for item in catalog.items(of: matter) {
        refer(item.responsible)
        for approval in catalog.printedApprovals(item).approvals { isApproval[approval] = true }
      }
    }
    if let list = selection.list { isList[list] = true }
    for (index, approval) in catalog.approvals.enumerated() where isApproval[index] {
      if let competent = approval.competentIndex { isDepartment[competent] = true }
    }
    lists = catalog.lists.indices.filter { isList[$0] }
    departments = catalog.departments.indices.filter { isDepartment[$0] }
    approvals = catalog.approvals.indices.filter { isApproval[$0] }
    let named = Set(lists.compactMap { catalog.lists[$0].noticeIndex })
    notices = catalog.notices.indices.filter { named.contains($0) }
    var missing = Set(catalog.lists.indices.filter { catalog.lists[$0].isPartial })
    for matter in catalog.matters where !wanted[matter.index] {
      if let list = matter.list, isList[list] { missing.insert(list) }
    }
    partialLists = missing
  }
}

extension Selected {
  /// The rows of the small tables that belong to the selection. Targets count whole lists, so they are there only if nothing
  /// was left out.
  var tables: CatalogTables {
    if isWhole {
      var tables = catalog.tables
      for index in partialLists { tables.lists[index].isPartial = true }
      return tables
    }
    var tables = CatalogTables()
    tables.notices = notices.map { catalog.notices[$0] }
    tables.lists = lists.map { index in
      var list = catalog.lists[index]
      list.isPartial = partialLists.contains(index)
      return list
    }
    let used = lists.map { catalog.lists[$0].regionIndex } + departments.map { catalog.departments[$0].regionIndex }
    let regions = Set(used.compactMap { $0 }.flatMap { catalog.regionTree.lines[$0] })
    tables.regions = catalog.regions.indices.filter(regions.contains).map { catalog.regions[$0] }
    tables.audiences = catalog.tables.audiences
    tables.departments = departments.map { catalog.departments[$0] }
    tables.approvals = approvals.map { catalog.approvals[$0] }
    let subjects = SelectedSubjects(self)
    tables.progress = catalog.progress.filter(subjects.holds)
    tables.waivers = catalog.waivers.filter(subjects.holds)
    return tables
  }
}

/// The role of a department in a matter.
package enum Role: String, Sendable, CaseIterable {
  /// It leads the matter (牵头部门).
  case lead
  /// It is responsible for an item of the matter (责任部门), or is printed beside "/" where the matter has no item (2-081).
  case responsible
  /// It is responsible for an item that the matter shares from another.
  case shared
}

extension Catalog {
  /// Finds the roles of one department in each matter.
  package struct RoleFinder: Sendable {
    private let catalog: Catalog
    // Whether a cell lists the department, by the cell's text.
    private let leads: [Bool]
    private let responsibles: [Bool]
    private let placeholders: [Bool]

    init(_ catalog: Catalog, department: Int) {
      self.catalog = catalog
      func lists(_ kind: TextColumn) -> [Bool] {
        catalog.names(kind).map { name in
          catalog.printedDepartments(name).entries.contains { $0.department == department }
        }
      }
      leads = lists(.lead)
      responsibles = lists(.responsible)
      placeholders = lists(.placeholder)
    }

    /// The department's roles in a matter, in the order lead, responsible, shared.
    package func roles(in matter: Matter) -> [Role] {
      var roles: [Role] = []
      if leads[matter.lead.index] { roles.append(.lead) }
      // A placeholder that was read from a row "/" of the items table is a text of the column `responsible`.
      let placeholder = matter.placeholder
      let isBesideSlash = (placeholder.kind == .placeholder ? placeholders : responsibles)[placeholder.index]
      if isBesideSlash || catalog.items[matter.items].contains(where: { responsibles[$0.responsible.index] }) {
        roles.append(.responsible)
      }
      if let other = matter.includes, other != matter.index,
        catalog.items[catalog.matters[other].items].contains(where: {
          $0.isShared && responsibles[$0.responsible.index]
        })
      {
        roles.append(.shared)
      }
      return roles
    }
  }

  package func roleFinder(department: Int) -> RoleFinder { RoleFinder(self, department: department) }

  /// The registered short names of the departments in a cell; an unregistered name as printed.
  package func shortNames(_ name: TextID) -> [String] {
    printedDepartments(name).entries.map { entry in entry.department.map { departments[$0].short } ?? entry.name }
  }
}

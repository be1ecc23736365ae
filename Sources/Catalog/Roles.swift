/// What a department has to do with a matter.
package enum Role: String, Sendable, CaseIterable {
  /// It leads the matter (牵头部门).
  case lead
  /// It is responsible for an item of the matter (责任部门), or stands beside "/" in position of one (2-081).
  case responsible
  /// It is responsible for an item that the matter shares from another.
  case shared
}

extension Catalog {
  /// Answers, for one department, which part it has in each matter.
  package struct RoleFinder: Sendable {
    private let catalog: Catalog
    /// Whether it stands in a cell, by the cell's distinct text.
    private let leads: [Bool]
    private let responsibles: [Bool]
    private let besideSlash: [[Bool]]

    init(_ catalog: Catalog, department: Int) {
      self.catalog = catalog
      func holds(_ kind: TextColumn) -> [Bool] {
        catalog.names(kind).map { name in
          catalog.parties(name).parties.contains { $0.department == department }
        }
      }
      leads = holds(.lead)
      responsibles = holds(.responsible)
      besideSlash = [holds(.placeholder), responsibles]
    }

    /// The department's roles in a matter, in the order lead, responsible, shared.
    package func roles(in matter: Matter) -> [Role] {
      var roles: [Role] = []
      if leads[matter.lead.index] { roles.append(.lead) }
      // A row "/" of the items table keeps its cell among those of the items.
      let isBesideSlash = besideSlash[matter.placeholder.kind == .placeholder ? 0 : 1][matter.placeholder.index]
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

  /// The canonical short names of the departments in a cell; a name that no register answers to stands as printed.
  package func shortNames(_ name: TextID) -> [String] {
    parties(name).parties.map { party in party.department.map { departments[$0].short } ?? party.name }
  }
}

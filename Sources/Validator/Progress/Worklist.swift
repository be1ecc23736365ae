import Catalog
import Deadlines

/// What a department has to do, on a day: the matters that it leads, those in which it handles an item for another lead, and
/// whom it has to ask. 九府办字〔2022〕128号 §三(二) makes the lead organise the departments responsible for the items.
package struct Worklist: Sendable {
  /// A department that takes part in a matter.
  package struct Partner: Sendable, Hashable {
    /// Its short name, or the name as printed.
    package var name: String
    /// The names of the items that it handles, shared items first.
    package var items: [String]
  }

  /// A department of the register.
  package struct Owner: Sendable, Hashable {
    /// Its index in `Catalog.departments`.
    package var index: Int
    package var name: String
  }

  package let catalog: Catalog
  /// Nil if the list is of all departments.
  package let department: Owner?
  /// The matters that the department leads; of all departments, every matter.
  package let led: DeadlineBoard
  /// The matters that others lead and of which the department handles an item, its own or a shared one; nil of all departments.
  package let supported: DeadlineBoard?

  package var day: Day { led.day }

  /// - Parameters:
  ///   - day: the day that the list is for.
  ///   - department: an index in `Catalog.departments`; nil for all departments.
  ///   - dueBy: restricts it to the matters that are due, or whose report is due, on this day or before it.
  package init(_ catalog: Catalog, on day: Day, department: Int? = nil, dueBy: Day? = nil) {
    self.catalog = catalog
    let matters = BoardMatters(catalog, on: day)
    led = DeadlineBoard(matters, on: day, department: department, dueBy: dueBy) { matters, matter in
      department.map { matters.leads(matter, $0) } ?? true
    }
    self.department = department.map { Owner(index: $0, name: catalog.departments[$0].short) }
    supported = department.map { index in
      let handles = catalog.names(.responsible).map { catalog.printedDepartments($0).departments.contains(index) }
      return DeadlineBoard(matters, on: day, department: nil, dueBy: dueBy) { matters, matter in
        if matters.leads(matter, index) { return false }
        if catalog.items(of: matter).contains(where: { handles[$0.responsible.index] }) { return true }
        guard let other = matter.includes, other != matter.index else { return false }
        return catalog.items(of: catalog.matters[other]).contains { $0.isShared && handles[$0.responsible.index] }
      }
    }
  }

  /// The departments responsible for the items of a matter, in the order of the items. A department that is named with
  /// others for one item has that item like they do.
  package func partners(_ row: DeadlineBoard.Row) -> [Partner] {
    var partners: [Partner] = []
    var places: [String: Int] = [:]
    for item in catalog.effectiveItems(of: catalog.matters[row.matter]) {
      let name = catalog.text(item.name)
      for department in catalog.shortNames(item.responsible) where !department.isEmpty {
        let place = places[department] ?? partners.count
        if place == partners.count {
          places[department] = place
          partners.append(Partner(name: department, items: []))
        }
        if partners[place].items.last != name { partners[place].items.append(name) }
      }
    }
    return partners
  }

  /// The names of the items of a matter that the department handles itself; none if the list is of all departments.
  package func ownItems(_ row: DeadlineBoard.Row) -> [String] {
    guard let department else { return [] }
    return catalog.effectiveItems(of: catalog.matters[row.matter])
      .filter { catalog.printedDepartments($0.responsible).departments.contains(department.index) }
      .map { catalog.text($0.name) }
  }

  /// The departments other than this one that are to be asked about a matter, with their items.
  package func others(_ row: DeadlineBoard.Row) -> [Partner] {
    guard let department else { return partners(row) }
    return partners(row).filter { $0.name != department.name }
  }

  /// The withdrawn matters that the department leads or has an item of, which a calendar made earlier may still have.
  package var withdrawn: [Matter] {
    catalog.matters.filter { matter in
      guard matter.isWithdrawn else { return false }
      guard let department else { return true }
      return catalog.printedDepartments(matter.lead).departments.contains(department.index)
        || catalog.effectiveItems(of: matter).contains {
          catalog.printedDepartments($0.responsible).departments.contains(department.index)
        }
    }
  }
}

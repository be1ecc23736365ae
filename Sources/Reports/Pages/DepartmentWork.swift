import Catalog
import Deadlines
import Validator

/// What one department has to do: the matters that it leads, with who is responsible for their items, and the items that it
/// is responsible for in matters that others lead.
package struct DepartmentWork {
  /// A department with the items of a matter that it is responsible for.
  struct Part {
    var department: String
    var isOwn: Bool
    var items: [String]
  }

  /// A matter that the department leads.
  struct Led {
    var row: DeadlineBoard.Row
    /// In the order of the items; the department itself comes last.
    var parts: [Part]
  }

  /// A matter that another department leads.
  struct Task {
    var row: DeadlineBoard.Row
    var items: [String]
  }

  /// The matters of one lead.
  struct Request {
    /// The names of those that lead: whom to ask.
    var leads: [String]
    var tasks: [Task]
  }

  /// What the department leads.
  let board: DeadlineBoard
  let department: Department
  /// By due date.
  private(set) var led: [Led] = []
  /// By number of matters.
  private(set) var requests: [Request] = []
  /// How many matters of `requests` there are.
  private(set) var asked = 0
  /// In how many of the matters that it leads another department is responsible for an item, most first.
  private(set) var partners: [(department: String, matters: Int)] = []

  package init(_ catalog: Catalog, department: Int, on day: Day, dueBy: Day? = nil) {
    board = DeadlineBoard(catalog, on: day, department: department, dueBy: dueBy)
    self.department = catalog.departments[department]
    var counts: [String: Int] = [:]
    for row in board.rows {
      let parts = DepartmentWork.parts(of: catalog.matters[row.matter], for: department, in: catalog)
      for part in parts where !part.isOwn { counts[part.department, default: 0] += 1 }
      led.append(Led(row: row, parts: parts))
    }
    partners = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    findRequests(catalog, department: department, dueBy: dueBy)
  }

  private mutating func findRequests(_ catalog: Catalog, department: Int, dueBy: Day?) {
    let finder = catalog.roleFinder(department: department)
    var positions: [[String]: Int] = [:]
    for row in DeadlineBoard(catalog, on: board.day, dueBy: dueBy).rows {
      let matter = catalog.matters[row.matter]
      let roles = finder.roles(in: matter)
      guard !roles.isEmpty, !roles.contains(.lead) else { continue }
      let items = catalog.effectiveItems(of: matter).filter { item in
        catalog.printedDepartments(item.responsible).departments.contains(department)
      }
      let position = positions[row.lead] ?? requests.count
      if position == requests.count {
        positions[row.lead] = position
        requests.append(Request(leads: row.lead, tasks: []))
      }
      requests[position].tasks.append(Task(row: row, items: items.map { catalog.text($0.name) }))
      asked += 1
    }
    requests.sort { a, b in
      a.tasks.count != b.tasks.count
        ? a.tasks.count > b.tasks.count : a.leads.joined(separator: "/") < b.leads.joined(separator: "/")
    }
  }

  private static func parts(of matter: Matter, for department: Int, in catalog: Catalog) -> [Part] {
    let own = catalog.departments[department].short
    var parts: [Part] = []
    var positions: [String: Int] = [:]
    for item in catalog.effectiveItems(of: matter) {
      for name in catalog.shortNames(item.responsible) where !name.isEmpty {
        let position = positions[name] ?? parts.count
        if position == parts.count {
          positions[name] = position
          parts.append(Part(department: name, isOwn: name == own, items: []))
        }
        parts[position].items.append(catalog.text(item.name))
      }
    }
    return parts.filter { !$0.isOwn } + parts.filter(\.isOwn)
  }
}

import Catalog
import Deadlines
import Validator

/// The worklist of one department as its page groups it: the matters that it leads, with who is responsible for their items, and the items that it
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

  /// Nil if the worklist is of all departments.
  package init?(_ worklist: Worklist) {
    guard let owner = worklist.department, let supported = worklist.supported else { return nil }
    board = worklist.led
    department = worklist.catalog.departments[owner.index]
    var counts: [String: Int] = [:]
    for row in board.rows {
      let parts = worklist.partners(row).map {
        Part(department: $0.name, isOwn: $0.name == owner.name, items: $0.items)
      }
      for part in parts where !part.isOwn { counts[part.department, default: 0] += 1 }
      led.append(Led(row: row, parts: parts.filter { !$0.isOwn } + parts.filter(\.isOwn)))
    }
    partners = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    var positions: [[String]: Int] = [:]
    for row in supported.rows {
      let position = positions[row.lead] ?? requests.count
      if position == requests.count {
        positions[row.lead] = position
        requests.append(Request(leads: row.lead, tasks: []))
      }
      requests[position].tasks.append(Task(row: row, items: worklist.ownItems(row)))
      asked += 1
    }
    requests.sort { a, b in
      a.tasks.count != b.tasks.count
        ? a.tasks.count > b.tasks.count : a.leads.joined(separator: "/") < b.leads.joined(separator: "/")
    }
  }
}

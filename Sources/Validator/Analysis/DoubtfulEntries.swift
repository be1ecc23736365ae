import Catalog

extension Catalog {
  /// Whether a matter's id begins with the prefix of another list than its own: `misplaced-id` reports it, and which list is
  /// meant is not known.
  func isListDoubtful(_ matter: Matter) -> Bool {
    guard let list = matter.list else { return true }
    guard let prefix = MatterRun.split(id(matter))?.prefix, prefix != lists[list].prefix else { return false }
    return lists.contains { $0.prefix == prefix }
  }
}

extension Catalog {
  /// The departments with an id or a name that another one has too, by their indices.
  var doubtfulDepartments: Set<Int> {
    var found = Set(departmentRegister.conflicts.flatMap { [$0.first, $0.second] })
    var first: [String: Int] = [:]
    for (index, department) in departments.enumerated() {
      if let other = first[department.id] {
        found.insert(other)
        found.insert(index)
      } else {
        first[department.id] = index
      }
    }
    return found
  }
}

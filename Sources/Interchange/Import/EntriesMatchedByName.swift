import Catalog

/// The departments and approvals of the file that the folder has under another id. They are found by their names, if these
/// belong to exactly one entry of the folder. Adding them as new entries would register their names twice.
struct EntriesMatchedByName {
  // The index in the folder by the index in the file.
  private(set) var departments: [Int: Int] = [:]
  private(set) var approvals: [Int: Int] = [:]
  /// The folder's id by the file's.
  private(set) var departmentIDs: [String: String] = [:]

  init(folder: Catalog, file: Catalog) {
    departments = EntriesMatchedByName.found(
      file.departments.map { ($0.id, [$0.short, $0.full, $0.general] + $0.aliases) }, folder.departments.map(\.id),
      folder.departmentRegister)
    approvals = EntriesMatchedByName.found(
      file.approvals.map { ($0.id, [$0.name] + $0.aliases) }, folder.approvals.map(\.id), folder.approvalRegister)
    for (index, counterpart) in departments {
      departmentIDs[file.departments[index].id] = folder.departments[counterpart].id
    }
  }

  private static func found(
    _ rows: [(id: String, names: [String])], _ ids: [String], _ register: Register
  ) -> [Int: Int] {
    let known = Set(ids)
    // An entry of the folder whose id the file has as well does not correspond to another entry.
    let taken = Set(rows.map(\.id))
    var found: [Int: Int] = [:]
    for (index, row) in rows.enumerated() where !known.contains(row.id) {
      let owners = Set(row.names.compactMap { $0.isEmpty ? nil : register.owner(of: $0)?.index })
      if let owner = owners.first, owners.count == 1, !taken.contains(ids[owner]) { found[index] = owner }
    }
    return found
  }

  /// Adds names to the aliases, except those that the entry has already.
  static func add(_ names: [String], to aliases: inout [String], besides own: [String]) {
    var known = Set(own).union(aliases)
    for name in names where !name.isEmpty && known.insert(name).inserted { aliases.append(name) }
  }
}

import Catalog

/// The approvals that are given to different departments.
struct DepartmentConflicts {
  struct Conflict {
    var approval: Int
    /// The first item of the departments that have it most often.
    var majority: Int
    var majorityCount: Int
    /// The items that give it to others, in order.
    var minority: [Int]
  }

  var all: [Conflict] = []

  init(_ catalog: Catalog) {
    let handling = DepartmentsByText(catalog, .responsible)
    let named = SingleApprovals(catalog)
    let items = catalog.items

    // First the approvals that are printed with more than one text of departments: few.
    var firstText = [Int32](repeating: -1, count: catalog.approvals.count)
    var isSuspect = [Bool](repeating: false, count: catalog.approvals.count)
    var suspects = 0
    for item in items {
      let approval = Int(named[item.name])
      guard approval >= 0, item.matter != nil else { continue }
      let text = Int32(truncatingIfNeeded: item.responsible.index)
      if item.isUnknown(.responsible) || handling[item.responsible] == DepartmentsByText.unknown { continue }
      if firstText[approval] < 0 {
        firstText[approval] = text
      } else if firstText[approval] != text, !isSuspect[approval] {
        isSuspect[approval] = true
        suspects += 1
      }
    }
    guard suspects > 0 else { return }

    struct Reading {
      var departments: Set<Int>
      var isChoice: Bool
      var items: [Int]
    }
    /// What makes two readings the same.
    struct Key: Hashable {
      var approval: Int
      var departments: Set<Int>
      var isChoice: Bool
    }
    var readings: [Int: [Reading]] = [:]
    var readingOfKey: [Key: Int] = [:]
    // By approval and printed text: of the many items that are printed alike only the first is worked out.
    var readingOfText: [UInt64: Int] = [:]
    for item in items {
      let approval = Int(named[item.name])
      guard approval >= 0, isSuspect[approval], item.matter != nil, !item.isUnknown(.responsible) else { continue }
      let code = handling[item.responsible]
      if code == DepartmentsByText.unknown { continue }
      let key = UInt64(approval) << 32 | UInt64(item.responsible.index)
      if let known = readingOfText[key] {
        readings[approval]?[known].items.append(item.index)
        continue
      }
      let departments = Set(handling.departments(item.responsible))
      let isChoice = code == DepartmentsByText.choice
      let meant = Key(approval: approval, departments: departments, isChoice: isChoice)
      if let known = readingOfKey[meant] {
        readings[approval]?[known].items.append(item.index)
        readingOfText[key] = known
      } else {
        readingOfText[key] = readings[approval]?.count ?? 0
        readingOfKey[meant] = readings[approval]?.count ?? 0
        readings[approval, default: []].append(
          Reading(departments: departments, isChoice: isChoice, items: [item.index]))
      }
    }
    for (approval, found) in readings {
      // The first of equals has it.
      guard var most = found.first else { continue }
      for reading in found.dropFirst() {
        if reading.items.count < most.items.count { continue }
        let isMore = reading.items.count > most.items.count
        if isMore || catalog.first(reading.items + most.items) == catalog.first(reading.items) { most = reading }
      }
      let others = found.filter { reading in
        if reading.departments == most.departments && reading.isChoice == most.isChoice { return false }
        let hasChoice = reading.isChoice || most.isChoice
        return !(hasChoice && !reading.departments.isDisjoint(with: most.departments))
      }
      let first = catalog.first(most.items)
      // Twice in one matter is a repeated item, not a conflict of matters.
      let minority = catalog.inOrder(others.flatMap(\.items).filter { items[$0].matter != items[first].matter })
      if !minority.isEmpty {
        all.append(
          Conflict(approval: approval, majority: first, majorityCount: most.items.count, minority: minority))
      }
    }
    all.sort { $0.minority[0] < $1.minority[0] }
  }
}

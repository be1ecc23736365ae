import Catalog

/// The matters of which the departments leave something open: whether the lead handles the first step, and whether more than
/// one department handles the items. Also what the included matters show.
struct DepartmentDoubts: Sendable {
  /// The matters with a known lead that may not handle the first item, shared or own.
  private(set) var leadDoubts: [Int32] = []
  /// The matters whose items may all be handled by one department.
  private(set) var soleDepartments: [Int32] = []
  /// A matter includes one that does not exist.
  private(set) var hasUnknownIncludes = false
  /// A matter includes one that surely shares nothing.
  private(set) var hasIdleIncludes = false
  /// A matter includes one that includes another.
  private(set) var hasChains = false

  private let handling: LeadHandling
  private let responsible: DepartmentsByText
  private var included = Included()

  /// The matter that is included, mostly by many rows in turn.
  private struct Included: Sendable {
    var matter = -1
    /// Its first shared item; -1 if there is none, or if a mark cannot be read.
    var first = -1
    var departments = Departments()
  }

  /// The departments of some items, as far as `single-department` compares them.
  private struct Departments: Sendable {
    var sole = DepartmentsByText.unknown
    /// More than one, or one that is not known.
    var areSeveral = false

    @inline(__always)
    mutating func add(_ code: Int32) {
      if code == DepartmentsByText.choice { return }
      if code < 0 || sole >= 0 && sole != code { areSeveral = true }
      sole = code
    }
  }

  init(_ handling: LeadHandling, _ responsible: DepartmentsByText) {
    self.handling = handling
    self.responsible = responsible
  }

  mutating func take(_ block: Range<Int>, _ rows: RowSurvey.Rows) {
    for index in block {
      let matter = rows.matters[index]
      var isKnown = !matter.isUnknown(.includes)
      var first = -1
      var departments = Departments()
      if let other = matter.includes {
        if other != included.matter { include(other, rows) }
        (first, departments) = (included.first, included.departments)
        if first < 0 || other == index { isKnown = false }
      } else if !matter.includesID.isEmpty {
        hasUnknownIncludes = true
        isKnown = false
      }
      if !isKnown {
        // `single-department` skips these; whether the lead is idle is unknown.
        if handling.isKnown(matter.lead) { leadDoubts.append(Int32(index)) }
        continue
      }
      takeLead(matter, index, shared: first, rows)
      takeDepartments(matter, index, &departments, hasShared: first >= 0, rows)
    }
  }

  @inline(__always)
  private mutating func takeLead(_ matter: Matter, _ index: Int, shared: Int, _ rows: RowSurvey.Rows) {
    guard handling.isKnown(matter.lead) else { return }
    let first = shared >= 0 ? shared : DepartmentDoubts.earliest(matter.items, rows)
    if first < 0 || !handling.surelyHandles(matter.lead, rows.items[first]) { leadDoubts.append(Int32(index)) }
  }

  @inline(__always)
  private mutating func takeDepartments(
    _ matter: Matter, _ index: Int, _ departments: inout Departments, hasShared: Bool, _ rows: RowSurvey.Rows
  ) {
    if departments.areSeveral || !matter.placeholder.isEmpty { return }
    let own = matter.items
    if own.isEmpty, !hasShared { return }
    for item in own {
      departments.add(code(rows.items[item]))
      if departments.areSeveral { return }
    }
    soleDepartments.append(Int32(index))
  }

  @inline(__always)
  private func code(_ item: Item) -> Int32 {
    item.isUnknown(.responsible) ? DepartmentsByText.unknown : responsible[item.responsible]
  }

  private mutating func include(_ other: Int, _ rows: RowSurvey.Rows) {
    included = Included(matter: other)
    if rows.matters[other].includes != nil { hasChains = true }
    var isClear = true
    var isSharing = false
    for index in rows.matters[other].items {
      let item = rows.items[index]
      if item.isUnknown(.shared) { isClear = false }
      guard item.isShared else { continue }
      isSharing = true
      included.departments.add(code(item))
      let isEarlier =
        included.first < 0 || item.number ?? Int.max < rows.items[included.first].number ?? Int.max
      if isEarlier { included.first = index }
    }
    if !isSharing, isClear { hasIdleIncludes = true }
    if !isClear { included.first = -1 }
  }

  /// The item of the lowest number; -1 if there is none.
  @inline(__always)
  private static func earliest(_ items: Range<Int>, _ rows: RowSurvey.Rows) -> Int {
    guard var first = items.first else { return -1 }
    if rows.items[first].number == 1 { return first }
    for index in items where rows.items[index].number ?? Int.max < rows.items[first].number ?? Int.max { first = index }
    return first
  }
}

import Catalog

/// What each distinct cell of departments comes to, worked out once, so that a rule can go through a million items by
/// comparing numbers.
struct DepartmentsByText: Sendable {
  /// Somebody in the cell is not known to the register, or not named at all, or nobody stands there: not to be judged.
  static let unknown: Int32 = -1
  /// Two or more departments together.
  static let joint: Int32 = -2
  /// One of two or more departments.
  static let choice: Int32 = -3

  /// By the position of the text: the one department, or one of the constants.
  private let codes: [Int32]
  /// The departments of those texts that hold more than one.
  private let several: [Int: [Int]]

  init(_ catalog: Catalog, _ kind: TextColumn) {
    let isUnnamed = catalog.departments.map(\.isUnnamed)
    var codes: [Int32] = []
    codes.reserveCapacity(catalog.distinctCount(kind))
    var several: [Int: [Int]] = [:]
    for name in catalog.names(kind) {
      let parties = catalog.parties(name)
      guard parties.isResolved, !parties.parties.contains(where: { $0.department.map { isUnnamed[$0] } ?? true }) else {
        codes.append(DepartmentsByText.unknown)
        continue
      }
      let departments = parties.departments
      if departments.count == 1 {
        codes.append(Int32(departments[0]))
      } else {
        codes.append(parties.choice == .any ? DepartmentsByText.choice : DepartmentsByText.joint)
        several[name.index] = departments
      }
    }
    self.codes = codes
    self.several = several
  }

  /// The one department that stands in the cell, or one of the constants.
  @inline(__always)
  subscript(name: TextID) -> Int32 { codes[name.index] }

  /// Every department in the cell; none where it is not to be judged.
  func departments(_ name: TextID) -> [Int] {
    let code = codes[name.index]
    if code >= 0 { return [Int(code)] }
    return several[name.index] ?? []
  }
}

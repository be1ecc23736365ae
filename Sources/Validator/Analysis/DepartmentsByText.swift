import Catalog

/// The departments of each distinct text of a column, as one number, so that a rule compares numbers over a million
/// items.
struct DepartmentsByText: Sendable {
  /// A department in the cell is not in the register or not named, or the cell is empty: rules skip it.
  static let unknown: Int32 = -1
  /// Two or more departments jointly.
  static let joint: Int32 = -2
  /// One of two or more departments.
  static let choice: Int32 = -3

  /// By the index of the text: the only department, or one of the constants.
  private let codes: [Int32]
  /// The departments of all texts, one after the other, and where those of each text begin and end: arrays of their own
  /// would be retained and released for every row that is compared.
  private let all: [Int32]
  private let bounds: [Int32]

  init(_ catalog: Catalog, _ kind: TextColumn) {
    let isUnnamed = catalog.departments.map(\.isUnnamed)
    var codes: [Int32] = []
    codes.reserveCapacity(catalog.distinctCount(kind))
    var all: [Int32] = []
    var bounds: [Int32] = [0]
    bounds.reserveCapacity(catalog.distinctCount(kind) + 1)
    for name in catalog.names(kind) {
      let cell = catalog.printedDepartments(name)
      if cell.isResolved, !cell.entries.contains(where: { $0.department.map { isUnnamed[$0] } ?? true }) {
        let departments = cell.departments
        all += departments.lazy.map(Int32.init)
        codes.append(
          departments.count == 1
            ? Int32(departments[0]) : cell.choice == .any ? DepartmentsByText.choice : DepartmentsByText.joint)
      } else {
        codes.append(DepartmentsByText.unknown)
      }
      bounds.append(Int32(all.count))
    }
    self.codes = codes
    self.all = all
    self.bounds = bounds
  }

  /// The only department of the cell, or one of the constants.
  @inline(__always)
  subscript(name: TextID) -> Int32 { codes[name.index] }

  /// All departments of the cell; empty for `unknown`.
  func departments(_ name: TextID) -> [Int] { withDepartments(name) { $0.map(Int.init) } }

  /// Calls `body` with all departments of the cell, none for `unknown`. They are valid during the call only.
  @inline(__always)
  func withDepartments<R>(_ name: TextID, _ body: (UnsafeBufferPointer<Int32>) -> R) -> R {
    let range = Int(bounds[name.index])..<Int(bounds[name.index + 1])
    return all.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// Whether a cell of this kind and a cell of another have a department in common.
  func shares(_ name: TextID, with other: DepartmentsByText, _ otherName: TextID) -> Bool {
    let (code, otherCode) = (self[name], other[otherName])
    if code >= 0, otherCode >= 0 { return code == otherCode }
    return withDepartments(name) { own in
      other.withDepartments(otherName) { others in own.contains(where: others.contains) }
    }
  }
}

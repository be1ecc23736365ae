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
  /// The departments of texts with more than one, and by the index of the text where they are in it.
  private let several: [[Int]]
  private let places: [Int32]
  /// An array of each department alone, so that none is made for a text.
  private let singles: [[Int]]

  init(_ catalog: Catalog, _ kind: TextColumn) {
    let isUnnamed = catalog.departments.map(\.isUnnamed)
    var codes: [Int32] = []
    codes.reserveCapacity(catalog.distinctCount(kind))
    var several: [[Int]] = []
    var places = [Int32](repeating: -1, count: catalog.distinctCount(kind))
    for name in catalog.names(kind) {
      let cell = catalog.printedDepartments(name)
      guard cell.isResolved, !cell.entries.contains(where: { $0.department.map { isUnnamed[$0] } ?? true }) else {
        codes.append(DepartmentsByText.unknown)
        continue
      }
      let departments = cell.departments
      if departments.count == 1 {
        codes.append(Int32(departments[0]))
      } else {
        codes.append(cell.choice == .any ? DepartmentsByText.choice : DepartmentsByText.joint)
        places[name.index] = Int32(several.count)
        several.append(departments)
      }
    }
    self.codes = codes
    singles = catalog.departments.indices.map { [$0] }
    self.several = several
    self.places = places
  }

  /// The only department of the cell, or one of the constants.
  @inline(__always)
  subscript(name: TextID) -> Int32 { codes[name.index] }

  /// All departments of the cell; empty for `unknown`.
  func departments(_ name: TextID) -> [Int] {
    let code = codes[name.index]
    if code >= 0 { return singles[Int(code)] }
    let place = places[name.index]
    return place < 0 ? [] : several[Int(place)]
  }

  /// Whether a cell of this kind and a cell of another have a department in common.
  func shares(_ name: TextID, with other: DepartmentsByText, _ otherName: TextID) -> Bool {
    let (code, otherCode) = (self[name], other[otherName])
    if code >= 0, otherCode >= 0 { return code == otherCode }
    let departments = other.departments(otherName)
    return self.departments(name).contains(where: departments.contains)
  }
}

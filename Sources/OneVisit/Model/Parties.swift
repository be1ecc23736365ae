/// The departments in one cell.
public struct Parties: Sendable, Hashable {
  /// How several departments share the work.
  public enum Choice: String, Sendable, Hashable {
    /// Jointly, printed with `、`.
    case all
    /// One or the other, printed with `/`.
    case any
  }

  /// The cell as printed, such as 市场监管部门/行政审批部门; empty for an empty cell.
  public let text: String
  /// Each department's short name from the register, or the printed name where the register has none.
  public let names: [String]
  /// The ids of those departments that the register has, without repetition.
  public let departmentIDs: [String]
  /// How they share the work.
  public let choice: Choice

  init(_ name: Core.TextID, in catalog: Core.Catalog) {
    let cell = catalog.printedDepartments(name)
    text = catalog.text(name)
    names = catalog.shortNames(name)
    departmentIDs = cell.departments.map { catalog.departments[$0].id }
    choice = cell.choice == .any ? .any : .all
  }
}

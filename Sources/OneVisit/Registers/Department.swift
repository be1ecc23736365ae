/// A department (部门) of the register.
public struct Department: Sendable, Hashable, Identifiable {
  /// The id, such as `public-security`.
  public let id: String
  /// The short name, such as 市公安局.
  public let short: String
  /// The full name; empty if it is not registered.
  public let full: String
  /// The general name that notices print instead, such as 公安部门; empty if there is none.
  public let general: String
  /// Other names that it is printed under.
  public let aliases: [String]
  /// The kind of body, such as `city-department`, `national-branch` or `court`.
  public let kind: String
  /// The unified social credit code (统一社会信用代码), 18 characters; empty if it is not known.
  public let creditCode: String

  let row: RowIndex

  init(_ department: Core.Department, index: Int) {
    id = department.id
    short = department.short
    full = department.full
    general = department.general
    aliases = department.aliases
    kind = department.kind
    creditCode = department.creditCode
    row = RowIndex(index)
  }
}

/// An approval (单项事项) of the register: the single service item behind the printed names of items.
public struct Approval: Sendable, Hashable, Identifiable {
  /// The id, such as `food-business-licence`.
  public let id: String
  /// The name.
  public let name: String
  /// Other names that it is printed under.
  public let aliases: [String]
  /// The kind, such as `licence`, `filing` or `registration`.
  public let kind: String
  /// The competent department (主管部门) as written, an id or a name; empty if none is registered.
  public let competent: String
  /// The id of the competent department; nil if none is registered under `competent`.
  public let competentID: String?

  let row: RowIndex

  init(_ approval: Core.Approval, index: Int, in catalog: Core.Catalog) {
    id = approval.id
    name = approval.name
    aliases = approval.aliases
    kind = approval.kind
    competent = approval.competent
    competentID = approval.competentIndex.map { catalog.departments[$0].id }
    row = RowIndex(index)
  }
}

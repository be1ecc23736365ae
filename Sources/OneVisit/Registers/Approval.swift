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
  /// The code in the national basic catalog (基本编码), 12 digits; empty if it is not known, as the other codes are.
  public let code: String
  /// The code in the implementation list (实施编码), 31 characters.
  public let taskCode: String
  /// A code that follows neither form, as it is.
  public let localCode: String
  /// Its version in a portal, as written.
  public let version: String
  /// Whether it can be applied for; nil if that is not known.
  public let state: State?
  /// The first day on which it is in force; nil if it is not known.
  public let effective: Day?
  /// The last day on which it is in force; nil if it is not known.
  public let ends: Day?

  /// Whether an approval can be applied for.
  public enum State: Sendable, Hashable, CaseIterable {
    /// 在用.
    case inForce
    /// 暂停: it cannot be applied for at present.
    case suspended
    /// 取消: it cannot be applied for any more.
    case withdrawn
  }

  let row: RowIndex

  init(_ approval: Core.Approval, index: Int, in catalog: Core.Catalog) {
    id = approval.id
    name = approval.name
    aliases = approval.aliases
    kind = approval.kind
    competent = approval.competent
    competentID = approval.competentIndex.map { catalog.departments[$0].id }
    code = approval.code
    taskCode = approval.taskCode
    localCode = approval.localCode
    version = approval.version
    state =
      switch approval.state {
      case .inForce?: .inForce
      case .suspended?: .suspended
      case .withdrawn?: .withdrawn
      case nil: nil
      }
    effective = approval.effective.map(Day.init)
    ends = approval.ends.map(Day.init)
    row = RowIndex(index)
  }
}

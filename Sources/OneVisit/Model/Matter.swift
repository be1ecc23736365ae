/// A matter (一件事): what a citizen or a business wants to do, with the items behind it.
public struct Matter: Sendable, Hashable, Identifiable {
  /// The columns of a matter, at which a custom rule can report.
  public enum Field: Sendable, Hashable, CaseIterable {
    /// The matter's id (标识).
    case id
    /// The list (清单).
    case list
    /// The number in the list (序号).
    case number
    /// The audience (类型).
    case audience
    /// The name (名称).
    case name
    /// The lead department (牵头部门).
    case lead
    /// The deadline (完成时限).
    case deadline
    /// The remark (备注).
    case remark
    /// The matter whose shared items it includes (包含).
    case includes
    /// The departments printed where there is no item (空项责任部门).
    case placeholder

    var core: Core.MatterColumn {
      switch self {
      case .id: .id
      case .list: .list
      case .number: .number
      case .audience: .audience
      case .name: .name
      case .lead: .lead
      case .deadline: .deadline
      case .remark: .remark
      case .includes: .includes
      case .placeholder: .placeholder
      }
    }
  }

  /// The id, such as `2-037`; empty if the table has none.
  public let id: String
  /// The id of its list, such as `second`; nil if the catalog has no such list.
  public let list: String?
  /// Its number in the list, from 1; nil if the table has no valid number.
  public let number: Int?
  /// Whom it serves; nil if the table has no valid audience.
  public let audience: Audience?
  /// The name, such as 我要开办熟食店.
  public let name: String
  /// The lead departments.
  public let lead: Parties
  /// The deadline.
  public let deadline: Deadline
  /// The remark; empty if there is none.
  public let remark: String
  /// The id, as written, of the matter whose shared items it includes; nil if it includes none.
  public let includes: String?
  /// The departments printed in place of an item (matter 2-081); empty if there are none.
  public let placeholder: Parties
  /// Whether it has been withdrawn. It then keeps its id and number, and has no duties any more.
  public let isWithdrawn: Bool
  /// The day on which it was withdrawn; nil if it is not, or the table has no valid day.
  public let withdrawn: Day?
  /// What the withdrawal is based on, as written; empty if it is not withdrawn.
  public let withdrawalBasis: String
  /// Its own items, in printed order.
  public let items: [Item]
  /// The items that it shares from the matter that it includes, in that matter's order.
  public let sharedItems: [Item]

  let row: RowIndex

  /// The last day that is in time; nil if the deadline sets no one day.
  public var due: Day? { deadline.due }

  /// All items that the matter needs: the shared ones, which come first, then its own.
  public var allItems: [Item] { sharedItems + items }

  init(_ matter: Core.Matter, in catalog: Core.Catalog) {
    id = catalog.id(matter)
    list = matter.list.map { catalog.lists[$0].id }
    number = matter.number
    audience = catalog.audience(of: matter).map(Audience.init)
    name = catalog.text(matter.name)
    lead = Parties(matter.lead, in: catalog)
    deadline = Deadline(catalog.text(matter.deadline), catalog.deadline(matter))
    remark = catalog.text(matter.remark)
    includes = matter.includesID.isEmpty ? nil : catalog.text(matter.includesID)
    placeholder = Parties(matter.placeholder, in: catalog)
    let withdrawal = catalog.withdrawal(of: matter)
    isWithdrawn = matter.isWithdrawn
    withdrawn = withdrawal?.day.map(Day.init)
    withdrawalBasis = withdrawal?.basis ?? ""
    items = catalog.items(of: matter).map { Item($0, in: catalog) }
    sharedItems = catalog.sharedItems(of: matter).map { Item($0, in: catalog) }
    row = RowIndex(matter.index)
  }
}

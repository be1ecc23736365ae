/// An item (关联事项) of a matter: one step, handled by its responsible departments.
public struct Item: Sendable, Hashable, Identifiable {
  /// The columns of an item, at which a custom rule can report.
  public enum Field: Sendable, Hashable, CaseIterable {
    /// The matter that it belongs to (事项).
    case matter
    /// The number in the matter (次序).
    case number
    /// The name (关联事项).
    case name
    /// The responsible departments (责任部门).
    case responsible
    /// Whether other matters share it (共享).
    case shared

    var core: Core.ItemColumn {
      switch self {
      case .matter: .matter
      case .number: .number
      case .name: .name
      case .responsible: .responsible
      case .shared: .shared
      }
    }
  }

  /// The matter's id and the item's number, such as `2-037.8`.
  public let id: String
  /// The id of its matter, as written.
  public let matterID: String
  /// Its number in the matter, from 1; nil if the table has no valid number.
  public let number: Int?
  /// The name as printed, which may hold a choice: 食品经营许可证/小餐饮小食杂店食品经营登记.
  public let name: String
  /// The ids of the approvals that the name stands for; empty if the register has none of them.
  public let approvalIDs: [String]
  /// The responsible departments.
  public let responsible: Parties
  /// Whether matters that include this item's matter share it (以下场景均包含此事项).
  public let isShared: Bool

  let row: RowIndex

  init(_ item: Core.Item, in catalog: Core.Catalog) {
    id = catalog.id(item)
    matterID = catalog.text(item.matterID)
    number = item.number
    name = catalog.text(item.name)
    approvalIDs = catalog.printedApprovals(item).approvals.map { catalog.approvals[$0].id }
    responsible = Parties(item.responsible, in: catalog)
    isShared = item.isShared
    row = RowIndex(item.index)
  }
}

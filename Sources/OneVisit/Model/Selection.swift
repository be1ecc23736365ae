/// Which matters are wanted. Every condition that is set has to hold; without any, all matters are wanted.
///
/// ```swift
/// let led = try catalog.matters(Selection(department: "公安部门", role: .lead))
/// ```
public struct Selection: Sendable, Hashable {
  /// A department by any of its names: its matters, and those that share an item of it.
  public var department: String?
  /// The department's part in the matter; nil for any.
  public var role: Role?
  /// A list by its id, annex or title.
  public var list: String?
  /// The audience.
  public var audience: Audience?
  /// Only matters due on this day or before; matters without one due day are left out.
  public var dueBy: Day?
  /// Only matters whose name contains this text.
  public var name: String?

  /// Creates a selection.
  public init(
    department: String? = nil, role: Role? = nil, list: String? = nil, audience: Audience? = nil, dueBy: Day? = nil,
    name: String? = nil
  ) {
    self.department = department
    self.role = role
    self.list = list
    self.audience = audience
    self.dueBy = dueBy
    self.name = name
  }
}

extension Catalog {
  /// The matters that a selection wants, in the order of the table.
  /// - Throws: `OneVisitError` of kind `unknownName` for a department, list or audience that the catalog does not have, of kind
  ///   `invalidOptions` for a role without a department.
  public func matters(_ selection: Selection) throws(OneVisitError) -> [Matter] {
    let filter = try coreSelection(selection).filter(of: core)
    return core.matters.lazy.filter(filter).map { Matter($0, in: core) }
  }

  /// A department's parts in a matter, in the order lead, responsible, shared; empty if it has none.
  /// - Throws: `OneVisitError` of kind `unknownName`.
  public func roles(of department: String, in matter: Matter) throws(OneVisitError) -> [Role] {
    let finder = core.roleFinder(department: try requiredDepartment(department))
    return core.matter(id: matter.id).map { finder.roles(in: $0).map(Role.init) } ?? []
  }

  /// The selection with names replaced by indices.
  func coreSelection(_ selection: Selection) throws(OneVisitError) -> Core.Selection {
    if selection.role != nil, selection.department == nil {
      throw OneVisitError(
        .invalidOptions,
        LocalizedText(zh: "按角色筛选时须同时指定部门。", en: "A role can only be selected together with a department."))
    }
    var result = Core.Selection()
    if let name = selection.list { result.list = try requiredList(name) }
    if let name = selection.department { result.department = try requiredDepartment(name) }
    result.role = selection.role?.core
    if let audience = selection.audience { result.audience = try requiredAudience(audience.id) }
    result.dueBy = selection.dueBy?.core
    result.name = selection.name
    return result
  }
}

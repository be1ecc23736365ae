import Catalog
import Localization

/// Matters as a listing: `onevisit list`.
package enum MatterListing {
  /// - Parameters:
  ///   - matters: indices of `Catalog.matters`, in the order in which they are listed.
  ///   - department: the department whose roles are listed, by its index in `Catalog.departments`.
  ///   - showsWithdrawals: adds a column with the day on which a matter was withdrawn.
  package static func rows<Indices: Collection<Int>>(
    _ matters: Indices, of catalog: Catalog, department: Int? = nil, showsWithdrawals: Bool = false
  ) -> Listing<LazyMapCollection<Indices, [ListingCell]>> {
    let withdrawals = showsWithdrawals ? [ListingColumn("withdrawn", zh: "撤回日期", en: "withdrawn")] : []
    let finder = department.map { catalog.roleFinder(department: $0) }
    return Listing(
      columns: [
        .id,
        ListingColumn("list", zh: "清单", en: "list", isForPrograms: true),
        ListingColumn("number", zh: "序号", en: "number", isNumber: true, isForPrograms: true),
        ListingColumn("audience", zh: "类型", en: "audience"),
        .name,
        .lead,
        .deadline,
        .due,
        ListingColumn("roles", zh: "本部门角色", en: "roles", isForPrograms: finder == nil),
      ] + withdrawals,
      rows: matters.lazy.map { index in
        let matter = catalog.matters[index]
        let roles = finder?.roles(in: matter) ?? []
        let withdrawal: [ListingCell] =
          showsWithdrawals ? [.text(catalog.withdrawal(of: matter).map { $0.day?.description ?? "?" })] : []
        let cells: [ListingCell] = [
          .text(catalog.id(matter)),
          .text(matter.list.map { catalog.lists[$0].id }),
          .number(matter.number),
          catalog.audience(of: matter).map { .term($0.id, LocalizedText(zh: $0.name, en: $0.id)) } ?? .none,
          .text(catalog.text(matter.name)),
          .texts(catalog.shortNames(matter.lead)),
          .text(catalog.text(matter.deadline)),
          .text(catalog.due(matter)?.description),
          .terms(roles.map(\.rawValue), words(roles)),
        ]
        return cells + withdrawal
      })
  }

  private static func words(_ roles: [Role]) -> LocalizedText {
    let words = roles.map { role in
      switch role {
      case .lead: LocalizedText(zh: "牵头", en: "lead")
      case .responsible: LocalizedText(zh: "负责", en: "responsible")
      case .shared: LocalizedText(zh: "共享项负责", en: "shared")
      }
    }
    return LocalizedText(
      zh: words.map(\.zh).joined(separator: "、"), en: words.map(\.en).joined(separator: ", "))
  }
}

import Catalog

/// Whether leads handle the items of their matters.
struct LeadHandling {
  private let catalog: Catalog
  private let responsible: DepartmentsByText
  private let leading: DepartmentsByText

  init(_ catalog: Catalog) {
    self.catalog = catalog
    responsible = DepartmentsByText(catalog, .responsible)
    leading = DepartmentsByText(catalog, .lead)
  }

  /// Whether the departments of a lead are known.
  func isKnown(_ lead: TextID) -> Bool { leading[lead] != DepartmentsByText.unknown }

  /// Whether a lead handles the item; nil if that is unknown.
  func handles(_ lead: TextID, _ item: Item) -> Bool? {
    let code = item.isUnknown(.responsible) ? DepartmentsByText.unknown : responsible[item.responsible]
    if code == DepartmentsByText.unknown { return nil }
    let leadCode = leading[lead]
    if code >= 0, leadCode >= 0 {
      if code == leadCode { return true }
      // An item that is shared from a list of another region.
      return catalog.counterpart(of: Int(code), in: catalog.region(of: lead)) == Int(leadCode)
    }
    let leads = leading.departments(lead)
    let cell = responsible.departments(item.responsible)
    guard cell.contains(where: leads.contains) else { return false }
    guard code == DepartmentsByText.choice, !cell.allSatisfy(leads.contains) else { return true }
    let approvals = catalog.printedApprovals(item).approvals
    if approvals.isEmpty { return nil }
    let region = catalog.region(of: lead)
    return approvals.contains { approval in
      catalog.approvals[approval].competentIndex.map { leads.contains(catalog.counterpart(of: $0, in: region)) } ?? true
    }
  }
}

/// Leads that handle no item: for `lead-without-item`, and for rules that do not repeat its findings.
enum IdleLeads {
  /// The matters whose lead handles none of their items, in order; and those of which that is not known, because a cell or
  /// a table could not be read.
  static func matters(_ catalog: Catalog) -> (idle: [Int], unknown: Set<Int>) {
    let handling = LeadHandling(catalog)
    let matters = catalog.matters
    let items = catalog.items
    var sharing = SharedItemsCache(catalog)
    var found: [Int] = []
    var unknown: Set<Int> = []
    let isIncomplete = !catalog.isComplete

    nextMatter: for matter in matters where matter.placeholder.isEmpty && handling.isKnown(matter.lead) {
      guard let shared = sharing.of(matter) else {
        unknown.insert(matter.index)
        continue
      }
      if shared.isEmpty, matter.items.isEmpty {
        if isIncomplete { unknown.insert(matter.index) }
        continue
      }
      var isCertain = true
      for item in shared {
        switch handling.handles(matter.lead, item) {
        case true?: continue nextMatter
        case false?: break
        case nil: isCertain = false
        }
      }
      for index in matter.items {
        switch handling.handles(matter.lead, items[index]) {
        case true?: continue nextMatter
        case false?: break
        case nil: isCertain = false
        }
      }
      if isCertain { found.append(matter.index) } else { unknown.insert(matter.index) }
    }
    return (found, unknown)
  }
}

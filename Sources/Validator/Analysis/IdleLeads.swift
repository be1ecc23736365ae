import Catalog

/// Whether leads handle the items of their matters.
struct LeadHandling: Sendable {
  private let catalog: Catalog
  private let responsible: DepartmentsByText
  private let leading: DepartmentsByText

  init(_ catalog: Catalog, leading: DepartmentsByText, responsible: DepartmentsByText) {
    self.catalog = catalog
    self.responsible = responsible
    self.leading = leading
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
    return leading.withDepartments(lead) { leads in
      responsible.withDepartments(item.responsible) { cell in
        guard cell.contains(where: leads.contains) else { return false }
        guard code == DepartmentsByText.choice, !cell.allSatisfy(leads.contains) else { return true }
        let approvals = catalog.printedApprovals(item).approvals
        if approvals.isEmpty { return nil }
        let region = catalog.region(of: lead)
        return approvals.contains { approval in
          catalog.approvals[approval].competentIndex.map {
            leads.contains(Int32(catalog.counterpart(of: $0, in: region)))
          } ?? true
        }
      }
    }
  }

  /// Whether a lead handles the item by the departments alone. If so, `handles` is true as well; if not, it has to be asked.
  @inline(__always)
  func surelyHandles(_ lead: TextID, _ item: Item) -> Bool {
    let code = item.isUnknown(.responsible) ? DepartmentsByText.unknown : responsible[item.responsible]
    if code == DepartmentsByText.unknown { return false }
    let leadCode = leading[lead]
    if leadCode >= 0, code >= 0 { return code == leadCode }
    return leading.withDepartments(lead) { leads in
      if code >= 0 { return leads.contains(code) }
      return responsible.withDepartments(item.responsible) { cell in
        code == DepartmentsByText.choice ? cell.allSatisfy(leads.contains) : cell.contains(where: leads.contains)
      }
    }
  }
}

/// Leads that handle no item: for `lead-without-item`, and for rules that do not repeat its findings.
enum IdleLeads {
  /// The matters whose lead handles none of their items, in order; and those of which that is not known, because a cell or
  /// a table could not be read.
  static func matters(_ context: RuleContext) -> (idle: [Int], unknown: Set<Int>) {
    let catalog = context.catalog
    let handling = context.leadHandling
    let matters = catalog.matters
    let items = catalog.items
    var sharing = SharedItemsCache(catalog)
    var found: [Int] = []
    var unknown: Set<Int> = []
    let isIncomplete = !catalog.isComplete

    nextMatter: for index in context.survey.departments.leadDoubts {
      let matter = matters[Int(index)]
      guard matter.placeholder.isEmpty, handling.isKnown(matter.lead) else { continue }
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

import Catalog

/// What one pass over the matters and their items shows: where a rule may find something, and where it cannot.
///
/// Most rules about the large tables find nothing, and a pass over a million matters and two million items takes longer than
/// what a rule computes for each. So the rows are read once, block by block, and each part of the survey looks at a block
/// while it is in the processor's cache. A part never decides that something is a finding; it leaves out what cannot be one,
/// and the rules examine the rest.
struct RowSurvey: Sendable {
  private(set) var order: MatterOrder
  private(set) var dueDays: DueDays
  private(set) var itemNumbers = ItemNumbers()
  private(set) var departments: DepartmentDoubts
  private(set) var approvals: ApprovalUses

  /// A thousand matters and their items take some 150 KB.
  private static let block = 1024

  init(_ catalog: Catalog, _ handling: LeadHandling, leads: DepartmentsByText, responsible: DepartmentsByText) {
    order = MatterOrder(catalog, leads: leads)
    dueDays = DueDays(catalog)
    departments = DepartmentDoubts(handling, responsible)
    approvals = ApprovalUses(catalog)
    let count = catalog.matters.count
    catalog.matters.withUnsafeBufferPointer { matters in
      catalog.items.withUnsafeBufferPointer { items in
        let rows = Rows(catalog: catalog, matters: matters, items: items)
        var start = 0
        while start < count {
          let block = start..<min(start + RowSurvey.block, count)
          order.take(block, rows)
          dueDays.take(block, rows)
          itemNumbers.take(block, rows)
          departments.take(block, rows)
          approvals.take(block, rows)
          start = block.upperBound
        }
      }
    }
  }

  /// The rows that a survey looks at, without the check of bounds that an array makes for each.
  struct Rows {
    let catalog: Catalog
    let matters: UnsafeBufferPointer<Matter>
    let items: UnsafeBufferPointer<Item>
  }
}

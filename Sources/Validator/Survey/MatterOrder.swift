import Catalog

/// The order of the matters, and what the cells of a matter alone show.
struct MatterOrder: Sendable {
  /// Every matter has a list and a number, and the rows are sorted by list and number.
  private(set) var isSorted = true
  private(set) var hasWithdrawn = false
  /// A matter has something beside "/".
  private(set) var hasPlaceholders = false
  private(set) var hasUnknownLeads = false
  /// Two matters have the same id.
  private(set) var hasRepeatedIDs = false
  /// Two matters have the same name.
  private(set) var hasRepeatedNames = false
  /// The matters whose audience or include differs from that of the next row.
  private(set) var changes: [Int32] = []
  /// The matters with a lead of one department after a row with a choice of several.
  private(set) var leadChanges: [Int32] = []
  /// By list, the audiences of its matters: a bit for each, the last one for all from the 64th on.
  private(set) var audiences: [UInt64]

  private let leads: DepartmentsByText
  /// One bit for each name that has been met.
  private var names: [UInt64]
  private var list = -1
  private var number = -1
  private var audience: Int?
  private var includes: Int?
  private var lead: Int32 = DepartmentsByText.unknown

  init(_ catalog: Catalog, leads: DepartmentsByText) {
    self.leads = leads
    audiences = [UInt64](repeating: 0, count: catalog.lists.count)
    names = [UInt64](repeating: 0, count: catalog.distinctCount(.matterName) / 64 + 1)
  }

  mutating func take(_ block: Range<Int>, _ rows: RowSurvey.Rows) {
    for index in block {
      let matter = rows.matters[index]
      takeOrder(matter, index)
      takeName(matter.name)
      if matter.isWithdrawn { hasWithdrawn = true }
      if !matter.placeholder.isEmpty { hasPlaceholders = true }
      if matter.isUnknown(.lead) { hasUnknownLeads = true }
      if !hasRepeatedIDs, !matter.id.isEmpty, rows.catalog.firstMatter(withID: matter.id)?.index != index {
        hasRepeatedIDs = true
      }
    }
  }

  @inline(__always)
  private mutating func takeOrder(_ matter: Matter, _ index: Int) {
    let audience = matter.audience
    if let list = matter.list, let number = matter.number {
      if list < self.list || list == self.list && number < self.number { isSorted = false }
      (self.list, self.number) = (list, number)
    } else {
      isSorted = false
    }
    if let list = matter.list, let audience { audiences[list] |= 1 << UInt64(min(audience, 63)) }
    let includes = matter.includes
    if index > 0, audience != self.audience || includes != self.includes { changes.append(Int32(index - 1)) }
    let lead = leads[matter.lead]
    if lead >= 0, self.lead == DepartmentsByText.choice { leadChanges.append(Int32(index)) }
    (self.audience, self.includes, self.lead) = (audience, includes, lead)
  }

  @inline(__always)
  private mutating func takeName(_ name: TextID) {
    if name.isEmpty { return }
    let bit: UInt64 = 1 << UInt64(name.index & 63)
    if names[name.index >> 6] & bit != 0 { hasRepeatedNames = true }
    names[name.index >> 6] |= bit
  }
}

/// The matters by list and number, without those that lack either or are not wanted. No index is kept where that is the order
/// of the rows and all are wanted.
struct MattersByNumber {
  private let matters: [Matter]
  private let order: [Int32]?

  /// - Parameters:
  ///   - isWhole: all matters are wanted, and the rows are in order.
  init(_ catalog: Catalog, isWhole: Bool, where isWanted: (Matter) -> Bool) {
    matters = catalog.matters
    if isWhole {
      order = nil
      return
    }
    var order: [Int32] = []
    order.reserveCapacity(matters.count)
    var last = (list: -1, number: -1)
    var isSorted = true
    for matter in matters {
      guard let list = matter.list, let number = matter.number, isWanted(matter) else { continue }
      if (list, number) < last { isSorted = false }
      last = (list, number)
      order.append(Int32(matter.index))
    }
    if !isSorted {
      let matters = matters
      func key(_ index: Int32) -> (Int, Int, Int32) {
        (matters[Int(index)].list ?? 0, matters[Int(index)].number ?? 0, index)
      }
      order.sort { key($0) < key($1) }
    }
    self.order = order
  }

  var count: Int { order?.count ?? matters.count }
  /// Their places are those of the rows.
  var isWhole: Bool { order == nil }

  subscript(place: Int) -> Matter { matters[order.map { Int($0[place]) } ?? place] }
}

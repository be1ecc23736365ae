import Catalog

/// The matters that may have an approval twice, and the responsible department of each name of an item.
struct ApprovalUses: Sendable {
  /// The matters with an item whose approval another item of theirs has, own or shared.
  private(set) var repeating: [Int32] = []
  /// By name of an item, the text of its responsible departments; -1 if no item of a known matter has one that could be read.
  private var responsibleOfName: [Int32]
  /// Items of one name have different texts of responsible departments.
  private(set) var hasSeveralResponsibles = false

  let keys: ApprovalKeys
  /// By key, the last matter with an item of it, and the last one that shares an item of it.
  private var own: [Int32]
  private var shared: [Int32]
  private var included: Int32 = -1

  init(_ catalog: Catalog) {
    keys = ApprovalKeys(catalog)
    own = [Int32](repeating: -1, count: keys.count)
    shared = own
    responsibleOfName = [Int32](repeating: -1, count: catalog.distinctCount(.itemName))
  }

  /// The responsible departments of the items of a name; nil if none could be read.
  func responsible(_ name: TextID) -> TextID? {
    let text = responsibleOfName[name.index]
    return text < 0 ? nil : TextID(raw: UInt32(TextColumn.responsible.rawValue) << 28 | UInt32(text))
  }

  mutating func take(_ block: Range<Int>, _ rows: RowSurvey.Rows) {
    for index in block {
      let matter = rows.matters[index]
      let items = matter.items
      if items.isEmpty { continue }
      let including = Int32(truncatingIfNeeded: matter.includes ?? -1)
      if including >= 0, including != included { include(including, rows) }
      var isRepeated = false
      for position in items {
        let item = rows.items[position]
        if !item.isUnknown(.responsible) { take(item.name, item.responsible) }
        if item.name.isEmpty { continue }
        for key in keys[item.name] {
          let key = Int(keys.all[key])
          if own[key] == Int32(index) || including >= 0 && shared[key] == including { isRepeated = true }
          own[key] = Int32(index)
        }
      }
      if isRepeated { repeating.append(Int32(index)) }
    }
  }

  @inline(__always)
  private mutating func take(_ name: TextID, _ responsible: TextID) {
    let text = Int32(truncatingIfNeeded: responsible.index)
    if responsibleOfName[name.index] == text { return }
    if responsibleOfName[name.index] >= 0 { hasSeveralResponsibles = true }
    responsibleOfName[name.index] = text
  }

  private mutating func include(_ other: Int32, _ rows: RowSurvey.Rows) {
    included = other
    for index in rows.matters[Int(other)].items where rows.items[index].isShared {
      for key in keys[rows.items[index].name] { shared[Int(keys.all[key])] = other }
    }
  }
}

/// The approvals of each name of an item as numbers: that of the approval or, for an unknown name, one beyond those of the
/// approvals; of a choice those of its approvals.
struct ApprovalKeys: Sendable {
  /// Those of all names, one after the other.
  let all: [Int32]
  private let bounds: [Int32]
  /// How many numbers there are.
  let count: Int

  init(_ catalog: Catalog) {
    let registered = catalog.approvals.count
    var all: [Int32] = []
    var bounds: [Int32] = [0]
    bounds.reserveCapacity(catalog.distinctCount(.itemName) + 1)
    for name in catalog.names(.itemName) {
      let choices = catalog.printedApprovals(name).entries
      if choices.count > 1 {
        for approval in choices.lazy.compactMap(\.approval) { all.append(Int32(truncatingIfNeeded: approval)) }
      } else {
        all.append(Int32(truncatingIfNeeded: choices.first?.approval ?? registered + name.index))
      }
      bounds.append(Int32(all.count))
    }
    (self.all, self.bounds) = (all, bounds)
    count = registered + catalog.distinctCount(.itemName)
  }

  /// Where those of a name are in `all`.
  @inline(__always)
  subscript(name: TextID) -> Range<Int> { Int(bounds[name.index])..<Int(bounds[name.index + 1]) }
}

import Catalog

extension Catalog {
  /// Whether everything that can refer to a register was read: false for a single list with the built-in registers, and
  /// for a selection of a list.
  var isComplete: Bool {
    if case .csv = origin { return false }
    // A cell that could not be read may refer to any entry.
    let isDamaged = issues.contains(
      [.rowLength, .cellWithoutHeading, .syntax, .encoding, .missingColumn], in: [.matters, .items])
    return !isDamaged && !isMissing(.matters) && !isMissing(.items) && !lists.contains(where: \.isPartial)
  }
}

extension Register {
  /// How many unknown names `markNearest` compares.
  static let comparedNames = 10_000

  /// Marks the entries that are nearest to an unknown name as used; only the first 10,000 names are compared. If there are
  /// at least as many names without a near entry as unused entries, all entries are marked.
  ///
  /// - Parameter strangers: how many cells could not be read; each may name any entry.
  func markNearest(by unknown: some Sequence<String>, strangers unread: Int = 0, in isUsed: inout [Bool]) {
    let index = NearestName(self)
    var strangers: Set<String> = []
    for name in unknown.prefix(Register.comparedNames) where !name.isEmpty {
      if let nearest = index.nearest(to: name), let owner = owner(of: nearest) {
        isUsed[owner.index] = true
      } else {
        strangers.insert(name)
      }
    }
    if isUsed.count(where: { !$0 }) <= strangers.count + unread { isUsed = isUsed.map { _ in true } }
  }
}

import Catalog

extension Catalog {
  /// Whether all that could refer to a register is here: not a list on its own beside the registers that are built in, not
  /// a selection of a list.
  var isWhole: Bool {
    if case .csv = origin { return false }
    // What could not be read may name anything.
    let isDamaged = issues.contains { issue in
      guard issue.position.table == .matters || issue.position.table == .items else { return false }
      return switch issue.kind {
      case .rowLength, .syntax, .encoding, .missingColumn: true
      default: false
      }
    }
    return !isDamaged && !isMissing(.matters) && !isMissing(.items) && !lists.contains(where: \.isPartial)
  }
}

extension Register {
  /// Marks the entries that unknown names are nearest to; of very many names the first are enough. If the rest of the
  /// names may be meant for all that are then left, those are marked as well.
  func markMeant(by unknown: some Sequence<String>, in isUsed: inout [Bool]) {
    let index = NearestName(self)
    var strangers: Set<String> = []
    for name in unknown.prefix(10_000) where !name.isEmpty {
      if let nearest = index.nearest(to: name), let owner = owner(of: nearest) {
        isUsed[owner.index] = true
      } else {
        strangers.insert(name)
      }
    }
    if isUsed.count(where: { !$0 }) <= strangers.count { isUsed = isUsed.map { _ in true } }
  }
}

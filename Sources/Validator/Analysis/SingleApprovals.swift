import Catalog

/// For each distinct item name its approval, if it is exactly one.
struct SingleApprovals {
  private let approvals: [Int32]

  init(_ catalog: Catalog) {
    approvals = catalog.names(.itemName).map { name in
      let choices = catalog.printedApprovals(name).entries
      guard choices.count == 1, let approval = choices[0].approval else { return -1 }
      return Int32(truncatingIfNeeded: approval)
    }
  }

  /// Negative if the name is a choice, unknown or empty.
  @inline(__always)
  subscript(name: TextID) -> Int32 { approvals[name.index] }
}

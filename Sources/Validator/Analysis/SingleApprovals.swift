import Catalog

/// For each distinct item name its approval, if it is exactly one.
struct SingleApprovals {
  private let approvals: [Int32]

  init(_ catalog: Catalog) {
    // A name that two approvals have may mean either.
    let doubtful = Set(catalog.approvalRegister.conflicts.flatMap { [$0.first, $0.second] })
    approvals = catalog.names(.itemName).map { name in
      let choices = catalog.printedApprovals(name).entries
      guard choices.count == 1, let approval = choices[0].approval, !doubtful.contains(approval) else {
        return -1
      }
      return Int32(truncatingIfNeeded: approval)
    }
  }

  /// Negative if the name is a choice, unknown or empty.
  @inline(__always)
  subscript(name: TextID) -> Int32 { approvals[name.index] }
}

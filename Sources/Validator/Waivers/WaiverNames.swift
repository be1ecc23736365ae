import AtomicFiles
import Catalog

/// The subjects that a waiver can name.
struct WaiverNames {
  private let catalog: Catalog
  private var ids: Set<String>?
  private var nearestIDs: NearestName?
  /// The item numbers of the matters looked up so far, by matter index.
  private var itemNumbers: [Int: Set<Int>] = [:]

  init(_ catalog: Catalog) { self.catalog = catalog }

  mutating func isKnown(_ subject: String) -> Bool {
    if catalog.matter(id: subject) != nil { return true }
    if let dots = subject.firstRange(of: "..") {
      return MatterRun(subject) != nil && catalog.matter(id: String(subject[..<dots.lowerBound])) != nil
        && catalog.matter(id: String(subject[dots.upperBound...])) != nil
    }
    if let dot = subject.lastIndex(of: "."), let matter = catalog.matter(id: String(subject[..<dot])) {
      let numbers = itemNumbers[matter.index] ?? Set(catalog.items(of: matter).compactMap(\.number))
      itemNumbers[matter.index] = numbers
      if let number = Int(subject[subject.index(after: dot)...]), numbers.contains(number) { return true }
    }
    let known = ids ?? registered()
    ids = known
    return known.contains(subject)
  }

  private func registered() -> Set<String> {
    var ids = Set(TableKind.allCases.map(\.name))
    ids.formUnion(catalog.departments.map(\.id))
    ids.formUnion(catalog.approvals.map(\.id))
    ids.formUnion(catalog.lists.map(\.id))
    ids.formUnion(catalog.notices.map(\.id))
    ids.formUnion(catalog.regions.map(\.id))
    ids.formUnion(catalog.audiences.map(\.id))
    ids.formUnion(catalog.targets.map(\.id))
    ids.formUnion(catalog.waivers.map { "\($0.rule) \($0.subject)" })
    return ids
  }

  /// The nearest id: that of a registered name, or a similar id.
  mutating func nearest(to subject: String) -> String? {
    if let owner = catalog.departmentRegister.owner(of: subject) { return catalog.departments[owner.index].id }
    if let owner = catalog.approvalRegister.owner(of: subject) { return catalog.approvals[owner.index].id }
    if subject.contains("..") { return nil }
    if let id = catalog.nearestMatterID(to: subject) { return id }
    let known = ids ?? []
    let index = nearestIDs ?? NearestName(known.sorted())
    nearestIDs = index
    return index.nearest(to: subject)
  }
}

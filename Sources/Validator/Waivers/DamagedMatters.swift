import Catalog

extension RuleContext {
  /// The ids of matters and items with a cell that could not be read; nil if whole columns or tables are missing.
  func damagedMatters() -> DamagedMatters? {
    var ids: Set<String> = []
    if catalog.issues.contains([.missingColumn, .missingTable, .missingHeader]) { return nil }
    catalog.issues.forEach(of: .all.subtracting(.harmless)) { issue in
      let subject = subject(of: issue)
      ids.insert(subject.id(in: catalog))
      if let matter = subject.matterID(in: catalog) { ids.insert(matter) }
    }
    // Some rules need the date of a list's notice.
    for list in catalog.lists where list.noticeIndex.flatMap({ catalog.notices[$0].issued }) == nil {
      ids.insert(list.id)
    }
    return DamagedMatters(ids)
  }
}

/// Subjects that could not be read completely, looked up by the subject of a waiver.
struct DamagedMatters {
  private let ids: Set<String>
  private let numbers: MatterNumbers

  init(_ ids: Set<String>) {
    self.ids = ids
    numbers = MatterNumbers(ids.compactMap { MatterRun.split($0) })
  }

  /// Whether a waiver names one of these, or an item of one.
  func isNamed(by waiver: Waiver) -> Bool {
    let subject = waiver.subject
    if ids.isEmpty { return false }
    if ids.contains(subject) { return true }
    if let run = MatterRun(subject) { return numbers.isAny(in: run) }
    guard let dot = subject.lastIndex(of: ".") else { return false }
    return ids.contains(String(subject[..<dot]))
  }
}

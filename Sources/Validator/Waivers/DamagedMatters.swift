import Catalog

extension RuleContext {
  /// The ids of matters and items of which a cell could not be read; nil if whole columns or tables are not there.
  func damagedMatters() -> DamagedMatters? {
    var ids: Set<String> = []
    for issue in catalog.issues {
      switch issue.kind {
      case .missingColumn, .missingTable, .missingHeader: return nil
      default: break
      }
      let subject = subject(of: issue)
      ids.insert(subject.id(in: catalog))
      if let matter = subject.matterID(in: catalog) { ids.insert(matter) }
    }
    // What goes by a list's notice is not judged where there is none, or none with its day.
    for list in catalog.lists where list.noticeIndex.flatMap({ catalog.notices[$0].issued }) == nil {
      ids.insert(list.id)
    }
    return DamagedMatters(ids)
  }
}

/// What could not be read whole, found by what a waiver names.
struct DamagedMatters {
  private let ids: Set<String>
  private let numbers: MatterNumbers

  init(_ ids: Set<String>) {
    self.ids = ids
    numbers = MatterNumbers(ids.lazy.compactMap { MatterRun.split($0) })
  }

  /// Whether a waiver names one of these, or an item of one of these.
  func isNamed(by waiver: Waiver) -> Bool {
    let subject = waiver.subject
    if ids.isEmpty { return false }
    if ids.contains(subject) { return true }
    if let run = MatterRun(subject) { return numbers.isAny(in: run) }
    guard let dot = subject.lastIndex(of: ".") else { return false }
    return ids.contains(String(subject[..<dot]))
  }
}

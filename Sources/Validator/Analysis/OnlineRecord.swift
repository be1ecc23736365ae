import Catalog
import Deadlines

/// Which matters are recorded as online (§三(三): “上线江西政务服务网和“赣服通”平台实现办理”): on every platform that their list
/// owes; for a list that owes none, on the portal and in the app.
struct OnlineRecord {
  enum Status {
    /// Since that day on all platforms.
    case online(Day)
    case offline
    /// A cell cannot be read.
    case unreadable
    /// No matter of its list has a record of being online.
    case unknown
  }

  private let record: ProgressRecord
  /// By list.
  private let isRecorded: [Bool]
  /// By list.
  private let platforms: [[Progress.Deliverable]]

  init(_ catalog: Catalog) {
    let record = ProgressRecord(catalog)
    let platforms = catalog.lists.indices.map { list in
      let owed = record.owed(list: list).platforms
      return owed.isEmpty ? [Progress.Deliverable.portal, .app] : owed
    }
    var isRecorded = [Bool](repeating: false, count: catalog.lists.count)
    for (matter, entry) in record.entries {
      guard let list = catalog.matters[matter].list, !isRecorded[list] else { continue }
      isRecorded[list] = platforms[list].contains { !entry.isMissing($0) }
    }
    self.record = record
    self.isRecorded = isRecorded
    self.platforms = platforms
  }

  /// Whether the progress table has a row of the matter.
  func hasRow(_ matter: Matter) -> Bool { record.entry(ofMatter: matter.index) != nil }

  func status(of matter: Matter) -> Status {
    guard let list = matter.list, isRecorded[list] else { return .unknown }
    guard let entry = record.entry(ofMatter: matter.index) else { return .offline }
    var last: Day?
    for platform in platforms[list] {
      if let day = entry.dates[platform.rawValue] {
        last = max(last ?? day, day)
      } else if entry.unreadable.contains(platform) {
        return .unreadable
      } else {
        return .offline
      }
    }
    return last.map { .online($0) } ?? .offline
  }
}

extension Catalog {
  /// The matters with these names or ids.
  func namedMatters(_ wanted: Set<String>) -> [String: [Int]] {
    guard !wanted.isEmpty else { return [:] }
    var wantedName = [Bool](repeating: false, count: distinctCount(.matterName))
    for name in names(.matterName) where wanted.contains(text(name)) { wantedName[name.index] = true }
    var found: [String: [Int]] = [:]
    for matter in matters where wantedName[matter.name.index] {
      found[text(matter.name), default: []].append(matter.index)
    }
    for word in wanted where found[word] == nil {
      if let matter = matter(id: word) { found[word] = [matter.index] }
    }
    return found
  }
}

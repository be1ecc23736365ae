import Algorithms
import Catalog

/// The waivers of one rule, looked up by the subject of a finding. Stage 3 of a validation: `waiver(for:in:)` decides
/// for each finding whether it is waived.
struct WaiverIndex: Sendable {
  private var bySubject: [String: [Int]] = [:]
  /// Runs of matters by their list's prefix.
  private var runs: [String: Runs] = [:]

  /// The runs of one list, sorted by their first numbers; `reach[i]` is the greatest last number of `entries[0...i]`, so
  /// that a search to the left can stop where no run reaches far enough.
  private struct Runs: Sendable {
    var entries: [(numbers: ClosedRange<Int>, waiver: Int)] = []
    var reach: [Int] = []

    mutating func prepare() {
      entries.sort { ($0.numbers.lowerBound, $0.waiver) < ($1.numbers.lowerBound, $1.waiver) }
      reach.reserveCapacity(entries.count)
      for entry in entries { reach.append(max(entry.numbers.upperBound, reach.last ?? .min)) }
    }

    func covering(_ number: Int) -> [Int] {
      var low = entries.partitioningIndex { $0.numbers.lowerBound > number }
      var found: [Int] = []
      while low > 0, reach[low - 1] >= number {
        low -= 1
        if entries[low].numbers.contains(number) { found.append(entries[low].waiver) }
      }
      return found
    }
  }

  /// - Returns: nil if no waiver names this rule.
  init?(rule: String, waivers: [Waiver]) {
    for (index, waiver) in waivers.enumerated() where waiver.rule == rule {
      if let run = MatterRun(waiver.subject) {
        runs[run.prefix, default: Runs()].entries.append((run.numbers, index))
      } else {
        bySubject[waiver.subject, default: []].append(index)
      }
    }
    if bySubject.isEmpty, runs.isEmpty { return nil }
    for prefix in runs.keys { runs[prefix]?.prepare() }
  }

  /// The prefix and the number by which a run covers a subject.
  private static func numbering(of subject: Subject, _ id: String, in catalog: Catalog) -> (
    prefix: String, number: Int
  )? {
    switch subject {
    case .matter(let index): catalog.numbering(of: catalog.matters[index])
    case .item(let index):
      catalog.items[index].matter.map { catalog.numbering(of: catalog.matters[$0]) } ?? MatterRun.split(id)
    default: MatterRun.split(id)
    }
  }

  /// The waivers that cover a subject: those that name it, and for an item those that name its matter.
  ///
  /// - Returns: nil if the finding stays open.
  func waiver(for subject: Subject, in catalog: Catalog) -> (first: Int, all: [Int])? {
    var found: [Int] = bySubject[subject.id(in: catalog)] ?? []
    if let matter = subject.matterID(in: catalog) {
      if case .matter = subject {} else { found += bySubject[matter] ?? [] }
      if !runs.isEmpty, let (prefix, number) = WaiverIndex.numbering(of: subject, matter, in: catalog) {
        found += runs[prefix]?.covering(number) ?? []
      }
    }
    guard let first = found.min() else { return nil }
    return (first, found)
  }
}

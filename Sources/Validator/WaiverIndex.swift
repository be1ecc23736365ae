import Algorithms
import AtomicFiles
import Catalog

/// The waivers of one rule, found by what they name.
struct WaiverIndex: Sendable {
  private var bySubject: [String: [Int]] = [:]
  /// Runs of matters by their list's prefix.
  private var runs: [String: Runs] = [:]

  /// Runs of one list by their first numbers, and with each the last number that it or any run before it reaches: from
  /// where that is too small, no run further to the left covers a number.
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

  /// The list and number by which a run holds a subject.
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

/// Which waivers were of use: what the rules about waivers go by.
package struct WaiverUse: Sendable {
  /// Waivers that covered at least one finding, by their position in `Catalog.waivers`.
  package var used: Set<Int>
  /// The rules that were run: a waiver of a rule that was not run is not judged.
  package var rulesRun: Set<String>
}

import Catalog

/// The waivers of one rule, found by what they name.
struct WaiverIndex: Sendable {
  private var bySubject: [String: [Int]] = [:]
  /// Runs of matters: list prefix, first and last number.
  private var runs: [(prefix: String, numbers: ClosedRange<Int>, waiver: Int)] = []

  /// - Returns: nil if no waiver names this rule.
  init?(rule: String, waivers: [Waiver]) {
    for (index, waiver) in waivers.enumerated() where waiver.rule == rule {
      if let run = WaiverIndex.run(waiver.subject) {
        runs.append((run.prefix, run.numbers, index))
      } else {
        bySubject[waiver.subject, default: []].append(index)
      }
    }
    if bySubject.isEmpty, runs.isEmpty { return nil }
  }

  /// `2-029..2-033`: the matters of one list from the first number to the last, both included.
  static func run(_ subject: String) -> (prefix: String, numbers: ClosedRange<Int>)? {
    guard let dots = subject.firstRange(of: "..") else { return nil }
    guard let first = split(subject[..<dots.lowerBound]), let last = split(subject[dots.upperBound...]),
      first.prefix == last.prefix, first.number <= last.number
    else { return nil }
    return (first.prefix, first.number...last.number)
  }

  /// A matter id taken apart: `2-037` is list 2, number 37.
  static func split(_ id: some StringProtocol) -> (prefix: String, number: Int)? {
    guard let dash = id.lastIndex(of: "-"), let number = Int(id[id.index(after: dash)...]) else { return nil }
    return (String(id[..<dash]), number)
  }

  /// The list's prefix and the number of the matter that a subject belongs to: a run goes by these, so that a slip in an id
  /// does not bring up what was waived.
  private static func number(of subject: Subject, in catalog: Catalog) -> (prefix: String, number: Int)? {
    let matter: Matter? =
      switch subject {
      case .matter(let index): catalog.matters[index]
      case .item(let index): catalog.items[index].matter.map { catalog.matters[$0] }
      default: nil
      }
    guard let matter, let list = matter.list, let number = matter.number else { return nil }
    return (catalog.lists[list].prefix, number)
  }

  /// The waivers that cover a subject: those that name it, and for an item those that name its matter.
  func waiver(for subject: Subject, in catalog: Catalog) -> (first: Int, all: [Int])? {
    var found: [Int] = bySubject[subject.id(in: catalog)] ?? []
    if let matter = subject.matterID(in: catalog) {
      if case .matter = subject {} else { found += bySubject[matter] ?? [] }
      if !runs.isEmpty, let (prefix, number) = WaiverIndex.number(of: subject, in: catalog) ?? WaiverIndex.split(matter) {
        for run in runs where run.prefix == prefix && run.numbers.contains(number) { found.append(run.waiver) }
      }
    }
    guard let first = found.min() else { return nil }
    return (first, found)
  }
}

/// Which waivers were of use: what the rules about waivers go by.
public struct WaiverUse: Sendable {
  /// Waivers that covered at least one finding, by their place in `Catalog.waivers`.
  public var used: Set<Int>
  /// The rules that were run: a waiver of a rule that was not run is not judged.
  public var rulesRun: Set<String>
}

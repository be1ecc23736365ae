import Algorithms
import AtomicFiles

/// A run of matters as a waiver names it, `2-029..2-033`: those of one list from the first number to the last, both
/// included.
package struct MatterRun: Sendable, Hashable {
  /// The list's prefix.
  package var prefix: String
  package var numbers: ClosedRange<Int>

  /// - Returns: nil if the subject names no run.
  package init?(_ subject: String) {
    guard let dots = subject.firstRange(of: "..") else { return nil }
    guard let first = MatterRun.split(subject[..<dots.lowerBound]),
      let last = MatterRun.split(subject[dots.upperBound...]),
      first.prefix == last.prefix, first.number <= last.number
    else { return nil }
    prefix = first.prefix
    numbers = first.number...last.number
  }

  /// A matter id taken apart: `2-037` is list 2, number 37.
  package static func split(_ id: some StringProtocol) -> (prefix: String, number: Int)? {
    guard let dash = id.lastIndex(of: "-"), let number = Int(id[id.index(after: dash)...]) else { return nil }
    return (String(id[..<dash]), number)
  }
}

extension Catalog {
  /// The prefix of a matter's list and its number, by which a run holds it: so that a slip in an id does not bring up what
  /// was waived. Without them, what its id says.
  package func numbering(of matter: Matter) -> (prefix: String, number: Int)? {
    if let list = matter.list, let number = matter.number { return (lists[list].prefix, number) }
    return MatterRun.split(id(matter))
  }
}

/// Numbers of matters by their list's prefix: some matters, to be asked about runs.
package struct MatterNumbers: Sendable {
  private var numbers: [String: [Int]] = [:]

  package init(_ matters: some Sequence<(prefix: String, number: Int)>) {
    for (prefix, number) in matters { numbers[prefix, default: []].append(number) }
    numbers = numbers.mapValues { $0.sorted() }
  }

  /// Whether a run holds one of them.
  package func isAny(in run: MatterRun) -> Bool {
    guard let numbers = numbers[run.prefix] else { return false }
    let first = numbers.partitioningIndex { $0 >= run.numbers.lowerBound }
    return first < numbers.count && numbers[first] <= run.numbers.upperBound
  }
}

import Algorithms
import AtomicFiles

/// A range of matters as the subject of a waiver, `2-029..2-033`: the matters of one list from the first number to the
/// last, both included.
package struct MatterRun: Sendable, Hashable {
  /// The list's prefix.
  package var prefix: String
  package var numbers: ClosedRange<Int>

  /// - Returns: nil if the subject is not a range.
  package init?(_ subject: String) {
    guard subject.utf8.contains(UInt8(ascii: ".")), let dots = subject.firstRange(of: "..") else { return nil }
    guard let first = MatterRun.split(subject[..<dots.lowerBound]),
      let last = MatterRun.split(subject[dots.upperBound...]),
      first.prefix == last.prefix, first.number <= last.number
    else { return nil }
    prefix = first.prefix
    numbers = first.number...last.number
  }

  /// The parts of a matter id: `2-037` is prefix 2, number 37.
  package static func split(_ id: some StringProtocol) -> (prefix: String, number: Int)? {
    guard let dash = id.lastIndex(of: "-"), let number = Int(id[id.index(after: dash)...]) else { return nil }
    return (String(id[..<dash]), number)
  }
}

extension Catalog {
  /// The prefix of a matter's list and its number, by which a range contains it; without them, those in its id. A mistake
  /// in the id alone therefore does not make a waiver ineffective.
  package func numbering(of matter: Matter) -> (prefix: String, number: Int)? {
    if let list = matter.list, let number = matter.number { return (lists[list].prefix, number) }
    return MatterRun.split(id(matter))
  }
}

/// The numbers of some matters by their list's prefix, to test whether a range contains one of them.
package struct MatterNumbers: Sendable {
  private var numbers: [String: [Int]] = [:]

  package init(_ matters: some Sequence<(prefix: String, number: Int)>) {
    for (prefix, number) in matters { numbers[prefix, default: []].append(number) }
    numbers = numbers.mapValues { $0.sorted() }
  }

  /// Whether the range contains one of the matters.
  package func isAny(in run: MatterRun) -> Bool {
    guard let numbers = numbers[run.prefix] else { return false }
    let first = numbers.partitioningIndex { $0 >= run.numbers.lowerBound }
    return first < numbers.count && numbers[first] <= run.numbers.upperBound
  }
}

import Localization
import Synchronization

/// The progress of long work: a counter that is passed to readers, rules and writers, which count, and whose `state` is
/// shown. Counting costs an atomic addition every few hundred kilobytes or per rule.
package final class WorkProgress: Sendable {
  package enum Phase: UInt8, Sendable, CaseIterable {
    case idle, reading, checking, writing

    package var title: LocalizedText {
      switch self {
      case .idle: LocalizedText(zh: "", en: "")
      case .reading: LocalizedText(zh: "读取", en: "reading")
      case .checking: LocalizedText(zh: "检查", en: "checking")
      case .writing: LocalizedText(zh: "写入", en: "writing")
      }
    }
  }

  private let phase = Atomic<UInt8>(Phase.idle.rawValue)
  private let total = Atomic<Int>(0)
  private let done = Atomic<Int>(0)

  package init() {}

  /// A phase begins.
  /// - Parameter total: how much there is to do, in the unit that `advance` counts; 0 if it is not known.
  package func begin(_ phase: Phase, total: Int) {
    done.store(0, ordering: .relaxed)
    self.total.store(total, ordering: .relaxed)
    self.phase.store(phase.rawValue, ordering: .releasing)
  }

  /// So much more is done.
  package func advance(by amount: Int) { done.wrappingAdd(amount, ordering: .relaxed) }

  package func end() { phase.store(Phase.idle.rawValue, ordering: .releasing) }

  /// The phase, and how much of it is done.
  package var state: (phase: Phase, done: Int, total: Int) {
    let phase = Phase(rawValue: phase.load(ordering: .acquiring)) ?? .idle
    return (phase, done.load(ordering: .relaxed), total.load(ordering: .relaxed))
  }
}

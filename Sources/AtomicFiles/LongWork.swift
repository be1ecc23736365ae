import Localization
import Synchronization

/// How far long work is: told by those who do it, asked by whoever shows it. Costs two atomic additions every few thousand
/// rows, and nothing else while nobody asks.
package enum LongWork {
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

  private static let phase = Atomic<UInt8>(Phase.idle.rawValue)
  private static let total = Atomic<Int>(0)
  private static let done = Atomic<Int>(0)

  /// A phase begins; `total` is in whatever unit `advance` counts, 0 if it is not known.
  package static func begin(_ phase: Phase, total: Int) {
    done.store(0, ordering: .relaxed)
    self.total.store(total, ordering: .relaxed)
    self.phase.store(phase.rawValue, ordering: .releasing)
  }

  /// More of the work is known of.
  package static func extend(by amount: Int) { total.wrappingAdd(amount, ordering: .relaxed) }

  /// So much of it is done.
  package static func advance(by amount: Int) { done.wrappingAdd(amount, ordering: .relaxed) }

  package static func end() { phase.store(Phase.idle.rawValue, ordering: .releasing) }

  /// Where the work stands.
  package static var state: (phase: Phase, done: Int, total: Int) {
    let phase = Phase(rawValue: phase.load(ordering: .acquiring)) ?? .idle
    return (phase, done.load(ordering: .relaxed), total.load(ordering: .relaxed))
  }
}

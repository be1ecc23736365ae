import Synchronization
import Wording

/// How far long work is: told by those who do it, asked by whoever shows it. Costs two atomic additions every few thousand
/// rows, and nothing else while nobody asks.
public enum LongWork {
  public enum Phase: UInt8, Sendable, CaseIterable {
    case idle, reading, checking, writing

    public var title: Bilingual {
      switch self {
      case .idle: Bilingual(zh: "", en: "")
      case .reading: Bilingual(zh: "读取", en: "reading")
      case .checking: Bilingual(zh: "检查", en: "checking")
      case .writing: Bilingual(zh: "写入", en: "writing")
      }
    }
  }

  private static let phase = Atomic<UInt8>(Phase.idle.rawValue)
  private static let total = Atomic<Int>(0)
  private static let done = Atomic<Int>(0)

  /// A phase begins; `total` is in whatever unit `advance` counts, 0 if it is not known.
  public static func begin(_ phase: Phase, total: Int) {
    done.store(0, ordering: .relaxed)
    self.total.store(total, ordering: .relaxed)
    self.phase.store(phase.rawValue, ordering: .releasing)
  }

  /// More of the work is known of.
  public static func extend(by amount: Int) { total.wrappingAdd(amount, ordering: .relaxed) }

  /// So much of it is done.
  public static func advance(by amount: Int) { done.wrappingAdd(amount, ordering: .relaxed) }

  public static func end() { phase.store(Phase.idle.rawValue, ordering: .releasing) }

  /// Where the work stands.
  public static var state: (phase: Phase, done: Int, total: Int) {
    let phase = Phase(rawValue: phase.load(ordering: .acquiring)) ?? .idle
    return (phase, done.load(ordering: .relaxed), total.load(ordering: .relaxed))
  }
}

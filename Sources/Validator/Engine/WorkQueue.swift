import Platform
import Synchronization

/// Indices that several threads take one by one.
final class WorkQueue: Sendable {
  private let indices: [Int]
  private let taken = Atomic<Int>(0)

  init(_ indices: [Int]) { self.indices = indices }

  func next() -> Int? {
    let index = taken.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < indices.count ? indices[index] : nil
  }
}

/// A monotonic clock, in nanoseconds.
enum Clock {
  static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

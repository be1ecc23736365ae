import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Indices handed out one by one to whichever thread asks.
final class WorkQueue: Sendable {
  private let indices: [Int]
  private let taken = Atomic<Int>(0)

  init(_ indices: [Int]) { self.indices = indices }

  func next() -> Int? {
    let place = taken.wrappingAdd(1, ordering: .relaxed).oldValue
    return place < indices.count ? indices[place] : nil
  }
}

/// A clock for measuring, not for telling the day.
enum Clock {
  static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

/// Two pieces of work at once on plain threads: no run loop, no task runtime to start.
package enum Parallel {
  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Runs `first` on this thread and `second` on another if `isWorthIt`, else one after the other; returns when both
  /// are done.
  package static func both(when isWorthIt: Bool, _ first: () -> Void, _ second: () -> Void) {
    if isWorthIt, atOnce(first, second) { return }
    first()
    second()
  }

  /// Runs `first` on this thread and `second` on another, which may wait for one another; returns when both are done.
  /// - Returns: false if there is no other thread to be had; neither has run then.
  package static func atOnce(_ first: () -> Void, _ second: () -> Void) -> Bool {
    withoutActuallyEscaping(second) { second in
      let box = Unmanaged.passRetained(Work(second))
      defer { box.release() }
      var thread = pthread_t()
      let failed = pthread_create(
        &thread, nil,
        { raw in
          #if canImport(Glibc) || canImport(Musl)
            guard let raw else { return nil }
          #endif
          Unmanaged<Work>.fromOpaque(raw).takeUnretainedValue().body()
          return nil
        }, box.toOpaque())
      guard failed == 0 else { return false }
      first()
      pthread_join(thread, nil)
      return true
    }
  }
}

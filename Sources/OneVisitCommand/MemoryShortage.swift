import Platform

/// Says so where memory runs out. Swift ends a program that is refused memory as one that has a defect; whoever set the
/// limit (`ulimit -v`) is told what to do instead, with the exit status of an input that cannot be read.
enum MemoryShortage {
  /// What is asked for once more when the program dies: if there is not even that, memory is what was short. Under a limit,
  /// all of it, which there never is: what a table that grows was refused may be any part of it.
  private nonisolated(unsafe) static var probe = 1 << 30

  /// Watches for the signals by which Swift, or a library that did not look, ends.
  static func watch() {
    // Who asked for Swift's own account of a crash gets that.
    if getenv("SWIFT_BACKTRACE") != nil { return }
    #if canImport(Glibc)
      let addressSpace = __rlimit_resource_t(RLIMIT_AS.rawValue)
    #else
      let addressSpace = RLIMIT_AS
    #endif
    var limit = rlimit()
    if getrlimit(addressSpace, &limit) == 0, limit.rlim_cur < rlim_t(1 << 40) {
      probe = Int(limit.rlim_cur)
    }
    for number in [SIGABRT, SIGSEGV, SIGTRAP, SIGILL, SIGBUS] { signal(number, MemoryShortage.report) }
  }

  /// Calls only what a handler of signals may.
  private static let report: @convention(c) (Int32) -> Void = { number in
    let piece = mmap(nil, MemoryShortage.probe, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard piece == MAP_FAILED else {
      signal(number, SIG_DFL)
      raise(number)
      return
    }
    let text: StaticString = """

      错误：内存不足，没有做完。请放宽内存限制（ulimit -v），关闭其他程序，或把清单分开处理。
      error: out of memory, and not done. Raise the limit (ulimit -v), close other programs, or take the lists apart.

      """
    _ = write(2, text.utf8Start, text.utf8CodeUnitCount)
    _exit(2)
  }
}

import Platform

/// Ends the program with a message and the status of an input that cannot be read when memory runs out, instead of the
/// runtime's "Fatal error" and SIGABRT. Every other crash stays a crash.
///
/// The evidence is the runtime's own report of the refused allocation, which it prints on the C library's `stderr`
/// before it aborts: the only place where a shortage and a defect can be distinguished for certain. (How much memory is
/// free when the signal arrives proves nothing: the refused piece may have been larger than all that is left, or a
/// defect may strike close to the limit.) If a later runtime words its report differently, a shortage looks like a
/// crash, and `MemoryShortageTests` fails.
enum MemoryShortage {
  /// To be called once, when the program starts.
  static func watch() {
    cs_on_refused_allocation {
      // Allocates nothing, hence both languages: which one was asked for is not looked up here.
      let text: StaticString = """
        错误：内存不足，没有做完。请放宽内存限制（ulimit -v），关闭其他程序，或把清单分开处理。
        error: out of memory; nothing was completed. Raise the limit (ulimit -v), close other programs, or split the lists.

        """
      _ = write(2, text.utf8Start, text.utf8CodeUnitCount)
      _exit(2)
    }
  }
}

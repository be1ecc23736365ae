import AtomicFiles
import Localization
import Platform
import Synchronization

/// A line on standard error that says what long work is at, how far it is and how long it still takes. It appears after the
/// first second, on a terminal only, and leaves nothing behind.
enum ProgressMeter {
  private struct State {
    var isRunning = false
    var isShown = false
  }

  private static let state = Mutex(State())

  /// Begins to watch. Does nothing where standard error is no terminal.
  static func start() {
    guard isatty(2) == 1, Console.environment("TERM") != "dumb" else { return }
    state.withLock { $0.isRunning = true }
    var thread = pthread_t()
    let failed = pthread_create(
      &thread, nil,
      { _ in
        ProgressMeter.watch()
        return nil
      }, nil)
    if failed == 0 { pthread_detach(thread) }
  }

  /// Takes the line away before something else is printed; it may come back.
  static func clear() { hide(stopping: false) }

  /// Takes the line away for good.
  static func stop() { hide(stopping: true) }

  private static func hide(stopping: Bool) {
    state.withLock { state in
      if stopping { state.isRunning = false }
      if state.isShown { print("\r\u{1B}[K") }
      state.isShown = false
    }
  }

  private static func watch() {
    let begin = now()
    var phase = LongWork.Phase.idle
    var phaseBegin = begin
    while true {
      usleep(100_000)
      let current = LongWork.state
      let time = now()
      if current.phase != phase {
        phase = current.phase
        phaseBegin = time
      }
      let goesOn = state.withLock { state -> Bool in
        guard state.isRunning else { return false }
        guard time - begin >= 1, phase != .idle else { return true }
        print("\r\u{1B}[K" + line(current, elapsed: time - phaseBegin))
        state.isShown = true
        return true
      }
      if !goesOn { return }
    }
  }

  /// `reading  42 % [########            ] 3 s left`
  static func line(_ work: (phase: LongWork.Phase, done: Int, total: Int), elapsed: Double) -> String {
    let title = work.phase.title[Console.language]
    guard work.total > 0 else { return "\(title) \(work.done / 1_000_000) MB" }
    let share = min(1, Double(work.done) / Double(work.total))
    let filled = Int(share * 20)
    let bar = String(repeating: "#", count: filled) + String(repeating: " ", count: 20 - filled)
    var text = "\(title) \(Int(share * 100)) % [\(bar)]"
    if share > 0.02, elapsed > 0.5 {
      let left = Int(elapsed / share - elapsed) + 1
      text += localized(" 还需约 \(left) 秒", " about \(left) s left")
    }
    return text
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func print(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
  }
}

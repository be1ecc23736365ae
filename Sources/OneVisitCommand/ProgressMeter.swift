import AtomicFiles
import Localization
import Platform
import Synchronization

/// A line on standard error with the phase of long work, how much of it is done and how long the rest takes. It appears
/// after the first second, on a terminal only, and is removed before anything else is printed.
enum ProgressMeter {
  private struct State {
    var isRunning = false
    var isShown = false
  }

  private static let state = Mutex(State())

  /// What the commands pass to whatever reads, checks or writes.
  static let progress = WorkProgress()

  /// Starts the thread that shows progress. Does nothing where standard error is not a terminal.
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

  /// Removes the line before something else is printed; it may appear again.
  static func clear() { hide(stopping: false) }

  /// Removes the line and ends the thread.
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
    var phase = WorkProgress.Phase.idle
    var phaseBegin = begin
    while true {
      usleep(100_000)
      let current = progress.state
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
  static func line(_ work: (phase: WorkProgress.Phase, done: Int, total: Int), elapsed: Double) -> String {
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

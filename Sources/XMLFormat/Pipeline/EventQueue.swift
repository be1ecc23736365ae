/// Chunks on their way from one thread to another, and back when they are empty again.
///
/// At most `capacity` of them exist, so that a thread that is faster waits for the other.
final class EventQueue {
  private static let capacity = 8
  private static let chunkSize = 256 * 1024

  private let monitor = Monitor()
  private var full: [EventChunk] = []
  private var empty = (0..<capacity).map { _ in EventChunk(room: chunkSize) }
  private var isClosed = false

  // MARK: - The thread that fills them

  /// An empty chunk; waits for one.
  func next() -> EventChunk {
    monitor.locked {
      while true {
        if let chunk = empty.popLast() { return chunk }
        monitor.wait()
      }
    }
  }

  func send(_ chunk: EventChunk) {
    monitor.locked {
      full.append(chunk)
      monitor.signal()
    }
  }

  /// There are no more.
  func close() {
    monitor.locked {
      isClosed = true
      monitor.signal()
    }
  }

  // MARK: - The thread that reads them

  /// The next full chunk; waits for one, and is nil when there are no more.
  func take() -> EventChunk? {
    monitor.locked {
      while true {
        if !full.isEmpty { return full.removeFirst() }
        if isClosed { return nil }
        monitor.wait()
      }
    }
  }

  func giveBack(_ chunk: EventChunk) {
    chunk.used = 0
    monitor.locked {
      empty.append(chunk)
      monitor.signal()
    }
  }
}

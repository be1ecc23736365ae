import Platform

/// Pieces of memory on their way from one thread to another, and back when they are empty again.
///
/// At most `capacity` of them exist, so that a thread that is faster waits for the other.
final class EventQueue {
  /// A piece of memory that is filled by one thread and then read by the other.
  final class Chunk {
    private(set) var start: UnsafeMutableRawPointer
    private(set) var room: Int
    var used = 0

    static let size = 256 * 1024

    init() {
      room = Chunk.size
      start = .allocate(byteCount: room, alignment: 8)
    }

    deinit { start.deallocate() }

    /// Makes room for a record that is longer than any chunk; the chunk is empty.
    func enlarge(to size: Int) {
      start.deallocate()
      room = size
      start = .allocate(byteCount: room, alignment: 8)
    }
  }

  private static let capacity = 8

  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var full: [Chunk] = []
  private var empty = (0..<capacity).map { _ in Chunk() }
  /// How many the reader has taken and not given back.
  private var taken = 0
  private var isClosed = false

  init() {
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
    changed = .allocate(capacity: 1)
    changed.initialize(to: pthread_cond_t())
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  private func locked<Value>(_ body: () -> Value) -> Value {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  // MARK: - The thread that fills them

  /// An empty chunk; waits for one.
  func next() -> Chunk {
    locked {
      while true {
        if let chunk = empty.popLast() { return chunk }
        pthread_cond_wait(changed, mutex)
      }
    }
  }

  func send(_ chunk: Chunk) {
    locked {
      full.append(chunk)
      pthread_cond_broadcast(changed)
    }
  }

  /// Waits until all that was sent has been read.
  func waitUntilRead() {
    locked {
      while !full.isEmpty || taken > 0 { pthread_cond_wait(changed, mutex) }
    }
  }

  /// There are no more.
  func close() {
    locked {
      isClosed = true
      pthread_cond_broadcast(changed)
    }
  }

  // MARK: - The thread that reads them

  /// The next full chunk; waits for one, and is nil when there are no more.
  func take() -> Chunk? {
    locked {
      while true {
        if !full.isEmpty {
          taken += 1
          return full.removeFirst()
        }
        if isClosed { return nil }
        pthread_cond_wait(changed, mutex)
      }
    }
  }

  func giveBack(_ chunk: Chunk) {
    locked {
      chunk.used = 0
      taken -= 1
      empty.append(chunk)
      pthread_cond_broadcast(changed)
    }
  }
}

import Platform

/// A lock with a condition: threads wait until another one has changed what it guards.
final class Monitor {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>

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

  func locked<Value>(_ body: () -> Value) -> Value {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Gives the lock back while `body` runs. Call it with the lock.
  func unlocked<Value>(_ body: () -> Value) -> Value {
    pthread_mutex_unlock(mutex)
    defer { pthread_mutex_lock(mutex) }
    return body()
  }

  /// Waits until another thread has called `signal`. Call it with the lock.
  func wait() { pthread_cond_wait(changed, mutex) }

  /// Wakes the threads that wait. Call it with the lock.
  func signal() { pthread_cond_broadcast(changed) }
}

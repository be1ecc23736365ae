import Platform

/// Bytes put together from pieces; the room is kept from one use to the next.
struct GrowingBuffer: ~Copyable {
  private(set) var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  var count = 0

  init(capacity: Int = 4096) {
    self.capacity = capacity
    start = .allocate(capacity: capacity)
  }

  deinit { start.deallocate() }

  /// Makes room for `more` bytes behind those that are there.
  @inline(__always)
  mutating func reserve(_ more: Int) {
    if count + more > capacity { grow(more) }
  }

  @inline(__always)
  mutating func append(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
    reserve(length)
    memcpy(start + count, bytes, length)
    count += length
  }

  /// Adds a byte for which room was reserved.
  @inline(__always)
  mutating func appendInPlace(_ byte: UInt8) {
    start[count] = byte
    count += 1
  }

  /// Whether there is nothing but blanks, tabs and line ends in it.
  var isBlank: Bool {
    for index in 0..<count {
      switch start[index] {
      case 0x20, 0x09, 0x0A, 0x0D: continue
      default: return false
      }
    }
    return true
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    let wider = max(capacity * 2, count + more)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: wider)
    memcpy(moved, start, count)
    start.deallocate()
    start = moved
    capacity = wider
  }
}

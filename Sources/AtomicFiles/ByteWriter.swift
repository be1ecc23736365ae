import Localization
import Platform

/// The reader at the other end of a pipe has gone. Nothing is wrong: `onevisit list | head` does it. The command ends
/// quietly on it.
package struct ClosedPipe: LocalizedFailure, Hashable {
  package init() {}

  package var explanation: LocalizedText {
    LocalizedText(zh: "接收输出的程序已经结束。", en: "the program that took the output has ended.")
  }
}

/// Bytes on their way out: to a descriptor through a buffer of fixed size, or into memory.
///
/// Nothing is written for certain before `flush()` has returned; a writer that goes away unflushed drops what it still
/// holds, since nobody would hear of the failure. After a failure every further call throws the same error.
///
/// Errors: `ClosedPipe` if the reader of a pipe has gone (call `ignoreSIGPIPE()` first, else the signal ends the program),
/// `FileFailure` for all else.
package final class ByteWriter {
  /// What fits a pipe of Linux four times, and is large enough that the calls do not count.
  package static let defaultCapacity = 256 * 1024

  @usableFromInline var buffer: UnsafeMutablePointer<UInt8>
  @usableFromInline var capacity: Int
  @usableFromInline var used = 0

  /// Below 0 for memory.
  private let descriptor: Int32
  private let path: String
  private var written = 0
  private var failure: (any Error)?

  /// A writer over an open descriptor, which stays the caller's to close; `path` names it in an error.
  package init(descriptor: Int32, path: String, capacity: Int = ByteWriter.defaultCapacity) {
    self.descriptor = descriptor
    self.path = path
    self.capacity = max(capacity, 64)
    self.buffer = .allocate(capacity: self.capacity)
  }

  private init(memory capacity: Int) {
    self.descriptor = -1
    self.path = ""
    self.capacity = max(capacity, 64)
    self.buffer = .allocate(capacity: self.capacity)
  }

  deinit { buffer.deallocate() }

  /// A writer over standard output.
  package static func standardOutput() -> ByteWriter { ByteWriter(descriptor: 1, path: "/dev/stdout") }

  /// A writer that keeps everything: see `bytes`.
  package static func memory(capacity: Int = 4096) -> ByteWriter { ByteWriter(memory: capacity) }

  /// Lets a closed pipe be an error (`ClosedPipe`) instead of a signal that ends the program. Once, at its start.
  package static func ignoreSIGPIPE() {
    signal(SIGPIPE, SIG_IGN)
    // A limit on the size of files is an error of writing, too.
    signal(SIGXFSZ, SIG_IGN)
  }

  /// How many bytes were taken in all.
  package var count: Int { written + used }

  /// What is held and not yet written: for a writer to memory, everything.
  package var bytes: [UInt8] { Array(UnsafeBufferPointer(start: buffer, count: used)) }

  /// One byte.
  @inlinable
  package func append(byte: UInt8) throws {
    if used == capacity { try makeRoom(1) }
    buffer[used] = byte
    used += 1
  }

  /// These bytes.
  @inlinable
  package func append(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return }
    if bytes.count <= capacity - used {
      (buffer + used).update(from: base, count: bytes.count)
      used += bytes.count
    } else {
      try appendLong(bytes)
    }
  }

  /// A range of bytes that lie in memory.
  @inlinable
  package func append(_ range: Range<Int>, of bytes: Bytes) throws {
    try withExtendedLifetime(bytes) { try append(UnsafeBufferPointer(rebasing: bytes.buffer[range])) }
  }

  /// These bytes.
  @inlinable
  package func append(_ bytes: some Sequence<UInt8>) throws {
    let done: Void? = try bytes.withContiguousStorageIfAvailable { try append($0) }
    if done == nil {
      for byte in bytes { try append(byte: byte) }
    }
  }

  /// A text in UTF-8.
  @inlinable
  package func append(_ text: String) throws { try append(text.utf8) }

  /// A part of a text in UTF-8.
  @inlinable
  package func append(_ text: Substring) throws { try append(text.utf8) }

  /// A text that stands in the program: no allocation, no reference count.
  @inlinable
  package func append(literal text: StaticString) throws {
    if text.hasPointerRepresentation {
      try append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    } else {
      try append(String(text.unicodeScalar))
    }
  }

  /// A number in decimal digits.
  @inlinable
  package func append(number: some FixedWidthInteger) throws {
    if number.bitWidth <= 64 {
      try append(magnitude: UInt64(truncatingIfNeeded: number.magnitude), negative: number < 0)
    } else {
      try append(String(number))
    }
  }

  @usableFromInline
  func append(magnitude: UInt64, negative: Bool) throws {
    // Twenty digits and a sign hold any integer of 64 bits.
    if capacity - used < 21 { try makeRoom(21) }
    if negative {
      buffer[used] = UInt8(ascii: "-")
      used += 1
    }
    var length = 1
    var power = magnitude
    while power >= 10 {
      power /= 10
      length += 1
    }
    var rest = magnitude
    var index = used + length
    repeat {
      index -= 1
      buffer[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    used += length
  }

  /// Writes out what is held. To memory, nothing happens.
  package func flush() throws {
    if let failure { throw failure }
    guard descriptor >= 0, used > 0 else { return }
    let count = used
    try put(buffer, count)
    used = 0
    LongWork.advance(by: count)
  }

  /// Frees at least `count` bytes of the buffer; `count` is small.
  @usableFromInline
  func makeRoom(_ count: Int) throws {
    if descriptor >= 0 {
      try flush()
    } else {
      grow(to: used + count)
    }
  }

  @usableFromInline
  func appendLong(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard let base = bytes.baseAddress else { return }
    if descriptor < 0 {
      grow(to: used + bytes.count)
    } else {
      try flush()
      if bytes.count >= capacity { return try put(base, bytes.count) }
    }
    (buffer + used).update(from: base, count: bytes.count)
    used += bytes.count
  }

  private func grow(to needed: Int) {
    guard needed > capacity else { return }
    let larger = max(needed, capacity * 2)
    let next = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    next.update(from: buffer, count: used)
    buffer.deallocate()
    buffer = next
    capacity = larger
  }

  /// Writes all of it, however often the system takes only a part.
  private func put(_ base: UnsafePointer<UInt8>, _ count: Int) throws {
    if let failure { throw failure }
    var done = 0
    while done < count {
      let took = System.write(descriptor, base + done, count - done)
      if took > 0 {
        done += took
        written += took
        continue
      }
      // A write of more than nothing that took nothing and names no reason: tried again, it would turn for ever.
      let code = took == 0 ? EIO : errno
      switch code {
      case EINTR: continue
      case EAGAIN, EWOULDBLOCK:
        // Standard output may have been made non-blocking by the program that gave it to us.
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, -1)
      case EPIPE: try fail(ClosedPipe())
      default: try fail(FileFailure(.write, path, code: code))
      }
    }
  }

  private func fail(_ error: any Error) throws {
    failure = error
    used = 0
    throw error
  }
}

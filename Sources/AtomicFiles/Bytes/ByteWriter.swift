import Localization
import Platform

/// The program that reads a pipe has ended, as in `onevisit list | head`. The command then ends without a message.
package struct ClosedPipe: LocalizedFailure, Hashable {
  package init() {}

  package var explanation: LocalizedText {
    LocalizedText(zh: "接收输出的程序已经结束。", en: "the program that took the output has ended.")
  }
}

/// Writes bytes through a buffer to a descriptor, or keeps them in memory.
///
/// Public for the reason given at `ByteBuffer`.
///
/// Nothing is certain to be written before `flush()` has returned. A writer that is released unflushed drops what its
/// buffer holds, since a failure could not be reported. After a failure every further call throws the same error.
///
/// Errors: `ClosedPipe` if the reader of a pipe has ended (call `ignoreSIGPIPE()` first, else the signal ends the
/// program), `FileFailure` for everything else.
public final class ByteWriter {
  /// Four times what a pipe of Linux holds, and large enough that the number of system calls does not matter.
  package static let defaultCapacity = 256 * 1024

  /// What is not yet written; for a writer to memory, everything. Writers of a format may append to it directly, and
  /// call `flushIfFull()` now and then.
  public let buffer: ByteBuffer
  /// How many bytes are kept before they are written; for a writer to memory, `Int.max`.
  @usableFromInline let limit: Int

  /// Nil for memory.
  private let descriptor: FileDescriptor?
  private let path: String
  private let progress: WorkProgress?
  private var written = 0
  private var failure: (any Error)?

  /// A writer to an open descriptor, which the caller closes; `path` names it in an error.
  /// - Parameter progress: counts the bytes written.
  package init(
    descriptor: Int32, path: String, capacity: Int = ByteWriter.defaultCapacity, progress: WorkProgress? = nil
  ) {
    self.progress = progress
    self.descriptor = FileDescriptor(rawValue: descriptor)
    self.path = path
    limit = max(capacity, 64)
    buffer = ByteBuffer(capacity: limit)
  }

  private init(memory capacity: Int) {
    descriptor = nil
    path = ""
    progress = nil
    limit = .max
    buffer = ByteBuffer(capacity: capacity)
  }

  /// A writer to standard output.
  package static func standardOutput(progress: WorkProgress? = nil) -> ByteWriter {
    ByteWriter(descriptor: 1, path: "/dev/stdout", progress: progress)
  }

  /// A writer that keeps everything: see `bytes`.
  package static func memory(capacity: Int = 4096) -> ByteWriter { ByteWriter(memory: capacity) }

  /// Turns a closed pipe into an error (`ClosedPipe`) instead of a signal that ends the program, and a limit on the
  /// size of files into a `FileFailure`. To be called once, when the program starts.
  package static func ignoreSIGPIPE() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// How many bytes were appended in all.
  package var count: Int { written + buffer.count }

  /// A copy of what is not yet written; for a writer to memory, of everything.
  package var bytes: [UInt8] { buffer.array }

  // MARK: - Appending

  @inlinable @inline(__always)
  public func append(byte: UInt8) throws {
    if buffer.count == limit { try flush() }
    buffer.append(byte: byte)
  }

  @inlinable @inline(__always)
  public func append(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    if bytes.count <= limit - buffer.count {
      buffer.append(bytes)
    } else {
      try appendLong(bytes)
    }
  }

  /// A range of a file's bytes.
  package func append(_ range: Range<Int>, of bytes: Bytes) throws {
    try withExtendedLifetime(bytes) { try append(UnsafeBufferPointer(rebasing: bytes.buffer[range])) }
  }

  @inlinable
  public func append(_ bytes: some Sequence<UInt8>) throws {
    let done: Void? = try bytes.withContiguousStorageIfAvailable { try append($0) }
    if done == nil {
      for byte in bytes { try append(byte: byte) }
    }
  }

  /// A text in UTF-8.
  @inlinable
  public func append(_ text: String) throws { try append(text.utf8) }

  /// A part of a text in UTF-8.
  @inlinable
  public func append(_ text: Substring) throws { try append(text.utf8) }

  /// A literal: its bytes are in the program, so nothing is allocated or counted.
  @inlinable
  public func append(literal text: StaticString) throws {
    if text.hasPointerRepresentation {
      try append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    } else {
      try append(String(text.unicodeScalar))
    }
  }

  /// A number in decimal digits.
  @inlinable
  public func append(number: some FixedWidthInteger) throws {
    if number.bitWidth > 64 { return try append(String(number)) }
    if limit - buffer.count < ByteBuffer.longestNumber { try flush() }
    buffer.append(number: number)
  }

  // MARK: - Writing

  /// Writes what the buffer holds. In memory, nothing happens.
  public func flush() throws {
    if let failure { throw failure }
    guard let descriptor, !buffer.isEmpty else { return }
    let count = buffer.count
    try put(buffer.base, count, to: descriptor)
    buffer.clear()
    progress?.advance(by: count)
  }

  /// Writes what the buffer holds if it is nearly full.
  @inlinable @inline(__always)
  public func flushIfFull() throws {
    if buffer.count >= limit / 4 * 3 { try flush() }
  }

  /// Appends what does not fit the buffer.
  @usableFromInline
  func appendLong(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    try flush()
    if let descriptor, let base = bytes.baseAddress, bytes.count >= limit {
      try put(base, bytes.count, to: descriptor)
    } else {
      buffer.append(bytes)
    }
  }

  /// Writes all of it, however often the system takes only a part.
  private func put(_ base: UnsafePointer<UInt8>, _ count: Int, to descriptor: FileDescriptor) throws {
    if let failure { throw failure }
    var done = 0
    while done < count {
      do throws(Errno) {
        let taken = try descriptor.writeBytes(UnsafeRawBufferPointer(start: base + done, count: count - done))
        // A call that wrote nothing without an error would be repeated for ever.
        guard taken > 0 else { throw Errno.ioError }
        done += taken
        written += taken
      } catch {
        switch error {
        case .wouldBlock:
          // Whoever started the program may have made standard output non-blocking.
          var wait = pollfd(fd: descriptor.rawValue, events: Int16(POLLOUT), revents: 0)
          _ = poll(&wait, 1, -1)
        case .brokenPipe: try fail(ClosedPipe())
        default: try fail(FileFailure(.write, path, code: error))
        }
      }
    }
  }

  private func fail(_ error: any Error) throws {
    failure = error
    buffer.clear()
    throw error
  }
}

import Localization
import Platform

/// Bytes that do not change: a file read whole, or a text of the program. A class, so that ranges into it can be kept
/// instead of copies; freed with its last owner.
///
/// Files are read, not mapped: if another program truncates a mapped file, reading it ends this program with a signal,
/// and spreadsheet programs do rewrite files in place.
package final class Bytes: Sendable {
  /// The first byte; `count` bytes may be read from here while this object lives.
  package nonisolated(unsafe) let base: UnsafePointer<UInt8>
  package let count: Int

  /// One of the two owns the bytes: memory that grew while a file was read (`malloc`), or a copy of bytes in memory.
  private nonisolated(unsafe) let storage: UnsafeMutableRawPointer?
  private nonisolated(unsafe) let owned: UnsafeMutablePointer<UInt8>?
  /// Or a buffer that was given to this object for good.
  private nonisolated(unsafe) let given: ByteBuffer?

  /// Takes over `storage`, which was allocated with `malloc`.
  private init(adopting storage: UnsafeMutableRawPointer, count: Int) {
    self.storage = storage
    owned = nil
    given = nil
    self.base = UnsafePointer(storage.assumingMemoryBound(to: UInt8.self))
    self.count = count
  }

  /// A copy of `bytes`. Sixteen zero bytes follow the last one, so that a reader may load whole words.
  package init(_ bytes: some Collection<UInt8>) {
    let count = bytes.count
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: count + Bytes.padding)
    _ = UnsafeMutableBufferPointer(start: copy, count: count).initialize(from: bytes)
    (copy + count).initialize(repeating: 0, count: Bytes.padding)
    owned = copy
    storage = nil
    given = nil
    base = UnsafePointer(copy)
    self.count = count
  }

  /// The bytes of a buffer, without copying them; nothing may be appended to it afterwards.
  package init(taking buffer: ByteBuffer) {
    count = buffer.count
    buffer.append(repeating: 0, count: Bytes.padding)
    base = UnsafePointer(buffer.base)
    owned = nil
    storage = nil
    given = buffer
  }

  deinit {
    owned?.deallocate()
    free(storage)
  }

  /// All bytes, valid only while this object is held: see `withExtendedLifetime`.
  package var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  /// A copy of all bytes.
  package var array: [UInt8] { withExtendedLifetime(self) { Array(buffer) } }

  /// The bytes of `range` as text; bytes that are not UTF-8 become U+FFFD.
  package func text(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: buffer[range]), as: UTF8.self)
  }

  /// How many readable zero bytes follow the last byte.
  package static let padding = 16

  /// Reads the file or pipe at `path` whole.
  /// - Throws: `FileFailure` if it does not exist, is a folder, or cannot be read.
  package static func read(_ path: String) throws(FileFailure) -> Bytes {
    let file = try InputFile.open(path)
    defer { close(file.descriptor) }
    return try read(descriptor: file.descriptor, path: path)
  }

  /// Reads an ordinary file whole. A pipe or device, which might never end, is refused without waiting for it.
  /// - Parameter shown: the path for messages.
  package static func readRegular(
    _ path: FilePath, in folder: OpenFile, shown: String
  ) throws(FileFailure) -> Bytes {
    let file = try InputFile.open(path, in: folder, shown: shown, acceptsPipes: false)
    defer { close(file.descriptor) }
    return try read(descriptor: file.descriptor, path: shown)
  }

  /// Reads what is left of an open descriptor; `path` names it in an error.
  /// - Parameter progress: counts the bytes that come from a pipe.
  package static func read(
    descriptor: Int32, path: String, progress: WorkProgress? = nil
  ) throws(FileFailure) -> Bytes {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileFailure(.read, path) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw FileFailure(.read, path, code: .isDirectory) }
    // One byte more than the size of the file, so that the read that returns 0 does not first need more memory.
    var capacity = max(Int(status.st_size) + 1, 64 * 1024)
    let limit = status.isRegular ? Int.max : InputFile.pipeLimit
    var count = 0
    guard var storage = malloc(capacity + padding) else { throw FileFailure(.read, path, code: .noMemory) }
    if status.st_mode & S_IFMT == S_IFREG, Int(status.st_size) >= sideBySideSize {
      do throws(FileFailure) {
        count = try readSideBySide(descriptor, Int(status.st_size), into: storage, path: path)
      } catch {
        free(storage)
        throw error
      }
    }
    while true {
      if count == capacity {
        capacity *= 2
        guard let grown = realloc(storage, capacity + padding) else {
          free(storage)
          throw FileFailure(.read, path, code: .noMemory)
        }
        storage = grown
      }
      let got: Int
      do {
        got = try FileDescriptor(rawValue: descriptor).readBytes(to: storage + count, count: capacity - count)
      } catch {
        free(storage)
        throw FileFailure(.read, path, code: error)
      }
      if got == 0 { break }
      count += got
      progress?.advance(by: got)
      guard count <= limit else {
        free(storage)
        throw FileFailure(.read, path, code: FileFailure.endless)
      }
    }
    memset(storage + count, 0, padding)
    return Bytes(adopting: storage, count: count)
  }

  /// From this size on a file is read in two halves at once: the cost is that of copying from the page cache.
  private static let sideBySideSize = 16 << 20

  /// Reads what is left of a file of `size` bytes in two halves, and leaves the descriptor where reading stopped.
  /// - Returns: how many bytes from the start were read: fewer than expected if the file was truncated meanwhile.
  private static func readSideBySide(
    _ descriptor: Int32, _ size: Int, into storage: UnsafeMutableRawPointer, path: String
  ) throws(FileFailure) -> Int {
    let origin = lseek(descriptor, 0, SEEK_CUR)
    guard origin >= 0, size > origin else { return 0 }
    let length = size - Int(origin)
    let middle = length / 2
    nonisolated(unsafe) let room = storage
    nonisolated(unsafe) var halves: (Int?, Int?)
    func fill(_ part: Range<Int>) -> Int? {
      var done = part.lowerBound
      while done < part.upperBound {
        let got = pread(descriptor, room + done, part.upperBound - done, origin + off_t(done))
        if got == 0 { break }
        if got < 0 {
          if errno == EINTR { continue }
          return nil
        }
        done += got
      }
      return done - part.lowerBound
    }
    Parallel.both(when: true) {
      halves.0 = fill(0..<middle)
    } _: {
      halves.1 = fill(middle..<length)
    }
    guard let first = halves.0, let second = halves.1 else { throw FileFailure(.read, path, code: .ioError) }
    let count = first < middle ? first : first + second
    guard lseek(descriptor, origin + off_t(count), SEEK_SET) >= 0 else { throw FileFailure(.read, path) }
    return count
  }
}

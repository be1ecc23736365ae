import AtomicFiles
import Platform

/// Where the bytes of a document come from: an open descriptor or memory. Reads them in large pieces and delivers them
/// to libxml2 in its small ones. Nothing is decompressed, unlike in libxml2's own reading of files: a gzip bomb is
/// harmless.
final class ByteSource {
  private enum Origin {
    case descriptor(Int32, path: String, closes: Bool)
    case memory
    /// Further pieces of memory, the next one last, and where the bytes behind them come from.
    case pieces([UnsafeBufferPointer<UInt8>], then: ByteSource?)
    /// Calls a function that fills a buffer and returns how many bytes it wrote; 0 at the end.
    case function((UnsafeMutableRawBufferPointer) -> Int)
  }

  private var origin: Origin
  private var next: UnsafePointer<UInt8>?
  private var left: Int
  private let chunk: UnsafeMutablePointer<UInt8>?
  /// What was read before, to be delivered first.
  private let prefix: Bytes?
  private let progress: WorkProgress?
  /// How much may still come; nil for a file, which ends.
  private var allowance: Int?
  /// Why reading failed.
  private(set) var failure: FileFailure?

  private static let chunkSize = 256 * 1024

  /// Bytes that the caller keeps alive while this object is used.
  init(memory: UnsafeBufferPointer<UInt8>) {
    origin = .memory
    next = memory.baseAddress
    left = memory.count
    chunk = nil
    prefix = nil
    progress = nil
  }

  /// Bytes in several pieces, which the caller keeps alive, and then what is left of another source.
  init(pieces: [UnsafeBufferPointer<UInt8>], then rest: ByteSource? = nil) {
    origin = .pieces(pieces.reversed(), then: rest)
    chunk = rest == nil ? nil : .allocate(capacity: ByteSource.chunkSize)
    prefix = nil
    progress = nil
    left = 0
  }

  /// Bytes that a function delivers, such as one that decompresses them.
  init(function: @escaping (UnsafeMutableRawBufferPointer) -> Int) {
    origin = .function(function)
    chunk = .allocate(capacity: ByteSource.chunkSize)
    prefix = nil
    progress = nil
    left = 0
  }

  /// An open descriptor that the caller closes; `path` names it in an error. `prefix` is what was read from it already.
  /// - Parameter isPipe: the descriptor is not an ordinary file, so that it need not end.
  init(descriptor: Int32, path: String, after prefix: [UInt8], isPipe: Bool, progress: WorkProgress?) {
    self.progress = progress
    allowance = isPipe ? InputFile.pipeLimit : nil
    origin = .descriptor(descriptor, path: path, closes: false)
    chunk = .allocate(capacity: ByteSource.chunkSize)
    let held = Bytes(prefix)
    self.prefix = held
    next = held.base
    left = held.count
  }

  /// - Throws: `FileFailure` if the file does not exist, is a folder, or cannot be opened.
  init(path: String, progress: WorkProgress?) throws(FileFailure) {
    self.progress = progress
    let file = try InputFile.open(path)
    let descriptor = file.descriptor
    allowance = file.size == nil ? InputFile.pipeLimit : nil
    origin = .descriptor(descriptor, path: path, closes: true)
    chunk = .allocate(capacity: ByteSource.chunkSize)
    prefix = nil
    left = 0
  }

  deinit {
    if case .descriptor(let descriptor, _, closes: true) = origin { close(descriptor) }
    chunk?.deallocate()
  }

  /// Copies at most `room` bytes to `target`; 0 at the end, -1 if reading failed.
  func copy(to target: UnsafeMutableRawPointer, room: Int) -> Int {
    if left == 0 {
      // As much as is read at once need not be copied.
      if case .descriptor(let descriptor, let path, _) = origin, room >= ByteSource.chunkSize {
        return read(descriptor, path, to: target.assumingMemoryBound(to: UInt8.self), room)
      }
      guard fill() else { return failure == nil ? 0 : -1 }
    }
    guard let start = next else { return 0 }
    let count = min(room, left)
    memcpy(target, start, count)
    next = start + count
    left -= count
    return count
  }

  private func fill() -> Bool {
    if case .function(let function) = origin, let chunk {
      left = function(UnsafeMutableRawBufferPointer(start: chunk, count: ByteSource.chunkSize))
      next = UnsafePointer(chunk)
      return left > 0
    }
    if case .pieces(var pieces, let rest) = origin {
      while let piece = pieces.popLast() {
        next = piece.baseAddress
        left = piece.count
        if left > 0 {
          origin = .pieces(pieces, then: rest)
          return true
        }
      }
      origin = .pieces([], then: rest)
      guard let rest, let chunk else { return false }
      left = max(0, rest.copy(to: chunk, room: ByteSource.chunkSize))
      next = UnsafePointer(chunk)
      failure = rest.failure
      return left > 0
    }
    guard case .descriptor(let descriptor, let path, _) = origin, let chunk else { return false }
    left = max(0, read(descriptor, path, to: chunk, ByteSource.chunkSize))
    next = UnsafePointer(chunk)
    return left > 0
  }

  /// Reads at most `room` bytes; 0 at the end, -1 if reading failed.
  private func read(_ descriptor: Int32, _ path: String, to target: UnsafeMutablePointer<UInt8>, _ room: Int) -> Int {
    guard failure == nil else { return -1 }
    do {
      let got = try FileDescriptor(rawValue: descriptor).readBytes(to: target, count: room)
      progress?.advance(by: got)
      if let allowance {
        self.allowance = allowance - got
        if got > allowance {
          failure = FileFailure(.read, path, code: FileFailure.endless)
          return -1
        }
      }
      return got
    } catch {
      failure = FileFailure(.read, path, code: error)
      return -1
    }
  }
}

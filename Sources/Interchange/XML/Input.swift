import AtomicFiles
import Platform
import XMLFormat

/// An open file or pipe whose first bytes have been read to recognise its format; later reads include them. A pipe can be
/// read only once, so the input is opened once.
final class Input {
  /// The path, or what findings call the file instead.
  let path: String
  let descriptor: Int32
  /// The size of a regular file in bytes; nil for a pipe.
  let size: Int?
  /// The first bytes, already read.
  let peeked: [UInt8]

  private static let peekSize = 4096

  /// - Throws: `FileFailure` if the file does not exist, is a folder or cannot be read.
  init(path: String, named name: String? = nil) throws(FileFailure) {
    let file = try InputFile.open(path)
    let descriptor = file.descriptor
    var first = [UInt8](repeating: 0, count: Input.peekSize)
    var count = 0
    // A read from a pipe may return a few bytes only.
    while count < first.count {
      let from = count
      let got = first.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { readBytes(descriptor, $0 + from, buffer.count - from) } ?? 0
      }
      if got > 0 {
        count += got
      } else if got == 0 {
        break
      } else if errno != EINTR {
        let failure = FileFailure(.read, path)
        close(descriptor)
        throw failure
      }
    }
    self.path = name ?? path
    self.descriptor = descriptor
    size = file.size
    peeked = Array(first[..<count])
  }

  deinit { close(descriptor) }

  /// The whole content.
  func bytes(progress: WorkProgress? = nil) throws(FileFailure) -> Bytes {
    if size != nil, lseek(descriptor, 0, SEEK_SET) == 0 { return try Bytes.read(descriptor: descriptor, path: path) }
    progress?.begin(.reading, total: 0)
    defer { progress?.end() }
    let rest = try Bytes.read(descriptor: descriptor, path: path, progress: progress)
    return withExtendedLifetime(rest) { Bytes(JoinedBytes(first: peeked, second: rest.buffer)) }
  }
}

/// Two sequences of bytes as one collection.
private struct JoinedBytes: RandomAccessCollection {
  let first: [UInt8]
  let second: UnsafeBufferPointer<UInt8>

  var startIndex: Int { 0 }
  var endIndex: Int { first.count + second.count }
  subscript(position: Int) -> UInt8 { position < first.count ? first[position] : second[position - first.count] }
}

/// The system call `read`. The name differs because `Input` hides the original.
private func readBytes(_ descriptor: Int32, _ target: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, target, count)
}

extension Input {
  /// Reads the rest of the input as XML.
  ///
  /// - Parameter read: makes a reader and a handler, and its result of what the function it is given reads with them: nil if the
  ///   input could not be read.
  func stream<Handler: XMLHandler, Output>(
    _ progress: WorkProgress?, _ read: ((XMLReader, Handler) -> XMLReadingReport?) -> Output
  ) throws(FileFailure) -> Output {
    progress?.begin(.reading, total: size ?? 0)
    defer { progress?.end() }
    var failure: FileFailure?
    let output = read { reader, handler in
      do throws(FileFailure) {
        var reader = reader
        reader.progress = progress
        return try reader.read(descriptor: descriptor, path: path, isPipe: size == nil, after: peeked, into: handler)
      } catch {
        failure = error
        return nil
      }
    }
    if let failure { throw failure }
    return output
  }
}

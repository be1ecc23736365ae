import AtomicFiles
import Platform

/// An open file or pipe whose first bytes have been looked at: what is read later begins with them. A pipe can be read but
/// once, so nothing is ever opened twice.
final class Input {
  let path: String
  let descriptor: Int32
  /// How long a regular file is; nil for a pipe.
  let size: Int?
  /// The first bytes, already read.
  let peeked: [UInt8]

  private static let peekSize = 4096

  /// - Throws: `FileFailure` if the file is not there, is a folder or cannot be read.
  init(path: String) throws(FileFailure) {
    let file = try InputFile.open(path)
    let descriptor = file.descriptor
    var first = [UInt8](repeating: 0, count: Input.peekSize)
    var count = 0
    // A pipe gives what there is; a few bytes may come at a time.
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
    self.path = path
    self.descriptor = descriptor
    size = file.size
    peeked = Array(first[..<count])
  }

  deinit { close(descriptor) }

  /// All of it.
  func bytes() throws(FileFailure) -> Bytes {
    if size != nil, lseek(descriptor, 0, SEEK_SET) == 0 { return try Bytes.read(descriptor: descriptor, path: path) }
    let rest = try Bytes.read(descriptor: descriptor, path: path)
    return withExtendedLifetime(rest) { Bytes(JoinedBytes(first: peeked, second: rest.buffer)) }
  }
}

/// Two runs of bytes as one.
private struct JoinedBytes: RandomAccessCollection {
  let first: [UInt8]
  let second: UnsafeBufferPointer<UInt8>

  var startIndex: Int { 0 }
  var endIndex: Int { first.count + second.count }
  subscript(position: Int) -> UInt8 { position < first.count ? first[position] : second[position - first.count] }
}

/// The system's `read`, which within `Input` has a namesake.
private func readBytes(_ descriptor: Int32, _ target: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, target, count)
}

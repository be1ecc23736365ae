import Platform
import Synchronization

/// A large regular file that is read in pieces and not kept in memory. It stays open, so that a file that another program
/// puts in its place is never mixed with it, and it is read again when its text is asked for.
package final class StreamedFile: Sendable {
  /// What changes when another program writes to the file.
  private struct Stamp: Equatable {
    let size: Int
    let written: Int64
  }

  /// Nil if the bytes are in memory, as `content` from the start.
  private let file: OpenFile?
  private let stamp: Stamp
  /// The path for messages.
  private let path: String
  private let content = Mutex<Bytes?>(nil)
  private let changed = Atomic<Bool>(false)

  /// Opens an ordinary file of at least `minimum` bytes; nil for a smaller one.
  /// - Parameter shown: the path for messages.
  /// - Throws: `FileFailure` if it does not exist, is a folder or no ordinary file, or may not be read.
  package init?(
    _ name: FilePath, in folder: OpenFile, shown: String, minimum: Int
  ) throws(FileFailure) {
    let opened = try InputFile.open(name, in: folder, shown: shown, acceptsPipes: false)
    let file = OpenFile(adopting: FileDescriptor(rawValue: opened.descriptor))
    self.file = file
    path = shown
    guard let stamp = StreamedFile.stamp(of: file), stamp.size >= minimum else { return nil }
    self.stamp = stamp
  }

  /// Bytes in memory in place of a file, to try what reads in pieces.
  package init(memory bytes: Bytes) {
    file = nil
    path = ""
    stamp = Stamp(size: bytes.count, written: 0)
    content.withLock { $0 = bytes }
  }

  package var size: Int { stamp.size }

  private static func stamp(of file: OpenFile) -> Stamp? {
    guard var status = try? file.status() else { return nil }
    return Stamp(size: Int(status.st_size), written: cs_changed(&status))
  }

  /// Whether another program has written to the file since it was opened.
  package var hasChanged: Bool {
    guard let file else { return false }
    if changed.load(ordering: .acquiring) { return true }
    let isSame = StreamedFile.stamp(of: file) == stamp
    if !isSame { changed.store(true, ordering: .releasing) }
    return !isSame
  }

  /// Reads up to `count` bytes from `offset` on, as many as the file has there.
  /// - Returns: how many were read; nil if the file cannot be read.
  package func read(_ count: Int, at offset: Int, to target: UnsafeMutablePointer<UInt8>) -> Int? {
    guard let file else {
      let part = bytes.buffer.dropFirst(offset).prefix(count)
      _ = UnsafeMutableBufferPointer(start: target, count: part.count).update(fromContentsOf: part)
      return part.count
    }
    var done = 0
    while done < count {
      let got = pread(file.number, target + done, count - done, off_t(offset + done))
      if got == 0 { break }
      if got < 0 {
        if errno == EINTR { continue }
        return nil
      }
      done += got
    }
    return done
  }

  /// The first bytes of the file, at most `count`; nil if it cannot be read.
  package func head(_ count: Int) -> Bytes? {
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
    defer { buffer.deallocate() }
    return read(min(count, size), at: 0, to: buffer).map { Bytes(UnsafeBufferPointer(start: buffer, count: $0)) }
  }

  /// The whole file, read on the first call and kept from then on. If it has changed or can no longer be read, zero bytes
  /// of the same number, so that every position stays within them; `hasChanged` says so.
  package var bytes: Bytes {
    content.withLock { content in
      if let content { return content }
      let bytes = whole ?? Bytes(repeatElement(0, count: size))
      content = bytes
      return bytes
    }
  }

  private var whole: Bytes? {
    guard let file, lseek(file.number, 0, SEEK_SET) == 0,
      let bytes = try? Bytes.read(descriptor: file.number, path: path),
      bytes.count == size, !hasChanged
    else {
      changed.store(true, ordering: .releasing)
      return nil
    }
    return bytes
  }
}

import Platform

/// A file that has been opened for reading.
package struct InputFile: Sendable {
  /// The caller closes it.
  package let descriptor: Int32
  /// The size of a regular file in bytes; nil for a pipe or a device.
  package let size: Int?

  /// Opens a file or pipe.
  /// - Parameter waiting: wait until another program opens the pipe for writing.
  /// - Throws: `FileFailure` if it does not exist, is a folder, or may not be read.
  package static func open(_ path: String, waiting: Bool = true) throws(FileFailure) -> InputFile {
    let flags = O_RDONLY | O_CLOEXEC | (waiting ? 0 : O_NONBLOCK)
    let descriptor: Int32
    do {
      descriptor = try OpenFile.descriptor(of: FilePath(path), flags)
    } catch {
      throw FileFailure(.read, path, code: error)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let failure = FileFailure(.read, path)
      close(descriptor)
      throw failure
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw FileFailure(.read, path, code: .isDirectory)
    }
    return InputFile(descriptor: descriptor, size: status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil)
  }
}

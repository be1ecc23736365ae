import Platform

/// A file that has been opened for reading.
package struct InputFile: Sendable {
  /// The caller closes it.
  package let descriptor: Int32
  /// The size of a regular file in bytes; nil for a pipe or a device.
  package let size: Int?

  /// How many bytes are read from a pipe, which need not end: a million matters are 0.9 GB of XML. Files have no limit.
  package static let pipeLimit = 1 << 30

  /// Opens an ordinary file or a pipe. A device is refused, since it may have no end or not answer.
  /// - Parameters:
  ///   - folder: the folder in which the path begins; nil for the working folder.
  ///   - shown: the path for messages; nil for the same.
  ///   - acceptsPipes: wait until another program opens the pipe for writing; else a pipe is refused.
  /// - Throws: `FileFailure` if it does not exist, is a folder, or may not be read.
  package static func open(
    _ path: FilePath, in folder: OpenFile? = nil, shown: String, acceptsPipes: Bool = true
  ) throws(FileFailure) -> InputFile {
    do throws(Errno) {
      // A pipe is opened only when its type is known: without waiting, it would end at once if nobody writes yet; and to
      // open anything else must not wait.
      let isPipe = acceptsPipes ? try OpenFile.statusFollowing(path, in: folder).isPipe : false
      let descriptor = try OpenFile.descriptor(of: path, O_RDONLY | (isPipe ? 0 : O_NONBLOCK), in: folder)
      do throws(Errno) {
        var status = stat()
        try Errno.check { fstat(descriptor, &status) }
        if status.isFolder { throw .isDirectory }
        guard status.isRegular || (isPipe && status.isPipe) else { throw FileFailure.special }
        return InputFile(descriptor: descriptor, size: status.isRegular ? Int(status.st_size) : nil)
      } catch {
        close(descriptor)
        throw error
      }
    } catch {
      // A socket.
      throw FileFailure(.read, shown, code: error == .noSuchAddressOrDevice ? FileFailure.special : error)
    }
  }

  /// As `open(_:in:shown:acceptsPipes:)`, by the text of a path.
  package static func open(_ path: String) throws(FileFailure) -> InputFile {
    guard !path.utf8.contains(0) else { throw FileFailure(.read, path, code: .invalidArgument) }
    return try open(FilePath(text: path), shown: path)
  }
}

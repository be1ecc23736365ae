import Platform

/// A lock on a folder while single files in it are read and replaced. It is the lock that `FolderReplacement` takes, so
/// that no other writer replaces the folder or changes the same file meanwhile.
///
/// ```swift
/// let lock = try FolderLock(at: "catalog")
/// try withExtendedLifetime(lock) { ... }  // No other writer changes what is read here.
/// ```
///
/// Without effect on file systems that have no locks.
package final class FolderLock {
  private let folder: OpenFile

  /// - Parameter waiting: For how many seconds to wait for another writer.
  /// - Throws: `FileFailure` if there is no such folder, or `FolderBusy`.
  package init(at path: String, waiting: Int = 30) throws {
    do throws(Errno) {
      for turn in 0... {
        let folder = try OpenFile.openFolder(in: nil, FilePath(text: path))
        // The previous holder of the lock may have replaced the folder.
        if folder.lock() != .held,
          try OpenFile.openFolder(in: nil, FilePath(text: path)).status().isSame(as: try folder.status())
        {
          self.folder = folder
          return
        }
        if turn >= waiting * 20 { throw .wouldBlock }
        usleep(50_000)
      }
      throw .wouldBlock
    } catch {
      if error == .wouldBlock { throw FolderBusy(path: path) }
      throw FileFailure(.write, path, code: error)
    }
  }
}

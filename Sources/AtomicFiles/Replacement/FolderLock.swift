import Platform

/// A folder kept for one writer, while single files in it are read and written anew: the lock is the one that
/// `FolderReplacement` takes, so that nobody replaces the folder meanwhile, nor adds to the same file.
///
/// ```swift
/// let lock = try FolderLock(at: "catalog")
/// try withExtendedLifetime(lock) { ... }  // What is read now is what will be replaced.
/// ```
///
/// Where the file system has no locks, or the folder may not be looked into, there is none.
package final class FolderLock {
  private let folder: OpenFile

  /// - Parameter waiting: For how many seconds to wait for another writer.
  /// - Throws: `FileFailure` if there is no such folder, or `FolderBusy`.
  package init(at path: String, waiting: Int = 30) throws {
    do throws(Errno) {
      for turn in 0... {
        let folder = try OpenFile.openFolder(in: nil, FilePath(path))
        // The one who held the lock may have put another folder in its place.
        if folder.lock() != .held,
          try OpenFile.openFolder(in: nil, FilePath(path)).status().isSame(as: try folder.status())
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

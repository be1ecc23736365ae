import Localization
import Platform

/// A folder replaced as a whole or not at all: until `commit()` has exchanged the two, the old folder is unchanged. A
/// failure, or the end of the program, leaves either the old folder or the new one complete, and nothing beside it.
///
/// ```swift
/// let folder = try FolderReplacement(at: "catalog")  // Takes the lock; create it before reading the old folder.
/// try folder.write("matters.csv") { writer in
///   try writer.append("id,name\r\n")
/// }
/// try folder.remove("draft.csv")
/// try folder.commit()                                // Without it, nothing changes.
/// ```
///
/// - What is neither written nor removed is carried over: files as hard links (copied where there are no links),
///   folders with their content, symbolic links as they are; modes, owners and access lists as far as this process may
///   set them.
/// - A symbolic link to the folder is followed. A symbolic link *in* the folder that is written to becomes a file.
/// - A folder that does not exist is created; its parent must exist.
/// - Writers of the same folder wait for one another (`flock`, no lock file). Changes made in between by programs that
///   do not lock are detected: `commit()` throws `FolderChanged`.
/// - A folder on which a file system is mounted cannot be exchanged (`EBUSY`), nor one that holds such a folder
///   (`EXDEV`).
///
/// Errors are `FileFailure`, `FolderBusy`, `FolderChanged`, and whatever the body of a `write` throws.
package final class FolderReplacement {
  /// The path as it was given.
  package let path: String
  /// Whether the folder existed before.
  package var existed: Bool { old != nil }

  let name: FilePath
  /// The parent folder.
  let outer: OpenFile
  /// The old folder, which holds the lock; without one `lockOnOuter` does.
  var old: OpenFile?
  /// The content of the old folder when the lock was taken.
  var before: [FolderEntry] = []

  let names: StagingName
  private let guardian: Guardian
  let canExchange: Bool
  private var guarding: StagingGuard?
  private var staging: OpenFile?
  /// Paths within the folder that are not carried over.
  var removed: Set<[UInt8]> = []
  /// Paths within the folder that were written.
  var written: Set<[UInt8]> = []
  private var isOver = false
  /// For tests: called after the old folder has been compared and before it is exchanged.
  package var willExchange: () -> Void = {}

  /// Takes the lock on the folder, so that what is read from now on is what will be replaced. Writes nothing.
  /// - Parameter waiting: For how many seconds to wait for another writer.
  /// - Throws: `FileFailure`, or `FolderBusy`.
  package convenience init(at path: String, waiting: Int = 30) throws {
    try self.init(at: path, waiting: waiting, guardian: .own)
  }

  package init(at path: String, waiting: Int = 30, guardian: Guardian, canExchange: Bool = true) throws {
    self.path = path
    self.guardian = guardian
    self.canExchange = canExchange
    do throws(Errno) {
      guard case .name(let name, let outer) = try ResolvedPath.resolve(path) else { throw .notDirectory }
      self.name = name
      self.outer = outer
      names = StagingName(for: name)
    } catch {
      throw FileFailure(error == .noSuchFileOrDirectory ? .makeFolder : .replace, path, code: error)
    }
    do throws(Errno) {
      // First, since this may restore the very folder that is to be replaced.
      StagingName.sweep(outer, target: name)
      // Tried every 50 ms, since a blocking lock could not be given up.
      for turn in 0... {
        if try lock() { break }
        if turn >= waiting * 20 { throw .wouldBlock }
        usleep(50_000)
      }
      if let old {
        guard try !OpenFile.isWorkingFolder(old) else { throw .directoryNotEmpty }
        guard try old.status().st_dev == outer.status().st_dev else { throw .resourceBusy }
        try outer.checkAccess(W_OK | X_OK, name)
        before = try FolderEntry.all(in: old)
      }
    } catch {
      if error == .wouldBlock { throw FolderBusy(path: path) }
      if error == .directoryNotEmpty { throw FolderIsWorkedIn(path: path, name: PathText.text(name.bytes)) }
      throw FileFailure(error == .notDirectory ? .useFolder : .replace, path, code: error)
    }
  }

  deinit { abandon() }

  /// Writes a file of the new folder.
  /// - Parameter name: its path within the folder. If `body` throws, this one file counts as not written.
  package func write<Result>(_ name: String, _ body: (ByteWriter) throws -> Result) throws -> Result {
    let shown = path + "/" + name
    do throws(Errno) {
      let parts = try parts(of: name)
      try stage()
      guard var folder = staging else { throw .invalidArgument }
      // The same folder within the old one, as far as it exists.
      var beside = old
      for part in parts.dropLast() {
        if let status = try beside?.status(of: part) {
          guard status.isFolder else { throw .notDirectory }
          beside = try beside.map { old throws(Errno) in try .openFolder(in: old, part, follow: false) }
        } else {
          beside = nil
        }
        if folder.lacks(part) { try folder.makeFolder(part, mode: 0o777) }
        folder = try .openFolder(in: folder, part, follow: false)
      }
      guard let last = parts.last else { throw .invalidArgument }
      written.insert(PathText.bytes(name))
      var oldFile: OpenFile?
      if let status = try beside?.status(of: last) {
        if status.isFolder { throw .isDirectory }
        if status.isRegular, let beside {
          try beside.checkAccess(W_OK, last)
          oldFile = try? .open(in: beside, last, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        }
      }
      try? folder.unlink(last)
      let file = try OpenFile.create(in: folder, last, mode: oldFile == nil ? 0o666 : 0o600)
      pending = (file, folder, last, oldFile)
    } catch {
      throw FileFailure(.write, shown, code: error)
    }
    guard let (file, folder, last, oldFile) = pending else { throw FileFailure(.write, shown, code: .invalidArgument) }
    pending = nil
    do {
      let writer = ByteWriter(descriptor: file.number, path: shown)
      let result = try body(writer)
      try writer.flush()
      do throws(Errno) {
        if let oldFile { try file.copyMetadata(from: oldFile) }
        try file.flush()
      } catch {
        throw FileFailure(.write, shown, code: error)
      }
      return result
    } catch {
      try? folder.unlink(last)
      throw error
    }
  }

  /// Whether `name`, a path within the folder, is or passes through a symbolic link in the old folder.
  package func isLink(_ name: String) -> Bool {
    guard var folder = old, let parts = try? parts(of: name) else { return false }
    for part in parts {
      guard let status = try? folder.status(of: part) else { return false }
      if status.isLink { return true }
      guard status.isFolder, let inner = try? OpenFile.openFolder(in: folder, part, follow: false) else {
        return false
      }
      folder = inner
    }
    return false
  }

  /// Leaves a file, or a folder with its content, out of the new folder. It need not exist.
  package func remove(_ name: String) throws {
    do throws(Errno) {
      let parts = try parts(of: name)
      removed.insert(PathText.bytes(name))
      guard var folder = staging, let last = parts.last else { return }
      for part in parts.dropLast() {
        if folder.lacks(part) { return }
        folder = try .openFolder(in: folder, part, follow: false)
      }
      StagingName.remove(last, in: folder)
    } catch {
      throw FileFailure(.write, path + "/" + name, code: error)
    }
  }

  /// Replaces the old folder by the new one, flushed to the disk, and removes the old one. On an error the old folder
  /// is unchanged.
  package func commit() throws {
    guard !isOver else { return }
    defer { abandon() }
    do throws(Errno) {
      try stage()
      guard let staging else { throw .invalidArgument }
      if let old {
        try carry(from: old, to: staging, within: [])
        try staging.copyMetadata(from: old)
      }
      try flushFolders(staging)
      if let old {
        guard try isUnchanged(old) else { throw .staleNFSFileHandle }
        willExchange()
        try exchange()
        try retire(old, replacedBy: staging)
      } else {
        try placeNew()
      }
      // The new folder is in place. A parent that cannot be flushed now must not be reported as a failed write.
      try? outer.flush()
    } catch {
      if error == .staleNFSFileHandle { throw FolderChanged(path: path) }
      throw FileFailure(.replace, path, code: error)
    }
  }

  /// Leaves the old folder as it is. Also done when a replacement is released without `commit()`.
  package func abandon() {
    guard !isOver else { return }
    isOver = true
    if staging != nil {
      // Before the exchange the staging name is that of the new content, after it that of the old.
      StagingName.restore(names.aside, target: name, in: outer)
      StagingName.remove(names.staging, in: outer)
      staging = nil
    }
    guarding?.release()
    guarding = nil
    // Closing the descriptor releases the lock.
    old = nil
    lockOnOuter = nil
  }

  // MARK: - Lock

  /// The lock while there is no old folder: on a descriptor of its own, so that it can be released.
  private var lockOnOuter: OpenFile?

  /// Tries to lock the folder or, if it does not exist, its parent.
  private func lock() throws(Errno) -> Bool {
    old = nil
    lockOnOuter = nil
    if let status = try outer.status(of: name) {
      guard status.isFolder else { throw .notDirectory }
      let folder: OpenFile
      do throws(Errno) {
        folder = try OpenFile.open(in: outer, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
      } catch .noSuchFileOrDirectory {
        // A writer that cannot exchange has moved the folder aside this moment.
        return false
      }
      if folder.lock() == .held { return false }
      // The previous holder of the lock may have replaced the folder.
      guard let now = try outer.status(of: name), now.isSame(as: try folder.status()) else { return false }
      old = folder
    } else {
      let own = try lockOuter()
      guard let own else { return false }
      // Another program may have created it meanwhile.
      guard outer.lacks(name) else { return false }
      lockOnOuter = own
    }
    return true
  }

  /// A lock on the parent folder; `nil` if another program holds it.
  func lockOuter() throws(Errno) -> OpenFile? {
    let own = try OpenFile.openFolder(in: outer, ".")
    return own.lock() == .held ? nil : own
  }

  // MARK: - New content

  /// The file that a `write` has opened, until its body runs.
  private var pending: (OpenFile, OpenFile, FilePath, OpenFile?)?

  /// Creates the staging folder and its guard when they are first needed.
  private func stage() throws(Errno) {
    guard staging == nil else { return }
    // After commit or abandon, there is nothing to write to.
    guard !isOver else { throw .invalidArgument }
    guarding = .start(executable: guardian.executable, folder: outer, names: names, target: name)
    do throws(Errno) {
      // A private folder stays private while it is being written.
      let mode: mode_t = old == nil ? 0o777 : 0o700
      try outer.makeFolder(names.staging, mode: mode)
      let made = try OpenFile.open(in: outer, names.staging, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
      // The lock keeps sweeps of other processes off. A sweep between the two calls above may have removed the folder.
      guard made.lock() != .held, !outer.lacks(names.staging) else { throw .resourceBusy }
      staging = made
    } catch {
      try? outer.unlink(names.staging, flags: AT_REMOVEDIR)
      guarding?.release()
      guarding = nil
      throw error
    }
  }

  /// The names in a path within the folder; a path that leads out of it is refused.
  private func parts(of name: String) throws(Errno) -> [FilePath] {
    let parts = PathText.bytes(name).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
      FilePath(bytes: $0)
    }
    let isPlain = !name.utf8.contains(0) && parts.allSatisfy { $0 != "" && $0 != "." && $0 != ".." }
    guard isPlain else { throw .invalidArgument }
    return parts
  }
}

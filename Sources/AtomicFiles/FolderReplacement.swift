import Localization
import Platform

/// A folder replaced as a whole or not at all: until `commit()` has exchanged the two, the old folder stands with all it
/// holds, and whatever goes wrong, or kills the program, leaves the old folder or the new one, whole, and nothing beside it.
///
/// ```swift
/// let folder = try FolderReplacement(at: "catalog")  // Takes the lock: make it before reading the old folder.
/// try folder.write("matters.csv") { writer in
///   try writer.append("id,name\r\n")
/// }
/// try folder.remove("draft.csv")
/// try folder.commit()                                // Without it, everything is left as it was.
/// ```
///
/// - What is neither written nor removed is carried over: files as hard links (copied where links cannot be), folders with
///   all they hold, symbolic links as they are; modes, owners and access lists as far as this process may give them.
/// - A symbolic link that leads to the folder is followed. A symbolic link *in* the folder that is written to becomes a
///   file of the folder's own.
/// - A folder not there yet is made; what it is to stand in must be there.
/// - Writers of the same folder wait for one another (`flock`, no lock file). Changes made in between by programs that do
///   not lock are seen and respected: `commit()` throws `FolderChanged`.
/// - A folder on which a file system is mounted cannot be exchanged (`EBUSY`), nor one that holds such a folder (`EXDEV`).
///
/// Errors are `FileFailure`, `FolderBusy`, `FolderChanged`, and whatever the body of a `write` throws.
package final class FolderReplacement {
  /// The path as it was given.
  package let path: String
  /// Whether the folder was there before.
  package var existed: Bool { old != nil }

  private let name: FileName
  /// What the folder stands in.
  private let outer: Descriptor
  /// The old folder; it or, where there is none, `outer` holds the lock.
  private var old: Descriptor?
  /// What the old folder held when the lock was taken.
  private var before: [FolderEntry] = []

  private let names: StagingName
  private let guardian: Guardian
  private let canExchange: Bool
  private var guarding: StagingGuard?
  private var staging: Descriptor?
  /// Paths within the folder that are not carried over.
  private var removed: Set<[UInt8]> = []
  private var isOver = false

  /// Takes the lock on the folder, so that what is read from now on is what will be replaced. Nothing is written yet.
  /// - Parameter waiting: For how many seconds to wait for another writer.
  /// - Throws: `FileFailure`, or `FolderBusy`.
  package convenience init(at path: String, waiting: Int = 30) throws {
    try self.init(at: path, waiting: waiting, guardian: .own)
  }

  package init(at path: String, waiting: Int = 30, guardian: Guardian, canExchange: Bool = true) throws {
    self.path = path
    self.guardian = guardian
    self.canExchange = canExchange
    do throws(SystemError) {
      guard case .name(let name, let outer) = try ResolvedPath.resolve(path) else { throw SystemError(ENOTDIR) }
      self.name = name
      self.outer = outer
      names = StagingName(for: name)
    } catch {
      throw FileFailure(.replace, path, code: error.code)
    }
    do throws(SystemError) {
      // First, for it may bring back the very folder that is to be replaced.
      StagingName.sweep(outer, target: name)
      // A twentieth of a second at a time; a waiting lock could not be given up again.
      for turn in 0... {
        if try lock() { break }
        if turn >= waiting * 20 { throw SystemError(EWOULDBLOCK) }
        usleep(50_000)
      }
      if let old {
        guard try old.status().st_dev == outer.status().st_dev else { throw SystemError(EBUSY) }
        try outer.mustAllow(W_OK | X_OK, name)
        before = try FolderEntry.all(in: old)
      }
    } catch {
      if error.code == EWOULDBLOCK { throw FolderBusy(path: path) }
      throw FileFailure(.replace, path, code: error.code)
    }
  }

  deinit { abandon() }

  /// Writes a file of the new folder, `name` being its path within the folder. If `body` throws, that file alone counts
  /// as never written.
  package func write<Result>(_ name: String, _ body: (ByteWriter) throws -> Result) throws -> Result {
    let shown = path + "/" + name
    do throws(SystemError) {
      let parts = try parts(of: name)
      try stage()
      guard var folder = staging else { throw SystemError(EINVAL) }
      // The same place in the old folder, as far as it goes.
      var beside = old
      for part in parts.dropLast() {
        if let status = try beside?.status(of: part) {
          guard status.isFolder else { throw SystemError(ENOTDIR) }
          beside = try beside.map { old throws(SystemError) in try .openFolder(in: old, part, follow: false) }
        } else {
          beside = nil
        }
        if folder.lacks(part) { try System.check { mkdirat(folder.number, part.c, 0o777) } }
        folder = try .openFolder(in: folder, part, follow: false)
      }
      guard let last = parts.last else { throw SystemError(EINVAL) }
      var oldFile: Descriptor?
      if let status = try beside?.status(of: last) {
        if status.isFolder { throw SystemError(EISDIR) }
        if status.isRegular, let beside {
          try beside.mustAllow(W_OK, last)
          oldFile = try? .open(in: beside, last, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        }
      }
      _ = unlinkat(folder.number, last.c, 0)
      let file = try Descriptor.open(
        in: folder, last, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: oldFile == nil ? 0o666 : 0o600)
      pending = (file, folder, last, oldFile)
    } catch {
      throw FileFailure(.write, shown, code: error.code)
    }
    guard let (file, folder, last, oldFile) = pending else { throw FileFailure(.write, shown, code: EINVAL) }
    pending = nil
    do {
      let writer = ByteWriter(descriptor: file.number, path: shown)
      let result = try body(writer)
      try writer.flush()
      do throws(SystemError) {
        if let oldFile { try file.copyMetadata(oldFile) }
        try file.flush()
      } catch {
        throw FileFailure(.write, shown, code: error.code)
      }
      return result
    } catch {
      unlinkat(folder.number, last.c, 0)
      throw error
    }
  }

  /// Whether `name`, a path within the folder, is a symbolic link in the old folder, or stands in a folder that is one.
  package func isLink(_ name: String) -> Bool {
    guard var folder = old, let parts = try? parts(of: name) else { return false }
    for part in parts {
      guard let status = try? folder.status(of: part) else { return false }
      if status.isLink { return true }
      guard status.isFolder, let inner = try? Descriptor.openFolder(in: folder, part, follow: false) else {
        return false
      }
      folder = inner
    }
    return false
  }

  /// Leaves a file, or a folder with all it holds, out of the new folder. What is not there need not be removed.
  package func remove(_ name: String) throws {
    do throws(SystemError) {
      let parts = try parts(of: name)
      removed.insert(Array(name.utf8))
      guard var folder = staging, let last = parts.last else { return }
      for part in parts.dropLast() {
        if folder.lacks(part) { return }
        folder = try .openFolder(in: folder, part, follow: false)
      }
      StagingName.remove(last, in: folder)
    } catch {
      throw FileFailure(.write, path + "/" + name, code: error.code)
    }
  }

  /// Puts the new folder in the old one's place, flushed to the disk, and removes the old one. On an error the old folder
  /// stands as it was.
  package func commit() throws {
    guard !isOver else { return }
    defer { abandon() }
    do throws(SystemError) {
      try stage()
      guard let staging else { throw SystemError(EINVAL) }
      if let old {
        try carry(from: old, to: staging, within: [])
        try staging.copyMetadata(old)
      }
      try flushFolders(staging)
      if let old {
        guard try isUnchanged(old) else { throw SystemError(ESTALE) }
        try exchange()
      } else {
        try placeNew()
      }
      // The new folder stands. If the outer one cannot be flushed now, that is no reason to say that nothing was written.
      try? outer.flush()
    } catch {
      if error.code == ESTALE { throw FolderChanged(path: path) }
      throw FileFailure(.replace, path, code: error.code)
    }
  }

  /// Leaves the old folder as it is. Also what happens if a replacement goes away without `commit()`.
  package func abandon() {
    guard !isOver else { return }
    isOver = true
    if staging != nil {
      // Before the exchange the new content stands under this name, after it the old.
      StagingName.restore(names.aside, target: name, in: outer)
      StagingName.remove(names.staging, in: outer)
      staging = nil
    }
    guarding?.release()
    guarding = nil
    // With the descriptor goes the lock.
    old = nil
    lockOnOuter = nil
  }

  // MARK: - Lock

  /// The lock while there is no old folder: on a descriptor of its own, so that it can be let go.
  private var lockOnOuter: Descriptor?

  /// Tries to lock the folder itself or, if it is not there, what it is to stand in.
  private func lock() throws(SystemError) -> Bool {
    old = nil
    lockOnOuter = nil
    if let status = try outer.status(of: name) {
      guard status.isFolder else { throw SystemError(ENOTDIR) }
      let folder = try Descriptor.open(in: outer, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
      if folder.lock() == .held { return false }
      // The one who held the lock may have put another folder in its place.
      guard let now = try outer.status(of: name), now.isSame(as: try folder.status()) else { return false }
      old = folder
    } else {
      let own = try lockOuter()
      guard let own else { return false }
      // Somebody may have made it meanwhile.
      guard outer.lacks(name) else { return false }
      lockOnOuter = own
    }
    return true
  }

  /// A lock on the outer folder; `nil` if another holds it.
  private func lockOuter() throws(SystemError) -> Descriptor? {
    let own = try Descriptor.openFolder(in: outer, ".")
    return own.lock() == .held ? nil : own
  }

  // MARK: - New content

  /// The file that a `write` has opened, between its two halves.
  private var pending: (Descriptor, Descriptor, FileName, Descriptor?)?

  /// Makes the staging folder, with a guard over it, at the first need.
  private func stage() throws(SystemError) {
    guard staging == nil else { return }
    // Used after its end, it would write where nobody looks.
    guard !isOver else { throw SystemError(EINVAL) }
    guarding = .start(executable: guardian.executable, folder: outer, names: names, target: name)
    do throws(SystemError) {
      // What was private stays private while it is being written.
      let mode: mode_t = old == nil ? 0o777 : 0o700
      try System.check { mkdirat(outer.number, names.staging.c, mode) }
      let made = try Descriptor.open(in: outer, names.staging, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
      // Sweepers let it be as long as we hold this. One that came between the two calls above has it now; it is empty.
      guard made.lock() != .held, !outer.lacks(names.staging) else { throw SystemError(EBUSY) }
      staging = made
    } catch {
      unlinkat(outer.number, names.staging.c, AT_REMOVEDIR)
      guarding?.release()
      guarding = nil
      throw error
    }
  }

  /// The names in a path within the folder, none of which leads out of it.
  private func parts(of name: String) throws(SystemError) -> [FileName] {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { FileName($0) }
    let isPlain = !name.utf8.contains(0) && parts.allSatisfy { $0 != "" && $0 != "." && $0 != ".." }
    guard isPlain else { throw SystemError(EINVAL) }
    return parts
  }

  /// Brings over what the new folder does not have.
  private func carry(from old: Descriptor, to new: Descriptor, within prefix: [UInt8]) throws(SystemError) {
    let here = try old.status().st_dev
    for entry in try old.entries() {
      let inner = prefix + Array(entry.bytes)
      if removed.contains(inner) { continue }
      guard let status = try old.status(of: entry) else { continue }
      if status.isFolder {
        // Carrying it would copy a whole file system, and removing the old would empty it.
        guard status.st_dev == here else { throw SystemError(EXDEV) }
        // What we may not empty would stay behind as litter.
        try old.mustAllow(R_OK | W_OK | X_OK, entry)
        if new.lacks(entry) { try System.check { mkdirat(new.number, entry.c, 0o700) } }
        let from = try Descriptor.openFolder(in: old, entry, follow: false)
        let to = try Descriptor.openFolder(in: new, entry, follow: false)
        try carry(from: from, to: to, within: inner + [UInt8(ascii: "/")])
        try to.copyMetadata(from, times: true)
      } else if new.lacks(entry) {
        try carry(entry, status, from: old, to: new)
      }
    }
  }

  /// Brings over what is not a folder.
  private func carry(
    _ entry: FileName, _ status: stat, from old: Descriptor, to new: Descriptor
  ) throws(SystemError) {
    do throws(SystemError) {
      try System.check { linkat(old.number, entry.c, new.number, entry.c, 0) }
      return
    } catch {
      switch error.code {
      // No links on this file system, too many of this file, or a file of somebody else's.
      case EPERM, EMLINK, ENOTSUP, EXDEV, ENOSYS, EACCES, EINVAL: break
      default: throw error
      }
    }
    if status.isRegular {
      // An immutable file can be copied but not removed afterwards.
      do throws(SystemError) { try old.mustAllow(W_OK, entry) } catch { if error.code == EPERM { throw error } }
      let from = try Descriptor.open(in: old, entry, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
      let to = try Descriptor.open(in: new, entry, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
      try copy(from, to)
      try to.copyMetadata(from, times: true)
      try to.flush()
    } else if status.isLink {
      guard let text = try ResolvedPath.link(entry, in: old) else { throw SystemError(EINVAL) }
      try System.check { symlinkat(FileName(text).c, new.number, entry.c) }
    } else {
      // A socket or a device has no business in a catalog, and cannot be made anew by just anyone.
      throw SystemError(EINVAL)
    }
  }

  private func copy(_ from: Descriptor, _ to: Descriptor) throws(SystemError) {
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: 256 * 1024)
    defer { room.deallocate() }
    while true {
      let count = System.read(from.number, room, 256 * 1024)
      if count == 0 { return }
      if count < 0 {
        if errno == EINTR { continue }
        throw .last
      }
      var done = 0
      while done < count {
        let took = System.write(to.number, room + done, count - done)
        if took > 0 {
          done += took
        } else if took == 0 || errno != EINTR {
          throw took == 0 ? SystemError(EIO) : .last
        }
      }
    }
  }

  /// Brings the folders themselves to the disk, the inner ones first.
  private func flushFolders(_ folder: Descriptor) throws(SystemError) {
    for entry in try folder.entries() {
      guard let status = try folder.status(of: entry), status.isFolder else { continue }
      try flushFolders(try .openFolder(in: folder, entry, follow: false))
    }
    try folder.flush()
  }

  // MARK: - The exchange

  /// Whether the old folder still stands under its name and holds what it held.
  private func isUnchanged(_ old: Descriptor) throws(SystemError) -> Bool {
    guard let now = try outer.status(of: name), now.isSame(as: try old.status()) else { return false }
    return try FolderEntry.all(in: old) == before
  }

  private func exchange() throws(SystemError) {
    if canExchange {
      do throws(SystemError) {
        try System.check {
          cs_renameat2(outer.number, names.staging.c, outer.number, name.c, cs_rename_exchange())
        }
        return
      } catch {
        guard error.code == EINVAL || error.code == ENOSYS || error.code == ENOTSUP else { throw error }
      }
    }
    // No exchange here: for a moment nothing stands under the name. Who comes now and wants to make the folder must wait.
    var held: Descriptor?
    for _ in 0..<200 where held == nil {
      held = try lockOuter()
      if held == nil { usleep(50_000) }
    }
    guard let held else { throw SystemError(EBUSY) }
    // A name cut short could not be traced back to its folder.
    guard names.aside.c.count <= 256, names.aside.c.count > name.c.count + 10 else { throw SystemError(ENAMETOOLONG) }
    try System.check { renameat(outer.number, name.c, outer.number, names.aside.c) }
    // If this fails, `abandon` puts the old folder back.
    try System.check { renameat(outer.number, names.staging.c, outer.number, name.c) }
    withExtendedLifetime(held) {}
  }

  /// A folder that was not there.
  private func placeNew() throws(SystemError) {
    do throws(SystemError) {
      try System.check {
        cs_renameat2(outer.number, names.staging.c, outer.number, name.c, cs_rename_noreplace())
      }
    } catch {
      guard error.code == EINVAL || error.code == ENOSYS || error.code == ENOTSUP else { throw error }
      guard outer.lacks(name) else { throw SystemError(EEXIST) }
      // Over a folder that came this moment, this fails unless it is empty.
      try System.check { renameat(outer.number, names.staging.c, outer.number, name.c) }
    }
  }
}

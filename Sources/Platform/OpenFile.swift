/// An open file or folder, closed with its last owner; with it go the locks that were taken on it.
///
/// Adds to `FileDescriptor` what swift-system does not have: ownership, and the calls that work relative to an open
/// folder (`openat` and its kin), with which nobody can exchange a folder between two steps. Names are `FilePath`s,
/// which carry any bytes: folders that come out of an old Windows archive often hold names in GBK.
package final class OpenFile: Sendable {
  package let descriptor: FileDescriptor

  /// Takes over an open descriptor.
  package init(adopting descriptor: FileDescriptor) { self.descriptor = descriptor }

  deinit { try? descriptor.close() }

  package var number: Int32 { descriptor.rawValue }

  /// Opens `name` in `folder` (`nil`: in the working folder) with the flags of `open(2)`; no other program inherits it.
  package static func open(
    in folder: OpenFile?, _ name: FilePath, _ flags: Int32, mode: mode_t = 0
  ) throws(Errno) -> OpenFile {
    OpenFile(adopting: FileDescriptor(rawValue: try descriptor(of: name, flags, in: folder, mode: mode)))
  }

  /// As `open`; the caller closes the descriptor.
  package static func descriptor(
    of name: FilePath, _ flags: Int32, in folder: OpenFile? = nil, mode: mode_t = 0
  ) throws(Errno) -> Int32 {
    let base = folder?.number ?? AT_FDCWD
    return try Errno.check { name.withPlatformString { openat(base, $0, flags | O_CLOEXEC, mode) } }
  }

  /// Opens a folder to list and to lock it or, if it may not be listed, merely to reach what is in it.
  package static func openFolder(
    in folder: OpenFile?, _ name: FilePath, follow: Bool = true
  ) throws(Errno) -> OpenFile {
    let flags = O_DIRECTORY | (follow ? 0 : O_NOFOLLOW)
    do {
      return try open(in: folder, name, O_RDONLY | flags)
    } catch {
      guard error == .permissionDenied, cs_o_path() != 0 else { throw error }
      return try open(in: folder, name, cs_o_path() | flags)
    }
  }

  /// Makes a new, empty file, of which nothing was there.
  package static func create(in folder: OpenFile, _ name: FilePath, mode: mode_t) throws(Errno) -> OpenFile {
    try open(in: folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode)
  }

  // MARK: - Status

  /// What `name` in `folder` (`nil`: in the working folder) is, following symbolic links.
  package static func statusFollowing(_ name: FilePath, in folder: OpenFile?) throws(Errno) -> stat {
    var status = stat()
    try Errno.check { name.withPlatformString { fstatat(folder?.number ?? AT_FDCWD, $0, &status, 0) } }
    return status
  }

  package func status() throws(Errno) -> stat {
    var status = stat()
    try Errno.check { fstat(number, &status) }
    return status
  }

  /// What `name` in this folder is, not following a symbolic link; `nil` if nothing is there.
  package func status(of name: FilePath) throws(Errno) -> stat? {
    var status = stat()
    do {
      try Errno.check { name.withPlatformString { fstatat(number, $0, &status, AT_SYMLINK_NOFOLLOW) } }
      return status
    } catch {
      if error == .noSuchFileOrDirectory { return nil }
      throw error
    }
  }

  /// Whether it is certain that nothing is there under `name`.
  package func lacks(_ name: FilePath) -> Bool {
    do { return try status(of: name).map { _ in false } ?? true } catch { return false }
  }

  /// Checks that this process may do `mode` (`W_OK` and the like) with `name` in this folder.
  /// - Throws: why not.
  package func checkAccess(_ mode: Int32, _ name: FilePath) throws(Errno) {
    try Errno.check { name.withPlatformString { faccessat(number, $0, mode, AT_EACCESS) } }
  }

  /// What a folder holds, in bytewise order.
  package func entries() throws(Errno) -> [FilePath] {
    let own = try Errno.check { openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard let list = fdopendir(own) else {
      let error = Errno.last
      close(own)
      throw error
    }
    defer { closedir(list) }
    var names: [FilePath] = []
    while true {
      errno = 0
      guard let entry = readdir(list) else {
        if errno != 0 { throw .last }
        break
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 1) { FilePath(platformString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  /// Whether the working folder of this process is `folder` or inside it.
  package static func isWorkingFolder(_ folder: OpenFile) throws(Errno) -> Bool {
    let wanted = try folder.status()
    var here = "." as FilePath
    var last: stat?
    // A path may have 4096 bytes, so that there are at most as many folders.
    for _ in 0..<4096 {
      guard let status = try? statusFollowing(here, in: nil) else { return false }
      if status.isSame(as: wanted) { return true }
      if let last, status.isSame(as: last) { return false }
      last = status
      here = here.appending("..")
    }
    return false
  }

  // MARK: - Changing a folder

  package func makeFolder(_ name: FilePath, mode: mode_t) throws(Errno) {
    try Errno.check { name.withPlatformString { mkdirat(number, $0, mode) } }
  }

  /// Removes a file (`flags` 0) or an empty folder (`AT_REMOVEDIR`).
  package func unlink(_ name: FilePath, flags: Int32 = 0) throws(Errno) {
    try Errno.check { name.withPlatformString { unlinkat(number, $0, flags) } }
  }

  /// Gives the file `name` the further name `newName` in `folder`.
  /// - Parameter flags: `AT_SYMLINK_FOLLOW`, or 0.
  package func link(_ name: FilePath, as newName: FilePath, in folder: OpenFile, flags: Int32 = 0) throws(Errno) {
    try OpenFile.link(number, name, as: newName, in: folder, flags: flags)
  }

  private static func link(
    _ base: Int32, _ name: FilePath, as newName: FilePath, in folder: OpenFile, flags: Int32
  ) throws(Errno) {
    try Errno.check {
      name.withPlatformString { old in newName.withPlatformString { linkat(base, old, folder.number, $0, flags) } }
    }
  }

  /// Gives this file, which may have no name yet (`O_TMPFILE`), the name `name` in `folder`.
  package func link(as name: FilePath, in folder: OpenFile) throws(Errno) {
    try OpenFile.link(AT_FDCWD, FilePath("/proc/self/fd/\(number)"), as: name, in: folder, flags: AT_SYMLINK_FOLLOW)
  }

  /// Moves `name` to `newName` in this folder, over what is there.
  package func rename(_ name: FilePath, to newName: FilePath) throws(Errno) {
    try Errno.check {
      name.withPlatformString { old in newName.withPlatformString { renameat(number, old, number, $0) } }
    }
  }

  /// How `rename(_:to:_:)` treats what is under the new name.
  package enum RenameMode { case exchange, keepExisting }

  /// Exchanges two names of this folder, or moves one to a name that is free.
  /// - Throws: `invalidArgument`, `noFunction` or `notSupported` where the file system or the system cannot.
  package func rename(_ name: FilePath, to newName: FilePath, _ mode: RenameMode) throws(Errno) {
    let flags = mode == .exchange ? cs_rename_exchange() : cs_rename_noreplace()
    try Errno.check {
      name.withPlatformString { old in newName.withPlatformString { cs_renameat2(number, old, number, $0, flags) } }
    }
  }

  /// The text of the symbolic link `name`, closed by a zero; `nil` if it is no link, or nothing is there. Not a
  /// `FilePath`, which would normalise it: a link is copied as it is.
  package func linkText(_ name: FilePath) throws(Errno) -> [CChar]? {
    var text = [CChar](repeating: 0, count: 4097)
    let length = name.withPlatformString { readlinkat(number, $0, &text, text.count) }
    if length < 0 {
      let error = Errno.last
      if error == .invalidArgument || error == .noSuchFileOrDirectory { return nil }
      throw error
    }
    guard length > 0, length < text.count else { throw .fileNameTooLong }
    return text[..<length] + [0]
  }

  /// Makes the symbolic link `name` with a text that is closed by a zero.
  package func makeLink(_ name: FilePath, text: [CChar]) throws(Errno) {
    try Errno.check { name.withPlatformString { symlinkat(text, number, $0) } }
  }

  // MARK: - Durability, locks, metadata

  /// Writes the content to the disk (`fsync`). File systems that cannot are not reported: nothing better can be done
  /// there.
  package func flush() throws(Errno) {
    do {
      try Errno.check { fsync(number) }
    } catch {
      switch error {
      case .invalidArgument, .notSupported, .badFileDescriptor, .noFunction, .readOnlyFileSystem: return
      default: throw error
      }
    }
  }

  /// How an attempt at a lock ended.
  package enum Lock { case taken, held, unsupported }

  /// Tries to lock this file or folder against other programs that lock too (`flock`); the lock ends with this object.
  package func lock() -> Lock {
    do {
      try Errno.check { flock(number, LOCK_EX | LOCK_NB) }
      return .taken
    } catch {
      return error == .wouldBlock ? .held : .unsupported
    }
  }

  /// Gives this new file or folder what the old one has besides its content: owner, mode, access lists. What this
  /// process may not set is left.
  package func copyMetadata(from old: OpenFile, times: Bool = false) throws(Errno) {
    var status = try old.status()
    _ = fchown(number, status.st_uid, status.st_gid)
    cs_copy_attributes(old.number, number)
    try Errno.check { fchmod(number, status.st_mode & 0o7777) }
    if times { _ = cs_copy_times(&status, number) }
  }
}

extension stat {
  package var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
  package var isRegular: Bool { st_mode & S_IFMT == S_IFREG }
  package var isPipe: Bool { st_mode & S_IFMT == S_IFIFO }
  package var isLink: Bool { st_mode & S_IFMT == S_IFLNK }

  /// Whether both are of one and the same file.
  package func isSame(as other: stat) -> Bool { st_ino == other.st_ino && st_dev == other.st_dev }
}

extension FilePath {
  /// The bytes of a path or name, which need not be UTF-8.
  package init(bytes: some Sequence<UInt8>) {
    let text = bytes.map { CChar(bitPattern: $0) } + [0]
    self = text.withUnsafeBufferPointer { text in text.baseAddress.map { FilePath(platformString: $0) } ?? "" }
  }

  /// Its bytes as the system has them.
  package var bytes: [UInt8] {
    withPlatformString { start in
      UnsafeRawBufferPointer(start: start, count: strlen(start)).map { $0 }
    }
  }
}

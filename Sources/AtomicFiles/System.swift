import Platform

/// The system's answer to a call that failed.
struct SystemError: Error, Hashable {
  var code: Int32

  init(_ code: Int32) { self.code = code }

  /// What `errno` says now.
  static var last: SystemError { SystemError(errno) }
}

/// Calls whose names Swift methods take, and calls that are tried again after a signal.
enum System {
  static func write(_ descriptor: Int32, _ base: UnsafePointer<UInt8>, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, base, count)
    #elseif canImport(Musl)
      Musl.write(descriptor, base, count)
    #else
      Darwin.write(descriptor, base, count)
    #endif
  }

  static func read(_ descriptor: Int32, _ base: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, base, count)
    #elseif canImport(Musl)
      Musl.read(descriptor, base, count)
    #else
      Darwin.read(descriptor, base, count)
    #endif
  }

  /// The answer of `call`, which is asked again as long as signals interrupt it.
  @discardableResult
  static func check(_ call: () -> Int32) throws(SystemError) -> Int32 {
    while true {
      let answer = call()
      if answer >= 0 { return answer }
      if errno != EINTR { throw .last }
    }
  }
}

/// An open descriptor, closed with its last owner; with it go the locks that were taken on it.
final class Descriptor: Sendable {
  let number: Int32

  init(adopting number: Int32) { self.number = number }

  deinit { close(number) }

  /// Opens `name` in `folder` (`nil`: from the working folder); no other program inherits it.
  static func open(
    in folder: Descriptor?, _ name: FileName, _ flags: Int32, mode: mode_t = 0
  ) throws(SystemError) -> Descriptor {
    let base = folder?.number ?? AT_FDCWD
    return Descriptor(adopting: try System.check { openat(base, name.c, flags | O_CLOEXEC, mode) })
  }

  /// Opens a folder to look into and to lock, or, if it may not be looked into, merely to reach what is in it.
  static func openFolder(in folder: Descriptor?, _ name: FileName, follow: Bool = true) throws(SystemError)
    -> Descriptor
  {
    let flags = O_DIRECTORY | (follow ? 0 : O_NOFOLLOW)
    do {
      return try open(in: folder, name, O_RDONLY | flags)
    } catch {
      guard error.code == EACCES, cs_o_path() != 0 else { throw error }
      return try open(in: folder, name, cs_o_path() | flags)
    }
  }

  func status() throws(SystemError) -> stat {
    var status = stat()
    try System.check { fstat(number, &status) }
    return status
  }

  /// What `name` in this folder is, not following a symbolic link; `nil` if nothing is there.
  func status(of name: FileName) throws(SystemError) -> stat? {
    var status = stat()
    do {
      try System.check { fstatat(number, name.c, &status, AT_SYMLINK_NOFOLLOW) }
      return status
    } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
  }

  /// Whether it is certain that nothing is there under `name`.
  func lacks(_ name: FileName) -> Bool {
    do { return try status(of: name).map { _ in false } ?? true } catch { return false }
  }

  /// Whether this process may do `mode` (`W_OK` and the like) with `name` in this folder; throws why not.
  func mustAllow(_ mode: Int32, _ name: FileName) throws(SystemError) {
    try System.check { faccessat(number, name.c, mode, AT_EACCESS) }
  }

  /// What a folder holds, in bytewise order.
  func entries() throws(SystemError) -> [FileName] {
    let own = try System.check { openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard let list = fdopendir(own) else {
      let error = SystemError.last
      close(own)
      throw error
    }
    defer { closedir(list) }
    var names: [FileName] = []
    while true {
      errno = 0
      guard let entry = readdir(list) else {
        if errno != 0 { throw .last }
        break
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 1) { FileName(copying: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Brings the content to the disk. File systems that cannot are let be; there is nothing better to do on them.
  func flush() throws(SystemError) {
    do {
      try System.check { fsync(number) }
    } catch {
      switch error.code {
      case EINVAL, ENOTSUP, EBADF, ENOSYS, EROFS: return
      default: throw error
      }
    }
  }

  /// How an attempt at a lock ended.
  enum Lock { case taken, held, unsupported }

  /// Tries to lock this file or folder against other programs that lock too; the lock ends with this descriptor.
  func lock() -> Lock {
    do {
      try System.check { flock(number, LOCK_EX | LOCK_NB) }
      return .taken
    } catch {
      return error.code == EWOULDBLOCK ? .held : .unsupported
    }
  }

  /// Gives this new file or folder what the old one had besides its content: owner, mode, access lists. What this process
  /// may not give is left.
  func copyMetadata(_ old: Descriptor, times: Bool = false) throws(SystemError) {
    var status = try old.status()
    _ = fchown(number, status.st_uid, status.st_gid)
    cs_copy_attributes(old.number, number)
    try System.check { fchmod(number, status.st_mode & 0o7777) }
    if times { _ = cs_copy_times(&status, number) }
  }
}

extension stat {
  var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
  var isRegular: Bool { st_mode & S_IFMT == S_IFREG }
  var isLink: Bool { st_mode & S_IFMT == S_IFLNK }

  func isSame(as other: stat) -> Bool { st_ino == other.st_ino && st_dev == other.st_dev }
}

/// The name of a file, or a path, as the system has it: bytes, which need not be UTF-8 — folders that came out of an old
/// Windows archive often hold names in GBK, and they are carried over like any other.
struct FileName: Hashable, Sendable, Comparable, ExpressibleByStringLiteral {
  /// Closed by a zero.
  let c: [CChar]

  init(_ bytes: some Sequence<UInt8>) {
    c = bytes.map { CChar(bitPattern: $0) } + [0]
  }

  init(_ text: String) { self.init(text.utf8) }

  init(stringLiteral text: StaticString) { self.init(text.description) }

  init(copying pointer: UnsafePointer<CChar>) {
    c = Array(UnsafeBufferPointer(start: pointer, count: strlen(pointer))) + [0]
  }

  var bytes: some Collection<UInt8> & BidirectionalCollection<UInt8> & RandomAccessCollection<UInt8> {
    c.dropLast().lazy.map { UInt8(bitPattern: $0) }
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  static func < (left: FileName, right: FileName) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }
}

/// Where a path leads after every symbolic link: an open folder, and a name in it under which something may be or not.
enum ResolvedPath {
  case name(FileName, in: Descriptor)
  /// One of this process's own descriptors, named as /dev/stdout or /dev/fd/3 are.
  case descriptor(Int32)

  static func resolve(_ path: String) throws(SystemError) -> ResolvedPath {
    guard !path.isEmpty else { throw SystemError(ENOENT) }
    guard !path.utf8.contains(0) else { throw SystemError(EINVAL) }
    let slash = UInt8(ascii: "/")
    var base: Descriptor?
    var rest = Array(path.utf8)
    for _ in 0..<40 {
      while rest.count > 1, rest.last == slash { rest.removeLast() }
      // The root has no name in a folder.
      if rest == [slash] { throw SystemError(EBUSY) }
      let start = rest.lastIndex(of: slash).map { $0 + 1 } ?? 0
      let name = FileName(rest[start...])
      if name == "." || name == ".." {
        rest = try real(in: base, rest)
        base = nil
        continue
      }
      let folder = try Descriptor.openFolder(in: base, start == 0 ? "." : FileName(rest[..<start]))
      if cs_is_proc(folder.number) != 0, let own = Int32(name.text),
        let here = try? Descriptor.open(in: nil, "/proc/self/fd", O_RDONLY | O_DIRECTORY).status(),
        here.isSame(as: try folder.status())
      {
        return .descriptor(own)
      }
      guard let link = try link(name, in: folder) else { return .name(name, in: folder) }
      rest = link
      base = folder
    }
    throw SystemError(ELOOP)
  }

  /// What the symbolic link `name` says; `nil` if it is none, or nothing is there.
  static func link(_ name: FileName, in folder: Descriptor) throws(SystemError) -> [UInt8]? {
    var text = [CChar](repeating: 0, count: 4097)
    let length = readlinkat(folder.number, name.c, &text, text.count)
    if length < 0 {
      if errno == EINVAL || errno == ENOENT { return nil }
      throw .last
    }
    guard length > 0, length < text.count else { throw SystemError(ENAMETOOLONG) }
    return text[..<length].map { UInt8(bitPattern: $0) }
  }

  /// The path without links and dots, from the root.
  private static func real(in base: Descriptor?, _ path: [UInt8]) throws(SystemError) -> [UInt8] {
    var whole = path
    if let base, path.first != UInt8(ascii: "/") {
      whole = Array("/proc/self/fd/\(base.number)/".utf8) + path
    }
    guard let found = realpath(FileName(whole).c, nil) else { throw .last }
    defer { free(found) }
    return Array(FileName(copying: found).bytes)
  }
}
